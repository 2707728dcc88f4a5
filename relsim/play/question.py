"""A question to the class, of a lesson."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from relsim.io.errors import InputError
from relsim.play.refusals import RefusedError
from relsim.play.students import Student

MOST_OPTIONS = 6


class Question:
    """A question with a few answers.

    Parameters
    ----------
    key : str
        Of the lesson.
    options : int
        Answers to choose from.

    Attributes
    ----------
    shown : bool
        Whether the answers are shown; then nobody can answer any more.
    """

    def __init__(self, key: str, options: int) -> None:
        if not 2 <= options <= MOST_OPTIONS:
            raise InputError(f"options = {options}: allowed are 2 to {MOST_OPTIONS}")
        self.key, self.options, self.shown = key, options, False

    def check(self, key: Any, option: Any) -> None:
        """Refuse an answer to another question, or one that there is not."""
        if self.shown or key != self.key:
            raise RefusedError("late")
        if type(option) is not int or not 0 <= option < self.options:
            raise InputError(f"answer: allowed is a number from 0 to {self.options - 1}")

    def counts(self, students: Iterable[Student]) -> list[int] | None:
        """How many gave each answer, once shown."""
        given = Counter(each.answer for each in students)
        return [given[option] for option in range(self.options)] if self.shown else None
