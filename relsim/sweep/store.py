"""The file of a sweep: created whole, written a chunk at a time, never half.

Only the process that runs the sweep writes, one transaction a chunk. What is in the file decides
what is still to be run, so that a sweep that was stopped at any moment goes on where it was.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from relsim.design.plan import Plan
from relsim.design.points import plain_rows
from relsim.engine.versions import versions
from relsim.io.errors import InputError, UnfinishedError
from relsim.sweep.chunks import Outcome, Rows
from relsim.sweep.integrity import (
    check_same,
    check_tables,
    meta_of,
    new_points,
    plan_of,
    record_of,
)
from relsim.sweep.joining import joined
from relsim.sweep.opening import (
    engine,
    explained,
    hold,
    is_damage,
    is_held,
    let_go,
    making,
    reading,
)
from relsim.sweep.schema import arrays, credit, insert, lay_out, of_buyers, of_periods, write_plan

ROWS_A_LOOK = 50_000
"""Runs that are looked up at a time to see which are missing."""

Missing = tuple[dict[int, dict[str, Any]], NDArray[np.int64]]
"""Values of some points by number; and rows of point, index of the arm, and replicate."""


class StoreError(UnfinishedError):
    """The file of results cannot be written; what was stored before is whole."""


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
    """
    try:
        with making(connection, path):
            lay_out(connection, plan, part)
    except FileExistsError:
        return False
    return True


class Store:
    """A file of results, open for the one process that runs its sweep.

    Parameters
    ----------
    path : Path
        Of a file that ``create`` has made.
    connection : duckdb.DuckDBPyConnection, optional
        Of ``engine``, if there is one already; closed with the store.
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.path = path
        self.connection = engine(path) if connection is None else connection
        try:
            hold(self.connection, path)
        except BaseException:
            self.connection.close()
            raise
        self._retrying = self._credited = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        # What is refused is left as it is.
        self.close(as_it_is=kind is not None and issubclass(kind, InputError))

    def close(self, *, as_it_is: bool = False) -> None:
        """Close the file; what is in it is what was there after the last chunk."""
        let_go(self.connection, self.path, as_it_is=as_it_is)

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
            If plan or code changed, with the differences.
        """
        with reading(self.path):
            self._accept(plan, part, extend=extend, changed_code=changed_code)

    def _accept(self, plan: Plan, part: str | None, *, extend: bool, changed_code: bool) -> None:
        meta = meta_of(self.path, self.connection)
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
        old, new = record_of(self.path, self.connection), plan.record()
        held = plan if old == new else plan_of(self.path, self.connection)
        same = check_same(self.path, old, new, extend, changed_code)
        check_tables(self.path, self.connection, held)
        if same:
            if meta["model"] != now["model"] or old != new:
                self._update(plan, None, now["model"])
            return
        kept = self.connection.execute("SELECT * FROM points ORDER BY point").df()
        self._update(plan, new_points(self.path, plan, kept), now["model"])

    def _update(self, plan: Plan | None, points: pd.DataFrame | None, model: str) -> None:
        with self._transaction():
            if plan is not None:
                write_plan(self.connection, plan)
            if points is not None and len(points):
                insert(self.connection, "points", arrays(points))
            self.connection.execute("UPDATE meta SET value = ? WHERE name = 'model'", [model])

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

    def has_rows(self) -> bool:
        """Whether any run is in the file."""
        query = "SELECT EXISTS (FROM runs) OR EXISTS (FROM failures)"
        return bool(self._number(query))

    def _number(self, query: str, values: Sequence[Any] = ()) -> int:
        with reading(self.path):
            return int(self.connection.execute(query, list(values)).fetchall()[0][0])

    def missing(
        self, plan: Plan, part: tuple[int, int], *, retry_failed: bool
    ) -> Iterator[Missing]:
        """Look up what is still to be run, some points at a time, by point and replicate."""
        self._retrying = retry_failed
        arms = {
            "arm": np.array(plan.arm_names, object),
            "index": np.arange(len(plan.variants)),
        }
        at_once = max(1, ROWS_A_LOOK // (len(plan.variants) * plan.replicates))
        last = self._number("SELECT max(point) FROM points")
        failures = "" if retry_failed else "ANTI JOIN failures USING (point, arm, replicate)"
        for first in range(0, last + 1, at_once):
            between = [first, min(first + at_once, last + 1)]
            query = f"{_MISSING} {failures} ORDER BY point, replicate, index"
            with reading(self.path):
                self.connection.register("wanted_arms", arms)
                found = self.connection.execute(
                    query, [plan.replicates, *between, part[1], part[0], *between]
                ).fetchnumpy()
                self.connection.unregister("wanted_arms")
                points = self.connection.execute(
                    "SELECT * FROM points WHERE point >= ? AND point < ?", between
                ).df()
            rows = np.column_stack([found["point"], found["index"], found["replicate"]])
            if not len(rows):
                continue
            values = plain_rows(points, plan.names)
            yield dict(zip(points["point"].tolist(), values, strict=True)), rows.astype(np.int64)

    # --- what comes in ---

    def write(self, outcomes: Sequence[Outcome], plan: Plan) -> None:
        """Keep what came of some chunks: all of it or nothing.

        One transaction for all that have come in: with many workers it is the transactions that
        take the time, not the rows.

        Raises
        ------
        StoreError
            If it cannot be written, as on a disk that is full, or is there no more.
        """
        with self._transaction():
            if not self._credited:
                meta = meta_of(self.path, self.connection)
                credit(self.connection, {**meta, "model": None}, versions())
            self._write(joined(outcomes), plan)
        self._credited = True

    def _write(self, outcome: Outcome, plan: Plan) -> None:
        names = np.array(plan.arm_names, object)
        keys = np.array([item[:3] for item in outcome.items], np.int64).reshape(-1, 3)
        front = {"point": keys[:, 0], "arm": names[keys[:, 1]], "replicate": keys[:, 2]}
        if self._retrying:
            self._forget_failures(outcome, plan)
        if len(keys):
            columns = {
                **front,
                "seed": np.array([item.seed for item in outcome.items], np.int64),
                **dict(zip(plan.measures, outcome.measures.T, strict=True)),
                "parameters": np.array(outcome.parameters, object),
                "seconds": np.array(outcome.seconds),
            }
            insert(self.connection, "runs", columns)
        if outcome.buyers is not None:
            names_of_buyer = ["aggressiveness", *of_buyers(plan.measures)]
            middle = {
                "buyer": outcome.buyers.number,
                "stance": np.array(outcome.stances, object),
            }
            insert(self.connection, "buyers", _rows(front, outcome.buyers, middle, names_of_buyer))
        if outcome.series is not None:
            middle = {"period": outcome.series.number}
            names_of_period = of_periods(plan)
            insert(self.connection, "series", _rows(front, outcome.series, middle, names_of_period))
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

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        if not is_held(self.path):
            raise StoreError(
                f"{self.path}: was removed or replaced while the sweep ran, and what it held is "
                "gone; the same command makes it anew"
            )
        try:
            self.connection.begin()
            try:
                yield
            except BaseException:
                with contextlib.suppress(duckdb.Error):
                    self.connection.rollback()
                raise
            self.connection.commit()
        except (duckdb.Error, OSError) as error:
            if is_damage(error):
                raise explained(self.path, error) from None
            reason = str(error).splitlines()[0]
            raise StoreError(
                f"{self.path}: cannot be written ({reason[:200]}); what was stored before is whole"
            ) from None


_MISSING = (
    "SELECT point, index, replicate FROM (SELECT point, arm, index, "
    "replicate::INTEGER AS replicate FROM points, wanted_arms, range(?) r(replicate) "
    "WHERE point >= ? AND point < ? AND (point + replicate) % ? = ?) "
    "ANTI JOIN (SELECT * FROM runs WHERE point >= ? AND point < ?) USING (point, arm, replicate)"
)


def _rows(
    front: dict[str, NDArray[Any]],
    rows: Rows,
    middle: dict[str, NDArray[Any]],
    names: Sequence[str],
) -> dict[str, NDArray[Any]]:
    """Columns of a table of which runs have several rows: whose, which, and values."""
    whose = {name: column[rows.run] for name, column in front.items()}
    return {**whose, **middle, **dict(zip(names, rows.cells.T, strict=True))}


def _part(part: str | None) -> str:
    return f"part {part}" if part else "a whole sweep"
