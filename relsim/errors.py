"""Errors for people: one line, what was wrong, what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from typing import overload


class InputError(ValueError):
    """Input that is not understood: one line names the field, the value and what is allowed."""


class UnfinishedError(RuntimeError):
    """Work that cannot go on: one line says why, and what became of what was done."""


class StoppedError(Exception):
    """Work that was stopped on request: one line says how it goes on."""


MOST_LISTED = 300
"""Characters of a list of valid names that a line can take."""


def known(kind: str, names: Iterable[str], allowed: Collection[str]) -> None:
    """Check that names are among those allowed.

    Raises
    ------
    InputError
        Naming the first unknown one and the nearest valid name, or all valid names.

    Examples
    --------
    >>> known("stance", ["agressive"], ["aggressive", "trusting"])
    Traceback (most recent call last):
    relsim.errors.InputError: unknown stance 'agressive'; did you mean 'aggressive'?
    """
    for name in names:
        if name not in allowed:
            near = difflib.get_close_matches(str(name), list(allowed), n=1)
            hint = (
                f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(sorted(allowed))}"
            )
            raise InputError(f"unknown {kind} {name!r}; {hint}")


def within(name: str, value: float, low: float, high: float) -> None:
    """Check that a number is within its range.

    Raises
    ------
    InputError
        If it is outside, or no number.
    """
    if not low <= value <= high:
        raise InputError(f"{name} = {value!r}: allowed is {low:g} to {high:g}")


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
    try:
        return None if text is None else int(text)
    except ValueError:
        raise InputError(f"{option} {text}: allowed is a whole number") from None
