"""Every claim without every mechanism: which mechanism carries which claim."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.claims.forms import Ablation, Claim
from relsim.claims.running import PartResult, check
from relsim.comparison import Progress
from relsim.parameters import Parameters
from relsim.parameters.mechanisms import THEORIES


def ablations(claims: Iterable[Claim]) -> tuple[Ablation, ...]:
    """Every theory's mechanism, and every other that some claim takes away, one at a time."""
    found = {("without", name): Ablation(without=(name,)) for name in THEORIES}
    for claim in claims:
        for part in claim.parts:
            if part.ablation:
                for name in part.ablation.without:
                    found.setdefault(("without", name), Ablation(without=(name,)))
                for name in part.ablation.hold:
                    found.setdefault(("hold", name), Ablation(hold=(name,)))
    return tuple(found.values())


class Matrix(NamedTuple):
    """Share of the effect of each claim's first part that is left without each mechanism.

    Attributes
    ----------
    claims, statements, mechanisms : tuple of str
        Rows, by id and in words; columns.
    left : ndarray
        1 where all of the effect is left, 0 where none is, ``nan`` where nothing was measured.
    clear : ndarray of bool
        Of every claim, whether it has an effect to lose: a 95% interval without zero.
    own : ndarray of bool
        Whether it is a mechanism that the claim itself names.
    """

    claims: tuple[str, ...]
    statements: tuple[str, ...]
    mechanisms: tuple[str, ...]
    left: NDArray[np.float64]
    clear: NDArray[np.bool_]
    own: NDArray[np.bool_]


def matrix(
    claims: Sequence[Claim],
    base: Parameters | None = None,
    replicates: int = 200,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = False,
) -> Matrix:
    """Take every mechanism away from every claim, one at a time.

    Parameters
    ----------
    claims : sequence of Claim
        Which ones; of each its first part.
    base, replicates, seed, workers, progress
        As for ``check``.

    Returns
    -------
    Matrix
        A row a claim, a column a mechanism.
    """
    taken = ablations(claims)
    # As one claim with a part a mechanism, so that every market is still run only once.
    spread = [
        replace(claim, parts=tuple(replace(claim.parts[0], ablation=one) for one in taken))
        for claim in claims
    ]
    results = check(spread, base, replicates, seed, workers, progress)
    left = np.array([[_left(part) for part in result.parts] for result in results])
    effects = [result.parts[0].effect for result in results]
    own = [[_names(claim.parts[0].ablation, one) for one in taken] for claim in claims]
    return Matrix(
        tuple(claim.id for claim in claims),
        tuple(claim.statement for claim in claims),
        tuple(one.name for one in taken),
        left,
        np.array([effect.low > 0.0 or effect.high < 0.0 for effect in effects]),
        np.array(own, bool),
    )


def _names(ablation: Ablation | None, one: Ablation) -> bool:
    """Whether an ablation takes a single mechanism away, among others."""
    if ablation is None:
        return False
    return set(one.without) <= set(ablation.without) and set(one.hold) <= set(ablation.hold)


def _left(part: PartResult) -> float:
    """Share of an effect that is left."""
    if part.ablated is None or part.effect.mean == 0.0:
        return math.nan
    return part.ablated.mean / part.effect.mean
