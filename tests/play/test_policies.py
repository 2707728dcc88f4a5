"""Decisions matter, and what is best depends on the market: seeds were chosen beforehand."""

import numpy as np
import pytest

import relsim
from relsim.play.game import STANCES
from relsim.play.scenarios import SCENARIOS
from tests.play_values import COST, POLICIES, adaptive, cost

SEEDS = range(31_000, 31_012)
FEW = SEEDS[:4]
OPEN = POLICIES["always an open partner"]


@pytest.fixture(scope="module")
def fixed() -> dict[str, np.ndarray]:
    """Cost of a unit by scenario: seeds x stances; a ghost equals the run of its stance."""
    return {
        key: np.array(
            [[of_stance(key, seed, level) for level in STANCES.values()] for seed in SEEDS]
        )
        for key in SCENARIOS
    }


def of_stance(key: str, seed: int, level: float) -> float:
    parameters = SCENARIOS[key].parameters()
    line = [level, *[0.5] * (parameters.buyers - 1)]
    run = relsim.simulate(parameters.with_values(aggressiveness=line), seed)
    return run.buyers[COST][0]


def test_no_policy_wins_everywhere(fixed):
    wins = np.concatenate([costs.argmin(axis=1) for costs in fixed.values()])
    shares = np.bincount(wins, minlength=len(STANCES)) / len(wins)
    assert shares.max() < 0.8
    assert shares.min() > 0.05


def test_squeezing_pays_for_a_commodity_and_not_where_needs_change(fixed):
    aggressive, neutral = (list(STANCES).index(name) for name in ("aggressive", "neutral"))
    gain = {key: costs[:, aggressive] - costs[:, neutral] for key, costs in fixed.items()}
    assert (gain["commodity"] < 0.0).mean() > 0.8
    assert gain["turbulent"].mean() > 0.0


def test_who_adapts_pays_less_than_who_always_trusts(fixed):
    """Also less than who always trusts and tells suppliers all, which is worth much by itself."""
    trusting = list(STANCES).index("trusting")
    cells = [(key, place) for key in SCENARIOS for place in range(len(FEW))]
    adapts = np.array([cost(key, FEW[place], adaptive) for key, place in cells])
    trusts = np.array([fixed[key][place, trusting] for key, place in cells])
    tells = np.array([cost(key, FEW[place], OPEN) for key, place in cells])
    assert (adapts - trusts).mean() < 0.0
    assert (adapts - tells).mean() < 0.0
