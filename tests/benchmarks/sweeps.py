"""Sweeps: what runner and store cost, how they compare with Mesa's, what resuming costs."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mesa

from relsim import simulate
from relsim.comparison import seeds
from relsim.design.points import with_point
from relsim.sweep import Plan, run
from tests.benchmarks.measuring import CLASS, Figure, seconds
from tests.benchmarks.plain_mesa import PlainMesaModel

THREADS = min(2, os.cpu_count() or 1)
REPLICATES = 20
RUNS = int(os.environ.get("RELSIM_BENCHMARK_RUNS", "10000"))
"""Of class size; each repeat of the overhead takes a fifth of them, in turns with bare runs."""

BATCH_RUNS = 50
RESUMED_RUNS = 10 * RUNS
TINY = {"buyers": 1, "salespeople": 1, "suppliers_per_buyer": 1, "warm_up": 0}


def class_plan(runs: int) -> Plan:
    """A sweep of class-sized runs, with a parameter that changes how long none of them takes."""
    return Plan(
        design="latin_hypercube",
        points=max(1, runs // REPLICATES),
        replicates=min(runs, REPLICATES),
        parameters={"value_per_idea": {"low": 0.7, "high": 0.9}},
        base=CLASS,
    )


def swept(plan: Plan, workers: int = THREADS) -> float:
    """Time of a sweep from an empty file on."""
    with tempfile.TemporaryDirectory() as folder:
        return seconds(lambda: run(plan, Path(folder) / "results.duckdb", workers=workers))


def bare(plan: Plan) -> float:
    """Time of the same runs on as many threads, nothing kept."""
    work = [
        (with_point(plan.start, values), seed)
        for values in plan.settings(range(plan.size))
        for seed in seeds(plan.seed, plan.replicates)
    ]
    with ThreadPoolExecutor(THREADS) as pool:
        return seconds(lambda: list(pool.map(lambda one: simulate(*one).seed, work)))


def processor() -> float:
    """Processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def overhead(repeats: int) -> Iterator[str | Figure]:
    """(g) A sweep against the bare compiled runs on the same threads."""
    plan = class_plan(max(REPLICATES, RUNS // 5))
    wall, busy = [], []
    for _ in range(repeats):
        start = processor()
        alone = bare(plan)
        between = processor()
        ours = swept(plan)
        wall.append(ours / alone)
        busy.append((processor() - between) / (between - start))
    yield f"    {plan.runs} class-sized runs a repeat on {THREADS} threads, bare and swept in turns"
    yield Figure("times the processor time of the bare runs", busy, 1.15, at_least=False)
    yield Figure("times the bare runs, runner and store included", wall, 1.15, at_least=False)


MEMORY = """
import sys
from relsim.sweep import run
from tests.benchmarks.sweeps import class_plan
from tests.benchmarks.measuring import peak
plan, seen = class_plan(int(sys.argv[1])), []
look = lambda status: seen.append((status.done, peak()))
summary = run(plan, sys.argv[2], workers=2, progress=look)
fifth = next(size for done, size in seen if done >= plan.runs // 5)
print(fifth, peak(), summary.seconds)
"""


def memory(repeats: int) -> Iterator[str | Figure]:
    """(h) Most memory of a process that sweeps, and whether it grows with the number of runs."""
    highest, growth = [], []
    for _ in range(min(repeats, 3)):
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "results.duckdb")
            command = [sys.executable, "-c", MEMORY, str(RUNS), path]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            size = Path(path).stat().st_size
        fifth, whole, took = map(float, done.stdout.split())
        highest.append(whole * 1e3)
        growth.append(whole / fifth)
    yield (
        f"    {RUNS} class-sized runs in {took:.0f} s; {fifth * 1e3:.0f} MB after a fifth of "
        f"them; {size / RUNS:.0f} bytes a run on disk"
    )
    yield Figure("MB at most while sweeping", highest, 500.0, at_least=False)
    yield Figure("times the memory after a fifth", growth, 1.1, at_least=False)


def batch_run(seed: int) -> None:
    """Run class-sized markets in Mesa's batch runner."""
    mesa.batch_run(
        PlainMesaModel,
        {"parameters": [CLASS], "seed": list(seeds(seed, BATCH_RUNS))},
        number_processes=2,
        data_collection_period=-1,
        # Mesa 3.3 makes a step more than it is told.
        max_steps=CLASS.warm_up + CLASS.periods - 1,
        display_progress=False,
    )


def against_batch_run(repeats: int) -> Iterator[str | Figure]:
    """(i) A sweep on two threads against Mesa's batch runner with two processes, in turns."""
    batch, ours, alone, busy = [], [], [], []
    for repeat in range(repeats):
        # New seeds every time: networks that were drawn before are kept. Measures as those that
        # the plain model collects.
        plan = Plan(
            design="grid",
            replicates=BATCH_RUNS,
            parameters={"value_per_idea": [0.8]},
            measures=["component_price", "trust_in_suppliers"],
            base=CLASS,
            seed=repeat,
        )
        start = processor()
        batch.append(seconds(lambda seed=repeat: batch_run(seed)))
        between = processor()
        ours.append(swept(plan, workers=2))
        busy.append((between - start) / (processor() - between))
        alone.append(bare(plan))
    middle = statistics.median
    yield (
        f"    {BATCH_RUNS} class-sized runs: batch_run in {middle(batch):.1f} s, its processes "
        f"included; a sweep in {middle(ours):.2f} s, its file included; the bare runs in "
        f"{middle(alone):.2f} s"
    )
    yield Figure("times less processor time than mesa.batch_run", busy, 80.0, at_least=True)
    ratios = [theirs / each for theirs, each in zip(batch, ours, strict=True)]
    yield Figure("times faster than mesa.batch_run", ratios, 80.0, at_least=True)


def resuming(repeats: int) -> Iterator[str | Figure]:
    """(j) A finished sweep, started again: nothing to do but to see that."""
    points = RESUMED_RUNS // REPLICATES
    plan = Plan(
        design="grid",
        replicates=REPLICATES,
        periods=1,
        base=TINY,
        measures=["total_cost_per_unit"],
        parameters={"value_per_idea": [each / points for each in range(points)]},
    )
    sample = [seconds(lambda s=s: simulate(CLASS, s)) for s in range(10)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "results.duckdb"
        tiny = seconds(lambda: run(plan, path, workers=THREADS))
        again = [seconds(lambda: run(plan, path, workers=THREADS)) for _ in range(repeats)]
    size = statistics.median(sample) * plan.runs / THREADS
    middle = statistics.median(again)
    yield (
        f"    {plan.runs} runs of one buyer for one month in {tiny:.0f} s, again in "
        f"{middle:.2f} s: {middle / tiny:.2%} even of that; class-sized "
        f"ones would take about {size:.0f} s"
    )
    shares = [100.0 * each / size for each in again]
    yield Figure("% of the time of class-sized runs to resume", shares, 1.0, at_least=False)
