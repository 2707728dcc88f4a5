"""Valid input, drawn by Hypothesis: one place for all tests."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from relsim.model.draws import MAXIMUM_SEED
from relsim.parameters import Parameters, table
from relsim.parameters.mechanisms import HOLDS, MECHANISMS, SWITCHES
from relsim.parameters.stances import BUYER_STANCES, SELLER_STANCES, STANCE_RANGES

POPULATION = frozenset(
    [
        "buyers",
        "salespeople",
        "suppliers_per_buyer",
        "periods",
        "warm_up",
        "contacts",
    ]
)
"""Parameters that say how large a run is: kept small."""

WHOLE_MONTHS = frozenset(["purchase_interval", "lead_time", "audit_interval"])

ENTRIES = {entry.name: entry for entry in table()}

shares = st.floats(0.0, 1.0)
trusts = shares
layers = st.floats(0.0, 3.0)
seeds = st.integers(0, MAXIMUM_SEED - 1)
mechanisms = st.sampled_from(sorted(MECHANISMS))


@st.composite
def value_of(draw: st.DrawFn, name: str) -> float:
    """A value of a parameter from its whole range, its ends included."""
    entry = ENTRIES[name]
    if entry.integer or name in WHOLE_MONTHS:
        return draw(st.integers(math.ceil(entry.low), math.floor(entry.high)))
    return draw(st.floats(entry.low, entry.high))


@st.composite
def holds(draw: st.DrawFn) -> dict[str, float]:
    """One output held at a value, or none."""
    name = draw(st.none() | st.sampled_from(sorted(HOLDS)))
    low, high, _ = HOLDS.get(name, (0.0, 0.0, ""))
    values = st.sampled_from([low, high]) if name in SWITCHES else st.floats(low, high)
    return {} if name is None else {name: draw(values)}


@st.composite
def stance_items(draw: st.DrawFn) -> dict[str, float]:
    """One item of the stance set apart, or none."""
    item = draw(st.none() | st.sampled_from(sorted(STANCE_RANGES)))
    return {} if item is None else {item: draw(st.floats(*STANCE_RANGES[item]))}


@st.composite
def parameters(draw: st.DrawFn, most_changed: int = 12, **fixed: Any) -> Parameters:
    """Parameters of a small market, some of them anywhere in their ranges."""
    salespeople = draw(st.integers(1, 8))
    values: dict[str, Any] = {
        "salespeople": salespeople,
        "buyers": draw(st.integers(1, 6)),
        "suppliers_per_buyer": draw(st.integers(1, min(4, salespeople))),
        "periods": draw(st.integers(1, 12)),
        "warm_up": draw(st.integers(0, 6)),
        "contacts": 2 * draw(st.integers(0, 2)),
        "without": frozenset(draw(st.lists(mechanisms, max_size=2))),
        "hold": draw(holds()),
        "stance_items": draw(stance_items()),
        "seller_stances": draw(st.sampled_from(sorted(SELLER_STANCES))),
        "reset_contracts": draw(st.booleans()),
    }
    if draw(st.booleans()):
        values["buyer_stances"] = draw(st.sampled_from(sorted(BUYER_STANCES)))
    else:
        values["aggressiveness"] = draw(shares)
    names = [name for name in ENTRIES if name not in POPULATION]
    for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=most_changed)):
        values[name] = draw(value_of(name))
    return Parameters(**{**values, **fixed})
