"""Checks that many equations share: the direction of an argument, the bounds of a value."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from relsim.engine.compilation import plain

Ranges = Mapping[str, tuple[float, float]]


def _arguments(function: Callable[..., Any], ranges: Ranges) -> dict[str, tuple[float, float]]:
    return {name: ranges[name] for name in inspect.signature(function).parameters}


def check_direction(compiled: Callable[..., Any], argument: str, sign: int, ranges: Ranges) -> None:
    """Check that more of an argument moves the value somewhere, and never the other way."""
    function = plain(compiled)
    wanted = _arguments(function, ranges)

    @settings(max_examples=60, deadline=None)
    @given(
        st.fixed_dictionaries({name: st.floats(*bounds) for name, bounds in wanted.items()}),
        st.floats(*wanted[argument]),
    )
    def check(values: dict[str, float], other: float) -> None:
        low, high = sorted((values[argument], other))
        before = float(function(**{**values, argument: low}))
        after = float(function(**{**values, argument: high}))
        # Where there is no rival, its quote is infinite both times.
        assert before == after or sign * (after - before) >= -1e-9 * max(
            1.0, abs(before), abs(after)
        )

    check()
    random = np.random.default_rng(0)
    for _ in range(1000):
        values = {name: random.uniform(*bounds) for name, bounds in wanted.items()}
        low, high = wanted[argument]
        if function(**{**values, argument: low}) != function(**{**values, argument: high}):
            return
    raise AssertionError(f"{argument} moves nothing in {function.__name__}")


def check_bounds(compiled: Callable[..., Any], low: float, high: float, ranges: Ranges) -> None:
    """Check that a value stays within bounds for all arguments in their ranges."""
    function = plain(compiled)
    wanted = _arguments(function, ranges)

    @settings(max_examples=150, deadline=None)
    @given(st.fixed_dictionaries({name: st.floats(*bounds) for name, bounds in wanted.items()}))
    def check(values: dict[str, float]) -> None:
        assert low - 1e-9 <= float(function(**values)) <= high + 1e-9

    check()
