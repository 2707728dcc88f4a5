"""Environment: needs shift, partners adapt (B10, B22)."""

import math

import pytest
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import environment


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
