"""Pictures of stored sweeps: which parameters matter, and curves with bands.

In the one look of ``relsim.plots``; tables in, figures out, no model behind them. Every picture
has a sibling, named with ``_text``, that says in words what is seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from relsim.plots.palette import OTHER_ARMS, Band, Floats
from relsim.plots.style import (
    LABEL,
    SMALL,
    colours,
    draw,
    dress,
    headline,
    in_own_settings,
    named,
    new_figure,
)
from relsim.plots.words import name_ends

MAX_BARS = 12
"""Parameters that are drawn, those that matter most; the back row cannot read more."""

MAX_MARKED = 30
"""Places on a curve up to which each is marked."""

LIGHTEST = 0.8
"""How far colours of ordered curves go on the scale: its yellow end cannot be read on white."""

BANDS = "bands: 95% intervals; common random numbers: differences are surer than bands"
PAIRED_BANDS = "bands: 95% intervals of the paired difference, replicate by replicate"
MAX_SAID = 3
"""Curves up to which a title says of each where it lies."""

DIFFERENCE = " - "
"""In the name of an arm that is the difference of two."""

INK = "#222222"
FAINT = "#555555"

# What each method's bars say: the long bar, the short bar in it, and what to write under them.
KINDS = {
    "total": (
        "first_order",
        "share of the variance",
        "dark: by itself   light: with all its interactions   lines: 95% intervals",
    ),
    "mu_star": (
        None,
        "change over the parameter's whole range",
        "bar: mean size of the change, to the side where it mostly goes   line: 95% interval   "
        "diamond: mean change; inside its bar, the change goes both ways",
    ),
    "pawn": (
        "pawn_by_chance",
        "how far the distribution moves (PAWN, 0 to 1)",
        "bar with 95% interval   dashed mark: what chance alone shows in one of 20 cases",
    ),
}


# --- which parameters matter ----------------------------------------------------------------------


@in_own_settings
def sensitivity(table: pd.DataFrame, measure: str, unit: str = "", sample_size: str = "") -> Figure:
    """Draw indices as bars with intervals, the parameter that matters most on top.

    Parameters
    ----------
    table : DataFrame
        As of ``relsim.sensitivity``: columns arm, index, parameter, value, low, high.
    measure : str
        What the indices are of.
    unit : str
        Its unit, on which elementary effects depend.
    sample_size : str
        Points, replicates and seed, written under it.

    Returns
    -------
    Figure
        A panel an arm, all in one order of parameters.
    """
    main = _main(table)
    _, axis, note = KINDS[main]
    if main == "mu_star" and unit:
        axis = f"{axis},\n{unit}"
    order, left_out = _ranked(table, main)
    arms = list(dict.fromkeys(table["arm"]))
    figure = new_figure(max(13.0, 5.0 + 4.4 * len(arms)), 3.6 + 0.62 * len(order))
    clear = _standing_out(table, main)
    first = next((name for name in order if name in clear), None)
    title = (
        f"{named(measure).capitalize()} depends most on {named(first)}"
        if first
        else f"{named(measure).capitalize()}: no parameter stands out from chance"
    )
    headline(figure, title)
    paint = arm_colours(arms)
    top: Axes | None = None
    for column, arm in enumerate(arms):
        # A difference is so much smaller that it has a scale of its own.
        apart = DIFFERENCE in arm and len(arms) > 1
        axes = figure.add_subplot(
            1, len(arms), column + 1, sharex=None if apart else top, sharey=top
        )
        top = top or axes
        bars(axes, table[table["arm"] == arm], order, paint[arm])
        dress(axes, f"{named(arm)}, enlarged" if apart and main == "mu_star" else named(arm), axis)
        axes.grid(visible=False, axis="y")
        axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.tick_params(axis="y", labelsize=LABEL, length=0, labelleft=column == 0)
    explain(figure, note, left_out, sample_size)
    return figure


def bars(axes: Axes, rows: pd.DataFrame, order: list[str], colour: str) -> None:
    """Draw the indices of one arm, parameters from the top down."""
    main = _main(rows)
    second = KINDS[main][0]
    heights = np.arange(len(order), 0, -1.0)
    whole = _of(rows, main, order)
    if main == "mu_star":
        signed = _of(rows, "mu", order)["value"]
        whole = whole.mul(np.where(signed < 0.0, -1.0, 1.0), axis=0)
    axes.axvline(0.0, color=INK, linewidth=1.0)
    light = main == "total"
    axes.barh(heights, whole["value"], 0.72, color=colour, alpha=0.35 if light else 0.75)
    _interval(axes, whole, heights + (0.18 if light else 0.0))
    if main == "total":
        alone = _of(rows, "first_order", order)
        axes.barh(heights - 0.18, alone["value"].clip(lower=0.0), 0.36, color=colour)
        _interval(axes, alone, heights - 0.18)
    elif main == "mu_star":
        axes.plot(signed, heights, "D", color="white", markeredgecolor=INK, markersize=9)
    elif second is not None:
        chance = _of(rows, second, order)["value"]
        axes.vlines(chance, heights - 0.42, heights + 0.42, color=INK, linestyle="--", linewidth=2)
    axes.set_yticks(heights, [named(name) for name in order])
    axes.set_ylim(0.4, len(order) + 0.6)


def _interval(axes: Axes, rows: pd.DataFrame, heights: Floats) -> None:
    there = rows["low"].notna().to_numpy()
    axes.hlines(heights[there], rows["low"][there], rows["high"][there], color=INK, linewidth=2.5)


def _main(table: pd.DataFrame) -> str:
    """The index that ranks parameters."""
    return next(index for index in KINDS if index in set(table["index"]))


def _standing_out(rows: pd.DataFrame, main: str) -> set[str]:
    """Parameters that are beyond what chance shows in an arm, or where that is unknown, zero."""
    found = rows[rows["index"] == main].set_index(["arm", "parameter"])
    clear = ~(found["low"] <= 0.0)
    if main == "pawn":
        marks = rows[rows["index"] == KINDS[main][0]].set_index(["arm", "parameter"])["value"]
        clear = found["value"] > marks.reindex(found.index)
    return {str(name) for _, name in found.index[clear]}


def _of(rows: pd.DataFrame, index: str, order: list[str]) -> pd.DataFrame:
    chosen = rows[rows["index"] == index].set_index("parameter")
    return chosen.loc[order, ["value", "low", "high"]]


def _ranked(table: pd.DataFrame, main: str) -> tuple[list[str], str]:
    """Parameters from the most important on, and what to say of those that are too many."""
    values = table[table["index"] == main].groupby("parameter")["value"].max()
    order = [str(name) for name in values.sort_values(ascending=False, kind="stable").index]
    if len(order) <= MAX_BARS:
        return order, ""
    rest = values[order[MAX_BARS:]].max()
    return order[:MAX_BARS], f"{len(order) - MAX_BARS} more parameters, none above {rest:.2g}"


def sensitivity_text(table: pd.DataFrame, measure: str) -> str:
    """Alternative text of ``sensitivity``: the parameters that matter most, in words."""
    main = _main(table)
    sentences = []
    for arm in dict.fromkeys(table["arm"]):
        rows = table[(table["arm"] == arm) & (table["index"] == main)]
        clear = _standing_out(table[table["arm"] == arm], main)
        rows = rows[rows["parameter"].isin(clear)]
        first = rows.sort_values("value", ascending=False, kind="stable").head(3)
        found = ", ".join(
            f"{named(str(name))} {value:.2f}"
            for name, value in zip(first["parameter"], first["value"], strict=True)
        )
        found = found or "no parameter stands out from chance"
        sentences.append(f"{named(arm)}: {found}." if arm else f"{found}.")
    what = {"total": "total share of variance", "mu_star": "mean size of effect", "pawn": "PAWN"}
    return f"What {named(measure)} depends on most ({what[main]}). {' '.join(sentences)}"


# --- curves ---------------------------------------------------------------------------------------


@in_own_settings
def curve(table: pd.DataFrame, x: str, y: str, minus: str = "", sample_size: str = "") -> Figure:
    """Draw curves with 95% bands.

    Parameters
    ----------
    table : DataFrame
        As of ``relsim.analysis.curves.curve``: columns by, x, mean, low, high.
    x, y : str
        What is drawn over what: names, with a unit after a comma if there is one.
    minus : str
        The arm that was subtracted, if one was.
    sample_size : str
        Points, replicates and seed, written under it.

    Returns
    -------
    Figure
        A curve for each value of ``by``, named at its end.
    """
    figure = new_figure(13.0, 8.0)
    axes = figure.add_subplot()
    if minus:
        axes.axhline(0.0, color=FAINT, linewidth=1.0)
    title = difference_title(table, y, minus) if minus else course(table, x, y)
    draw_curves(axes, table, x, y, title)
    explain(figure, PAIRED_BANDS if minus else BANDS, sample_size)
    return figure


def course(table: pd.DataFrame, x: str, y: str) -> str:
    """From what to what curves go, from their first point to their last, a line each."""
    over = named(x.partition(", ")[0])
    words = [f"{named(y.partition(', ')[0]).capitalize()} over {over}"]
    groups = list(table.groupby("by", sort=False))
    for name, rows in groups if len(groups) <= MAX_SAID else []:
        ends = rows["mean"].to_numpy(float)
        ends = ends[np.isfinite(ends)]
        if len(ends) > 1:
            who = f"{named(str(name))}: " if name else ""
            words.append(f"{who}from {ends[0]:.4g} to {ends[-1]:.4g}")
    return "\n".join(words)


def difference_title(table: pd.DataFrame, y: str, minus: str) -> str:
    """Where curves of a difference, with their bands, lie above or below zero, a line each."""
    words = [f"{named(y.partition(', ')[0])}, less that of {named(minus)}"]
    groups = list(table.groupby("by", sort=False))
    for name, rows in groups if len(groups) <= MAX_SAID else []:
        sides = {"above": rows["low"] > 0.0, "below": rows["high"] < 0.0}
        found = [
            f"{side} zero at {'all' if there.all() else f'{there.sum()} of'} {len(rows)} points"
            for side, there in sides.items()
            if there.any()
        ]
        words.append(f"{named(str(name))}: {', '.join(found) or 'nowhere clear of zero'}")
    return "\n".join(words)


@in_own_settings
def curves(tables: Mapping[str, pd.DataFrame], x: str, sample_size: str = "") -> Figure:
    """Draw several measures over the same thing, a panel each.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As of ``relsim.curve``, by the measure, with a unit after a comma if it has one.
    x : str
        Over what, likewise.
    sample_size : str
        Points, replicates and seed, written under it.

    Returns
    -------
    Figure
        Two panels a row.
    """
    rows = math.ceil(len(tables) / 2)
    figure = new_figure(18.0, 6.2 * rows)
    for place, (y, table) in enumerate(tables.items(), start=1):
        axes = figure.add_subplot(rows, 2, place)
        draw_curves(axes, table, x, y, course(table, x, y))
    explain(figure, BANDS, sample_size)
    return figure


def explain(figure: Figure, *lines: str) -> None:
    """Say under a figure how to read it and what it stands on."""
    words = "\n".join(filter(None, lines))
    figure.supxlabel(words, fontsize=SMALL, x=0.012, ha="left", color=FAINT)


def draw_curves(axes: Axes, table: pd.DataFrame, x: str, y: str, title: str) -> None:
    """Draw the curves of a table under a title, each named at its end."""
    groups = list(dict.fromkeys(table["by"]))
    paint = arm_colours(groups)
    ends = []
    for name in groups:
        rows = table[table["by"] == name]
        band = Band(*(rows[side].to_numpy(float) for side in ("x", "mean", "low", "high")))
        draw(axes, band, paint[name])
        if len(band.x) <= MAX_MARKED:
            axes.plot(band.x, band.mean, "o", color=paint[name], markersize=7)
        ends.append((named(name), _last(band), paint[name]))
    dress(axes, title, named(x), y.partition(", ")[2])
    axes.margins(x=0.02, y=0.08)
    if len(ends) > 1:
        name_ends(axes, ends)


def _last(band: Band) -> float:
    there = band.mean[np.isfinite(band.mean)]
    return float(there[-1]) if len(there) else float("nan")


def arm_colours(groups: list[str]) -> dict[str, str]:
    """Colours of arms; values of a parameter, and arms too many, go from dark to light."""
    if len(groups) <= len(OTHER_ARMS) + 1 and not any(" = " in name for name in groups):
        return colours(groups)
    scale, steps = colormaps["viridis"], max(1, len(groups) - 1)
    return {name: to_hex(scale(LIGHTEST * place / steps)) for place, name in enumerate(groups)}


def curve_text(table: pd.DataFrame, x: str, y: str) -> str:
    """Alternative text of ``curve``."""
    sentences = []
    for name, rows in table.dropna(subset="mean").groupby("by", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        start = f"{named(str(name))}: " if name else ""
        sentences.append(
            f"{start}{first['mean']:.4g} at {first['x']:.3g}, "
            f"{last['mean']:.4g} at {last['x']:.3g}."
        )
    return f"{named(y)} over {named(x)}. {' '.join(sentences)}"
