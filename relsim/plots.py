"""Pictures of results: tables in, matplotlib figures out. Imports no model.

One look for all: an arm has the same colour everywhere (aggressive vermilion, trusting blue; from
the palette of Okabe and Ito, which colour-blind readers tell apart), phases go from light to dark,
bands are 95% intervals, lines carry their names instead of legends, and the type is large enough
for the back row. Figures are made without pyplot, so that threads do not share any state. Every
picture has a sibling, named with ``_text``, that says in words what is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple, Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MultipleLocator, PercentFormatter
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ARMS = {
    "aggressive": "#D55E00",
    "trusting": "#0072B2",
    "arms_length": "#E69F00",
    "life_cycle": "#009E73",
    "loyal": "#56B4E9",
    "shopper": "#CC79A7",
    "neutral": "#666666",
}
"""Colour of each stance, the same in every picture."""

OTHER_ARMS = ("#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Colours of arms that are no stances, in their order."""

PHASES = {
    "commercial": "#CFC9E1",
    "collaborative": "#8C7DB8",
    "and personal": "#3F2A78",
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
SAVINGS = Part("saved by ideas", "#009E73", ("idea_savings_per_unit",))
"""What suppliers' ideas save, drawn below zero."""

HALO = (withStroke(linewidth=4, foreground="white"),)
"""White around words that lie on lines."""

TITLE, LABEL, SMALL = 17.0, 15.0, 13.0
"""Sizes of type in points, on pages about 700 points high."""

HALF_YEAR = 6
"""Months that are drawn as one point in runs of four years or more."""

PUBLISHED_SHARES = {"least trusted": 0.47, "most trusted": 0.25}
"""Share of face-to-face time on transaction matters that was published (DC03, ASR)."""


class Compared(Protocol):
    """What a comparison must offer to be drawn; see ``comparison.py``."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the arms."""

    @property
    def table(self) -> pd.DataFrame:
        """A row a measure: the mean of each arm in a column of its name."""

    @property
    def series(self) -> pd.DataFrame:
        """A row an arm, measure and period: mean, low and high."""

    @property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer of a run, with its arm and measures."""

    @property
    def crossing(self) -> pd.DataFrame:
        """A row a contrast: which arm becomes the dearer one in all, and when."""


class Band(NamedTuple):
    """A curve with its 95% interval."""

    x: Floats
    mean: Floats
    low: Floats
    high: Floats


# --- the look -------------------------------------------------------------------------------------


def new_figure(width: float = 18.0, height: float = 10.0, layout: bool = True) -> Figure:
    """An empty figure on a canvas of its own, without pyplot.

    Parameters
    ----------
    width, height : float
        Size in inches.
    layout : bool
        Whether axes make room for their words by themselves.
    """
    engine = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12, wspace=0.04, hspace=0.06)
    figure = Figure(figsize=(width, height), layout=engine if layout else None)
    FigureCanvasAgg(figure)
    return figure


def save(figure: Figure, path: Path | str | IO[bytes], text: str = "") -> None:
    """Write a figure as a small PNG file, its words kept in it.

    Parameters
    ----------
    figure : Figure
        What to write.
    path : path, str or file
        Where to.
    text : str
        Alternative text, kept in the file's metadata.
    """
    figure.savefig(path, dpi=80, format="png", metadata={"Description": text} if text else None)


def colours(arms: Sequence[str]) -> dict[str, str]:
    """Colour of each arm: a stance always has its own.

    >>> colours(["trusting", "services"])
    {'trusting': '#0072B2', 'services': '#009E73'}
    """
    chosen = {arm: ARMS[arm] for arm in arms if arm in ARMS}
    free = [colour for colour in OTHER_ARMS if colour not in chosen.values()]
    for place, arm in enumerate(arm for arm in arms if arm not in ARMS):
        chosen[arm] = free[place % len(free)]
    return {arm: chosen[arm] for arm in arms}


def named(arm: str) -> str:
    """Name of an arm as people write it.

    >>> named("life_cycle")
    'life cycle'
    """
    return arm.replace("_", " ")


def _dress(axes: Axes, title: str, x: str = "", y: str = "") -> None:
    """Give axes their words, in the one look of all pictures."""
    axes.set_title(title, fontsize=TITLE, loc="left", fontweight="bold")
    axes.set_xlabel(x, fontsize=LABEL)
    axes.set_ylabel(y, fontsize=LABEL)
    axes.tick_params(labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)


def _draw(axes: Axes, band: Band, colour: str, style: str = "-") -> None:
    """Draw a curve and its interval."""
    axes.fill_between(band.x, band.low, band.high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(band.x, band.mean, color=colour, linestyle=style, linewidth=2.5)


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights moved as little as needed to lie at least ``gap`` apart.

    >>> _apart([0.0, 0.1, 5.0], 1.0)
    [-0.45, 0.55, 5.0]
    """
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    groups: list[list[float]] = []  # each: its middle, and how many labels it holds
    for place in order:
        groups.append([heights[place], 1])
        while len(groups) > 1 and (
            groups[-1][0] - groups[-2][0] < gap * (groups[-1][1] + groups[-2][1]) / 2
        ):
            middle, count = groups.pop()
            before, others = groups.pop()
            total = count + others
            groups.append([(middle * count + before * others) / total, total])
    spread = [
        middle + gap * (place - (count - 1) / 2)
        for middle, count in groups
        for place in range(int(count))
    ]
    moved = dict(zip(order, spread, strict=True))
    return [moved[place] for place in range(len(heights))]


def _name_ends(axes: Axes, ends: Iterable[tuple[str, float, str]]) -> None:
    """Write names beside the right edge, each behind a square of its colour.

    ``ends`` are (name, height, colour) each; names that would overlap move apart.
    """
    rows = [end for end in ends if np.isfinite(end[1])]
    low, high = axes.get_ylim()
    gap = 1.45 * SMALL / 72 * (high - low) / _inches(axes)
    for (name, _, colour), height in zip(rows, _apart([r[1] for r in rows], gap), strict=True):
        for text, paint, shift in (("\u25a0", colour, 4), (name, "#222222", 20)):
            axes.annotate(
                text,
                (1.0, height),
                xycoords=axes.get_yaxis_transform(),
                xytext=(shift, 0),
                textcoords="offset points",
                va="center",
                color=paint,
                fontsize=SMALL,
                annotation_clip=False,
            )
    axes.set_ylim(low, high)


def _name_arms(axes: Axes, bands: Mapping[str, Band], paint: Mapping[str, str]) -> None:
    """Write the names of two arms into the axes, above the upper curve and below the lower one."""
    low, high = axes.get_ylim()
    line = 1.8 * LABEL / 72 / _inches(axes) * (high - low)
    late = {arm: slice(2 * len(band.x) // 3, None) for arm, band in bands.items()}
    levels = {arm: float(np.nanmean(band.mean[late[arm]])) for arm, band in bands.items()}
    upper = max(levels, key=lambda arm: levels[arm])
    bottom = low
    for arm, band in bands.items():
        above = arm == upper or (low == 0.0 and levels[arm] < line)
        ends = _span(np.concatenate([side[late[arm]] for side in band[1:]]))
        edge = ends[1] if above else ends[0]
        high = max(high, edge + line) if above else high
        bottom = bottom if above else min(bottom, edge - line)
        axes.annotate(
            named(arm),
            (float(band.x[-1]), edge),
            xytext=(-4, 3 if above else -3),
            textcoords="offset points",
            ha="right",
            va="bottom" if above else "top",
            color=paint[arm],
            fontsize=LABEL,
            fontweight="bold",
            path_effects=HALO,
        )
    axes.set_ylim(bottom, high)


def _months(axes: Axes, periods: int) -> None:
    """Tick whole years on an axis of months, about five of them."""
    years = max(1, round(periods / 60))
    axes.xaxis.set_major_locator(MultipleLocator(12 * years))
    axes.set_xlim(0, max(1, periods - 1))


def _inches(axes: Axes) -> float:
    """About how high axes are, in inches."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return max(0.3, float(axes.get_position().height * figure.get_size_inches()[1]))


def curve(result: Compared, arm: str, measure: str) -> Band:
    """A measure of one arm over the periods, with its interval."""
    series = result.series
    rows = series[(series["arm"] == arm) & (series["measure"] == measure)]
    return Band(*(rows[name].to_numpy(float) for name in ("period", "mean", "low", "high")))


def half_years(band: Band) -> Band:
    """Means of half-years, if there are four years or more; else the months as they are.

    Contracts that begin together end together, and months then swing in step. The mean of monthly
    intervals is at least as wide as the interval of the mean.

    >>> half_years(Band(*[np.arange(48.0)] * 4)).mean[:2]
    array([2.5, 8.5])
    """
    if len(band.x) < 8 * HALF_YEAR:
        return band
    starts = range(0, len(band.x) - HALF_YEAR + 1, HALF_YEAR)
    return Band(
        *(np.array([side[first : first + HALF_YEAR].mean() for first in starts]) for side in band)
    )


def crossing_text(result: Compared) -> str:
    """When one arm's cumulative cost overtakes the other's, in a sentence; empty if it does not.

    Of two arms only: with more, each contrast has its own row in ``result.crossing``.
    """
    if len(result.names) != 2:
        return ""
    row = result.crossing.iloc[0]
    if not row["dearer"]:
        return ""
    text = f"{named(row['dearer'])} dearer in all from month {row['period_of_means']:.0f}"
    return f"{text} ({row['share']:.0%} of replicates)" if np.isfinite(row["share"]) else text


# --- one comparison -------------------------------------------------------------------------------


def comparison(result: Compared) -> Figure:
    """Draw what two arms did: cost, hours, information, phases, trust.

    Parameters
    ----------
    result : Compared
        A comparison, see ``relsim.compare``.

    Returns
    -------
    Figure
        Eight panels on one page.
    """
    figure = new_figure(layout=False)
    left, stack, right, last = 0.05, 0.34, 0.608, 0.83
    high, low, tall, gap = 0.58, 0.075, 0.375, 0.13
    cost_over_time(figure.add_axes((left, high, 0.185, tall)), result)
    transaction_time(figure.add_axes((left, low, 0.185, tall)), result)
    cost_stack(figure.add_axes((stack, low, 0.115, high + tall - low)), result)
    told = figure.add_axes((right, high + 0.22, 0.155, 0.155))
    ideas = figure.add_axes((right, high, 0.155, 0.155))
    over_time(told, result, "information_received", "Told by suppliers", "layers")
    over_time(ideas, result, "ideas_received", "Ideas from suppliers", "a year", (0.0, None))
    told.set_xlabel("")
    told.tick_params(labelbottom=False)
    buyers_by_trust(figure.add_axes((right, low, 0.155, tall)), result)
    step = (high - low + tall + gap) / len(result.names)
    for place, arm in enumerate(result.names):
        bottom = high + tall + gap - (place + 1) * step
        phases(figure.add_axes((last, bottom, 0.085, step - gap)), result, arm)
    return figure


def over_time(
    axes: Axes,
    result: Compared,
    measure: str,
    title: str,
    unit: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> None:
    """Draw a measure of both arms over the periods."""
    _dress(axes, title, "month", unit)
    paint = colours(result.names)
    bands = {arm: half_years(curve(result, arm, measure)) for arm in result.names}
    for arm, band in bands.items():
        _draw(axes, band, paint[arm])
    sides = [side for band in bands.values() for side in (band.low, band.high)]
    low, high = _span(np.concatenate(sides))
    # In month 0 all contracts are made anew at once: a first point far off is left off the scale.
    settled = _span(np.concatenate([side[1:] for side in sides]))
    if high - low > 2.0 * (settled[1] - settled[0]) > 0.0:
        low, high = settled
    if high > low:
        axes.set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
    axes.set_ylim(*limits)
    _months(axes, int(result.series["period"].max()) + 1)
    if len(bands) == 2:
        _name_arms(axes, bands, paint)
    else:
        _name_ends(
            axes, [(named(arm), float(band.mean[-1]), paint[arm]) for arm, band in bands.items()]
        )


def _span(values: Floats) -> tuple[float, float]:
    """Least and greatest of the values that are numbers; zeros if there are none."""
    there = values[np.isfinite(values)]
    return (float(there.min()), float(there.max())) if len(there) else (0.0, 0.0)


def cost_over_time(axes: Axes, result: Compared) -> None:
    """Draw total cost per unit over time, and when one arm's cumulative cost overtakes."""
    over_time(axes, result, "total_cost_per_unit", "Total cost of a unit", "money per unit")
    words = crossing_text(result)
    if words:
        period = float(result.crossing["period_of_means"].iloc[0])
        low, high = axes.get_ylim()
        axes.set_ylim(low, high + 3.6 * SMALL / 72 / _inches(axes) * (high - low))
        axes.axvline(period, color="#333333", linestyle=":", linewidth=1.5)
        early = period < axes.get_xlim()[1] / 2
        axes.annotate(
            words.replace(" from ", "\nfrom "),
            (period, 0.98),
            xycoords=axes.get_xaxis_transform(),
            xytext=(5 if early else -5, 0),
            textcoords="offset points",
            ha="left" if early else "right",
            va="top",
            fontsize=SMALL,
            path_effects=HALO,
        )


def transaction_time(axes: Axes, result: Compared) -> None:
    """Draw the share of face-to-face time on transaction matters beside the published ones."""
    title = "Time on price and blame"
    over_time(axes, result, "transaction_time_share", title, "share of time face to face")
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.15), max(high, 0.55))
    for name, share in PUBLISHED_SHARES.items():
        axes.axhline(share, color="#333333", linestyle="--", linewidth=1.2)
        axes.annotate(
            f"{share:.2f}\n{name},\npublished",
            (1.0, share),
            xycoords=axes.get_yaxis_transform(),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            color="#333333",
        )


def _mean(result: Compared, arm: str, *measures: str) -> float:
    """Sum of the means of measures in one arm, over whole runs."""
    rows = result.table["measure"].isin(measures)
    return float(result.table.loc[rows, arm].sum())


def cost_stack(axes: Axes, result: Compared) -> None:
    """Draw what a unit costs in the end, part on part; what ideas save lies below zero."""
    _dress(axes, "What a unit costs in the end", "", "money per unit")
    totals = {arm: _mean(result, arm, "total_cost_per_unit") for arm in result.names}
    tallest = max(totals.values())
    names: list[tuple[str, float, str]] = []
    for place, arm in enumerate(result.names):
        top = 0.0
        names = []
        for part in COST_PARTS:
            height = _mean(result, arm, *part.measures)
            axes.bar(place, height, 0.62, top, color=part.colour, edgecolor="white", linewidth=0.8)
            if height > 0.035 * tallest:
                _write(axes, place, top + height / 2, f"{height:.1f}")
            names.append((part.label, top + height / 2, part.colour))
            top += height
        saved = _mean(result, arm, *SAVINGS.measures)
        axes.bar(place, -saved, 0.62, color=SAVINGS.colour, edgecolor="white", linewidth=0.8)
        names.append((SAVINGS.label, -saved / 2, SAVINGS.colour))
        axes.annotate(
            f"{totals[arm]:.1f}",
            (place, top),
            xytext=(0, 5),
            textcoords="offset points",
            ha="center",
            fontsize=TITLE,
            fontweight="bold",
            color=colours(result.names)[arm],
        )
    axes.axhline(0.0, color="#333333", linewidth=1.0)
    axes.set_xticks(range(len(result.names)), [named(arm) for arm in result.names], fontsize=LABEL)
    axes.margins(y=0.07)
    _name_ends(axes, names)


def _write(axes: Axes, x: float, y: float, text: str) -> None:
    axes.annotate(text, (x, y), ha="center", va="center", fontsize=SMALL)


def phases(axes: Axes, result: Compared, arm: str) -> None:
    """Draw how many relationships of an arm are in each phase, over time."""
    _dress(axes, f"Phases: {named(arm)}", "month", "relationships")
    joint = curve(result, arm, "collaborative_share")
    personal = curve(result, arm, "personal_share")
    shares = np.array([1.0 - joint.mean, joint.mean - personal.mean, personal.mean])
    axes.stackplot(joint.x, shares[::-1], colors=list(PHASES.values())[::-1], linewidth=0)
    _months(axes, len(joint.x))
    axes.set_ylim(0.0, 1.0)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    ends = np.cumsum(shares[::-1, -1]) - shares[::-1, -1] / 2
    names = list(PHASES)[::-1]
    _name_ends(
        axes, [(name, float(end), PHASES[name]) for name, end in zip(names, ends, strict=True)]
    )


def buyers_by_trust(axes: Axes, result: Compared) -> None:
    """Draw the total cost of buyers by how far their suppliers trust them."""
    _dress(axes, "Buyers' cost by trust", "suppliers' trust in the buyer")
    axes.set_ylabel("total cost, money per unit", fontsize=LABEL)
    ends = []
    for arm, colour in colours(result.names).items():
        rows = result.buyers[result.buyers["arm"] == arm]
        trust = rows["suppliers_trust_in_buyer"].to_numpy(float)
        cost = rows["total_cost_per_unit"].to_numpy(float)
        band = middle_half(trust, cost)
        _draw(axes, band, colour)
        ends.append((named(arm), band, colour))
    for name, band, colour in ends:
        if len(band.x):
            axes.annotate(
                name,
                (float(band.x.mean()), float(band.high.max())),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                color=colour,
                fontsize=LABEL,
                fontweight="bold",
                path_effects=HALO,
            )
    axes.margins(y=0.15)
    axes.annotate(
        "band: middle half",
        (0.99, 0.01),
        xycoords="axes fraction",
        ha="right",
        fontsize=SMALL,
        color="#555555",
    )


def middle_half(x: Floats, y: Floats, bins: int = 8, least: int = 10) -> Band:
    """Mean of ``y`` in bins of ``x`` with equally many points, and the middle half of its values.

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
    >>> middle_half(np.arange(4.0), np.array([0.0, 1.0, 2.0, 3.0]), bins=1)
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


def comparison_text(result: Compared) -> str:
    """Alternative text of ``comparison``: what its panels show, in words."""

    def of(measure: str, form: str = ".2f") -> str:
        return " against ".join(
            f"{_mean(result, arm, measure):{form}} ({named(arm)})" for arm in result.names
        )

    text = (
        f"Eight panels compare {' and '.join(map(named, result.names))}. "
        f"Total cost of a unit: {of('total_cost_per_unit', '.1f')}; "
        f"price of a unit: {of('component_price', '.1f')}; "
        f"share of face-to-face time on transaction matters: {of('transaction_time_share')}; "
        f"layers told by suppliers: {of('information_received')}; "
        f"ideas from a supplier a year: {of('ideas_received')}; "
        f"relationships collaborative or beyond: {of('collaborative_share')}."
    )
    words = crossing_text(result)
    if words:
        text += f" Cumulative cost: {words}."
    return text


# --- trust against cost ---------------------------------------------------------------------------

CURVES = {
    "between": "Between markets:\naggressiveness from 0 to 1",
    "within": "Within one mixed market:\nbuyers by rank of trust",
    "held": "Trust held at each level:\nwhat trust itself does",
}
"""What each curve of trust against cost is. Only the last one is causal."""


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
        _dress(top, title)
        band = _by_trust(rows, ("total_cost_per_unit",))
        _draw(top, band, "#222222")
        top.plot(band.x, band.mean, "o", color="#222222", markersize=7)
        bottom = figure.add_subplot(grid[1, column], sharey=bottom)
        _dress(bottom, "", "suppliers' trust in buyers (0 to 1)")
        ends = parts_by_trust(bottom, rows)
        if column == 0:
            top.set_ylabel("total cost, money per unit", fontsize=LABEL)
            bottom.set_ylabel("change of each part,\nmoney per unit", fontsize=LABEL)
        else:
            top.tick_params(labelleft=False)
            bottom.tick_params(labelleft=False)
    if top is not None and bottom is not None:
        _name_ends(bottom, ends)
        seen = _by_trust(curves[curves["curve"] == "within"], ("total_cost_per_unit",)).x
        if len(seen):
            top.axvspan(seen[0], seen[-1], color="#EFE9D0", zorder=0)
            top.annotate(
                "trust as far as it differs\nin the mixed market",
                ((seen[0] + seen[-1]) / 2, 0.98),
                xycoords=top.get_xaxis_transform(),
                ha="center",
                va="top",
                fontsize=SMALL,
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


def _dark(colour: str) -> str:
    """The colour, dark enough for words on white."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    light = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
    factor = min(1.0, 0.45 / light) if light > 0 else 1.0
    return "#" + "".join(f"{int(part * factor):02X}" for part in (red, green, blue))


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


# --- who deals with whom --------------------------------------------------------------------------


def network(relationships: pd.DataFrame) -> Figure:
    """Draw who buys from whom: phase as colour, the mean of both sides' trust as width.

    Parameters
    ----------
    relationships : DataFrame
        Columns buyer, seller, phase (1 to 3), buyer_trust_in_seller, seller_trust_in_buyer.

    Returns
    -------
    Figure
        Buyers above, sellers below, ordered so that lines are short.
    """
    rows = relationships[relationships["phase"] > 0]
    buyers, sellers = _short_lines(rows["buyer"].to_numpy(int), rows["seller"].to_numpy(int))
    figure = new_figure(18.0, 8.0)
    axes = figure.add_subplot()
    trust = (rows["buyer_trust_in_seller"] + rows["seller_trust_in_buyer"]).to_numpy(float) / 2
    for phase, (name, colour) in enumerate(PHASES.items(), start=1):
        chosen = rows["phase"].to_numpy(int) == phase
        lines = [
            ((buyers[b], 1.0), (sellers[s], 0.0))
            for b, s in zip(rows["buyer"][chosen], rows["seller"][chosen], strict=True)
        ]
        axes.add_collection(
            LineCollection(lines, colors=colour, linewidths=0.5 + 5.0 * trust[chosen], zorder=phase)
        )
        axes.annotate(
            f"{name}: {chosen.sum()}",
            (0.5 + 0.22 * (phase - 2), -0.1),
            xycoords="axes fraction",
            ha="center",
            fontsize=TITLE,
            fontweight="bold",
            color=_dark(colour),
        )
    axes.scatter(list(buyers.values()), np.ones(len(buyers)), s=140, color="#222222", zorder=9)
    axes.scatter(
        list(sellers.values()), np.zeros(len(sellers)), s=140, marker="s", color="#222222", zorder=9
    )
    for height, name in ((1.0, "buyers"), (0.0, "salespeople")):
        axes.annotate(
            name,
            (0.0, height),
            xycoords=axes.get_yaxis_transform(),
            xytext=(-8, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=TITLE,
        )
    axes.set_title(
        "Relationships: colour is the phase, width is trust",
        fontsize=TITLE,
        loc="left",
        fontweight="bold",
    )
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.06, 1.06)
    axes.set_axis_off()
    return figure


def _short_lines(
    buyers: NDArray[np.int64], sellers: NDArray[np.int64]
) -> tuple[dict[int, float], dict[int, float]]:
    """Places from 0 to 1 for buyers and sellers, such that partners are near each other."""
    place_of_buyer = {int(b): float(i) for i, b in enumerate(np.unique(buyers))}
    place_of_seller = {int(s): float(i) for i, s in enumerate(np.unique(sellers))}
    for _ in range(20):
        place_of_seller = _by_partners(place_of_seller, sellers, buyers, place_of_buyer)
        place_of_buyer = _by_partners(place_of_buyer, buyers, sellers, place_of_seller)
    return place_of_buyer, place_of_seller


def _by_partners(
    own: Mapping[int, float],
    who: NDArray[np.int64],
    whom: NDArray[np.int64],
    other: Mapping[int, float],
) -> dict[int, float]:
    """Order one side by the mean place of its partners."""
    means = {a: float(np.mean([other[int(b)] for b in whom[who == a]])) for a in own}
    order = sorted(own, key=lambda a: (means[a], a))
    return {a: (i + 0.5) / len(order) for i, a in enumerate(order)}


def network_text(relationships: pd.DataFrame) -> str:
    """Alternative text of ``network``."""
    rows = relationships[relationships["phase"] > 0]
    counts = ", ".join(
        f"{int((rows['phase'] == phase).sum())} {name}"
        for phase, name in enumerate(PHASES, start=1)
    )
    return (
        f"Relationships of {rows['buyer'].nunique()} buyers with {rows['seller'].nunique()} "
        f"salespeople: {counts}."
    )
