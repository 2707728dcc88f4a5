"""What a worker does: run a chunk of a sweep and hand back arrays.

A chunk and what comes of it are plain data, so that a worker may be a thread, another process or
another computer. A run depends on its parameters and its seed alone, never on its chunk.
"""

from __future__ import annotations

import json
import time
import traceback
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.comparison.arms import Arm
from relsim.observation import BUYER_MEASURES
from relsim.parameters import Parameters
from relsim.run import MEASURE_NAMES, Run
from relsim.simulation import simulate
from relsim.sources import model_hash
from relsim.sweep.points import plain, with_point
from relsim.sweep.task import Task

if TYPE_CHECKING:
    from collections.abc import Sequence

CUMULATIVE_COST = "cumulative_cost_per_unit"
BUYER_MEASURE_NAMES = tuple(measure.name for measure in BUYER_MEASURES)


class OtherCodeError(RuntimeError):
    """A worker has another relsim than whoever sent it work."""


class Item(NamedTuple):
    """One run of a chunk: where it belongs, and its seed."""

    point: int
    arm: int
    replicate: int
    seed: int


class Chunk(NamedTuple):
    """Some runs of a sweep, and all that they need."""

    arms: tuple[Arm, ...]
    points: dict[int, dict[str, Any]]
    items: tuple[Item, ...]
    measures: tuple[str, ...]
    keep: tuple[str, ...]
    model: str
    task: Task | None = None


class Failure(NamedTuple):
    """A run that raised."""

    item: Item
    parameters: str
    error: str
    traceback: str


class Rows(NamedTuple):
    """Rows that several runs have of a table: whose they are, and columns of values."""

    run: NDArray[np.int64]
    number: NDArray[np.int64]
    cells: NDArray[np.float64]


class Outcome(NamedTuple):
    """What came of a chunk. ``run`` in rows counts the items that did not fail."""

    items: tuple[Item, ...]
    measures: NDArray[np.float64]
    parameters: list[str]
    seconds: list[float]
    failures: list[Failure]
    buyers: Rows | None
    stances: list[str]
    series: Rows | None


def written(parameters: Parameters) -> str:
    """All that was set of some parameters, as JSON; ``Parameters(**json)`` are the same again.

    Examples
    --------
    >>> written(Parameters(buyers=4, buyer_stances="loyal"))
    '{"buyer_stances": "loyal", "buyers": 4}'
    """
    given = {name: getattr(parameters, name) for name in sorted(parameters.model_fields_set)}
    return json.dumps(
        {name: value for name, value in given.items() if value is not None}, default=plain
    )


def run_chunk(chunk: Chunk) -> Outcome:
    """Run the runs of a chunk, one after the other.

    Parameters
    ----------
    chunk : Chunk
        What to run.

    Returns
    -------
    Outcome
        Also of the runs that raised.

    Raises
    ------
    OtherCodeError
        If this relsim is not the one that made the chunk.
    """
    if model_hash() != chunk.model:
        raise OtherCodeError("relsim's model here differs from that of who sent the work")
    kept = _Kept(chunk)
    settings: dict[tuple[int, int], tuple[Parameters, str]] = {}
    for item in chunk.items:
        began = time.perf_counter()
        place = (item.point, item.arm)
        arm = chunk.arms[item.arm]
        text = ""
        try:
            if place not in settings:
                chosen = with_point(arm.parameters, chunk.points[item.point])
                settings[place] = chosen, written(chosen)
            parameters, text = settings[place]
            if chunk.task is not None:
                kept.add(chunk.task(parameters, item.seed))
            else:
                done = simulate(parameters, item.seed, buyer=arm.buyer, salesperson=arm.salesperson)
                kept.take(done)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is kept, and others go on
            text = text or json.dumps(chunk.points[item.point])
            kept.failures.append(Failure(item, text, repr(error), traceback.format_exc()))
        else:
            kept.items.append(item)
            kept.parameters.append(text)
            kept.seconds.append(time.perf_counter() - began)
    return kept.outcome()


class _Kept:
    """Collects what is kept of the runs of a chunk."""

    def __init__(self, chunk: Chunk) -> None:
        self.items: list[Item] = []
        self.parameters: list[str] = []
        self.seconds: list[float] = []
        self.failures: list[Failure] = []
        self._measures = chunk.measures
        self._values: list[list[float]] = []
        self._buyer_columns = _places(chunk.measures, BUYER_MEASURE_NAMES)
        self._series_columns = _places(chunk.measures, MEASURE_NAMES)
        self._buyers: list[NDArray[np.float64]] | None = [] if "buyers" in chunk.keep else None
        self._series: list[NDArray[np.float64]] | None = [] if "series" in chunk.keep else None
        self._stances: list[str] = []

    def take(self, run: Run) -> None:
        """Keep what is wanted of a run: all of it or, if something raises, nothing."""
        measures = run.measures
        values = [measures[name] for name in self._measures]
        buyers = series = None
        stances: list[str] = []
        if self._buyers is not None:
            buyers = np.column_stack([run.aggressiveness, run.buyer_values[:, self._buyer_columns]])
            stances = run.stances
        if self._series is not None:
            series = np.column_stack(
                [run.series_values[:, self._series_columns], run.cumulative_cost]
            )
        self._values.append(values)
        if self._buyers is not None and buyers is not None:
            self._buyers.append(buyers)
            self._stances += stances
        if self._series is not None and series is not None:
            self._series.append(series)

    def add(self, values: Sequence[float]) -> None:
        """Keep the numbers of a task."""
        if len(values) != len(self._measures):
            raise ValueError(f"{len(values)} numbers for {len(self._measures)} columns")
        self._values.append([float(value) for value in values])

    def outcome(self) -> Outcome:
        """Everything, in arrays."""
        return Outcome(
            items=tuple(self.items),
            measures=np.array(self._values, np.float64).reshape(-1, len(self._measures)),
            parameters=self.parameters,
            seconds=self.seconds,
            failures=self.failures,
            buyers=_rows(self._buyers),
            stances=self._stances,
            series=_rows(self._series),
        )


def _places(names: Sequence[str], of: Sequence[str]) -> list[int]:
    return [of.index(name) for name in names if name in of]


def _rows(tables: list[NDArray[np.float64]] | None) -> Rows | None:
    if not tables:
        return None
    lengths = [len(table) for table in tables]
    return Rows(
        np.repeat(np.arange(len(tables)), lengths),
        np.concatenate([np.arange(length) for length in lengths]),
        np.concatenate(tables),
    )
