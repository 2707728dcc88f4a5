"""Thirty students at once: ``python -m tests.app.load``.

Every student opens the page with a seed of its own, so that none finds another's runs made already,
moves a slider to a new place every few seconds, closes the page after a while and opens it again.
Then all leave and a second wave comes. Printed: how long a page or a move waits for its first
numbers, how evenly that is shared, and the memory of the server.
"""

from __future__ import annotations

import asyncio
import math
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from limits import Limits, options
from serving import classroom
from student import Student

from relsim import compare, presets
from relsim.app.entries import SLIDERS, entries
from relsim.app.settings import Settings, link

BETWEEN = (2.0, 4.0)
"""Seconds from one move of a session to its next."""

STAY = (5.0, 15.0)
"""Seconds from opening a page to closing it."""

FORGOTTEN = 5.0
"""Seconds after which the server has forgotten sessions that were closed."""

LATE, UNEVEN, GROWTH = 2.0, 4.0, 1.10
"""The most that the 95th percentile of waiting may be in seconds and of its median, and the memory
after the second wave of that after the first."""


class Wave(NamedTuple):
    """What came of one wave.

    Attributes
    ----------
    pages, moves : int
        Pages that were opened, and positions that sliders were moved to.
    waited, rested : list of float
        Seconds to the first numbers of a move, and to all.
    lost : list of str
        What went wrong, a line a session.
    astray : int
        Sessions that did not end on the numbers of their own newest settings.
    """

    pages: int
    moves: int
    waited: list[float]
    rested: list[float]
    lost: list[str]
    astray: int

    @property
    def median(self) -> float:
        """Of the waiting."""
        return statistics.median(self.waited)

    @property
    def late(self) -> float:
        """95th percentile of the waiting."""
        return statistics.quantiles(self.waited, n=20, method="inclusive")[-1]


def place(random: np.random.Generator, seed: int) -> str:
    """A link with one slider of either arm somewhere."""
    name = str(random.choice([one for one in SLIDERS if one != "aggressiveness"]))
    entry = entries()[name]
    value = round(float(random.uniform(entry.low, entry.high)), 4)
    arm = str(random.choice(["first", "second"]))
    changed = {**getattr(Settings(), arm), name: value}
    return link(Settings(seed=seed)._replace(**{arm: changed}))


async def attend(address: str, seed: int, seconds: float) -> tuple[list[Student], int, str]:
    """One student: opens pages, moves sliders, closes pages; ends at rest on the last."""
    random = np.random.default_rng(seed)
    end = time.perf_counter() + seconds
    visits: list[Student] = []
    moves, wrong = 0, ""
    try:
        while not visits or time.perf_counter() < end:
            if visits:
                await visits[-1].close()
            visits.append(Student(address, link(Settings(seed=seed))))
            leave = min(end, time.perf_counter() + random.uniform(*STAY))
            await visits[-1].open()
            await asyncio.sleep(random.uniform(0.0, BETWEEN[1]))
            while time.perf_counter() < leave:
                await visits[-1].move(place(random, seed))
                moves += 1
                await asyncio.sleep(random.uniform(*BETWEEN))
        await visits[-1].rest()
    except Exception as error:  # noqa: BLE001 - whatever a session meets is counted and told
        wrong = f"session {seed}: {type(error).__name__} {error}"
    await visits[-1].close()
    for student in visits:
        if student.error:
            wrong = f"session {seed}: {student.error}"
    return visits, moves, wrong


async def wave(address: str, sessions: int, seconds: float, first: int) -> Wave:
    """All students of a wave; their seeds are numbered from ``first``."""
    done = await asyncio.gather(
        *(attend(address, first + number, seconds) for number in range(sessions))
    )
    every = [student for visits, _, _ in done for student in visits]
    return Wave(
        pages=len(every),
        moves=sum(moves for _, moves, _ in done),
        waited=[waited for student in every for waited in student.waited],
        rested=[rested for student in every for rested in student.rested],
        lost=[wrong for _, _, wrong in done if wrong],
        astray=sum(visits[-1].shown != visits[-1].query for visits, _, _ in done),
    )


def measure(sessions: int, seconds: float, forgotten: float) -> tuple[list[Wave], list[float]]:
    """Two waves against one server, and its memory after each."""
    waves, after = [], []
    # Compiled here if need be, so that the server finds it done.
    compare("aggressive", "trusting", base=presets["classroom"], replicates=1)
    with classroom() as served:
        for number in range(2):
            waves.append(asyncio.run(wave(served.address, sessions, seconds, 1000 * number + 1)))
            time.sleep(forgotten)
            after.append(served.memory())
    return waves, after


def main() -> int:
    """Print the figures; status 1 if one misses."""
    chosen, limits = options(__doc__, sessions=30, seconds=60.0), Limits()
    waves, after = measure(chosen.sessions, chosen.seconds, FORGOTTEN)
    for number, one in enumerate(waves, 1):
        print(
            f"wave {number}: {chosen.sessions} students, {one.pages} pages, {one.moves} moves, "
            f"{len(one.waited)} answers; {len(one.lost)} students lost, {one.astray} not "
            f"on their newest settings\n  first numbers after {one.median:.2f} s (median), "
            f"{one.late:.2f} s (95th percentile; {limits.said(one.late, LATE, ' s')}), "
            f"{one.late / one.median:.1f} times ({limits.said(one.late / one.median, UNEVEN)}); "
            f"all numbers after "
            f"{statistics.median(one.rested or [math.nan]):.2f} s"
        )
        for line in one.lost:
            print(f"  {line}")
    growth = after[1] / after[0]
    print(
        f"memory of the server: {after[0]:.0f} MB after the first wave, {after[1]:.0f} MB after "
        f"the second, {growth:.2f} times ({limits.said(growth, GROWTH)})"
    )
    good = limits.hold and not any(one.lost or one.astray for one in waves)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
