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
    unit: str,
    above: tuple[str, ...],
    below: tuple[str, ...] = (),
    *,
    phases: tuple[int, ...] = STRONG,
    others: tuple[int, ...] = (COMMERCIAL,),
    equal_size: bool = False,
    relative: bool = False,
) -> Reading:
    """A ratio of sums over relationship months in some phases, minus that in others.

    Without variables ``below`` it is the mean over the months of the variables ``above``. With
    ``equal_size`` it is the mean of the difference within larger and within smaller accounts: deep
    accounts are larger, and a larger account has more of everything. ``relative`` divides each
    difference by the ratio in the ``others``.
    """

    def read(run: Run) -> float:
        """The ratio in the phases minus that in the others."""
        kept = run.snapshots
        values = sum_of(kept, above)
        divisor = sum_of(kept, below) if below else np.full_like(values, len(above))
        standing = stands(kept)
        strata = two_halves(kept["usual_units"], standing) if equal_size else (standing,)
        chosen = [np.isin(kept["phase"], group) for group in (phases, others)]
        gaps = []
        for stratum in strata:
            one, other = (
                ratio(values[stratum & group].sum(), divisor[stratum & group].sum())
                for group in chosen
            )
            gaps.append(ratio(one - other, other) if relative else one - other)
        return float(np.mean(gaps))

    name = " and ".join(above) + (f" over {' and '.join(below)}" if below else "")
    size = ("usual_units",) if equal_size else ()
    return Reading(f"{name}, by phase", unit, read, ("seller", "phase", *size, *above, *below))


@functools.cache
def within_sellers(variable: str) -> Reading:
    """How much more a seller's strong accounts bring it than its commercial ones, as a share.

    Mean over the months of sellers that have both kinds: the mean of a variable over the strong
    accounts, over that of the commercial ones, minus 1.
    """

    def read(run: Run) -> float:
        """Sum over sellers and months of the strong mean, over that of the commercial mean."""
        kept = run.snapshots
        months = len(kept["seller"])
        count = len(run.salesperson_ledgers)
        key = kept["seller"].astype(np.int64) + count * np.arange(months)[:, None]
        means, there = [], []
        for group in (STRONG, (COMMERCIAL,)):
            inside = stands(kept) & np.isin(kept["phase"], group)
            number = np.bincount(key[inside], minlength=count * months)
            total = np.bincount(key[inside], kept[variable][inside], count * months)
            there.append(number > 0)
            means.append(total / np.maximum(number, 1))
        both = there[0] & there[1]
        return ratio(means[0][both].sum(), means[1][both].sum()) - 1.0

    name = f"{variable} of a seller's accounts, strong over commercial"
    return Reading(name, "share", read, ("seller", "phase", variable))


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
