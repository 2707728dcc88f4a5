"""A room: a class that plays together, kept in memory and nowhere else.

A round goes guess, then year by year, then over, then reveal. A year passes when everybody has
decided or when the lecturer goes on; who has not decided is played on by the last decisions. Scores
are computed here from decisions; nothing of them is taken from a student.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Collection
from typing import Any

from relsim.io.errors import known
from relsim.play.decisions import Decisions
from relsim.play.game import STANCES, Game
from relsim.play.question import Question
from relsim.play.refusals import RefusedError, refusing
from relsim.play.rounds import MOST_ROUNDS, Fair, Market, Spread, begin, usual_round
from relsim.play.scenarios import SCENARIOS, YEARS
from relsim.play.scores import Scores, table
from relsim.play.students import Student, Students, new_code
from relsim.play.view import view


class Room:
    """A class session.

    Parameters
    ----------
    seed : int, optional
        Of its rounds; drawn if none is given.
    spread : callable
        ``map``, or that of a pool of threads, for the games of a year.
    changed : callable
        Called when there is news, on whatever thread made it.

    Attributes
    ----------
    code, key : str
        What students type, and what only the lecturer has.
    students : Students
        Who has joined; ``token in room.students``.
    kind : str
        Of the round.
    news : dict
        What everybody may know; replaced as a whole, so that it can be read at any time.

    Examples
    --------
    >>> room = Room(seed=3)
    >>> token = room.join("Ada")
    >>> room.next()
    >>> room.decide(token, 1, {"default": {"bargain": "trust"}})
    >>> room.news["phase"], room.news["year"], room.news["decided"]
    ('year', 2, 0)
    """

    def __init__(
        self,
        seed: int | None = None,
        *,
        spread: Spread = map,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self.code = new_code()
        self.key = secrets.token_urlsafe(24)
        self.seed = secrets.randbelow(2**31) if seed is None else seed
        self.changed = changed
        self._spread = spread
        self.students = Students()
        self._number, self._phase, self._scenario, self._hidden = 0, "", "", False
        self._question: Question | None = None
        self._round: Fair | Market | None = None
        self._scores: list[Scores] = []
        self._views: dict[tuple[int, str], dict[str, Any]] = {}
        # One change at a time; beside that, one twin at a time is caught up.
        self._lock, self._twins = threading.RLock(), threading.Lock()
        self._quiet = threading.Event()
        self._quiet.set()
        self.news: dict[str, Any] = {"version": 0}
        self._begin_round(1)

    def _tell(self, phase: str = "") -> None:
        """Renew the news, in a phase of which nobody need know besides."""
        year = self._round.year if self._round else 0
        self.news = {
            "version": self.news["version"] + 1,
            "round": self._number,
            "kind": self.kind,
            "scenario": self._scenario,
            "phase": phase or self._phase,
            "year": year + (self._phase == "year"),
            "years": YEARS,
            **self.students.counts({s.number for s in self.students if self._seat(s)}),
            "question": self._question.key if self._question else None,
            "question_open": self._question is not None and not self._question.shown,
            "left": self._round.left if self._round else 0,
        }
        self.changed()

    # --- students ---------------------------------------------------------------------------------

    def join(self, name: Any) -> str:
        """Come in under a nickname; the token returned is what to come back with.

        Raises
        ------
        RefusedError
            If the room is full, or the name is none or taken.
        """
        with self._lock:
            student = self.students.add(name)
            if self._round and self._phase == "year":
                self._round.seat(student.number)
            self._tell()
            return student.token

    def attend(self, tokens: Collection[str]) -> None:
        """Count those whose phones are here; years pass as before, when all have decided."""
        with self._lock:
            if self.students.attend(tokens):
                self._tell()

    def guess(self, token: Any, stance: Any) -> None:
        """Say which stance will be cheapest, before the first year."""
        student = self.students.of(token)
        known("guess", [stance], STANCES)
        with self._lock:
            if self._phase != "guess":
                raise RefusedError("late")
            student.guess = stance
            self._tell()

    def decide(self, token: Any, year: Any, given: Any) -> None:
        """Decide for a year; the last of all lets the year pass.

        Raises
        ------
        InputError
            If that year is over or not there yet, or the decisions are not understood.
        """
        student = self.students.of(token)
        with refusing("decisions"):
            decisions = Decisions.read(given)
        with self._lock:
            if self._phase != "year" or type(year) is not int or year != self.news["year"]:
                raise RefusedError("late")
            seat = self._seat(student)
            if seat is None:
                raise RefusedError("no_seat")
            with refusing("decisions"):
                seat[0].check(seat[1], decisions)
            student.decisions = decisions
            self._tell()
            self._go_on()

    def answer(self, token: Any, question: Any, option: Any) -> None:
        """Answer the question that is asked, by the number of an option."""
        student = self.students.of(token)
        with self._lock:
            if self._question is None:
                raise RefusedError("late")
            self._question.check(question, option)
            student.answer = option
            self._tell()

    def view(self, token: Any, language: str = "en") -> dict[str, Any]:
        """What a student's phone shows: news, what the student has said, desk and score."""
        student = self.students.of(token)
        with self._lock:
            dots = self._scores[-1].dots if self._phase == "reveal" else {}
            mine = dots.get(student.number)
            return {
                **self.news,
                "name": student.name,
                "number": student.number + 1,
                "guess": student.guess,
                "answer": student.answer,
                "has_decided": student.decisions is not None,
                "desk": self._desk(student, language),
                "score": mine and {**mine._asdict(), "difference": mine.shown},
            }

    def _seat(self, student: Student) -> tuple[Game, int] | None:
        return self._round.game(student.number) if self._round else None

    def _desk(self, student: Student, language: str) -> dict[str, Any] | None:
        """The view of a student's game: made once a year and language."""
        seat = self._seat(student)
        if seat is None:
            return None
        kept = (student.number, language)
        if kept not in self._views:
            self._views[kept] = view(*seat, language)
        desk = dict(self._views[kept])
        if self.kind == Market.kind:
            del desk["link"]  # it has what all the others decided
        if student.decisions:
            desk["decided"] = student.decisions.written()
        return desk

    # --- the lecturer -----------------------------------------------------------------------------

    def check_key(self, key: Any) -> None:
        """Refuse whoever is not the lecturer."""
        if not isinstance(key, str) or not secrets.compare_digest(key.encode(), self.key.encode()):
            raise RefusedError("key")

    def next(self, seen: Any = None) -> None:
        """Go on without waiting for anybody: to the first year, the next one, or the next round.

        ``seen`` is the round, phase and year that the lecturer saw: a room that has gone on
        meanwhile, as the last student decided, is not sent on once more.
        """
        with self._lock:
            if seen not in (None, [self.news[name] for name in ("round", "phase", "year")]):
                return
            over = self._phase == "over"
            if self._phase == "guess":
                numbers = [each.number for each in self.students]
                self._round = begin(self.kind, self._scenario, self.seed, numbers, self._spread)
                self._phase = "year"
                self._tell()
            elif self._phase == "year":
                self._pass_year()
            elif self._phase == "reveal":
                self._begin_round(self._number + 1)
        if over:
            self.reveal()  # not under the lock, for it may take a while

    def flip(self, scenario: Any) -> None:
        """Another scenario for the round whose guesses are collected, or for the next one."""
        known("scenario", [scenario], SCENARIOS)
        with self._lock:
            if self._phase not in ("guess", "reveal"):
                raise RefusedError("flip")
            if self._phase == "guess" and scenario == self._scenario:
                return
            self._begin_round(self._number + (self._phase == "reveal"), scenario)

    def _begin_round(self, number: int, scenario: str | None = None) -> None:
        if number > MOST_ROUNDS:
            raise RefusedError("rounds", most=MOST_ROUNDS)
        self._number, self._phase, self._round = number, "guess", None
        self.kind, usual = usual_round(number)
        self._scenario = scenario or usual
        self._views.clear()
        for each in self.students:
            each.start_round()
        self._tell()

    def _pass_year(self) -> None:
        assert self._round is not None
        self._tell("passing")
        self._quiet.clear()
        try:
            self._round.advance({s.number: s.decisions for s in self.students if s.decisions})
            self._views.clear()
            for each in self.students:
                each.end_year()
            if self._round.year >= YEARS:
                self._phase = "over"
        finally:
            self._quiet.set()
            self._tell()

    def catch_up(self) -> bool:
        """Let a year of one twin pass, but none while students wait; False if all are there."""
        self._quiet.wait()
        played = self._round
        with self._twins:
            return played is not None and played.catch_up()

    def reveal(self) -> None:
        """Show what came of the round; years that are left pass by the last decisions."""
        with self._lock:
            if self._phase not in ("year", "over"):
                raise RefusedError("reveal")
            while self._phase == "year":
                self._pass_year()
        try:
            while self.catch_up():
                self._tell("revealing")
            with self._lock:
                if self._phase == "over" and self._round is not None:
                    self._scores.append(Scores(self._number, self._round, self.students))
                    self._phase = "reveal"
        finally:
            self._tell()

    def _go_on(self) -> None:
        """Let the year pass if all have decided who play."""
        playing = [each for each in self.students if self._seat(each)]
        if self._phase == "year" and playing and all(each.decisions for each in playing):
            self._pass_year()

    def remove(self, number: Any) -> None:
        """Take a student out of the room and of its results; in one market the firm stays."""
        with self._lock:
            student = self.students.remove(number)
            for scores in self._scores:
                scores.remove(student.number)
            if self._round:
                self._round.leave(student.number)
            self._tell()
            self._go_on()

    def hide(self, hidden: Any) -> None:
        """Hide nicknames on the projector and in the table, or show them."""
        with self._lock:
            self._hidden = bool(hidden)
            self._tell()

    def ask(self, question: str | None, options: int = 3) -> None:
        """Ask the class a question; with none, take back what is asked."""
        with self._lock:
            self._question = None if question is None else Question(question, options)
            for each in self.students:
                each.answer = None
            self._tell()

    def show_answers(self) -> None:
        """Show how many gave which answer; nobody can answer any more."""
        with self._lock:
            if self._question is None:
                raise RefusedError("no_question")
            self._question.shown = True
            self._tell()

    def projector(self) -> dict[str, Any]:
        """What the lecturer's page shows: until the reveal, only how many have decided."""
        with self._lock:
            shown = self._scores[-1] if self._phase == "reveal" else None
            return {
                **self.news,
                "code": self.code,
                "hidden": self._hidden,
                "names": [] if self._hidden else [each.name for each in self.students],
                "numbers": [each.number for each in self.students],
                "answers": self._question.counts(self.students) if self._question else None,
                # The scatter and the guesses of the round.
                "reveal": shown and shown.revealed(self._hidden),
            }

    def table(self) -> str:
        """Results of all rounds that were revealed, as CSV; without names if hidden."""
        with self._lock:
            return table(self._scores, self._hidden)
