"""Pictures of phases: flows, times to events, and where closed relationships stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from relsim.plots.palette import ARMS, PHASES, Band
from relsim.plots.studies.base import dress
from relsim.plots.style import (
    HALO,
    LABEL,
    draw,
    headline,
    in_own_settings,
    inches,
    inches_wide,
    new_figure,
    stacked,
)
from relsim.plots.words import bold, write


class Flow(NamedTuple):
    """Relationships of one arm: how many stand in each phase, and how they move (see phases)."""

    standing: NDArray[np.int64]
    moves: NDArray[np.int64]


def flow(axes: Axes, one: Flow, years: Sequence[float], title: str, named: bool) -> None:
    """Draw how relationships move between phases: bands from phase to phase, as wide as many.

    What leads nowhere has ended; a column is as high as all that stand, newcomers included.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    one : Flow
        Added up over runs.
    years : sequence of float
        Year of each of the months that were counted.
    title : str
        Whose relationships.
    named : bool
        Whether phases are named beside the last column.
    """
    colours = list(PHASES.values())
    width = 0.12 * (years[1] - years[0])
    total = float(one.standing.sum(axis=1).max())
    tops = np.cumsum(one.standing / total, axis=1)
    bases = tops - one.standing / total
    for year, base, top in zip(years, bases, tops, strict=True):
        for phase, colour in enumerate(colours):
            sides = [year - width, year + width]
            axes.fill_between(sides, base[phase], top[phase], color=colour, linewidth=0)
    for step, moved in enumerate(one.moves / total):
        start, end = years[step] + width, years[step + 1] - width
        x = np.linspace(start, end, 40)
        bend = (1.0 - np.cos(np.pi * (x - start) / (end - start))) / 2.0
        leaving, arriving = bases[step].copy(), bases[step + 1].copy()
        for before in range(3):
            for after in range(3):
                size = moved[before, after]
                low = leaving[before] + bend * (arriving[after] - leaving[before])
                paint = colours[before]
                axes.fill_between(x, low, low + size, color=paint, alpha=0.45, linewidth=0)
                leaving[before] += size
                arriving[after] += size
    axes.set_xticks(list(years), [f"{year:g}" for year in years])
    axes.set_ylim(0.0, 1.02)
    dress(axes, title, "year", "share of relationships")
    if named:
        look = bold("#333333") | {"va": "center", "annotation_clip": False}
        for name, base, top in zip(PHASES, bases[-1], tops[-1], strict=True):
            words = name.removeprefix("collaborative ")
            write(axes, words, (years[-1] + width, (base + top) / 2), (8, 0), **look)


@in_own_settings
def phases(
    flows: dict[str, Flow],
    years: Sequence[float],
    curves: pd.DataFrame,
    groups: pd.DataFrame,
    note: str = "",
) -> Figure:
    """Draw flows between phases, times to events, and where closed relationships stay.

    Parameters
    ----------
    flows : dict of str to Flow
        Of each arm.
    years : sequence of float
        When they were counted.
    curves : DataFrame
        ``arm``, ``event``, ``month``, ``share``, ``low``, ``high``: not yet happened.
    groups : DataFrame
        ``group`` and share of each phase, by name.
    note : str
        How many runs with which seed, and what bands are.

    Returns
    -------
    Figure
        Flows above, curves and groups below.
    """
    figure = new_figure(18.0, 12.6)
    headline(figure, f"Collaborative or beyond in the end: {in_the_end(flows)}", note)
    grid = figure.add_gridspec(2, 1, height_ratios=(1.0, 1.0))
    above = grid[0].subgridspec(1, len(flows))
    for place, (arm, one) in enumerate(flows.items()):
        axes = figure.add_subplot(above[0, place])
        title = f"Between {arm} buyers and their suppliers"
        flow(axes, one, years, title, named=place == len(flows) - 1)
    below = grid[1].subgridspec(1, 4, width_ratios=(1.0, 1.0, 1.0, 1.15))
    titles = {
        "collaborative": "Ever collaborative",
        "personal": "Ever personal",
        "end": "Still together",
    }
    for place, (event, title) in enumerate(titles.items()):
        axes = figure.add_subplot(below[0, place])
        dress(axes, title, "years together", "share of those that go on" if place == 0 else "")
        drawn = {}
        for arm, rows in curves[curves["event"] == event].groupby("arm", sort=False):
            x = rows["month"].to_numpy(float) / 12.0
            sides = [rows[name].to_numpy(float) for name in ("share", "low", "high")]
            if event != "end":
                sides = [1.0 - side for side in sides]
            low, high = np.minimum(sides[1], sides[2]), np.maximum(sides[1], sides[2])
            drawn[str(arm)] = Band(x, sides[0], low, high)
            draw(axes, drawn[str(arm)], ARMS[arm])
        axes.set_ylim(0.0, 1.1)
        _name_apart(axes, drawn)
    _closed(figure.add_subplot(below[0, 3]), groups)
    return figure


def in_the_end(flows: dict[str, Flow]) -> str:
    """Share of the relationships of each arm that are collaborative or beyond at the last count."""
    shares = {arm: one.standing[-1] / one.standing[-1].sum() for arm, one in flows.items()}
    return ", ".join(f"{share[1:].sum():.0%} with {arm} buyers" for arm, share in shares.items())


def _name_apart(axes: Axes, bands: dict[str, Band]) -> None:
    """Write the names of curves where they lie apart: the upper above all, the others below all.

    Where others have no room below, they are written between the upper curve and its name.
    """
    x = next(iter(bands.values())).x
    means = {arm: band.mean for arm, band in bands.items()}
    upper = max(means, key=lambda arm: float(means[arm].mean()))
    wide = 0.65 * LABEL * max(map(len, bands)) / 72 / inches_wide(axes) * (x[-1] - x[0])
    tall = 1.3 * LABEL / 72 / inches(axes) * axes.get_ylim()[1]
    # Middles of words that end within the panel; of words wider than it, its own.
    middles = x[(x - wide / 2 >= x[0]) & (x + wide / 2 <= x[-1])]
    middles = middles if len(middles) else x[[len(x) // 2]]
    under = [np.abs(x - middle) <= wide / 2 + (x[-1] - x[0]) / len(x) for middle in middles]
    tops = np.array([max(band.high[there].max() for band in bands.values()) for there in under])
    feet = np.array([min(band.low[there].min() for band in bands.values()) for there in under])
    at = {arm: np.interp(middles, x, mean) for arm, mean in means.items()}
    pad = tall / 3
    for arm in sorted(bands, key=lambda arm: arm == upper):
        others = np.array([curve for name, curve in at.items() if name != arm] or [at[arm]])
        # Far from the others, and near the curve itself.
        above = at[arm] - others.max(axis=0) - (tops - at[arm])
        below = others.min(axis=0) - at[arm] - (at[arm] - feet)
        free = feet - pad - tall > 0.0
        if arm == upper:
            place = int(np.argmax(above))
            height = tops[place] + pad
        elif free.any():
            place = int(np.argmax(np.where(free, below, -np.inf)))
            height = feet[place] - pad - tall
        else:
            place = int(np.argmax(at[upper] - at[arm] - (tops - at[upper])))
            height = tops[place] + pad
            # The upper name stands on this one.
            tops = tops + np.where(np.arange(len(tops)) == place, tall, 0.0)
            at[upper] = at[upper] + np.where(np.arange(len(tops)) == place, 2.0 * tall, 0.0)
        look = bold(ARMS[arm]) | {"ha": "center", "va": "bottom", "path_effects": HALO}
        write(axes, arm, (float(middles[place]), float(height)), **look)


def _closed(axes: Axes, groups: pd.DataFrame) -> None:
    """Bars of the phases of long relationships, by reason to keep personal matters closed."""
    rows = [words.replace(" ", "\n", 1) for words in groups["group"]]
    shares = {name: groups[name].to_numpy(float) for name in PHASES}
    stacked(axes, rows, shares, PHASES, LABEL)
    dress(axes, "After five years, by reason", "commercial, collaborative, and personal")
    axes.tick_params(axis="y", labelsize=LABEL)
