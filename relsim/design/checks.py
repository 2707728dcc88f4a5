"""What a plan may say; whatever is wrong gets a line with field, value and what is allowed."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from relsim.design import samples as design
from relsim.design.arms import MOST_REPLICATES, Arm
from relsim.design.points import plain_rows, with_point
from relsim.design.samples import DESIGNS, SAMPLED
from relsim.design.task import checked as a_task
from relsim.io.errors import InputError, known, shown
from relsim.io.reading import encoding_of
from relsim.model.initialization import check_seed
from relsim.model.observation import MEASURES
from relsim.parameters import Parameters
from relsim.parameters.presets import presets

KEPT = ("runs", "buyers", "series")
LUCK = ("shared", "per_point")
MOST_PERIODS = 12_000
MOST_LEVELS = 64

ALLOWED = {
    "design": ", ".join(DESIGNS),
    "parameters": "parameters by name, each a list of values (grid, table) or a range "
    "{ low = ..., high = ... } (sampled designs)",
    "points": f"a whole number from 1 to {design.MOST_POINTS}, or in a latin_hypercube a list "
    "of them",
}

COUPLED = (
    "buyers",
    "salespeople",
    "suppliers_per_buyer",
    "buyer_contacts",
    "salesperson_contacts",
    "warm_up",
    "periods",
)
"""Numbers that can be wrong within their own range, by what they are or beside others."""

MOST_CHECKED = 20_000
"""Parameters that are made to check points before a sweep begins: one or two seconds."""


# --- single fields --------------------------------------------------------------------------------


def known_name(allowed: Sequence[str], *, optional: bool = False) -> Callable[[str, Any], Any]:
    """Make a check of a field that takes one of some names."""

    def check(field: str, given: Any) -> Any:
        """Take one of the names."""
        if given is None and optional:
            return None
        if not isinstance(given, str):
            raise InputError(f"{field} = {shown(given)}: allowed: {', '.join(allowed)}")
        known(field, [given], allowed)
        return given

    return check


def known_names(kind: str, allowed: Sequence[str]) -> Callable[[str, Any], tuple[str, ...]]:
    """Make a check of a field that takes a list of names."""
    first = ", ".join(allowed[:3]) + (", ..." if len(allowed) > 3 else "")

    def check(field: str, given: Any) -> tuple[str, ...]:
        """Take a list of different names."""
        if not _list(given) or not given:
            raise InputError(f"{field} = {shown(given)}: allowed is a list of {first}")
        known(kind, given, allowed)
        if len(set(given)) < len(given):
            raise InputError(f"{field} = {shown(list(given))}: allowed is each name once")
        return tuple(given)

    return check


def whole_number(
    low: int, high: int, *, even: bool = False, optional: bool = False
) -> Callable[[str, Any], Any]:
    """Make a check of a field that takes a whole number."""

    def check(field: str, given: Any) -> Any:
        """Take a whole number in the range."""
        if given is None and optional:
            return None
        if not _whole(given) or not low <= given <= high:
            raise InputError(
                f"{field} = {shown(given)}: allowed is a whole number from {low} to {high}"
            )
        if even and given % 2:
            raise InputError(f"{field} = {given}: allowed is an even number")
        return int(given)

    return check


def _flag(field: str, given: Any) -> bool:
    if not isinstance(given, bool):
        raise InputError(f"{field} = {shown(given)}: allowed is true or false")
    return given


def _kept(field: str, given: Any) -> tuple[str, ...]:
    # In one order: which tables are kept does not depend on how they were listed.
    names = known_names("table to keep", KEPT)(field, given)
    return tuple(name for name in KEPT if name in names)


def _counts(_: str, given: Any) -> tuple[int, ...]:
    counts = (given,) if _whole(given) else given
    if not _list(counts) or not counts:
        raise InputError(f"points = {shown(given)}: allowed is {ALLOWED['points']}")
    for count in counts:
        if not _whole(count) or not 1 <= count <= design.MOST_POINTS:
            raise InputError(f"points = {shown(given)}: allowed is {ALLOWED['points']}")
    return tuple(int(count) for count in counts)


def _base(_: str, given: Any) -> dict[str, Any]:
    if isinstance(given, Parameters):
        return {name: getattr(given, name) for name in sorted(given.model_fields_set)}
    if not isinstance(given, Mapping):
        raise InputError(f"base = {shown(given)}: allowed is parameters by name")
    known("parameter in base", given, Parameters.model_fields)
    return dict(given)


def _of_arm(one: Arm) -> dict[str, Any]:
    """An arm as a mapping, which a file of results can keep."""
    agents = {"buyer": one.buyer, "salesperson": one.salesperson}
    given = {name: getattr(one.parameters, name) for name in one.parameters.model_fields_set}
    return {"name": one.name, **{k: each for k, each in agents.items() if each}, **given}


def _arms(_: str, given: Any) -> tuple[Any, ...]:
    if isinstance(given, Mapping):
        for name, values in given.items():
            if not isinstance(values, Mapping):
                raise InputError(
                    f"arms.{name} = {shown(values)}: allowed is a mapping of parameters"
                )
            if "name" in values:
                raise InputError(f"arms.{name}.name: {name!r} is its name; allowed are parameters")
        given = [{"name": str(name), **values} for name, values in given.items()]
    if not _list(given):
        raise InputError(
            f"arms = {shown(given)}: allowed is a list of stances, presets or mappings"
        )
    given = [_of_arm(one) if isinstance(one, Arm) else one for one in given]
    for one in given:
        name = one.get("name", "?") if isinstance(one, Mapping) else "?"
        if not isinstance(name, str) or not name:
            raise InputError(f"name of an arm = {shown(name)}: allowed is a text")
    return tuple(given)


OF_FIELD: Mapping[str, Callable[[str, Any], Any]] = {
    "design": known_name(DESIGNS),
    "luck": known_name(LUCK),
    "preset": known_name(list(presets), optional=True),
    "measures": known_names("measure", list(MEASURES)),
    "keep": _kept,
    "replicates": whole_number(1, MOST_REPLICATES),
    "periods": whole_number(1, MOST_PERIODS, optional=True),
    "levels": whole_number(2, MOST_LEVELS, even=True),
    "second_order": _flag,
    "seed": lambda _, given: check_seed(given),
    "counts": _counts,
    "base": _base,
    "arms": _arms,
    "task": lambda _, given: a_task(given),
}
"""Checks of single fields; each gets the field's name and what was given, and returns the value."""


def check_kept_of_task(keep: Sequence[str]) -> None:
    """Check that a plan with a task keeps no rows of buyers or periods: a task has none.

    Raises
    ------
    InputError
        If it keeps more than runs.
    """
    if tuple(keep) != KEPT[:1]:
        raise InputError(f"keep = {shown(list(keep))}: allowed with a task is {KEPT[:1]}")


def _whole(given: Any) -> bool:
    return isinstance(given, int | np.integer) and not isinstance(given, bool)


def _list(given: Any) -> bool:
    return isinstance(given, Sequence) and not isinstance(given, str)


# --- fields that depend on the design -------------------------------------------------------------


def check_counts(of_design: str, counts: Sequence[int] | None) -> None:
    """Check how many points a design is to have.

    Parameters
    ----------
    of_design : str
        One of ``DESIGNS``.
    counts : sequence of int, optional
        The field ``points``, if it was given.

    Raises
    ------
    InputError
        If there are points where none belong, none where some do, or another number.
    """
    if of_design not in SAMPLED:
        if counts is not None:
            raise InputError(
                f"points = {points_field(counts)}: a {of_design} has as many as its parameters "
                f"say; allowed in {', '.join(SAMPLED)}"
            )
        return
    if counts is None:
        raise InputError(f"points is missing in the plan; allowed is {ALLOWED['points']}")
    if len(counts) > 1 and of_design != "latin_hypercube":
        raise InputError(f"points = {list(counts)}: a list is allowed in latin_hypercube")
    count = counts[0]
    if of_design == "sobol" and count & (count - 1):
        nearest = 2 ** round(np.log2(count))
        raise InputError(
            f"points = {count}: allowed in a sobol design is a power of 2, such as {nearest}"
        )


def points_field(counts: Sequence[int]) -> Any:
    """The field ``points`` as it is written: a number, or a list of several."""
    return counts[0] if len(counts) == 1 else list(counts)


def swept(of_design: str, given: Any) -> dict[str, Any]:
    """Check what is swept.

    Parameters
    ----------
    of_design : str
        One of ``DESIGNS``.
    given : Any
        The field ``parameters``.

    Returns
    -------
    dict
        By the name of a parameter: a ``Range`` in a sampled design, else its values.

    Raises
    ------
    InputError
        If a parameter is unknown, or a value or range not allowed.
    """
    if of_design == "table":
        return _table(given)
    if isinstance(given, Path):
        raise InputError(f"parameters = {str(given)!r}: a file is allowed in a table only")
    if not isinstance(given, Mapping) or not given:
        raise InputError(f"parameters = {shown(given)}: allowed is {ALLOWED['parameters']}")
    checked: dict[str, Any] = {}
    for name, content in _flat(given).items():
        design.bounds(name)
        if of_design == "grid":
            checked[name] = _values(name, content)
        elif isinstance(content, design.Range):
            checked[name] = content
        elif isinstance(content, Mapping):
            checked[name] = design.span(name, content)
        else:
            raise InputError(
                f"parameters.{name} = {shown(content)}: allowed in a {of_design} is a range, "
                "{ low = ..., high = ... }"
            )
    return checked


def _flat(given: Mapping[str, Any]) -> dict[str, Any]:
    """Entries of mappings by their names: ``hold.trust = ...`` in TOML is a table in a table."""
    flat: dict[str, Any] = {}
    for name, content in given.items():
        entries = {name: content}
        if name in design.PARTS and isinstance(content, Mapping):
            if not content:
                raise InputError(f"parameters.{name} = {{}}: allowed is at least one entry of it")
            entries = {f"{name}.{part}": each for part, each in content.items()}
        twice = [each for each in entries if each in flat]
        if twice:
            raise InputError(f"parameters.{twice[0]} is there twice; allowed is once")
        flat |= entries
    return flat


def _values(name: str, content: Any) -> tuple[Any, ...]:
    if not _list(content) or not content:
        raise InputError(
            f"parameters.{name} = {shown(content)}: allowed in a grid is a list of values, such "
            "as [0.1, 0.5]"
        )
    values = tuple(design.value(name, each) for each in content)
    if len(set(values)) < len(values):
        raise InputError(f"parameters.{name} = {shown(list(content))}: allowed is each value once")
    return values


def _table(given: Any) -> dict[str, tuple[Any, ...]]:
    """Points from a DataFrame, a CSV file or lists of equal length."""
    frame = _frame(given).drop(columns=["point"], errors="ignore")
    if frame.empty:
        raise InputError("parameters: the table is empty; allowed is a column a parameter")
    columns = [str(name) for name in frame.columns]
    for name in columns:
        if columns.count(name) > 1:
            raise InputError(f"parameters: column {name!r} is there twice; allowed is once")
    cells = {name: frame.iloc[:, place] for place, name in enumerate(columns)}
    if "without" in cells:
        # Nothing is switched off where nothing stands.
        cells["without"] = cells["without"].astype(object).where(cells["without"].notna(), "")
    return {
        name: tuple(design.value(name, each) for each in column.tolist())
        for name, column in cells.items()
    }


def _frame(given: Any) -> pd.DataFrame:
    if isinstance(given, pd.DataFrame):
        return given
    if isinstance(given, str | Path):
        try:
            with warnings.catch_warnings():
                # Rows longer than the header: pandas would drop cells, or take them for an index.
                warnings.simplefilter("error", pd.errors.ParserWarning)
                # An empty cell of a text is an empty text; of a number, none.
                return pd.read_csv(
                    given, index_col=False, encoding=encoding_of(given), converters={"without": str}
                )
        except (OSError, ValueError, pd.errors.ParserWarning) as error:
            reason = getattr(error, "strerror", None) or " ".join(str(error).split())
            raise InputError(f"parameters = {str(given)!r}: no CSV table ({reason})") from None
    if isinstance(given, Mapping):
        for name, content in given.items():
            if not _list(content):
                raise InputError(
                    f"parameters.{name} = {shown(content)}: allowed in a table is a list of values"
                )
        if len({len(content) for content in given.values()}) > 1:
            raise InputError("parameters: allowed in a table are lists of the same length")
        return pd.DataFrame(dict(given))
    raise InputError(
        f"parameters = {shown(given)}: allowed in a table is a DataFrame, a CSV file or lists"
    )


# --- points ---------------------------------------------------------------------------------------


def check_points(points: pd.DataFrame, arms: Sequence[Arm]) -> None:
    """Check that parameters can be made of every point and arm.

    Values are in their ranges by now. Wrong can still be what is no number, and what must fit with
    something else (``COUPLED``); so every combination of such values is tried once, and the lowest
    and the highest value of every parameter. That is all of a design of any length, unless there
    are more combinations than ``MOST_CHECKED``: then so many, evenly spread, and what is wrong
    with others fails their runs.

    Raises
    ------
    InputError
        With the first thing that is wrong.
    """
    names = [str(name) for name in points.columns if name != "point"]
    coupled = [name for name in names if name in COUPLED or design.bounds(name) is None]
    rows = [0]
    for name in names:
        if name not in coupled:
            rows += [int(points[name].argmin()), int(points[name].argmax())]
    if coupled:
        distinct = np.flatnonzero(~points[coupled].duplicated())
        most = max(1, MOST_CHECKED // len(arms))
        if len(distinct) > most:
            distinct = distinct[np.linspace(0, len(distinct) - 1, most).astype(int)]
        rows += distinct.tolist()
    for values in plain_rows(points.iloc[list(dict.fromkeys(rows))], names):
        for one in arms:
            with_point(one.parameters, values)
