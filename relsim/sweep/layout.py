"""The tables of a file of results, and how it is made: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from numpy.typing import NDArray

from relsim.design.identity import revived
from relsim.design.plan import Plan
from relsim.engine.versions import combined, versions
from relsim.io.errors import InputError
from relsim.sweep.beside import alone, aside, check_no_log, clear
from relsim.sweep.opening import KIND, SCHEMA, attach, check_folder_name, detach
from relsim.sweep.worker import BUYER_MEASURE_NAMES, CUMULATIVE_COST

ALWAYS = frozenset({"name", "point", "arm", "replicate", "seed"})
"""Columns without which a row says nothing."""


def create(
    connection: duckdb.DuckDBPyConnection, path: Path, plan: Plan, part: str | None = None
) -> bool:
    """Make the file of a sweep, with its plan and points and no runs, unless one is there.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of ``engine``, with nothing attached, before and after.
    path : Path
        Where; missing folders are made.
    plan : Plan
        Of the sweep.
    part : str, optional
        As in ``3/10``, if only a part of the sweep is to be in it.

    Returns
    -------
    bool
        False if somebody else has made it in the meantime.

    Raises
    ------
    InputError
        If it cannot be written there.
    """
    try:
        with making(connection, path):
            lay_out(connection, plan, part)
    except FileExistsError:
        return False
    return True


def make_folder(path: Path) -> None:
    """Make the folder that a new file is to be in, if need be.

    Raises
    ------
    InputError
        If nothing can be written there, or something is there that DuckDB would take for a part of
        the new file.
    """
    check_folder_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        no_folder = NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        raise _unwritable(path, no_folder) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    if not os.access(path.parent, os.W_OK):
        raise _unwritable(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    check_no_log(path)


def _unwritable(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return InputError(f"{path}: cannot be written ({reason}); allowed is a place that can")


@contextlib.contextmanager
def making(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Make a file aside, attached meanwhile, and give it its name at the end.

    It is never found half, and never takes the place of one that is there.

    Raises
    ------
    FileExistsError
        If one is there at the end.
    InputError
        If it cannot be written there.
    """
    # A link to a file that is not there yet stays one.
    target = Path(os.path.realpath(path))
    make_folder(target)
    new = aside(target)
    try:
        with alone(target) as certain:
            if certain:
                clear(target)
            if target.exists():
                raise FileExistsError(target)
            attach(connection, new)
            try:
                yield
            except BaseException:
                for tidy in (connection.rollback, lambda: detach(connection)):
                    with contextlib.suppress(duckdb.Error):
                        tidy()
                raise
            detach(connection)
            check_no_log(target)
            _name(new, target)
    except FileExistsError:
        raise
    except (OSError, duckdb.Error) as error:
        raise _unwritable(path, error) from None
    finally:
        for left in (new, new.with_name(f"{new.name}.wal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _name(new: Path, target: Path) -> None:
    """Give a file its name, which never takes the place of one that is there."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no links.
        target.open("xb").close()
        new.replace(target)


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
            **dict.fromkeys([*plan.measures, CUMULATIVE_COST], "DOUBLE"),
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

    A table of points is in the file; agents of one's own are in their module, if it is imported.
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
        All of the table's columns, in their order, as arrays.
    """
    connection.register("incoming", columns)
    try:
        connection.execute(f"INSERT INTO {table} SELECT * FROM incoming")  # noqa: S608 - our names
    finally:
        connection.unregister("incoming")


def arrays(frame: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """Columns of a DataFrame."""
    return {str(name): frame[name].to_numpy() for name in frame.columns}
