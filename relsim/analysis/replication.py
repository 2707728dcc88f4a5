"""How many replicates an interval takes, from those that a sweep has."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from relsim.analysis.outcomes import Stored, arm_name, outcomes, pairs, stored
from relsim.analysis.statistics import half_widths
from relsim.io.errors import InputError

ROUND = (1, 2, 5)
MIN_REPLICATES = 5
"""From which the table begins: intervals of fewer say little, and differ wildly."""

MOST_REPLICATES = 1_000_000


def replicates(results: Stored, measure: str) -> pd.DataFrame:
    """Find how the interval of a measure shrinks with the number of replicates.

    Parameters
    ----------
    results : Stored
        A stored sweep with two replicates or more.
    measure : str
        One of those that it kept.

    Returns
    -------
    DataFrame
        A row a number of replicates, for every arm, and for the differences from the first arm on
        common random numbers: ``arm``, ``replicates``, ``kind``, ``half_width`` of the 95% interval
        of a point's mean. ``stored``: of the first so many replicates, the median over points, with
        their quartiles ``low`` and ``high``. ``expected``: what the spread of all stored replicates
        lets expect of more.

    Raises
    ------
    InputError
        If the measure was not kept, or there are no runs or one replicate only.
    """
    return pd.concat(
        [
            _shrinking(arm_name(arm, minus), outcomes(results, measure, arm, minus))
            for arm, minus in pairs(stored(results))
        ],
        ignore_index=True,
    )


def _shrinking(name: str, wide: pd.DataFrame) -> pd.DataFrame:
    there = wide.count(axis=1).to_numpy()
    stored = int(there.max(initial=0))
    if wide.shape[1] < 2:
        found = "one replicate" if wide.shape[1] else "no runs"
        raise InputError(f"this sweep has {found} of {name}: allowed are two replicates or more")
    if stored < 2:
        raise InputError(f"no point has two runs of {name} yet: allowed are two replicates or more")
    # Those that a point has, in their order: of a part of a sweep, others are elsewhere.
    values = np.array([row[np.argsort(np.isnan(row), kind="stable")] for row in wide.to_numpy()])
    rows: list[dict[str, Any]] = []
    least = min(MIN_REPLICATES, stored)
    for count in sorted({*_round_numbers(least, stored), stored}):
        part = values[there >= count, :count]
        half = half_widths(part.std(axis=1, ddof=1), count)
        low, middle, high = np.percentile(half, [25, 50, 75])
        rows.append(
            {"replicates": count, "kind": "stored", "half_width": middle, "low": low, "high": high}
        )
    numbers = _round_numbers(least, 10 * stored)
    widths = half_widths(spread(wide), numbers)
    rows += [
        {"replicates": number, "kind": "expected", "half_width": width}
        for number, width in zip(numbers, widths, strict=True)
    ]
    table = pd.DataFrame(rows)
    table.insert(0, "arm", name)
    return table


def spread(wide: pd.DataFrame) -> float:
    """Standard deviation of single runs of one point, pooled over points.

    >>> spread(pd.DataFrame([[1.0, 4.0], [5.0, 9.0]]))
    2.5
    """
    return math.sqrt(wide.var(axis=1).mean())


def _round_numbers(low: int, high: int) -> list[int]:
    """1, 2, 5, 10 and so on between two numbers.

    >>> _round_numbers(2, 120)
    [2, 5, 10, 20, 50, 100]
    """
    found = [step * 10**power for power in range(7) for step in ROUND]
    return [number for number in found if low <= number <= high]


def needed(deviation: float, half_width: float) -> int:
    """Find how many replicates make the interval of a mean as narrow as wanted.

    Parameters
    ----------
    deviation : float
        Standard deviation of single runs, see ``spread``.
    half_width : float
        Half the width that the 95% interval may have.

    Returns
    -------
    int
        The least number.

    Examples
    --------
    >>> needed(1.0, 0.7155)
    10
    """
    if not half_width > 0.0:
        raise InputError(f"half width = {half_width!r}: allowed is a number above 0")
    low, high = 2, MOST_REPLICATES
    if not half_widths(deviation, high) <= half_width:
        raise InputError(f"half width = {half_width:g} would take more than {high} replicates")
    while low < high:
        middle = (low + high) // 2
        if half_widths(deviation, middle) <= half_width:
            high = middle
        else:
            low = middle + 1
    return low
