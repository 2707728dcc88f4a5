"""What mechanisms do once two know each other, and the simpler rule without each."""

import pytest
from markets import first_place, small_market, take, with_and_without

from relsim.model.submodels import (
    accounting,
    complaint,
    delivery,
    disclosure,
    environment,
    evaluation,
    ordering,
    trust,
)
from relsim.parameters import Parameters

ALIKE = {"unit_cost_spread": 0.0, "capability_spread": 0.0}
"""Sellers that differ in nothing but what a test sets."""


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
