"""What a supplier costs as a buyer sees it, and what moving saves (B1, B9; H70)."""

import pytest
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import attention, complaint, exploitation, trust


@pytest.mark.parametrize(("trust_in_leaver", "moved"), [(0.9, -1), (0.5, 0), (0.1, 1)])
def test_trust_goes_back_toward_first_trust_when_a_person_leaves(trust_in_leaver, moved):
    after = plain(attention.inherited)(trust_in_leaver, 0.5, 0.7)
    assert (after > trust_in_leaver) - (after < trust_in_leaver) == moved


def voiced_drive(units, grievance):
    """What is left of the chance to voice, in a small or large account with a grievance."""
    market = small_market(units_per_account=100.0)
    market.relationships["usual_units"] = units
    market.relationships["grievance"] = grievance
    market.relationships["small_problems"] = 1.0
    chances = []
    for draw in range(1, 400):
        market.relationship_draws["voice_small"] = draw / 400.0
        take(complaint.buyer_step, market)
        chances.append(float(market.relationships[0].voiced_small))
    return sum(chances)


def test_as_many_problems_weigh_less_in_a_larger_account():
    assert voiced_drive(300.0, 3.0) == pytest.approx(voiced_drive(100.0, 1.0))
    assert voiced_drive(100.0, 3.0) < voiced_drive(300.0, 3.0)
    losses = []
    for units in (100.0, 1000.0):
        market = small_market(units_per_account=100.0)
        market.relationships["usual_units"] = units
        market.relationships["unsettled"] = 1.0
        take(trust.buyer_step, market)
        losses.append(float(market.relationships[0].buyer_trust_in_seller))
    assert losses[0] < losses[1]


@pytest.mark.parametrize(("months_left", "used"), [(0, True), (12, False)])
def test_what_was_disclosed_is_pressed_with_only_when_the_price_is_open(months_left, used):
    market = small_market()
    market.relationships["contract_end"] = market.clock.period[0] + months_left
    market.relationships["business_disclosure_by_seller"] = 3.0
    market.relationships["price"] = 90.0
    market.relationships["usual_units"] = 500.0
    market.relationships["buyer_balance"] = -1e6
    market.buyers["leverage_use"] = 1.0
    market.buyer_draws["searches"] = 0.0
    take(exploitation.buyer_step, market)
    assert (market.relationships[0].leverage > 0.0) == used
    assert (market.relationships[0].disclosure_used > 0.0) == used


def test_who_prices_service_charges_nothing_later():
    market = small_market(repair_cost=100.0)
    market.salespeople["prices_service"] = 1.0
    market.relationships["serious_problems"] = 2.0
    market.relationships["voiced_serious"] = 2.0
    market.relationships["attention"] = 1.0
    market.relationships["service_charge"] = 0.0
    market.relationship_draws["remedied_serious"] = 0.999
    take(complaint.salesperson_step, market, int(market.relationships[0].seller))
    assert market.relationships[0].remedied > 0.0
    assert market.relationships[0].service_charge == 0.0


def test_only_repairs_that_were_made_are_charged():
    market = small_market(repair_cost=100.0)
    seller = int(market.relationships[0].seller)
    market.salespeople["prices_service"] = 0.0
    market.relationships["serious_problems"] = 2.0
    market.relationships["voiced_serious"] = [0.0, 2.0]
    market.relationships["attention"] = 1.0
    market.relationships["service_charge"] = 0.0
    market.relationship_draws["remedied_serious"] = 0.999
    for number in (seller, 1 - seller):
        take(complaint.salesperson_step, market, number)
    silent, voiced = market.relationships["service_charge"]
    assert silent == 0.0
    assert voiced == 100.0 * market.relationships[1].remedied > 0.0
