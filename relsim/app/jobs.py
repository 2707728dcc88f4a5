"""One comparison that a session waits for, and the runs that it is made of, each made once."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from relsim.app.portraits import Portrait, portrait
from relsim.comparison import Arm, Comparison, seeds
from relsim.comparison.running import run_arm
from relsim.comparison.tables import Outcome
from relsim.io.errors import InputError
from relsim.model.simulation import simulate
from relsim.play.refusals import RefusedError

log = logging.getLogger(__name__)


class Problem(NamedTuple):
    """Why there is no answer: a sentence of the catalogue, and the refusal that it quotes."""

    sentence: str
    refused: RefusedError | None = None


FAILED = Problem("status.failed")


class Answer(NamedTuple):
    """What a session gets: a comparison, and at rest a portrait of one run of each arm.

    ``question`` is what the session gave with its request, to know what is answered; ``error`` is
    why there is none.
    """

    question: Any
    comparison: Comparison | None
    drawn: tuple[Portrait, Portrait] | None
    error: Problem | None = None


class Cell:
    """One run, made once for whoever needs it."""

    __slots__ = ("arm", "error", "jobs", "pictured", "row", "seed", "started", "value")

    def __init__(self, row: Row, arm: Arm, seed: int, pictured: bool) -> None:
        self.row, self.arm, self.seed, self.pictured = row, arm, seed, pictured
        self.value: Outcome | Portrait | None = None
        self.error: Problem | None = None
        self.started = False
        self.jobs: set[Job] = set()

    def make(self) -> None:
        """Run it, or note why it could not be run."""
        try:
            if self.pictured:
                self.value = portrait(simulate(self.arm.parameters, self.seed, snapshots=True))
            else:
                self.value = run_arm(self.arm, self.seed)
        except InputError as error:
            self.error = Problem("status.bad_value", RefusedError("settings", str(error)))
        except Exception:
            log.exception("a run failed")
            self.error = FAILED

    @property
    def size(self) -> int:
        """Bytes that its result takes."""
        value = self.value
        if isinstance(value, Portrait):
            return value.nbytes
        if value is not None:
            return int(value.series.nbytes + value.buyers.nbytes) + sys.getsizeof(value.measures)
        return 0


class Row:
    """The runs of one arm that are kept."""

    __slots__ = ("bytes", "cells", "dropped")

    def __init__(self) -> None:
        self.cells: dict[tuple[int, bool], Cell] = {}
        self.bytes = 0
        self.dropped = False

    def cell(self, arm: Arm, seed: int, pictured: bool) -> Cell:
        """A run, to be made if nobody has made it yet, or if it failed."""
        cell = self.cells.get((seed, pictured))
        if cell is None or cell.error:
            cell = self.cells[seed, pictured] = Cell(self, arm, seed, pictured)
        return cell

    def in_use(self) -> bool:
        """Whether somebody waits for one of them."""
        return any(cell.jobs for cell in self.cells.values())


class Job:
    """One comparison that a session waits for."""

    def __init__(
        self, client: Any, question: Any, arms: tuple[Arm, Arm], seed: int, moving: bool
    ) -> None:
        self.client = client
        self.question, self.arms, self.seed, self.moving = question, arms, seed, moving
        self.cells: list[tuple[Cell, Cell]] = []
        self.pictures: tuple[Cell, Cell] | None = None
        self.todo: list[Cell] = []
        self.missing = 0
        self.begun = False

    def collect(self, rows: Sequence[Row], count: int) -> None:
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

    def next(self) -> Cell | None:
        """A run that nobody has begun, if there is one left."""
        while self.todo:
            cell = self.todo.pop()
            if not cell.started:
                self.begun = cell.started = True
                return cell
        return None

    def pairs(self) -> list[tuple[Cell, Cell]]:
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
