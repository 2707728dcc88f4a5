"""Running a sweep: chunks of about a second, to threads, processes or a cluster.

This process alone writes the file; workers begin a new sweep while it is made. Results do not
depend on who runs what: a run is a function of its parameters and its seed.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from relsim.design.identity import check_present, unseen
from relsim.design.measures import check_present as check_measures
from relsim.design.plan import Plan
from relsim.io.errors import InputError, UnfinishedError, counted, shown
from relsim.sweep.chunks import Chunk, Outcome
from relsim.sweep.dispatch import Chunks, Stopping, Sweep, beginning
from relsim.sweep.executors import Team, team
from relsim.sweep.opening import engine, make_folder
from relsim.sweep.paths import the_path
from relsim.sweep.progress import Progress, Summary
from relsim.sweep.store import Store, create

MOST_WORKERS = 10_000
"""Chunks for twice as many workers are in memory at a time."""

MOST_PARTS = 1_000_000
"""Of a sweep that is run in files of their own."""


def run(
    plan: Plan | str | Path,
    store_path: str | Path,
    executor: Executor | None = None,
    workers: int | None = None,
    *,
    progress: Progress = False,
    extend: bool = False,
    retry_failed: bool = False,
    changed_code: bool = False,
    part: tuple[int, int] | None = None,
    chunk: int | None = None,
    time_limit: float | None = None,
) -> Summary:
    """Run a sweep, or what is missing of it, into a file.

    Parameters
    ----------
    plan : Plan or path
        What to run; a path is that of a TOML file.
    store_path : str or Path
        File of results; made if it is not there, continued if it is of the same plan.
    executor : concurrent.futures.Executor, optional
        Who runs it: threads of this process if not given; processes, ``Client.get_executor()`` of
        Dask, ``MPIPoolExecutor``. It is not shut down.
    workers : int, optional
        Threads, by default one a processor; with an executor, how many chunks it runs at a time,
        if it does not say. Results do not depend on it.
    progress : bool or callable
        Whether to show a bar or lines; or a function, called with every new ``Status``.
    extend : bool
        Whether the plan may have more replicates, points or arms than the file.
    retry_failed : bool
        Whether to run what failed once more.
    changed_code : bool
        Whether to go on though those sources of relsim that numbers depend on, or custom agents,
        measures or a task, are not those that began the file.
    part : (int, int), optional
        ``(3, 10)`` for the third of ten parts, each with a file of its own; see ``merge``.
    chunk : int, optional
        Runs handed out at a time; as many as take about a second if not given.
    time_limit : float, optional
        Seconds that a run may take; one that takes longer is a row of ``failures``. Code of another
        language that neither returns nor lets Python run ends with its process only: with a
        ``ProcessPoolExecutor`` it is a failure too, in threads it stops everything.

    Returns
    -------
    Summary
        Of what is in the file now.

    Raises
    ------
    InputError
        If the file belongs to something else, or somebody has it open.
    StoreError
        If the file cannot be written, as on a full disk.
    SweepError
        If the workers are gone.
    KeyboardInterrupt
        If it was stopped; the chunks that were under way are in the file.
    """
    chosen = plan if isinstance(plan, Plan) else Plan.from_toml(plan)
    check_present(chosen.variants)
    check_measures(chosen.own)
    if chunk is not None:
        counted("chunk", chunk)
    if workers is not None:
        counted("workers", workers, high=MOST_WORKERS)
    if time_limit is not None and not _seconds(time_limit):
        raise InputError(
            f"time_limit = {shown(time_limit)}: allowed is a number of seconds above 0"
        )
    share = _checked_part(part)
    if parts := unseen(chosen.record()):
        warnings.warn(
            f"an edit of {', '.join(parts)} would not be noticed when this sweep goes on: some of "
            "it cannot be looked into",
            stacklevel=2,
        )
    name = None if part is None else f"{part[0]}/{part[1]}"
    path = the_path(store_path)
    begun: dict[Future[Outcome], Chunk] = {}
    with _stop_signal() as stopping, team(executor, workers) as gathered:
        try:
            is_new = not path.exists()
            chunks = Chunks(chosen, beginning(chosen, share), time_limit)
            if is_new:
                make_folder(path)
                # With runs handed out by a number that was given, nobody begins before.
                if chunk is None:
                    _begin(chunks, gathered, begun)
            connection = engine(path)
            is_new = is_new and create(connection, path, chosen, name)
            with Store(path, connection) as store:
                # Others may have gone on with it since.
                is_new = is_new and not store.has_rows()
                if not is_new:
                    _cancel(begun)
                    store.accept(chosen, name, extend=extend, changed_code=changed_code)
                    missing = store.missing(chosen, share, retry_failed=retry_failed)
                    chunks = Chunks(chosen, missing, time_limit)
                sweep = Sweep(chosen, store, chunks, share, retry_failed, chunk, begun)
                if sweep.left or stopping():
                    sweep.work(gathered, progress, stopping)
                return sweep.summary()
        finally:
            _cancel(begun)


def _begin(chunks: Chunks, team: Team, begun: dict[Future[Outcome], Chunk]) -> None:
    """Let workers begin a sweep of which nothing is done, with single runs: how long is unknown."""
    # That workers are gone is told when there is a file to go on with.
    with contextlib.suppress(RuntimeError):
        while len(begun) < 2 * team.capacity() and (chunk := chunks.take(1)):
            begun[team.submit(chunk)] = chunk


def _cancel(begun: dict[Future[Outcome], Chunk]) -> None:
    for future in begun:
        future.cancel()
    begun.clear()


def _count(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and given >= 1


def _seconds(given: Any) -> bool:
    number = isinstance(given, int | float) and not isinstance(given, bool)
    return number and 0.0 < given <= threading.TIMEOUT_MAX


def _checked_part(part: tuple[int, int] | None) -> tuple[int, int]:
    """Which residue, of how many."""
    if part is None:
        return 0, 1
    pair = isinstance(part, tuple | list) and len(part) == 2 and all(map(_count, part))
    if not pair or not part[0] <= part[1] <= MOST_PARTS:
        raise InputError(
            f"part = {shown(part)}: allowed is K of N, with K from 1 to N and N to {MOST_PARTS}"
        )
    return part[0] - 1, part[1]


@contextlib.contextmanager
def _stop_signal() -> Iterator[Stopping]:
    """Let Ctrl-C ask to stop, instead of interrupting whatever is being written; twice, at once."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    heard = 0
    before = signal.getsignal(signal.SIGINT)

    def ask(number: int, frame: Any) -> None:
        """Note the first signal; let the second interrupt."""
        nonlocal heard
        heard += 1
        if heard > 1:
            signal.signal(signal.SIGINT, before)
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, ask)
    try:
        yield lambda: heard > 0
    except RuntimeError as error:
        # What DuckDB makes of an interruption.
        if heard > 1 and not isinstance(error, UnfinishedError):
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)
