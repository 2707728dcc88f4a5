"""No parameter is inert: each moves some measure in some kind of business."""

from __future__ import annotations

import functools

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


def measures(parameters: Parameters) -> np.ndarray:
    runs = (simulate(parameters, seed).measures for seed in PAIRS)
    return np.array([[run[name] for name in MEASURE_NAMES] for run in runs])


def market(kind: str) -> Parameters:
    return presets[kind].with_values(buyer_stances=MIXED)


@functools.cache
def usual(kind: str) -> np.ndarray:
    return measures(market(kind))


def moves(kind: str, name: str, value: float) -> bool:
    changed = measures(market(kind).with_values(**{name: value})) - usual(kind)
    return bool(((changed > 0.0).all(axis=0) | (changed < 0.0).all(axis=0)).any())


@pytest.mark.parametrize("entry", table(), ids=lambda entry: entry.name)
def test_every_parameter_moves_some_measure(entry: Entry) -> None:
    ends = {entry.low, SIZE.get(entry.name, entry.high)}
    if entry.name in SIZE:
        ends = {SIZE[entry.name]}
    tried = [(kind, value) for kind in KINDS for value in sorted(ends)]
    assert any(moves(kind, entry.name, value) for kind, value in tried)


def test_there_are_no_more_parameters_than_a_reader_can_carry() -> None:
    assert len(table()) <= 150
