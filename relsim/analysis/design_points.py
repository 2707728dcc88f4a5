"""The points of a stored sweep as an analysis needs them: checked against the design's structure.

They are those that were run. Drawn anew they may be others: libraries change how they draw. What
makes a design one can be seen in its points, whatever drew them, so that is what is checked.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from relsim.analysis.outcomes import Stored, parameters_of
from relsim.io.errors import InputError

Floats = NDArray[np.float64]

SOBOL, MORRIS, RANKING = "sobol", "morris", "ranking"

LEAST_VALUES = 10
"""Distinct values that a parameter must have to be cut into slices."""

SEED = 1
"""Of whatever an analysis draws; not 0, which SALib takes for none."""

_ROUNDING = 1e-9
"""Share of a range that two ways of computing one point may differ by."""


class Sample(NamedTuple):
    """The points of a method: where they are, and how many in a row belong together.

    A block is one base sample of Sobol's design, or one trajectory of Morris's. ``chosen`` are the
    points of the sweep that the method uses, ``inputs`` all of them.
    """

    names: list[str]
    inputs: Floats
    chosen: NDArray[np.bool_]
    block: int
    second_order: bool = False
    levels: int = 0


def sample(method: str, results: Stored) -> Sample:
    """The stored points, for a method that their design allows.

    Raises
    ------
    InputError
        If they are not of the structure that the method needs.
    """
    names, plan = parameters_of(results), results.plan
    everything = np.ones(len(results.points), bool)
    if plan.design == "table":
        return Sample(names, _numbers(results, names), everything, 1)
    inputs = results.points[names].to_numpy(float)
    if plan.design == "morris":
        size = len(names) + 1
        _check("morris", size, _is_trajectory(inputs.reshape(-1, size, len(names)), plan))
        # Steps of a whole number may have been rounded away: nothing came of them.
        return Sample(names, inputs, everything, size, levels=plan.levels)
    if plan.design == "latin_hypercube":
        _check_strata(inputs, plan)
        return Sample(names, _spread(results, inputs), everything, 1)
    size = (2 * len(names) if plan.second_order else len(names)) + 2
    _check("sobol", size, _is_crossed(inputs.reshape(-1, size, len(names))))
    if method == SOBOL:
        return Sample(names, inputs, everything, size, second_order=plan.second_order)
    # Of a block the first and the last are drawn independently, those between mix the two.
    place = np.arange(len(inputs)) % size
    chosen = (place == 0) | (place == size - 1)
    return Sample(names, _spread(results, inputs), chosen, 1)


# --- what makes a design --------------------------------------------------------------------------


def _check(design: str, size: int, right: NDArray[np.bool_]) -> None:
    """See that all blocks of so many points are right."""
    if not right.all():
        raise _not_of(design, size * int(np.argmin(right)))


def _not_of(design: str, first: int) -> InputError:
    return InputError(
        f"points from {first} on are not those of a {design} design: allowed is a file as relsim "
        "sweep has written it"
    )


def _is_crossed(blocks: Floats) -> NDArray[np.bool_]:
    """Whether the points between two are the one with a parameter of the other, each in turn."""
    first, last = blocks[:, :1], blocks[:, -1:]
    swapped = np.eye(blocks.shape[2], dtype=bool)
    between = np.where(swapped, last, first)
    if blocks.shape[1] > 2 + blocks.shape[2]:
        between = np.concatenate([between, np.where(swapped, first, last)], axis=1)
    right: NDArray[np.bool_] = (blocks[:, 1:-1] == between).all(axis=(1, 2))
    return right


def _is_trajectory(blocks: Floats, plan: Any) -> NDArray[np.bool_]:
    """Whether every parameter takes one step, alone, of half its levels."""
    moved = blocks[:, 1:] != blocks[:, :-1]
    right: NDArray[np.bool_] = (moved.sum(axis=2) <= 1).all(axis=1)
    right &= (moved.sum(axis=1) <= 1).all(axis=1)
    low, high = blocks.min(axis=1), blocks.max(axis=1)
    half, last = plan.levels // 2, plan.levels - 1
    for column, name in enumerate(plan.names):
        steps = [
            _is_at(plan, name, level / last, level / last, low[:, column])
            & _is_at(plan, name, (level + half) / last, (level + half) / last, high[:, column])
            for level in range(half)
        ]
        right &= np.any(steps, axis=0)
    return right


def _check_strata(inputs: Floats, plan: Any) -> None:
    """Check that each batch has one point in each of as many equal parts of every range."""
    first = 0
    for count in plan.counts:
        edges = np.arange(count + 1) / count
        for column, name in enumerate(plan.names):
            batch = np.sort(inputs[first : first + count, column])
            if not _is_at(plan, name, edges[:-1], edges[1:], batch).all():
                raise _not_of(plan.design, first)
        first += count


def _is_at(plan: Any, name: str, low: Any, high: Any, values: Floats) -> NDArray[np.bool_]:
    """Whether values lie between two shares of the way through a parameter's range."""
    from relsim.design.samples import bounds

    span, limits = plan.parameters[name], bounds(name)
    integer = limits is not None and limits.integer
    lowest = span.at(np.atleast_1d(low) - _ROUNDING, integer)
    highest = span.at(np.atleast_1d(high) + _ROUNDING, integer)
    between: NDArray[np.bool_] = (lowest <= values) & (values <= highest)
    return between


# --- what a ranking needs -------------------------------------------------------------------------


def _spread(results: Stored, inputs: Floats) -> Floats:
    """Drawn points with whole numbers spread over what was rounded to them: no two are equal."""
    names = parameters_of(results)
    whole = [results.points[name].dtype.kind == "i" for name in names]
    generator = np.random.default_rng(SEED)
    return inputs + np.where(whole, generator.random(inputs.shape) - 0.5, 0.0)


def _numbers(results: Stored, names: list[str]) -> Floats:
    """Points of a table, which must be numbers and many for a ranking."""
    for name in names:
        column = results.points[name]
        if not pd.api.types.is_numeric_dtype(column) or column.nunique() < LEAST_VALUES:
            raise InputError(
                f"{name} has {column.nunique()} different values in this table: allowed for a "
                f"ranking are {LEAST_VALUES} or more numbers, or designs {SOBOL}, {MORRIS}, "
                "latin_hypercube"
            )
    inputs: Floats = results.points[names].to_numpy(float)
    return inputs
