"""What each mechanism of the literature does, and the simpler rule that applies without it."""

from collections.abc import Callable
from typing import Any

import pytest
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import (
    accounting,
    attention,
    complaint,
    contracts,
    delivery,
    disclosure,
    environment,
    evaluation,
    improvement,
    negotiation,
    offer,
    ordering,
    shared,
    trust,
)
from relsim.parameters import Parameters
from relsim.parameters.mechanisms import MECHANISMS

FIRST = "competitive_bids"
ALIKE = {"unit_cost_spread": 0.0, "capability_spread": 0.0}
"""Sellers that differ in nothing but what a test sets."""


def with_and_without(mechanism: str, found: Callable[..., Any], *args: Any) -> tuple[Any, Any]:
    """What is found in a market with a mechanism, and in one without it."""
    return found(frozenset(), *args), found(frozenset({mechanism}), *args)


def test_each_has_a_test():
    names = list(MECHANISMS)
    tested = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert {n for n in names[names.index(FIRST) :] if not any(n in t for t in tested)} == set()


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


# --- knowing each other ------------------------------------------------------------------------


def acquainted_after(without, months):
    market = small_market(without=without, monthly_variation=0.0)
    market.relationships["affinity"] = 1.5
    market.relationships["joint_hours"] = 8.0
    market.relationships["buyer_trust_in_seller"] = 0.8
    market.relationships["seller_trust_in_buyer"] = 0.8
    market.buyers["personal_boundary"] = 0.0
    market.salespeople["personal_boundary"] = 0.0
    for _ in range(months):
        for seller in range(2):
            take(disclosure.salesperson_step, market, seller)
        take(disclosure.buyer_step, market)
        take(evaluation.buyer_step, market)
    r = market.relationships[0]
    return float(r.familiarity), float(r.personal_disclosure_by_buyer), float(r.buyer_wish)


def test_acquaintance():
    """How one likes a person is found out by time together (BC75)."""
    strangers, known_at_once = with_and_without("acquaintance", acquainted_after, 1)
    friends, _ = with_and_without("acquaintance", acquainted_after, 60)
    assert 0.0 < strangers[0] < friends[0] < 1.0
    assert known_at_once[0] == 1.0
    # Before that nobody wants to spend time as persons, however well they would get on.
    assert strangers[2] < evaluation.PERSONAL_WISH <= friends[2]
    assert known_at_once[2] >= evaluation.PERSONAL_WISH
    assert friends[1] > strangers[1]
    early, early_without = with_and_without("acquaintance", acquainted_after, 12)
    assert early[1] < early_without[1]


def disclosed_to_one_known(without, personal):
    """Business told by a buyer of little trust to a person it knows that well."""
    market = small_market(without=without, monthly_variation=0.0)
    market.relationships["joint_hours"] = 8.0
    market.relationships["buyer_trust_in_seller"] = 0.3
    market.relationships["business_disclosure_by_buyer"] = 1.0
    market.relationships["personal_disclosure_by_seller"] = personal
    for _ in range(12):
        take(disclosure.buyer_step, market)
    return float(market.relationships[0].business_disclosure_by_buyer)


def test_open_domains():
    """Less harm is feared from whom one knows in the other domain (AT73, KJ22)."""
    unknown, unknown_without = with_and_without("open_domains", disclosed_to_one_known, 0.0)
    known, known_without = with_and_without("open_domains", disclosed_to_one_known, 3.0)
    assert known > unknown
    assert known_without == unknown_without == unknown


# --- what is learned ---------------------------------------------------------------------------


def trust_after_a_month(without, disclosed, clauses=0.0, exploited=0.0, delivered=500.0):
    market = small_market(without=without)
    r = market.relationships[first_place(market)]
    r.delivered, r.clauses = delivered, clauses
    r.business_disclosure_by_buyer = r.business_disclosure_by_seller = disclosed
    r.exploited_by_buyer = r.exploited_by_seller = exploited
    take(trust.buyer_step, market)
    take(trust.salesperson_step, market)
    return float(r.buyer_trust_in_seller), float(r.seller_trust_in_buyer)


def test_risk_based_trust():
    """Trust grows by what was at risk and honoured, and not by trade alone (MDS95)."""
    nothing, nothing_without = with_and_without("risk_based_trust", trust_after_a_month, 0.0)
    much, much_without = with_and_without("risk_based_trust", trust_after_a_month, 3.0)
    initial = float(small_market().parameters[0].initial_trust)
    assert nothing == (initial, initial)
    assert min(much) > initial
    # By the simpler rule a seller takes every month of trade for fair dealing, a buyer none.
    assert nothing_without == much_without
    assert nothing_without[0] == initial < nothing_without[1]


def test_risk_based_trust_takes_risk():
    bare, covered = (trust_after_a_month(frozenset(), 3.0, clauses) for clauses in (0.0, 12.0))
    assert max(covered) < min(bare)
    idle = trust_after_a_month(frozenset(), 3.0, delivered=0.0)
    assert set(idle) == {float(small_market().parameters[0].initial_trust)}
    # What was abused was not honoured: having told more makes it no better.
    assert trust_after_a_month(frozenset(), 3.0, exploited=1.0) == trust_after_a_month(
        frozenset(), 0.0, exploited=1.0
    )


def judged(without, accustomed):
    market = small_market(without=without, **ALIKE)
    r = market.relationships[first_place(market)]
    r.price, r.units, r.promised, r.accustomed_quality = 100.0, 500.0, -2.0, accustomed
    take(delivery.salesperson_step, market)
    return float(r.promise_outcome), float(r.accustomed_quality), float(r.quality)


def test_accustomed_quality():
    """One used to better is let down even where little was promised (O80, H64)."""
    spoiled, spoiled_without = with_and_without("accustomed_quality", judged, 3.0)
    modest, modest_without = with_and_without("accustomed_quality", judged, -2.0)
    assert spoiled[0] == -1.0
    assert modest[0] == spoiled_without[0] == modest_without[0] == 1.0
    for _, now, quality in (spoiled, modest):
        before = 3.0 if now > quality else -2.0
        assert abs(now - quality) < abs(before - quality)


def looked_for(without, grievance, draw=0.0):
    """The place for which a buyer looks at a newcomer, if it does."""
    market = small_market(salespeople=3, without=without)
    stranger = ({0, 1, 2} - set(market.relationships["seller"].tolist())).pop()
    market.buyer_draws["candidate"] = (stranger + 0.5) / 3.0
    market.buyer_draws["searches"] = draw
    market.salespeople["list_quote"] = 60.0
    market.relationships["price"] = [140.0, 120.0]
    market.relationships["grievance"] = grievance
    take(ordering.buyer_step, market)
    return int(market.buyers[0].candidate_slot)


def test_problem_driven_search():
    """Trouble starts the search, and it is the one who made it that is replaced (H70, CM63)."""
    assert with_and_without("problem_driven_search", looked_for, [0.0, 9.0]) == (1, -1)
    assert with_and_without("problem_driven_search", looked_for, [9.0, 0.0]) == (0, -1)
    assert with_and_without("problem_driven_search", looked_for, [0.0, 0.0]) == (-1, -1)


def test_problem_driven_search_takes_grievance():
    """Where grievance counts for nothing it singles nobody out."""
    assert looked_for(frozenset({"grievance"}), [0.0, 9.0]) == -1


def norms(without):
    market = small_market(without=without)
    market.relationships["believed_loss"] = [2.0, 6.0]
    market.relationships["usual_transaction_hours"] = [4.0, 10.0]
    market.relationships["delivered"] = 0.0
    take(accounting.buyer_step, market)
    losses = market.relationships["believed_loss"]
    return float(market.buyers[0].usual_loss), float(market.buyers[0].usual_hours), losses.mean()


def test_own_norms():
    """What a buyer is used to is what its own suppliers give it (TK59)."""
    (loss, hours, mean), (loss_without, hours_without, _) = with_and_without("own_norms", norms)
    assert (loss, hours) == pytest.approx((mean, 7.0))
    # fixed ones: 0.25 serious problems of 4,000 on 500 units, and half of the hours set aside
    assert (loss_without, hours_without) == pytest.approx((2.0, Parameters().contact_hours / 2))


def balance_with_hours(without, hours_elsewhere):
    """What a supplier gives a buyer that takes so many unproductive hours with the other one."""
    market = small_market(without=without)
    market.relationships["usual_transaction_hours"] = [10.0, hours_elsewhere]
    market.relationships["haggling_hours"] = 10.0
    take(accounting.buyer_step, market)
    take(evaluation.buyer_step, market)
    return float(market.relationships[0].buyer_balance)


def test_own_norms_judge_hours():
    """The same hours weigh less where the other supplier takes as many."""
    rare, rare_without = with_and_without("own_norms", balance_with_hours, 0.0)
    common, common_without = with_and_without("own_norms", balance_with_hours, 20.0)
    assert common > rare
    assert common_without == rare_without


def answers(without, listening):
    """Remedies of twenty problems, and what is left of a misfit."""
    market = small_market(without=without, remedy_rate=0.3)
    market.salespeople["listening"] = listening
    market.buyer_draws["change_occurs"] = 1.0
    slot = first_place(market)
    r = market.relationships[slot]
    r.serious_problems = r.voiced_serious = 20.0
    r.misfit = 1.0
    market.relationship_draws["remedied_serious"] = 0.5
    take(complaint.salesperson_step, market)
    take(environment.buyer_step, market)
    return float(r.remedied), -float(r.misfit)


def test_listening_answers():
    """Firms that listen mend and adapt better (B13)."""
    deaf, deaf_without = with_and_without("listening_answers", answers, 0.0)
    attentive, attentive_without = with_and_without("listening_answers", answers, 1.0)
    assert attentive[0] > deaf[0]
    assert attentive[1] > deaf[1]
    assert attentive_without == deaf_without == deaf


def helped_by_plans(without, disclosed):
    """Misfit worked off, and quality, where both told so much of their business."""
    market = small_market(without=without, **ALIKE)
    market.buyer_draws["change_occurs"] = 1.0
    r = market.relationships[first_place(market)]
    r.business_disclosure_by_buyer = r.business_disclosure_by_seller = disclosed
    r.misfit, r.joint_hours, r.price = 1.0, 8.0, 90.0
    take(environment.buyer_step, market)
    take(delivery.salesperson_step, market)
    return -float(r.misfit), float(r.expected_quality)


def test_deeper_plans():
    """General talk is no plan; the deeper layers are (KJ22)."""
    silent, _ = with_and_without("deeper_plans", helped_by_plans, 0.0)
    general, general_without = with_and_without("deeper_plans", helped_by_plans, 1.0)
    all_told, all_told_without = with_and_without("deeper_plans", helped_by_plans, 3.0)
    assert general == silent
    assert general_without[0] > silent[0]
    assert general_without[1] > silent[1]
    assert all_told == all_told_without
    assert all_told[0] > general_without[0]


def share_of_orders(without, field, weight):
    market = small_market(without=without)
    market.buyers["life_cycle_weight"] = weight
    market.relationships["price"] = 100.0
    market.relationships[field] = [1.0, 0.0]
    take(ordering.buyer_step, market)
    return float(market.relationships[0].units / market.buyers[0].need)


@pytest.mark.parametrize("field", ["grievance", "promised"])
def test_price_only(field):
    """Who looks at the price only is moved by nothing else (B11)."""
    blind, feeling = with_and_without("price_only", share_of_orders, field, 0.0)
    assert blind == pytest.approx(0.5)
    assert feeling != pytest.approx(0.5, abs=0.01)
    whole, whole_without = with_and_without("price_only", share_of_orders, field, 1.0)
    assert whole == pytest.approx(whole_without)


def loss_of_equipment(without, in_use):
    market = small_market(without=without, service_life=100)
    market.relationships["recorded_loss"] = 0.0
    market.relationships["failure_cost"] = 8000.0
    market.relationships["in_use"] = in_use
    take(accounting.buyer_step, market)
    return float(market.relationships[0].recorded_loss)


def test_price_only_counts_losses_of_equipment_over_its_life():
    few, few_without = with_and_without("price_only", loss_of_equipment, 100_000.0)
    many, many_without = with_and_without("price_only", loss_of_equipment, 200_000.0)
    assert many == pytest.approx(few / 2.0)
    assert many_without == few_without
