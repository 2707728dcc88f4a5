"""Checks that many equations share: the direction of an argument, the bounds of a value."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from relsim.engine.compilation import plain

Ranges = Mapping[str, tuple[float, float]]

DRAWS = 1000
AT_AN_END = 0.4
"""Share of arguments that lie at an end of their range, where equations tend to bend."""


def _drawn(function: Callable[..., Any], ranges: Ranges) -> list[dict[str, float]]:
    """Arguments anywhere in their ranges."""
    names = list(inspect.signature(function).parameters)
    low, high = np.array([ranges[name] for name in names]).T
    drawn = np.random.default_rng(0).random((DRAWS, 2, len(names)))
    at_an_end, places = drawn[:, 0] < AT_AN_END, drawn[:, 1]
    values = low + np.where(at_an_end, places.round(), places) * (high - low)
    return [dict(zip(names, each, strict=True)) for each in values.tolist()]


def check_direction(compiled: Callable[..., Any], argument: str, sign: int, ranges: Ranges) -> None:
    """Check that more of an argument moves the value somewhere, and never the other way."""
    function = plain(compiled)
    moves = False
    drawn = _drawn(function, ranges)
    for values, others in zip(drawn, reversed(drawn), strict=True):
        low, high = sorted((values[argument], others[argument]))
        before = float(function(**{**values, argument: low}))
        after = float(function(**{**values, argument: high}))
        # Where there is no rival, its quote is infinite both times.
        if before != after:
            moves = True
            least = -1e-9 * max(1.0, abs(before), abs(after))
            assert sign * (after - before) >= least, (values, low, high)
    assert moves, f"{argument} moves nothing in {function.__name__}"


def check_bounds(compiled: Callable[..., Any], low: float, high: float, ranges: Ranges) -> None:
    """Check that a value stays within bounds for all arguments in their ranges."""
    function = plain(compiled)
    for values in _drawn(function, ranges):
        assert low - 1e-9 <= float(function(**values)) <= high + 1e-9, values
