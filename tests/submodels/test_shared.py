"""Equations that several submodels use."""

import math

import pytest

from relsim.engine.compilation import plain
from relsim.model.submodels import shared


@pytest.mark.parametrize("count", [0.0, 0.9, 1.0, 2.5, 3.0, 4.0, 7.99])
def test_power_is_that_of_the_whole_number(count):
    assert plain(shared.power)(0.7, count) == pytest.approx(0.7 ** int(count))


@pytest.mark.parametrize("most", [0.0, 2.0, 2.5, 3.0, 12.0, 24.0])
def test_steps_are_taken_while_they_pay_and_no_further(most):
    for gain in (-5.0, 0.0, 9.9, 10.1, 14.3, 60.0, 300.0, 900.0, 90_000.0):
        steps, left = 0.0, gain
        while left > 10.0 and steps < most:
            steps, left = steps + 1.0, left * 0.7
        assert plain(shared.steps_while_marginal_gain)(gain, 0.7, 10.0, most) == steps


def test_nan_holds_nothing():
    assert plain(shared.clamped)(0.3, math.nan) == 0.3
    assert plain(shared.clamped)(0.3, 0.0) == 0.0
