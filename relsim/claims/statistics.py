"""From numbers of replicates to a verdict.

The smallest effect of interest is fixed beforehand. A directed claim *holds* if the 95% interval of
its effect lies on the right side of zero and the effect is at least the smallest of interest; it
*fails* if the whole interval falls short of that; between the two the runs are *inconclusive*. A
claim that something is as stated, within a margin, holds if the 90% interval lies inside the margin
(two one-sided tests), and fails if the 95% interval lies outside it. With its mechanism removed an
effect has *vanished* if its 90% interval lies inside plus or minus the smallest effect of interest.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis import statistics

HOLDS, FAILS, OPEN = "holds", "fails", "inconclusive"


class Interval(NamedTuple):
    """A mean over replicates with its 95% and 90% intervals, and how many had a value."""

    mean: float
    low: float
    high: float
    low90: float
    high90: float
    measured: int


def interval(values: NDArray[np.float64]) -> Interval:
    """Mean over replicates and its t intervals; ``nan`` are replicates with nothing to measure.

    Parameters
    ----------
    values : ndarray
        One a replicate.

    Returns
    -------
    Interval
        Its ends are ``nan`` with fewer than two values.

    Examples
    --------
    >>> found = interval(np.array([1.0, 2.0, 3.0, math.nan]))
    >>> found.mean, round(found.low, 2), round(found.low90, 2), found.measured
    (2.0, -0.48, 0.31, 3)
    """
    mean, low, high = (float(end) for end in statistics.interval(values))
    _, low90, high90 = (float(end) for end in statistics.interval(values, 0.9))
    return Interval(mean, low, high, low90, high90, int((~np.isnan(values)).sum()))


def verdict(effect: Interval, direction: int, smallest: float) -> str:
    """Whether a claim holds.

    Parameters
    ----------
    effect : Interval
        Of the replicates.
    direction : int
        1 or -1: the sign the effect should have; 0: no larger than the margin, either way.
    smallest : float
        Smallest effect of interest, or the margin.

    Returns
    -------
    str
        ``holds``, ``fails`` or ``inconclusive``.

    Examples
    --------
    >>> verdict(Interval(-3.0, -4.0, -2.0, -3.8, -2.2, 9), -1, 1.0)
    'holds'
    >>> verdict(Interval(0.5, 0.4, 0.6, 0.42, 0.58, 9), 1, 1.0)
    'fails'
    >>> verdict(Interval(0.5, -0.6, 1.6, -0.4, 1.4, 9), 1, 1.0)
    'inconclusive'
    >>> verdict(Interval(0.0, -0.6, 0.6, -0.5, 0.5, 9), 0, 1.0)
    'holds'
    """
    if math.isnan(effect.low):
        return OPEN
    if direction == 0:
        if -smallest <= effect.low90 and effect.high90 <= smallest:
            return HOLDS
        return FAILS if effect.low > smallest or effect.high < -smallest else OPEN
    low, high = sorted((direction * effect.low, direction * effect.high))
    if low > 0.0 and direction * effect.mean >= smallest:
        return HOLDS
    return FAILS if high < smallest else OPEN


def vanished(effect: Interval, smallest: float) -> bool:
    """Whether what is left of an effect is too small to be of interest.

    Examples
    --------
    >>> vanished(Interval(0.1, -0.2, 0.4, -0.1, 0.3, 9), 0.5)
    True
    >>> vanished(Interval(0.1, -0.9, 1.1, -0.8, 1.0, 9), 0.5)
    False
    """
    return bool(-smallest <= effect.low90 and effect.high90 <= smallest)


def overall(verdicts: list[str]) -> str:
    """Verdict on a claim of several parts: no stronger than its weakest part.

    Examples
    --------
    >>> overall([HOLDS, OPEN]), overall([HOLDS, FAILS, OPEN]), overall([HOLDS])
    ('inconclusive', 'fails', 'holds')
    """
    if FAILS in verdicts:
        return FAILS
    return OPEN if OPEN in verdicts or not verdicts else HOLDS
