"""Published numbers, each with its tolerance (evidence: DC03, ASR, GO)."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from markets import market_at_end

from relsim.model.observation import MEASURES, evaluate, totals
from relsim.parameters import Parameters, table
from relsim.parameters.presets import presets

REPLICATES = 200

# Shares of time face to face on transaction matters, of the buyer that its suppliers trust least
# and of the one they trust most, of eight, ranked in each replicate (DC03, ASR).
LEAST_TRUSTED = (0.45, 0.49)
MOST_TRUSTED = (0.23, 0.27)
# At most a quarter of serious problems, and under a twentieth of small ones, are voiced (GO).
SERIOUS_VOICED = (0.10, 0.25)
SMALL_VOICED = (0.01, 0.05)


@functools.cache
def shares_by_rank() -> np.ndarray:
    """Mean share of transaction time, from the least to the most trusted buyer."""
    with ThreadPoolExecutor(2) as pool:
        ledgers = list(pool.map(_ledgers, range(REPLICATES)))
    ranked = []
    for ledger in ledgers:
        trust = evaluate(MEASURES["suppliers_trust_in_buyer"], ledger)
        share = evaluate(MEASURES["transaction_time_share"], ledger)
        ranked.append(share[np.argsort(trust, kind="stable")])
    return np.mean(ranked, axis=0)


@functools.cache
def _ledgers(seed: int) -> np.ndarray:
    return market_at_end(presets["eight_automakers"], seed).buyer_ledgers


def voiced(name: str) -> float:
    """Share of problems voiced, over all replicates."""
    all_of_them = np.concatenate([_ledgers(seed) for seed in range(REPLICATES)])
    return float(evaluate(MEASURES[name], totals(all_of_them))[0])


def test_time_of_the_least_trusted_of_eight() -> None:
    assert LEAST_TRUSTED[0] <= shares_by_rank()[0] <= LEAST_TRUSTED[1]


def test_time_of_the_most_trusted_of_eight() -> None:
    assert MOST_TRUSTED[0] <= shares_by_rank()[-1] <= MOST_TRUSTED[1]


def test_time_falls_with_trust_from_rank_to_rank() -> None:
    assert np.corrcoef(shares_by_rank(), np.arange(8))[0, 1] < -0.9


def test_serious_problems_voiced() -> None:
    shares_by_rank()
    assert SERIOUS_VOICED[0] <= voiced("serious_voiced") <= SERIOUS_VOICED[1]


def test_small_problems_voiced() -> None:
    shares_by_rank()
    assert SMALL_VOICED[0] <= voiced("small_voiced") <= SMALL_VOICED[1]


def test_at_most_four_parameters_are_tuned_and_all_are_named() -> None:
    calibrated = {entry.name for entry in table() if entry.source == "calibrated"}
    assert set(Parameters.TUNED) == calibrated
    assert len(calibrated) <= 4


@pytest.mark.parametrize("name", ["serious_voiced", "small_voiced"])
def test_few_complain_whatever_the_scenario(name: str) -> None:
    """Most problems are swallowed, of capital goods and services too (GO)."""
    high = {"serious_voiced": SERIOUS_VOICED, "small_voiced": SMALL_VOICED}[name][1]
    for preset in ("consumables", "capital_equipment", "services"):
        ledger = totals(market_at_end(presets[preset], 0).buyer_ledgers)
        assert 0.0 < float(evaluate(MEASURES[name], ledger)[0]) <= high
