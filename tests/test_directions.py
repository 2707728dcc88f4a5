"""Raise one parameter, and a measure moves as theory says: paired runs, sign with a margin."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest
from markets import market_at_end, measured

from relsim.observation import MEASURES, evaluate, totals
from relsim.parameters import Parameters
from relsim.state import Market

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


ENDS = [
    # what is raised from what to what, the measure, at least by how much
    pytest.param({"deliberate_effort": 0.3}, {"deliberate_effort": 1.0}, "attention", 0.1, id="B6 effort keeps attention"),
    pytest.param({"deliberate_effort": 0.3}, {"deliberate_effort": 1.0}, "quality", 0.1, id="B6 attention keeps quality"),
    pytest.param({"uncertainty": 0.0}, {"uncertainty": 1.0}, "failure_per_unit", 0.5, id="B22 uncertainty costs"),
    pytest.param({"idea_worth": 0.0}, {"idea_worth": 3.0}, "total_cost_per_unit", -2.0, id="B20 ideas save"),
    pytest.param({"detection": 0.05}, {"detection": 0.9}, "extras_per_unit", -0.01, id="B14 detection deters"),
    pytest.param({"personal_boundary": 0.0}, {"personal_boundary": 1.5}, "personal_share", -0.1, id="A5 boundaries close"),
    pytest.param({"affinity": 0.0}, {"affinity": 2.0}, "personal_share", 0.1, id="A5 affinity opens"),
    pytest.param({"switching_cost": 0.0}, {"switching_cost": 10_000.0}, "suppliers_lost", -0.03, id="B1 switching cost holds"),
    pytest.param({"seller_stances": "honest"}, {"seller_stances": "over_promising"}, "promises_kept_share", -0.1, id="B3 over-promising breaks promises"),
    pytest.param({"seller_stances": "honest"}, {"seller_stances": "over_promising"}, "trust_in_suppliers", -0.05, id="B3 over-promising costs trust"),
    pytest.param({"seller_stances": "honest"}, {"seller_stances": "opportunist"}, "quality", -0.1, id="B14 opportunists shade"),
    pytest.param({"account_owner_share": 0.0}, {"account_owner_share": 1.0}, "promises_kept_share", 0.01, id="B4 owners keep promises"),
    pytest.param({"silent_contact_share": 0.0}, {"silent_contact_share": 1.0}, "serious_voiced", 0.03, id="B8 asking breaks silence"),
    pytest.param({"silent_contact_share": 0.0}, {"silent_contact_share": 1.0}, "grievance", -0.3, id="B8 asking eases grievance"),
    pytest.param({"candour": 0.0}, {"candour": 1.0}, "serious_voiced", 0.03, id="B8 candour speaks"),
    pytest.param({"service_in_price_share": 0.0}, {"service_in_price_share": 1.0}, "later_service_per_unit", -0.1, id="B12 price carries service"),
    pytest.param({"customer_time_share": 0.0}, {"customer_time_share": 1.0}, "ideas_received", 0.03, id="B13 customer time brings ideas"),
    pytest.param({"markup": 0.03}, {"markup": 0.3}, "service", 0.2, id="B12 margin pays for service"),
    pytest.param({"markup": 0.03}, {"markup": 0.3}, "seller_failures", -0.02, id="B12 thin margins fail"),
    pytest.param({"stance_items": {"rival_quotes": 0.0}}, {"stance_items": {"rival_quotes": 4.0}}, "component_price", -0.08, id="B18 rivals press the price"),
    pytest.param({"stance_items": {"opening_demand": 0.0}}, {"stance_items": {"opening_demand": 0.3}}, "component_price", -0.5, id="B18 demands press the price"),
    pytest.param({"stance_items": {"opening_demand": 0.0}}, {"stance_items": {"opening_demand": 0.3}}, "suppliers_trust_in_buyer", -0.05, id="B19 pressing costs trust"),
    pytest.param({"stance_items": {"rebids_per_year": 0.0}}, {"stance_items": {"rebids_per_year": 12.0}}, "transaction_time_share", 0.1, id="B16 rebidding takes time"),
    pytest.param({"stance_items": {"leverage_use": 0.0}}, {"stance_items": {"leverage_use": 1.0}}, "suppliers_trust_in_buyer", -0.02, id="B14 leverage costs trust"),
    pytest.param({"stance_items": {"horizon": 1.0}}, {"stance_items": {"horizon": 120.0}}, "exploitation_by_buyer", -0.005, id="B14 a long view restrains"),
    pytest.param({"stance_items": {"horizon": 1.0}}, {"stance_items": {"horizon": 120.0}}, "commitment", 0.01, id="A4 a long view commits"),
    pytest.param({"hold": {"trust": 0.2}}, {"hold": {"trust": 0.9}}, "transaction_time_share", -0.1, id="B16 trust saves time"),
    pytest.param({"hold": {"trust": 0.2}}, {"hold": {"trust": 0.9}}, "inspection_share", -0.2, id="B17 trust spares inspection"),
    pytest.param({"hold": {"trust": 0.2}}, {"hold": {"trust": 0.9}}, "information_received", 0.5, id="B20 trust opens"),
    pytest.param({"hold": {"trust": 0.2}}, {"hold": {"trust": 0.9}}, "extras_per_unit", 0.005, id="B14 trust is a risk"),
    pytest.param({"aggressiveness": 0.0}, {"aggressiveness": 1.0}, "ideas_received", -0.2, id="B19 aggression silences"),
    pytest.param({"aggressiveness": 0.0}, {"aggressiveness": 1.0}, "information_received", -0.1, id="B19 aggression closes"),
    pytest.param({"aggressiveness": 0.0}, {"aggressiveness": 1.0}, "haggling_hours", 0.5, id="B15 aggression haggles"),
]  # fmt: skip


@pytest.mark.parametrize(("low", "high", "measure", "margin"), ENDS)
def test_direction(low: Values, high: Values, measure: str, margin: float) -> None:
    moves(low, high, measure, margin)


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
        moves({"idea_worth": 0.0}, {"idea_worth": 3.0}, "total_cost_per_unit", 2.0)
