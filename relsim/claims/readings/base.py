"""What a reading is, and small helpers of those that take one off a run."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.model.run import Run
from relsim.model.state import COLLABORATIVE, PERSONAL

Floats = NDArray[np.float64]
Snapshots = dict[str, NDArray[Any]]
"""Snapshots of variables of relationships: an array of month x place each."""

YEAR = 12
"""Months in a year."""

STRONG = (COLLABORATIVE, PERSONAL)
"""Phases of what the sources call strong relationships."""


@dataclass(frozen=True)
class Reading:
    """A number, or a curve over the months, read off a run.

    Parameters
    ----------
    name : str
        What it is, in a few words.
    unit : str
        Its unit.
    read : callable
        From a run to a number, or to an array of one a month.
    needs : tuple of str
        Variables of relationships that must be kept for every month.
    """

    name: str
    unit: str
    read: Callable[[Run], float | Floats]
    needs: tuple[str, ...] = ()


def ratio(above: float, below: float) -> float:
    """A ratio; ``nan`` where there is nothing below the line."""
    return float(above / below) if below > 0.0 else math.nan


def mean_of(values: NDArray[Any]) -> float:
    """A mean; ``nan`` of nothing."""
    return float(values.mean()) if len(values) else math.nan
