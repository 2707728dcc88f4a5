"""Meeting: hours really spent, joint work in what is left (B15, B16)."""

import pytest
from markets import small_market, take

from relsim.model.submodels import meeting


def test_transaction_matters_take_hours_from_joint_work():
    market = small_market()
    market.relationships["haggling_hours"] = [0.0, 3.0]
    market.relationships["contract_hours"] = [0.0, 2.0]
    take(meeting.buyer_step, market)
    spared, haggled = market.relationships
    assert spared.joint_hours - haggled.joint_hours == pytest.approx(5.0)


@pytest.mark.parametrize("trust", [0.1, 0.5, 0.9])
def test_same_actions_same_hours_whatever_the_trust(trust):
    market = small_market()
    market.relationships["haggling_hours"] = 2.0
    market.relationships["buyer_trust_in_seller"] = trust
    market.relationships["seller_trust_in_buyer"] = trust
    take(meeting.buyer_step, market)
    p = market.parameters[0]
    assert market.relationships[0].joint_hours == p.contact_hours - 2.0


def test_blame_is_laid_by_those_who_do_not_trust():
    market = small_market()
    market.relationships["unsettled"] = 1.0
    market.relationships["buyer_trust_in_seller"] = [0.1, 0.95]
    take(meeting.buyer_step, market)
    assert market.relationships[0].blame_hours > 0.0
    assert market.relationships[1].blame_hours == 0.0


def test_a_broken_promise_without_a_problem_is_no_matter_of_blame():
    market = small_market()
    market.relationships["promise_outcome"] = -1.0
    market.relationships["buyer_trust_in_seller"] = 0.0
    take(meeting.buyer_step, market)
    assert not market.relationships["blame_hours"].any()


def test_only_friends_spend_time_as_persons():
    market = small_market()
    market.relationships["personal_engagement"] = [0.0, 1.0]
    take(meeting.buyer_step, market)
    hours = list(market.relationships["personal_hours"])
    assert hours == [0.0, market.parameters[0].personal_hours]


def test_without_contact_nobody_meets():
    market = small_market(without={"contact"})
    market.relationships["personal_engagement"] = 1.0
    take(meeting.buyer_step, market)
    assert list(market.relationships["joint_hours"]) == [0.0, 0.0]
    assert list(market.relationships["personal_hours"]) == [0.0, 0.0]
