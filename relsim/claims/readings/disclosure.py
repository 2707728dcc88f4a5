"""Readings of disclosure over time: answers, life, what an interruption leaves."""

from __future__ import annotations

import functools
import math

import numpy as np

from relsim.claims.readings.base import YEAR, Floats, Reading
from relsim.claims.readings.snapshots import same_pair, stands, sum_of
from relsim.model.run import Run


def _answers(run: Run) -> float:
    """How much more a buyer tells in a month where it is behind than where it is ahead.

    Within layers, since the first are told more easily than the last.
    """
    kept = run.snapshots
    own, other = (kept[f"business_disclosure_by_{side}"] for side in ("buyer", "seller"))
    stays = (
        stands(kept)[:-1]
        & (kept["seller"][:-1] == kept["seller"][1:])
        & (kept["start"][:-1] == kept["start"][1:])
    )
    told = own[1:] - own[:-1]
    lead = other[:-1] - own[:-1]
    gaps, weights = [], []
    for layer in range(3):
        here = stays & (own[:-1].astype(np.int64) == layer)
        behind, ahead = told[here & (lead > 0.25)], told[here & (lead < -0.25)]
        if len(behind) and len(ahead):
            gaps.append(behind.mean() - ahead.mean())
            weights.append(min(len(behind), len(ahead)))
    return float(np.average(gaps, weights=weights)) if gaps else math.nan


ANSWERS = Reading(
    "told a month by a buyer that is behind, over one that is ahead",
    "layers/month",
    _answers,
    ("seller", "start", "business_disclosure_by_buyer", "business_disclosure_by_seller"),
)


def _by_age(run: Run) -> Floats:
    """Mean business disclosure by month of life, of relationships begun in the run.

    Only those that last three years, so that a change with age is no change of who is left.
    """
    kept, months = run.snapshots, 3 * YEAR
    level = (kept["business_disclosure_by_buyer"] + kept["business_disclosure_by_seller"]) / 2.0
    last = level.shape[0] - months
    rows = [
        level[month : month + months, place]
        for month in range(1, last)
        for place in np.flatnonzero(
            same_pair(kept, month, month + months - 1) & (kept["start"][month] == month)
        )
    ]
    return np.mean(rows, axis=0) if rows else np.full(months, math.nan)


BY_AGE = Reading(
    "business disclosure by month of life",
    "layers",
    _by_age,
    ("seller", "start", "business_disclosure_by_buyer", "business_disclosure_by_seller"),
)

STOP = 60
"""Month in which interventions strike: after half of a run."""


@functools.cache
def cohort(name: str, unit: str, variables: tuple[str, ...], share: bool = False) -> Reading:
    """Mean of variables over relationships that stand from before an intervention to 3 years on.

    With ``share`` over its level in the month before.
    """

    def read(run: Run) -> Floats:
        """Mean level of the cohort in every month."""
        kept = run.snapshots
        inside = same_pair(kept, STOP - 1, STOP + 3 * YEAR - 1)
        if not inside.any():
            return np.full(run.parameters.periods, math.nan)
        levels: Floats = sum_of(kept, variables)[:, inside].mean(axis=1) / len(variables)
        if not share:
            return levels
        before = levels[STOP - 1]
        return levels / before if before > 0.0 else np.full_like(levels, math.nan)

    return Reading(name, unit, read, ("seller", "start", *variables))
