"""Attention: scarce hours, spread by worth, drifting away (B6, B13)."""

import math

import numpy as np
import pytest
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import attention


def test_hours_promised_beyond_those_there_are_leave_none_to_spread():
    assert plain(attention.hours_left)(48.0, 60.0) == 0.0


def test_half_is_lost_in_the_time_that_erosion_says():
    after, left = plain(attention.attention_after), 1.0
    for _ in range(round(math.log(0.5) / math.log(0.95))):
        left = after(left, 1.0, 0.05, 0.0)
    assert left == pytest.approx(0.5, abs=0.02)


def test_hours_given_are_hours_there_are():
    """Targets of all accounts together use up the selling hours, unless the ceiling binds."""
    market = small_market(buyers=4, salespeople=1, suppliers_per_buyer=1, max_effort=2.0)
    p = market.parameters[0]
    market.relationships["usual_profit"] = [1000.0, 4000.0, 9000.0, -500.0]
    weights = [
        plain(attention.account_weight)(profit, p.account_prospect)
        for profit in market.relationships["usual_profit"]
    ]
    targets = [
        plain(attention.attention_target)(
            weight, sum(weights), p.selling_hours, p.standard_hours, p.max_effort
        )
        for weight in weights
    ]
    assert sum(targets) * p.standard_hours == pytest.approx(p.selling_hours)


def test_no_account_worth_anything_leaves_numbers():
    market = small_market(account_prospect=100.0)
    market.relationships["usual_profit"] = -1000.0
    take(attention.salesperson_step, market)
    assert all(math.isfinite(value) for value in market.relationships["attention"])


def test_without_erosion_attention_does_not_grow_without_end():
    market = small_market(without={"erosion"})
    for _ in range(200):
        take(attention.salesperson_step, market)
    slot = first_place(market)
    assert market.relationships[slot].attention <= market.parameters[0].max_effort + 1e-9


def test_a_new_salesperson_loses_the_personal_side_and_keeps_the_firms():
    market = small_market(staff_turnover=0.03)
    market.salesperson_draws["staff_leaves"] = 0.0
    relationship = market.relationships[first_place(market)]
    relationship.personal_disclosure_by_buyer = relationship.personal_disclosure_by_seller = 2.0
    relationship.business_disclosure_by_buyer = relationship.business_disclosure_by_seller = 2.0
    relationship.personal_engagement = 1.0
    relationship.familiarity = 0.8
    relationship.skill = 0.5
    take(attention.salesperson_step, market)
    kept = 2.0 * market.parameters[0].firm_memory
    assert relationship.personal_disclosure_by_buyer == 0.0
    assert relationship.personal_disclosure_by_seller == 0.0
    assert relationship.personal_engagement == 0.0
    assert relationship.familiarity == 0.0
    assert relationship.skill == pytest.approx(0.5 * market.parameters[0].firm_memory)
    assert relationship.business_disclosure_by_buyer == pytest.approx(kept)
    assert relationship.business_disclosure_by_seller == pytest.approx(kept)


def test_a_new_person_at_the_buyer_loses_the_personal_side_with_every_supplier():
    market = small_market(staff_turnover=0.03, candour=0.5, person_spread=0.2)
    market.relationships["personal_disclosure_by_buyer"] = 2.0
    market.relationships["personal_disclosure_by_seller"] = 2.0
    market.relationships["business_disclosure_by_buyer"] = 2.0
    market.relationships["personal_engagement"] = 1.0
    market.buyer_draws["staff_leaves"] = [0.0] + [0.9] * (len(market.buyers) - 1)
    market.buyer_draws["new_candour"] = 1.5
    stays = market.buyers["candour"].copy()
    take(attention.buyer_step, market)
    changed = np.arange(len(market.relationships)) < market.buyers[0].end_slot
    kept = 2.0 * market.parameters[0].firm_memory
    for variable, new in (("personal_disclosure_by_buyer", 0.0), ("personal_engagement", 0.0)):
        assert (market.relationships[variable][changed] == new).all()
    assert market.relationships["business_disclosure_by_buyer"][changed] == pytest.approx(kept)
    assert (market.relationships["personal_disclosure_by_buyer"][~changed] == 2.0).all()
    assert market.buyers["candour"][0] == pytest.approx(0.8)
    assert (market.buyers["candour"][1:] == stays[1:]).all()


def test_an_audit_that_finds_neglect_calls_attention_back():
    market = small_market()
    relationship = market.relationships[first_place(market)]
    relationship.attention, relationship.neglect_found = 0.1, 1.0
    take(attention.salesperson_step, market)
    assert relationship.attention == pytest.approx(market.parameters[0].max_effort)


def test_depth_here_is_neglect_there():
    targets = []
    for engaged in (0.0, 1.0):
        market = small_market(buyers=4, salespeople=1, suppliers_per_buyer=1)
        market.relationships["business_engagement"][:3] = engaged
        market.relationships["personal_engagement"][:3] = engaged
        for _ in range(100):
            take(attention.salesperson_step, market)
        targets.append(market.relationships[3].attention)
    assert targets[1] < targets[0]


def test_time_with_customers_is_learned_from_slowly():
    market = small_market()
    market.salespeople["customer_time"] = [1.0, 0.0]
    market.salespeople["listening"] = 0.5
    for seller in range(2):
        take(attention.salesperson_step, market, seller)
    with_programme, without = market.salespeople["listening"]
    assert without < 0.5 < with_programme < 0.7
