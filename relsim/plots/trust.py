"""Pictures of trust against cost: three curves on one pair of axes, of which only one is causal."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from relsim.plots.palette import COST_PARTS, SAVINGS, Band, Floats
from relsim.plots.style import (
    LABEL,
    draw,
    dress,
    headline,
    in_own_settings,
    new_figure,
)
from relsim.plots.words import name_ends


class Curve(NamedTuple):
    """How a curve of trust against cost is drawn, and what it is."""

    label: str
    colour: str
    style: str
    width: float


CURVES = {
    "between": Curve("not causal: markets whose buyers\nare all alike", "#AA4499", "--", 2.5),
    "within": Curve(
        "not causal: buyers of one mixed market,\neach less itself in the neutral market",
        "#999933",
        ":",
        3.5,
    ),
    "clamped": Curve("causal: trust clamped for everybody", "#222222", "-", 4.5),
}
"""The three curves, the causal one last, on top of the others."""

MAX_PARTS = 4
"""Parts of the cost that are drawn, those that change most; the others are added up."""

REST = ("all other parts", "#999999")

TOTAL = "total_cost_per_unit"


@in_own_settings
def trust_versus_cost(table: pd.DataFrame, title: str, note: str) -> Figure:
    """Draw by how much cost differs from that of the neutral market, by trust, in three curves.

    Parameters
    ----------
    table : DataFrame
        Columns curve (a key of ``CURVES``), trust, measure, mean, low, high.
    title, note : str
        The finding; and what the bands and numbers are of.

    Returns
    -------
    Figure
        Three curves on the left; what parts of cost change with clamped trust on the right.
    """
    figure = new_figure(18.0, 9.5)
    words = "\n".join(textwrap.wrap(title, 88))
    headline(figure, words, note)
    left, right = figure.subplots(1, 2, width_ratios=(1.55, 1.0))
    _curves(left, table)
    _parts(right, table[table["curve"] == "clamped"])
    return figure


def _curves(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the three curves of total cost, with a key in order of importance."""
    axes.axhline(0.0, color="#999999", linewidth=1.0)
    key = []
    for name, look in CURVES.items():
        band = _by_trust(table[table["curve"] == name], (TOTAL,))
        draw(axes, band, look.colour, look.style)
        line = axes.lines[-1]
        line.set_linewidth(look.width)
        key.append((line, look.label))
        axes.plot(band.x, band.mean, "o", color=look.colour, markersize=5 + look.width / 2)
    dress(
        axes,
        "Total cost of a unit, less that in the neutral market",
        "trust: clamped level; else suppliers' trust in buyers (0 to 1)",
        "difference, money per unit",
    )
    lines, labels = zip(*reversed(key), strict=True)
    axes.legend(lines, labels, fontsize=LABEL, frameon=False, handlelength=2.6)


def _parts(axes: Axes, rows: pd.DataFrame) -> None:
    """Draw the parts that change most as trust is clamped higher; all add up to the total."""
    axes.axhline(0.0, color="#999999", linewidth=1.0)
    x = _by_trust(rows, (TOTAL,)).x
    parts: list[tuple[str, str, Floats]] = []
    for part in (*COST_PARTS, SAVINGS):
        sign = -1.0 if part is SAVINGS else 1.0
        parts.append((part.label, part.colour, sign * _by_trust(rows, part.measures).mean))
    parts.sort(key=lambda part: -float(np.nan_to_num(np.abs(part[2] - part[2][0]).max())))
    drawn, rest = parts[:MAX_PARTS], parts[MAX_PARTS:]
    drawn.append((*REST, np.sum([values for _, _, values in rest], axis=0)))
    for label, colour, values in drawn:
        style = "--" if label == REST[0] else "-"
        axes.plot(x, values, color=colour, linestyle=style, linewidth=3.5)
    dress(axes, "The causal curve in parts", "clamped trust (0 to 1)")
    name_ends(axes, [(label, float(values[-1]), colour) for label, colour, values in drawn])


def _by_trust(rows: pd.DataFrame, measures: tuple[str, ...]) -> Band:
    """The sum of measures along a curve. Intervals are only drawn for single measures."""
    chosen = rows[rows["measure"].isin(measures)]
    sums = chosen.groupby("trust", sort=True)[["mean", "low", "high"]].sum(min_count=1)
    return Band(sums.index.to_numpy(float), *(sums[c].to_numpy(float) for c in sums))


def trust_versus_cost_text(table: pd.DataFrame, title: str) -> str:
    """Alternative text of ``trust_versus_cost``."""
    sentences = [f"{title}. Total cost of a unit against trust, less that in the neutral market."]
    for name, look in reversed(CURVES.items()):
        band = _by_trust(table[table["curve"] == name], (TOTAL,))
        if np.isfinite(band.mean).any():
            sentences.append(
                f"{' '.join(look.label.split()).capitalize()}: {band.mean[0]:+.1f} where trust is "
                f"{band.x[0]:.2f}, {band.mean[-1]:+.1f} where it is {band.x[-1]:.2f}."
            )
    return " ".join(sentences)
