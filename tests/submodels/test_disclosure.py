"""Disclosure: two domains, three layers, both sides, turn by turn (A2, A3, A5)."""

import pytest
from equations import check_bounds, check_direction
from markets import first_place, small_market, take

from relsim.model.initialization import monthly_decay
from relsim.model.submodels import disclosure

RANGES = {
    "trust": (0.0, 1.0),
    "level": (0.0, 3.0),
    "other": (0.0, 3.0),
    "acquainted": (0.0, 1.0),
    "gain": (-1.0, 2.0),
    "risk": (0.2, 2.0),
    "layer_growth": (1.2, 3.0),
    "answering": (0.0, 1.5),
    "net": (-2.0, 2.0),
    "pace": (0.01, 0.4),
    "contact": (0.0, 1.0),
    "disclosure_hold": (0.0, 1.0),
    "disclosure_monthly_decay": (0.89, 0.99),
    "hours": (0.0, 40.0),
    "contact_hours": (3.0, 16.0),
    "business_by_buyer": (0.0, 3.0),
    "business_by_seller": (0.0, 3.0),
    "personal_by_buyer": (0.0, 3.0),
    "personal_by_seller": (0.0, 3.0),
    "personal_understanding": (0.0, 0.5),
    "joint_hours": (0.0, 40.0),
    "personal_hours": (0.0, 8.0),
    "work_weight": (0.0, 1.0),
    "familiarity": (0.0, 1.0),
    "familiarity_hours": (30.0, 300.0),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (disclosure.harm_of_layer, "level", 1),
        (disclosure.harm_of_layer, "layer_growth", 1),
        (disclosure.net_gain, "trust", 1),
        (disclosure.net_gain, "level", -1),
        (disclosure.net_gain, "other", 1),
        (disclosure.net_gain, "gain", 1),
        (disclosure.net_gain, "risk", -1),
        (disclosure.net_gain, "acquainted", 1),
        (disclosure.level_after, "net", 1),
        (disclosure.level_after, "pace", 1),
        (disclosure.level_after, "contact", 1),
        (disclosure.level_after, "level", 1),
        (disclosure.contact_share, "hours", 1),
        (disclosure.contact_share, "contact_hours", -1),
        (disclosure.hours_as_persons, "joint_hours", 1),
        (disclosure.hours_as_persons, "personal_hours", 1),
        (disclosure.hours_as_persons, "work_weight", 1),
        (disclosure.familiarity_after, "familiarity", 1),
        (disclosure.familiarity_after, "hours", 1),
        (disclosure.familiarity_after, "familiarity_hours", -1),
        (disclosure.understanding, "business_by_buyer", 1),
        (disclosure.understanding, "personal_by_seller", 1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


def test_levels_and_understanding_stay_within_their_bounds():
    check_bounds(disclosure.level_after, 0.0, 3.0, RANGES)
    check_bounds(disclosure.understanding, 0.0, 1.0, RANGES)
    check_bounds(disclosure.contact_share, 0.0, 1.0, RANGES)
    check_bounds(disclosure.familiarity_after, 0.0, 1.0, RANGES)


def speak(market, months=1):
    for _ in range(months):
        for seller in range(len(market.salespeople)):
            take(disclosure.salesperson_step, market, seller)
        take(disclosure.buyer_step, market)


LEVELS = tuple(
    f"{domain}_disclosure_by_{side}"
    for domain in ("business", "personal")
    for side in ("buyer", "seller")
)


def trusting_market(**values):
    market = small_market(**values)
    for field in ("buyer_trust_in_seller", "seller_trust_in_buyer"):
        market.relationships[field] = 0.9
    market.relationships["joint_hours"] = 10.0
    market.relationships["affinity"] = 2.0
    return market


def test_trust_and_contact_open_all_four():
    market = trusting_market()
    speak(market, 60)
    assert all(min(market.relationships[level]) > 1.0 for level in LEVELS)
    assert min(market.relationships["understanding"]) > 0.3


def test_penetration_is_fast_early_and_then_slows():
    market = trusting_market(monthly_variation=0.2)
    market.relationships["buyer_trust_in_seller"] = 0.75
    market.relationships["seller_trust_in_buyer"] = 0.75
    speak(market, 12)
    early = market.relationships[0].business_disclosure_by_buyer
    speak(market, 12)
    late = market.relationships[0].business_disclosure_by_buyer - early
    assert late < early


def test_without_contact_half_is_gone_after_the_half_life():
    market = trusting_market(disclosure_half_life=12.0)
    for level in LEVELS:
        market.relationships[level] = 2.0
    market.relationships["joint_hours"] = 0.0
    speak(market, 12)
    for level in LEVELS:
        assert list(market.relationships[level]) == pytest.approx([1.0, 1.0])
    assert monthly_decay(12.0) ** 12 == pytest.approx(0.5)


def test_being_told_more_calls_for_an_answer():
    told = []
    for by_seller in (0.0, 2.0):
        market = trusting_market()
        market.relationships["buyer_trust_in_seller"] = 0.45
        market.relationships["business_disclosure_by_buyer"] = 1.0
        market.relationships["business_disclosure_by_seller"] = by_seller
        take(disclosure.buyer_step, market)
        told.append(market.relationships[0].business_disclosure_by_buyer)
    assert told[1] > told[0]


@pytest.mark.parametrize(
    ("reason", "without", "reached"),
    [
        ("trust", frozenset(), 0.0),
        ("affinity", frozenset(), 0.0),
        # Boundaries begin where general talk ends.
        ("boundary", frozenset(), 1.0),
        ("boundary", frozenset({"open_domains"}), 0.0),
    ],
)
def test_each_of_three_reasons_alone_keeps_personal_matters_closed(reason, without, reached):
    market = trusting_market(monthly_variation=0.0, disclosure_risk=2.0, without=without)
    market.relationships["familiarity"] = 1.0
    if reason == "trust":
        market.relationships["seller_trust_in_buyer"] = 0.0
        market.relationships["affinity"] = 1.0
    elif reason == "boundary":
        market.salespeople["personal_boundary"] = 5.0
    else:
        market.relationships["affinity"] = -1.0
    slot = first_place(market)
    told = 0.0
    for _ in range(48):
        take(disclosure.salesperson_step, market, 0)
        told = max(told, market.relationships[slot].personal_disclosure_by_seller)
    step = market.parameters[0].disclosure_pace
    assert reached <= told <= reached + (step if reached > 0.0 else 0.0)


@pytest.mark.parametrize("domain", ["business", "personal"])
def test_switched_off(domain):
    market = trusting_market(without={f"{domain}_disclosure"})
    speak(market, 12)
    for side in ("buyer", "seller"):
        assert list(market.relationships[f"{domain}_disclosure_by_{side}"]) == [0.0, 0.0]
