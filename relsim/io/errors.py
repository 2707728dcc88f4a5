"""Errors for people: one line, what was wrong, what is allowed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import Any, overload


class InputError(ValueError):
    """Input that is not understood: one line names the field, the value and what is allowed."""


class UnfinishedError(RuntimeError):
    """Work that cannot go on: one line says why, and what became of what was done."""


class StoppedError(Exception):
    """Work that was stopped on request: one line says how it goes on."""


MOST_LISTED = 300
"""Characters of a list of valid names that a line can take."""

MOST_SHOWN = 60
"""Characters of a value that a line can take."""


def shortened(text: str) -> str:
    """A text as it fits into a line.

    >>> shortened("9" * 1000)
    '999999999999999999999999999999...9999999999999999999999999'
    """
    text = " ".join(text.split())
    half = MOST_SHOWN // 2
    return text if len(text) <= MOST_SHOWN else f"{text[:half]}...{text[5 - half :]}"


def shown(value: Any) -> str:
    """A value as a line names it.

    >>> shown("high"), shown([0.5, 1.0])
    ("'high'", '[0.5, 1.0]')
    """
    try:
        return shortened(repr(value))
    except (RecursionError, ValueError):
        # Nested too deeply, or a number of more digits than Python writes.
        return "a value too large to show"


def reason(error: BaseException) -> str:
    """What an error says, its first line; of the system's errors without number and file.

    >>> reason(OSError(28, "No space left on device"))
    'No space left on device'
    """
    return (getattr(error, "strerror", None) or str(error)).partition("\n")[0]


def listed(names: Iterable[str]) -> str:
    """Names in alphabetical order, as many as a line can take.

    >>> listed(["trusting", "aggressive"])
    'aggressive, trusting'
    >>> listed([f"name_{place}" for place in range(1000)])[-30:]
    'ame_123, name_124 and 970 more'
    """
    ordered = sorted(names)
    text = ", ".join(ordered)
    if len(text) <= MOST_LISTED:
        return text
    count = text[:MOST_LISTED].count(", ")
    return f"{', '.join(ordered[:count])} and {len(ordered) - count} more"


FEW = 6
"""Valid names up to which a line lists them all."""

TYPO = 0.75
"""Likeness from which on a name is taken for another one that was mistyped."""


def nearest(name: str, allowed: Iterable[str], count: int = 3) -> list[str]:
    """Valid names most like a given one: those that contain it first.

    >>> nearest("cost", ["wage", "unit_cost", "switching_cost", "costs", "candour"])
    ['costs', 'unit_cost', 'switching_cost']
    """
    wanted = name.lower()

    def likeness(other: str) -> float:
        """Share of common characters, and one more for a name that has the given one in it."""
        share = difflib.SequenceMatcher(None, wanted, other.lower()).ratio()
        return share + (len(wanted) > 2 and wanted in other.lower())

    return sorted(allowed, key=lambda other: (-likeness(other), other))[:count]


def known(kind: str, names: Iterable[Any], allowed: Collection[str]) -> None:
    """Check that names are among those allowed.

    Raises
    ------
    InputError
        Naming the first unknown one; what it is a mistyping of, or all valid names of a few, or the
        three nearest.

    Examples
    --------
    >>> known("stance", ["agressive"], ["aggressive", "trusting"])
    Traceback (most recent call last):
    relsim.io.errors.InputError: unknown stance 'agressive'; did you mean 'aggressive'?
    """
    for name in names:
        if not isinstance(name, str) or name not in allowed:
            typed = str(name)[:MOST_LISTED]
            likeness = 0.6 if len(allowed) <= FEW else TYPO
            if close := difflib.get_close_matches(typed, list(allowed), 1, likeness):
                hint = f"did you mean {close[0]!r}?"
            elif len(allowed) <= FEW:
                hint = f"allowed: {listed(allowed)}"
            else:
                hint = f"the nearest are {', '.join(nearest(typed, allowed))}"
            raise InputError(f"unknown {kind} {shown(name)}; {hint}")


def within(name: str, value: float, low: float, high: float) -> None:
    """Check that a number is within its range.

    Raises
    ------
    InputError
        If it is outside, or no number.
    """
    if not low <= value <= high:
        raise InputError(f"{name} = {shown(value)}: allowed is {low:g} to {high:g}")


def counted(name: str, value: Any, low: int = 1, high: int | None = None) -> int:
    """Check that a value is a whole number within a range.

    Raises
    ------
    InputError
        If it is none, or outside.

    Examples
    --------
    >>> counted("--workers", 0, high=8)
    Traceback (most recent call last):
    relsim.io.errors.InputError: --workers 0: allowed is a whole number from 1 to 8
    """
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if is_whole and low <= value <= (value if high is None else high):
        return int(value)
    given = f" {shortened(str(value))}" if name.startswith("--") else f" = {shown(value)}"
    upto = "" if high is None else f" to {high}"
    raise InputError(f"{name}{given}: allowed is a whole number from {low}{upto}")


@overload
def whole(option: str, text: str) -> int: ...
@overload
def whole(option: str, text: str | None) -> int | None: ...
def whole(option: str, text: str | None) -> int | None:
    """A whole number as typed.

    Raises
    ------
    InputError
        If it is none; whether it is in range is for others to say.
    """
    if text is None:
        return None
    # int() understands more than people mean: 1_0, and the digits of any script.
    if not re.fullmatch(r"[+-]?[0-9]{1,1000}", text):
        raise InputError(f"{option} {shortened(text)}: allowed is a whole number")
    return int(text)
