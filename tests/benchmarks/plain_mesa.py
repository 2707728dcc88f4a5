"""The same market as an ordinary Mesa model: objects, attributes, methods, no compilation.

The equations are those of relsim, in pure Python; agents are ``mesa.Agent`` with their state as
attributes, relationships are objects with slots, and every period each kind of agent does one
submodel after the other. It is what one would write without numba, so it is what the compiled
run is measured against; and since it makes the same draws, it must give the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from relsim.engine.compilation import plain
from relsim.model import timeline
from relsim.model.draws import BUYER_DRAWS, RELATIONSHIP_DRAWS, SALESPERSON_DRAWS, PeriodDraws
from relsim.model.entities import SPELL
from relsim.model.schedule import SCHEDULE
from relsim.model.state import SLOT, Contacts, Market
from relsim.parameters import Parameters
from relsim.parameters.stances import BUYER_ITEMS

OF_A_STANCE = ("aggressiveness", *(item.name for item in BUYER_ITEMS))


class PlainBuyer(mesa.Agent):
    """A buyer; its variables are attributes, its methods are set below."""


class PlainSalesperson(mesa.Agent):
    """A salesperson; its variables are attributes, its methods are set below."""


def _method(step: Callable[..., None]) -> Callable[[Any], None]:
    function = plain(step)

    def method(self: Any) -> None:
        function(self.model.market, self.index)

    return method


for _step in SCHEDULE:
    if _step.agent == "buyer":
        setattr(PlainBuyer, _step.submodel, _method(_step.function))
    elif _step.agent == "salesperson":
        setattr(PlainSalesperson, _step.submodel, _method(_step.function))


def class_of(name: str, dtype: np.dtype[Any]) -> type:
    """A class of objects with slots that have the fields of a record type."""
    return type(name, (), {"__slots__": dtype.names})


def objects(name: str, records: NDArray[Any]) -> Things:
    """An object for each record."""
    kind = class_of(name, records.dtype)
    return Things(described(kind(), record) for record in np.asarray(records))


def described(thing: Any, record: Any) -> Any:
    """A thing with the values of a record as attributes."""
    for field, value in zip(record.dtype.names, record.item(), strict=True):
        setattr(thing, field, value)
    return thing


class Things(list[Any]):
    """A list in which putting a thing copies its values, as an array of records does."""

    def __setitem__(self, index: Any, thing: Any) -> None:
        for field in thing.__slots__:
            setattr(self[index], field, getattr(thing, field))


def as_records(things: list[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Records with the attributes of the things."""
    rows = [tuple(getattr(thing, field) for field in dtype.names) for thing in things]
    return np.array(rows, dtype)


def generator_at(stream: NDArray[np.uint64]) -> np.random.Generator:
    """Numpy's generator at a state that ``relsim.engine.pcg64`` keeps in four numbers."""
    bits = np.random.PCG64()
    state, increment = (int(high) << 64 | int(low) for high, low in stream.reshape(2, 2))
    bits.state = bits.state | {"state": {"state": state, "inc": increment}}
    return np.random.Generator(bits)


class PlainMesaModel(mesa.Model):
    """A market in plain Python; a step is a month, and those of the warm-up come first.

    Parameters
    ----------
    parameters, seed
        As for ``relsim.simulate``.
    """

    def __init__(self, parameters: Parameters, seed: int) -> None:
        super().__init__(rng=seed)
        self.given, self.number = parameters, seed
        self.begun = timeline.begin(parameters, seed)
        self.generator = generator_at(self.begun.stream)
        records = self.begun.market
        fields: dict[str, Any] = {}
        for name, value in records._asdict().items():
            if isinstance(value, Contacts):
                fields[name] = Contacts(value.first.tolist(), value.other.tolist())
            elif name == "account_slots":
                fields[name] = value.tolist()
            elif name not in ("buyers", "salespeople"):
                fields[name] = objects(name, value)
        buyers = [PlainBuyer(self) for _ in records.buyers]
        salespeople = [PlainSalesperson(self) for _ in records.salespeople]
        for agents, rows in ((buyers, records.buyers), (salespeople, records.salespeople)):
            for index, agent in enumerate(agents):
                agent.index = index
                described(agent, np.asarray(rows)[index])
        self.market = Market(buyers=buyers, salespeople=salespeople, **fields)
        self.new_spell = class_of("spell", SPELL.dtype)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "component_price": lambda model: model.mean("purchase", "delivered"),
                "trust_in_suppliers": lambda model: model.mean("buyer_trust", "months"),
            }
        )

    def mean(self, part: str, whole: str) -> float:
        """A ratio from the market's books of the period that has just passed, if it has any."""
        last = self.market.clock[0].period - 1
        if last < 0:
            return math.nan
        month = self.market.buyer_series[last]
        return getattr(month, part) / getattr(month, whole) if getattr(month, whole) else math.nan

    def draw(self, luck: PeriodDraws, things: list[Any]) -> None:
        """Draw the luck of a kind of entity."""
        for thing in things:
            for name in luck.uniforms:
                setattr(thing, name, self.generator.random())
            for name in luck.normals:
                setattr(thing, name, self.generator.standard_normal())

    def enter(self, period: int) -> None:
        """Take over from the records what changes from outside before a period."""
        if period not in timeline.changes(self.given):
            return
        begun = self.begun.market
        timeline.enter(self.begun, self.given, self.number, period)
        described(self.market.parameters[0], begun.parameters[0])
        if period == 0:
            for buyer, record in zip(self.market.buyers, begun.buyers, strict=True):
                for name in OF_A_STANCE:
                    setattr(buyer, name, record[name].item())
        if period == 0 and self.given.reset_contracts:
            for relationship in self.market.relationships:
                relationship.contract_end = 0

    def step(self) -> None:
        """Let a month pass."""
        market = self.market
        clock = market.clock[0]
        self.enter(clock.period)
        while len(market.spells) - clock.spells < len(market.relationships):
            market.spells.append(described(self.new_spell(), SPELL.empty(1)[0]))
        self.draw(BUYER_DRAWS, market.buyer_draws)
        self.draw(SALESPERSON_DRAWS, market.salesperson_draws)
        self.draw(RELATIONSHIP_DRAWS, market.relationship_draws)
        for step in SCHEDULE:
            if step.agent == "market":
                plain(step.function)(market)
            else:
                kind = PlainBuyer if step.agent == "buyer" else PlainSalesperson
                self.agents_by_type[kind].do(step.submodel)
        self.close_ledgers("buyer")
        self.close_ledgers("salesperson")
        clock.period += 1
        self.datacollector.collect(self)

    def close_ledgers(self, kind: str) -> None:
        """Add what each agent booked in the month to its ledger and to that of the period."""
        months = getattr(self.market, f"{kind}_months")
        ledgers = getattr(self.market, f"{kind}_ledgers")
        series = getattr(self.market, f"{kind}_series")
        period = self.market.clock[0].period
        for month, ledger in zip(months, ledgers, strict=True):
            for name in month.__slots__:
                if period >= 0:
                    amount = getattr(month, name)
                    setattr(ledger, name, getattr(ledger, name) + amount)
                    setattr(series[period], name, getattr(series[period], name) + amount)
                setattr(month, name, 0.0)

    def records(self, name: str) -> NDArray[Any]:
        """One of the market's lists, as records."""
        things = getattr(self.market, name)
        if name == "spells":
            things = things[: self.market.clock[0].spells]
        if name == "account_slots":
            return np.array(things, SLOT)
        return as_records(things, getattr(self.begun.market, name).dtype)
