"""Pictures of where in parameter space a condition holds: points and the box that was found."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from relsim.plots.style import (
    LABEL,
    SMALL,
    dress,
    headline,
    in_own_settings,
    named,
    new_figure,
)

HOLDS, NOT = "#D55E00", "#0072B2"
INK = "#222222"

Limits = Mapping[str, tuple[float, float]]


@in_own_settings
def where(
    columns: pd.DataFrame,
    holds: np.ndarray,
    axes_of: Sequence[str],
    limits: Limits,
    words: tuple[str, str],
) -> Figure:
    """Draw points by whether a condition holds, over two parameters, and the limits of a box.

    Parameters
    ----------
    columns : DataFrame
        A column a parameter, a row a point.
    holds : ndarray
        Whether the condition holds there.
    axes_of : sequence of str
        One or two parameters: those of the axes.
    limits : mapping
        Of the box; empty if there is none. Above the first, up to the second of two numbers.
    words : tuple of str
        The finding, and how to read the figure.

    Returns
    -------
    Figure
        Points within all limits that cannot be drawn are solid, the others pale.
    """
    figure = new_figure(14.0, 10.0)
    title, note = words
    headline(figure, _folded(title, 88))
    figure.supxlabel(_folded(note, 140), fontsize=SMALL, x=0.012, ha="left", color="#444444")
    axes = figure.add_subplot()
    x, y = axes_of[0], axes_of[1] if len(axes_of) > 1 else None
    other = {name: ends for name, ends in limits.items() if name not in (x, y)}
    solid = np.ones(len(holds), bool)
    for name, (low, high) in other.items():
        values = columns[name].to_numpy(float)
        solid &= (values > low) & (values <= high)
    across = columns[x].to_numpy(float)
    # One parameter alone: points are spread, so that none hides another.
    up = columns[y].to_numpy(float) if y else np.random.default_rng(0).random(len(holds))
    for there, colour, marker, label in (
        (~holds, NOT, "s", "does not hold"),
        (holds, HOLDS, "o", "holds"),
    ):
        for mask, alpha, size in ((there & ~solid, 0.2, 30.0), (there & solid, 0.85, 70.0)):
            axes.scatter(
                across[mask],
                up[mask],
                size,
                c=colour,
                marker=marker,
                alpha=alpha,
                linewidths=0,
                label=label,
            )
    dress(axes, "", named(x), named(y) if y else "", grid=False)
    if not y:
        axes.set_yticks([])
    if limits:
        _box(axes, limits.get(x), limits.get(y) if y else None)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles[1::2], labels[1::2], fontsize=LABEL, frameon=False, ncols=2, loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
    )  # fmt: skip
    return figure


def _box(axes: Axes, across: tuple[float, float] | None, up: tuple[float, float] | None) -> None:
    """Draw limits as a rectangle, which ends at the edge where there is none."""
    sides = []
    for ends, edge in ((across, axes.get_xlim()), (up, axes.get_ylim())):
        low, high = ends or (-np.inf, np.inf)
        sides.append((max(low, edge[0]), min(high, edge[1])))
    (left, right), (bottom, top) = sides
    axes.add_patch(
        Rectangle((left, bottom), right - left, top - bottom, fill=False, edgecolor=INK, lw=4)
    )


def _folded(text: str, width: int) -> str:
    lines = [textwrap.wrap(line, width) for line in text.splitlines()]
    return "\n".join(part for line in lines for part in line)
