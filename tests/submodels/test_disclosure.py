"""Disclosure: two domains, three layers, both sides, turn by turn (A2, A3, A5)."""

import pytest
from markets import first_place, small_market, take

from relsim.model.initialization import monthly_decay
from relsim.model.submodels import disclosure


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
