"""Pictures of a comparison: what two or more arms did; two arms fill eight panels."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from relsim.plots.palette import (
    COST_PARTS,
    PHASES,
    PUBLISHED_SHARES,
    SAVINGS,
    Band,
    half_years,
    interquartile_range,
)
from relsim.plots.style import (
    HALO,
    LABEL,
    LONGEST_INSIDE,
    SMALL,
    TITLE,
    colours,
    draw,
    dress,
    in_own_settings,
    inches,
    months,
    named,
    new_figure,
    short,
    span,
)
from relsim.plots.words import bold, key, name_arms, name_ends, write

BOUNDS = {
    "transaction_time_share": (0.0, 1.0),
    "collaborative_share": (0.0, 1.0),
    "personal_share": (0.0, 1.0),
    "information_received": (0.0, 3.0),
    "ideas_received": (0.0, np.inf),
}
"""Least and greatest that a measure can be; intervals of few replicates would go beyond."""

MAX_NUMBERED = 3
"""Arms up to which the bars of a stack are wide enough for numbers in them."""


class Compared(Protocol):
    """What a comparison must offer to be drawn; see ``relsim.comparison``."""

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


@in_own_settings
def comparison(result: Compared) -> Figure:
    """Draw what the arms did: cost, hours, information, phases, trust.

    Parameters
    ----------
    result : Compared
        A comparison, see ``relsim.compare``.

    Returns
    -------
    Figure
        One page: seven panels, of which the last shows phases and comes once an arm. Two arms of
        short names are named beside their curves, others in a key along the top.
    """
    figure = new_figure(layout=False)
    left, stack, right, last = 0.05, 0.335, 0.613, 0.83
    high, low, tall, gap = 0.58, 0.075, 0.375, 0.13
    if _needs_key(result):
        key(figure, colours(result.names))
        high, tall = 0.56, 0.335
    cost_over_time(figure.add_axes((left, high, 0.185, tall)), result)
    transaction_time(figure.add_axes((left, low, 0.185, tall)), result)
    foot = low + 0.06 if _needs_key(result) else low  # room for names that slant
    cost_stack(figure.add_axes((stack, foot, 0.115, high + tall - foot)), result)
    half = tall / 2 - 0.0325
    disclosed = figure.add_axes((right, high + tall - half, 0.155, half))
    ideas = figure.add_axes((right, high, 0.155, half))
    over_time(disclosed, result, "information_received", "Disclosed by suppliers", "layers")
    over_time(ideas, result, "ideas_received", "Ideas from suppliers", "a year", (0.0, None))
    disclosed.set_xlabel("")
    disclosed.tick_params(labelbottom=False)
    buyers_by_trust(figure.add_axes((right, low, 0.155, tall)), result)
    if len(result.names) > MAX_NUMBERED:
        gap = 0.09
    step = (high - low + tall + gap) / len(result.names)
    for place, arm in enumerate(result.names):
        bottom = high + tall + gap - (place + 1) * step
        phases(figure.add_axes((last, bottom, 0.085, step - gap)), result, arm)
    return figure


def _needs_key(result: Compared) -> bool:
    """Whether the names of the arms would not fit beside their curves."""
    longest = max(len(named(arm)) for arm in result.names)
    return len(result.names) != 2 or longest > LONGEST_INSIDE


def curve(result: Compared, arm: str, measure: str) -> Band:
    """A measure of one arm over the periods, with its interval as far as values can go."""
    series = result.series
    rows = series[(series["arm"] == arm) & (series["measure"] == measure)]
    x, mean, low, high = (rows[name].to_numpy(float) for name in ("period", "mean", "low", "high"))
    return Band(
        x, mean, *(np.clip(side, *BOUNDS.get(measure, (-np.inf, np.inf))) for side in (low, high))
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


def over_time(
    axes: Axes,
    result: Compared,
    measure: str,
    title: str,
    unit: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> None:
    """Draw a measure of all arms over the periods."""
    dress(axes, title, "month", unit)
    paint = colours(result.names)
    bands = {arm: half_years(curve(result, arm, measure)) for arm in result.names}
    for arm, band in bands.items():
        draw(axes, band, paint[arm])
    sides = [side for band in bands.values() for side in (band.low, band.high)]
    low, high = span(np.concatenate(sides))
    # In month 0 all contracts are made anew at once: a first point far off is left off the scale.
    settled = span(np.concatenate([side[1:] for side in sides]))
    if high - low > 2.0 * (settled[1] - settled[0]) > 0.0:
        low, high = settled
    if high > low:
        axes.set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
    axes.set_ylim(*limits)
    months(axes, int(result.series["period"].max()) + 1)
    if not _needs_key(result):
        name_arms(axes, bands, paint)


def cost_over_time(axes: Axes, result: Compared) -> None:
    """Draw total cost per unit over time, and when one arm's cumulative cost overtakes."""
    over_time(axes, result, "total_cost_per_unit", "Total cost of a unit", "money per unit")
    words = crossing_text(result)
    if words:
        arm = result.crossing["dearer"].iloc[0]
        words = words.replace(named(arm), short(arm, 24), 1).replace(" from ", "\nfrom ")
        words = words.replace(" (", "\n(")
        if len(named(arm)) > LONGEST_INSIDE:
            words = words.replace(" dearer ", "\ndearer ")
        lines = words.count("\n") + 1
        period = float(result.crossing["period_of_means"].iloc[0])
        low, high = axes.get_ylim()
        axes.set_ylim(low, high + (1.3 * lines + 1.0) * SMALL / 72 / inches(axes) * (high - low))
        axes.axvline(period, color="#333333", linestyle=":", linewidth=1.5)
        early = period < axes.get_xlim()[1] / 2
        write(
            axes,
            words,
            (period, 0.98),
            (5 if early else -5, 0),
            axes.get_xaxis_transform(),
            ha="left" if early else "right",
            va="top",
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
        words = f"{share:.2f}\n{name},\npublished"
        side = axes.get_yaxis_transform()
        write(axes, words, (1.0, share), (4, 0), side, va="center", color="#333333")


def _mean(result: Compared, arm: str, *measures: str) -> float:
    """Sum of the means of measures in one arm, over whole runs."""
    rows = result.table[result.table["measure"].isin(measures)]
    # The table repeats the means of all arms with every contrast.
    return float(rows.drop_duplicates("measure")[arm].sum())


def cost_stack(axes: Axes, result: Compared) -> None:
    """Draw what a unit cost over all months, part on part; what ideas save lies below zero."""
    dress(axes, "A unit, all months together", "", "money per unit")
    totals = {arm: _mean(result, arm, "total_cost_per_unit") for arm in result.names}
    tallest = max(totals.values())
    digits, size = (1, TITLE) if len(result.names) == 2 else (0, LABEL)
    for place, arm in enumerate(result.names):
        top = 0.0
        names: list[tuple[str, float, str]] = []
        for part in COST_PARTS:
            height = _mean(result, arm, *part.measures)
            axes.bar(place, height, 0.62, top, color=part.colour, edgecolor="white", linewidth=0.8)
            if height > 0.035 * tallest and len(result.names) <= MAX_NUMBERED:
                middle = place, top + height / 2
                write(axes, f"{height:.1f}", middle, ha="center", va="center")
            names.append((part.label, top + height / 2, part.colour))
            top += height
        saved = _mean(result, arm, *SAVINGS.measures)
        axes.bar(place, -saved, 0.62, color=SAVINGS.colour, edgecolor="white", linewidth=0.8)
        names.append((SAVINGS.label, -saved / 2, SAVINGS.colour))
        look = bold(colours(result.names)[arm], size)
        write(axes, f"{totals[arm]:.{digits}f}", (place, top), (0, 5), ha="center", **look)
    axes.axhline(0.0, color="#333333", linewidth=1.0)
    lines = 2 if len(result.names) <= MAX_NUMBERED else 1
    axes.set_xticks(range(len(result.names)), [short(arm, 12, lines) for arm in result.names])
    axes.tick_params(axis="x", labelsize=LABEL)
    if _needs_key(result):
        axes.tick_params(axis="x", labelsize=SMALL, labelrotation=35)
        for label in axes.get_xticklabels():
            label.set(ha="right", va="top", rotation_mode="anchor", linespacing=0.9)
    axes.margins(y=0.07)
    name_ends(axes, names)


def phases(axes: Axes, result: Compared, arm: str) -> None:
    """Draw how many relationships of an arm are in each phase, over time."""
    low = len(result.names) > MAX_NUMBERED  # panels of which there are many are low
    title = short(f"Phases: {named(arm)}", 20, 1 if low else 2)
    within = low and arm != result.names[-1]
    dress(axes, title, "" if within else "month", "share" if low else "relationships")
    joint = curve(result, arm, "collaborative_share")
    personal = curve(result, arm, "personal_share")
    shares = np.array([1.0 - joint.mean, joint.mean - personal.mean, personal.mean])
    axes.stackplot(joint.x, shares[::-1], colors=list(PHASES.values())[::-1], linewidth=0)
    months(axes, len(joint.x))
    axes.set_ylim(0.0, 1.0)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    ends = np.cumsum(shares[::-1, -1]) - shares[::-1, -1] / 2
    rows = zip(reversed(PHASES.items()), ends.tolist(), strict=True)
    name_ends(axes, [(name, end, colour) for (name, colour), end in rows])


def buyers_by_trust(axes: Axes, result: Compared) -> None:
    """Draw the total cost of buyers by how far their suppliers trust them."""
    dress(axes, "Buyers' cost by trust", "suppliers' trust in the buyer")
    axes.set_ylabel("total cost, money per unit", fontsize=LABEL)
    for arm, colour in colours(result.names).items():
        rows = result.buyers[result.buyers["arm"] == arm]
        trust = rows["suppliers_trust_in_buyer"].to_numpy(float)
        cost = rows["total_cost_per_unit"].to_numpy(float)
        band = interquartile_range(trust, cost)
        draw(axes, band, colour)
        if len(band.x) and not _needs_key(result):
            above = float(band.x.mean()), float(band.high.max())
            look = bold(colour) | {"ha": "center", "path_effects": HALO}
            write(axes, named(arm), above, (0, 4), **look)
    axes.margins(y=0.15)
    words = "band: interquartile range"
    write(axes, words, (0.99, 0.01), (0, 0), "axes fraction", ha="right", color="#555555")


def comparison_text(result: Compared) -> str:
    """Alternative text of ``comparison``: what its panels show, in words."""

    def of(measure: str, form: str = ".2f") -> str:
        """A measure of either arm."""
        return " against ".join(
            f"{_mean(result, arm, measure):{form}} ({named(arm)})" for arm in result.names
        )

    text = (
        f"{len(result.names) + 6} panels compare {' and '.join(map(named, result.names))}. "
        f"Total cost of a unit: {of('total_cost_per_unit', '.1f')}; "
        f"price of a unit: {of('component_price', '.1f')}; "
        f"share of face-to-face time on transaction matters: {of('transaction_time_share')}; "
        f"layers disclosed by suppliers: {of('information_received')}; "
        f"ideas from a supplier a year: {of('ideas_received')}; "
        f"relationships collaborative or beyond: {of('collaborative_share')}."
    )
    words = crossing_text(result)
    return f"{text} Cumulative cost: {words}." if words else text
