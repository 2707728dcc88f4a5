"""Health of the defaults: nothing inert, nothing stuck, nothing that flaps or never happens."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd
import pytest
from markets import market_at_end, occupied, periods_of

from relsim import simulate
from relsim.model.entities import BUYER, RELATIONSHIP, SALESPERSON
from relsim.model.observation import MEASURES, evaluate, totals
from relsim.model.records import Entity
from relsim.model.state import Market
from relsim.model.submodels.shared import MAX_IDEA_VALUE
from relsim.parameters import Parameters
from relsim.parameters.stances import STANCE_RANGES

MIXED = Parameters(buyer_stances={"aggressive": 0.5, "trusting": 0.5})
SEEDS = range(4)

# Yearly, for each relationship or firm. Wide on purpose: the sources give no rates.
LOST = (0.03, 0.35)
"""Relationships that end: three to thirty years on average, as suppliers of firms last."""
LEFT = (0.01, 0.30)
"""Relationships that the buyer ends: switching happens, and is not the rule."""
FAILURES = (0.002, 0.10)
"""Firms that fail: established firms rarely do, at most one in ten."""
MOST_FALLS = 0.15
"""Falls of a phase a relationship year: a phase that was reached lasts for years."""
MOST_AT_A_BOUND = 0.8


@functools.cache
def market(seed: int) -> Market:
    return market_at_end(MIXED, seed)


def ledger(side: str):
    pooled = np.concatenate([getattr(market(seed), f"{side}_ledgers") for seed in SEEDS])
    return totals(pooled).view(np.recarray)[0]


def spells_of(reason: int) -> int:
    """Relationships that ended after the warm-up for a reason (its place in REASONS)."""
    count = 0
    for seed in SEEDS:
        spells = market(seed).spells[: market(seed).clock["spells"][0]]
        count += int(((spells["end"] >= 0) & (spells["reason"] == reason)).sum())
    return count


def test_relationships_end_sometimes():
    buyers = ledger("buyer")
    ended = buyers.suppliers_left + buyers.suppliers_withdrew + buyers.suppliers_failed
    rate = 12.0 * ended / buyers.months
    assert LOST[0] <= rate <= LOST[1]


@pytest.mark.parametrize("reason", [1, 2, 3])
def test_none_of_the_reasons_to_end_is_missing(reason):
    assert spells_of(reason) > 0


def test_buyers_switch_sometimes():
    rate = 12.0 * spells_of(1) / ledger("buyer").months
    assert LEFT[0] <= rate <= LEFT[1]


def test_sellers_fail_sometimes():
    sellers = ledger("salesperson")
    rate = 12.0 * sellers.failures / sellers.months
    assert FAILURES[0] <= rate <= FAILURES[1]


def records(entity: Entity, seed: int):
    if entity is RELATIONSHIP:
        return occupied(market(seed))
    return market(seed).buyers if entity is BUYER else market(seed).salespeople


@pytest.mark.parametrize(
    ("entity", "name"),
    [
        pytest.param(entity, variable.name, id=f"{entity.name} {variable.name}")
        for entity in (BUYER, SALESPERSON, RELATIONSHIP)
        for variable in entity.variables
        if variable.unit == "0 to 1"
    ],
)
def test_no_state_sits_at_a_bound(entity, name):
    values = np.concatenate([records(entity, seed)[name] for seed in SEEDS])
    assert np.mean(values <= 0.01) <= MOST_AT_A_BOUND
    assert np.mean(values >= 0.99) <= MOST_AT_A_BOUND


BOUNDED = {
    "attention": (RELATIONSHIP, 0.0, MIXED.max_effort),
    "service": (RELATIONSHIP, 0.0, MIXED.max_effort),
    "bonds": (RELATIONSHIP, 0.0, 12.0),
    "idea_value": (RELATIONSHIP, 0.0, MAX_IDEA_VALUE),
    "cash": (SALESPERSON, -MIXED.working_capital, MIXED.working_capital),
    "accounts": (SALESPERSON, 0.0, MIXED.max_accounts),
}
"""States whose bounds are parameters. Clauses are none: a contract has as many as it needs, and
four in five at the end of a run need none."""


@pytest.mark.parametrize("name", BOUNDED)
def test_no_state_sits_at_a_bound_that_is_a_parameter(name):
    entity, low, high = BOUNDED[name]
    values = np.concatenate([records(entity, seed)[name] for seed in SEEDS])
    near = 0.01 * (high - low)
    assert np.mean(values <= low + near) <= MOST_AT_A_BOUND
    assert np.mean(values >= high - near) <= MOST_AT_A_BOUND


def test_few_firms_are_as_small_as_a_firm_can_be():
    values = np.concatenate([records(SALESPERSON, seed)["capacity"] for seed in SEEDS])
    assert np.mean(values <= 1.01 * MIXED.units_per_account) <= MOST_AT_A_BOUND


@pytest.mark.parametrize("domain", ["business", "personal"])
@pytest.mark.parametrize("side", ["buyer", "seller"])
def test_disclosure_sits_at_no_bound(domain, side):
    name = f"{domain}_disclosure_by_{side}"
    values = np.concatenate([occupied(market(seed))[name] for seed in SEEDS])
    assert np.mean(values <= 0.03) <= MOST_AT_A_BOUND
    assert np.mean(values >= 2.97) <= MOST_AT_A_BOUND


def test_all_phases_are_there():
    phases = np.concatenate([occupied(market(seed))["phase"] for seed in SEEDS])
    shares = np.bincount(phases, minlength=4)[1:] / len(phases)
    assert shares.min() >= 0.05, shares


def test_phases_do_not_flap():
    falls, months = 0, 0
    for seed in SEEDS:
        before = None
        for now in periods_of(MIXED, seed):
            phase = now.relationships["phase"].copy()
            start = now.relationships["start"].copy()
            if before is not None and now.clock["period"][0] > 0:
                same = (before[1] == start) & (before[0] > 0) & (phase > 0)
                falls += int((same & (phase < before[0])).sum())
                months += int(same.sum())
            before = (phase, start)
    assert 0 < 12.0 * falls / months <= MOST_FALLS


def of_all(parameters: Parameters, seed: int) -> np.ndarray:
    end = market_at_end(parameters, seed)
    ledgers = {"buyer": totals(end.buyer_ledgers), "salesperson": totals(end.salesperson_ledgers)}
    return np.array([evaluate(m, ledgers[m.ledger])[0] for m in MEASURES.values()])


@functools.cache
def spells() -> pd.DataFrame:
    """Relationships of buyers of all kinds after the warm-up, those that still last included."""
    runs = [simulate(MIXED, seed) for seed in SEEDS]
    return pd.concat([run.spells for run in runs], ignore_index=True)


def test_few_enter_the_personal_phase_straight_from_the_commercial_one():
    personal = spells()[spells()["personal_since"].notna()]
    straight = personal["collaborative_since"] >= personal["personal_since"]
    assert straight.mean() <= 0.1


def test_few_new_relationships_of_trusting_buyers_end_in_their_first_year():
    runs = [simulate(Parameters(buyer_stances="trusting"), seed) for seed in SEEDS]
    all_spells = pd.concat([run.spells for run in runs])
    last = all_spells["end"].max() - 12
    new = all_spells[(all_spells["start"] > 0) & (all_spells["start"] <= last)]
    assert len(new) > 100
    assert ((new["end"] - new["start"] < 12) & ~new["censored"]).mean() <= 0.2


@pytest.mark.parametrize("side", ["buyer_trust_in_seller", "seller_trust_in_buyer"])
def test_some_pairs_trust_deeply_and_some_hardly_at_all(side):
    trust = np.concatenate([occupied(market(seed))[side] for seed in SEEDS])
    assert np.mean(trust > 0.85) > 0.02
    assert np.mean(trust < 0.3) > 0.01


def test_trust_does_not_rise_by_age_alone():
    """Nothing is disclosed, promised or delivered badly, and nothing is exposed: trust stays."""
    nothing = {"business_disclosure", "personal_disclosure", "ideas", "process_ideas"}
    run = simulate(
        Parameters(without=nothing, hold={"price_pressure": 0.0}, weight_of_dispute=0.0), 0
    )
    trust = run.series["suppliers_trust_in_buyer"].to_numpy()
    assert np.ptp(trust) < 1e-9


@pytest.mark.parametrize("item", sorted(STANCE_RANGES))
def test_each_item_of_a_stance_alone_moves_some_measure(item):
    """By more than four standard errors of paired runs, and by more than a hundredth of itself."""
    low, high = STANCE_RANGES[item]
    ends = [MIXED.with_values(stance_items={item: value}) for value in (low, high)]
    pairs = np.array([[of_all(end, seed) for end in ends] for seed in range(6)])
    difference = pairs[:, 1] - pairs[:, 0]
    error = difference.std(axis=0, ddof=1) / np.sqrt(len(pairs))
    mean = difference.mean(axis=0)
    level = np.abs(pairs).mean(axis=(0, 1))
    moved = (np.abs(mean) > 4.0 * error) & (np.abs(mean) > 0.01 * level)
    assert moved.any()
