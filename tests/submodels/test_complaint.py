"""Complaint: voiced or swallowed, made good or not (B8, A6)."""

import math

import pytest
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import complaint


@pytest.mark.parametrize(("count", "probability"), [(1.0, 0.2), (5.0, 0.5), (3.0, 0.9)])
def test_number_follows_the_binomial(count, probability):
    draws = [
        plain(complaint.number_of)(count, probability, (n + 0.5) / 10_000) for n in range(10_000)
    ]
    assert sum(draws) / len(draws) == pytest.approx(count * probability, rel=0.01)
    assert draws.count(0.0) / len(draws) == pytest.approx((1.0 - probability) ** count, abs=0.001)
    assert max(draws) <= count


@pytest.mark.parametrize("probability", [0.0, 1.0])
def test_sure_things(probability):
    assert plain(complaint.number_of)(4.0, probability, 0.5) == 4.0 * probability


def troubled(**values):
    market = small_market(**values)
    market.relationships["delivered"] = 500.0
    market.relationships["serious_problems"] = 2.0
    market.relationships["small_problems"] = 3.0
    return market


def test_swallowed_problems_become_grievance():
    market = troubled(hold={"voice": -10.0})
    market.relationship_draws["voice_serious"] = 0.5
    market.relationship_draws["voice_small"] = 0.5
    take(complaint.buyer_step, market)
    slot = first_place(market)
    take(complaint.salesperson_step, market)
    relationship = market.relationships[slot]
    assert relationship.voiced_serious == relationship.voiced_small == 0.0
    assert relationship.silent_months == 1.0
    assert relationship.grievance == pytest.approx(2.0 + 3.0 * market.parameters[0].small_share)
    assert relationship.unsettled == 2.0


def test_voiced_and_made_good_leaves_no_grievance_and_less_loss():
    losses = []
    for mended in (0.0, 1.0):
        market = troubled(hold={"voice": 10.0}, remedy_rate=0.8)
        market.relationship_draws["voice_serious"] = 0.5
        market.relationship_draws["voice_small"] = 0.5
        for kind in ("remedied_serious", "remedied_small"):
            market.relationship_draws[kind] = mended * 0.999
        market.relationships["attention"] = 1.5
        take(complaint.buyer_step, market)
        take(complaint.salesperson_step, market)
        relationship = market.relationships[first_place(market)]
        assert relationship.voiced_serious == 2.0
        assert relationship.silent_months == 0.0
        losses.append(relationship.failure_cost)
    assert relationship.unsettled == 0.0
    assert relationship.grievance == 0.0
    assert losses[1] == 0.0 < losses[0]


def test_the_middle_of_all_cues_neither_opens_nor_closes_a_mouth():
    assert plain(complaint.voice_drive)(0.0, 0.5, 0.5, 1.0, 0.5, 3.0) == 0.0


@pytest.mark.parametrize("remedied", [0.0, 1.0])
def test_a_small_problem_costs_its_share_of_a_serious_one(remedied):
    """In what it loses if it stays, and in what its repair costs if it is made good."""
    lost, repaired = [], []
    for kind, other in (("serious", "small"), ("small", "serious")):
        market = troubled(small_share=0.2)
        market.relationships[f"{kind}_problems"] = 1.0
        market.relationships[f"{other}_problems"] = 0.0
        market.relationships[f"voiced_{kind}"] = 1.0
        market.relationship_draws[f"remedied_{kind}"] = 0.999 * remedied
        take(complaint.salesperson_step, market)
        relationship = market.relationships[first_place(market)]
        lost.append(float(relationship.failure_cost))
        repaired.append(float(relationship.service_money))
    p = market.parameters[0]
    assert lost == pytest.approx([(1.0 - remedied) * share * p.serious_loss for share in (1, 0.2)])
    assert repaired == pytest.approx([remedied * share * p.repair_cost for share in (1, 0.2)])


@pytest.mark.parametrize(("kind", "chance"), [("serious", 0.5), ("small", 0.2)])
def test_the_odds_to_voice_a_small_problem_are_its_share_of_those_of_a_serious_one(kind, chance):
    voiced = []
    for draw in (1.0 - chance - 0.01, 1.0 - chance + 0.01):
        market = troubled(small_share=0.25, voice_serious=0.0, hold={"voice": 0.0})
        market.relationships[f"{kind}_problems"] = 1.0
        market.relationship_draws[f"voice_{kind}"] = draw
        take(complaint.buyer_step, market)
        voiced.append(float(market.relationships[0][f"voiced_{kind}"]))
    assert voiced == [0.0, 1.0]


def test_a_small_remedy_does_not_settle_a_serious_problem():
    market = troubled()
    market.relationships["voiced_serious"] = 0.0
    market.relationships["voiced_small"] = 3.0
    market.relationships["attention"] = 1.5
    market.relationship_draws["remedied_small"] = 0.999
    market.relationship_draws["remedied_serious"] = 0.999
    take(complaint.salesperson_step, market)
    relationship = market.relationships[first_place(market)]
    assert relationship.unsettled == 2.0


def test_asking_breaks_the_silence():
    voiced = []
    for asked in (0.0, 1.0):
        market = troubled()
        market.relationships["asked"] = asked
        market.relationship_draws["voice_serious"] = 0.6
        take(complaint.buyer_step, market)
        voiced.append(market.relationships[0].voiced_serious)
    assert voiced[1] > voiced[0]


def test_what_has_been_said_when_asked_weighs_less_by_as_much_as_may_be_mended():
    grievance = []
    for asked in (0.0, 1.0):
        market = troubled(remedy_rate=0.7)
        market.relationships["serious_problems"] = market.relationships["small_problems"] = 0.0
        market.relationships["grievance"] = 2.0
        market.relationships["asked"] = asked
        take(complaint.salesperson_step, market)
        grievance.append(market.relationships[first_place(market)].grievance)
    assert grievance[1] == pytest.approx(0.3 * grievance[0])


def test_to_voice_a_problem_takes_the_hours_of_an_inquiry():
    market = troubled(hold={"voice": 10.0})
    market.relationship_draws["voice_serious"] = market.relationship_draws["voice_small"] = 0.5
    market.relationships["complaint_hours"] = 1.5
    take(complaint.buyer_step, market)
    relationship = market.relationships[0]
    problems = relationship.voiced_serious + relationship.voiced_small
    assert problems >= 2.0
    assert relationship.complaint_hours == 1.5 + problems * market.parameters[0].inquiry_hours


@pytest.mark.parametrize(
    ("field", "low", "high", "sign"),
    [
        ("grievance", 0.0, 6.0, -1),
        ("promises_kept", 0.0, 1.0, 1),
        ("buyer_commitment", 0.0, 1.0, 1),
        ("attention", 0.2, 1.4, 1),
    ],
)
def test_what_makes_people_speak(field, low, high, sign):
    spoken = []
    for value in (low, high):
        market = troubled()
        market.relationships["serious_problems"] = 20.0
        market.relationships[field] = value
        market.relationship_draws["voice_serious"] = 0.5
        take(complaint.buyer_step, market)
        spoken.append(market.relationships[0].voiced_serious)
    assert sign * (spoken[1] - spoken[0]) > 0.0
    assert all(math.isfinite(number) for number in spoken)


def test_voicing_a_small_thing_is_not_held_against_it():
    """Whether voiced in vain or swallowed, a small problem leaves a small grievance."""
    grievance = []
    for voiced in (0.0, 3.0):
        market = troubled()
        market.relationships["serious_problems"] = 0.0
        market.relationships["voiced_small"] = voiced
        market.relationship_draws["remedied_small"] = 0.0
        take(complaint.salesperson_step, market)
        grievance.append(market.relationships[first_place(market)].grievance)
    assert grievance[1] <= grievance[0] + 1e-9
