"""Compiled, stepped, overridden or in plain objects: the same numbers to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from benchmarks.plain_mesa import PlainMesaModel
from markets import as_bytes, differing

from relsim.engine.compilation import plain
from relsim.model import timeline
from relsim.model.agents import Buyer, Salesperson
from relsim.model.mesa_model import RelationshipModel
from relsim.model.schedule import SCHEDULE, advance, begin_period, end_period, walk
from relsim.model.state import NOBODY, Market
from relsim.parameters import Parameters

pytestmark = pytest.mark.mesa

COMMON = {
    "buyers": 5,
    "suppliers_per_buyer": 2,
    "periods": 8,
    "warm_up": 12,
    "buyer_stances": {"aggressive": 0.4, "trusting": 0.6},
}
MARKETS = {
    "components": Parameters(salespeople=6, working_capital=10_000.0, **COMMON),
    "capital goods": Parameters(
        salespeople=4, purchase_interval=6, lead_time=3, service_life=24, **COMMON
    ),
}
STEPS = {f"{step.submodel} of {step.agent}": number for number, step in enumerate(SCHEDULE)}


def copied(market: Market) -> Market:
    """The same market in memory of its own."""
    arrays = {n: v.copy() for n, v in market._asdict().items() if isinstance(v, np.ndarray)}
    return market._replace(**arrays)


def compiled_run(parameters: Parameters, seed: int) -> Market:
    """The market at the end, run as ``simulate`` runs it."""
    prepared = timeline.begin(parameters, seed)
    market = prepared.market
    for first, last in timeline.segments(parameters):
        timeline.enter(prepared, parameters, seed, first)
        while market.clock.period[0] < last:
            market = timeline.with_room(market)
            advance(market, *prepared[1:], last)
    return market


def stepped(parameters: Parameters, seed: int, **classes: Any) -> Market:
    """The market at the end of a Mesa model."""
    model = RelationshipModel(parameters, rng=seed, collect=False, **classes)
    while model.running:
        model.step()
    return model.market


@pytest.fixture(scope="module", params=MARKETS)
def parameters(request: pytest.FixtureRequest) -> Parameters:
    return MARKETS[request.param]


@pytest.fixture(scope="module")
def expected(parameters: Parameters) -> Market:
    return compiled_run(parameters, seed=3)


def test_something_happens_in_these_markets(expected: Market, parameters: Parameters) -> None:
    assert expected.buyer_series["delivered"].sum() > 0.0
    assert expected.clock.spells[0] > 0
    if parameters.service_life > 0.0:
        assert (expected.equipment["units"] > 0.0).any()


def test_model_steps_like_the_compiled_run(expected: Market, parameters: Parameters) -> None:
    assert differing(stepped(parameters, seed=3), expected) == []


@pytest.mark.parametrize("name", STEPS)
def test_step_overridden_in_python(name: str, expected: Market, parameters: Parameters) -> None:
    """Everything compiled but one step of the schedule, for all agents of its kind."""
    step = SCHEDULE[STEPS[name]]
    twin = plain(step.function)
    if step.agent == "market":
        assert differing(with_market_step(parameters, 3, STEPS[name]), expected) == []
        return

    def override(self: Any) -> None:
        twin(self.model.market, self.index)

    base = Buyer if step.agent == "buyer" else Salesperson
    own = type("Own", (base,), {step.submodel: override})
    assert differing(stepped(parameters, 3, **{step.agent: own}), expected) == []


def with_market_step(parameters: Parameters, seed: int, number: int) -> Market:
    """Run a market with a step that is no agent's in plain Python."""
    prepared = timeline.begin(parameters, seed)
    market = prepared.market
    for period in range(-parameters.warm_up, parameters.periods):
        timeline.enter(prepared, parameters, seed, period)
        market = timeline.with_room(market)
        begin_period(prepared.draws, prepared.stream)
        walk(market, 0, number, NOBODY)
        plain(SCHEDULE[number].function)(market)
        walk(market, number + 1, len(SCHEDULE), NOBODY)
        end_period(market, prepared.ledgers)
    return market


def test_some_agents_overridden_and_some_not(expected: Market, parameters: Parameters) -> None:
    class Own(Buyer):
        def ordering(self) -> None:
            super().ordering()

    class OwnSeller(Salesperson):
        def disclosure(self) -> None:
            super().disclosure()

    market = stepped(parameters, 3, buyer={1: Own, 3: Own}, salesperson={0: OwnSeller})
    assert differing(market, expected) == []


def test_a_whole_period_in_python(parameters: Parameters) -> None:
    """The entry points too, draws included."""
    plainly, compiled = (timeline.begin(parameters, 5) for _ in range(2))
    plain(advance)(*plainly, -parameters.warm_up + 2)
    advance(*compiled, -parameters.warm_up + 2)
    assert differing(plainly.market, compiled.market) == []


def test_plain_mesa_model_gives_the_same_numbers(expected: Market, parameters: Parameters) -> None:
    """The model that the benchmark compares with: objects and attributes only."""
    model = PlainMesaModel(parameters, seed=3)
    while model.market.clock[0].period < parameters.periods:
        model.step()
    for name, wanted in expected._asdict().items():
        if isinstance(wanted, np.ndarray) and len(wanted):
            rows = wanted[: expected.clock.spells[0]] if name == "spells" else wanted
            assert as_bytes(model.records(name)) == as_bytes(rows), name


def test_no_step_depends_on_the_order_of_agents(parameters: Parameters) -> None:
    """Spells may differ by their order."""
    agents = {"buyer": parameters.buyers, "salesperson": parameters.salespeople, "market": 1}
    prepared = timeline.begin(parameters, seed=3)
    for _ in range(parameters.warm_up + parameters.periods):
        market = timeline.with_room(prepared.market)
        prepared = prepared._replace(market=market)
        timeline.enter(prepared, parameters, 3, int(market.clock.period[0]))
        begin_period(prepared.draws, prepared.stream)
        for name, number in STEPS.items():
            backwards = copied(market)
            walk(market, number, number + 1, NOBODY)
            for agent in reversed(range(agents[SCHEDULE[number].agent])):
                walk(backwards, number, number + 1, agent)
            if different := differing(market, backwards):
                assert different == ["spells"], name
                assert sorted(market.spells.tolist()) == sorted(backwards.spells.tolist()), name
        end_period(market, prepared.ledgers)
