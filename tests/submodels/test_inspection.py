"""Inspection: where it is expected to pay (B17)."""

import pytest
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import inspection


@pytest.mark.parametrize("problems", [0.0, 1.0, 3.0])
def test_catches_its_share_and_whole_problems(problems):
    draws = [plain(inspection.caught)(problems, 0.7, (n + 0.5) / 10_000) for n in range(10_000)]
    assert sum(draws) / len(draws) == pytest.approx(problems * 0.7, abs=0.001)
    assert all(draw == int(draw) and 0.0 <= draw <= problems for draw in draws)


def test_who_trusts_does_not_inspect():
    market = small_market()
    market.relationships["delivered"] = 500.0
    market.relationships["serious_problems"] = 4.0
    market.relationships["believed_loss"] = 5.0
    market.relationships["buyer_trust_in_seller"] = [0.05, 1.0]
    market.relationship_draws["lot"] = 0.0
    take(inspection.buyer_step, market)
    assert list(market.relationships["inspected"]) == [1.0, 0.0]
    assert list(market.relationships["caught"] > 0.0) == [True, False]
    assert list(market.relationships["inspection_hours"] > 0.0) == [True, False]


@pytest.mark.parametrize("delivered", [200.0, 500.0])
def test_an_inspection_takes_hours_for_each_unit(delivered):
    market = small_market()
    market.relationships["delivered"] = delivered
    market.relationships["believed_loss"] = 20.0
    market.relationships["buyer_trust_in_seller"] = 0.0
    market.relationship_draws["lot"] = 0.0
    take(inspection.buyer_step, market)
    hours = market.parameters[0].inspection_hours_per_unit * delivered
    assert list(market.relationships["inspection_hours"]) == [hours, hours]


def test_nothing_delivered_nothing_inspected():
    market = small_market()
    market.relationships["delivered"] = 0.0
    market.relationships["buyer_trust_in_seller"] = 0.0
    market.relationships["inspected"] = [0.0, 1.0]
    take(inspection.buyer_step, market)
    assert list(market.relationships["inspection_hours"]) == [0.0, 0.0]
    # What a seller remembers is whether its last delivery was inspected.
    assert list(market.relationships["inspected"]) == [0.0, 1.0]
