"""Readings off the ledgers: measures of whole markets, and of groups within one."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.claims.readings.base import Reading, ratio
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


def _gap(
    measure: str,
    ledgers: NDArray[Any],
    one: NDArray[Any],
    other: NDArray[Any],
    relative: bool = False,
) -> float:
    """A measure of one group minus that of another; ``nan`` if either is empty.

    ``relative`` divides it by that of the other.
    """
    if not len(one) or not len(other):
        return math.nan
    first, second = (of_group(measure, ledgers, group) for group in (one, other))
    return ratio(first - second, second) if relative else first - second


def ranked_buyers(run: Run, trust: str) -> NDArray[np.intp]:
    """Buyers from the least to the most trusted; of equals the more aggressive one first.

    Where trust is clamped all are equals, and what remains is the order of their bargaining.
    """
    names = [name for name in MEASURE_NAMES if MEASURES[name].ledger == "buyer"]
    level = run.buyer_values[:, names.index(trust)].round(6)
    return np.lexsort((-np.nan_to_num(run.aggressiveness), level))


@functools.cache
def buyer_at(measure: str, trust: str, place: int) -> Reading:
    """A measure of the buyer at a place in the order of trust, ``-1`` the highest."""

    def read(run: Run) -> float:
        """The measure of that buyer."""
        return of_group(measure, run.buyer_ledgers, ranked_buyers(run, trust)[[place]])

    which = "least" if place == 0 else "most"
    return Reading(f"{measure}, {which} trusted buyer", MEASURES[measure].unit, read)


@functools.cache
def buyers_apart(
    measure: str, trust: str, share: float = 0.25, *, relative: bool = False
) -> Reading:
    """A measure of the buyers highest in a kind of trust, minus that of the lowest.

    ``relative`` divides it by that of the lowest.
    """

    def read(run: Run) -> float:
        """Top minus bottom of the ranking."""
        ranked = ranked_buyers(run, trust)
        size = max(1, round(share * len(ranked)))
        return _gap(measure, run.buyer_ledgers, ranked[-size:], ranked[:size], relative)

    unit = "share" if relative else MEASURES[measure].unit
    return Reading(f"{measure}, top minus bottom by {trust}", unit, read)


@functools.cache
def buyer_stances_apart(measure: str, first: str, second: str) -> Reading:
    """A measure of the buyers of one stance minus that of another, in one market."""

    def read(run: Run) -> float:
        """One stance minus the other."""
        stances = np.array(run.stances)
        one, other = (np.flatnonzero(stances == name) for name in (first, second))
        return _gap(measure, run.buyer_ledgers, one, other)

    return Reading(f"{measure}, {first} minus {second}", MEASURES[measure].unit, read)


@functools.cache
def sellers_apart(measure: str, trait: str) -> Reading:
    """A measure of the sellers with a trait minus that of those without it, in one market."""

    def read(run: Run) -> float:
        """With the trait minus without it; ``nan`` if all or none have it."""
        has = run.salespeople[trait].to_numpy() > 0.0
        one, other = np.flatnonzero(has), np.flatnonzero(~has)
        return _gap(measure, run.salesperson_ledgers, one, other)

    return Reading(f"{measure}, with minus without {trait}", MEASURES[measure].unit, read)


def with_stance(run: Run, stance: str) -> NDArray[Any]:
    """Which sellers have a stance."""
    return np.flatnonzero(run.salespeople["stance"].to_numpy() == stance)


@functools.cache
def seller_stances_apart(measure: str, first: str, second: str) -> Reading:
    """A measure of the sellers of one stance minus that of another, in one market."""

    def read(run: Run) -> float:
        """One stance minus the other; ``nan`` if either is missing."""
        one, other = (with_stance(run, name) for name in (first, second))
        return _gap(measure, run.salesperson_ledgers, one, other)

    return Reading(f"{measure}, {first} minus {second}", MEASURES[measure].unit, read)
