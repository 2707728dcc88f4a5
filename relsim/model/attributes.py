"""Variables of a record as attributes of an object, and names that are nearly those of one.

Whoever writes custom code sees buyers, salespeople and relationships as objects. These hold no
state: an attribute is the number in the market's records, read and written in place.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from relsim.model.records import Entity, Variable

NEAR = 0.8
"""Likeness of two names from which one is taken for a slip of the other."""

Columns = dict[str, NDArray[Any]]
"""Every variable of some records by its name, a number a record."""

Class = TypeVar("Class", bound=type)


def columns_of(records: NDArray[Any]) -> Columns:
    """Every variable of some records; the same memory, looked up once."""
    return {name: np.asarray(records[name]) for name in records.dtype.names or ()}


class Face:
    """An object that shows one of a kind of records.

    Attributes
    ----------
    columns : dict
        All records of its kind.
    index : int
        Which of them it shows.
    """

    columns: Columns
    index: int


def _attribute(variable: Variable) -> property:
    """Make an attribute that reads and writes a variable; items of a stance in their ranges."""
    name = variable.name

    def read(face: Face) -> float:
        """Read it off the record."""
        value: float = face.columns[name].item(face.index)
        return value

    def write(face: Face, value: float) -> None:
        """Write it to the record."""
        variable.check(value)
        face.columns[name][face.index] = value

    return property(read, write, doc=f"{variable.meaning} ({variable.unit})")


def with_variables_of(entity: Entity) -> Callable[[Class], Class]:
    """Give a class an attribute for every variable of an entity that it has none for."""

    def complete(face: Class) -> Class:
        """Add the attributes."""
        for variable in entity.variables:
            if variable.name not in vars(face):
                setattr(face, variable.name, _attribute(variable))
        return face

    return complete


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that another one is a slip of, if it is.

    >>> nearest("volum", ["volume", "need"]), nearest("memory", ["volume", "need"])
    ('volume', None)
    """
    near = difflib.get_close_matches(name, list(names), n=1, cutoff=NEAR)
    return near[0] if near else None
