"""Word of mouth: first trust in new pairs (B7, B14)."""

import pytest
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import word_of_mouth


@pytest.mark.parametrize("heard", [0.1, 0.9])
def test_more_sources_move_first_trust_further(heard):
    distance = [
        abs(plain(word_of_mouth.initial_trust)(0.5, heard, sources) - heard)
        for sources in (0.0, 1.0, 3.0, 10.0)
    ]
    assert distance == sorted(distance, reverse=True)
    assert distance[-1] < distance[0]


def acquainted(**values):
    """Two buyers who know each other share one seller; for the first it is new."""
    market = small_market(buyers=2, salespeople=2, suppliers_per_buyer=1, contacts=2, **values)
    market.relationships["seller"] = 0
    market.relationships["start"] = [1, -5]
    return market


@pytest.mark.parametrize("reputation", [0.1, 0.9])
def test_a_buyer_believes_its_acquaintances_in_part(reputation):
    market = acquainted()
    market.relationships["buyer_trust_in_seller"] = [0.5, reputation]
    take(word_of_mouth.buyer_step, market, 0)
    # One who reports counts as much as the own readiness to trust.
    expected = (market.parameters[0].initial_trust + reputation) / 2.0
    assert market.relationships[0].buyer_trust_in_seller == pytest.approx(expected)
    assert market.relationships[1].buyer_trust_in_seller == reputation


def test_salespeople_talk_about_a_new_customer():
    market = small_market(salespeople=2, suppliers_per_buyer=2, contacts=2)
    market.relationships["start"] = [1, -5]
    market.relationships["seller_trust_in_buyer"] = [0.5, 0.05]
    take(word_of_mouth.salesperson_step, market, int(market.relationships[0].seller))
    assert market.relationships[0].seller_trust_in_buyer < market.parameters[0].initial_trust


@pytest.mark.parametrize("how", [{"without": {"word_of_mouth"}}, {"contacts": 0}])
def test_without_talk_there_is_the_general_readiness_to_trust(how):
    market = small_market(**{"buyers": 2, "suppliers_per_buyer": 1, **how})
    market.relationships["seller"] = 0
    market.relationships["start"] = [1, -5]
    market.relationships["buyer_trust_in_seller"] = [0.9, 0.9]
    take(word_of_mouth.buyer_step, market, 0)
    assert market.relationships[0].buyer_trust_in_seller == market.parameters[0].initial_trust
