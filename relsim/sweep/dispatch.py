"""A sweep under way: what is missing goes out in chunks, and what comes back is kept.

There are a few more chunks out than there are workers, so that memory does not grow with the
number of runs.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Future, wait
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.design.plan import Plan
from relsim.engine.source_hash import model_hash
from relsim.io.errors import UnfinishedError
from relsim.sweep.chunks import Chunk, Item, OtherCodeError, Outcome, lost
from relsim.sweep.executors import Team
from relsim.sweep.progress import Progress, Status, Summary, reporting
from relsim.sweep.store import ROWS_A_LOOK, Missing, Store

CHUNK_SECONDS = 1.0
LEAST_CHUNK_SECONDS = 0.05
"""Less is not worth a transaction, even where workers would end more evenly."""

ATTEMPTS = 3
"""How often a chunk is handed out before a cluster that loses it is given up."""

LOOK_SECONDS = 0.5
"""How often to look whether to stop, while no worker has finished."""


Stopping = Callable[[], bool]
"""Whether somebody has asked to stop."""


class SweepError(UnfinishedError):
    """A sweep cannot go on; what was stored is whole, and it can be resumed."""


class _GivenUpError(Exception):
    """Workers are gone, and why; how far the sweep is then is seen when all is written."""


class Chunks:
    """Cuts what is missing of a sweep into chunks, as they are asked for.

    Parameters
    ----------
    plan : Plan
        Of the sweep.
    missing : iterator
        Values of some points by number, and rows of point, index of the arm, and replicate: what
        ``Store.missing`` looks up, or ``beginning``.
    time_limit : float, optional
        Seconds that a run may take.
    """

    def __init__(
        self, plan: Plan, missing: Iterator[Missing], time_limit: float | None = None
    ) -> None:
        self._plan, self._missing, self._time_limit = plan, missing, time_limit
        self._points: dict[int, dict[str, Any]] = {}
        self._rows: NDArray[np.int64] = np.empty((0, 3), np.int64)

    def take(self, count: int) -> Chunk | None:
        """Make a chunk of so many runs, or fewer at the end of some points."""
        if not len(self._rows):
            following = next(self._missing, None)
            if following is None:
                return None
            self._points, self._rows = following
        rows, self._rows = self._rows[:count].tolist(), self._rows[count:]
        return Chunk(
            arms=self._plan.variants,
            points={row[0]: self._points[row[0]] for row in rows},
            items=tuple(
                # By the values in the file: a plan that extends it may number its points otherwise.
                Item(p, a, r, self._plan.seed_of(self._points[p], r))
                for p, a, r in rows
            ),
            measures=self._plan.measures,
            own=self._plan.own,
            keep=self._plan.keep,
            model=model_hash(),
            task=self._plan.task,
            time_limit=self._time_limit,
        )


def beginning(plan: Plan, part: tuple[int, int]) -> Iterator[Missing]:
    """All runs of a sweep of which nothing is done yet, in the order of ``Store.missing``."""
    arms = len(plan.variants)
    at_once = max(1, ROWS_A_LOOK // (arms * plan.replicates))
    for first in range(0, plan.size, at_once):
        numbers = range(first, min(first + at_once, plan.size))
        point, replicate, arm = np.indices((len(numbers), plan.replicates, arms)).reshape(3, -1)
        point += first
        rows = np.column_stack([point, arm, replicate])[(point + replicate) % part[1] == part[0]]
        yield dict(zip(numbers, plan.settings(numbers), strict=True)), rows


class Sweep:
    """A sweep under way.

    Parameters
    ----------
    plan, store : Plan, Store
        What to run, and the file for it.
    chunks : Chunks
        What is missing.
    part : (int, int)
        Which residue of point plus replicate, of how many.
    retry_failed : bool
        Whether what failed is run once more.
    chunk : int, optional
        Runs of a chunk; as many as take about a second if not given.
    begun : dict
        Chunks that workers have begun already.
    """

    def __init__(
        self,
        plan: Plan,
        store: Store,
        chunks: Chunks,
        part: tuple[int, int],
        retry_failed: bool,
        chunk: int | None,
        begun: Mapping[Future[Outcome], Chunk],
    ) -> None:
        self.plan, self.store = plan, store
        self.total, self.done, self.failed = store.counts(plan, part)
        self.left = self.total - self.done - (0 if retry_failed else self.failed)
        self.before = self.failed if retry_failed else 0
        self.began = time.monotonic()
        self.computed = 0
        self._chunks, self._fixed = chunks, chunk
        self._handed = sum(len(each.items) for each in begun.values())
        self._first: tuple[int, float] | None = None
        self._waiting = ""
        self._run_seconds = math.inf
        self._tries = {future: (each, 1) for future, each in begun.items()}
        # Chunks that were with workers that died; each is run alone, to see which of them did it.
        self._suspects: deque[Chunk] = deque()
        self._alone: Chunk | None = None

    def summary(self) -> Summary:
        """Where it stands."""
        return Summary(
            self.total, self.done, self.failed, self.computed, time.monotonic() - self.began
        )

    def status(self) -> Status:
        """How far it is."""
        return Status(
            self.done + self.failed,
            self.total,
            self.failed,
            self.computed,
            time.monotonic() - self.began,
            *(self._first or (0, 0.0)),
            self._waiting,
        )

    def work(self, team: Team, progress: Progress, stopping: Stopping) -> None:
        """Hand out chunks and keep what comes back, until nothing is missing."""
        team.ready()
        with reporting(progress, self.status()) as tell:
            try:
                while not stopping():
                    self._hand_out(team)
                    if not self._tries:
                        break
                    self._collect(team, tell, stopping)
            except _GivenUpError as trouble:
                raise self._given_up(trouble) from trouble.__cause__
            finally:
                for future in self._tries:
                    future.cancel()
            if stopping():
                self._keep_the_finished(team, tell)
                raise KeyboardInterrupt(
                    f"stopped with {self.done + self.failed} of {self.total} runs in "
                    f"{self.store.path}; the same command continues"
                )

    def _size(self, capacity: int) -> int:
        """Runs of the next chunk: about a second, less near the end so that all end together."""
        if self._fixed is not None:
            return self._fixed
        if math.isinf(self._run_seconds):
            return 1
        seconds = max(self._run_seconds, 1e-5)
        share = math.ceil((self.left - self._handed) / (2 * capacity))
        least = math.ceil(LEAST_CHUNK_SECONDS / seconds)
        return max(1, min(int(CHUNK_SECONDS / seconds), max(share, least)))

    def _hand_out(self, team: Team) -> None:
        capacity = team.capacity()
        size = self._size(capacity)
        while not self._suspects and self._alone is None and len(self._tries) < 2 * capacity:
            chunk = self._chunks.take(size)
            if chunk is None:
                return
            self._handed += len(chunk.items)
            self._submit(team, chunk, 1)
        if self._suspects and not self._tries:
            self._alone = self._suspects.popleft()
            try:
                team.renew(self._alone)
            # Whatever keeps workers from beginning.
            except Exception as error:
                raise _GivenUpError(f"workers end before they begin ({_said(error)})") from error
            self._submit(team, self._alone, 1)

    def _submit(self, team: Team, chunk: Chunk, attempt: int) -> None:
        try:
            self._tries[team.submit(chunk)] = chunk, attempt
        except RuntimeError as error:
            if team.died(error):
                self._suspects.append(chunk)
                return
            raise _GivenUpError(team.trouble() or str(error)) from None

    def _collect(self, team: Team, tell: Callable[[Status], object], stopping: Stopping) -> None:
        """Wait for chunks that are done, and keep them."""
        finished, _ = wait(self._tries, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        if not finished:
            self._look_at(team, tell)
            return
        outcomes: list[Outcome] = []
        try:
            for future in finished:
                outcomes += self._result(future, team)
            # Before they are written, so that workers go on meanwhile.
            if not stopping():
                self._hand_out(team)
        finally:
            if outcomes:
                self._keep(outcomes, tell)

    def _look_at(self, team: Team, tell: Callable[[Status], object]) -> None:
        """See whether workers are there while none has finished."""
        trouble = team.trouble()
        if trouble:
            raise _GivenUpError(trouble)
        waiting = team.waiting() or ""
        if waiting != self._waiting:
            self._waiting = waiting
            tell(self.status())

    def _result(self, future: Future[Outcome], team: Team) -> list[Outcome]:
        """What came of a chunk; nothing if it is handed out once more."""
        chunk, attempt = self._tries.pop(future)
        alone = chunk is self._alone
        if alone:
            self._alone = None
        try:
            error = future.exception()
        except CancelledError as cancelled:
            error = cancelled
        if error is None:
            outcome = future.result()
            self._learn(outcome)
            return [outcome]
        if team.died(error):
            return self._after_a_death(chunk, error, alone)
        if isinstance(error, OtherCodeError | BrokenExecutor):
            raise _GivenUpError(str(error)) from None
        # Workers die in many ways.
        trouble = team.trouble()
        if trouble or attempt >= ATTEMPTS:
            raise _GivenUpError(trouble or _said(error)) from error
        self._submit(team, chunk, attempt + 1)
        return []

    def _after_a_death(self, chunk: Chunk, error: BaseException, alone: bool) -> list[Outcome]:
        """Find out which run ended the process that it was in; that run has failed."""
        if not alone:
            self._suspects.append(chunk)
        elif len(chunk.items) > 1:
            singles = [chunk._replace(items=(item,)) for item in chunk.items]
            self._suspects.extendleft(reversed(singles))
        else:
            return [lost(chunk, f"its process ended or was ended: {_said(error)}")]
        return []

    def _learn(self, outcome: Outcome) -> None:
        """Learn how long a run takes; the first may have waited for the model to be compiled."""
        if outcome.items:
            now = sum(outcome.seconds) / len(outcome.items)
            old = self._run_seconds
            self._run_seconds = now if math.isinf(old) else 0.5 * (old + now)

    def _keep(self, outcomes: list[Outcome], tell: Callable[[Status], object]) -> None:
        self.store.write(outcomes, self.plan)
        runs = sum(len(each.items) for each in outcomes)
        failures = sum(len(each.failures) for each in outcomes)
        self.done += runs
        self.computed += runs + failures
        self._waiting = ""
        if self._first is None:
            self._first = self.computed, time.monotonic() - self.began
        if self.before:
            # What failed before and was run again is one thing less that failed.
            again = min(self.before, runs + failures)
            self.before -= again
            self.failed -= again
        self.failed += failures
        tell(self.status())

    def _keep_the_finished(self, team: Team, tell: Callable[[Status], object]) -> None:
        running = {future for future in self._tries if not future.cancelled()}
        # Before the first chunk came back, the model may be being compiled, which takes long.
        patience = LOOK_SECONDS if self._first is None else 10.0 * CHUNK_SECONDS
        with contextlib.suppress(KeyboardInterrupt):
            done, late = wait(running, timeout=patience)
            if late:
                # Runs that hang; what else is in their chunks may come back.
                team.halt()
                done |= wait(late, timeout=LOOK_SECONDS).done
            outcomes = [
                future.result()
                for future in done
                if not future.cancelled() and future.exception() is None
            ]
            if outcomes:
                self._keep(outcomes, tell)

    def _given_up(self, reason: _GivenUpError) -> SweepError:
        return SweepError(
            f"{reason}; {self.done + self.failed} of {self.total} runs are in {self.store.path}; "
            "the same command continues"
        )


def _said(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:300]}"
