"""Readings off the ledgers: measures of whole markets, and of groups within one."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.claims.readings.base import Reading, ratio
from relsim.claims.readings.groups import Groups, ranked_buyers
from relsim.model.observation import MEASURES, evaluate, totals
from relsim.model.run import MEASURE_NAMES, Run


@functools.cache
def whole(measure: str) -> Reading:
    """A measure over the whole run."""
    return Reading(measure, MEASURES[measure].unit, lambda run: run.measures[measure])


@functools.cache
def curve(measure: str) -> Reading:
    """A measure in every month."""
    column = MEASURE_NAMES.index(measure)
    return Reading(measure, MEASURES[measure].unit, lambda run: run.series_values[:, column])


CUMULATIVE_COST = Reading(
    "total cost of all bought so far", "money/unit", lambda run: run.cumulative_cost
)


def _contract_months(run: Run) -> float:
    """Mean length agreed, over the contracts that were made in the run."""
    kept = run.snapshots
    months = kept["contract_end"] - np.arange(len(kept["negotiated"]))[:, None]
    made = kept["negotiated"] > 0.0
    return ratio(float(months[made].sum()), float(made.sum()))


CONTRACT_MONTHS = Reading(
    "length of contracts agreed", "month", _contract_months, ("negotiated", "contract_end")
)

SERVICE_LOSS = Reading(
    "paid for later service, problems and delay",
    "money/unit",
    lambda run: sum(
        run.measures[name]
        for name in ("later_service_per_unit", "failure_per_unit", "delay_per_unit")
    ),
)


def of_group(measure: str, ledgers: NDArray[Any], chosen: NDArray[Any]) -> float:
    """A measure of a group, weighted as ``observation`` weighs it."""
    return float(evaluate(MEASURES[measure], totals(ledgers[chosen]))[0])


@functools.cache
def buyer_at(measure: str, trust: str, place: int) -> Reading:
    """A measure of the buyer at a place in the order of trust, ``-1`` the highest."""

    def read(run: Run) -> float:
        """The measure of that buyer."""
        return of_group(measure, run.buyer_ledgers, ranked_buyers(run, trust)[[place]])

    which = "least" if place == 0 else "most"
    return Reading(f"{measure}, {which} trusted buyer", MEASURES[measure].unit, read)


@functools.cache
def apart(measure: str, groups: Groups, *, relative: bool = False) -> Reading:
    """A measure of one group of buyers or of sellers minus that of the other, in one market.

    ``nan`` if either is empty. ``relative`` divides it by that of the other.
    """

    def read(run: Run) -> float:
        """One group minus the other."""
        of_buyers = MEASURES[measure].ledger == "buyer"
        ledgers = run.buyer_ledgers if of_buyers else run.salesperson_ledgers
        chosen = groups.find(run)
        if not all(map(len, chosen)):
            return math.nan
        one, other = (of_group(measure, ledgers, group) for group in chosen)
        return ratio(one - other, other) if relative else one - other

    unit = "share" if relative else MEASURES[measure].unit
    return Reading(f"{measure}, {groups.name}", unit, read)
