"""The exponential of the equations, against the C library's and exact numbers."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from relsim.compilation import plain
from relsim.exponential import FARTHEST, POWERS_OF_WHOLES, WHOLES, exponential
from relsim.parameters import table
from relsim.submodels import complaint, ordering, problems


@pytest.mark.parametrize("farthest", [0.01, 1.0, FARTHEST])
def test_it_is_within_two_units_of_the_last_place(farthest: float) -> None:
    for x in np.random.default_rng(3).uniform(-farthest, farthest, 3000):
        with localcontext() as context:
            context.prec = 40
            exact = Decimal(float(x)).exp()
            error = abs(Decimal(exponential(x)) - exact)
        assert error <= 2 * Decimal(math.ulp(float(exact))), x


def test_it_has_the_same_bits_in_python() -> None:
    numbers = np.random.default_rng(4).uniform(-FARTHEST, FARTHEST, 3000)
    assert [plain(exponential)(float(x)) for x in numbers] == [exponential(x) for x in numbers]


def test_powers_of_two_reach_as_far_as_it_says() -> None:
    assert len(POWERS_OF_WHOLES) == WHOLES
    assert math.log(POWERS_OF_WHOLES[0]) < -FARTHEST < FARTHEST < math.log(POWERS_OF_WHOLES[-1])


def test_what_is_no_number_stays_none() -> None:
    assert math.isnan(exponential(math.nan))


def test_equations_keep_to_its_range() -> None:
    high = {row.name: row.high for row in table()}
    bonds = high["most_bonds"] * high["bond_hold"]
    bounds = (ordering.MOST_APART, complaint.MOST_DRIVE, problems.MOST_QUALITY, bonds)
    assert max((*bounds, problems.MOST_EVENTS)) < FARTHEST
    for unbounded in (-1e300, 1e300):
        assert math.isfinite(problems.proneness(unbounded))
        assert 0.0 <= complaint.voice_probability(unbounded) <= 1.0
    assert 0.0 < ordering.attraction(1e300, 0.0, 1.0) < 1e-20
    assert problems.poisson(1e300, 0.5) >= 0.0
