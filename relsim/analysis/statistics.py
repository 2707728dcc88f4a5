"""Effects with their uncertainty: estimates of arms' replicates, and where curves cross."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95


class Estimate(NamedTuple):
    """Mean of either arm, their difference (second minus first), its interval, its size."""

    first: float
    second: float
    difference: float
    low: float
    high: float
    effect_size: float


def _half_width(deviation: float, count: float, freedom: float) -> float:
    """Half the width of a t interval."""
    from scipy.special import stdtrit

    if count < 2.0:
        return math.nan
    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0)) * deviation / math.sqrt(count)


def estimate(
    first: NDArray[np.float64], second: NDArray[np.float64], paired: bool = True
) -> Estimate:
    """Compare the replicates of two arms.

    Parameters
    ----------
    first, second : ndarray
        A value a replicate; ``nan`` where there was nothing to measure.
    paired : bool
        Whether replicate ``i`` of both arms met the same luck.

    Returns
    -------
    Estimate
        ``effect_size`` is the difference over the pooled standard deviation of single runs, paired
        or not: common luck sharpens the interval, it does not make an effect larger.

    Examples
    --------
    >>> estimate(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.5]))[:3]
    (2.0, 3.1666666666666665, 1.1666666666666667)
    """
    if paired:
        both = ~(np.isnan(first) | np.isnan(second))
        first, second = first[both], second[both]
    else:
        first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    n, m = len(first), len(second)
    if n == 0 or m == 0:
        return Estimate(*[math.nan] * 6)
    means = float(first.mean()), float(second.mean())
    if n < 2 or m < 2:
        difference = means[1] - means[0]
        return Estimate(*means, difference, math.nan, math.nan, math.nan)
    variances = float(first.var(ddof=1)), float(second.var(ddof=1))
    if paired:
        differences = second - first
        difference = float(differences.mean())
        half = _half_width(float(differences.std(ddof=1)), n, n - 1.0)
    else:
        difference = means[1] - means[0]
        parts = variances[0] / n, variances[1] / m
        error = sum(parts)
        freedom = (
            error * error / (parts[0] * parts[0] / (n - 1) + parts[1] * parts[1] / (m - 1))
            if error > 0.0
            else math.inf
        )
        half = _half_width(math.sqrt(error * n), n, freedom)
    spread = math.sqrt(sum(variances) / 2.0)
    size = difference / spread if spread > 0.0 else math.nan
    return Estimate(*means, difference, difference - half, difference + half, size)


def mean_of_known(values: NDArray[np.float64]) -> float:
    """Mean of the values that are numbers; ``nan`` if there are none."""
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else math.nan


def crossing(difference: NDArray[np.float64]) -> int | None:
    """Find where a difference changes sign for good.

    Parameters
    ----------
    difference : ndarray
        A value a period.

    Returns
    -------
    int or None
        The first period after the last one of the opposite sign to that of the end; None if there
        is none, or if the end is zero or unknown.

    Examples
    --------
    >>> crossing(np.array([-2.0, 1.0, -1.0, 0.5, 2.0]))
    3
    >>> crossing(np.array([1.0, 2.0])) is None
    True
    """
    end = difference[-1]
    opposite = np.flatnonzero(difference < 0.0 if end > 0.0 else difference > 0.0)
    if not (end > 0.0 or end < 0.0) or len(opposite) == 0:
        return None
    return int(opposite[-1]) + 1


def signed_crossing(first: NDArray[np.float64], second: NDArray[np.float64]) -> int:
    """Period from which one curve stays above the other, negative if the first does; or 0.

    Never period 0: before it nothing was bought that could be overtaken.
    """
    common = min(len(first), len(second))
    difference = second[:common] - first[:common]
    period = crossing(difference)
    if period is None:
        return 0
    return period if difference[-1] > 0.0 else -period


class Moments:
    """Mean and spread of arrays that come one by one, ignoring what is ``nan`` (Welford)."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.count = np.zeros(shape)
        self.mean = np.zeros(shape)
        self.squares = np.zeros(shape)

    def add(self, values: NDArray[np.float64]) -> None:
        """Take in one more array."""
        there = ~np.isnan(values)
        self.count += there
        step = np.where(there, values - self.mean, 0.0)
        self.mean += step / np.maximum(self.count, 1.0)
        self.squares += step * np.where(there, values - self.mean, 0.0)

    def interval(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Mean, and the ends of its t interval."""
        from scipy.special import stdtrit

        with np.errstate(divide="ignore", invalid="ignore"):
            error = np.sqrt(self.squares / (self.count - 1.0) / self.count)
            # Few counts are different, and a quantile takes a thousand times as long as a product.
            freedom, which = np.unique(self.count - 1.0, return_inverse=True)
            quantiles = stdtrit(freedom, 0.5 + CONFIDENCE / 2.0)
            half = quantiles[which.reshape(self.count.shape)] * error
        mean = np.where(self.count > 0.0, self.mean, np.nan)
        half = np.where(self.count > 1.0, half, np.nan)
        return mean, mean - half, mean + half
