"""Whether a file of results is what a sweep has written, and goes with the plan at hand."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from relsim.design.identity import check_same_code, without_code
from relsim.design.plan import Plan
from relsim.design.points import plain_rows
from relsim.io.errors import InputError
from relsim.sweep.schema import columns, completed

META = ("kind", "schema", "part", "model", "sources")
"""What the table ``meta`` must tell, among others."""


def meta_of(path: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The table ``meta`` of a file.

    Raises
    ------
    InputError
        If something is missing in it.
    """
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    for name in META:
        if name not in meta or (meta[name] is None and name != "part"):
            raise altered(path, f"meta says nothing of {name!r}")
    return meta


def record_of(path: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The record of the plan in a file.

    Raises
    ------
    InputError
        If it is no such record.
    """
    record: dict[str, Any] | None = None
    with contextlib.suppress(duckdb.Error, TypeError, ValueError, RecursionError):
        rows = connection.execute("SELECT name, value FROM plan").fetchall()
        record = {name: json.loads(value) for name, value in rows}
    if record is None:
        raise altered(path, "its plan cannot be read")
    missing = [name for name in Plan.FIELDS if name not in record and name != "points"]
    if missing:
        raise altered(path, f"its plan says nothing of {missing[0]!r}")
    return record


def plan_of(path: Path, connection: duckdb.DuckDBPyConnection) -> Plan:
    """The plan in a file.

    Raises
    ------
    InputError
        If it is none.
    """
    record = record_of(path, connection)
    reason = "its plan is none"
    try:
        return Plan(**completed(record, connection))
    except InputError as error:
        reason = f"its plan: {error}"
    # Whoever alters a plan can alter it in many ways.
    except (duckdb.Error, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        pass
    raise altered(path, reason)


def check_tables(path: Path, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """See that every table has the columns it was made with, and rows of the plan only, each once.

    Raises
    ------
    InputError
        Naming table and column.
    """
    _check_columns(path, connection, plan)
    _check_rows(path, connection, plan)


def _check_columns(path: Path, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    for table, kinds in columns(plan).items():
        rows = connection.execute(f"DESCRIBE {table}").fetchall()
        there = {name: kind for name, kind, *_ in rows}
        for name, kind in _different(kinds, there):
            raise altered(path, f"table {table}, column {name!r} is {kind}")


def _check_rows(path: Path, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    points = connection.execute(
        "SELECT count(*), count(DISTINCT point), min(point), max(point) FROM points"
    ).fetchall()[0]
    if points != (plan.size, plan.size, 0, plan.size - 1):
        raise altered(path, "its points are not those of its plan")
    for table in ("runs", "failures"):
        rows, distinct, strangers = connection.execute(
            "SELECT count(*), count(DISTINCT (point, arm, replicate)), "  # noqa: S608 - our names
            "count(*) FILTER (point NOT BETWEEN 0 AND ? OR NOT list_contains(?, arm) "
            f"OR replicate NOT BETWEEN 0 AND ?) FROM {table}",
            [plan.size - 1, list(plan.arm_names), plan.replicates - 1],
        ).fetchall()[0]
        if strangers or distinct < rows:
            raise altered(path, f"{table} has rows twice, or that its plan does not have")


def altered(path: Path, what: str) -> InputError:
    """One line for a file that is not as it was written."""
    return InputError(
        f"{path}: was altered or damaged ({what}); allowed is a file as relsim sweep has written "
        "it; left as it is"
    )


def _different(wanted: Mapping[str, str], there: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in wanted:
        if name not in there:
            yield name, "missing"
        elif there[name] != wanted[name]:
            yield name, f"{there[name]}, not {wanted[name]}"
    for name in there:
        if name not in wanted:
            yield name, "none of the sweep's"


# --- the plan at hand ----------------------------------------------------------------------------

EXTENDABLE = ("points", "replicates", "parameters", "arms")
"""Fields of a plan that may say more than the file has."""


def check_same(
    path: Path,
    old: dict[str, Any],
    new: dict[str, Any],
    extend: bool,
    changed_code: bool = False,
) -> bool:
    """Compare the record of a plan with that in a file.

    Parameters
    ----------
    path : Path
        Of the file.
    old, new : dict
        Record of the plan in the file, and of the one that is to go on.
    extend : bool
        Whether the new one may have more replicates, points or arms.
    changed_code : bool
        Whether its custom code may be other code.

    Returns
    -------
    bool
        Whether they are the same; if not, the file may be extended.

    Raises
    ------
    InputError
        If they differ in what may not differ.
    """
    if changed_code:
        old, new = without_code(old), without_code(new)
    check_same_code(path, old, new)
    different = [name for name in new | old if old.get(name) != new.get(name)]
    if not different:
        return True
    forbidden = [name for name in different if name not in EXTENDABLE]
    if forbidden or not extend:
        hint = "" if forbidden else "--extend if it only adds replicates, points or arms, or "
        changes = "; ".join(
            change
            for name in (*forbidden, *(name for name in different if name not in forbidden))
            for change in _changes(name, new.get(name), old.get(name))
        )
        raise InputError(f"{path}: the plan differs: {changes}; allowed is {hint}another file")
    if new["replicates"] < old["replicates"]:
        raise InputError(
            f"replicates = {new['replicates']}: {path} has {old['replicates']}; extending only adds"
        )
    _check_arms(path, old["arms"], new["arms"])
    return False


def _changes(name: str, new: Any, old: Any) -> list[str]:
    """What differs between two entries of a record, as deep down as they have the same form.

    >>> _changes("parameters", {"wage": {"low": 40, "high": 80}}, {"wage": {"low": 50, "high": 80}})
    ['parameters.wage.low = 40, there 50']
    """
    if isinstance(new, dict) and isinstance(old, dict):
        return [
            change
            for key in new | old
            if new.get(key, ...) != old.get(key, ...)
            for change in _changes(f"{name}.{key}", new.get(key), old.get(key))
        ]
    return [f"{name} = {_short(new)}, there {_short(old)}"]


def _check_arms(path: Path, old: list[Any], new: list[Any]) -> None:
    """See that the arms that were there are there still, and mean the same."""
    # Without arms there is one, which other arms would take the place of.
    gone = [one for one in old if one not in new] if old else new
    if gone:
        raise InputError(
            f"arms = {_short(new)}: {path} has {_short(old) if old else 'none'}; extending only "
            "adds"
        )


def new_points(path: Path, plan: Plan, kept: pd.DataFrame) -> pd.DataFrame:
    """Points that a plan has and a file has not.

    Parameters
    ----------
    path : Path
        Of the file.
    plan : Plan
        That is to go on.
    kept : DataFrame
        Points of the file, by number.

    Returns
    -------
    DataFrame
        Numbered on from those.

    Raises
    ------
    InputError
        If the plan sweeps something else, or lacks points that are there.
    """
    names = list(plan.names)
    if set(kept.columns) != {"point", *names}:
        raise InputError(
            f"parameters: {path} sweeps {', '.join(c for c in kept if c != 'point')}; "
            "extending adds no parameter"
        )
    # Points may be there twice: in a table, in a Morris design.
    left = Counter(_keys(kept, names))
    added = []
    for row in _keys(plan.points(), names):
        if left[row] > 0:
            left[row] -= 1
        else:
            added.append(row)
    gone = left.total()
    if gone:
        raise InputError(
            f"points: {gone} of those in {path} are not in the plan; extending only adds"
            + ("; allowed is a list, as in points = [200, 100]" if plan.counts else "")
        )
    frame = pd.DataFrame(added, columns=names)
    frame.insert(0, "point", np.arange(len(kept), len(kept) + len(added)))
    return frame


def _keys(points: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in plain_rows(points, names)]


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
