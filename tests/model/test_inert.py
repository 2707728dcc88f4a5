"""No parameter is inert: each moves some measure in some kind of business."""

from __future__ import annotations

import functools
import itertools

import numpy as np
import pytest

from relsim import Parameters, presets, simulate
from relsim.model.run import MEASURE_NAMES
from relsim.parameters import Entry, table

PAIRS = range(16)
"""Seeds. By chance one of sixty measures moves the same way in all pairs twice in a thousand."""

MIXED = {"aggressive": 0.3, "trusting": 0.4, "arms_length": 0.3}
KINDS = ("consumables", "capital_equipment", "services")
SIZE = {"buyers": 200, "salespeople": 200, "suppliers_per_buyer": 8, "periods": 240, "warm_up": 48}
"""Up to where the size of a run is tried; the others up to the ends of their ranges."""


def measures(parameters: Parameters, seed: int) -> np.ndarray:
    run = simulate(parameters, seed).measures
    return np.array([run[name] for name in MEASURE_NAMES])


SMALL = {"buyers": 12, "salespeople": 12, "periods": 60, "warm_up": 24}
"""Most parameters move something here too, in a third of the time."""


def market(kind: str, small: bool) -> Parameters:
    size = SMALL if small else {}
    return presets[kind].with_values(buyer_stances=MIXED, **size)


@functools.cache
def usual(kind: str, small: bool, seed: int) -> np.ndarray:
    return measures(market(kind, small), seed)


def moves(small: bool, kind: str, name: str, value: float) -> bool:
    """Whether some measure moves the same way in all pairs; none is run after that is out."""
    parameters = market(kind, small).with_values(**{name: value})
    up = down = np.ones(len(MEASURE_NAMES), bool)
    for seed in PAIRS:
        changed = measures(parameters, seed) - usual(kind, small, seed)
        up, down = up & (changed > 0.0), down & (changed < 0.0)
        if not (up | down).any():
            return False
    return True


@pytest.mark.parametrize("entry", table(), ids=lambda entry: entry.name)
def test_every_parameter_moves_some_measure(entry: Entry) -> None:
    ends = {entry.low, SIZE.get(entry.name, entry.high)}
    if entry.name in SIZE:
        ends = {SIZE[entry.name]}
    tried = itertools.product((entry.name not in SIZE, False), KINDS, sorted(ends))
    assert any(moves(small, kind, entry.name, value) for small, kind, value in tried)


def test_there_are_no_more_parameters_than_a_reader_can_carry() -> None:
    assert len(table()) <= 150
