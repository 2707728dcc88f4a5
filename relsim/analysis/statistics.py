"""Uncertainty: intervals of means, differences, shares and durations, and where curves cross."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

CONFIDENCE = 0.95


# --- means ---------------------------------------------------------------------------------------


def half_width(error: Any, freedom: Any, confidence: float = CONFIDENCE) -> Floats:
    """Half the width of t intervals.

    Parameters
    ----------
    error : array_like
        Standard errors.
    freedom : array_like
        Degrees of freedom.
    confidence : float
        Share of intervals that hold the true value.

    Returns
    -------
    ndarray
        ``nan`` where there is no degree of freedom.
    """
    from scipy.special import stdtrit

    # Few degrees are different, and a quantile takes a thousand times as long as a product.
    distinct, which = np.unique(freedom, return_inverse=True)
    quantiles = stdtrit(distinct, 0.5 + confidence / 2.0)[which]
    return np.asarray(quantiles.reshape(np.shape(freedom)) * error)


def half_widths(deviation: Any, count: Any, confidence: float = CONFIDENCE) -> Floats:
    """Half the width of t intervals of means.

    Parameters
    ----------
    deviation : array_like
        Standard deviations of single values.
    count : array_like
        How many values each mean is of.
    confidence : float
        Share of intervals that hold the true value.

    Returns
    -------
    ndarray
        ``nan`` where there are fewer than two values.

    Examples
    --------
    >>> half_widths(1.0, [1, 10]).round(4)
    array([   nan, 0.7154])
    """
    number = np.asarray(count, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return half_width(np.asarray(deviation) / np.sqrt(number), number - 1.0, confidence)


def freedom_of_sum(variances: Sequence[Any], freedoms: Sequence[Any]) -> Any:
    """Degrees of freedom of a sum of variances (Welch and Satterthwaite).

    >>> float(freedom_of_sum([1.0, 1.0], [4, 4]))
    8.0
    """
    total: Any = sum(variances)
    spent: Any = sum(one * one / freedom for one, freedom in zip(variances, freedoms, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        # Of no variance at all any number of degrees will do.
        return np.where(np.equal(total, 0.0), 1.0, np.divide(total * total, spent))


class Moments:
    """Mean and spread of arrays that come one by one, ignoring what is ``nan`` (Welford)."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.count = np.zeros(shape)
        self.mean = np.zeros(shape)
        self.squares = np.zeros(shape)

    def add(self, values: Floats) -> None:
        """Take in one more array."""
        there = ~np.isnan(values)
        self.count += there
        step = np.where(there, values - self.mean, 0.0)
        self.mean += step / np.maximum(self.count, 1.0)
        self.squares += step * np.where(there, values - self.mean, 0.0)

    def interval(self, confidence: float = CONFIDENCE) -> tuple[Floats, Floats, Floats]:
        """Mean, and the ends of its t interval."""
        with np.errstate(divide="ignore", invalid="ignore"):
            deviation = np.sqrt(self.squares / (self.count - 1.0))
        half = half_widths(deviation, self.count, confidence)
        mean = np.where(self.count > 0.0, self.mean, np.nan)
        return mean, mean - half, mean + half


def interval(values: Floats, confidence: float = CONFIDENCE) -> tuple[Floats, Floats, Floats]:
    """Mean over the first axis, ignoring what is ``nan``, and the ends of its t interval.

    >>> [round(float(end), 2) for end in interval(np.array([1.0, 2.0, 3.0, math.nan]))]
    [2.0, -0.48, 4.48]
    """
    there = ~np.isnan(values)
    count = there.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(there, values, 0.0).sum(axis=0) / count
        apart = np.where(there, values - mean, 0.0)
        deviation = np.sqrt((apart * apart).sum(axis=0) / (count - 1.0))
    half = half_widths(deviation, count, confidence)
    return mean, mean - half, mean + half


def mean_of_known(values: Floats) -> float:
    """Mean of the values that are numbers; ``nan`` if there are none."""
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else math.nan


# --- differences ---------------------------------------------------------------------------------


class Estimate(NamedTuple):
    """Mean of either arm, their difference (second minus first), its interval, its size."""

    first: float
    second: float
    difference: float
    low: float
    high: float
    effect_size: float


def estimate(first: Floats, second: Floats, paired: bool = True) -> Estimate:
    """Compare the replicates of two arms.

    Parameters
    ----------
    first, second : ndarray
        A value a replicate; ``nan`` where there was nothing to measure.
    paired : bool
        Whether replicate ``i`` of both arms met the same random draws.

    Returns
    -------
    Estimate
        ``effect_size`` is the difference over the pooled standard deviation of single runs, paired
        or not: common random numbers narrow the interval, they do not make an effect larger.

    Examples
    --------
    >>> estimate(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.5]))[:3]
    (2.0, 3.1666666666666665, 1.1666666666666667)
    """
    there = ~np.isnan(first), ~np.isnan(second)
    if paired:
        there = (there[0] & there[1],) * 2
    first, second = first[there[0]], second[there[1]]
    n, m = len(first), len(second)
    if n == 0 or m == 0:
        return Estimate(*[math.nan] * 6)
    means = float(first.mean()), float(second.mean())
    difference = means[1] - means[0]
    if n < 2 or m < 2:
        return Estimate(*means, difference, math.nan, math.nan, math.nan)
    variances = float(first.var(ddof=1)), float(second.var(ddof=1))
    if paired:
        differences = second - first
        difference = float(differences.mean())
        half = float(half_widths(differences.std(ddof=1), n))
    else:
        parts = variances[0] / n, variances[1] / m
        half = float(half_width(math.sqrt(sum(parts)), freedom_of_sum(parts, (n - 1, m - 1))))
    spread = math.sqrt(sum(variances) / 2.0)
    size = difference / spread if spread > 0.0 else math.nan
    return Estimate(*means, difference, difference - half, difference + half, size)


# --- shares and durations ------------------------------------------------------------------------


class Share(NamedTuple):
    """A share, and its 95% interval (Wilson)."""

    share: float
    low: float
    high: float
    hits: int
    points: int


def share_of(there: NDArray[np.bool_]) -> Share:
    """A share with its interval.

    >>> share_of(np.array([True, True, True, False]))[:1]
    (0.75,)
    """
    from scipy.stats import binomtest

    count, total = int(there.sum()), len(there)
    if total == 0:
        return Share(math.nan, math.nan, math.nan, 0, 0)
    found = binomtest(count, total).proportion_ci(CONFIDENCE, method="wilson")
    return Share(count / total, float(found.low), float(found.high), count, total)


def _survival(months: Floats, seen: NDArray[np.bool_]) -> Any:
    from scipy.stats import CensoredData, ecdf

    return ecdf(CensoredData(uncensored=months[seen], right=months[~seen])).sf


def survival(months: Floats, seen: NDArray[np.bool_], at: Sequence[float]) -> pd.DataFrame:
    """Share of relationships in which an event has not happened yet (Kaplan and Meier).

    Parameters
    ----------
    months : ndarray
        Months to the event or to where it was last seen not to have happened.
    seen : ndarray of bool
        Whether the event happened then.
    at : sequence of float
        Months at which the curve is wanted.

    Returns
    -------
    DataFrame
        ``month``, ``share``, ``low`` and ``high`` (95%, log-log). Relationships of one market
        share its random draws and count as if they did not, so that the band is somewhat too
        narrow.

    Examples
    --------
    >>> seen = np.array([True, True, False, False])
    >>> survival(np.array([1.0, 2.0, 3.0, 4.0]), seen, [2.0]).round(2)
       month  share   low  high
    0    2.0    0.5  0.06  0.84
    """
    import warnings

    import pandas as pd

    curve = _survival(months, seen)
    with warnings.catch_warnings():
        # Where nothing has happened yet there is no interval: it is filled in below.
        warnings.simplefilter("ignore")
        found = curve.confidence_interval(CONFIDENCE, method="log-log")
    times = np.asarray(at, float)
    share = curve.evaluate(times)
    low, high = (
        np.where(np.isnan(side := end.evaluate(times)), share, side)
        for end in (found.low, found.high)
    )
    return pd.DataFrame({"month": times, "share": share, "low": low, "high": high})


def median_duration(months: Floats, seen: NDArray[np.bool_]) -> float:
    """Month by which half of the relationships that go on have had the event; inf if never.

    >>> median_duration(np.array([1.0, 2.0, 3.0, 4.0]), np.array([True] * 4))
    2.0
    """
    if not seen.any():
        return math.inf
    curve = _survival(months, seen)
    below = curve.quantiles[curve.probabilities <= 0.5 + 1e-12]
    return float(below[0]) if len(below) else math.inf


# --- where curves cross --------------------------------------------------------------------------


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
