"""Snapshots of where claims hold: all of them in one, and a map for each."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.colors import LinearSegmentedColormap

from relsim.claims.report import VERDICT_COLOURS
from relsim.claims.robust.deciding import Deciding
from relsim.claims.statistics import FAILS, HOLDS, OPEN
from relsim.plots import LABEL, SMALL, in_own_settings, new_figure
from relsim.plots.palette import beyond_chance
from relsim.plots.studies import deciding_bars, dress, share_map
from relsim.plots.style import headline, stacked
from relsim.studies.space import map_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHARES = LinearSegmentedColormap.from_list("shares", ["#FFFFFF", VERDICT_COLOURS[HOLDS]])
"""From none of the points to all of them."""

BARS = 8
"""Parameters that a picture ranks."""


@in_own_settings
def overview(table: pd.DataFrame, title: str) -> Figure:
    """Draw for every claim at which share of points it holds, and has the right direction.

    Parameters
    ----------
    table : DataFrame
        See ``judging.shares``.
    title : str
        Over what.
    """
    rows = table[table["part"] == 0]
    figure = new_figure(16.0, 3.0 + 0.36 * len(rows))
    axes = figure.subplots()
    _bars(axes, rows, [str(claim) for claim in rows["claim"]])
    dress(axes, title, "share of points")
    axes.tick_params(axis="y", labelsize=LABEL, length=0)
    _legend(figure, axes, table, above=True)
    return figure


def _bars(axes: Axes, rows: pd.DataFrame, names: list[str]) -> None:
    """Verdicts as bars, the share that holds with its interval, the right direction as a line."""
    holds, fails = rows["holds"].to_numpy(float), rows["fails"].to_numpy(float)
    shares = {HOLDS: holds, OPEN: 1.0 - holds - fails, FAILS: fails}
    stacked(axes, names, shares, VERDICT_COLOURS)
    places = np.arange(len(rows))
    half = np.abs(rows[["holds_low", "holds_high"]].to_numpy(float).T - holds)
    axes.errorbar(holds, places, xerr=half, fmt="none", ecolor="#222222", elinewidth=2, capsize=3)
    axes.plot(
        rows["right"],
        places,
        "D",
        color="white",
        markeredgecolor="#222222",
        markersize=8,
        label="right direction",
        clip_on=False,
        zorder=5,
    )


def _legend(figure: Figure, axes: Axes, table: pd.DataFrame, above: bool) -> None:
    """Say beside all panels of how many runs they are, and what colours mean."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside upper left" if above else "outside lower left",
        ncols=4,
        frameon=False,
        fontsize=SMALL,
        title=_size(table),
        title_fontsize=SMALL,
        alignment="left",
    )


@in_own_settings
def claim_figure(table: pd.DataFrame, one: Deciding | None, design: pd.DataFrame) -> Figure:
    """Draw where a claim holds: its parts, what decides it, and the map over the leading two.

    There is no map where no parameter is beyond chance.

    Parameters
    ----------
    table : DataFrame
        Rows of ``judging.shares`` of that claim.
    one : Deciding, optional
        What decides it, see ``deciding.deciding``.
    design : DataFrame
        A row a point, a column a parameter.
    """
    whole, parts = table.iloc[0], table.iloc[1:]
    figure = new_figure(20.0, 7.5)
    panels = figure.subplots(1, 3, width_ratios=(1.0, 0.9, 0.9))
    says = [
        textwrap.fill(str(row.says) + ("" if row.counts else " (reported only)"), 26)
        for row in parts.itertuples()
    ]
    _bars(panels[0], table, ["all parts", *says])
    dress(panels[0], "", "share of points")
    panels[0].tick_params(axis="y", labelsize=SMALL, length=0)
    _legend(figure, panels[0], table, above=False)
    if one is None:
        for axes in panels[1:]:
            axes.set_axis_off()
        panels[1].text(0.0, 0.5, "too few points to tell what decides it", fontsize=LABEL)
    else:
        found = bool(beyond_chance(one.ranking).any())
        deciding_bars(
            panels[1],
            one.ranking.head(BARS),
            {"high": ("high values", "#0072B2"), "low": ("low values", "#D55E00")},
            f"What decides: {one.asked}" if found else f"Nothing beyond chance: {one.asked}",
            "distance (0 to 1)",
            "favoured by",
        )
        if found:
            _map(panels[2], one, design[one.there])
        else:
            panels[2].set_axis_off()
            panels[2].text(0.0, 0.5, "no parameter decides beyond chance", fontsize=LABEL)
    title = textwrap.fill(f"{whole['claim']}: {whole['says']}", 110)
    headline(figure, title)
    return figure


def _size(table: pd.DataFrame) -> str:
    """Points, replicates and seed, and what whiskers are."""
    row = table.iloc[0]
    return (
        f"{row['points']} points, {row['replicates']} replicates of each arm at a point, "
        f"seed {row['seed']}; whiskers: 95% intervals of the share"
    )


def _map(axes: Axes, one: Deciding, there: pd.DataFrame) -> None:
    """Shares over the two parameters that decide most."""
    x, y = one.ranking["parameter"].head(2)
    cells = map_of(there[x].to_numpy(float), there[y].to_numpy(float), one.answers[one.there])
    share_map(axes, cells, x, y, f"Share: {one.asked}", SHARES)


def claim_text(table: pd.DataFrame) -> str:
    """What the figure of a claim shows, in words."""
    whole = table.iloc[0]
    return (
        f"{whole['claim']}: {whole['says']} Holds at {whole['holds']:.0%} of {whole['points']} "
        f"points, has the right direction at {whole['right']:.0%}. Decided by: "
        f"{whole['decided_by'] or 'not asked'}."
    )
