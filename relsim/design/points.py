"""Points as data: rows as Python's own numbers, parameters of a run at a point, JSON of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from relsim.design.identity import recorded
from relsim.parameters import Parameters

if TYPE_CHECKING:
    import pandas as pd

ENTRIES = ("hold", "stance_items")
"""Parameters that are mappings: set entry by entry too, as in ``hold.trust``."""


def plain_rows(points: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of points as mappings of Python's own numbers."""
    columns = [points[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def with_point(parameters: Parameters, values: Mapping[str, Any]) -> Parameters:
    """Parameters of an arm at a point.

    Parameters
    ----------
    parameters : Parameters
        Of the arm.
    values : mapping
        Of the point; ``hold.trust`` is the entry ``trust`` of ``hold``.

    Returns
    -------
    relsim.Parameters
        Checked.

    Raises
    ------
    InputError
        If a name is unknown or a value not allowed.

    Examples
    --------
    >>> with_point(Parameters(hold={"clauses": 2.0}), {"hold.trust": 0.5, "buyers": 8}).hold
    {'clauses': 2.0, 'trust': 0.5}
    """
    changes: dict[str, Any] = {}
    for name, value in sorted(values.items(), key=lambda item: "." in item[0]):
        whole, dot, part = name.partition(".")
        if dot and whole in ENTRIES:
            changes[whole] = {**changes.get(whole, getattr(parameters, whole)), part: value}
        elif name == "without" and isinstance(value, str):
            changes[name] = mechanisms(value)
        else:
            changes[name] = value
    return parameters.with_values(**changes)


def mechanisms(text: str) -> list[str]:
    """Names in a cell of ``without``; none in an empty one.

    >>> mechanisms("trust, audit"), mechanisms("")
    (['audit', 'trust'], [])
    """
    return sorted({name for each in text.split(",") if (name := each.strip())})


def content_key(values: Mapping[str, Any]) -> tuple[int, ...]:
    """Key of a point that follows from its values alone, not from how or where they are written.

    Parameters
    ----------
    values : mapping
        Of the swept parameters, by name.

    Returns
    -------
    tuple of int
        Four numbers of 32 bits.

    Examples
    --------
    >>> key = content_key({"candour": 1, "buyers": 8})
    >>> key == content_key({"buyers": np.int64(8), "candour": np.float64(1.0)})
    True
    >>> key == content_key({"candour": 0.5, "buyers": 8})
    False
    """
    text = json.dumps({name: _canonical(name, values[name]) for name in sorted(values)})
    digest = hashlib.sha256(text.encode()).digest()
    return tuple(int.from_bytes(digest[first : first + 4], "little") for first in range(0, 16, 4))


def _canonical(name: str, value: Any) -> Any:
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float | np.number):
        # Zero has two signs.
        return float(value) + 0.0
    return mechanisms(value) if name == "without" else str(value)


def plain(value: Any) -> Any:
    """What JSON does not know, as something that it does."""
    if isinstance(value, Parameters):
        return {name: getattr(value, name) for name in sorted(value.model_fields_set)}
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, type):
        return recorded(value)
    return str(value)
