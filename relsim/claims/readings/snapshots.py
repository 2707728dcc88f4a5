"""Readings off snapshots of all relationships, and what such readings share."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.claims.readings.base import STRONG, Floats, Reading, Snapshots, ratio
from relsim.model.run import Run
from relsim.model.state import COLLABORATIVE, COMMERCIAL, NOBODY, PERSONAL

DEEPEST, SHALLOWER = (PERSONAL,), (COMMERCIAL, COLLABORATIVE)
BUSINESS = ("business_disclosure_by_buyer", "business_disclosure_by_seller")
PERSONS = ("personal_disclosure_by_buyer", "personal_disclosure_by_seller")
TRANSACTION = ("haggling_hours", "contract_hours", "blame_hours")


def stands(snapshots: Snapshots) -> NDArray[np.bool_]:
    """Where a relationship stands, by month and place."""
    standing: NDArray[np.bool_] = snapshots["seller"] != NOBODY
    return standing


def same_pair(snapshots: Snapshots, month: int, later: int) -> NDArray[np.bool_]:
    """Places where the relationship of one month still stands in a later one."""
    same: NDArray[np.bool_] = (
        (snapshots["seller"][month] != NOBODY)
        & (snapshots["seller"][month] == snapshots["seller"][later])
        & (snapshots["start"][month] == snapshots["start"][later])
    )
    return same


def sum_of(snapshots: Snapshots, names: Sequence[str]) -> Floats:
    """Sum of some variables."""
    total: Floats = sum((snapshots[name].astype(np.float64) for name in names), np.zeros(1))
    return total


@functools.cache
def by_phase(
    name: str,
    unit: str,
    above: tuple[str, ...],
    below: tuple[str, ...] = (),
    *,
    phases: tuple[int, ...] = STRONG,
    others: tuple[int, ...] = (COMMERCIAL,),
    scale: float = 1.0,
) -> Reading:
    """A ratio of sums over relationship months in some phases, minus that in others.

    Without variables ``below`` it is a mean over the months of what ``above`` adds up to.
    """

    def read(run: Run) -> float:
        """The ratio in the phases minus that in the others."""
        kept = run.snapshots
        values = sum_of(kept, above)
        divisor = sum_of(kept, below) if below else np.ones_like(values)
        ratios = []
        for group in (phases, others):
            inside = np.isin(kept["phase"], group)
            ratios.append(scale * ratio(values[inside].sum(), divisor[inside].sum()))
        return ratios[0] - ratios[1]

    return Reading(name, unit, read, ("seller", "phase", *above, *below))


def two_halves(values: NDArray[Any], inside: NDArray[np.bool_]) -> tuple[Any, Any]:
    """Those inside above the median of values, and the others inside."""
    middle = np.median(values[inside]) if inside.any() else 0.0
    return inside & (values > middle), inside & (values <= middle)


def phase_shares(run: Run, phase: int) -> tuple[Floats, Floats]:
    """Months of every salesperson with accounts, and the share of them in a phase."""
    kept = run.snapshots
    standing = stands(kept)
    count = len(run.salesperson_ledgers)
    months = np.bincount(kept["seller"][standing], minlength=count).astype(float)
    inside = np.bincount(kept["seller"][standing & (kept["phase"] == phase)], minlength=count)
    return months, inside / np.maximum(months, 1.0)
