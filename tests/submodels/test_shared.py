"""Equations that several submodels use."""

import math

import pytest
from equations import check_bounds, check_direction

from relsim.engine.compilation import plain
from relsim.model.submodels import shared

RANGES = {
    "value": (0.0, 1.0),
    "target": (0.0, 1.0),
    "rate": (0.01, 1.0),
    "balance": (-10_000.0, 10_000.0),
    "horizon": (1.0, 120.0),
    "replacement": (0.0, 100_000.0),
    "by_buyer": (0.0, 3.0),
    "by_seller": (0.0, 3.0),
    "hours": (0.0, 8.0),
    "understanding": (0.0, 1.0),
    "saving": (0.0, 0.8),
    "disclosed": (0.0, 3.0),
    "capability": (-1.0, 1.0),
    "capability_cost": (0.0, 12.0),
    "unit_cost": (50.0, 85.0),
    "skill": (0.0, 1.0),
    "cost_by_skill": (0.0, 0.1),
    "idea_value": (0.0, 30.0),
    "idea_share": (0.0, 1.0),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (shared.exponential_average, "value", 1),
        (shared.exponential_average, "target", 1),
        (shared.disclosed_by_both, "by_buyer", 1),
        (shared.disclosed_by_both, "by_seller", 1),
        (shared.shortened, "understanding", -1),
        (shared.relationship_value, "balance", 1),
        (shared.relationship_value, "replacement", 1),
        (shared.plans_known, "disclosed", 1),
        (shared.quality_cost, "capability", 1),
        (shared.learned_saving, "unit_cost", 1),
        (shared.learned_saving, "skill", 1),
        (shared.learned_saving, "cost_by_skill", 1),
        (shared.shared_gain, "idea_value", 1),
        (shared.shared_gain, "idea_share", 1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


def test_an_average_of_shares_is_a_share():
    check_bounds(shared.exponential_average, 0.0, 1.0, RANGES)


def test_what_both_told_is_a_share():
    check_bounds(shared.disclosed_by_both, 0.0, 1.0, RANGES)
    check_bounds(shared.plans_known, 0.0, 1.0, RANGES)


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
