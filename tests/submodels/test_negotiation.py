"""Negotiation: rounds of haggling, and contracts made in them (B2, B15, B18, B21)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import negotiation, offer


@given(
    quote=st.floats(80.0, 130.0),
    below=st.floats(0.0, 30.0),
    demand=st.floats(0.0, 30.0),
    rounds=st.integers(0, 24),
)
def test_price_lies_between_what_was_asked_and_what_would_be_accepted(quote, below, demand, rounds):
    price = plain(negotiation.agreed_price)(quote, quote - below, quote - demand, rounds, 0.7)
    assert quote - min(below, demand) - 1e-9 <= price <= quote


@pytest.mark.parametrize(("count", "lowest"), [(0, math.inf), (1, 99.0), (3, 95.0), (4, 90.0)])
def test_the_lowest_bid_is_that_of_those_who_are_asked(count: int, lowest: float) -> None:
    market = small_market(salespeople=5, without=["competitive_bids"])
    market.salespeople["bid"] = [99.0, 97.0, 95.0, 90.0, 1.0]
    for number in range(4):
        market.buyer_draws[f"rival_{number + 1}"] = (number + 0.5) / 5
    assert plain(negotiation.best_rival_bid)(market, 0, 4, count) == lowest


def test_who_has_no_room_for_an_account_and_who_is_negotiated_with_do_not_bid() -> None:
    market = small_market(salespeople=5, max_accounts=10)
    market.salespeople["accounts"] = [10, 1, 1, 1, 1]
    for number in range(4):
        market.buyer_draws[f"rival_{number + 1}"] = (number % 2 + 0.5) / 5
    assert plain(negotiation.best_rival_bid)(market, 0, 1, 4) == math.inf


def negotiated(**values):
    market = small_market(**values)
    for seller in range(len(market.salespeople)):
        take(offer.salesperson_step, market, seller)
    take(negotiation.buyer_step, market)
    return market


def test_a_contract_is_made_at_once_and_then_runs():
    market = negotiated()
    assert list(market.relationships["negotiated"]) == [1.0, 1.0]
    assert min(market.relationships["contract_end"]) >= 1
    assert min(market.relationships["price"]) > 0.0
    market.relationships["contract_end"] = 10
    market.clock["period"] = 1
    market.buyer_draws["change_occurs"] = 1.0
    take(negotiation.buyer_step, market)
    assert list(market.relationships["negotiated"]) == [0.0, 0.0]
    assert list(market.relationships["haggling_hours"]) == [0.0, 0.0]


@pytest.mark.parametrize("weighing", [True, False])
def test_a_change_reopens_contracts_of_those_who_do_not_trust(weighing):
    """To write anew what is needed; the price is haggled over again by the simpler rule only."""
    market = negotiated(without=frozenset() if weighing else frozenset({"contract_weighing"}))
    price = market.relationships["price"].copy()
    market.relationships["offered_quality"] = 0.7
    market.clock["period"] = 1
    market.relationships["contract_end"] = 30
    market.buyers["need_shift"] = 2.0
    market.relationships[0].buyer_trust_in_seller = 0.05
    market.relationships[1].buyer_trust_in_seller = 1.0
    market.relationships[1].seller_trust_in_buyer = 1.0
    take(negotiation.buyer_step, market)
    assert list(market.relationships["negotiated"]) == [0.0 if weighing else 1.0, 0.0]
    assert list(market.relationships["contract_hours"] > 0.0) == [True, False]
    assert list(market.relationships["promised"] == 0.7) == [True, False]
    if weighing:
        assert list(market.relationships["price"]) == list(price)
        assert list(market.relationships["contract_end"]) == [30, 30]
        assert market.relationships[0].contract_hours == market.parameters[0].document_hours


def test_who_is_trusted_needs_fewer_clauses_and_longer_contracts():
    market = small_market(unit_cost_spread=0.0, aggressiveness=0.0)
    market.buyers["rebids_per_year"] = 0.0
    for seller in range(2):
        take(offer.salesperson_step, market, seller)
    for field in ("quote", "fair_quote", "floor"):
        market.relationships[field] = market.relationships[field][0]
    market.buyers["rebids_per_year"] = 0.0
    market.relationships["seller_trust_in_buyer"] = [0.1, 0.95]
    market.relationships["buyer_trust_in_seller"] = [0.1, 0.95]
    take(negotiation.buyer_step, market)
    suspect, friend = market.relationships
    assert friend.contract_end > suspect.contract_end
    assert friend.clauses <= suspect.clauses
    monthly = [r.haggling_hours / r.contract_end for r in (friend, suspect)]
    assert monthly[0] < monthly[1]


def test_held_clauses_and_months():
    market = negotiated(hold={"clauses": 5.0, "contract_months": 7.0})
    assert list(market.relationships["clauses"]) == [5.0, 5.0]
    assert list(market.relationships["contract_end"]) == [7, 7]


@pytest.mark.parametrize("clauses", [0.0, 5.0])
def test_each_clause_is_a_document_to_write(clauses):
    market = negotiated(hold={"clauses": clauses, "understanding": 0.0})
    p = market.parameters[0]
    expected = p.opening_hours + clauses * p.document_hours
    assert list(market.relationships["contract_hours"]) == [expected] * 2


def test_price_is_never_below_the_cost_of_making():
    market = small_market()
    for seller in range(2):
        take(offer.salesperson_step, market, seller)
    market.buyers["rival_quotes"] = 4.0
    market.buyers["opening_demand"] = 0.3
    market.relationships["leverage"] = 1.0
    take(negotiation.buyer_step, market)
    assert all(market.relationships["price"] >= market.relationships["cash_floor"] - 1e-9)


def test_a_seller_is_not_played_off_against_itself():
    market = small_market(salespeople=1, suppliers_per_buyer=1)
    take(offer.salesperson_step, market)
    for bid in ("bid", "bid_floor", "list_quote"):
        market.salespeople[bid] = 1.0
    market.buyers["rival_quotes"] = 4.0
    take(negotiation.buyer_step, market)
    # Without a rival it gives away no more than its padding.
    assert market.relationships[0].price >= market.relationships[0].fair_quote - 1e-9


@pytest.mark.parametrize("contracts", [1, 2])
def test_quotes_are_called_for_once_a_month_whoever_is_negotiated_with(contracts: int) -> None:
    market = small_market(salespeople=4)
    for seller in range(4):
        take(offer.salesperson_step, market, seller)
    market.buyers["rival_quotes"] = 3.0
    market.relationships["contract_end"] = [0, 0 if contracts == 2 else 90]
    take(negotiation.buyer_step, market)
    assert market.relationships["negotiated"].sum() == contracts
    assert market.buyers[0].quotes == 3


def test_who_negotiates_with_nobody_calls_for_no_quotes() -> None:
    market = small_market(salespeople=4)
    market.buyers["rival_quotes"] = 3.0
    market.relationships["contract_end"] = 90
    take(negotiation.buyer_step, market)
    assert market.buyers[0].quotes == 0
