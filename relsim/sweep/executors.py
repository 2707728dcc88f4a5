"""Who runs the chunks of a sweep: threads, any executor, or a Dask cluster."""

from __future__ import annotations

import contextlib
import importlib
import itertools
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from typing import Any, NamedTuple

from relsim.sweep.chunks import Chunk, Outcome

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
    died : callable
        Whether an error says that the worker of a chunk died, and others can go on.
    renew : callable
        Makes workers again that have died; a chunk that they must be able to read is given.
    halt : callable
        Ends what runs, as far as that can be done.
    ready : callable
        Returns when work can begin: when threads have imported the model.
    """

    submit: Callable[[Chunk], Future[Outcome]]
    capacity: Callable[[], int]
    waiting: Callable[[], str | None] = _nothing
    trouble: Callable[[], str | None] = _nothing
    died: Callable[[BaseException], bool] = lambda _: False
    renew: Callable[[Chunk], None] = lambda _: None
    halt: Callable[[], None] = _nothing
    ready: Callable[[], object] = _nothing


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
        pool, stop = ThreadPoolExecutor(threads), threading.Event()
        try:
            yield Team(
                lambda chunk: pool.submit(_run, chunk, stop),
                lambda: threads,
                halt=stop.set,
                ready=lambda: importlib.import_module("relsim.sweep.worker"),
            )
        finally:
            stop.set()
            # Left early, chunks may still run: nobody waits for them, or for a compilation.
            pool.shutdown(wait=False, cancel_futures=True)
        return
    client = getattr(executor, "_client", None)
    if client is not None and hasattr(client, "nthreads"):
        yield _of_dask(executor, client, workers)
        return
    known = getattr(executor, "_max_workers", None) or getattr(executor, "num_workers", None)
    count = workers or known or os.cpu_count() or 1
    if isinstance(executor, ProcessPoolExecutor):
        processes = _Processes(executor)
        try:
            yield Team(
                processes.submit,
                lambda: count,
                died=lambda error: isinstance(error, BrokenExecutor),
                renew=processes.renew,
                halt=processes.halt,
            )
        finally:
            processes.close()
        return
    yield Team(lambda chunk: executor.submit(_run, chunk), lambda: count)


class _Processes:
    """A pool of processes, and others like it when a run has ended one of its processes.

    A pool of which a process was ended, as by ``os._exit()``, takes no work any more.
    """

    def __init__(self, given: ProcessPoolExecutor) -> None:
        self._given = self._pool = given

    def submit(self, chunk: Chunk) -> Future[Outcome]:
        """Hand in a chunk."""
        return self._pool.submit(_run, chunk)

    def renew(self, chunk: Chunk) -> None:
        """Make another pool, if this one is broken, and see that its processes can work."""
        try:
            self._pool.submit(_received, chunk).result()
        except BrokenExecutor:
            self.close()
            # Nothing else tells how a pool was made.
            made: Any = self._given
            self._pool = ProcessPoolExecutor(
                made._max_workers,
                made._mp_context,
                made._initializer,
                made._initargs,
                max_tasks_per_child=made._max_tasks_per_child,
            )
            self._pool.submit(_received, chunk).result()

    def halt(self) -> None:
        """End the processes: a run that hangs in one would keep this process from ending."""
        for process in list((self._pool._processes or {}).values()):
            process.terminate()

    def close(self) -> None:
        """Leave the pool; the one that was given is not ours to shut down."""
        if self._pool is not self._given:
            self._pool.shutdown(wait=False, cancel_futures=True)


def _received(chunk: Chunk) -> int:
    """Say that a chunk has come through."""
    return len(chunk.items)


def _run(chunk: Chunk, stop: threading.Event | None = None) -> Outcome:
    """Run a chunk; only who does so waits for the model to be imported."""
    from relsim.sweep.worker import run_chunk

    return run_chunk(chunk, stop)


def _run_numbered(chunk: Chunk, number: int) -> Outcome:
    """Run a chunk. Dask takes calls with equal arguments for one, and would not run it again."""
    del number
    return _run(chunk)


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

    numbers = itertools.count()
    return Team(
        lambda chunk: executor.submit(_run_numbered, chunk, next(numbers)),
        lambda: workers or max(1, threads()),
        waiting,
        trouble,
        # Dask gives a chunk up with whose workers several have died, one after the other.
        died=lambda error: type(error).__name__ == "KilledWorker",
    )
