"""Who runs the chunks of a sweep: threads, any executor, or a Dask cluster."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, NamedTuple

from relsim.sweep.worker import Chunk, Outcome, run_chunk

COUNT_SECONDS = 2.0
"""How often to ask a cluster how many workers it has."""


def _nothing() -> None:
    return None


class Team(NamedTuple):
    """Who runs chunks.

    Attributes
    ----------
    submit : callable
        Hands in a chunk.
    capacity : callable
        How many chunks run at a time.
    waiting : callable
        What it waits for, if nobody works.
    trouble : callable
        Why it cannot go on, if so.
    """

    submit: Callable[[Chunk], Future[Outcome]]
    capacity: Callable[[], int]
    waiting: Callable[[], str | None] = _nothing
    trouble: Callable[[], str | None] = _nothing


@contextlib.contextmanager
def team(executor: Executor | None, workers: int | None) -> Iterator[Team]:
    """Gather who works.

    Parameters
    ----------
    executor : concurrent.futures.Executor, optional
        Threads of this process if not given.
    workers : int, optional
        How many chunks run at a time; what the executor says, or one a processor, if not given.

    Yields
    ------
    Team
        Ready to work.
    """
    if executor is None:
        threads = workers or os.cpu_count() or 1
        pool = ThreadPoolExecutor(threads)
        try:
            yield Team(lambda chunk: pool.submit(run_chunk, chunk), lambda: threads)
        finally:
            # Left early, chunks may still run: nobody waits for them, or for a compilation.
            pool.shutdown(wait=False, cancel_futures=True)
        return
    client = getattr(executor, "_client", None)
    if client is not None and hasattr(client, "nthreads"):
        yield _of_dask(executor, client, workers)
        return
    known = getattr(executor, "_max_workers", None) or getattr(executor, "num_workers", None)
    count = workers or known or os.cpu_count() or 1
    yield Team(lambda chunk: executor.submit(run_chunk, chunk), lambda: count)


def _of_dask(executor: Executor, client: Any, workers: int | None) -> Team:
    """Workers of a cluster come and go, and so does its scheduler."""
    looked, found = -COUNT_SECONDS, 1

    def threads() -> int:
        """Threads of all workers, counted now and then."""
        nonlocal looked, found
        if time.monotonic() - looked > COUNT_SECONDS:
            looked = time.monotonic()
            with contextlib.suppress(Exception):
                found = sum(client.nthreads().values())
        return found

    def waiting() -> str | None:
        """Say what is waited for, if anything."""
        if threads():
            return None
        return f"the Dask scheduler {client.scheduler.address} has no workers yet"

    def trouble() -> str | None:
        """Say what keeps the work from going on, if anything."""
        if client.status == "running":
            return None
        return f"the Dask scheduler is gone (the client is {client.status})"

    # Chunks that are equal would otherwise be taken for the same task.
    return Team(
        lambda chunk: executor.submit(run_chunk, chunk),
        lambda: workers or max(1, threads()),
        waiting,
        trouble,
    )
