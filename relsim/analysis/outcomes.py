"""What a stored sweep holds: arms, parameters, measures, and one measure by point and replicate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, cast

import pandas as pd

from relsim.io.errors import InputError, known, shown

PERIOD = "period"

KEYS = ("point", "arm", "replicate", "seed", "seconds", "buyer", PERIOD)
"""Columns of a sweep's tables that are no measures."""


class Stored(Protocol):
    """What a stored sweep must offer to be read; see ``relsim.load``."""

    @property
    def plan(self) -> Any:
        """What was to be run; see ``relsim.sweep.Plan``."""

    @property
    def points(self) -> pd.DataFrame:
        """A row a design point: ``point`` and a column a parameter that differs."""

    @property
    def runs(self) -> pd.DataFrame:
        """A row a run: ``point``, ``arm``, ``replicate``, ``seed`` and every measure kept."""

    @property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer of a run; empty if not kept."""

    @property
    def series(self) -> pd.DataFrame:
        """A row a period of a run; empty if not kept."""


def stored(given: Any) -> Stored:
    """What was given, if it is a stored sweep.

    Raises
    ------
    InputError
        If it is something else, such as the path of one.
    """
    if not hasattr(given, "plan"):
        raise InputError(f"results = {shown(given)}: allowed is what relsim.load makes of a file")
    return cast(Stored, given)


def parameters_of(results: Stored) -> list[str]:
    """Names of the parameters that differ between points, in the order of the design."""
    return [name for name in results.points.columns if name != "point"]


def arms_of(results: Stored) -> list[str]:
    """Names of the arms, in the order of the plan."""
    return list(results.plan.arm_names)


def sample_size(results: Stored) -> str:
    """How many points and replicates a sweep has and with which seed, as figures say it."""
    plan, done = results.plan, len(results.runs)
    words = f"{plan.size} points, {replicates_there(results)} of each, seed {plan.seed}"
    return words if done == plan.runs else f"{words} ({done} of {plan.runs} runs so far)"


def replicates_there(results: Stored, points: Iterable[int] | None = None) -> str:
    """How many replicates some of its points have, or all, of those that were planned."""
    planned = results.plan.replicates
    chosen = results.points["point"] if points is None else points
    every = pd.MultiIndex.from_product([chosen, arms_of(results)], names=["point", "arm"])
    counts = results.runs.groupby(["point", "arm"]).size().reindex(every, fill_value=0)
    low, high = (int(counts.min()), int(counts.max())) if len(counts) else (0, 0)
    words = "replicate" if planned == 1 else "replicates"
    if low == high == planned:
        return f"{planned} {words}"
    return f"{high if low == high else f'{low} to {high}'} of {planned} {words}"


def unfinished(results: Stored) -> str:
    """What an analysis stands on where runs are missing; empty where none is."""
    planned, done = results.plan.runs, len(results.runs)
    if done == planned:
        return ""
    return (
        f"{done} of {planned} runs are there, {replicates_there(results)} at a point; the others "
        "failed or are yet to be made"
    )


def measures_of(table: pd.DataFrame) -> list[str]:
    """Names of the measures in one of a sweep's tables."""
    return [
        name
        for name in table.columns
        if name not in KEYS and pd.api.types.is_numeric_dtype(table[name])
    ]


def outcomes(
    results: Stored, measure: str, arm: str | None = None, minus: str | None = None
) -> pd.DataFrame:
    """One measure of one arm, or of the difference of two, by point and replicate.

    Parameters
    ----------
    results : Stored
        A stored sweep.
    measure : str
        One of those that it kept.
    arm : str, optional
        Which; may be left out where there is one only.
    minus : str, optional
        Another arm, to be subtracted run by run: both met the same random draws.

    Returns
    -------
    DataFrame
        A row a point of the design, a column a replicate; ``nan`` where a run failed or is yet to
        be made.

    Raises
    ------
    InputError
        If measure or arm are not in the sweep.
    """
    known("measure in this sweep", [measure], measures_of(results.runs))
    arms = arms_of(results)
    if arm is None:
        if len(arms) > 1:
            raise InputError(f"arm = None: allowed is one of {', '.join(arms)}")
        arm = arms[0]
    known("arm of this sweep", [arm] if minus is None else [arm, minus], arms)
    if arm == minus:
        raise InputError(f"{arm!r} minus itself is nothing: allowed are two different arms")
    found = _wide(results, measure, arm)
    return found if minus is None else found - _wide(results, measure, minus)


def _wide(results: Stored, measure: str, arm: str) -> pd.DataFrame:
    runs = results.runs
    chosen = runs[runs["arm"] == arm]
    # pivot_table would take the mean of a run that is there twice; this raises.
    wide = chosen.pivot(index="point", columns="replicate", values=measure)  # noqa: PD010
    return wide.reindex(results.points["point"]).astype(float)


def arm_name(arm: str, minus: str | None = None) -> str:
    """Name of an arm, or of the difference of two, as tables and pictures have it.

    >>> arm_name("trusting", "aggressive")
    'trusting - aggressive'
    """
    return arm if minus is None else f"{arm} - {minus}"


def pairs(results: Stored) -> list[tuple[str, str | None]]:
    """Arms one by one, then each later one with the first, to be subtracted from it."""
    first, *others = arms_of(results)
    alone: list[tuple[str, str | None]] = [(name, None) for name in (first, *others)]
    return alone + [(name, first) for name in others]
