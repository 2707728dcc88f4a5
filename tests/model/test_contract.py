"""One contract for the whole family of submodels, on small markets with any parameters."""

from __future__ import annotations

import math

import numpy as np
import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from markets import MIXED, as_bytes, market_at_end, occupied, periods_of

from relsim.model import entities
from relsim.model.draws import BUYER_DRAWS, RELATIONSHIP_DRAWS, SALESPERSON_DRAWS
from relsim.model.entities import BUYER, RELATIONSHIP, SALESPERSON
from relsim.model.ledgers import BUYER_LEDGER, SALESPERSON_LEDGER
from relsim.model.records import Entity
from relsim.model.state import NEVER, NOBODY, Market
from relsim.parameters import Parameters

DEFAULT = Parameters(**MIXED)
CAPITAL = {"purchase_interval": 3, "lead_time": 4, "service_life": 36, "installed_rate": 0.2}

small_runs = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

BOUNDS = {
    "0 to 1": (0.0, 1.0),
    "0 or 1": (0.0, 1.0),
    "layers, 0 to 3": (0.0, 3.0),
    "-1, 0 or 1": (-1.0, 1.0),
    "0 to 3": (0.0, 3.0),
}
"""What the unit of a variable promises."""

NEVER_NEGATIVE = {
    "count",
    "hour",
    "hour/month",
    "unit",
    "unit/month",
    "shock",
    "problems",
    "money/unit",
    "ratio",
}

MAY_BE_NEGATIVE = {
    "fair_quote",
    "floor",
    "cash_floor",
    "marginal_cost",
    "alternative_cost",
    "newcomer_loss",
}


def violations(entity: Entity, records) -> list[str]:
    """Variables of an entity that are no number or outside the bounds that their unit promises."""
    found = []
    for variable in entity.variables:
        values = np.asarray(records[variable.name], float)
        if variable.optional:
            values = values[~np.isnan(values)]
        if not np.isfinite(values).all():
            found.append(f"{entity.name} {variable.name} is no number")
            continue
        low, high = BOUNDS.get(variable.unit, (-math.inf, math.inf))
        if variable.unit in NEVER_NEGATIVE and variable.name not in MAY_BE_NEGATIVE:
            low = 0.0
        if len(values) and not (values.min() >= low - 1e-9 and values.max() <= high + 1e-9):
            found.append(
                f"{entity.name} {variable.name} from {values.min()} to {values.max()}, "
                f"not {low} to {high}"
            )
    return found


def bits(market: Market) -> bytes:
    return b"".join(
        as_bytes(getattr(market, name))
        for name in (
            "clock",
            "buyers",
            "salespeople",
            "relationships",
            "orders",
            "equipment",
            "buyer_ledgers",
            "salesperson_ledgers",
            "buyer_series",
            "salesperson_series",
        )
    )


# --- numbers -----------------------------------------------------------------------------------


@small_runs
@given(strategies.parameters(), strategies.seeds)
def test_bounds_are_kept_in_every_period(parameters, seed):
    for market in periods_of(parameters, seed):
        assert violations(RELATIONSHIP, occupied(market)) == []
        assert violations(BUYER, market.buyers) == []
        assert violations(SALESPERSON, market.salespeople) == []
    for entity, ledger in (
        (BUYER_LEDGER, market.buyer_ledgers),
        (SALESPERSON_LEDGER, market.salesperson_ledgers),
    ):
        assert all(np.isfinite(ledger[variable.name]).all() for variable in entity.variables)


@small_runs
@given(strategies.parameters(), strategies.seeds)
def test_same_seed_same_bits(parameters, seed):
    assert bits(market_at_end(parameters, seed)) == bits(market_at_end(parameters, seed))


def test_another_seed_another_market():
    assert bits(market_at_end(DEFAULT, 0)) != bits(market_at_end(DEFAULT, 1))


@small_runs
@given(strategies.parameters(), strategies.seeds)
def test_luck_is_the_same_whatever_happens(parameters, seed):
    """Common random numbers: a mechanism switched off takes no draw away from others."""
    other = parameters.with_values(
        without=frozenset({"failure", "seller_exit", "ideas", "audits"}),
        hold={},
        seller_stances="opportunist",
    )
    one, two = market_at_end(parameters, seed), market_at_end(other, seed)
    for luck in ("buyer_draws", "salesperson_draws", "relationship_draws"):
        assert np.array_equal(
            getattr(one, luck).view(np.float64), getattr(two, luck).view(np.float64)
        )


@pytest.mark.parametrize(
    "entity", [e for e in vars(entities).values() if isinstance(e, Entity)], ids=lambda e: e.name
)
def test_no_variable_hides_what_numpy_offers(entity):
    """A record's own methods win over its fields: the plain twin would read a method."""
    taken = set(dir(np.record)) | set(dir(np.recarray))
    assert {variable.name for variable in entity.variables} & taken == set()


def test_luck_hides_nothing_either():
    for luck in (BUYER_DRAWS, SALESPERSON_DRAWS, RELATIONSHIP_DRAWS):
        assert not set(luck.uniforms + luck.normals) & set(dir(np.recarray))


# --- conservation ------------------------------------------------------------------------------


def close(one, two) -> bool:
    return bool(np.allclose(one, two, rtol=1e-9, atol=1e-6))


@small_runs
@given(strategies.parameters(), strategies.seeds)
def test_every_period_conserves_money_hours_and_units(parameters, seed):
    market = market_at_end(parameters, seed)
    buyers, sellers = market.buyer_series, market.salesperson_series
    paid = buyers["purchase"] + buyers["extras"] + buyers["later_service"]
    assert close(paid, sellers["revenue"])
    transaction = buyers["haggling_hours"] + buyers["contract_hours"] + buyers["blame_hours"]
    assert close(transaction, sellers["transaction_hours"])
    for field in ("joint_hours", "personal_hours", "promises", "promises_kept", "process_ideas"):
        assert close(buyers[field], sellers[field])
    assert close(buyers["months"], sellers["account_months"])
    lost = buyers["suppliers_left"]
    assert close(lost, sellers["accounts_lost"])
    wage = market.parameters[0].wage
    hours = (
        transaction
        + buyers["joint_hours"]
        + buyers["personal_hours"]
        + buyers["inspection_hours"]
        + buyers["desk_hours"]
    )
    valued = (
        buyers["haggling"]
        + buyers["contracting"]
        + buyers["blame"]
        + buyers["inspection"]
        + buyers["relationship"]
    )
    assert close(valued, wage * hours)
    their_hours = (
        transaction + sellers["joint_hours"] + sellers["personal_hours"] + sellers["care_hours"]
    )
    assert close(sellers["time"], wage * their_hours)


@small_runs
@given(strategies.parameters(), strategies.seeds)
def test_agents_and_periods_sum_to_the_same(parameters, seed):
    market = market_at_end(parameters, seed)
    for ledgers, series in (
        (market.buyer_ledgers, market.buyer_series),
        (market.salesperson_ledgers, market.salesperson_series),
    ):
        for field in ledgers.dtype.names:
            assert close(ledgers[field].sum(), series[field].sum())


def test_the_warm_up_is_not_booked():
    parameters = Parameters(buyers=6, salespeople=6, warm_up=12, periods=1)
    booked = [
        {
            name: sum(map(sum, getattr(market, name).tolist()))
            for name in market._fields
            if name.endswith(("_months", "_ledgers", "_series"))
        }
        for market in periods_of(parameters, seed=0)
    ]
    assert len(booked[-1]) == 6
    assert not any(sums for month in booked[:-1] for sums in month.values())
    kept = {name for name, sums in booked[-1].items() if sums}
    assert kept == {name for name in booked[-1] if not name.endswith("_months")}


@small_runs
@given(strategies.parameters(lead_time=0), strategies.seeds)
def test_from_stock_all_that_is_ordered_is_delivered(parameters, seed):
    market = market_at_end(parameters, seed)
    assert close(market.buyer_series["ordered"], market.buyer_series["delivered"])


@pytest.mark.parametrize("seed", range(3))
def test_capital_goods_are_delivered_under_way_or_cancelled_and_ordered_again(seed):
    parameters = Parameters(**{**MIXED, **CAPITAL, "warm_up": 0})
    cancelled = 0.0
    supplied = np.ones(parameters.buyers, bool)
    for market in periods_of(parameters, seed):
        # What waits at a buyer without suppliers was never ordered, so not cancelled either.
        cancelled += market.buyers["backlog"][supplied].sum()
        sellers = market.relationships["seller"].reshape(parameters.buyers, -1)
        supplied = (sellers != NOBODY).any(axis=1)
    under_way = market.orders["units"][market.orders["due"] > NEVER].sum()
    ledgers = market.buyer_ledgers
    assert ledgers["ordered"].sum() == pytest.approx(
        ledgers["delivered"].sum() + under_way + cancelled
    )


@pytest.mark.parametrize("values", [{}, CAPITAL])
def test_all_that_is_needed_is_ordered(values):
    """By buyers that have a supplier left; what the others need waits."""
    parameters = Parameters(**{**MIXED, **values, "warm_up": 0})
    needed = 0.0
    for market in periods_of(parameters, 0):
        needed += market.buyers["need"].sum()
    assert market.buyer_ledgers["ordered"].sum() == pytest.approx(needed)


@pytest.mark.parametrize("seed", range(3))
def test_spells_and_departures_agree(seed):
    market = market_at_end(DEFAULT.with_values(warm_up=0), seed)
    spells = market.spells[: market.clock["spells"][0]]
    ended = (
        market.buyer_ledgers["suppliers_left"].sum()
        + market.buyer_ledgers["suppliers_withdrew"].sum()
        + market.buyer_ledgers["suppliers_failed"].sum()
    )
    assert len(spells) == ended
    assert (spells["end"] >= spells["start"]).all()
    assert (spells["end"] < 60).all()


@pytest.mark.parametrize("seed", range(3))
def test_accounts_are_linked_to_those_who_have_them(seed):
    market = market_at_end(DEFAULT, seed)
    sellers = occupied(market)["seller"]
    counts = np.bincount(sellers, minlength=len(market.salespeople))
    assert np.array_equal(counts, market.salespeople["accounts"])
    assert counts.max() <= market.parameters[0].max_accounts
    by_buyer = market.relationships["seller"].reshape(len(market.buyers), -1)
    for row in by_buyer:
        here = row[row >= 0]
        assert len(set(here.tolist())) == len(here)


# --- edges -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"buyers": 1, "salespeople": 1, "suppliers_per_buyer": 1},
        {"buyers": 1, "salespeople": 1, "suppliers_per_buyer": 1, "warm_up": 0, "periods": 1},
        {"buyers": 20, "salespeople": 2, "suppliers_per_buyer": 2},
        {"buyers": 2, "salespeople": 20, "suppliers_per_buyer": 4},
        {**CAPITAL, "buyers": 4, "salespeople": 4, "suppliers_per_buyer": 2},
        {"purchase_interval": 60, "lead_time": 24, "service_life": 240.0, "buyers": 3},
        {"uncertainty": 1.0, "change_probability": 0.3},
        {"initial_trust": 0.1, "seller_stances": "opportunist"},
    ],
)
def test_runs_at_the_edges(values):
    market = market_at_end(Parameters(**{**MIXED, **values}), 0)
    assert violations(RELATIONSHIP, occupied(market)) == []
    assert np.isfinite(market.buyer_series["purchase"]).all()
    assert market.buyer_ledgers["ordered"].sum() > 0.0
