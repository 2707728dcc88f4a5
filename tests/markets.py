"""Small markets for tests: set up, stepped period by period, and measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from relsim.engine.compilation import plain
from relsim.model import timeline
from relsim.model.initialization import initialize
from relsim.model.observation import MEASURES, evaluate, totals
from relsim.model.schedule import advance, begin_relationships
from relsim.model.state import Market
from relsim.parameters import Parameters

NOBODY_THERE = -1

MIXED: dict[str, Any] = {
    "buyer_stances": {"aggressive": 0.5, "trusting": 0.5},
    "salespeople": 16,
    "buyers": 16,
    "periods": 60,
    "warm_up": 12,
    "reset_contracts": True,
}
"""Settings of a market of two kinds of buyers, small enough to be run often."""


def periods_of(parameters: Parameters, seed: int) -> Iterator[Market]:
    """The market after each of its periods, those of the warm-up included."""
    prepared = timeline.begin(parameters, seed)
    market = prepared.market
    for period in range(-parameters.warm_up, parameters.periods):
        market = timeline.with_room(market)
        timeline.enter(prepared._replace(market=market), parameters, seed, period)
        advance(market, *prepared[1:], period + 1)
        yield market


def market_at_end(parameters: Parameters, seed: int) -> Market:
    """The market after its last period."""
    prepared = timeline.begin(parameters, seed)
    market = prepared.market
    for first, end in timeline.segments(parameters):
        timeline.enter(prepared._replace(market=market), parameters, seed, first)
        while market.clock.period[0] < end:
            market = timeline.with_room(market)
            advance(market, *prepared[1:], end)
    return market


def contents(market: Market) -> dict[str, Any]:
    """All that a market holds; of the spells those that have been written."""
    return {
        name: value[: market.clock.spells[0]] if name == "spells" else value
        for name, value in market._asdict().items()
        if isinstance(value, np.ndarray)
    }


def as_bytes(values: Any) -> bytes:
    """Numbers as bytes; of records field by field, since what lies between them does not count."""
    if values.dtype.names is None:
        return bytes(values.tobytes())
    return b"".join(np.asarray(values[field]).tobytes() for field in values.dtype.names)


def differing(first: Market, second: Market) -> list[str]:
    """Names of what two markets do not hold alike."""
    others = contents(second)
    return [name for name, values in contents(first).items() if not same(values, others[name])]


def same(values: Any, others: Any) -> bool:
    """Whether two arrays hold the same; what lies between is looked at first, for it is quick."""
    return bool(values.tobytes() == others.tobytes()) or as_bytes(values) == as_bytes(others)


def first_place(market: Market, seller: int = 0) -> int:
    """Place of the first relationship of a salesperson."""
    return int(market.account_slots[market.salespeople[seller].first_account])


def measured(market: Market, name: str) -> float:
    """A measure over the whole run and all agents."""
    measure = MEASURES[name]
    ledgers = market.buyer_ledgers if measure.ledger == "buyer" else market.salesperson_ledgers
    return float(evaluate(measure, totals(ledgers))[0])


def mean_of(name: str, parameters: Parameters, seeds: range) -> float:
    """A measure, averaged over seeds."""
    return float(np.mean([measured(market_at_end(parameters, seed), name) for seed in seeds]))


def occupied(market: Market) -> Any:
    """The relationships that stand."""
    relationships = market.relationships
    return relationships[relationships["seller"] != NOBODY_THERE]


def small_market(seed: int = 0, **values: Any) -> Market:
    """A market of one buyer and two sellers before its first period, for single steps."""
    defaults: dict[str, Any] = {
        "buyers": 1,
        "salespeople": 2,
        "suppliers_per_buyer": 2,
        "periods": 3,
        "warm_up": 0,
    }
    market = initialize(Parameters(**{**defaults, **values}), seed).market
    plain(begin_relationships)(market)
    return market


def take(function: Callable[..., None], market: Market, agent: int = 0) -> None:
    """Let one agent take a step, in plain Python."""
    plain(function)(market, agent)


def with_and_without(mechanism: str, found: Callable[..., Any], *args: Any) -> tuple[Any, Any]:
    """What is found in a market with a mechanism, and in one without it."""
    return found(frozenset(), *args), found(frozenset({mechanism}), *args)
