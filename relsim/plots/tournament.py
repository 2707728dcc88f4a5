"""Picture of a tournament: who buys cheapest in the market of all, and who beats whom."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from relsim.plots.studies.space import WINNERS
from relsim.plots.style import (
    LABEL,
    SMALL,
    colours,
    dress,
    headline,
    in_own_settings,
    named,
    new_figure,
)


@in_own_settings
def tournament(ranking: pd.DataFrame, matches: pd.DataFrame, finding: str, how: str) -> Figure:
    """Draw the ranking with its intervals, and markets of two as a map.

    Parameters
    ----------
    ranking, matches : DataFrame
        See ``relsim.comparison.tournament.Tournament``.
    finding : str
        What came out, the title.
    how : str
        How many replicates of what, with which seed.

    Returns
    -------
    Figure
        Two panels, strategies in the order of their rank.
    """
    figure = new_figure(18.0, 10.0)
    title = textwrap.fill(named(finding), 100)
    headline(figure, f"{title}\n")
    height = 0.93 - 0.03 * title.count("\n")
    figure.text(0.01, height, how, fontsize=LABEL, ha="left", va="center", color="#444444")
    left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.15))
    _ranks(left, ranking)
    _map(right, list(ranking["strategy"]), matches)
    return figure


def _ranks(axes: Axes, ranking: pd.DataFrame) -> None:
    """Dots and intervals, the cheapest on top."""
    names = list(ranking["strategy"])
    paint = colours(names)
    for place, row in enumerate(ranking.to_dict("records")):
        colour = paint[row["strategy"]]
        axes.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=4)
        axes.plot(row["difference"], place, "o", color=colour, markersize=13)
    axes.axvline(0.0, color="#888888", linewidth=1.2, zorder=0)
    axes.set_yticks(range(len(names)), [named(name) for name in names])
    axes.invert_yaxis()
    dress(axes, "All in one market", "cost of a unit, less the mean of all strategies", grid=False)
    axes.tick_params(axis="y", labelsize=LABEL, length=0)


def _map(axes: Axes, names: Sequence[str], matches: pd.DataFrame) -> None:
    """What a unit costs each strategy more, or less, than the opponent in a market of two."""
    table = matches.pivot_table(index="strategy", columns="opponent", values="difference")
    gaps = table.reindex(index=names, columns=names).to_numpy(float)
    most = float(np.nanmax(np.abs(gaps))) or 1.0
    axes.imshow(-gaps, cmap=WINNERS, vmin=-most, vmax=most, aspect="auto")
    lows = matches["low"].to_numpy(float)
    sure = {
        (row["strategy"], row["opponent"])
        for row in matches.to_dict("records")
        if row["low"] > 0.0 or row["high"] < 0.0
    }
    for place, name in enumerate(names):
        for column, other in enumerate(names):
            if place == column:
                continue
            value = gaps[place, column]
            axes.text(
                column,
                place,
                signed(value),
                ha="center",
                va="center",
                fontsize=SMALL,
                fontweight="bold" if (name, other) in sure else "normal",
                color="white" if abs(value) > 0.75 * most else "#222222",
            )
    axes.set_xticks(range(len(names)), [named(name) for name in names], rotation=40, ha="right")
    axes.set_yticks(range(len(names)), [named(name) for name in names])
    dress(
        axes,
        "Two in one market: cost of a unit, row less column",
        "opponent (bold: the 95% interval leaves out zero)"
        if np.isfinite(lows).all()
        else "opponent",
        grid=False,
    )
    axes.tick_params(length=0)


def signed(value: float) -> str:
    """A difference with its sign, and none where it rounds to zero.

    >>> signed(-1.26), signed(-0.04), signed(0.04)
    ('-1.3', '0.0', '0.0')
    """
    words = f"{value:+.1f}"
    return words[1:] if words[1:] == "0.0" else words


def tournament_text(ranking: pd.DataFrame, matches: pd.DataFrame, finding: str) -> str:
    """Say what the picture shows."""
    order = ", ".join(f"{row.strategy} {row.difference:+.2f}" for row in ranking.itertuples())
    text = f"{named(finding)} Cost of a unit less the mean of all strategies: {order}."
    if matches["low"].isna().all():
        return text
    sure = int(((matches["low"] > 0.0) | (matches["high"] < 0.0)).sum()) // 2
    return (
        f"{text} In markets of two, {sure} of {len(matches) // 2} pairs differ beyond their 95% "
        "interval."
    )
