"""What a worker does: run a chunk of a sweep and hand back arrays.

A chunk and what comes of it are plain data, so that a worker may be a thread, another process or
another computer. A run depends on its parameters and its seed alone, never on its chunk.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import multiprocessing
import os
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.design.measures import measured
from relsim.design.points import with_point
from relsim.engine.source_hash import model_hash
from relsim.model.run import MEASURE_NAMES, Run
from relsim.model.simulation import Stopped, simulate
from relsim.model.supervision import GRACE_SECONDS, ExitError, have_compiled, said, supervised
from relsim.parameters import Parameters
from relsim.sweep.chunks import (
    BUYER_MEASURE_NAMES,
    Chunk,
    Failure,
    Item,
    OtherCodeError,
    Outcome,
    Rows,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class _Done(NamedTuple):
    """A market that was run, and measures of one's own."""

    run: Run
    own: Mapping[str, float]


def run_chunk(chunk: Chunk, stop: threading.Event | None = None) -> Outcome:
    """Run the runs of a chunk, one after the other.

    Parameters
    ----------
    chunk : Chunk
        What to run.
    stop : threading.Event, optional
        Set it in another thread to end custom code early; what is done by then is returned.

    Returns
    -------
    Outcome
        Also of the runs that failed.

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
        text = ""
        try:
            if place not in settings:
                arm = chunk.arms[item.arm]
                chosen = with_point(arm.parameters, chunk.points[item.point])
                settings[place] = chosen, written(chosen)
            parameters, text = settings[place]
            done = _run(chunk, item, parameters, stop)
            if isinstance(done, _Done):
                kept.take(*done)
            else:
                kept.add(done)
        except Stopped:
            break
        except Exception as error:  # noqa: BLE001 - whatever it is, it is kept, and others go on
            text = text or json.dumps(chunk.points[item.point])
            kept.failures.append(Failure(item, text, *_told(error)))
        else:
            kept.items.append(item)
            kept.parameters.append(text)
            kept.seconds.append(time.perf_counter() - began)
    return kept.outcome()


def _run(
    chunk: Chunk, item: Item, parameters: Parameters, stop: threading.Event | None
) -> _Done | Sequence[float]:
    """Run one run; custom code is watched, as is whatever has a limit."""
    arm, task, own = chunk.arms[item.arm], chunk.task, chunk.own or {}

    def work() -> _Done | Sequence[float]:
        """Run it."""
        if task is not None:
            return [float(value) for value in task(parameters, item.seed)]
        run = simulate(parameters, item.seed, buyer=arm.buyer, salesperson=arm.salesperson)
        return _Done(run, dict(zip(own, measured(own, run), strict=True)))

    agents = arm.buyer is not None or arm.salesperson is not None
    if task is None and not agents and not own and chunk.time_limit is None:
        return work()
    have_compiled(custom=agents)
    with _last_resort(chunk.time_limit):
        return supervised(work, limit=chunk.time_limit, stop=stop)


@contextlib.contextmanager
def _last_resort(limit: float | None) -> Iterator[None]:
    """End a process of a pool with a run that lets nothing else run, not even this watch.

    A call of another language may never give Python's lock back. Who handed out the work sees that
    the process is gone. A process that does something else beside must not be ended.
    """
    only_worker = (
        multiprocessing.parent_process() is not None
        and threading.current_thread() is threading.main_thread()
    )
    if limit is None or not only_worker:
        yield
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        faulthandler.dump_traceback_later(limit + 2.0 * GRACE_SECONDS, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _told(error: Exception) -> tuple[str, str]:
    """What an error says, and where it was raised, as text that can be stored."""
    cause = error.__cause__ if isinstance(error, ExitError) and error.__cause__ else error
    return _storable(said(cause)), _storable("".join(traceback.format_exception(cause)))


def _storable(text: str) -> str:
    """A text without what is no character of Unicode."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


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
        self._tables: dict[str, list[NDArray[np.float64]]] = {name: [] for name in chunk.keep}
        self._stances: list[str] = []

    def take(self, run: Run, own: Mapping[str, float]) -> None:
        """Keep what is wanted of a run: all of it or, if something raises, nothing."""
        measures = {**run.measures, **own}
        values = [measures[name] for name in self._measures]
        tables: dict[str, list[NDArray[np.float64]]] = {}
        stances: list[str] = []
        if "buyers" in self._tables:
            tables["buyers"] = [run.aggressiveness, run.buyer_values[:, self._buyer_columns]]
            stances = run.stances
        if "series" in self._tables:
            tables["series"] = [run.series_values[:, self._series_columns], run.cumulative_cost]
        stacked = {name: np.column_stack(columns) for name, columns in tables.items()}
        self._values.append(values)
        self._stances += stances
        for name, table in stacked.items():
            self._tables[name].append(table)

    def add(self, values: Sequence[float]) -> None:
        """Keep the numbers of a task."""
        if len(values) != len(self._measures):
            raise ValueError(f"{len(values)} numbers for {len(self._measures)} columns")
        self._values.append(list(values))

    def outcome(self) -> Outcome:
        """Everything, in arrays."""
        return Outcome(
            items=tuple(self.items),
            measures=np.array(self._values, np.float64).reshape(-1, len(self._measures)),
            parameters=self.parameters,
            seconds=self.seconds,
            failures=self.failures,
            buyers=_rows(self._tables.get("buyers")),
            stances=self._stances,
            series=_rows(self._tables.get("series")),
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
