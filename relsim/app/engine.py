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
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from relsim.app.jobs import FAILED, Answer, Cell, Job, Row
from relsim.comparison import Arm

WHILE_MOVING, AT_REST = 8, 50
"""Replicates of each arm."""

CROWD, FEWEST = 4, 2
"""Sessions beyond which the runs of all that wait for first numbers no longer grow: each gets fewer
replicates, down to two, and as many as ever when its sliders rest."""

KEPT_BYTES = 100_000_000
"""Memory for runs that are kept, all sessions together."""

KEPT_ARMS = 2000
"""Arms whose runs are kept at most, however small these are."""

RESTING_EVERY = 16
"""Every sixteenth run is for a session at rest, however many others move."""

log = logging.getLogger(__name__)


class Client:
    """One session, as the engine sees it."""

    def __init__(self, engine: Engine, deliver: Callable[[Answer], object]) -> None:
        self._engine, self.deliver = engine, deliver
        self.job: Job | None = None
        self.waiting: Job | None = None
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
        self._engine._ask(Job(self, question, arms, seed, moving=True))

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
        self._kept: OrderedDict[str, Row] = OrderedDict()
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

    def _ask(self, job: Job) -> None:
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

    def _begin(self, job: Job) -> bool:
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

    def _row(self, arm: Arm) -> Row:
        key = arm.parameters.model_dump_json(include=set(arm.parameters.model_fields_set))
        row = self._kept.setdefault(key, Row())
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

    def _next(self) -> Cell | None:
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

    def _finish(self, job: Job) -> None:
        """Answer a session, and begin what it wants next."""
        client, ready = job.client, True
        following: Job | None = job
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
                answer = Answer(job.question, None, None, FAILED)
                client.deliver(answer)
            with self._change:
                if client.job is not job:
                    return
                client.job = None
                following, client.waiting = client.waiting, None
                if following is None and job.moving and not answer.error:
                    following = Job(client, job.question, job.arms, job.seed, moving=False)
                ready = following is not None and self._begin(following)
