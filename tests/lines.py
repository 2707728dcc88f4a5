"""Find an order of a relationship's variables in memory: ``python -m tests.lines``.

Prints ``LINES`` for ``relsim/state.py``. A run is recorded: which variables of a relationship each
round of a compiled month touches. Then pairs of variables change places (simulated annealing, six
times from other beginnings) so that rounds touch fewer lines of memory. What is booked stays in
front of what is not, since it is added at once.
"""

from __future__ import annotations

import math
import textwrap
from collections import Counter, defaultdict

import numba
import numpy as np
from numpy.typing import NDArray

from relsim import course
from relsim.parameters import Parameters
from relsim.records import LINE, NUMBER
from relsim.schedule import begin_period, end_period
from relsim.state import BOOKED, RELATIONSHIP
from tests.recorder import Recorder
from tests.rounds import NAMES, compiled_rounds

MARKET = Parameters(buyer_stances={"aggressive": 0.5, "trusting": 0.5}, periods=24)
EXCHANGES = 300_000
BEGINNINGS = 6
WARMTH = 1.0
"""Lines a month that an exchange may cost at the beginning, one time in three."""

PER_LINE = LINE // NUMBER
VARIABLES = tuple(RELATIONSHIP.places)


def touched() -> Counter[frozenset[str]]:
    """Sets of variables that a round touches in a relationship, with how often it does."""
    prepared = course.begin(MARKET, seed=1)
    round_of = {NAMES.index(name): n for n, names in enumerate(compiled_rounds()) for name in names}
    recorder = Recorder(prepared.market)
    found: Counter[frozenset[str]] = Counter()
    # All in plain Python: what is booked may not lie side by side yet.
    for period in range(-MARKET.warm_up, MARKET.periods):
        course.enter(prepared, MARKET, 1, period)
        recorder.read.clear()
        recorder.written.clear()
        begin_period(prepared.draws, prepared.stream)
        recorder.pass_month()
        end_period(prepared.market, prepared.books)
        if period < 0:
            continue
        visits: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        for log in (recorder.read, recorder.written):
            for number, turns in log.items():
                if number.array == "relationships":
                    for turn in turns:
                        visits[round_of[turn.step], number.index].add(number.variable)
        found.update(map(frozenset, visits.values()))
    return found


@numba.njit  # type: ignore[untyped-decorator]
def lines_touched(
    sets: NDArray[np.bool_], weights: NDArray[np.float64], line: NDArray[np.int64]
) -> float:
    """Lines that all sets together touch."""
    total = 0.0
    for row in range(len(sets)):
        seen = 0
        for variable in range(sets.shape[1]):
            if sets[row, variable]:
                seen |= 1 << line[variable]
        while seen:
            seen &= seen - 1
            total += weights[row]
    return total


@numba.njit  # type: ignore[untyped-decorator]
def annealed(
    sets: NDArray[np.bool_],
    weights: NDArray[np.float64],
    order: NDArray[np.int64],
    booked: NDArray[np.bool_],
    random: np.random.Generator,
) -> float:
    """Lines touched by the best order found; ``order`` becomes that one."""
    line = np.empty_like(order)
    for place, variable in enumerate(order):
        line[variable] = place // PER_LINE
    best = now = lines_touched(sets, weights, line)
    current = order.copy()
    for exchange in range(EXCHANGES):
        one, other = random.integers(0, len(order)), random.integers(0, len(order))
        first, second = current[one], current[other]
        if booked[first] != booked[second] or line[first] == line[second]:
            continue
        line[first], line[second] = line[second], line[first]
        then = lines_touched(sets, weights, line)
        warmth = WARMTH * (1.0 - exchange / EXCHANGES)
        if then > now and random.random() >= math.exp((now - then) / warmth):
            line[first], line[second] = line[second], line[first]
            continue
        current[one], current[other] = second, first
        now = then
        if now < best:
            best = now
            order[:] = current
    return best


def main() -> None:
    """Record, anneal and print."""
    counts = touched()
    months = MARKET.periods * MARKET.buyers * MARKET.suppliers_per_buyer
    sets = np.array([[name in names for name in VARIABLES] for names in counts])
    weights = np.array(list(counts.values())) / months
    booked = np.array([name in BOOKED for name in VARIABLES])
    as_it_is = np.array(sorted(range(len(VARIABLES)), key=lambda n: not booked[n]))
    line = np.empty_like(as_it_is)
    line[as_it_is] = np.arange(len(VARIABLES)) // PER_LINE
    print(f"# lines that a relationship's month touches now: {lines_touched(sets, weights, line)}")
    found = []
    for seed in range(BEGINNINGS):
        order = as_it_is.copy()
        found.append(
            (annealed(sets, weights, order, booked, np.random.default_rng(seed)), order.tolist())
        )
    lines, order = min(found)
    print(f"# as follows: {lines}\nLINES = (")
    for start in range(0, len(order), PER_LINE):
        row = " ".join(VARIABLES[n] for n in sorted(order[start : start + PER_LINE]))
        pieces = textwrap.wrap(row, 90)
        for piece in pieces[:-1]:
            print(f'    "{piece} "')
        print(f'    "{pieces[-1]}",')
    print(")")


if __name__ == "__main__":
    main()
