"""Two groups of one market that readings set apart: by trait, by stance, by trust."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.model.run import Run
from relsim.parameters.stances import BUYER_STANCES

Numbers = NDArray[np.intp]


class Groups(NamedTuple):
    """Two groups of buyers, or two of sellers: what they are called, and their numbers in a run."""

    name: str
    find: Callable[[Run], tuple[Numbers, Numbers]]


@functools.cache
def has(trait: str) -> Groups:
    """Sellers with a trait, and those without it."""

    def find(run: Run) -> tuple[Numbers, Numbers]:
        """With it, without it."""
        there = run.salespeople[trait].to_numpy() > 0.0
        return np.flatnonzero(there), np.flatnonzero(~there)

    return Groups(f"with minus without {trait}", find)


@functools.cache
def stances(first: str, second: str) -> Groups:
    """Buyers, or sellers, of one stance and of another."""

    def find(run: Run) -> tuple[Numbers, Numbers]:
        """Of the first, of the second."""
        side = run.buyers if first in BUYER_STANCES else run.salespeople
        names = side["stance"].to_numpy()
        return np.flatnonzero(names == first), np.flatnonzero(names == second)

    return Groups(f"{first} minus {second}", find)


@functools.cache
def by_trust(trust: str) -> Groups:
    """Quarter of the buyers highest in a kind of trust, and that of the lowest."""

    def find(run: Run) -> tuple[Numbers, Numbers]:
        """Top and bottom of the ranking."""
        ranked = ranked_buyers(run, trust)
        size = max(1, round(0.25 * len(ranked)))
        return ranked[-size:], ranked[:size]

    return Groups(f"top minus bottom by {trust}", find)


def ranked_buyers(run: Run, trust: str) -> Numbers:
    """Buyers from the least to the most trusted; of equals the more aggressive one first.

    Where trust is clamped all are equals, and what remains is the order of their bargaining.
    """
    level = run.buyers[trust].to_numpy().round(6)
    return np.lexsort((-np.nan_to_num(run.aggressiveness), level))
