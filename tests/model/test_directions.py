"""Raise one parameter, and a measure moves as theory says: paired runs, sign with a margin."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest
from markets import market_at_end, measured

from relsim.model.observation import MEASURES, evaluate, totals
from relsim.model.state import Market
from relsim.parameters import Parameters

MIXED = {"buyer_stances": {"aggressive": 0.5, "trusting": 0.5}}
SEEDS = range(6)

Values = dict[str, Any]


@functools.lru_cache(maxsize=64)
def _market(values: str, seed: int) -> Market:
    return market_at_end(Parameters.model_validate_json(values), seed)


def market(values: Values, seed: int) -> Market:
    chosen = values if "aggressiveness" in values else {**MIXED, **values}
    return _market(Parameters(**chosen).model_dump_json(exclude_unset=True), seed)


def differences(low: Values, high: Values, measure: str) -> np.ndarray:
    return np.array(
        [measured(market(high, s), measure) - measured(market(low, s), measure) for s in SEEDS]
    )


def moves(low: Values, high: Values, measure: str, margin: float) -> None:
    """Check that all pairs differ in the sign of the margin, and on average by more than it."""
    sign = np.sign(margin)
    found = sign * differences(low, high, measure)
    assert found.mean() > abs(margin), found
    assert (found > 0.0).sum() >= len(found) - 1, found


# What is raised from what to what (a dot: within that mapping), the measure, and by how much it
# moves at least.
DIRECTIONS: dict[str, tuple[str, Any, Any, str, float]] = {
    "B6 effort keeps attention": ("deliberate_effort", 0.3, 1.0, "attention", 0.1),
    "B6 attention keeps quality": ("deliberate_effort", 0.3, 1.0, "quality", 0.1),
    "B22 uncertainty costs": ("uncertainty", 0.0, 1.0, "failure_per_unit", 0.5),
    "B20 ideas save": ("value_per_idea", 0.0, 2.0, "total_cost_per_unit", -2.0),
    "B14 detection deters": ("detection", 0.05, 0.9, "extras_per_unit", -0.01),
    "A5 boundaries close": ("personal_boundary", 0.0, 1.5, "personal_share", -0.1),
    "A5 affinity opens": ("affinity", 0.0, 2.0, "personal_share", 0.1),
    "B1 switching cost holds": ("switching_cost", 0.0, 10000.0, "suppliers_lost", -0.03),
    "B3 over-promising breaks promises": (
        "seller_stances",
        "honest",
        "over_promising",
        "promises_kept_share",
        -0.1,
    ),
    "B3 over-promising costs trust": (
        "seller_stances",
        "honest",
        "over_promising",
        "trust_in_suppliers",
        -0.05,
    ),
    "B14 opportunists shade": ("seller_stances", "honest", "opportunist", "quality", -0.1),
    "B4 owners keep promises": (
        "without",
        ["key_account_manager"],
        [],
        "promises_kept_share",
        0.01,
    ),
    "B8 asking breaks silence": ("without", ["silence_contact"], [], "serious_voiced", 0.03),
    "B8 asking eases grievance": ("without", ["silence_contact"], [], "grievance", -0.3),
    "B8 candour speaks": ("candour", 0.0, 1.0, "serious_voiced", 0.03),
    "B12 price carries service": (
        "service_in_price_share",
        0.0,
        1.0,
        "later_service_per_unit",
        # Only what is voiced is repaired, and only repairs are charged.
        -0.01,
    ),
    "B13 customer time brings ideas": ("without", ["customer_time"], [], "ideas_received", 0.03),
    "B12 margin pays for service": ("markup", 0.01, 0.3, "service", 0.2),
    "B12 thin margins fail": ("markup", 0.01, 0.3, "seller_failures", -0.01),
    "B18 rivals press the price": ("stance_items.rival_quotes", 0.0, 4.0, "component_price", -0.08),
    "B18 demands press the price": (
        "stance_items.opening_demand",
        0.0,
        0.3,
        "component_price",
        -0.5,
    ),
    "B19 pressing costs trust": (
        "stance_items.opening_demand",
        0.0,
        0.3,
        "suppliers_trust_in_buyer",
        -0.05,
    ),
    "B16 rebidding takes time": (
        "stance_items.rebids_per_year",
        0.0,
        12.0,
        "transaction_time_share",
        0.02,
    ),
    "B14 leverage costs trust": (
        "stance_items.leverage_use",
        0.0,
        1.0,
        "suppliers_trust_in_buyer",
        -0.02,
    ),
    "A4 a long view commits": ("stance_items.horizon", 1.0, 120.0, "commitment", 0.01),
    "B16 trust saves time": ("hold.trust", 0.2, 0.9, "transaction_time_share", -0.1),
    "B17 trust spares inspection": ("hold.trust", 0.2, 0.9, "inspection_share", -0.2),
    "B20 trust opens": ("hold.trust", 0.2, 0.9, "information_received", 0.5),
    "B19 aggression silences": ("aggressiveness", 0.0, 1.0, "ideas_received", -0.2),
    "B19 aggression closes": ("aggressiveness", 0.0, 1.0, "information_received", -0.1),
    "B15 aggression haggles": ("aggressiveness", 0.0, 1.0, "haggling_hours", 0.2),
}


def setting(name: str, value: Any) -> Values:
    """Of a practice: all sellers keep it, or none; so what it does is seen at its full size."""
    outer, _, inner = name.partition(".")
    if outer == "without":
        return {"practice_share": 1.0, outer: value}
    return {outer: {inner: value} if inner else value}


@pytest.mark.parametrize("claim", DIRECTIONS)
def test_direction(claim: str) -> None:
    name, low, high, measure, margin = DIRECTIONS[claim]
    moves(setting(name, low), setting(name, high), measure, margin)


def test_in_one_market_the_aggressive_buyers_pay_less_for_a_component() -> None:
    """B18, with the spill-over of a shared market."""
    lower = []
    for seed in SEEDS:
        end = market({}, seed)
        aggressive = end.buyers["aggressiveness"] > 0.5
        prices = [
            float(evaluate(MEASURES["component_price"], totals(end.buyer_ledgers[group]))[0])
            for group in (aggressive, ~aggressive)
        ]
        lower.append(prices[1] - prices[0])
    assert np.mean(lower) > 0.3
    assert sum(difference > 0.0 for difference in lower) >= len(lower) - 1


def test_the_check_itself_can_fail() -> None:
    with pytest.raises(AssertionError):
        moves({"value_per_idea": 0.0}, {"value_per_idea": 2.0}, "total_cost_per_unit", 2.0)


def test_trust_is_a_risk_among_opportunists() -> None:
    """Who trusts tells more and writes fewer clauses, and pays for it (B14)."""
    low, high = (
        {"seller_stances": "opportunist", "hold": {"trust": trust}} for trust in (0.2, 0.9)
    )
    moves(low, high, "extras_per_unit", 0.005)


def test_a_long_view_restrains_a_moderate_buyer() -> None:
    """Not an aggressive one: it believes that others are cheaper, and fears little (B14)."""
    low, high = (
        {"aggressiveness": 0.5, "stance_items": {"horizon": months}} for months in (1.0, 120.0)
    )
    moves(low, high, "exploitation_by_buyer", -0.005)
