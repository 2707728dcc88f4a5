"""What a sweep will take: time from a short pilot, size and memory."""

from __future__ import annotations

import time

import numpy as np

from relsim.design.plan import Plan
from relsim.design.points import with_point
from relsim.model.memory import amount, check_market, free_bytes, market_bytes
from relsim.model.simulation import simulate
from relsim.sweep.progress import duration

PILOT_SECONDS = 2.0
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
    seconds = pilot(plan)
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
        f"time        about {duration(rows * seconds / workers)} with {workers} workers "
        f"({1000 * seconds:.1f} ms a run)",
        f"size        about {amount(size)}",
        f"memory      {memory}",
    ]
    return "\n".join(lines)


def pilot(plan: Plan) -> float:
    """Seconds of a run, from some runs all over the design.

    Parameters
    ----------
    plan : Plan
        Of the sweep; with a task, a run is what the task does once.
    """
    rows = np.random.default_rng(plan.seed).permutation(_all_over(plan))
    settings = plan.settings(rows.tolist())
    # The first run may have to compile the model.
    simulate(plan.start, plan.seed)
    began, count = time.perf_counter(), 0
    for values in settings:
        for one in plan.variants:
            parameters = with_point(one.parameters, values)
            if plan.task is not None:
                plan.task(parameters, plan.seed)
            else:
                run = simulate(parameters, plan.seed, buyer=one.buyer, salesperson=one.salesperson)
                _ = run.measures
            count += 1
        if time.perf_counter() - began > PILOT_SECONDS:
            break
    return (time.perf_counter() - began) / count


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
