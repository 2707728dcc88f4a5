"""Sweeps beyond one computer: what a Dask cluster costs, and what one writer can keep up with."""

from __future__ import annotations

import contextlib
import os
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from relsim import simulate
from relsim.sweep import Plan, run
from relsim.sweep.chunks import Outcome
from relsim.sweep.dispatch import CHUNK_SECONDS, Chunks, beginning
from relsim.sweep.opening import engine
from relsim.sweep.store import Store, create
from relsim.sweep.worker import run_chunk
from tests.benchmarks.measuring import CLASS, Figure, seconds
from tests.benchmarks.sweeps import class_plan

WORKERS = (1, 2, 4)
RUNS = int(os.environ.get("RELSIM_BENCHMARK_CLUSTER_RUNS", "2000"))
WRITTEN = 50
"""Chunks that are written, to see how fast one process can."""

TOGETHER = (1, 10, 100)
"""Chunks in a transaction: few workers hand in one at a time, many hand in many."""

MANY = 1_000
"""Workers for whom the last lines reckon."""


@contextlib.contextmanager
def dask(workers: int) -> Iterator[Any]:
    """An executor of a cluster of processes with a thread each, all of which have run a market."""
    import distributed

    with (
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as local,
        distributed.Client(local) as client,
    ):
        client.run(_once)
        yield client.get_executor()


def _once() -> None:
    simulate(CLASS, 0)


def swept(plan: Plan, workers: int) -> float:
    """Time of a sweep on a cluster that is there already."""
    with dask(workers) as executor, tempfile.TemporaryDirectory() as folder:
        return seconds(lambda: run(plan, Path(folder) / "results.duckdb", executor))


def efficiency(repeats: int) -> Iterator[str | Figure]:
    """(l) Clusters of 1, 2 and 4 workers on this computer, in turns, and what crosses the wire."""
    plan, cores = class_plan(RUNS), os.cpu_count() or 1
    times: dict[int, list[float]] = {count: [] for count in WORKERS}
    for _ in range(min(repeats, 3)):
        for count in WORKERS:
            times[count].append(swept(plan, count))
    for count, taken in times.items():
        shares = [one / each / min(count, cores) for one, each in zip(times[1], taken, strict=True)]
        yield (
            f"    {count} workers: {plan.runs / statistics.median(taken):.0f} runs/s, "
            f"{statistics.median(shares):.0%} ({min(shares):.0%} to {max(shares):.0%}) of what "
            f"{min(count, cores)} times one worker would do"
        )
    one = statistics.median(times[1]) / plan.runs
    yield from _on_paper(plan, max(1, round(CHUNK_SECONDS / one)))


def _on_paper(plan: Plan, size: int) -> Iterator[str | Figure]:
    """What is moved and written for a chunk of so many runs, and so for a thousand workers."""
    from distributed.protocol.pickle import dumps

    chunk = Chunks(plan, beginning(plan, (0, 1))).take(size)
    assert chunk is not None
    outcome = run_chunk(chunk)
    there, back = (len(dumps((each,))) for each in (chunk, outcome))
    count = len(outcome.items)
    yield f"    a task of {count} runs: {there / 1e3:.0f} kB there, {back / 1e3:.0f} kB back"
    for together in TOGETHER:
        chunks = _written(plan, [outcome] * together)
        yield (
            f"    one writer, {together} chunks at a time: {chunks * count:,.0f} rows/s, "
            f"{chunks:.0f} chunks/s"
        )
    yield (
        f"    {MANY:,} workers would hand in {MANY * count / CHUNK_SECONDS:,.0f} rows and "
        f"{MANY * (there + back) / CHUNK_SECONDS / 1e6:.0f} MB a second; one writer keeps up with "
        f"{chunks * CHUNK_SECONDS:.0f}, more need larger chunks, or --part K/N and relsim merge"
    )


def _written(plan: Plan, outcomes: list[Outcome]) -> float:
    """Chunks a second that one process writes, so many at a time."""
    times = max(3, WRITTEN // len(outcomes))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.duckdb"
        connection = engine(path)
        create(connection, path, plan)
        with Store(path, connection) as store:
            took = seconds(lambda: [store.write(outcomes, plan) for _ in range(times)])
    return times * len(outcomes) / took
