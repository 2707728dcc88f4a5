"""What each mechanism of the literature does, and the simpler rule that applies without it."""

import pytest
from markets import first_place, small_market, take, with_and_without

from relsim.engine.compilation import plain
from relsim.model.submodels import (
    attention,
    contracts,
    delivery,
    improvement,
    negotiation,
    offer,
    ordering,
    shared,
)

ALIKE = {"unit_cost_spread": 0.0, "capability_spread": 0.0}
"""Sellers that differ in nothing but what a test sets."""


# --- the bargain -------------------------------------------------------------------------------


def quoted(without, **values):
    """A market in which all sellers have quoted; its one buyer bargains hard."""
    market = small_market(without=without, service_in_price_share=0.0, **{**ALIKE, **values})
    market.salespeople["prices_service"] = 0.0
    # All have enough to do: who is idle gives its markup away before any rival is asked.
    market.salespeople["accounts"] = 5
    for seller in range(len(market.salespeople)):
        take(offer.salesperson_step, market, seller)
    market.buyers["opening_demand"] = 0.2
    market.buyers["rival_quotes"] = 0.0
    return market


def price_with_rivals(without, rivals):
    # One usual account, so that the incumbent has no lower cost than whoever would replace it.
    account = {"suppliers_per_buyer": 1, "volume": 500.0, "volume_spread": 0.0, "overhead": 0.0}
    market = quoted(without, salespeople=6, incumbent_premium=0.0, **account)
    others = [s for s in range(6) if s != market.relationships[0].seller]
    for number in range(4):
        market.buyer_draws[f"rival_{number + 1}"] = (others[number] + 0.5) / 6.0
    market.buyers["rival_quotes"] = float(rivals)
    take(negotiation.buyer_step, market)
    return float(market.relationships[0].price)


def test_competitive_bids():
    """Of sellers that are all alike, the more are asked, the less each asks (V61, MM87)."""
    few, few_without = with_and_without("competitive_bids", price_with_rivals, 1)
    many, many_without = with_and_without("competitive_bids", price_with_rivals, 4)
    none, _ = with_and_without("competitive_bids", price_with_rivals, 0)
    assert many < few < none
    assert many_without == few_without


def bid_against(without, price, rivals=1, accounts=3):
    """Whether a buyer whose contract is negotiated at a price takes the bid of a stranger."""
    account = {"suppliers_per_buyer": 1, "volume": 500.0, "volume_spread": 0.0}
    market = quoted(without, salespeople=6, **account)
    market.buyer_draws["searches"] = 1.0
    incumbent = int(market.relationships[0].seller)
    others = [s for s in range(6) if s != incumbent]
    for number in range(4):
        market.buyer_draws[f"rival_{number + 1}"] = (others[number] + 0.5) / 6.0
    market.buyer_draws["candidate"] = (others[4] + 0.5) / 6.0
    market.salespeople["bid"] = 80.0
    market.salespeople["bid_floor"] = 70.0
    market.salespeople["accounts"] = accounts
    market.buyers["quotes"] = rivals
    market.relationships["start"] = -9
    market.relationships["negotiated"] = 1.0
    market.relationships["contract_end"] = 30
    market.relationships["price"] = price
    take(ordering.buyer_step, market)
    buyer = market.buyers[0]
    return (int(buyer.candidate) == others[0], float(buyer.candidate_bid))


def test_winning_bids():
    """A bid far below what the incumbent would sign takes its place (V61)."""
    taken, only_pressed = with_and_without("winning_bids", bid_against, 99.0)
    assert taken == (True, 75.0)
    assert only_pressed == (False, 0.0)
    assert bid_against(frozenset(), 74.0) == (False, 0.0)
    assert bid_against(frozenset(), 99.0, rivals=0) == (False, 0.0)


def test_winning_bids_take_room_for_another_account():
    assert bid_against(frozenset(), 99.0, accounts=6) == (False, 0.0)


def test_winning_bids_bind_who_made_them():
    """The first contract of a winner is at its bid, even if haggling would have ended above."""
    prices = []
    for bid in (0.0, 71.0):
        market = quoted(frozenset(), salespeople=2, suppliers_per_buyer=1)
        market.buyers["opening_demand"] = 0.0
        market.relationships["start"] = market.clock.period[0]
        market.relationships["price"] = bid
        take(negotiation.buyer_step, market)
        prices.append(float(market.relationships[0].price))
    assert prices[1] == 71.0 < prices[0]


def leaves(without, months_left):
    """Whether a buyer leaves a somewhat dear supplier while its contract has some months to go."""
    market = small_market(without=without, salespeople=3, suppliers_per_buyer=1)
    stranger = int(not market.relationships[0].seller)
    market.buyer_draws["candidate"] = (stranger + 0.5) / 3.0
    market.buyer_draws["searches"] = 0.0
    market.salespeople["list_quote"] = 80.0
    market.relationships["price"] = 100.0
    market.relationships["cash_floor"] = 70.0
    market.relationships["usual_units"] = 1000.0
    market.relationships["contract_end"] = months_left
    market.relationships["grievance"] = 9.0
    take(ordering.buyer_step, market)
    return bool(market.buyers[0].candidate == stranger)


def test_binding_contracts():
    """Who leaves early owes the profit that is lost: more than it saves, if much is left (S80)."""
    assert with_and_without("binding_contracts", leaves, 1) == (True, True)
    assert with_and_without("binding_contracts", leaves, 60) == (False, True)


def price_after(without, last_price):
    market = quoted(without)
    market.buyers["opening_demand"] = 0.0
    market.relationships["start"] = -9
    market.relationships["price"] = last_price
    take(negotiation.buyer_step, market)
    return float(market.relationships[0].price / market.relationships[0].quote)


def test_fresh_demand():
    """A demand starts from the quote at hand: a low price of the past is no ratchet."""
    after_high, ratchet_high = with_and_without("fresh_demand", price_after, 1000.0)
    after_low, ratchet_low = with_and_without("fresh_demand", price_after, 60.0)
    assert after_low == after_high == 1.0
    assert ratchet_low < ratchet_high


def hours_of_haggling(without, field, value, **values):
    market = quoted(without, **values)
    market.relationships["buyer_trust_in_seller"] = 0.1
    market.relationships[field] = value
    take(negotiation.buyer_step, market)
    return float(market.relationships[0].haggling_hours)


def test_impatience():
    """Delay costs a share of what is bargained about, so that haggling ends sooner (R82)."""
    impatient, patient = with_and_without("impatience", hours_of_haggling, "bonds", 0.0)
    assert 0.0 < impatient < patient


def test_open_books():
    """Costs that were disclosed leave no padding to suspect (KK05)."""
    field = "business_disclosure_by_seller"
    closed, closed_without = with_and_without("open_books", hours_of_haggling, field, 0.0)
    opened, opened_without = with_and_without("open_books", hours_of_haggling, field, 3.0)
    assert opened < closed
    assert opened_without == closed_without


def length_of_contract(without, skill, lead_time):
    market = quoted(without, lead_time=lead_time)
    market.relationships["skill"] = skill
    market.relationship_draws["contract_length"] = 0.0
    market.buyers["rebids_per_year"] = 12.0
    market.relationships["buyer_trust_in_seller"] = 0.2
    market.relationships["seller_trust_in_buyer"] = 0.2
    take(negotiation.buyer_step, market)
    return int(market.relationships[0].contract_end)


def test_contract_weighing():
    """Contracts run the longer, the more is sunk in them, and at least the lead time (J87)."""
    usual, usual_without = with_and_without("contract_weighing", length_of_contract, 0.0, 0)
    sunk, sunk_without = with_and_without("contract_weighing", length_of_contract, 0.9, 0)
    assert sunk > usual
    assert sunk_without == usual_without
    slow, slow_without = with_and_without("contract_weighing", length_of_contract, 0.0, 24)
    assert slow >= 24 > usual
    assert slow_without == usual_without


def test_contract_weighing_of_what_is_sunk_takes_doubt():
    """Nothing sunk is feared for where the other is trusted."""
    stake = plain(contracts.at_stake_in_renegotiation)
    assert stake(1.0, 0.9, 0.25, 40_000.0) == 0.0


# --- cost --------------------------------------------------------------------------------------


def fair_quote(without, overhead, capability):
    market = small_market(without=without, overhead=overhead, **ALIKE)
    market.salespeople["capability"] = capability
    take(offer.salesperson_step, market)
    slot = first_place(market)
    return float(market.relationships[slot].fair_quote), float(market.salespeople[0].bid)


@pytest.mark.parametrize("dearer", [(9000.0, 0.0), (0.0, 0.5)])
def test_full_cost(dearer):
    """Quotes carry overhead, and what is better costs more to make, for any customer (B12)."""
    lean, lean_without = with_and_without("full_cost", fair_quote, 0.0, 0.0)
    heavy, heavy_without = with_and_without("full_cost", fair_quote, *dearer)
    assert heavy[0] > lean[0]
    assert heavy[1] > lean[1]
    assert heavy_without == lean_without


def test_full_cost_leaves_less_for_service():
    service = []
    for without in (frozenset(), frozenset({"full_cost"})):
        market = small_market(without=without, overhead=9000.0, **ALIKE)
        market.relationships["price"] = 78.0
        take(delivery.salesperson_step, market)
        service.append(float(market.relationships[first_place(market)].service))
    assert service[0] < service[1]


# --- joint work --------------------------------------------------------------------------------


def engineers(without, trusts, profits=(4000.0, 4000.0, 4000.0), engaged=(1.0, 1.0, 1.0)):
    market = small_market(without=without, buyers=3, salespeople=1, suppliers_per_buyer=1)
    market.relationships["seller_trust_in_buyer"] = trusts
    market.relationships["usual_profit"] = profits
    market.relationships["business_engagement"] = engaged
    take(attention.salesperson_step, market)
    return [float(hours) for hours in market.relationships["engineer_hours"]]


def test_prioritization():
    """Engineers go where their work is expected to pay and to be shared (HDT08)."""
    alike, alike_without = with_and_without("prioritization", engineers, (0.5, 0.5, 0.5))
    unlike, unlike_without = with_and_without("prioritization", engineers, (0.9, 0.5, 0.1))
    assert alike[0] == pytest.approx(alike[2])
    assert unlike[0] > unlike[1] > unlike[2]
    # What one customer gets, the others do not, if the seller works with it.
    favourite = engineers(frozenset(), (0.9, 0.5, 0.5))
    assert favourite[1] < alike[1]
    outsider = engineers(frozenset(), (0.9, 0.5, 0.5), engaged=(0.0, 1.0, 1.0))
    assert outsider[1] > alike[1]
    p = small_market().parameters[0]
    assert alike_without == unlike_without == [p.engineer_pool / p.max_accounts] * 3


def test_prioritization_looks_at_size_and_margin_too():
    hours = engineers(frozenset(), (0.5, 0.5, 0.5), (8000.0, 4000.0, -1000.0))
    assert hours[0] > hours[1] > hours[2] == 0.0


def test_prioritization_spares_the_hours_of_salespeople():
    """Engineers have hours of their own; by the simpler rule they are those of the salesperson."""

    def attention_of_all(without):
        market = small_market(without=without, buyers=4, salespeople=1, suppliers_per_buyer=1)
        market.relationships["business_engagement"] = 1.0
        for _ in range(100):
            take(attention.salesperson_step, market)
        return float(market.relationships["attention"].sum())

    spared, taken = with_and_without("prioritization", attention_of_all)
    assert taken < spared


def worked_together(without):
    market = small_market(without=without, **ALIKE)
    relationship = market.relationships[first_place(market)]
    relationship.business_disclosure_by_buyer = relationship.business_disclosure_by_seller = 3.0
    relationship.price, relationship.joint_hours = 90.0, 20.0
    course = []
    for _ in range(24):
        take(improvement.salesperson_step, market)
        take(offer.salesperson_step, market)
        take(delivery.salesperson_step, market)
        course.append((float(relationship.cash_floor), float(relationship.skill)))
    return course, float(relationship.expected_quality)


def test_improvement():
    """Working together makes what is delivered better and cheaper, step by step (KMD03)."""
    (learned, better), (unlearned, usual) = with_and_without("improvement", worked_together)
    assert learned[23][0] < learned[11][0] < learned[0][0]
    assert 0.0 < learned[0][1] < learned[11][1] < learned[23][1] < 1.0
    assert better > usual
    assert {cost for cost, _ in unlearned} == {unlearned[0][0]}
    assert {skill for _, skill in unlearned} == {0.0}


def gains_by_ideas(without, idea_value, process_idea_value):
    """A month's gain a unit by ideas: what the buyer saves and is quoted less, and the seller's."""
    market = small_market(without=without, **ALIKE)
    p, r = market.parameters[0], market.relationships[first_place(market)]
    seller = market.salespeople[0]
    quoted_before = plain(shared.cost_quoted)(p, r, seller)
    r.idea_value, r.process_idea_value = idea_value, process_idea_value
    quoted_after = plain(shared.cost_quoted)(p, r, seller)
    buyer = plain(shared.idea_saving)(p, r) + quoted_before - quoted_after
    return buyer, quoted_after - plain(shared.cost_of_unit)(p, r, seller)


@pytest.mark.parametrize(("idea_value", "process_idea_value"), [(2.0, 0.0), (0.0, 3.0)])
def test_shared_gains(idea_value, process_idea_value):
    """Who gives an idea keeps a share of its gain; without, all goes to the buyer (D96)."""
    value = idea_value + process_idea_value
    (buyer, seller), (buyer_without, seller_without) = with_and_without(
        "shared_gains", gains_by_ideas, idea_value, process_idea_value
    )
    share = small_market().parameters[0].idea_share
    giver, receiver = (seller, buyer) if idea_value > 0.0 else (buyer, seller)
    assert giver == pytest.approx(share * value)
    assert receiver == pytest.approx((1.0 - share) * value)
    assert (buyer_without, seller_without) == pytest.approx((value, 0.0))
