"""The tables of a file of results, with their columns, and what is in them from the start."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pandas as pd
from numpy.typing import NDArray

from relsim.design.identity import revived
from relsim.design.plan import Plan
from relsim.engine.versions import combined, versions
from relsim.model.observation import CUMULATIVE_COST
from relsim.sweep.chunks import BUYER_MEASURE_NAMES

KIND, SCHEMA = "relsim sweep", 3
TABLES = ("points", "runs", "buyers", "series", "failures")

ALWAYS = frozenset({"name", "point", "arm", "replicate", "seed"})
"""Columns without which a row says nothing."""


def columns(plan: Plan) -> dict[str, dict[str, str]]:
    """Columns of every table of a file, with their types, in their order."""
    run = {"point": "INTEGER", "arm": "VARCHAR", "replicate": "INTEGER"}
    seed = {"seed": "BIGINT"}
    pairs = {"name": "VARCHAR", "value": "VARCHAR"}
    points = plan.points()
    return {
        "meta": pairs,
        "plan": pairs,
        "points": {"point": "INTEGER", **{name: _kind(points[name]) for name in plan.names}},
        "runs": {
            **run,
            **seed,
            **dict.fromkeys(plan.measures, "DOUBLE"),
            "parameters": "VARCHAR",
            "seconds": "DOUBLE",
        },
        "buyers": {
            **run,
            "buyer": "INTEGER",
            "stance": "VARCHAR",
            **dict.fromkeys(["aggressiveness", *of_buyers(plan.measures)], "DOUBLE"),
        },
        "series": {
            **run,
            "period": "INTEGER",
            **dict.fromkeys(of_periods(plan), "DOUBLE"),
        },
        "failures": {
            **run,
            **seed,
            **dict.fromkeys(["parameters", "error", "traceback"], "VARCHAR"),
        },
    }


def lay_out(connection: duckdb.DuckDBPyConnection, plan: Plan, part: str | None = None) -> None:
    """Make the tables in an empty file, and write down plan, points and versions."""
    connection.begin()
    for table, kinds in columns(plan).items():
        described = [
            f'"{name}" {kind}{" NOT NULL" if name in ALWAYS else ""}'
            for name, kind in kinds.items()
        ]
        connection.execute(f"CREATE TABLE {table} ({', '.join(described)})")
    meta = {"kind": KIND, "schema": str(SCHEMA), "part": part, **versions()}
    _write_pairs(connection, "meta", meta)
    write_plan(connection, plan)
    insert(connection, "points", arrays(plan.points()))
    connection.commit()


def credit(connection: duckdb.DuckDBPyConnection, *made: Mapping[str, str | None]) -> None:
    """Write down the versions of all that had a part in what is in a file."""
    there = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    for name, value in combined(*made).items():
        if there.get(name) != value:
            connection.execute("DELETE FROM meta WHERE name = ?", [name])
            connection.execute("INSERT INTO meta VALUES (?, ?)", [name, value])


def write_plan(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Write a plan in the place of whatever plan is there."""
    connection.execute("DELETE FROM plan")
    record = {name: json.dumps(value) for name, value in plan.record().items()}
    _write_pairs(connection, "plan", record)


def _write_pairs(
    connection: duckdb.DuckDBPyConnection, table: str, pairs: Mapping[str, str | None]
) -> None:
    # In one go: a statement a row takes ten times as long.
    query = f"INSERT INTO {table} SELECT unnest(?), unnest(?)"
    connection.execute(query, [list(pairs), list(pairs.values())])


def completed(record: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Complete the record of a plan, so that a plan can be made of it again.

    A table of points is in the file; custom agents are in their module, if it is imported.
    """
    record = {**record, "arms": [revived(each) for each in record["arms"]]}
    if record["design"] != "table":
        return record
    columns = ", ".join(f'"{name}"' for name in record["parameters"]["columns"])
    points = connection.execute(f"SELECT {columns} FROM points ORDER BY point").df()  # noqa: S608
    return {**record, "parameters": points}


def of_buyers(measures: Sequence[str]) -> list[str]:
    """Those of some measures that a single buyer has."""
    return [name for name in measures if name in BUYER_MEASURE_NAMES]


def of_periods(plan: Plan) -> list[str]:
    """Measures that a single period has."""
    return [*(name for name in plan.measures if name not in plan.own), CUMULATIVE_COST]


def _kind(column: pd.Series) -> str:
    kinds = {"b": "BOOLEAN", "i": "BIGINT", "f": "DOUBLE"}
    return kinds.get(column.dtype.kind, "VARCHAR")


def insert(connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Any]) -> None:
    """Add rows to a table.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        To which a file is attached for writing.
    table : str
        Of the file.
    columns : mapping
        All of the table's columns as arrays, by name: a plan that goes on may list them in another
        order than the file.
    """
    connection.register("incoming", columns)
    try:
        connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")
    finally:
        connection.unregister("incoming")


def arrays(frame: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """Columns of a DataFrame."""
    return {str(name): frame[name].to_numpy() for name in frame.columns}
