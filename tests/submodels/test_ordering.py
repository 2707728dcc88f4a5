"""Ordering: how much from whom, and who leaves (B1, B9, B11)."""

import pytest
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import choice, ordering


def test_all_that_is_needed_is_ordered_and_more_from_the_cheaper():
    market = small_market()
    market.relationships["price"] = [100.0, 95.0]
    take(ordering.buyer_step, market)
    assert market.relationships["units"].sum() == pytest.approx(market.buyers[0].need)
    assert market.relationships[1].units > market.relationships[0].units


def test_a_grievance_costs_orders():
    market = small_market()
    market.relationships["price"] = 100.0
    market.relationships["grievance"] = [5.0, 0.0]
    take(ordering.buyer_step, market)
    assert market.relationships[1].units > market.relationships[0].units


def test_price_buyers_overlook_what_comes_later():
    units = []
    for weight in (0.0, 1.0):
        market = small_market()
        market.buyers["life_cycle_weight"] = weight
        market.relationships["price"] = [100.0, 98.0]
        market.relationships["believed_loss"] = [0.0, 10.0]
        take(ordering.buyer_step, market)
        units.append(market.relationships[0].units / market.buyers[0].need)
    assert units[0] < 0.5 < units[1]


def test_who_looks_at_the_price_only_is_moved_by_nothing_else():
    cost = plain(choice.marginal_cost)
    assert cost(98.0, 6.0, 2.0, 0.0, 5.0, 1.0, 0.0) == cost(98.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def leaving(**values):
    """A dear supplier with which there was trouble, and a cheap newcomer at hand."""
    market = small_market(salespeople=3, **values)
    stranger = ({0, 1, 2} - set(market.relationships["seller"])).pop()
    market.buyer_draws["candidate"] = (stranger + 0.5) / 3.0
    market.buyer_draws["searches"] = 0.0
    market.salespeople["list_quote"] = 80.0
    market.relationships["price"] = [140.0, 80.0]
    market.relationships["usual_units"] = 1000.0
    market.relationships["grievance"] = [9.0, 0.0]
    return market, stranger


def test_a_dear_supplier_is_left_for_a_cheap_newcomer():
    market, stranger = leaving()
    take(ordering.buyer_step, market)
    assert market.buyers[0].candidate == stranger
    assert market.buyers[0].candidate_slot == 0


def test_who_had_no_trouble_does_not_look_around():
    for grievance, looks in ((0.0, False), (9.0, True)):
        market, _ = leaving()
        market.relationships["grievance"] = [grievance, 0.0]
        take(ordering.buyer_step, market)
        assert (market.buyers[0].candidate_slot == 0) == looks


def test_an_empty_place_is_looked_for_every_month():
    market, stranger = leaving()
    market.buyer_draws["searches"] = 0.999
    take(ordering.buyer_step, market)
    assert market.buyers[0].candidate == -1
    market.relationships[1].seller = -1
    take(ordering.buyer_step, market)
    assert market.buyers[0].candidate == stranger
    assert market.buyers[0].candidate_slot == 1


def test_bonds_and_switching_cost_hold_a_buyer():
    market, _ = leaving(switching_cost=100_000.0, bond_cost=30_000.0)
    market.buyers["horizon"] = 1.0
    market.relationships["bonds"] = 6.0
    take(ordering.buyer_step, market)
    assert market.buyers[0].candidate == -1


def test_nobody_moves_to_a_supplier_it_already_has():
    market, _ = leaving()
    market.buyer_draws["candidate"] = (market.relationships[1].seller + 0.5) / 3.0
    take(ordering.buyer_step, market)
    assert market.buyers[0].candidate == -1


def test_purchases_at_intervals_cover_the_whole_need():
    market = small_market(purchase_interval=6)
    market.relationships["price"] = 100.0
    ordered = 0.0
    for period in range(12):
        market.clock["period"] = period
        take(ordering.buyer_step, market)
        ordered += market.relationships["units"].sum()
    assert ordered == pytest.approx(12.0 * market.buyers[0].volume)


def test_who_promises_more_wins_orders_from_those_who_believe_it():
    market = small_market()
    market.relationships["price"] = 100.0
    market.relationships["promised"] = [1.0, 0.0]
    take(ordering.buyer_step, market)
    assert market.relationships[0].units > market.relationships[1].units


def test_what_was_on_order_with_a_lost_supplier_is_ordered_again():
    market = small_market()
    market.relationships["price"] = 100.0
    market.buyers["backlog"] = 700.0
    take(ordering.buyer_step, market)
    assert market.relationships["units"].sum() == pytest.approx(market.buyers[0].volume + 700.0)
    assert market.buyers[0].backlog == 0.0
