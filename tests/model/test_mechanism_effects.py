"""What is switched off has no effect, and what is clamped has one value."""

from __future__ import annotations

import pytest
from markets import MIXED, market_at_end, measured, occupied, periods_of

from relsim.parameters import Parameters
from relsim.parameters.mechanisms import HOLDS, MECHANISMS

DEFAULT = Parameters(**MIXED)

GONE = {
    "business_disclosure": ["information_received", "information_given"],
    "personal_disclosure": ["personal_received", "personal_given"],
    "contracts": ["clauses_per_contract"],
    "buyer_exploitation": ["exploitation_by_buyer"],
    "seller_exploitation": ["exploitation_by_seller", "extras_per_unit"],
    "failure": ["seller_failures"],
    "inspection": ["inspection_share", "inspection_per_unit"],
    "contact": ["joint_hours", "personal_hours"],
    "engagement": ["collaborative_share", "personal_share"],
    "personal_engagement": ["personal_share", "personal_hours"],
    "bonds": ["bonds"],
    "ideas": ["ideas_received", "idea_savings_per_unit"],
    "process_ideas": ["process_ideas"],
}
"""Measures that are nothing where a mechanism is off."""


@pytest.mark.parametrize("mechanism", sorted(GONE))
def test_switched_off_its_effect_is_gone(mechanism):
    market = market_at_end(DEFAULT.with_values(without={mechanism}, warm_up=0), 0)
    for name in GONE[mechanism]:
        assert measured(market, name) == 0.0, name


def moved_by(mechanism, seed):
    """By how much what matters moves in a market without a mechanism."""
    base = Parameters(buyer_stances=MIXED["buyer_stances"])
    with_it = market_at_end(base, seed)
    without = market_at_end(base.with_values(without={mechanism}), seed)
    return max(
        abs(measured(with_it, name) - measured(without, name))
        for name in (
            "total_cost_per_unit",
            "trust_in_suppliers",
            "suppliers_trust_in_buyer",
            "quality",
        )
    )


@pytest.mark.parametrize("mechanism", sorted(MECHANISMS))
def test_every_mechanism_changes_something_at_the_defaults(mechanism):
    # Sellers seldom give an account up: not in every market.
    assert any(moved_by(mechanism, seed) > 1e-6 for seed in range(1, 6))


CLAMPED = {
    "buyer_trust": ["buyer_trust_in_seller"],
    "seller_trust": ["seller_trust_in_buyer"],
    "trust": ["buyer_trust_in_seller", "seller_trust_in_buyer"],
    "understanding": ["understanding"],
    "attention": ["attention"],
    "service": ["service"],
    "quality": ["expected_quality"],
    "ideas": ["idea_value"],
    "price_pressure": ["price_pressure"],
    "business_engagement": ["business_engagement"],
    "clauses": ["clauses"],
}
"""What each hold makes one value for everybody."""

NOT_A_STATE = {
    "contract_months": "length is chosen when a contract is made",
    "voice": "log-odds are drawn upon at once",
}


def test_every_hold_is_checked():
    assert set(CLAMPED) | set(NOT_A_STATE) == set(HOLDS)


@pytest.mark.parametrize("name", sorted(CLAMPED))
@pytest.mark.parametrize("place", [0.0, 0.6, 1.0])
def test_a_hold_clamps_what_it_names(name, place):
    low, high, _ = HOLDS[name]
    value = low + place * (high - low)
    if name in ("business_engagement", "clauses"):
        value = round(value)
    parameters = Parameters(**{**MIXED, "periods": 12, "warm_up": 3, "hold": {name: value}})
    for market in periods_of(parameters, 0):
        standing = occupied(market)
        # A relationship that begins next month has no contract yet and has made no delivery.
        old = standing[standing["start"] < market.clock["period"][0]]
        for field in CLAMPED[name]:
            assert (old[field] == value).all(), (field, old[field][old[field] != value][:3])


def test_held_length_of_contracts():
    parameters = Parameters(
        **{
            **MIXED,
            "warm_up": 0,
            "periods": 24,
            "hold": {"contract_months": 6.0},
            "without": {"reopening"},
        }
    )
    last = None
    for market in periods_of(parameters, 0):
        last = occupied(market)
        now = market.clock["period"][0]
        made = last[(last["negotiated"] > 0.0) & (last["start"] < now)]
        assert (made["contract_end"] - (now - 1) == 6).all()
    assert last is not None


@pytest.mark.parametrize(("value", "low", "high"), [(-10.0, 0.0, 0.001), (10.0, 0.95, 1.0)])
def test_held_voice(value, low, high):
    market = market_at_end(DEFAULT.with_values(hold={"voice": value}, without={"inspection"}), 0)
    assert low <= measured(market, "serious_voiced") <= high
