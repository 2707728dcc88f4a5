"""Records: what an entity is made of, and how it lies in memory.

Every entity is a numpy record, so that it reads the same in compiled code and in Python
(``relationship.buyer_trust_in_seller``), and an array of them becomes a table in one call.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.io.errors import InputError, shown, within
from relsim.parameters.entries import Entry

NUMBER = 8
"""Bytes of a number."""

LINE = 64
"""Bytes that a processor fetches from memory at once."""

Record = Any
"""One numpy record: variables are attributes, in compiled code and in Python."""


@dataclass(frozen=True)
class Variable:
    """One state variable: its name, kind, unit and meaning (a row of ODD 2).

    One that is ``optional`` is ``nan`` where nothing is set. Whole numbers are kept by the
    model; custom code can set those that have ``bounds``.
    """

    name: str
    unit: str
    meaning: str
    integer: bool = False
    bounds: tuple[float, float] | None = None
    optional: bool = False

    def check(self, value: float) -> None:
        """Check a value that somebody sets against the range, if there is one.

        Raises
        ------
        InputError
            If it is outside, or no whole number where that is needed, or not to be set at all.
        """
        if self.integer and self.bounds is None:
            raise InputError(f"{self.name}: can be read, not set; the model keeps it")
        if self.integer and (isinstance(value, bool) or not isinstance(value, int | np.integer)):
            raise InputError(f"{self.name} = {shown(value)}: allowed is a whole number")
        if self.bounds is not None:
            within(self.name, value, *self.bounds)


def index(
    name: str, meaning: str, unit: str = "index", bounds: tuple[float, float] | None = None
) -> Variable:
    """A variable that is a whole number; custom code can set it where it has bounds."""
    return Variable(name, unit, meaning, integer=True, bounds=bounds)


def flag(name: str, meaning: str) -> Variable:
    """A variable that says whether something is so."""
    return Variable(name, "0 or 1", meaning)


def item(entry: Entry) -> Variable:
    """A variable that is an item of a stance, with its range."""
    return Variable(entry.name, entry.unit, entry.meaning, bounds=(entry.low, entry.high))


def item_here(entry: Entry) -> Variable:
    """An item of a buyer's stance that can be set for one relationship."""
    meaning = f"{entry.meaning}, here; nan: as everywhere"
    return Variable(entry.name, entry.unit, meaning, bounds=(entry.low, entry.high), optional=True)


def share(name: str, meaning: str) -> Variable:
    """A variable from 0 to 1."""
    return Variable(name, "0 to 1", meaning)


def records_in(memory: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Records that lie in the memory of an array, from its first byte to its last.

    Parameters
    ----------
    memory : array
        Contiguous. It and the records are the same numbers: what is written to one is in both.
    dtype : numpy.dtype
        Type of a record.

    Returns
    -------
    recarray
        As many as there is room for.

    Raises
    ------
    ValueError
        If they do not fill it, or it is not contiguous.
    """
    if not memory.flags.c_contiguous:
        raise ValueError("records need contiguous memory")
    count, rest = divmod(memory.nbytes, dtype.itemsize)
    if rest:
        raise ValueError(f"{memory.nbytes} bytes are no whole records of {dtype.itemsize}")
    # In one call: a view of a type, and of that one with attributes, takes several times as long.
    records: NDArray[Any] = np.recarray(count, dtype, buf=memory.data)
    return records


@dataclass(frozen=True)
class Entity:
    """A kind of record: what it stands for and which variables describe it.

    With ``whole_lines`` a record is filled up to a multiple of ``LINE`` bytes, so that it shares no
    line with its neighbour; what fills it has no name and is not copied.
    """

    name: str
    meaning: str
    variables: tuple[Variable, ...]
    whole_lines: bool = False

    @cached_property
    def positions(self) -> dict[str, int]:
        """Number of each variable, in their order."""
        return {variable.name: position for position, variable in enumerate(self.variables)}

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        """The record type."""
        size = NUMBER * len(self.variables)
        return np.dtype(
            {
                "names": [v.name for v in self.variables],
                "formats": [np.int64 if v.integer else np.float64 for v in self.variables],
                "offsets": [NUMBER * self.positions[v.name] for v in self.variables],
                "itemsize": -(-size // LINE) * LINE if self.whole_lines else size,
            }
        )

    def empty(self, count: int) -> NDArray[Any]:
        """``count`` records, every variable zero or not set; the first at the start of a line."""
        size = count * self.dtype.itemsize
        memory = np.zeros(size + LINE, np.uint8)
        start = -memory.ctypes.data % LINE
        records = records_in(memory[start : start + size], self.dtype)
        for variable in self.variables:
            if variable.optional:
                records[variable.name] = math.nan
        return records
