"""Offer: quotes, promises, arguments (B3, B11, B12)."""

import pytest
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import offer, shared


def test_an_honest_seller_promises_what_it_expects():
    assert plain(offer.promise)(0.3, 0.0, 0.9) == 0.3


def test_who_prices_service_quotes_more():
    quotes = []
    for prices_service in (0.0, 1.0):
        market = small_market()
        market.salespeople["prices_service"] = prices_service
        take(offer.salesperson_step, market)
        quotes.append(market.relationships[first_place(market)].fair_quote)
    assert quotes[1] - quotes[0] >= market.parameters[0].full_service_money


def test_service_in_the_price_of_what_lasts_is_that_of_its_whole_life():
    carried = []
    for life in (12, 24):
        quotes = []
        for prices_service in (0.0, 1.0):
            market = small_market(service_life=life, installed_rate=0.5, overhead=0.0)
            market.salespeople["prices_service"] = prices_service
            market.salespeople["markup"] = 0.0
            take(offer.salesperson_step, market)
            quotes.append(market.relationships[first_place(market)].fair_quote)
        carried.append(quotes[1] - quotes[0])
    assert carried == pytest.approx(
        [0.5 * life * market.parameters[0].full_service_money for life in (12, 24)]
    )


def test_a_seller_without_accounts_gives_all_its_markup_away():
    assert plain(offer.keen_markup)(0.1, 0.0, 20.0, 100.0) == 0.0


def test_padding_only_against_who_is_not_trusted():
    market = small_market()
    slot = first_place(market)
    market.relationships["seller_trust_in_buyer"] = 1.0
    take(offer.salesperson_step, market)
    assert market.relationships[slot].quote == pytest.approx(market.relationships[slot].fair_quote)
    market.relationships["seller_trust_in_buyer"] = 0.2
    take(offer.salesperson_step, market)
    assert market.relationships[slot].quote > market.relationships[slot].fair_quote


def test_floor_covers_the_cost_of_making():
    market = small_market()
    market.relationships["skill"] = 0.4
    market.relationships["process_idea_value"] = 2.0
    market.relationships["idea_value"] = 1.5
    take(offer.salesperson_step, market)
    relationship = market.relationships[first_place(market)]
    p, seller = market.parameters[0], market.salespeople[0]
    assert relationship.cash_floor <= relationship.floor
    assert relationship.cash_floor >= plain(shared.cost_of_unit)(p, relationship, seller)
    unlearned = seller.unit_cost + plain(shared.quality_cost)(seller.capability, p.capability_cost)
    assert relationship.cash_floor < unlearned


def test_a_bid_is_never_below_the_lowest_price_to_a_stranger():
    market = small_market()
    for seller in range(2):
        take(offer.salesperson_step, market, seller)
    assert (market.salespeople["bid_floor"] <= market.salespeople["bid"]).all()
    assert (market.salespeople["bid"] <= market.salespeople["list_quote"]).all()


def test_sales_promises_what_the_departments_will_not_keep():
    """Unless one person answers for the whole account (B4)."""
    promised = []
    for owner in (0.0, 1.0):
        market = small_market(departmental_interest=0.0)
        market.salespeople["key_account_manager"] = owner
        market.salespeople["overpromising"] = 0.0
        market.relationships["department_quality_loss"] = 0.3
        take(offer.salesperson_step, market)
        relationship = market.relationships[first_place(market)]
        promised.append(relationship.offered_quality - relationship.expected_quality)
    assert promised == pytest.approx([0.3, 0.0])


@pytest.mark.parametrize(
    ("owner", "without", "beyond"),
    [
        (0.0, frozenset(), 0.4),
        (0.0, frozenset({"departments"}), 0.0),
        # One person who answers for the whole account holds sales back.
        (1.0, frozenset(), 0.0),
        (1.0, frozenset({"key_account_manager"}), 0.4),
    ],
)
def test_sales_of_an_idle_firm_promises_beyond_what_it_sees(owner, without, beyond):
    """Its objective is volume (B5)."""
    market = small_market(departmental_interest=0.4, without=without)
    market.salespeople["key_account_manager"] = owner
    market.salespeople["overpromising"] = 0.0
    market.salespeople["load"] = 0.0
    market.relationships["department_quality_loss"] = 0.0
    take(offer.salesperson_step, market)
    relationship = market.relationships[first_place(market)]
    assert relationship.offered_quality - relationship.expected_quality == pytest.approx(beyond)


def test_without_key_account_managers_no_promise_knows_the_departments():
    market = small_market(departmental_interest=0.0, without={"key_account_manager"})
    market.salespeople["key_account_manager"] = 1.0
    market.salespeople["overpromising"] = 0.0
    market.relationships["department_quality_loss"] = 0.3
    take(offer.salesperson_step, market)
    relationship = market.relationships[first_place(market)]
    assert relationship.offered_quality - relationship.expected_quality == pytest.approx(0.3)
