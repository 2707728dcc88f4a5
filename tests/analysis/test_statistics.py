"""Estimates of too little, and where curves cross."""

import math

import numpy as np
import pytest

from relsim.analysis.statistics import crossing, estimate


def test_estimates_of_too_little() -> None:
    nothing = np.full(3, np.nan)
    assert all(map(math.isnan, estimate(nothing, np.ones(3))))
    single = estimate(np.array([1.0]), np.array([3.0]))
    assert single[:3] == (1.0, 3.0, 2.0)
    assert all(map(math.isnan, single[3:]))
    # A pair counts only if both sides were there.
    found = estimate(np.array([1.0, 5.0, np.nan]), np.array([2.0, np.nan, 7.0]))
    assert found.difference == 1.0


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        ([1, 2, 3], None),
        ([-1, -2], None),
        ([-1, 1], 1),
        ([1, -1, 1, 1], 2),
        ([1, -1, 0, 1], 2),
        ([1, -1, 0], None),
        ([math.nan, -1, 2], 2),
        ([-1, math.nan], None),
    ],
)
def test_crossing(difference: list[float], expected: int | None) -> None:
    assert crossing(np.array(difference, float)) == expected
