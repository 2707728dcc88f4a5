"""Random numbers: a stream for each purpose, and the draws of a period (ODD 4, stochasticity).

The same number of draws in every period, whatever happens: so runs on common random numbers stay
comparable draw by draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from relsim.io.errors import InputError, shown

STREAMS = ("stances", "traits", "networks", "periods")
"""What random numbers are drawn for, each from a stream of its own."""


MAXIMUM_SEED = 2**53


def check_seed(seed: Any) -> int:
    """The seed as an int.

    Raises
    ------
    InputError
        If it is not a whole number from 0 to 2**53 - 1.
    """
    whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool)
    if not whole or not 0 <= seed < MAXIMUM_SEED:
        raise InputError(f"seed = {shown(seed)}: allowed is a whole number from 0 to 2**53 - 1")
    return int(seed)


def stream_of(seed: int, purpose: str) -> np.random.Generator:
    """Generator of one purpose, independent of the others."""
    sequence = np.random.SeedSequence(seed, spawn_key=(STREAMS.index(purpose),))
    return np.random.Generator(np.random.PCG64(sequence))


@dataclass(frozen=True)
class PeriodDraws:
    """The draws of one period for one kind of entity: uniforms first, then standard normals."""

    name: str
    uniforms: tuple[str, ...]
    normals: tuple[str, ...]

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        """The record type that reads a row of draws by purpose."""
        return np.dtype([(name, np.float64) for name in self.uniforms + self.normals])


BUYER_DRAWS = PeriodDraws(
    "buyer draws",
    (
        "change_occurs",
        "change_size",
        "rival_1",
        "rival_2",
        "rival_3",
        "rival_4",
        "rival_fraction",
        "candidate",
        "searches",
        "priority",
        "staff_leaves",
    ),
    ("new_boundary", "new_candour"),
)

SALESPERSON_DRAWS = PeriodDraws(
    "salesperson draws", ("staff_leaves",), ("new_boundary", "entrant_cost", "entrant_capability")
)

RELATIONSHIP_DRAWS = PeriodDraws(
    "relationship draws",
    (
        "contract_length",
        "buyer_detected",
        "seller_detected",
        "serious",
        "small",
        "caught",
        "voice_serious",
        "voice_small",
        "remedied_serious",
        "remedied_small",
        "idea",
        "process_idea",
    ),
    (
        "affinity",
        "buyer_temptation",
        "seller_temptation",
        "delivery",
        "lot",
        "seller_business",
        "seller_personal",
        "buyer_business",
        "buyer_personal",
        "idea_harm",
        "process_idea_harm",
    ),
)
