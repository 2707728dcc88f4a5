"""Analytic limits: where the model can be solved by hand, it does what the solution says.

The derivations are in ODD.md, "Analytic limits".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from relsim import Parameters, Run, presets, simulate

TOLERANCE = 1e-9
"""Of the solution: what rounding leaves over a few hundred months."""

PERIODS = 240

ALONE: dict[str, Any] = {
    # one buyer, one seller, and nothing that ends what is between them
    "buyers": 1,
    "salespeople": 1,
    "suppliers_per_buyer": 1,
    "warm_up": 0,
    "periods": PERIODS,
    "staff_turnover": 0.0,
    # no luck, nobody unlike
    "uncertainty": 0.0,
    "volume_spread": 0.0,
    "unit_cost_spread": 0.0,
    "capability_spread": 0.0,
    "person_spread": 0.0,
    "monthly_variation": 0.0,
    "buyer_stances": "trusting",
    "seller_stances": "honest",
}
WITHOUT_ENDS = frozenset({"seller_exit", "failure"})
WITHOUT_EVENTS = WITHOUT_ENDS | {
    "ideas",
    "process_ideas",
    "business_disclosure",
    "personal_disclosure",
    "buyer_exploitation",
    "seller_exploitation",
}


def alone(without: frozenset[str] = WITHOUT_ENDS, **values: Any) -> Run:
    run = simulate(Parameters(**{**ALONE, "without": without, **values}), 0)
    assert run.spells["censored"].all()  # one relationship, from the first month to the last
    assert len(run.spells) == 1
    return run


def approach(start: float, fixed_point: float, factor: float) -> np.ndarray:
    """``x_n = x* + (x_0 - x*) * factor ** n`` for n = 1, 2, ...: a linear rule's solution."""
    return fixed_point + (start - fixed_point) * factor ** np.arange(1, PERIODS + 1)


# --- one buyer and one seller: fixed points -------------------------------------------------------


@pytest.mark.parametrize("pressure", [0.05, 0.1, 0.3])
@pytest.mark.parametrize("fairness", [0.5, 1.0])
def test_trust_of_the_seller_goes_to_its_fixed_point(pressure: float, fairness: float) -> None:
    """A month of fair dealing and a price below the fair one, month by month the same."""
    run = alone(
        WITHOUT_EVENTS | {"risk_based_trust"},
        hold={"price_pressure": pressure, "contract_months": 1.0},
        weight_of_dispute=0.0,
        weight_of_fairness=fairness,
    )
    p = run.parameters
    gained = p.trust_gain * fairness
    lost = p.trust_loss * p.weight_of_unfair_price * pressure
    trust = run.series["suppliers_trust_in_buyer"].to_numpy()
    expected = approach(p.initial_trust, gained / (gained + lost), 1.0 - gained - lost)
    np.testing.assert_allclose(trust, expected, rtol=0.0, atol=TOLERANCE)


def test_trust_of_the_buyer_goes_to_one_where_all_promises_are_kept() -> None:
    run = alone(
        WITHOUT_EVENTS | {"remedy"},
        weight_of_problem=0.0,
        weight_of_unfair_price=0.0,
        delivery_noise=0.05,
        promise_tolerance=0.8,
    )
    assert (run.series["promises_kept_share"] == 1.0).all()
    p = run.parameters
    trust = run.series["trust_in_suppliers"].to_numpy()
    expected = approach(p.initial_trust, 1.0, 1.0 - p.trust_gain)
    np.testing.assert_allclose(trust, expected, rtol=0.0, atol=TOLERANCE)
    assert trust[-1] > 0.99


@pytest.mark.parametrize("effort", [0.0, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("erosion", [0.02, 0.1])
def test_attention_goes_to_effort_times_target(effort: float, erosion: float) -> None:
    """One account gets all hours; without effort attention only decays (B6)."""
    run = alone(
        WITHOUT_ENDS | {"audits", "engagement", "personal_engagement"},
        deliberate_effort=effort,
        erosion=erosion,
        selling_hours=20.0,
        standard_hours=24.0,
    )
    attention = run.series["attention"].to_numpy()
    target = 20.0 / 24.0
    first = attention[0]
    expected = effort * target + (first - effort * target) * (1.0 - erosion) ** np.arange(PERIODS)
    np.testing.assert_allclose(attention, expected, rtol=0.0, atol=TOLERANCE)
    assert abs(first - effort * target) > 0.01  # there was a way to go


# --- no contact: recession at the stated half-life ------------------------------------------------

STOPS = 120
TOLD = ("information_received", "information_given", "personal_received", "personal_given")


@pytest.mark.parametrize("half_life", [6.0, 18.0, 60.0])
def test_without_contact_what_was_told_recedes_by_its_half_life(half_life: float) -> None:
    run = alone(
        disclosure_half_life=half_life,
        affinity=2.0,
        interventions=[(STOPS, {"without": WITHOUT_ENDS | {"contact"}})],
    )
    told = run.series[list(TOLD)].to_numpy()
    assert (told[STOPS - 1] > 0.2).all()  # all four domains had been opened
    months = np.arange(1, PERIODS - STOPS + 1)[:, None]
    expected = told[STOPS - 1] * 0.5 ** (months / half_life)
    np.testing.assert_allclose(told[STOPS:], expected, rtol=0.0, atol=TOLERANCE)


def test_who_never_meets_tells_nothing() -> None:
    run = simulate(Parameters(without={"contact"}), 0)
    assert (run.series[list(TOLD)].to_numpy() == 0.0).all()
    assert run.measures["joint_hours"] == 0.0


# --- full trust both ways, no uncertainty ---------------------------------------------------------


@pytest.mark.parametrize("preset", sorted(presets))
def test_with_full_trust_no_clause_is_written_and_nothing_is_inspected(preset: str) -> None:
    calm = {"uncertainty": 0.0, "warm_up": 0}
    full = simulate(presets[preset].with_values(**calm, hold={"trust": 1.0}), 0).measures
    assert full["clauses_per_contract"] == 0.0
    assert full["inspection_share"] == 0.0
    none = simulate(presets[preset].with_values(**calm, hold={"trust": 0.0}), 0).measures
    assert none["clauses_per_contract"] > 0.4
    assert none["inspection_share"] > 0.0
