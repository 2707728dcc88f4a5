"""What is the same wherever results are drawn, on paper or in a browser. Needs no library to draw.

An arm has the same colour everywhere (aggressive vermilion, trusting blue; from palettes of Okabe
and Ito and of Tol, which colour-blind readers tell apart) and shares it with nothing else, phases
go from light to dark, and curves are made of the same points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

ARMS = {
    "aggressive": "#D55E00",
    "trusting": "#0072B2",
    "arms_length": "#999933",
    "life_cycle": "#117733",
    "loyal": "#44AA99",
    "shopper": "#882255",
    "neutral": "#222222",
}
"""Colour of each stance, the same in every picture, and of nothing else."""

OTHER_ARMS = (
    "#117733",
    "#882255",
    "#999933",
    "#AA4499",
    "#44AA99",
    "#000000",
    "#661100",
    "#EE5599",
)
"""Colours of arms that are no stances, in their order; no cost part or phase has them."""

PHASES = {
    "commercial": "#CFC9E1",
    "collaborative": "#8C7DB8",
    "collaborative and personal": "#3F2A78",
}
"""Phases of a relationship, from light to dark."""


class Part(NamedTuple):
    """A part of the total cost per unit: its label, its colour and the measures that it adds up."""

    label: str
    colour: str
    measures: tuple[str, ...]


COST_PARTS = (
    Part("price", "#C8C8C8", ("component_price", "extras_per_unit")),
    Part(
        "haggling, blame",
        "#E69F00",
        ("haggling_per_unit", "contracting_per_unit", "blame_per_unit"),
    ),
    Part("inspection", "#F0E442", ("inspection_per_unit",)),
    Part("problems and delay", "#CC79A7", ("failure_per_unit", "delay_per_unit")),
    Part("later service", "#7F5539", ("later_service_per_unit",)),
    Part("joint work", "#56B4E9", ("relationship_per_unit",)),
    Part("switching", "#555555", ("switching_per_unit",)),
)

SAVINGS = Part("effect of ideas on cost", "#009E73", ("idea_savings_per_unit",))
"""What suppliers' ideas take off the cost, drawn below zero: more above it is less saved."""

TOTAL = "total"
"""Label of the sum of all parts."""

PUBLISHED_SHARES = {"least trusted": 0.47, "most trusted": 0.25}
"""Share of face-to-face time on transaction matters that was published (DC03, ASR)."""

CHANCE = "#BBBBBB"
"""Colour of what is no larger than chance alone would show."""

SURE = 0.05
"""Adjusted p below which a parameter decides more than chance alone would show."""

HALF_YEAR = 6
"""Months that are drawn as one point in runs of four years or more."""


class Band(NamedTuple):
    """A curve with its 95% interval."""

    x: Floats
    mean: Floats
    low: Floats
    high: Floats


def beyond_chance(ranking: pd.DataFrame) -> NDArray[np.bool_]:
    """Say of each parameter of a ranking, see ``studies.space.deciding``, if it is beyond chance.

    >>> import pandas as pd
    >>> beyond_chance(pd.DataFrame({"p": [0.01, 0.05, 0.7]}))
    array([ True, False, False])
    """
    there: NDArray[np.bool_] = ranking["p"].to_numpy(float) < SURE
    return there


def near_partners(together: Floats) -> tuple[Floats, Floats]:
    """Places from 0 to 1 for rows and columns, evenly spread, such that partners are near.

    Parameters
    ----------
    together : ndarray
        How much the one of each row has to do with the one of each column.

    Examples
    --------
    >>> near_partners(np.array([[0.0, 1.0], [1.0, 0.0]]))
    (array([0.25, 0.75]), array([0.75, 0.25]))
    """
    rows, columns = (_evenly(np.arange(float(count))) for count in together.shape)
    for _ in range(20):
        columns = _evenly(together.T @ rows / np.maximum(together.sum(axis=0), 1.0))
        rows = _evenly(together @ columns / np.maximum(together.sum(axis=1), 1.0))
    return rows, columns


def _evenly(values: Floats) -> Floats:
    """Places in the order of the values."""
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return (ranks + 0.5) / len(values)


def half_years(band: Band) -> Band:
    """Means of half-years, if there are four years or more; else the months as they are.

    Contracts that begin together end together, and months then swing in step. The mean of monthly
    intervals is at least as wide as the interval of the mean.

    >>> half_years(Band(*[np.arange(48.0)] * 4)).mean[:2]
    array([2.5, 8.5])
    """
    if len(band.x) < 8 * HALF_YEAR:
        return band
    end = len(band.x) // HALF_YEAR * HALF_YEAR
    return Band(*(side[:end].reshape(-1, HALF_YEAR).mean(axis=1) for side in band))


def interquartile_range(x: Floats, y: Floats, bins: int = 8, least: int = 10) -> Band:
    """Mean and interquartile range of ``y`` in bins of ``x`` with equally many points.

    Parameters
    ----------
    x, y : ndarray
        Points; those that are not finite are left out.
    bins : int
        How many bins, at most.
    least : int
        Points that a bin should have; there are fewer bins where there are too few points.

    Examples
    --------
    >>> interquartile_range(np.arange(4.0), np.array([0.0, 1.0, 2.0, 3.0]), bins=1)
    Band(x=array([1.5]), mean=array([1.5]), low=array([0.75]), high=array([2.25]))
    """
    there = np.isfinite(x) & np.isfinite(y)
    order = np.argsort(x[there], kind="stable")
    x, y = x[there][order], y[there][order]
    parts = np.array_split(np.arange(len(x)), max(1, min(bins, len(x) // least)))
    rows = [
        (x[part].mean(), y[part].mean(), *np.quantile(y[part], (0.25, 0.75)))
        for part in parts
        if len(part)
    ]
    return Band(*np.array(rows, float).reshape(-1, 4).T)
