"""What a sweep is said to take: from runs made as the sweep makes them."""

from __future__ import annotations

import itertools
import re
import threading
from dataclasses import dataclass, field

import pytest
from sweeps import small_plan

from relsim.sweep import forecast as module
from relsim.sweep.chunks import Chunk
from relsim.sweep.forecast import forecast, paced, pilot


@dataclass
class Clock:
    """Time that passes while somebody works, for one at a time or for all at once."""

    now: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def perf_counter(self) -> float:
        return self.now

    def work(self, seconds: float) -> None:
        with self.lock:
            self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_what_only_one_can_do_at_a_time_takes_as_long_on_more_threads(
    threads: int, clock: Clock
) -> None:
    assert paced(itertools.repeat(1.5), clock.work, threads, 30.0) == 1.5


def test_cheap_and_dear_runs_count_as_often_as_they_come(clock: Clock) -> None:
    assert paced(itertools.cycle([0.5, 2.5]), clock.work, 1, 30.0) == 1.5


def test_threads_work_at_the_same_time_and_each_does_something() -> None:
    both = threading.Barrier(2, timeout=30.0)
    done: list[int] = []

    def work(task: int) -> None:
        both.wait()
        done.append(task)

    assert paced(iter([7, 8]), work, 2, 0.0) > 0.0
    assert sorted(done) == [7, 8]


def test_runs_of_the_pilot_are_those_of_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = small_plan()
    monkeypatch.setattr(module, "PILOT_SECONDS", 0.5)
    seen: list[Chunk] = []
    monkeypatch.setattr(module, "run_chunk", lambda chunk: seen.append(chunk))
    pilot(plan, 1)
    places = {(item.point, item.arm) for chunk in seen for item in chunk.items}
    assert places == {(point, arm) for point in range(3) for arm in range(2)}
    for chunk in seen[:6]:
        (item,) = chunk.items
        assert item.seed == plan.seed_of(chunk.points[item.point], 0)
        assert (chunk.measures, chunk.keep) == (plan.measures, plan.keep)


@pytest.mark.parametrize(("workers", "parts"), [(1, 1), (2, 1), (2, 3)])
def test_time_is_that_of_all_runs_at_the_pace_of_the_pilot(
    workers: int, parts: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pace is that of all workers together: nothing is divided by their number."""
    monkeypatch.setattr(module, "pilot", lambda plan, threads: 10.0 / threads)
    monkeypatch.setattr(module, "duration", lambda seconds: f"{seconds:.0f} seconds")
    plan = small_plan(replicates=30)
    line = re.search(r"time +about (\d+) seconds", forecast(plan, workers, parts))
    assert line is not None
    assert int(line[1]) == plan.runs // parts * 10 // workers + module.STARTING_SECONDS
