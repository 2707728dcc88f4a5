"""Many replicates of many arms on threads, with progress, to be interrupted at any time."""

from __future__ import annotations

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

from relsim.io.errors import counted
from relsim.io.progress import progress_bar
from relsim.model.supervision import have_compiled

Arm = TypeVar("Arm")
Result = TypeVar("Result")

Progress = bool | Callable[[int], object]
"""Whether to show a bar on the terminal, or whom to tell a number of runs done since."""

AHEAD = 16
"""Runs a thread that may be done before they are taken in: no more is kept in memory."""

RunOnce = Callable[[Arm, int, threading.Event], Result]
"""From an arm, a seed and an event that says when to stop, to what is kept of the run."""


def threads(workers: int | None) -> int:
    """Check a number of threads; one a processor if None is given.

    Raises
    ------
    InputError
        If it is none.
    """
    return counted("workers", (os.cpu_count() or 1) if workers is None else workers)


@contextlib.contextmanager
def reporting(progress: Progress, runs: int) -> Iterator[Callable[[int], object]]:
    """Whom to tell how many runs are done: nobody, a bar on the terminal, or the caller."""
    if callable(progress):
        yield progress
    elif not progress:
        yield lambda _: None
    else:
        with progress_bar(runs) as bar:
            yield bar.update


def run_each(
    arms: Sequence[Arm],
    run_seeds: Sequence[int],
    run: RunOnce[Arm, Result],
    take: Callable[[int, list[Result]], object],
    workers: int | None = None,
    progress: Progress = False,
) -> None:
    """Run every arm on every seed, and hand over the replicates in their order.

    Parameters
    ----------
    arms : sequence
        What to run, of any kind that ``run`` understands.
    run_seeds : sequence of int
        One a replicate.
    run : callable
        Called on several threads at once, if there are several workers.
    take : callable
        Told the number of a replicate and its results, one an arm; in this thread.
    workers : int, optional
        Threads, by default one a processor; one is this thread. Results do not depend on it.
    progress : bool or callable
        See ``Progress``.
    """
    count = threads(workers)
    # Whatever has to be compiled is compiled here, where an interruption is heard.
    have_compiled(custom=False)
    tasks = ((arm, seed) for seed in run_seeds for arm in arms)
    with (
        reporting(progress, len(arms) * len(run_seeds)) as report,
        contextlib.closing(_in_order(tasks, run, count)) as results,
    ):
        for number in range(len(run_seeds)):
            take(number, list(islice(results, len(arms))))
            report(len(arms))


def _in_order(
    tasks: Iterator[tuple[Arm, int]], run: RunOnce[Arm, Result], count: int
) -> Generator[Result]:
    """Results of all tasks in their order, some of them ahead; closed early, what runs stops."""
    stop = threading.Event()
    if count == 1:
        # In this thread, which may be one to be interrupted from another: if that happens just
        # while it starts a third, Python ends the third instead, and all wait for it for ever.
        yield from (run(*task, stop) for task in tasks)
        return
    pool = ThreadPoolExecutor(count)
    try:
        waiting = deque(pool.submit(run, *task, stop) for task in islice(tasks, AHEAD * count))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(run, *task, stop) for task in islice(tasks, 1))
    finally:
        # After an error or an interruption, what runs ends at the next slice, and what has not
        # begun does not begin.
        stop.set()
        pool.shutdown(cancel_futures=True)


def run_all(
    arms: Sequence[Arm],
    run_seeds: Sequence[int],
    run: RunOnce[Arm, Result],
    workers: int | None = None,
    progress: Progress = False,
) -> list[list[Result]]:
    """Run every arm on every seed, see ``run_each``; the results of each arm by replicate."""
    found: list[list[Result]] = [[] for _ in arms]

    def take(_: int, results: list[Result]) -> None:
        """Keep what came out of a replicate."""
        for kept, result in zip(found, results, strict=True):
            kept.append(result)

    run_each(arms, run_seeds, run, take, workers, progress)
    return found
