"""A class at once: ``python -m tests.app.class_load`` plays for three minutes with thirty phones.

All decide as soon as a year begins; some drop out for a while and come back. Round follows round
until the time is over. Printed: how long the next year took to be on all phones, how long requests
took, what was lost, and the memory of the server.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from limits import Limits, options
from phones import Lecturer, Phone
from serving import Served, session

STARTS = 0.3
"""Seconds after which the lecturer goes on, where somebody has dropped out."""

PATIENCE = 3.0

LATE = 3.0
"""The most seconds that the next year may take to be on all phones."""

GROWTH = 1.25
"""The most that the memory at the end may be of that after the first round."""


class Wave(NamedTuple):
    """What came of it.

    Attributes
    ----------
    waited : list of float
        Seconds that requests took.
    turns : list of float
        Seconds from the last decision of a year to the view of the next one, a number a phone.
    years : int
        That passed, and ``decisions`` that were accepted in them.
    decisions : int
        All of them.
    rounds : int
        That were revealed.
    lost : list of str
        What went wrong, and what of the accepted decisions the table has not.
    memory : list of float
        Megabytes of the server after each round.
    reveals : list of float
        Seconds that each reveal took; here nobody thinks, while twins could be caught up.
    """

    waited: list[float]
    turns: list[float]
    years: int
    decisions: int
    rounds: int
    lost: list[str]
    memory: list[float]
    reveals: list[float]


async def lead(
    lecturer: Lecturer, served: Served, seconds: float, years: int, end: asyncio.Event
) -> tuple[int, int, list[float], list[float]]:
    """Round after round: go on when some seconds have passed in which not all have decided."""
    stop = time.perf_counter() + seconds
    passed, rounds, memory, reveals = 0, 0, list[float](), list[float]()
    try:
        while not rounds or time.perf_counter() < stop:
            await asyncio.sleep(STARTS)
            await lecturer.lead("next")
            news = await lecturer.until("year")
            while news["phase"] in ("year", "passing") and news["year"] <= years:
                before, waits = news["year"], time.perf_counter() + PATIENCE
                while news["phase"] in ("year", "passing") and news["year"] == before:
                    if time.perf_counter() > waits and news["phase"] == "year":
                        await lecturer.lead("next")
                        waits = time.perf_counter() + PATIENCE
                    await asyncio.sleep(0.1)
                    news = await lecturer.ask("news", version=None)
                passed += 1
            begun = time.perf_counter()
            await lecturer.lead("reveal")
            await lecturer.until("reveal")
            reveals.append(time.perf_counter() - begun)
            rounds += 1
            memory.append(served.memory())
            if rounds == 12 or time.perf_counter() >= stop:
                break
            await lecturer.lead("next")
    finally:
        end.set()
    return passed, rounds, memory, reveals


def turns(students: list[Phone]) -> list[float]:
    """Of the years in which all have decided; of phones that had not dropped out."""
    full = set.intersection(*(set(each.years) for each in students))
    return [
        each.arrived[number, year + 1] - max(other.years[number, year] for other in students)
        for number, year in full
        for each in students
        if (number, year + 1) in each.arrived
    ]


async def wave(
    served: Served,
    phones: int = 30,
    seconds: float = 0.0,
    years: int = 10,
    drops: float = 0.02,
) -> Wave:
    """A class plays rounds of so many years, at least one and as many as fit into some seconds."""
    lecturer, end = Lecturer(served.address, served.key), asyncio.Event()
    students = [Phone(served.address, f"phone {number}", number) for number in range(phones)]
    await asyncio.gather(*(each.join() for each in students))
    playing = [asyncio.create_task(each.play(end, drops)) for each in students]
    # News come within twenty seconds, whether there are any or not.
    done = await lead(lecturer, served, seconds, years, end)
    results = await asyncio.gather(*playing, return_exceptions=True)
    lost = [
        f"{each.name}: {type(error).__name__} {error}"
        for each, error in zip(students, results, strict=True)
        if error is not None
    ]
    table = (await lecturer.ask("csv"))["csv"].splitlines()[1:]
    kept = sum(int(row.split(",")[7]) for row in table)
    decisions = sum(len(each.years) for each in students)
    if kept != decisions:
        lost.append(f"{decisions} decisions were accepted, the table has {kept}")
    passed, rounds, memory, reveals = done
    waited = [seconds for each in students for seconds in each.waited]
    return Wave(waited, turns(students), passed, decisions, rounds, lost, memory, reveals)


def main() -> int:
    """Print the figures; status 1 if one misses."""
    chosen, limits = options(__doc__, phones=30, seconds=180.0), Limits()
    with session() as served:
        done = asyncio.run(wave(served, chosen.phones, chosen.seconds))
    late, growth = max(done.turns), done.memory[-1] / done.memory[0]
    print(
        f"{chosen.phones} phones, {done.rounds} rounds, {done.years} years, {done.decisions} "
        f"decisions, {len(done.waited)} requests; {len(done.lost)} problems\n"
        f"from the last decision to the next year on {len(done.turns)} phones: "
        f"{statistics.median(done.turns):.2f} s (median), {late:.2f} s (longest; "
        f"{limits.said(late, LATE, ' s')})\n"
        f"a request took {statistics.median(done.waited):.3f} s (median), "
        f"{statistics.quantiles(done.waited, n=20, method='inclusive')[-1]:.2f} s (95th "
        f"percentile), {max(done.waited):.2f} s (longest)\n"
        f"reveals took {', '.join(f'{each:.0f}' for each in done.reveals)} s\n"
        f"memory of the server after each round: "
        f"{', '.join(f'{each:.0f}' for each in done.memory)} MB, {growth:.2f} times "
        f"({limits.said(growth, GROWTH)})"
    )
    for line in done.lost:
        print(f"  {line}")
    return 0 if limits.hold and not done.lost else 1


if __name__ == "__main__":
    sys.exit(main())
