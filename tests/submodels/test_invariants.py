"""What holds whatever the state: pools are not overdrawn, nothing comes from nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markets import market_at_end, occupied, periods_of, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import attention, improvement, shared, trust
from relsim.parameters import Parameters

SMALL = {"buyers": 12, "salespeople": 6, "suppliers_per_buyer": 3, "periods": 36, "warm_up": 0}

shares = st.floats(0.0, 1.0)
accounts = st.lists(
    st.tuples(shares, st.floats(-50_000.0, 100_000.0), st.sampled_from([0.0, 1.0])),
    min_size=4,
    max_size=4,
)


def hours_given(market, seller=0):
    """Engineers' hours that a seller gives to the customers it works with."""
    own = market.relationships[market.relationships["seller"] == seller]
    return float((own["engineer_hours"] * own["business_engagement"]).sum())


@settings(max_examples=60, deadline=None)
@given(accounts, st.floats(5.0, 120.0), st.floats(100.0, 10_000.0))
def test_engineers_have_no_more_hours_than_there_are(given_accounts, pool, elsewhere):
    market = small_market(
        buyers=4,
        salespeople=1,
        suppliers_per_buyer=1,
        engineer_pool=pool,
        account_prospect=elsewhere,
    )
    columns = np.array(given_accounts).T
    for name, column in zip(
        ("seller_trust_in_buyer", "usual_profit", "business_engagement"), columns, strict=True
    ):
        market.relationships[name] = column
    take(attention.salesperson_step, market)
    assert (market.relationships["engineer_hours"] >= 0.0).all()
    assert hours_given(market) <= pool * (1.0 + 1e-9)


@pytest.mark.parametrize("seed", range(2))
def test_engineers_of_a_running_market_have_no_more_hours_than_there_are(seed):
    parameters = Parameters(**SMALL, hold={"business_engagement": 1.0}, account_prospect=100.0)
    market = market_at_end(parameters, seed)
    given_hours = []
    for seller in range(len(market.salespeople)):
        take(attention.salesperson_step, market, seller)
        given_hours.append(hours_given(market, seller))
    assert max(given_hours) <= parameters.engineer_pool * (1.0 + 1e-9)
    # Where other work pays next to nothing, nearly all of it goes to customers that do pay.
    assert max(given_hours) > 0.9 * parameters.engineer_pool


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "buyer_trust_in_seller": shares,
            "seller_trust_in_buyer": shares,
            "promises_kept": shares,
            "familiarity": shares,
            "skill": shares,
            "understanding": shares,
            "clauses": st.floats(0.0, 24.0),
            "grievance": st.floats(0.0, 10.0),
            "padding": shares,
            "usual_profit": st.floats(-10_000.0, 50_000.0),
            "buyer_balance": st.floats(-10_000.0, 50_000.0),
        }
    ),
    st.sampled_from(["nothing is delivered", "nothing is exposed"]),
)
def test_trust_stays_where_nothing_is_exposed_and_nothing_happens(state, idle):
    market = small_market()
    for name, value in state.items():
        market.relationships[name] = value
    if idle == "nothing is delivered":
        market.relationships["business_disclosure_by_buyer"] = 2.0
        market.relationships["business_disclosure_by_seller"] = 2.0
    else:
        market.relationships["delivered"] = 500.0
    take(trust.buyer_step, market)
    for seller in range(2):
        take(trust.salesperson_step, market, seller)
    for field in ("buyer_trust_in_seller", "seller_trust_in_buyer"):
        assert list(market.relationships[field]) == pytest.approx([state[field]] * 2, abs=0.0)


@pytest.mark.parametrize("seed", range(2))
def test_familiarity_and_skill_are_shares_and_nothing_in_a_new_pair(seed):
    parameters = Parameters(
        **SMALL,
        learning_rate=0.02,
        familiarity_hours=30.0,
        search_by_grievance=0.4,
        switching_cost=0.0,
    )
    new, old = 0, 0.0
    for market in periods_of(parameters, seed):
        pairs = occupied(market)
        for field in ("familiarity", "skill"):
            assert pairs[field].min() >= 0.0
            assert pairs[field].max() <= 1.0
        begun = pairs["start"] == market.clock.period[0]
        new += int(begun.sum())
        old = max(old, float(pairs["familiarity"].max() * pairs["skill"].max()))
        assert not pairs["familiarity"][begun].any()
        assert not pairs["skill"][begun].any()
    assert new > 0
    assert old > 0.1


@settings(max_examples=100, deadline=None)
@given(
    idea_value=st.floats(0.0, 12.0),
    process_idea_value=st.floats(0.0, 12.0),
    idea_share=shares,
    skill=shares,
    sharing=st.booleans(),
)
def test_gains_by_an_idea_add_up_to_its_value(
    idea_value, process_idea_value, idea_share, skill, sharing
):
    """What the buyer saves and what the seller saves, however it is shared."""
    market = small_market(
        idea_share=idea_share, without=frozenset() if sharing else frozenset({"shared_gains"})
    )
    p, r, seller = market.parameters[0], market.relationships[0], market.salespeople[0]
    r.skill = skill
    before = plain(shared.cost_of_unit)(p, r, seller)
    r.idea_value, r.process_idea_value = idea_value, process_idea_value
    saved_by_seller = before - plain(shared.cost_of_unit)(p, r, seller)
    saved_by_buyer = plain(shared.idea_saving)(p, r)
    assert saved_by_buyer >= 0.0
    assert saved_by_buyer + saved_by_seller == pytest.approx(idea_value + process_idea_value)


def test_what_a_person_knew_is_lost_with_the_person_and_what_the_firm_knew_only_in_part():
    market = small_market()
    market.relationships["skill"] = market.relationships["familiarity"] = 0.6
    plain(attention.start_anew)(market.parameters[0], market.relationships[0], 0.0)
    assert market.relationships[0].familiarity == 0.0
    assert 0.0 < market.relationships[0].skill < 0.6
    take(improvement.salesperson_step, market, int(market.relationships[0].seller))
    assert market.relationships[0].skill < 0.6
