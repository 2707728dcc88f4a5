"""What a plan may say; whatever is wrong gets a line with field, value and what is allowed."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from relsim.design import samples as design
from relsim.design.arms import Arm
from relsim.design.fields import is_list
from relsim.design.points import plain_rows, with_point
from relsim.design.samples import SAMPLED
from relsim.io.errors import InputError, shown
from relsim.io.reading import encoding_of
from relsim.parameters import Parameters

PARAMETERS = (
    "parameters by name, each a list of values (grid, table) or a range "
    "{ low = ..., high = ... } (sampled designs)"
)
POINTS = f"a whole number from 1 to {design.MOST_POINTS}, or in a latin_hypercube a list of them"

COUPLED = (
    "buyers",
    "salespeople",
    "suppliers_per_buyer",
    "contacts",
    "warm_up",
    "periods",
)
"""Numbers that can be wrong within their own range, by what they are or beside others."""

MOST_CHECKED = 20_000
"""Parameters that are made to check points before a sweep begins: one or two seconds."""


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
        raise InputError(f"points is missing in the plan; allowed is {POINTS}")
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
        raise InputError(f"parameters = {shown(given)}: allowed is {PARAMETERS}")
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
    if not is_list(content) or not content:
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
            if not is_list(content):
                raise InputError(
                    f"parameters.{name} = {shown(content)}: allowed in a table is a list of values"
                )
        if len({len(content) for content in given.values()}) > 1:
            raise InputError("parameters: allowed in a table are lists of the same length")
        return pd.DataFrame(dict(given))
    raise InputError(
        f"parameters = {shown(given)}: allowed in a table is a DataFrame, a CSV file or lists"
    )


def check_given_once(
    names: Sequence[str],
    periods: int | None,
    base: Mapping[str, Any],
    start: Parameters,
    arms: Sequence[Arm],
) -> None:
    """Check that nothing that is swept is set elsewhere too.

    Raises
    ------
    InputError
        Naming where.
    """
    if "periods" in names and periods is not None:
        raise InputError(f"periods = {periods}: it is swept too; give it once")
    for name in names:
        for other in (name, *_REPLACED.get(name, ())):
            given = _entry(base, other)
            if given is not None:
                raise InputError(
                    f"base.{other} = {shown(given)}: {name} is swept; allowed is one of them"
                )
            for one in arms:
                if _entry(one.parameters, other) not in (None, _entry(start, other)):
                    raise InputError(
                        f"parameters.{name}: arm {one.name!r} sets {other} too; allowed is one "
                        "of them"
                    )


_REPLACED = {"buyer_stances": ("aggressiveness",), "aggressiveness": ("buyer_stances",)}
"""What a value of a parameter takes the place of: both say how buyers bargain."""


def _entry(given: Parameters | Mapping[str, Any], name: str) -> Any:
    """A parameter, or with a dot an entry of one; None if it is not there."""
    whole, dot, part = name.partition(".")
    found = given.get(whole) if isinstance(given, Mapping) else getattr(given, whole)
    return found.get(part) if dot and isinstance(found, Mapping) else None if dot else found


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
