"""The file of a sweep: created whole, written a chunk at a time, never half.

Only the process that runs the sweep writes, one transaction a chunk. What is in the file decides
what is still to be run, so that a sweep that was stopped at any moment goes on where it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from relsim.errors import InputError, UnfinishedError
from relsim.sweep.plan import Plan
from relsim.sweep.points import plain_rows
from relsim.sweep.worker import BUYER_MEASURE_NAMES, CUMULATIVE_COST, Outcome, Rows
from relsim.versions import versions

KIND, SCHEMA = "relsim sweep", 2
TABLES = ("points", "runs", "buyers", "series", "failures")
ROWS_A_LOOK = 50_000
"""Runs that are looked up at a time to see which are missing."""

EXTENDABLE = ("points", "replicates", "parameters", "arms")
CONFIGURATION = {
    # No other format is to be guessed, and nothing is to be fetched for it.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Simulations need the processors and the memory.
    "threads": "1",
    "memory_limit": "200MB",
}


class StoreError(UnfinishedError):
    """The file of results cannot be written; what was stored before is whole."""


# --- opening ------------------------------------------------------------------------------------

_open_here: set[Path] = set()
_opening = threading.Lock()


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a file of results that is there.

    Parameters
    ----------
    path : Path
        Of the file.
    read_only : bool
        Whether nothing is to be written.

    Returns
    -------
    duckdb.DuckDBPyConnection
        To a file that is whole and of a sweep.

    Raises
    ------
    InputError
        If it is not there, of another kind, damaged, or in use by somebody else.
    """
    _check_file(path)
    connection = _connected(path, read_only=True)
    try:
        _check_content(path, connection)
        if read_only:
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return _connected(path, read_only=False)


def _check_file(path: Path) -> None:
    if not path.exists():
        raise InputError(f"{path}: no such file; allowed is a file that relsim sweep has written")
    if not path.is_file():
        raise InputError(f"{path}: is no file; allowed is a file that relsim sweep has written")
    with contextlib.suppress(OSError), path.open("rb") as stream:
        if stream.read(12)[8:] != b"DUCK":
            raise InputError(f"{path}: is not a file of results of relsim sweep; left as it is")


def _connected(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if path.resolve() in _open_here:
        raise InputError(f"{path}: a sweep of this process (PID {os.getpid()}) is writing it")
    try:
        return duckdb.connect(str(path), read_only=read_only, config=dict(CONFIGURATION))
    except duckdb.Error as error:
        raise _explained(path, error) from None


def _explained(path: Path, error: Exception) -> InputError:
    """One line for what DuckDB has against a file."""
    text = str(error)
    if "lock" in text.lower():
        holder = re.search(r"held in (.*?) \(PID (\d+)\)", text)
        who = f"process {holder[2]} ({holder[1]})" if holder else "another process"
        return InputError(
            f"{path}: {who} has it open; while a sweep writes, nobody else can read or write: "
            "wait for it or stop it"
        )
    if "ermission denied" in text or "ead-only file system" in text:
        return InputError(f"{path}: cannot be written; allowed is a file that can")
    first = text.splitlines()[0]
    return InputError(f"{path}: is damaged or no file of results; left as it is ({first[:200]})")


def _check_content(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        there = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
        meta = dict(connection.execute("SELECT * FROM meta").fetchall()) if "meta" in there else {}
        blocks, size = connection.execute(
            "SELECT total_blocks, block_size FROM pragma_database_size()"
        ).fetchall()[0]
    except duckdb.Error as error:
        raise _explained(path, error) from None
    if meta.get("kind") != KIND or not there.issuperset(TABLES):
        raise InputError(f"{path}: is not a file of results of relsim sweep; left as it is")
    if meta["schema"] != str(SCHEMA):
        raise InputError(
            f"{path}: has schema {meta['schema']}; allowed is {SCHEMA}, of this version of relsim"
        )
    if path.stat().st_size < blocks * size:
        raise InputError(f"{path}: is damaged: its end is missing; left as it is")


# --- creating -----------------------------------------------------------------------------------


def create(path: Path, plan: Plan, part: str | None = None) -> None:
    """Make the file of a sweep, with its plan and points and no runs, unless one is there.

    Parameters
    ----------
    path : Path
        Where; missing folders are made.
    plan : Plan
        Of the sweep.
    part : str, optional
        As in ``3/10``, if only a part of the sweep is to be in it.

    Raises
    ------
    InputError
        If it cannot be written there.

    Notes
    -----
    Made aside and then given its name: it is never found half.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        with contextlib.closing(
            duckdb.connect(str(aside), config=dict(CONFIGURATION))
        ) as connection:
            _lay_out(connection, plan, part)
        try:
            # Unlike a renamed file, it never takes the place of one that is there.
            os.link(aside, path)
        except FileExistsError:
            pass
        except OSError:
            aside.replace(path)
    except (OSError, duckdb.Error) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise InputError(
            f"{path}: cannot be written ({reason}); allowed is a place that can"
        ) from None
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
            aside.with_name(f"{aside.name}.wal").unlink(missing_ok=True)


def _lay_out(connection: duckdb.DuckDBPyConnection, plan: Plan, part: str | None) -> None:
    points = plan.points()
    run = "point INTEGER NOT NULL, arm VARCHAR NOT NULL, replicate INTEGER NOT NULL"
    connection.begin()
    connection.execute("CREATE TABLE meta (name VARCHAR NOT NULL, value VARCHAR)")
    connection.execute("CREATE TABLE plan (name VARCHAR NOT NULL, value VARCHAR)")
    kinds = [f'"{name}" {_kind(points[name])}' for name in plan.names]
    connection.execute(f"CREATE TABLE points (point INTEGER NOT NULL, {', '.join(kinds)})")
    connection.execute(
        f"CREATE TABLE runs ({run}, seed BIGINT NOT NULL, {_doubles(plan.measures)}, "
        "parameters VARCHAR, seconds DOUBLE)"
    )
    connection.execute(
        f"CREATE TABLE buyers ({run}, buyer INTEGER, stance VARCHAR, aggressiveness DOUBLE"
        f"{''.join(f', {_doubles([name])}' for name in of_buyers(plan.measures))})"
    )
    connection.execute(
        f"CREATE TABLE series ({run}, period INTEGER, "
        f"{_doubles([*plan.measures, CUMULATIVE_COST])})"
    )
    connection.execute(
        f"CREATE TABLE failures ({run}, seed BIGINT NOT NULL, parameters VARCHAR, error VARCHAR, "
        "traceback VARCHAR)"
    )
    meta = {"kind": KIND, "schema": str(SCHEMA), "part": part, **versions()}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", list(meta.items()))
    _write_plan(connection, plan)
    _insert(connection, "points", points)
    connection.commit()


def _write_plan(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    connection.execute("DELETE FROM plan")
    rows = [(name, json.dumps(value)) for name, value in plan.record().items()]
    connection.executemany("INSERT INTO plan VALUES (?, ?)", rows)


def of_buyers(measures: Sequence[str]) -> list[str]:
    """Those of some measures that a single buyer has."""
    return [name for name in measures if name in BUYER_MEASURE_NAMES]


def _doubles(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}" DOUBLE' for name in names)


def _kind(column: pd.Series) -> str:
    kinds = {"b": "BOOLEAN", "i": "BIGINT", "f": "DOUBLE"}
    return kinds.get(column.dtype.kind, "VARCHAR")


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    connection.register("incoming", frame)
    try:
        connection.execute(f"INSERT INTO {table} SELECT * FROM incoming")  # noqa: S608 - our names
    finally:
        connection.unregister("incoming")


# --- running ------------------------------------------------------------------------------------


class Store:
    """A file of results, open for the one process that runs its sweep.

    Parameters
    ----------
    path : Path
        Of a file that ``create`` has made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with _opening:
            self.connection = connect(path, read_only=False)
            _open_here.add(path.resolve())
        self._retrying = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; on disk it is as it was after the last chunk."""
        try:
            with contextlib.suppress(duckdb.Error):
                self.connection.close()
        finally:
            _open_here.discard(self.path.resolve())

    # --- what it is for ---

    def accept(
        self,
        plan: Plan,
        part: str | None,
        *,
        extend: bool,
        changed_code: bool,
    ) -> None:
        """See that the file belongs to a plan; extend it if so asked.

        Raises
        ------
        InputError
            If it belongs to another, with what differs.
        """
        meta = dict(self.connection.execute("SELECT * FROM meta").fetchall())
        if meta["part"] != part:
            raise InputError(
                f"{self.path}: holds {_part(meta['part'])}, not {_part(part)}; allowed is that one"
            )
        now = versions()
        if meta["model"] != now["model"] and not changed_code:
            raise InputError(
                f"{self.path}: was made by other code of relsim (model {meta['model'][:12]}, "
                f"now {now['model'][:12]}); allowed is another file, or --changed-code"
            )
        old, new = self.plan_record(), plan.record()
        different = [name for name in new | old if old.get(name) != new.get(name)]
        if not different:
            if meta["model"] != now["model"]:
                self._update(None, None, now)
            return
        forbidden = [name for name in different if name not in EXTENDABLE]
        if forbidden or not extend:
            name = (forbidden or different)[0]
            hint = "" if forbidden else "--extend if it only adds replicates, points or arms, or "
            raise InputError(
                f"{self.path}: the plan differs: {name} = {_short(new.get(name))}, there "
                f"{_short(old.get(name))}; allowed is {hint}another file"
            )
        if new["replicates"] < old["replicates"]:
            raise InputError(
                f"replicates = {new['replicates']}: {self.path} has {old['replicates']}; "
                "extending only adds"
            )
        arms = [arm.name for arm in Plan(**self._startable(old)).variants]
        if not set(arms) <= set(plan.arm_names) or not _same_arms(old, new):
            raise InputError(f"arms = {new['arms']}: extending only adds to {arms}")
        self._update(plan, self._new_points(plan), now)

    def plan_record(self) -> dict[str, Any]:
        """The plan in the file."""
        rows = self.connection.execute("SELECT name, value FROM plan").fetchall()
        return {name: json.loads(value) for name, value in rows}

    def _startable(self, record: dict[str, Any]) -> dict[str, Any]:
        """A record that a plan can be made of again: a table has its points in the file."""
        return with_table(record, self.connection)

    def _new_points(self, plan: Plan) -> pd.DataFrame:
        """Points that the plan has and the file has not, numbered on."""
        names = list(plan.names)
        kept = self.connection.execute("SELECT * FROM points ORDER BY point").df()
        if set(kept.columns) != {"point", *names}:
            raise InputError(
                f"parameters: {self.path} sweeps {', '.join(c for c in kept if c != 'point')}; "
                "extending adds no parameter"
            )
        there = [tuple(row.values()) for row in plain_rows(kept, names)]
        wanted = [tuple(row.values()) for row in plan.settings(range(plan.size))]
        # Points may be there twice: in a table, in a Morris design.
        left: dict[Any, int] = {}
        for row in there:
            left[row] = left.get(row, 0) + 1
        added = []
        for row in wanted:
            if left.get(row, 0) > 0:
                left[row] -= 1
            else:
                added.append(row)
        gone = sum(left.values())
        if gone:
            raise InputError(
                f"points: {gone} of those in {self.path} are not in the plan; extending only adds"
                + ("; allowed is a list, as in points = [200, 100]" if plan.counts else "")
            )
        frame = pd.DataFrame(added, columns=names)
        frame.insert(0, "point", np.arange(len(kept), len(kept) + len(added)))
        return frame

    def _update(self, plan: Plan | None, points: pd.DataFrame | None, now: dict[str, str]) -> None:
        with self._transaction():
            if plan is not None:
                _write_plan(self.connection, plan)
            if points is not None and len(points):
                _insert(self.connection, "points", points)
            for name, value in now.items():
                self.connection.execute("UPDATE meta SET value = ? WHERE name = ?", [value, name])

    # --- what is missing ---

    def counts(self, plan: Plan, part: tuple[int, int]) -> tuple[int, int, int]:
        """How many runs there should be, how many are there, and how many failed."""
        wanted = self._number(
            "SELECT count(*) FROM points, range(?) r(replicate) WHERE (point + replicate) % ? = ?",
            [plan.replicates, part[1], part[0]],
        )
        done = self._number("SELECT count(*) FROM runs")
        failed = self._number("SELECT count(*) FROM failures")
        return wanted * len(plan.variants), done, failed

    def _number(self, query: str, values: Sequence[Any] = ()) -> int:
        return int(self.connection.execute(query, list(values)).fetchall()[0][0])

    def missing(
        self, plan: Plan, part: tuple[int, int], *, retry_failed: bool
    ) -> Iterator[tuple[dict[int, dict[str, Any]], NDArray[np.int64]]]:
        """Look up what is still to be run, some points at a time.

        Yields
        ------
        tuple
            Values of some points by number; and rows of point, place of the arm, and replicate,
            in this order of columns, those of one point and replicate together.
        """
        self._retrying = retry_failed
        arms = pd.DataFrame({"arm": plan.arm_names, "place": np.arange(len(plan.variants))})
        at_once = max(1, ROWS_A_LOOK // (len(arms) * plan.replicates))
        last = self._number("SELECT max(point) FROM points")
        failures = "" if retry_failed else "ANTI JOIN failures USING (point, arm, replicate)"
        for first in range(0, last + 1, at_once):
            between = [first, min(first + at_once, last + 1)]
            self.connection.register("wanted_arms", arms)
            query = f"{_MISSING} {failures} ORDER BY point, replicate, place"
            found = self.connection.execute(
                query, [plan.replicates, *between, part[1], part[0], *between]
            ).fetchnumpy()
            self.connection.unregister("wanted_arms")
            rows = np.column_stack([found["point"], found["place"], found["replicate"]])
            if not len(rows):
                continue
            points = self.connection.execute(
                "SELECT * FROM points WHERE point >= ? AND point < ?", between
            ).df()
            values = plain_rows(points, plan.names)
            yield dict(zip(points["point"].tolist(), values, strict=True)), rows.astype(np.int64)

    # --- what comes in ---

    def write(self, outcome: Outcome, plan: Plan) -> None:
        """Keep what came of a chunk: all of it or nothing.

        Raises
        ------
        StoreError
            If it cannot be written, as on a disk that is full.
        """
        try:
            with self._transaction():
                self._write(outcome, plan)
        except (duckdb.Error, OSError) as error:
            reason = str(error).splitlines()[0]
            raise StoreError(
                f"{self.path}: cannot be written ({reason[:200]}); what was stored before is whole"
            ) from None

    def _write(self, outcome: Outcome, plan: Plan) -> None:
        names = np.array(plan.arm_names, object)
        keys = np.array([item[:3] for item in outcome.items], np.int64).reshape(-1, 3)
        front = {"point": keys[:, 0], "arm": names[keys[:, 1]], "replicate": keys[:, 2]}
        if self._retrying:
            self._forget_failures(outcome, plan)
        if len(keys):
            columns = dict(zip(plan.measures, outcome.measures.T, strict=True))
            seeds = np.array([item.seed for item in outcome.items], np.int64)
            self._insert(
                "runs",
                {
                    **front,
                    "seed": seeds,
                    **columns,
                    "parameters": np.array(outcome.parameters, object),
                    "seconds": np.array(outcome.seconds),
                },
            )
        if outcome.buyers is not None:
            rows = outcome.buyers
            of_buyer = ["aggressiveness", *of_buyers(plan.measures)]
            self._insert(
                "buyers",
                {
                    **_of_rows(front, rows),
                    "buyer": rows.number,
                    "stance": np.array(outcome.stances, object),
                    **dict(zip(of_buyer, rows.cells.T, strict=True)),
                },
            )
        if outcome.series is not None:
            rows = outcome.series
            columns = dict(zip([*plan.measures, CUMULATIVE_COST], rows.cells.T, strict=True))
            self._insert("series", {**_of_rows(front, rows), "period": rows.number, **columns})
        for failure in outcome.failures:
            point, arm, replicate, seed = failure.item
            self.connection.execute(
                "INSERT INTO failures VALUES (?, ?, ?, ?, ?, ?, ?)",
                [point, plan.arm_names[arm], replicate, seed, *failure[1:]],
            )

    def _forget_failures(self, outcome: Outcome, plan: Plan) -> None:
        for point, arm, replicate, _ in (*outcome.items, *(f.item for f in outcome.failures)):
            self.connection.execute(
                "DELETE FROM failures WHERE point = ? AND arm = ? AND replicate = ?",
                [point, plan.arm_names[arm], replicate],
            )

    def _insert(self, table: str, columns: dict[str, NDArray[Any]]) -> None:
        _insert(self.connection, table, pd.DataFrame(columns))

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.begin()
        try:
            yield
        except BaseException:
            with contextlib.suppress(duckdb.Error):
                self.connection.rollback()
            raise
        self.connection.commit()


_MISSING = (
    "SELECT point, place, replicate FROM (SELECT point, arm, place, "
    "replicate::INTEGER AS replicate FROM points, wanted_arms, range(?) r(replicate) "
    "WHERE point >= ? AND point < ? AND (point + replicate) % ? = ?) "
    "ANTI JOIN (SELECT * FROM runs WHERE point >= ? AND point < ?) USING (point, arm, replicate)"
)


def _of_rows(front: dict[str, NDArray[Any]], rows: Rows) -> dict[str, NDArray[Any]]:
    return {name: column[rows.run] for name, column in front.items()}


def with_table(record: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Complete the record of a plan whose table of points is in the file."""
    if record["design"] != "table":
        return record
    columns = ", ".join(f'"{name}"' for name in record["parameters"]["columns"])
    points = connection.execute(f"SELECT {columns} FROM points ORDER BY point").df()  # noqa: S608
    return {**record, "parameters": points}


def _same_arms(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether the arms that were there are there still, and mean the same."""
    return all(each in new["arms"] for each in old["arms"])


def _part(part: str | None) -> str:
    return f"part {part}" if part else "a whole sweep"


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
