"""Whether a file of results is what a sweep has written, or was altered since."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from relsim.design.plan import Plan
from relsim.io.errors import InputError
from relsim.sweep.layout import columns, completed

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
