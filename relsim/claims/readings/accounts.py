"""Readings of who keeps and wins accounts: by trait, by stance, by how they were treated."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.claims.readings.base import YEAR, Reading, mean_of, ratio
from relsim.claims.readings.groups import Groups
from relsim.claims.readings.snapshots import same_pair, stands, two_halves
from relsim.model.run import Run


@functools.cache
def accounts_apart(variable: str, unit: str, groups: Groups, scale: float = 1.0) -> Reading:
    """Mean of a variable over the accounts of one group of sellers minus those of another."""

    def read(run: Run) -> float:
        """One group minus the other, over all months."""
        kept = run.snapshots
        one, other = (
            mean_of(kept[variable][np.isin(kept["seller"], group)]) for group in groups.find(run)
        )
        return scale * (one - other)

    return Reading(f"{variable} of accounts, {groups.name}", unit, read, ("seller", variable))


@functools.cache
def customers_won(groups: Groups) -> Reading:
    """New customers a year of one group of sellers minus those of another."""

    def read(run: Run) -> float:
        """Relationships begun in the run for a seller and year, one group minus the other."""
        spells = run.spells
        sellers = spells["seller"].to_numpy()[spells["start"].to_numpy() >= 0]
        years = run.parameters.periods / YEAR
        one, other = (
            ratio(float(np.isin(sellers, group).sum()), len(group) * years)
            for group in groups.find(run)
        )
        return one - other

    return Reading(f"new customers, {groups.name}", "1/seller year", read)


@functools.cache
def lasting_by(variable: str, sign: int) -> Reading:
    """Relationships that last two years more: the best third in a variable minus the worst.

    Within the larger and the smaller half of accounts: who buys more has more of everything.
    ``sign`` is -1 where less of the variable is better.
    """

    def read(run: Run) -> float:
        """Mean gap over the years and both halves."""
        kept, ahead = run.snapshots, 2 * YEAR
        gaps = []
        for month in range(0, run.parameters.periods - ahead, YEAR):
            lasts = same_pair(kept, month, month + ahead)
            for half in two_halves(kept["usual_units"][month], stands(kept)[month]):
                there = np.flatnonzero(half)
                ranked = there[np.argsort(kept[variable][month, there], kind="stable")]
                third = len(ranked) // 3
                if third:
                    gaps.append(lasts[ranked[-third:]].mean() - lasts[ranked[:third]].mean())
        return sign * float(np.mean(gaps)) if gaps else math.nan

    name = f"still customer after two years, by {variable} at equal size"
    return Reading(name, "share", read, ("seller", "start", variable, "usual_units"))


def _silence(run: Run) -> float:
    """Hazard within half a year of the silent minus that of others with equal problems and phase.

    Only with sellers that do not ask the silent: being asked ends a silence.
    """
    kept, half, long = run.snapshots, YEAR // 2, run.parameters.audit_interval
    asks = run.salespeople["contacts_silent"].to_numpy() > 0.0
    ends: list[NDArray[Any]] = []
    silent: list[NDArray[Any]] = []
    strata: list[NDArray[Any]] = []
    for month in range(half, run.parameters.periods - half, half):
        old = same_pair(kept, month - half, month)
        here = old & ~asks[kept["seller"][month]]
        problems = kept["serious_problems"][month - half + 1 : month + 1].sum(axis=0)
        ends.append(~same_pair(kept, month, month + half)[here])
        silent.append((kept["silent_months"][month] >= long)[here])
        strata.append((np.minimum(problems, 3.0) * 4.0 + kept["phase"][month])[here])
    end, quiet, stratum = (np.concatenate(parts) for parts in (ends, silent, strata))
    gaps, weights = [], []
    for value in np.unique(stratum):
        inside = stratum == value
        spoke = inside & ~quiet
        hushed = inside & quiet
        if spoke.any() and hushed.any():
            gaps.append(end[hushed].mean() - end[spoke].mean())
            weights.append(spoke.sum() * hushed.sum() / inside.sum())
    return float(np.average(gaps, weights=weights)) if gaps else math.nan


SILENCE_HAZARD = Reading(
    "ended within half a year, silent minus not, at equal problems and phase",
    "share",
    _silence,
    ("seller", "start", "phase", "serious_problems", "silent_months"),
)
