"""Turnover: exits, failures, entrants, new relationships (B1, B12)."""

import numpy as np
import pytest
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.entities import RELATIONSHIP
from relsim.model.schedule import SCHEDULE, link_applicants, list_accounts
from relsim.model.state import BUYER_LEFT, COMMERCIAL, SELLER_FAILED, SELLER_LEFT
from relsim.model.submodels import turnover

IDENTITY = frozenset({"seller", "firm", "seller_leaves"})
"""What says whom the place is filled with, and whether it is left."""


def turn(market):
    plain(link_applicants)(market)
    for seller in range(len(market.salespeople)):
        take(turnover.salesperson_step, market, seller)
    for buyer in range(len(market.buyers)):
        take(turnover.buyer_step, market, buyer)
    plain(list_accounts)(market)


def moving_buyer(**values):
    market = small_market(salespeople=3, **values)
    stranger = ({0, 1, 2} - set(market.relationships["seller"].tolist())).pop()
    market.buyers[0].candidate = stranger
    market.buyers[0].candidate_slot = 0
    return market, stranger


def test_a_buyer_that_leaves_starts_anew_with_another():
    market, stranger = moving_buyer()
    left = int(market.relationships[0].seller)
    market.relationships[0].idea_value = 5.0
    turn(market)
    assert market.relationships[0].seller == stranger
    assert market.relationships[0].start == 1
    assert market.relationships[0].phase == COMMERCIAL
    assert market.relationships[0].idea_value == 0.0
    assert market.clock["spells"][0] == 1
    assert market.spells[0].seller == left
    assert market.spells[0].reason == BUYER_LEFT
    assert market.salespeople[left].accounts == 0
    assert market.salespeople[stranger].accounts == 1


def test_nobody_takes_on_more_than_it_can_look_after():
    market, stranger = moving_buyer(max_accounts=1.0)
    other = int(market.relationships[1].seller)
    market.buyers[0].candidate = other
    before = int(market.relationships[0].seller)
    turn(market)
    assert market.relationships[0].seller == before
    assert stranger != other


@pytest.mark.parametrize("priority", [0, 1])
def test_the_last_place_goes_by_drawn_priority_not_by_index(priority):
    market = small_market(buyers=2, salespeople=3, suppliers_per_buyer=1, max_accounts=1.0)
    stranger = ({0, 1, 2} - set(market.relationships["seller"].tolist())).pop()
    market.buyers["candidate"] = stranger
    market.buyers["candidate_slot"] = [0, 1]
    market.buyer_draws["priority"] = [0.2, 0.8] if priority == 0 else [0.8, 0.2]
    turn(market)
    assert market.relationships[priority].seller == stranger
    assert market.relationships[1 - priority].seller != stranger


def test_a_firm_without_credit_fails_loses_its_customers_and_is_replaced():
    market = small_market()
    seller = int(market.relationships[0].seller)
    market.salespeople[seller].cash = -market.parameters[0].working_capital - 1.0
    firm = int(market.salespeople[seller].firm)
    turn(market)
    assert market.relationships[0].seller == -1
    assert market.buyer_months[0].suppliers_failed == 1.0
    assert market.salesperson_months[seller].failures == 1.0
    assert market.spells[0].reason == SELLER_FAILED
    assert market.spells[0].firm == firm
    assert market.salespeople[seller].firm != firm
    assert market.salespeople[seller].cash == market.parameters[0].working_capital


def test_a_firm_may_use_up_its_credit():
    market = small_market()
    market.salespeople["cash"] = -market.parameters[0].working_capital
    turn(market)
    assert (market.relationships["seller"] >= 0).all()


def test_a_new_pair_begins_with_what_is_usual_and_without_commitment():
    market, _ = moving_buyer(initial_trust=0.3)
    market.buyers[0].usual_hours = 4.0
    turn(market)
    begun = market.relationships[0]
    assert begun.service == 0.5
    assert begun.promises_kept == 0.3
    assert begun.buyer_commitment == begun.seller_commitment == begun.faults == 0.0
    assert begun.usual_seller_hours == market.parameters[0].standard_hours
    assert begun.usual_transaction_hours == 4.0


def test_without_failure_nobody_fails():
    market = small_market(without={"failure"})
    market.salespeople["cash"] = -1e9
    turn(market)
    assert (market.relationships["seller"] >= 0).all()


def agents_of(market, step):
    return len(market.buyers if step.agent == "buyer" else market.salespeople)


def test_a_new_relationship_takes_nothing_over_from_the_old_one():
    """Whatever is left from the supplier before must be overwritten before it is read."""
    markets = []
    for left_over in (0, 1):
        market, _ = moving_buyer()
        for variable in RELATIONSHIP.variables:
            if variable.name not in IDENTITY:
                market.relationships[variable.name][0] = left_over
        turn(market)
        market.clock["period"] += 1
        market.relationship_draws["serious"] = 0.99
        for step in SCHEDULE:
            if step.agent == "market":
                plain(step.function)(market)
                continue
            for agent in range(agents_of(market, step)):
                take(step.function, market, agent)
        markets.append(market)
    fresh, used = (market.relationships[0] for market in markets)
    names = [v.name for v in RELATIONSHIP.variables]
    assert [n for n in names if not np.array_equal(fresh[n], used[n], equal_nan=True)] == []


def test_departures_are_booked_in_the_month_they_happen():
    market, _ = moving_buyer()
    turn(market)
    assert market.buyer_months[0].suppliers_left == 1.0
    assert market.buyer_months[0].switching == market.parameters[0].switching_cost
    assert market.salesperson_months["accounts_lost"].sum() == 1.0


def test_a_seller_that_leaves_empties_the_place():
    market = small_market()
    market.relationships[0].seller_leaves = 1.0
    turn(market)
    assert market.relationships[0].seller == -1
    assert market.spells[0].reason == SELLER_LEFT


def test_orders_under_way_end_with_the_relationship():
    market, _ = moving_buyer(lead_time=3)
    market.orders["due"] = 2
    turn(market)
    per_slot = int(market.clock["orders_per_slot"][0])
    assert (market.orders["due"][:per_slot] < 0).all()
    assert (market.orders["due"][per_slot:] == 2).all()
    assert np.isfinite(market.orders["price"]).all()
