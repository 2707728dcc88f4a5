"""Initialization (ODD 5): parameters and a seed become the state of a market.

The seed is split into three streams: who the agents are, whom they know, and the draws of every
period. Traits are standard draws, scaled by the parameters, always the same number of them; so two
arms with one seed and equal populations have the same agents in the same networks.
"""

from __future__ import annotations

import functools
import math
import operator
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from relsim.engine.pcg64 import state_of
from relsim.model.draws import (
    BUYER_DRAWS,
    RELATIONSHIP_DRAWS,
    SALESPERSON_DRAWS,
    STREAMS,
    PeriodDraws,
    check_seed,
    stream_of,
)
from relsim.model.entities import BUYER, CLOCK, EQUIPMENT, ORDER, RELATIONSHIP, SALESPERSON, SPELL
from relsim.model.ledgers import BUYER_LEDGER, SALESPERSON_LEDGER
from relsim.model.records import records_in
from relsim.model.stance_allotment import allotted, set_stances
from relsim.model.state import NEVER, NOBODY, SLOT, Contacts, Draws, LedgerArrays, Market
from relsim.model.submodels.shared import NEUTRAL
from relsim.parameters import Parameters, table
from relsim.parameters.entries import HALF_LIVES
from relsim.parameters.mechanisms import HOLDS, MECHANISMS
from relsim.parameters.stances import (
    SELLER_STANCES,
)

FAR_TIES = 0.1
"""Share of ties of a small world that are far ones (Watts and Strogatz 1998)."""

LARGE = 1000
"""People in a network beyond which few networks are kept; else those of a sweep's replicates."""

NUMERIC = tuple(entry.name for entry in table())
_numeric = operator.attrgetter(*NUMERIC)
PARAMETER_DTYPE = np.dtype(
    [(name, np.float64) for name in NUMERIC]
    + [(name, np.float64) for name in HALF_LIVES]
    + [(f"with_{name}", np.float64) for name in MECHANISMS]
    + [(f"hold_{name}", np.float64) for name in HOLDS if name != "trust"]
)


class Prepared(NamedTuple):
    """A market ready to run, the numbers behind its draws and its ledgers, and the stream."""

    market: Market
    draws: Draws
    ledgers: LedgerArrays
    stream: NDArray[np.uint64]


def monthly_decay(half_life: float) -> float:
    """What is left after a month of something with a half-life in months.

    >>> round(monthly_decay(18.0), 4)
    0.9622
    """
    return math.exp(-math.log(2.0) / half_life)


def parameter_record(parameters: Parameters) -> NDArray[Any]:
    """Parameters as the record that the equations read, shape (1,)."""
    both = parameters.hold.get("trust", math.nan)
    holds = {"buyer_trust": both, "seller_trust": both} | parameters.hold
    # In one go and in the order of the fields: setting them one by one takes many times as long.
    values = (
        *_numeric(parameters),
        *(monthly_decay(getattr(parameters, half_life)) for half_life in HALF_LIVES.values()),
        *(0.0 if name in parameters.without else 1.0 for name in MECHANISMS),
        *(holds.get(name, math.nan) for name in HOLDS if name != "trust"),
    )
    return records_in(np.array(values, np.float64), PARAMETER_DTYPE)


def small_world(count: int, contacts: int, seed: int) -> Contacts:
    """A small-world graph of acquaintances (Watts and Strogatz), as arrays.

    Too few people for the wanted number of contacts all know each other.
    """
    kept = _large_worlds if count > LARGE else _worlds
    return kept(count, contacts, seed)


def _drawn_small_world(count: int, contacts: int, seed: int) -> Contacts:
    if contacts == 0 or count == 1:
        graph = nx.empty_graph(count)
    elif contacts >= count:
        graph = nx.complete_graph(count)
    else:
        graph = nx.watts_strogatz_graph(count, contacts, FAR_TIES, seed=seed)
    neighbours = [sorted(others) for _, others in graph.adjacency()]
    first = np.zeros(count + 1, np.int64)
    np.cumsum([len(others) for others in neighbours], out=first[1:])
    other = np.array([o for others in neighbours for o in others], np.int64)
    return Contacts(first, other)


_worlds = functools.lru_cache(maxsize=512)(_drawn_small_world)
_large_worlds = functools.lru_cache(maxsize=4)(_drawn_small_world)


def _numbers(ledgers: NDArray[Any]) -> NDArray[np.float64]:
    """The memory of ledgers, one row of numbers each."""
    return np.asarray(ledgers).view(np.float64).reshape(len(ledgers), -1)


def _draws_for(kind: PeriodDraws, count: int) -> tuple[NDArray[np.float64], NDArray[Any]]:
    draws = np.zeros((count, len(kind.uniforms) + len(kind.normals)))
    return draws, records_in(draws, kind.dtype)


def _clipped(draws: NDArray[np.float64], mean: float, spread: float) -> NDArray[np.float64]:
    return np.clip(mean + spread * draws, 0.0, 1.0)


def first_suppliers(p: Parameters, traits: np.random.Generator) -> NDArray[np.int64]:
    """Suppliers of each buyer at the start, all different, accounts spread evenly.

    Returns
    -------
    array of int, shape (buyers, suppliers_per_buyer)
    """
    chosen = np.full((p.buyers, p.suppliers_per_buyer), NOBODY, np.int64)
    for rank in range(p.suppliers_per_buyer):
        supplier = traits.permutation(p.salespeople)
        turn = traits.permutation(p.buyers)
        chosen[:, rank] = supplier[turn % p.salespeople]
        for _ in range(p.salespeople):
            twice = (chosen[:, :rank] == chosen[:, rank : rank + 1]).any(axis=1)
            if not twice.any():
                break
            turn[twice] += 1
            chosen[:, rank] = supplier[turn % p.salespeople]
    return chosen


def _install_base(
    equipment: NDArray[Any],
    relationships: NDArray[Any],
    buyers: NDArray[Any],
    prices_service: NDArray[np.float64],
    p: Parameters,
) -> None:
    """Equipment of all ages that stands at the start, bought from the first suppliers."""
    suppliers = p.suppliers_per_buyer
    per_buyer = len(equipment) // p.buyers
    ages = np.arange(0, p.service_life, p.purchase_interval)
    for buyer in range(p.buyers):
        sellers = relationships["seller"][buyer * suppliers : (buyer + 1) * suppliers]
        offset = buyers["purchase_offset"][buyer]
        first = buyer * per_buyer
        items = equipment[first : first + len(ages) * suppliers]
        items["installed"] = np.repeat(-p.warm_up - offset - ages, suppliers)
        items["maker"] = items["firm"] = np.tile(sellers, len(ages))
        items["units"] = buyers["volume"][buyer] * p.purchase_interval / suppliers
        items["help"] = NEUTRAL
        items["service_paid"] = np.tile(prices_service[sellers], len(ages))


def orders_per_slot(p: Parameters) -> int:
    """How many orders of one relationship can be under way at once."""
    return p.lead_time + 1 if p.lead_time else 0


def equipment_per_buyer(p: Parameters) -> int:
    """How many pieces of equipment a buyer can have in use or on order at once."""
    if not p.service_life:
        return 0
    purchases = math.ceil(p.service_life / p.purchase_interval) + p.lead_time + 2
    return p.suppliers_per_buyer * purchases


def _buyers(p: Parameters, traits: np.random.Generator) -> NDArray[Any]:
    """Buyers, all neutral, with traits and what they believe to begin with."""
    buyers = BUYER.empty(p.buyers)
    buyers["first_slot"] = np.arange(p.buyers) * p.suppliers_per_buyer
    buyers["end_slot"] = buyers["first_slot"] + p.suppliers_per_buyer
    buyers["candidate"] = buyers["candidate_slot"] = buyers["next_applicant"] = NOBODY
    buyers["purchase_offset"] = traits.integers(0, 5040, p.buyers) % p.purchase_interval
    buyers["review_offset"] = traits.integers(0, 5040, p.buyers)
    normals = traits.standard_normal((4, p.buyers))
    scale = p.volume * math.exp(-p.volume_spread * p.volume_spread / 2.0)
    buyers["volume"] = scale * np.array([math.exp(p.volume_spread * z) for z in normals[0]])
    buyers["candour"] = _clipped(normals[1], p.candour, p.person_spread)
    buyers["personal_boundary"] = p.personal_boundary + p.person_spread * normals[2]
    buyers["integrity"] = np.maximum(0.0, 1.0 + p.person_spread * normals[3])
    buyers["monitors"] = traits.random(p.buyers) < p.practice_share
    buyers["bargaining"] = 1.0
    # Norms to begin with, and to stay with where own ones are switched off.
    buyers["usual_loss"] = p.serious_rate * p.serious_loss / p.units_per_account
    buyers["usual_hours"] = NEUTRAL * p.contact_hours
    hours = p.standard_hours * p.wage / p.units_per_account
    cost = (p.unit_cost + hours) * (1.0 + p.markup)
    buyers["alternative_cost"] = cost + buyers["usual_loss"]
    return buyers


def _salespeople(p: Parameters, traits: np.random.Generator, volume: float) -> NDArray[Any]:
    """Salespeople and their firms; ``volume`` is what all buyers need in a month."""
    salespeople = SALESPERSON.empty(p.salespeople)
    salespeople["firm"] = np.arange(p.salespeople)
    salespeople["first_applicant"] = NOBODY
    salespeople["audit_offset"] = traits.integers(0, 5040, p.salespeople)
    normals = traits.standard_normal((3, p.salespeople))
    uniforms = traits.random((5, p.salespeople))
    salespeople["unit_cost"] = p.unit_cost + p.unit_cost_spread * normals[0]
    salespeople["markup"] = p.markup
    salespeople["capability"] = p.capability_spread * normals[1]
    salespeople["usual_quality"] = salespeople["capability"]
    salespeople["personal_boundary"] = p.personal_boundary + p.person_spread * normals[2]
    salespeople["capacity"] = volume / p.salespeople * (1.0 + p.spare_capacity)
    for row, (trait, share) in enumerate(
        {
            "prices_service": p.service_in_price_share,
            "audits": p.practice_share,
            "contacts_silent": p.practice_share,
            "key_account_manager": p.practice_share,
            "customer_time": p.practice_share,
        }.items()
    ):
        salespeople[trait] = uniforms[row] < share
    names = allotted(p.seller_stances, traits.permutation(p.salespeople))
    code = {name: n for n, name in enumerate(SELLER_STANCES)}
    salespeople["stance"] = [code[name] for name in names]
    for item in SELLER_STANCES["honest"]:
        of_stances = np.array([stance[item] for stance in SELLER_STANCES.values()])
        salespeople[item] = of_stances[salespeople["stance"]]
    salespeople["confidence"] = NEUTRAL
    salespeople["cash"] = p.working_capital
    salespeople["bid"] = salespeople["list_quote"] = salespeople["unit_cost"] * (
        1.0 + salespeople["markup"]
    )
    salespeople["bid_floor"] = salespeople["unit_cost"]
    return salespeople


def initialize(parameters: Parameters, seed: int) -> Prepared:
    """Set up a market.

    Parameters
    ----------
    parameters : Parameters
        What market to set up.
    seed : int
        From 0 to 2**53 - 1.

    Returns
    -------
    Prepared
        The market at the beginning of its warm-up, with every buyer neutral.

    Raises
    ------
    InputError
        If the seed is not a whole number in that range.
    """
    seed = check_seed(seed)
    p = parameters
    traits, ties, periods = (stream_of(seed, purpose) for purpose in STREAMS[1:])
    suppliers = p.suppliers_per_buyer
    slots = p.buyers * suppliers
    clock = CLOCK.empty(1)
    clock["period"] = -p.warm_up
    clock["slots_per_buyer"] = suppliers
    clock["orders_per_slot"] = orders_per_slot(p)
    clock["equipment_per_buyer"] = equipment_per_buyer(p)

    buyers = _buyers(p, traits)
    salespeople = _salespeople(p, traits, buyers["volume"].sum())
    relationships = RELATIONSHIP.empty(slots)
    relationships["seller"] = first_suppliers(p, traits).ravel()

    buyer_numbers, buyer_draws = _draws_for(BUYER_DRAWS, p.buyers)
    salesperson_numbers, salesperson_draws = _draws_for(SALESPERSON_DRAWS, p.salespeople)
    relationship_numbers, relationship_draws = _draws_for(RELATIONSHIP_DRAWS, slots)
    relationship_draws["affinity"] = traits.standard_normal(slots)
    salespeople["makes_effort"] = traits.random(p.salespeople) < p.effort_share

    orders = ORDER.empty(slots * int(clock["orders_per_slot"][0]))
    orders["due"] = NEVER
    equipment = EQUIPMENT.empty(p.buyers * int(clock["equipment_per_buyer"][0]))
    equipment["installed"] = NEVER
    if p.service_life:
        _install_base(equipment, relationships, buyers, salespeople["prices_service"], p)
    network_seeds = [int(n) for n in ties.integers(0, 2**32, 2)]
    market = Market(
        parameters=parameter_record(p),
        clock=clock,
        buyers=buyers,
        salespeople=salespeople,
        relationships=relationships,
        traded=RELATIONSHIP.empty(0),
        unbegun=RELATIONSHIP.empty(1),
        account_slots=np.zeros(slots, SLOT),
        orders=orders,
        equipment=equipment,
        spells=SPELL.empty(slots + 64),
        buyer_draws=buyer_draws,
        salesperson_draws=salesperson_draws,
        relationship_draws=relationship_draws,
        buyer_contacts=small_world(p.buyers, p.contacts, network_seeds[0]),
        salesperson_contacts=small_world(p.salespeople, p.contacts, network_seeds[1]),
        buyer_months=BUYER_LEDGER.empty(p.buyers),
        salesperson_months=SALESPERSON_LEDGER.empty(p.salespeople),
        buyer_ledgers=BUYER_LEDGER.empty(p.buyers),
        salesperson_ledgers=SALESPERSON_LEDGER.empty(p.salespeople),
        buyer_series=BUYER_LEDGER.empty(p.periods),
        salesperson_series=SALESPERSON_LEDGER.empty(p.periods),
    )
    set_stances(market, p, seed, neutral=True)
    draws = Draws(buyer_numbers, salesperson_numbers, relationship_numbers)
    ledgers = LedgerArrays(*(_numbers(getattr(market, name)) for name in LedgerArrays._fields))
    return Prepared(market, draws, ledgers, state_of(periods))
