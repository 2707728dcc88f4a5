"""What a sweep will take: time from a short pilot, size and memory."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np

from relsim.design.plan import Plan
from relsim.design.points import with_point
from relsim.engine.source_hash import model_hash
from relsim.model.memory import amount, check_market, free_bytes, market_bytes
from relsim.sweep.chunks import Chunk, Item
from relsim.sweep.progress import duration
from relsim.sweep.worker import run_chunk

T = TypeVar("T")

PILOT_SECONDS = 3.0
STARTING_SECONDS = 1.0
"""Until a sweep has made its file and ended: measured, roughly."""

CELL_BYTES, EMPTY_BYTES = 9, 1_000_000
"""What a number takes in a file, and a file without any: measured, roughly."""


def forecast(plan: Plan, workers: int, parts: int = 1) -> str:
    """Say what a sweep will take: points, runs, time from a short pilot, and size.

    Parameters
    ----------
    plan : Plan
        Of the sweep.
    workers : int
        Threads that will run it.
    parts : int
        In how many parts it is run.

    Returns
    -------
    str
        A line each.
    """
    memory = _memory(plan, workers)
    seconds = pilot(plan, workers)
    rows = plan.runs // parts
    cells = rows * (len(plan.measures) + 6)
    parameters = plan.start.model_dump(include={"buyers", "periods"})
    if "buyers" in plan.keep:
        cells += rows * parameters["buyers"] * (len(plan.measures) + 4)
    if "series" in plan.keep:
        cells += rows * parameters["periods"] * (len(plan.measures) + 3)
    size = EMPTY_BYTES + CELL_BYTES * cells
    lines = [
        f"design      {plan.design}: {', '.join(plan.names)}",
        f"points      {plan.size}",
        f"arms        {', '.join(plan.arm_names)}",
        f"replicates  {plan.replicates}",
        f"runs        {plan.runs}" + (f", {rows} in each of {parts} parts" if parts > 1 else ""),
        f"time        about {duration(STARTING_SECONDS + rows * seconds)} on this machine with "
        f"{workers} workers (a run every {1000 * seconds:.1f} ms)",
        f"size        about {amount(size)}",
        f"memory      {memory}",
    ]
    return "\n".join(lines)


def pilot(plan: Plan, workers: int) -> float:
    """Seconds between two runs that are done, from some runs all over the design.

    They are run as the sweep will run them, so many at a time: threads share the processors and
    the memory, and of custom code only one can run at a time.

    Parameters
    ----------
    plan : Plan
        Of the sweep; with a task, a run is what the task does once.
    workers : int
        Threads.
    """
    rows = np.random.default_rng(plan.seed).permutation(_all_over(plan)).tolist()
    points = dict(zip(rows, plan.settings(rows), strict=True))
    places = [(row, arm) for row in rows for arm in range(len(plan.variants))]
    # The first run may have to compile the model.
    run_chunk(_one(plan, points, *places[0]))
    chunks = (_one(plan, points, *place) for place in itertools.cycle(places))
    return paced(chunks, run_chunk, min(workers, os.cpu_count() or 1), PILOT_SECONDS)


def _one(plan: Plan, points: dict[int, dict[str, Any]], row: int, arm: int) -> Chunk:
    """One run as a worker gets it."""
    return Chunk(
        arms=plan.variants,
        points={row: points[row]},
        items=(Item(row, arm, 0, plan.seed_of(points[row], 0)),),
        measures=plan.measures,
        keep=plan.keep,
        model=model_hash(),
        task=plan.task,
        own=plan.own,
    )


def paced(tasks: Iterator[T], work: Callable[[T], object], threads: int, seconds: float) -> float:
    """Seconds between two tasks that are done, with several threads at work for a while.

    Parameters
    ----------
    tasks : iterator
        As many as there are seconds for.
    work : callable
        What is done with each.
    threads : int
        How many are done at a time.
    seconds : float
        When nothing more is begun; at least one task a thread is.
    """
    taking = threading.Lock()
    began = time.perf_counter()

    def turn(_: int) -> int:
        """Do one after the other; say how many."""
        count = 0
        while not count or time.perf_counter() - began < seconds:
            with taking:
                task = next(tasks)
            work(task)
            count += 1
        return count

    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(turn, range(threads)))
    return (time.perf_counter() - began) / done


def _all_over(plan: Plan) -> list[int]:
    """Some points all over a design, the first and the last among them."""
    rows: list[int] = np.unique(np.linspace(0, plan.size - 1, 64).astype(int)).tolist()
    return rows


def _memory(plan: Plan, workers: int) -> str:
    """Say what memory the markets that run at once take, and how much there is.

    Raises
    ------
    InputError
        If there is not enough for one of them.
    """
    markets = [
        with_point(one.parameters, values)
        for values in plan.settings(_all_over(plan))
        for one in plan.variants
    ]
    largest = max(markets, key=market_bytes)
    check_market(largest)
    needed, free = workers * market_bytes(largest), free_bytes()
    text = f"about {amount(needed)} with {workers} workers, {amount(free)} are free"
    return f"{text}: too much, allowed are fewer workers" if needed > free else text
