"""Offer: quotes, promises, arguments (B3, B11, B12)."""

import pytest
from equations import check_direction
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import offer, shared

RANGES = {
    "usual_seller_hours": (0.0, 60.0),
    "normal_units": (50.0, 5000.0),
    "wage": (20.0, 120.0),
    "accounts": (0.0, 10.0),
    "hours_each": (10.0, 40.0),
    "unit_cost": (50.0, 85.0),
    "hours": (40.0, 200.0),
    "service": (0.0, 10.0),
    "overhead": (0.0, 20_000.0),
    "usual_volume": (500.0, 10_000.0),
    "floor_markup": (0.0, 0.1),
    "markup": (0.0, 0.4),
    "trust": (0.0, 1.0),
    "price_pressure": (0.0, 0.5),
    "padding_rate": (0.0, 0.25),
    "expected_quality": (-2.0, 2.0),
    "overpromising": (0.0, 1.0),
    "promise_reach": (0.1, 1.0),
    "partnership": (0.0, 1.0),
    "attention": (0.0, 2.0),
    "key_account_manager": (0.0, 1.0),
    "departmental_interest": (0.0, 0.5),
    "load": (0.0, 2.0),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (offer.hours_per_unit, "usual_seller_hours", 1),
        (offer.hours_per_unit, "normal_units", -1),
        (offer.keen_markup, "markup", 1),
        (offer.keen_markup, "accounts", 1),
        (offer.keen_markup, "hours", -1),
        (offer.keen_markup, "hours_each", 1),
        (offer.fair_quote, "unit_cost", 1),
        (offer.fair_quote, "hours", 1),
        (offer.fair_quote, "service", 1),
        (offer.fair_quote, "overhead", 1),
        (offer.fair_quote, "markup", 1),
        (offer.overhead_per_unit, "overhead", 1),
        (offer.overhead_per_unit, "usual_volume", -1),
        (offer.lowest_price, "unit_cost", 1),
        (offer.lowest_price, "hours", 1),
        (offer.lowest_price, "floor_markup", 1),
        (offer.pad, "trust", -1),
        (offer.pad, "price_pressure", 1),
        (offer.promise, "overpromising", 1),
        (offer.departmental_autonomy, "key_account_manager", -1),
        (offer.sales_overpromise, "departmental_interest", 1),
        (offer.sales_overpromise, "load", -1),
        (offer.argument, "partnership", 1),
        (offer.argument, "attention", 1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


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
