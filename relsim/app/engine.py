"""Runs for all sessions: few while a slider moves, more at rest, each run once, fair turns.

A session asks for a comparison. Its runs that nobody has made yet become single tasks of some
milliseconds; a small pool of threads takes them in turn from one session after the other, so that
nobody waits for another's whole comparison. Of one session only the newest position is computed: a
comparison at rest is dropped when the slider moves on, one of the few replicates of a moving slider
is finished, and what was asked meanwhile is forgotten except for the last. Runs are kept, so that
the arm that has not moved costs nothing, and thirty students on one lesson share its runs.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from relsim.comparison import Arm, Comparison, Outcome, run_arm, seeds
from relsim.simulation import Run, simulate

WHILE_MOVING, AT_REST = 8, 50
"""Replicates of each arm."""

KEPT_BYTES = 150_000_000
"""Memory for runs that are kept, all sessions together."""

LIKELY_RUN_BYTES = 150_000


class Answer(NamedTuple):
    """What a session gets: a comparison, and at rest the run of each arm that is drawn in full.

    ``question`` is what the session gave with its request, to know what is answered.
    """

    question: Any
    comparison: Comparison | None
    runs: tuple[Run, Run] | None
    error: str = ""


class _Cell:
    """One run, made once for whoever needs it."""

    __slots__ = ("arm", "error", "jobs", "pictured", "seed", "started", "value")

    def __init__(self, arm: Arm, seed: int, pictured: bool) -> None:
        self.arm, self.seed, self.pictured = arm, seed, pictured
        self.value: Outcome | Run | None = None
        self.error = ""
        self.started = False
        self.jobs: set[_Job] = set()

    def make(self) -> None:
        try:
            if self.pictured:
                self.value = simulate(self.arm.parameters, self.seed, snapshots=True)
            else:
                self.value = run_arm(self.arm, self.seed)
        except Exception as error:  # noqa: BLE001 - whatever it is, the session must be told
            self.error = f"{type(error).__name__}: {error}"

    @property
    def size(self) -> int:
        value = self.value
        if isinstance(value, Run):
            return sum(picture.nbytes for picture in value.snapshots.values()) + LIKELY_RUN_BYTES
        if value is not None:
            return int(value.series.nbytes + value.buyers.nbytes) + sys.getsizeof(value.measures)
        return 0


class _Job:
    """One comparison that a session waits for."""

    def __init__(
        self, client: Client, question: Any, arms: tuple[Arm, Arm], seed: int, moving: bool
    ) -> None:
        self.client = client
        self.question, self.arms, self.seed, self.moving = question, arms, seed, moving
        self.cells: list[tuple[_Cell, _Cell]] = []
        self.pictures: tuple[_Cell, _Cell] | None = None
        self.todo: list[_Cell] = []
        self.missing = 0

    def answer(self) -> Answer:
        pairs = [*self.cells, *([self.pictures] if self.pictures else [])]
        wrong = [cell.error for pair in pairs for cell in pair if cell.error]
        if wrong:
            return Answer(self.question, None, None, wrong[0])
        made = Comparison(self.arms, self.seed, seeds(self.seed, len(self.cells)))
        for number, pair in enumerate(self.cells):
            made.take(number, [cell.value for cell in pair])  # type: ignore[misc]
        runs = None
        if self.pictures:
            first, second = (cell.value for cell in self.pictures)
            assert isinstance(first, Run)
            assert isinstance(second, Run)
            runs = (first, second)
        return Answer(self.question, made, runs)


class Client:
    """One session, as the engine sees it."""

    def __init__(self, engine: Engine, deliver: Callable[[Answer], object]) -> None:
        self._engine, self.deliver = engine, deliver
        self.job: _Job | None = None
        self.waiting: _Job | None = None

    def ask(self, question: Any, arms: tuple[Arm, Arm], seed: int) -> None:
        """Ask for a comparison, first with few replicates, then with all.

        Parameters
        ----------
        question : object
            Comes back with each answer.
        arms : tuple of Arm
            What to compare.
        seed : int
            Of the comparison.
        """
        self._engine._ask(_Job(self, question, arms, seed, moving=True))

    def close(self) -> None:
        """Forget whatever was asked."""
        self._engine._close(self)


class Engine:
    """A pool of threads that all sessions share.

    Parameters
    ----------
    threads : int, optional
        How many, by default one a processor.
    kept_bytes : int
        Memory for runs that are kept.
    while_moving, at_rest : int
        Replicates of each arm.
    """

    def __init__(
        self,
        threads: int | None = None,
        kept_bytes: int = KEPT_BYTES,
        while_moving: int = WHILE_MOVING,
        at_rest: int = AT_REST,
    ) -> None:
        self.while_moving, self.at_rest, self._kept_bytes = while_moving, at_rest, kept_bytes
        self.runs_made = 0
        self._turn: OrderedDict[Client, None] = OrderedDict()
        self._kept: OrderedDict[str, dict[tuple[int, bool], _Cell]] = OrderedDict()
        self._change = threading.Condition()
        self._stopped = False
        self._threads = [
            threading.Thread(target=self._work, name=f"runs {number}", daemon=True)
            for number in range(threads or os.cpu_count() or 1)
        ]
        for thread in self._threads:
            thread.start()

    def open(self, deliver: Callable[[Answer], object]) -> Client:
        """Begin a session.

        Parameters
        ----------
        deliver : callable
            Called with each answer, on a thread of the engine.

        Returns
        -------
        Client
            To ask with.
        """
        return Client(self, deliver)

    def stop(self) -> None:
        """Let the threads end after what they are doing."""
        with self._change:
            self._stopped = True
            self._change.notify_all()
        for thread in self._threads:
            thread.join()

    # --- what sessions ask ---

    def _ask(self, job: _Job) -> None:
        client = job.client
        with self._change:
            if client.job is not None and client.job.moving:
                client.waiting = job
                return
            ready = self._begin(job)
        if ready:
            self._finish(job)

    def _close(self, client: Client) -> None:
        with self._change:
            client.waiting = None
            self._drop(client)

    def _drop(self, client: Client) -> None:
        """Forget the job of a session, and its runs that nobody has begun or waits for."""
        job, client.job = client.job, None
        self._turn.pop(client, None)
        if job is None:
            return
        for cell in job.todo:
            cell.jobs.discard(job)
        for pair in [*job.cells, *([job.pictures] if job.pictures else [])]:
            for cell in pair:
                cell.jobs.discard(job)
        job.todo = []

    def _begin(self, job: _Job) -> bool:
        """Set a job to work; true if all its runs are there already."""
        client = job.client
        self._drop(client)
        client.job = job
        count = self.while_moving if job.moving else self.at_rest
        run_seeds = seeds(job.seed, count)
        rows = [self._cells(arm) for arm in job.arms]
        for seed in run_seeds:
            first, second = (
                self._cell(row, arm, seed, pictured=False)
                for row, arm in zip(rows, job.arms, strict=True)
            )
            job.cells.append((first, second))
        if not job.moving:
            one, other = (
                self._cell(row, arm, run_seeds[0], pictured=True)
                for row, arm in zip(rows, job.arms, strict=True)
            )
            job.pictures = (one, other)
        pairs = [*([job.pictures] if job.pictures else []), *job.cells]
        needed = dict.fromkeys(cell for pair in pairs for cell in pair)
        job.todo = [cell for cell in needed if cell.value is None and not cell.error]
        job.missing = len(job.todo)
        for cell in job.todo:
            cell.jobs.add(job)
        job.todo.reverse()  # taken from the end
        self._forget()
        if job.missing:
            self._turn[client] = None
            self._change.notify_all()
        return not job.missing

    def _cells(self, arm: Arm) -> dict[tuple[int, bool], _Cell]:
        key = arm.parameters.model_dump_json(include=set(arm.parameters.model_fields_set))
        row = self._kept.setdefault(key, {})
        self._kept.move_to_end(key)
        return row

    def _cell(
        self, row: dict[tuple[int, bool], _Cell], arm: Arm, seed: int, pictured: bool
    ) -> _Cell:
        cell = row.get((seed, pictured))
        if cell is None or cell.error:
            cell = row[seed, pictured] = _Cell(arm, seed, pictured)
        return cell

    def _forget(self) -> None:
        """Drop the runs of the arms that were not used for longest, as far as memory is short."""
        sizes = {key: sum(cell.size for cell in row.values()) for key, row in self._kept.items()}
        total = sum(sizes.values())
        for key in list(self._kept)[:-2]:
            if total <= self._kept_bytes and len(self._kept) <= 2000:
                break
            if any(cell.jobs for cell in self._kept[key].values()):
                continue
            total -= sizes[key]
            del self._kept[key]

    # --- what threads do ---

    def _next(self) -> _Cell | None:
        """The next run to make: one of the session whose turn it is."""
        while True:
            while not self._turn:
                if self._stopped:
                    return None
                self._change.wait()
            if self._stopped:
                return None
            client, _ = self._turn.popitem(last=False)
            todo = client.job.todo if client.job else []
            while todo:
                cell = todo.pop()
                if not cell.started:
                    cell.started = True
                    if todo:
                        self._turn[client] = None
                    return cell

    def _work(self) -> None:
        while True:
            with self._change:
                cell = self._next()
            if cell is None:
                return
            cell.make()
            finished = []
            with self._change:
                self.runs_made += 1
                for job in cell.jobs:
                    job.missing -= 1
                    if not job.missing:
                        finished.append(job)
                cell.jobs.clear()
            for job in finished:
                self._finish(job)

    def _finish(self, job: _Job) -> None:
        """Answer a session, and begin what it wants next."""
        client, ready = job.client, True
        following: _Job | None = job
        while ready and following is not None:
            job = following
            answer = job.answer()
            if client.job is job:
                client.deliver(answer)
            with self._change:
                if client.job is not job:
                    return
                client.job = None
                following, client.waiting = client.waiting, None
                if following is None and job.moving and not answer.error:
                    following = _Job(client, job.question, job.arms, job.seed, moving=False)
                ready = following is not None and self._begin(following)
