"""Pictures of trust against cost: three curves of which only the last one is causal."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from relsim.plots.palette import COST_PARTS, SAVINGS, Band
from relsim.plots.style import LABEL, draw, dress, in_own_settings, new_figure
from relsim.plots.words import name_ends, write

CURVES = {
    "between": "Between markets:\naggressiveness from 0 to 1",
    "within": "Within one mixed market:\nbuyers by rank of trust",
    "held": "Trust clamped at each level:\nwhat trust itself does",
}
"""What each curve of trust against cost is. Only the last one is causal."""


@in_own_settings
def trust_versus_cost(curves: pd.DataFrame) -> Figure:
    """Draw total cost and its parts against suppliers' trust in buyers, in three curves.

    Parameters
    ----------
    curves : DataFrame
        Columns curve (a key of ``CURVES``), trust, measure, mean, low, high.

    Returns
    -------
    Figure
        A column a curve; total cost above, what each part adds to its change below.
    """
    figure = new_figure(18.0, 10.5)
    grid = figure.add_gridspec(2, len(CURVES))
    top: Axes | None = None
    bottom: Axes | None = None
    ends: list[tuple[str, float, str]] = []
    for column, (name, title) in enumerate(CURVES.items()):
        rows = curves[curves["curve"] == name]
        top = figure.add_subplot(grid[0, column], sharey=top)
        dress(top, title)
        band = _by_trust(rows, ("total_cost_per_unit",))
        draw(top, band, "#222222")
        top.plot(band.x, band.mean, "o", color="#222222", markersize=7)
        bottom = figure.add_subplot(grid[1, column], sharey=bottom)
        whose = "trust of both sides, clamped" if name == "held" else "suppliers' trust in buyers"
        dress(bottom, "", f"{whose} (0 to 1)")
        ends = parts_by_trust(bottom, rows)
        if column == 0:
            top.set_ylabel("total cost, money per unit", fontsize=LABEL)
            bottom.set_ylabel("change of each part,\nmoney per unit", fontsize=LABEL)
        else:
            top.tick_params(labelleft=False)
            bottom.tick_params(labelleft=False)
    if top is not None and bottom is not None:
        name_ends(bottom, ends)
        seen = _by_trust(curves[curves["curve"] == "within"], ("total_cost_per_unit",)).x
        if len(seen):
            top.axvspan(seen[0], seen[-1], color="#EFE9D0", zorder=0)
            write(
                top,
                "trust as far as it differs\nin the mixed market",
                ((seen[0] + seen[-1]) / 2, 0.98),
                coordinates=top.get_xaxis_transform(),
                ha="center",
                va="top",
            )
    return figure


def parts_by_trust(axes: Axes, rows: pd.DataFrame) -> list[tuple[str, float, str]]:
    """Draw how each part of the cost differs from where trust is lowest; say where they end."""
    axes.axhline(0.0, color="#333333", linewidth=1.0)
    ends = []
    for part in (*COST_PARTS, SAVINGS):
        band = _by_trust(rows, part.measures)
        sign = -1.0 if part is SAVINGS else 1.0
        change = sign * (band.mean - band.mean[0])
        axes.plot(band.x, change, color=part.colour, linewidth=3.5)
        ends.append((part.label, float(change[-1]), part.colour))
    return ends


def _by_trust(rows: pd.DataFrame, measures: tuple[str, ...]) -> Band:
    """The sum of measures along a curve. Intervals are only drawn for single measures."""
    chosen = rows[rows["measure"].isin(measures)]
    sums = chosen.groupby("trust", sort=True)[["mean", "low", "high"]].sum()
    return Band(sums.index.to_numpy(float), *(sums[c].to_numpy(float) for c in sums))


def trust_versus_cost_text(curves: pd.DataFrame) -> str:
    """Alternative text of ``trust_versus_cost``."""
    sentences = []
    for name, title in CURVES.items():
        band = _by_trust(curves[curves["curve"] == name], ("total_cost_per_unit",))
        if len(band.x):
            sentences.append(
                f"{' '.join(title.split())}: total cost {band.mean[0]:.1f} where trust is "
                f"{band.x[0]:.2f}, {band.mean[-1]:.1f} where it is {band.x[-1]:.2f}."
            )
    return "Total cost of a unit against suppliers' trust in buyers. " + " ".join(sentences)
