"""What a sweep has found: its tables as DataFrames.

A file of results holds these tables, in DuckDB's format:

======== =========================================================================================
meta     ``name, value``: kind of file, schema, versions, hashes of relsim's sources, part
plan     ``name, value``: every field of the plan, as JSON
points   ``point`` and a column a swept parameter
runs     ``point, arm, replicate, seed``, a column a measure, ``parameters``, ``seconds``
buyers   ``point, arm, replicate, buyer, stance, aggressiveness``, a column a measure of buyers
series   ``point, arm, replicate, period``, a column a measure, ``cumulative_cost_per_unit``
failures ``point, arm, replicate, seed, parameters, error, traceback``
======== =========================================================================================

``parameters`` is JSON of all that differs from the defaults: with ``seed`` it repeats the run.
``seconds`` is the only column that another run of the same sweep does not repeat.
"""

from __future__ import annotations

from contextlib import closing
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from relsim.io.errors import InputError
from relsim.sweep.integrity import check_tables, meta_of, plan_of
from relsim.sweep.opening import connect, explained, is_damage, reading
from relsim.sweep.paths import the_path


class Results:
    """The tables of a file of results, read when they are first asked for.

    Parameters
    ----------
    path : str or Path
        Of the file.

    Notes
    -----
    The file is open only while a table is read, so that a sweep can go on in between.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = the_path(path)
        with closing(connect(self.path)) as connection, reading(self.path):
            self.meta: dict[str, str | None] = meta_of(self.path, connection)
            self.plan = plan_of(self.path, connection)
            check_tables(self.path, connection, self.plan)

    def __repr__(self) -> str:
        return (
            f"<Results of {self.path}: {self.plan.design}, {self.plan.size} points, "
            f"arms {', '.join(self.plan.arm_names)}, {self.plan.replicates} replicates>"
        )

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that were kept."""
        return self.plan.measures

    @cached_property
    def points(self) -> pd.DataFrame:
        """A row a point: ``point`` and a column a swept parameter."""
        return self.sql("SELECT * FROM points ORDER BY point")

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a run: ``point, arm, replicate, seed``, measures, ``parameters``, ``seconds``."""
        return self._table("runs")

    @cached_property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer of a run, if they were kept."""
        return self._table("buyers", "buyer")

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row a period of a run, if they were kept."""
        return self._table("series", "period")

    @cached_property
    def failures(self) -> pd.DataFrame:
        """A row a run that failed, with its parameters, seed and traceback."""
        return self._table("failures")

    @property
    def complete(self) -> bool:
        """Whether every run of the plan is there."""
        there = int(self.sql("SELECT count(*) AS there FROM runs")["there"].iloc[0])
        return there == self.plan.runs

    def sql(self, query: str) -> pd.DataFrame:
        """Ask the file in SQL.

        Parameters
        ----------
        query : str
            As DuckDB understands it; the file is open for reading only.

        Returns
        -------
        DataFrame
            The answer.

        Raises
        ------
        InputError
            If DuckDB does not understand the query, or the file cannot be read.
        """
        with closing(connect(self.path)) as connection:
            try:
                frame: pd.DataFrame = connection.execute(query).df()
            except duckdb.Error as error:
                if is_damage(error):
                    raise explained(self.path, error) from None
                reason = " ".join(str(error).split())
                raise InputError(f"{self.path}: {reason[:300]}") from None
        return frame

    def _table(self, name: str, *keys: str) -> pd.DataFrame:
        order = ", ".join(["point", "list_position([{}], arm)", "replicate", *keys])
        arms = ", ".join("'{}'".format(arm.replace("'", "''")) for arm in self.plan.arm_names)
        return self.sql(f"SELECT * FROM {name} ORDER BY {order.format(arms)}")  # noqa: S608


def load(path: str | Path) -> Results:
    """Open the results of a sweep.

    Parameters
    ----------
    path : str or Path
        File that ``relsim sweep`` has written.

    Returns
    -------
    Results
        Its plan and tables.

    Raises
    ------
    InputError
        If there is no such file, it is of another kind or damaged, or a sweep is writing it.
    """
    return Results(path)
