"""Measure speed and memory of relsim on this computer, as ratios of one run.

Times of one computer say little about another; ratios of times taken in turns on the same one say
more. Every figure is a median of several repeats with the lowest and highest of them.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mesa
import numba
import numpy as np

from relsim import Buyer, TitForTat, simulate
from relsim.model.draws import BUYER_DRAWS, RELATIONSHIP_DRAWS, SALESPERSON_DRAWS
from relsim.model.initialization import initialize
from relsim.model.state import Draws
from relsim.parameters import Parameters
from tests.benchmarks import cluster, sweeps
from tests.benchmarks.measuring import CLASS, Figure, seconds
from tests.benchmarks.plain_mesa import PlainMesaModel, generator_at

THOUSAND = Parameters(buyers=250, salespeople=250, suppliers_per_buyer=4, periods=120)
PLAIN_PERIODS = 3
CLASS_RUNS = 200

RELSIM = [sys.executable, "-m", "relsim"]
COMPARE = [*RELSIM, "compare", "aggressive", "trusting", "--replicates", "10"]
WARM = (
    ("relsim --help", [*RELSIM, "--help"], 0.3),
    ("relsim run --periods 1", [*RELSIM, "run", "--periods", "1"], 1.0),
    ("a finished sweep, again", [*RELSIM, "sweep", "plan.toml", "--out", "done.duckdb"], 1.5),
)
PLAN = 'design = "grid"\nreplicates = 2\nparameters = {candour = [0.1, 0.9]}\n'

SCALE = (100, 1_000, 10_000, 100_000, 1_000_000)
SIZED = """
import time
from relsim import Parameters, simulate
from tests.benchmarks.measuring import peak
firms = {}
sized = Parameters(buyers=firms, salespeople=firms, periods=24, warm_up=0)
simulate(sized.with_values(periods=1), 0)
start = time.process_time()
simulate(sized, 0)
print((time.process_time() - start) / firms / 4 / 24, peak())
"""


def printed(code: str) -> str:
    """What a new process prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def processor_time(
    command: list[str], folder: str, settings: Mapping[str, str] | None = None
) -> float:
    """Processor seconds of a command, of all that it starts included, in a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, env={**os.environ, **(settings or {})}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def months(parameters: Parameters) -> int:
    """Relationships times periods of a run, warm-up included."""
    places = parameters.buyers * parameters.suppliers_per_buyer
    return places * (parameters.warm_up + parameters.periods)


def against_plain_mesa(repeats: int) -> Iterator[str | Figure]:
    """(a) The compiled run against objects and methods in Mesa, both on one core."""
    model = PlainMesaModel(THOUSAND, seed=0)
    for _ in range(THOUSAND.warm_up):
        model.step()
    places = THOUSAND.buyers * THOUSAND.suppliers_per_buyer
    compiled, plain = [], []
    for _ in range(repeats):
        compiled.append(seconds(lambda: simulate(THOUSAND, 0)) / months(THOUSAND))
        steps = seconds(lambda: [model.step() for _ in range(PLAIN_PERIODS)])
        plain.append(steps / places / PLAIN_PERIODS)
    yield (
        f"    1,000 relationships; simulate: all {THOUSAND.warm_up} + {THOUSAND.periods} periods, "
        f"plain Mesa {mesa.__version__}: {PLAIN_PERIODS} periods a repeat, after the warm-up"
    )
    yield (
        f"    a relationship and period: {statistics.median(compiled) * 1e6:.2f} us compiled, "
        f"{statistics.median(plain) * 1e6:.1f} us plain"
    )
    ratios = [slow / fast for slow, fast in zip(plain, compiled, strict=True)]
    yield Figure("times faster than plain Mesa", ratios, 100.0, at_least=True)


class OneOwnStep(Buyer):
    """Takes one step by itself, as usual."""

    def ordering(self) -> None:
        """Order as usual."""
        super().ordering()


def custom(repeats: int) -> Iterator[str | Figure]:
    """Custom agents against compiled ones: one step overridden, and tit for tat."""
    for name, own in (("one step of their own", OneOwnStep), ("tit for tat", TitForTat)):
        simulate(CLASS, 0, buyer=own)
        ratios = [
            seconds(lambda own=own: simulate(CLASS, 0, buyer=own))  # type: ignore[misc]
            / seconds(lambda: simulate(CLASS, 0))
            for _ in range(repeats)
        ]
        yield Figure(f"buyers with {name} / compiled", ratios, 60.0, at_least=False)


@numba.njit(nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
def drawn(draws: Draws, uniforms: tuple[int, ...], generator: np.random.Generator) -> None:
    """Draw the random numbers of a month, one by one."""
    for rows, first in zip(draws, uniforms):  # noqa: B905 - numba knows no strict
        for row in range(rows.shape[0]):
            for column in range(first):
                rows[row, column] = generator.random()
            for column in range(first, rows.shape[1]):
                rows[row, column] = generator.standard_normal()


def against_drawing(repeats: int) -> Iterator[str | Figure]:
    """(b) The compiled run against drawing its random numbers with numpy's PCG64, nothing else."""
    prepared = initialize(THOUSAND, 0)
    generator = generator_at(prepared.stream)
    kinds = (BUYER_DRAWS, SALESPERSON_DRAWS, RELATIONSHIP_DRAWS)
    uniforms = tuple(len(kind.uniforms) for kind in kinds)

    def draw() -> None:
        for _ in range(THOUSAND.warm_up + THOUSAND.periods):
            drawn(prepared.draws, uniforms, generator)

    draw()
    pairs = [(seconds(lambda: simulate(THOUSAND, 0)), seconds(draw)) for _ in range(repeats)]
    drawing = statistics.median(drawn for _, drawn in pairs) / months(THOUSAND)
    yield f"    drawing: {drawing * 1e6:.3f} us a relationship and period"
    ratios = [run / drawn for run, drawn in pairs]
    yield Figure("times what drawing alone takes", ratios, 4.0, at_least=False)


def threads(repeats: int) -> Iterator[str | Figure]:
    """(c) Class-sized runs on two threads against one."""

    def runs(count: int) -> float:
        with ThreadPoolExecutor(count) as pool:
            return seconds(
                lambda: list(pool.map(lambda seed: simulate(CLASS, seed), range(CLASS_RUNS)))
            )

    pairs = [(runs(1), runs(2)) for _ in range(repeats)]
    one = statistics.median(single for single, _ in pairs) / CLASS_RUNS
    yield f"    {CLASS_RUNS} runs of 160 relationships; one run: {one * 1e3:.1f} ms"
    ratios = [single / double for single, double in pairs]
    yield Figure("times faster on two threads", ratios, 1.7, at_least=True)


def cold(_: int) -> Iterator[str | Figure]:
    """(d) A first comparison on a computer that has compiled nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        used = processor_time(COMPARE, folder, {"RELSIM_CACHE_DIR": f"{folder}/cache"})
    yield Figure("processor seconds of a first comparison, cold", [used], 20.0, at_least=False)


def warm(repeats: int) -> Iterator[str | Figure]:
    """(e) Commands of new processes, compiled code from the cache."""
    for name, command, target in WARM:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "plan.toml").write_text(PLAN)
            processor_time(command, folder)
            used = [processor_time(command, folder) for _ in range(repeats)]
        yield Figure(f"processor seconds of {name}", used, target, at_least=False)


def scale(_: int) -> Iterator[str | Figure]:
    """(k) Time and memory from a hundred to a million relationships."""
    each = []
    for relationships in SCALE:
        rows = [
            [float(word) for word in printed(SIZED.format(relationships // 4)).split()]
            for _ in range(3)
        ]
        time_each, memory = (statistics.median(column) for column in zip(*rows, strict=True))
        each.append(time_each)
        yield f"    {relationships:>9,}: {time_each * 1e6:.3f} us a month of one, {memory:.2f} GB"
    largest = max(each[2:]) / min(each[2:])
    yield Figure("times the time of one, from ten thousand on", [largest], 1.15, at_least=False)
    yield Figure("GB of a million", [memory], 2.5, at_least=False)


def memory(_: int) -> Iterator[str | Figure]:
    """(f) Bytes of state a relationship; what records and draws is told apart."""
    market = initialize(CLASS, 0).market
    places = len(market.relationships)
    bytes_of = {
        name: array.nbytes / places
        for name, array in market._asdict().items()
        if isinstance(array, np.ndarray)
    }
    state = ("relationships", "account_slots", "buyers", "salespeople", "orders", "equipment")
    rest = ("relationship_draws", "buyer_draws", "salesperson_draws", "spells")
    ledgers = ("buyer_months", "salesperson_months", "buyer_ledgers", "salesperson_ledgers")
    yield "    " + ", ".join(f"{name} {bytes_of[name]:.0f}" for name in state + rest + ledgers)
    whole = sum(bytes_of[name] for name in state + rest + ledgers)
    yield f"    {whole:.0f} bytes a relationship with draws, spells and ledgers"
    entities = sum(bytes_of[name] for name in state)
    yield Figure("bytes of state a relationship", [entities], 1000.0, at_least=False)


PARTS = {
    "plain": against_plain_mesa,
    "custom": custom,
    "drawing": against_drawing,
    "threads": threads,
    "cold": cold,
    "warm": warm,
    "scale": scale,
    "memory": memory,
    "sweep": sweeps.overhead,
    "sweep_memory": sweeps.memory,
    "batch_run": sweeps.against_batch_run,
    "resume": sweeps.resuming,
    "cluster": cluster.efficiency,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all if none")
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    unknown = set(given.parts) - set(PARTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, numpy {np.__version__}")
    simulate(CLASS, 0)
    lines = itertools.chain.from_iterable(
        PARTS[name](given.repeats) for name in given.parts or PARTS
    )
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
