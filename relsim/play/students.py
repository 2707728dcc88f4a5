"""Students of a class session: their names, and what each has said."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from relsim.play.decisions import Decisions
from relsim.play.refusals import RefusedError
from relsim.play.rounds import MOST_STUDENTS

LONGEST, SIGNS = 20, " .'-_"
"""Characters of a nickname at most, and those that it may have beside letters and digits."""

PLAIN = str.maketrans("\u2019\u2018\u02bc`\u2013\u2014\u2011\u2212", "'" * 4 + "-" * 4)
"""What phones write by themselves for an apostrophe or a dash."""

LETTERS = "ABCDEFGHJKMNPQRTUVWXY346789"
"""Of a room's code: none that is taken for another one."""

CODE_LENGTH = 6

MOST_TYPED = 200
"""Characters of a name that are looked at."""


def new_code() -> str:
    """What students type to come into a room."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


@dataclass
class Student:
    """Whoever has joined.

    Attributes
    ----------
    number : int
        From 0, in the order of joining.
    name, token : str
        Nickname, and what a phone comes back with.
    decisions : Decisions or None
        Of the year that is being decided.
    years : int
        Of the round, in which something was decided.
    guess : str or None
        Of the round: the stance that will be cheapest.
    answer : int or None
        To the question that is asked.
    here : bool
        Whether the page of a phone is open.
    """

    number: int
    name: str
    token: str
    decisions: Decisions | None = None
    years: int = 0
    guess: str | None = None
    answer: int | None = None
    here: bool = True

    def start_round(self) -> None:
        """Forget what was said of the round before."""
        self.decisions, self.guess, self.years = None, None, 0

    def end_year(self) -> None:
        """Count a year and begin the next."""
        self.years += self.decisions is not None
        self.decisions = None


COUNTED = {
    "guess": ("guessed", "guessing"),
    "decisions": ("decided", "deciding"),
    "answer": ("answered", "answering"),
}
"""What students are asked for: what those who have said it are called, and all who shall."""


class Students:
    """All students of a room, by the token that each comes back with."""

    def __init__(self) -> None:
        self._by_token: dict[str, Student] = {}
        self._removed: set[str] = set()

    def __iter__(self) -> Iterator[Student]:
        return iter(list(self._by_token.values()))

    def __len__(self) -> int:
        return len(self._by_token)

    def __contains__(self, token: object) -> bool:
        return isinstance(token, str) and token in self._by_token

    def of(self, token: Any) -> Student:
        """Whoever has a token.

        Raises
        ------
        RefusedError
            If nobody has, or if whoever had it was removed.
        """
        found = self._by_token.get(token) if isinstance(token, str) else None
        if found is None:
            removed = isinstance(token, str) and token in self._removed
            raise RefusedError("removed" if removed else "token")
        return found

    def remove(self, number: Any) -> Student:
        """Take somebody out, whose nickname is then free.

        Raises
        ------
        RefusedError
            If nobody has that number.
        """
        found = next((each for each in self if each.number == number), None)
        if found is None:
            raise RefusedError("nobody")
        self._removed.add(found.token)
        del self._by_token[found.token]
        return found

    def attend(self, tokens: Collection[str]) -> bool:
        """Note whose phones are here; whether that is news."""
        changed = [each for each in self if each.here != (each.token in tokens)]
        for each in changed:
            each.here = not each.here
        return bool(changed)

    def counts(self, playing: Collection[int]) -> dict[str, int]:
        """How many have joined, are here, and have said what they are asked for.

        Parameters
        ----------
        playing : collection of int
            Numbers of those who decide.

        Returns
        -------
        dict of str to int
            ``guessed`` of ``guessing``, and so on: whoever has gone without a word is not waited
            for, so that the number can become complete, and counts again on coming back.
        """
        everybody = list(self)
        found = {"students": len(everybody), "here": sum(each.here for each in everybody)}
        for what, (said, asked) in COUNTED.items():
            gave = [each for each in everybody if getattr(each, what) is not None]
            there = [each for each in everybody if each.here or each in gave]
            if what == "decisions":
                there = [each for each in there if each.number in playing]
            found |= {said: len(gave), asked: len(there)}
        return found

    def add(self, name: Any) -> Student:
        """Let somebody in under a nickname.

        Raises
        ------
        RefusedError
            If the room is full, or the name is none or taken.
        """
        chosen = nickname(name)
        if any(each.name.casefold() == chosen.casefold() for each in self):
            raise RefusedError("taken", name=chosen)
        if len(self) >= MOST_STUDENTS:
            raise RefusedError("full", most=MOST_STUDENTS)
        number = len(self) + len(self._removed)
        student = Student(number, chosen, secrets.token_urlsafe(16))
        self._by_token[student.token] = student
        return student


def nickname(name: Any) -> str:
    """A nickname as it is shown.

    >>> nickname("  Ada   L. "), nickname("D\u2019Angelo")
    ('Ada L.', "D'Angelo")
    >>> nickname("<b>Ada</b>")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    relsim.play.refusals.RefusedError: A nickname has...
    """
    if not isinstance(name, str) or len(name) > MOST_TYPED:
        raise RefusedError("name")
    chosen = " ".join(unicodedata.normalize("NFC", name).translate(PLAIN).split())
    if len(chosen) > LONGEST or not chosen[:1].isalnum() or not all(map(_is_of_a_name, chosen)):
        raise RefusedError("name")
    return chosen


def _is_of_a_name(character: str) -> bool:
    """Whether it is a letter, a digit, a sign, or a mark that belongs to letters of its script."""
    if unicodedata.category(character).startswith("M"):
        # None that is struck through letters or piled upon them.
        return 1 != unicodedata.combining(character) < 200
    return character.isalnum() or character in SIGNS
