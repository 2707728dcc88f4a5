"""Environment: needs shift, partners adapt (B10, B22)."""

import math

import pytest
from equations import check_bounds, check_direction
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import environment

RANGES = {
    "occurs": (0.0, 0.999),
    "size": (0.0, 0.999),
    "change_probability": (0.0, 0.3),
    "uncertainty": (0.0, 1.0),
    "known": (0.0, 1.0),
    "joint_hours": (0.0, 40.0),
    "listening": (0.0, 2.0),
    "adaptation_alone": (0.02, 0.2),
    "adaptation_together": (0.0, 1.0),
    "contact_hours": (3.0, 16.0),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (environment.need_shift, "occurs", -1),
        (environment.need_shift, "size", 1),
        (environment.need_shift, "change_probability", 1),
        (environment.need_shift, "uncertainty", 1),
        (environment.adaptation, "known", 1),
        (environment.adaptation, "joint_hours", 1),
        (environment.adaptation, "listening", 1),
        (environment.adaptation, "adaptation_alone", 1),
        (environment.adaptation, "adaptation_together", 1),
        (environment.adaptation, "contact_hours", -1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


def test_share_adapted_is_a_share():
    """Otherwise supply would overshoot, and misfit turn negative."""
    check_bounds(environment.adaptation, 0.0, 1.0, RANGES)


def test_mean_size_of_a_change_is_the_uncertainty():
    shift = plain(environment.need_shift)
    draws = [(number + 0.5) / 20_000 for number in range(20_000)]
    mean = sum(shift(0.0, draw, 1.0, 0.3) for draw in draws) / len(draws)
    assert mean == pytest.approx(0.3, rel=0.001)


def test_partners_that_know_plans_and_work_together_adapt_sooner():
    market = small_market()
    market.buyer_draws["change_occurs"] = 1.0
    alone, together = market.relationships
    alone.misfit = together.misfit = 1.0
    together.business_disclosure_by_buyer = together.business_disclosure_by_seller = 3.0
    together.joint_hours = 8.0
    take(environment.buyer_step, market)
    p = market.parameters[0]
    assert alone.misfit == pytest.approx(1.0 - p.adaptation_alone)
    assert together.misfit < alone.misfit


def test_a_change_strikes_all_suppliers_alike():
    market = small_market()
    market.buyer_draws["change_occurs"] = 0.0
    market.buyer_draws["change_size"] = 1.0 - math.exp(-1.0)
    take(environment.buyer_step, market)
    assert list(market.relationships["misfit"]) == pytest.approx(
        [market.parameters[0].uncertainty] * 2
    )
