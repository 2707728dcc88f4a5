"""Runs for all sessions: few while a slider moves, more at rest, each run once, fair turns.

A session asks for a comparison. Its runs that nobody has made yet become single tasks of some
milliseconds for a small pool of threads. Who has just moved a slider goes before who waits for
narrower bands, who yet gets a share of the runs. Those who move are served one after the other,
each at most one position a turn: all these jobs are alike, so that to run them side by side would
only make everybody wait for the last; where many wait, with fewer replicates. Those at rest take
turns run by run.

Of one session only the newest position is computed: one that waits for its turn is replaced, a
comparison at rest is dropped when the slider moves on, one of the few replicates of a moving slider
is finished once begun, and what was asked meanwhile is forgotten except for the last. Runs are
kept, so that the arm that has not moved costs nothing, and thirty students on one lesson share its
runs.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from relsim.app.texts import text
from relsim.app.views import Portrait, portrait
from relsim.comparison import Arm, Comparison, Outcome, run_arm, seeds
from relsim.io.errors import InputError
from relsim.model.simulation import simulate

WHILE_MOVING, AT_REST = 8, 50
"""Replicates of each arm."""

CROWD, FEWEST = 8, 3
"""Sessions beyond which the runs of all that wait for first numbers no longer grow: each gets fewer
replicates, down to three, and as many as ever when its sliders rest."""

KEPT_BYTES = 100_000_000
"""Memory for runs that are kept, all sessions together."""

KEPT_ARMS = 2000
"""Arms whose runs are kept at most, however small these are."""

RESTING_EVERY = 8
"""Every eighth run is for a session at rest, however many others move."""

log = logging.getLogger(__name__)


class Answer(NamedTuple):
    """What a session gets: a comparison, and at rest a portrait of one run of each arm.

    ``question`` is what the session gave with its request, to know what is answered; ``error`` is
    what to tell whoever asked.
    """

    question: Any
    comparison: Comparison | None
    drawn: tuple[Portrait, Portrait] | None
    error: str = ""


class _Cell:
    """One run, made once for whoever needs it."""

    __slots__ = ("arm", "error", "jobs", "pictured", "row", "seed", "started", "value")

    def __init__(self, row: _Row, arm: Arm, seed: int, pictured: bool) -> None:
        self.row, self.arm, self.seed, self.pictured = row, arm, seed, pictured
        self.value: Outcome | Portrait | None = None
        self.error = ""
        self.started = False
        self.jobs: set[_Job] = set()

    def make(self) -> None:
        """Run it, or note why it could not be run."""
        try:
            if self.pictured:
                self.value = portrait(simulate(self.arm.parameters, self.seed, snapshots=True))
            else:
                self.value = run_arm(self.arm, self.seed)
        except InputError as error:
            self.error = text("bad_value", message=str(error))
        except Exception:
            log.exception("a run failed")
            self.error = text("failed")

    @property
    def size(self) -> int:
        """Bytes that its result takes."""
        value = self.value
        if isinstance(value, Portrait):
            return value.nbytes
        if value is not None:
            return int(value.series.nbytes + value.buyers.nbytes) + sys.getsizeof(value.measures)
        return 0


class _Row:
    """The runs of one arm that are kept."""

    __slots__ = ("bytes", "cells", "dropped")

    def __init__(self) -> None:
        self.cells: dict[tuple[int, bool], _Cell] = {}
        self.bytes = 0
        self.dropped = False

    def cell(self, arm: Arm, seed: int, pictured: bool) -> _Cell:
        """A run, to be made if nobody has made it yet, or if it failed."""
        cell = self.cells.get((seed, pictured))
        if cell is None or cell.error:
            cell = self.cells[seed, pictured] = _Cell(self, arm, seed, pictured)
        return cell

    def in_use(self) -> bool:
        """Whether somebody waits for one of them."""
        return any(cell.jobs for cell in self.cells.values())


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
        self.begun = False

    def collect(self, rows: Sequence[_Row], count: int) -> None:
        """List the runs that it needs, and those of them that are still to be made."""
        run_seeds = seeds(self.seed, count)
        (one, first), (other, second) = zip(rows, self.arms, strict=True)
        self.cells = [
            (one.cell(first, seed, pictured=False), other.cell(second, seed, pictured=False))
            for seed in run_seeds
        ]
        if not self.moving:
            self.pictures = (
                one.cell(first, run_seeds[0], pictured=True),
                other.cell(second, run_seeds[0], pictured=True),
            )
        needed = dict.fromkeys(cell for pair in self.pairs() for cell in pair)
        self.todo = [cell for cell in needed if cell.value is None and not cell.error]
        self.missing = len(self.todo)
        for cell in self.todo:
            cell.jobs.add(self)
        self.todo.reverse()  # taken from the end

    def next(self) -> _Cell | None:
        """A run that nobody has begun, if there is one left."""
        while self.todo:
            cell = self.todo.pop()
            if not cell.started:
                self.begun = cell.started = True
                return cell
        return None

    def pairs(self) -> list[tuple[_Cell, _Cell]]:
        """All its runs, those that are drawn in full first."""
        return [*([self.pictures] if self.pictures else []), *self.cells]

    def release(self) -> None:
        """Wait for none of its runs any more."""
        for pair in self.pairs():
            for cell in pair:
                cell.jobs.discard(self)
        self.todo = []

    def answer(self) -> Answer:
        """What the session gets, all runs being there."""
        wrong = [cell.error for pair in self.pairs() for cell in pair if cell.error]
        if wrong:
            return Answer(self.question, None, None, wrong[0])
        made = Comparison(self.arms, self.seed, seeds(self.seed, len(self.cells)))
        for number, pair in enumerate(self.cells):
            made.take(number, [cell.value for cell in pair])  # type: ignore[misc]
        drawn = None
        if self.pictures:
            first, second = (cell.value for cell in self.pictures)
            assert isinstance(first, Portrait)
            assert isinstance(second, Portrait)
            drawn = (first, second)
        return Answer(self.question, made, drawn)


class Client:
    """One session, as the engine sees it."""

    def __init__(self, engine: Engine, deliver: Callable[[Answer], object]) -> None:
        self._engine, self.deliver = engine, deliver
        self.job: _Job | None = None
        self.waiting: _Job | None = None
        self.closed = False

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
        # Sessions whose turn it is to get a run: those that move, those at rest.
        self._moving: OrderedDict[Client, None] = OrderedDict()
        self._resting: OrderedDict[Client, None] = OrderedDict()
        self._taken = 0
        self._kept: OrderedDict[str, _Row] = OrderedDict()
        self._bytes = 0
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
            if client.closed:
                return
            if client.job is not None and client.job.moving:
                if client.job.begun:
                    client.waiting = job
                    return
                # It waits for its turn: the new position takes its place in the queue.
                client.job.release()
            ready = self._begin(job)
        if ready:
            self._finish(job)

    def _close(self, client: Client) -> None:
        with self._change:
            client.closed, client.waiting = True, None
            self._drop(client)

    def _drop(self, client: Client) -> None:
        """Forget the job of a session, and its runs that nobody has begun or waits for."""
        job, client.job = client.job, None
        self._moving.pop(client, None)
        self._resting.pop(client, None)
        if job is not None:
            job.release()

    def _begin(self, job: _Job) -> bool:
        """Set a job to work; true if all its runs are there already."""
        client = job.client
        if not (client.job and client.job.moving):
            self._drop(client)
        client.job = job
        rows = [self._row(arm) for arm in job.arms]
        fewer = self.while_moving * CROWD // max(CROWD, len(self._moving))
        while_moving = min(self.while_moving, max(FEWEST, fewer))
        job.collect(rows, while_moving if job.moving else self.at_rest)
        self._forget()
        if job.missing:
            (self._moving if job.moving else self._resting)[client] = None
            self._change.notify_all()
        else:
            self._moving.pop(client, None)
        return not job.missing

    def _row(self, arm: Arm) -> _Row:
        key = arm.parameters.model_dump_json(include=set(arm.parameters.model_fields_set))
        row = self._kept.setdefault(key, _Row())
        self._kept.move_to_end(key)
        return row

    def _forget(self) -> None:
        """Drop the runs of the arms that were not used for longest, as far as memory is short."""
        for key in list(self._kept)[:-2]:
            if self._bytes <= self._kept_bytes and len(self._kept) <= KEPT_ARMS:
                break
            row = self._kept[key]
            if not row.in_use():
                self._bytes -= row.bytes
                row.dropped = True
                del self._kept[key]

    # --- what threads do ---

    def _next(self) -> _Cell | None:
        """The next run to make: one of the session whose turn it is."""
        while True:
            while not (self._moving or self._resting or self._stopped):
                self._change.wait()
            if self._stopped:
                return None
            at_rest = self._resting and self._taken % RESTING_EVERY == 0
            turn = self._resting if at_rest or not self._moving else self._moving
            client = next(iter(turn))
            job = client.job
            cell = job.next() if job else None
            if job is None or not job.todo:
                del turn[client]
            elif turn is self._resting:
                turn.move_to_end(client)
            if cell is not None:
                self._taken += 1
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
                cell.row.bytes += cell.size
                if not cell.row.dropped:
                    self._bytes += cell.size
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
            if client.job is not job:
                return
            try:
                answer = job.answer()
                if client.job is job:
                    client.deliver(answer)
            except Exception:
                # One answer that cannot be given must not end the thread that makes all others.
                log.exception("an answer could not be given")
                answer = Answer(job.question, None, None, text("failed"))
                client.deliver(answer)
            with self._change:
                if client.job is not job:
                    return
                client.job = None
                following, client.waiting = client.waiting, None
                if following is None and job.moving and not answer.error:
                    following = _Job(client, job.question, job.arms, job.seed, moving=False)
                ready = following is not None and self._begin(following)
