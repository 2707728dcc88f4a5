"""Evaluation: costs against rewards, engagement that both agree to, bonds (A1, A4, A5, B9)."""

import pytest
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.state import COLLABORATIVE, COMMERCIAL, PERSONAL
from relsim.model.submodels import evaluation, ordering


@pytest.mark.parametrize(("understanding", "trust", "sign"), [(0.6, 0.5, 1), (0.3, 0.5, -1)])
def test_more_at_stake_is_welcome_where_understanding_exceeds_doubt(understanding, trust, sign):
    expected = plain(evaluation.engagement_balance)
    little, much = (expected(s, understanding, 50_000.0, 240.0, trust) for s in (0.02, 0.1))
    assert sign * (much - little) > 0.0


@pytest.mark.parametrize("balance", [-300.0, 0.0, 300.0])
def test_within_the_band_nothing_changes(balance):
    for engaged in (0.0, 1.0):
        assert plain(evaluation.wish)(engaged, balance, 400.0) == engaged


def weighed(buyer_trust, seller_trust, understanding=0.9, familiarity=1.0, **values):
    market = small_market(**values)
    market.relationships["buyer_trust_in_seller"] = buyer_trust
    market.relationships["seller_trust_in_buyer"] = seller_trust
    market.relationships["understanding"] = understanding
    market.relationships["price"] = 100.0
    market.relationships["marginal_cost"] = 105.0
    market.relationships["engineer_hours"] = 4.0
    market.relationships["affinity"] = 2.0
    market.relationships["familiarity"] = familiarity
    market.buyers["alternative_cost"] = 110.0
    market.buyers["personal_boundary"] = 0.0
    market.salespeople["personal_boundary"] = 0.0
    take(evaluation.buyer_step, market)
    for seller in range(2):
        take(evaluation.salesperson_step, market, seller)
    return market.relationships[0]


def test_engagement_takes_both():
    assert weighed(0.9, 0.9).phase == PERSONAL
    assert weighed(0.9, 0.0, understanding=0.3).phase == COMMERCIAL
    assert weighed(0.0, 0.9, understanding=0.3).phase == COMMERCIAL


def test_strangers_do_not_spend_time_as_persons_however_well_they_would_get_on():
    assert weighed(0.9, 0.9, familiarity=0.1).phase == COLLABORATIVE


def test_collaborative_partners_need_not_be_friends():
    assert weighed(0.9, 0.9, without={"personal_engagement"}).phase == COLLABORATIVE


def test_friends_need_not_be_partners():
    friends = weighed(0.9, 0.9, without={"engagement"})
    assert friends.personal_engagement == 1.0
    assert friends.phase == COMMERCIAL


def test_the_first_period_of_a_phase_is_kept():
    market = small_market(hold={"business_engagement": 1.0})
    market.clock["period"] = 2
    take(evaluation.salesperson_step, market)
    slot = first_place(market)
    assert market.relationships[slot].collaborative_since == 2
    market.clock["period"] = 5
    take(evaluation.salesperson_step, market)
    assert market.relationships[slot].collaborative_since == 2


def test_sellers_that_earn_well_volunteer_bonds_until_the_buyer_can_hardly_leave():
    market = small_market()
    market.salespeople["partnership"] = 1.0
    market.relationships["usual_profit"] = 50_000.0
    relationship = market.relationships[first_place(market)]
    course = []
    for _ in range(60):
        take(ordering.buyer_step, market)
        take(evaluation.salesperson_step, market)
        course.append(float(relationship.bonds))
    bonds = course[-1]
    assert course[0] == 1.0
    assert course[30] == bonds > 1.0
    p = market.parameters[0]
    assert market.salesperson_months[0].bonds == bonds * p.bond_cost
    assert market.salespeople[0].cash == p.working_capital - bonds * p.bond_cost


def test_nobody_volunteers_a_bond_to_a_buyer_that_has_no_choice():
    market = small_market()
    market.salespeople["partnership"] = 1.0
    market.relationships["usual_profit"] = 50_000.0
    market.relationships["buyer_dependence"] = 1.0
    take(evaluation.salesperson_step, market)
    assert not market.relationships["bonds"].any()


def test_without_bonds_there_are_none():
    market = small_market(without={"bonds"})
    market.salespeople["partnership"] = 1.0
    market.relationships["usual_profit"] = 50_000.0
    take(evaluation.salesperson_step, market)
    assert not market.relationships["bonds"].any()


@pytest.mark.parametrize(
    ("profit", "without", "leaves"),
    [
        (-20_000.0, frozenset(), 1.0),
        (-600.0, frozenset(), 1.0),
        # Small losses are borne.
        (-400.0, frozenset(), 0.0),
        (20_000.0, frozenset(), 0.0),
        (-20_000.0, frozenset({"seller_exit"}), 0.0),
    ],
)
def test_sellers_leave_accounts_that_keep_losing_money(profit, without, leaves):
    market = small_market(without=without)
    market.relationships["usual_profit"] = profit
    take(evaluation.salesperson_step, market)
    assert market.relationships[first_place(market)].seller_leaves == leaves
