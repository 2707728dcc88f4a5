"""How large things are, against published figures that set the scale (not fitted outcomes)."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from relsim import Parameters, simulate
from relsim.model.run import Run

SEEDS = range(6)


@functools.cache
def runs(stance: str | None = None) -> tuple[Run, ...]:
    return tuple(simulate(Parameters(buyer_stances=stance), seed) for seed in SEEDS)


def mean(measure: str, stance: str | None = None) -> float:
    return float(np.mean([run.measures[measure] for run in runs(stance)]))


def spend_share(*measures: str) -> float:
    return sum(mean(name) for name in measures) / mean("component_price")


def money_behind_an_hour() -> float:
    """Bought for an hour of procurement staff."""
    return 1000.0 * mean("component_price") / mean("procurement_hours")


def sales_force() -> float:
    """Cost of the hours of sellers' people over what they sell."""
    ledgers = [run.salesperson_ledgers for run in runs()]
    return sum(one["time"].sum() for one in ledgers) / sum(one["revenue"].sum() for one in ledgers)


def contract_months() -> float:
    return 12.0 / mean("negotiations_per_year")


def kept_five_years() -> float:
    return mean("retention") ** 5


def saved_by_an_idea() -> float:
    """Share of an account's spend that one idea saves in its first year, both sides together."""
    return Parameters().value_per_idea / mean("component_price", "trusting")


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        # HCK: 7,000 to 13,000 with all hours of the function; half of it where inspectors and
        # engineers of the buyer count too
        pytest.param(money_behind_an_hour, 3500.0, 13000.0, id="HCK money for an hour"),
        pytest.param(sales_force, 0.01, 0.1, id="ZSL cost of the sales force"),
        pytest.param(lambda: mean("seller_margin"), 0.04, 0.07, id="RB suppliers' margin"),
        pytest.param(
            lambda: spend_share("later_service_per_unit", "failure_per_unit", "delay_per_unit"),
            0.015,
            0.05,
            id="WW losses after purchase",
        ),
        pytest.param(
            lambda: mean("ideas_received", "trusting"), 2.0, 8.0, id="NAP99 ideas of the trusted"
        ),
        pytest.param(saved_by_an_idea, 0.002, 0.012, id="NAP99 worth of an idea"),
        pytest.param(contract_months, 12.0, 60.0, id="D96 months of a contract"),
        pytest.param(kept_five_years, 0.5, 0.85, id="half of customers kept for five years"),
        pytest.param(lambda: mean("seller_failures"), 0.001, 0.03, id="sellers that fail a year"),
    ],
)
def test_scale(figure, low, high):
    assert low <= figure() <= high


def test_contracts_of_arms_length_are_the_shorter() -> None:
    assert mean("negotiations_per_year", "aggressive") > mean("negotiations_per_year", "trusting")


def test_friendship_takes_its_hours() -> None:
    """Half of what there is to know of a person takes as long as casual friendship (H19)."""
    p = Parameters()
    assert 50.0 <= p.familiarity_hours * np.log(2.0) <= 200.0
