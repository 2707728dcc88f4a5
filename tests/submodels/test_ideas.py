"""Ideas in both directions (B13, B19, B20, B21)."""

import pytest
from markets import first_place, small_market, take

from relsim.model.submodels import ideas


def inspired(**values):
    market = small_market(**values)
    market.relationships["understanding"] = 0.8
    market.relationships["joint_hours"] = 10.0
    market.relationship_draws["idea"] = 0.0
    market.relationship_draws["process_idea"] = 0.0
    return market


def test_ideas_are_offered_to_those_who_are_trusted():
    market = inspired()
    market.relationships["seller_trust_in_buyer"] = [0.1, 0.9]
    market.relationships["buyer_trust_in_seller"] = [0.9, 0.1]
    for seller in range(2):
        take(ideas.salesperson_step, market, seller)
    take(ideas.buyer_step, market)
    assert list(market.relationships["ideas_received"]) == [0.0, 1.0]
    assert list(market.relationships["process_ideas_received"]) == [1.0, 0.0]


def test_strangers_have_no_ideas_for_each_other():
    market = inspired()
    market.relationships["understanding"] = 0.0
    market.relationship_draws["idea"] = 0.001
    market.relationships["seller_trust_in_buyer"] = 1.0
    take(ideas.salesperson_step, market)
    assert market.relationships[first_place(market)].ideas_received == 0.0


def test_half_of_an_ideas_worth_is_gone_after_its_half_life():
    market = inspired(idea_half_life=24.0, without={"ideas"})
    market.relationships["idea_value"] = 4.0
    for _ in range(24):
        take(ideas.salesperson_step, market)
    slot = first_place(market)
    assert market.relationships[slot].idea_value == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("mechanism", "step", "field"),
    [
        ("ideas", ideas.salesperson_step, "ideas_received"),
        ("process_ideas", ideas.buyer_step, "process_ideas_received"),
    ],
)
def test_switched_off(mechanism, step, field):
    market = inspired(without={mechanism})
    market.relationships["seller_trust_in_buyer"] = 1.0
    market.relationships["buyer_trust_in_seller"] = 1.0
    take(step, market)
    assert list(market.relationships[field]) == [0.0, 0.0]
