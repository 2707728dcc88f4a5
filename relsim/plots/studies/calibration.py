"""Pictures of the calibration: target and reached, and the family of settings."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from relsim.plots.palette import ARMS
from relsim.plots.studies.base import dress
from relsim.plots.style import LABEL, TITLE, headline, in_own_settings, named, new_figure
from relsim.plots.words import bold, write

TARGET_NAMES = {
    "time_of_least_trusted": "time on transaction matters,\nleast trusted of 8 buyers",
    "time_of_most_trusted": "time on transaction matters,\nmost trusted of 8 buyers",
    "serious_voiced": "serious problems voiced",
    "small_voiced": "small problems voiced",
}
"""Names of the calibration targets in pictures."""

BAND = "#F3E3B3"
"""Colour of published bands."""


@in_own_settings
def target_and_reached(reached: pd.DataFrame, family: pd.DataFrame, note: str = "") -> Figure:
    """Draw the published bands, what the defaults reach, and what each setting of the family does.

    Parameters
    ----------
    reached : DataFrame
        See ``calibration.reached``.
    family : DataFrame
        See ``calibration.family``.
    note : str
        How many runs with which seed, and what bands are.

    Returns
    -------
    Figure
        A row a target.
    """
    figure = new_figure(16.0, 7.5)
    axes = figure.add_subplot()
    colour = ARMS["trusting"]
    for place, row in enumerate(reached.iloc[::-1].itertuples()):
        axes.barh(
            place, row.target_high - row.target_low, left=row.target_low, height=0.6, color=BAND
        )
        members = family[row.name].to_numpy(float)
        spread = np.linspace(-0.22, 0.22, len(members))
        axes.plot(members, place + spread, "o", color="#999999", markersize=5)
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=6)
        axes.plot(row.mean, place, "o", color=colour, markersize=14, markeredgecolor="white")
        look = bold(colour, TITLE) | {"ha": "center", "va": "bottom"}
        write(axes, f"{row.mean:.3f}", (row.mean, place + 0.33), **look)
    names = [TARGET_NAMES[name] for name in reached["name"]][::-1]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.2)
    axes.set_xlim(0.0, 0.55)
    inside = reached["mean"].between(reached["target_low"], reached["target_high"]).sum()
    title = f"{inside} of {len(reached)} published numbers are reached"
    headline(figure, title, note)
    dress(axes, "", "share (0 to 1)")
    axes.tick_params(axis="y", labelsize=LABEL, length=0)
    for height, words, paint in (
        (0.42, "published band", "#8A6D1B"),
        (0.34, "reached at the defaults (95%)", colour),
        (0.26, f"{len(family)} settings that fit as well", "#666666"),
    ):
        write(axes, words, (0.99, height), (0, 0), "axes fraction", ha="right", **bold(paint))
    return figure


@in_own_settings
def family_pairs(
    family: pd.DataFrame, defaults: dict[str, float], ranges: dict[str, tuple[float, float]]
) -> Figure:
    """Draw the settings that fit equally well: each parameter against each other.

    Parameters
    ----------
    family : DataFrame
        A column a parameter, and ``weight``.
    defaults : dict of str to float
        The setting in use.
    ranges : dict of str to tuple of float
        Range of each parameter, from which settings were drawn.

    Returns
    -------
    Figure
        Histograms on the diagonal, on the whole range; pairs below it, closer.
    """
    figure = new_figure(16.0, 12.0)
    names = list(defaults)
    grid = figure.add_gridspec(len(names), len(names))
    colour = ARMS["trusting"]
    sizes = 40.0 + 900.0 * family["weight"].to_numpy(float)
    for row, y in enumerate(names):
        for column, x in enumerate(names[: row + 1]):
            axes = figure.add_subplot(grid[row, column])
            if row == column:
                axes.hist(family[x], bins=np.linspace(*ranges[x], 31).tolist(), color="#999999")
                axes.axvline(defaults[x], color=colour, linewidth=3)
                axes.set_yticks([])
                dress(axes, named(x))
                axes.spines["left"].set_visible(False)
                continue
            axes.scatter(family[x], family[y], s=sizes, color="#666666", alpha=0.5, linewidth=0)
            axes.plot(
                defaults[x], defaults[y], "D", color=colour, markersize=12, markeredgecolor="white"
            )
            below, beside = row == len(names) - 1, column == 0
            dress(axes, "", named(x) if below else "", named(y) if beside else "")
            axes.locator_params(nbins=4)
    words = figure.add_subplot(grid[0, 2:])
    words.set_axis_off()
    for height, line, paint in (
        (0.85, f"{len(family)} settings fit all four targets", "#222222"),
        (0.60, "blue: the defaults", colour),
        (0.40, "on the diagonal: where in its whole range", "#666666"),
        (0.24, "a parameter may lie; below it: pairs, closer", "#666666"),
    ):
        words.text(0.0, height, line, **bold(paint, TITLE))
    return figure
