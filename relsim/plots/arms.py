"""The picture of a comparison: where the difference comes from, and what lies behind it."""

from __future__ import annotations

import textwrap
from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from relsim.plots.palette import PHASES, PUBLISHED_SHARES, TOTAL, Band, half_years
from relsim.plots.style import (
    LABEL,
    LONGEST_INSIDE,
    SMALL,
    colours,
    dark,
    draw,
    dress,
    in_own_settings,
    inches,
    mean,
    months,
    named,
    new_figure,
    short,
    span,
    stacked,
)
from relsim.plots.waterfall import Contrasted, difference_over_time, waterfall
from relsim.plots.words import apart, key, name_arms, second_line, write

BOUNDS = {
    "transaction_time_share": (0.0, 1.0),
    "information_received": (0.0, 3.0),
    "ideas_received": (0.0, np.inf),
}
"""Least and greatest that a measure can be; intervals of few replicates would go beyond."""

ROW = 12
"""Characters of a name beside a bar; if one is longer, rows have the squares of the key."""

FINDING = 21.0
"""Size of the finding along the top, and how many characters of it a line takes."""
FINDING_WIDTH = 100


class Compared(Contrasted, Protocol):
    """What a comparison must offer to be drawn; see ``relsim.comparison``."""

    @property
    def replicates(self) -> int:
        """Runs of every arm."""

    @property
    def seed(self) -> int:
        """Of the comparison."""

    @property
    def finding(self) -> str:
        """What came out, in a sentence."""

    @property
    def table(self) -> pd.DataFrame:
        """A row a measure: the mean of each arm in a column of its name."""

    @property
    def series(self) -> pd.DataFrame:
        """A row an arm, measure and period: mean, low and high."""

    @property
    def of_published_shares(self) -> bool:
        """Whether published shares of transaction time are of this market."""


@in_own_settings
def comparison(result: Compared) -> Figure:
    """Draw what the arms did: the difference in cost, and time, information, ideas and phases.

    Parameters
    ----------
    result : Compared
        A comparison, see ``relsim.compare``.

    Returns
    -------
    Figure
        One page under a sentence: which part of the cost adds what to the difference, the
        difference over time, and four small panels. Two arms of short names are named beside
        their curves, others in a key.
    """
    figure = new_figure(18.0, 10.8, layout=False)
    top = _head(figure, result)
    if _needs_key(result):
        top -= key(figure, colours(result.names), top)
    foot, gap, wide, left, right = 0.065, 0.135, 0.17, 0.56, 0.815
    tall = (top - 0.035 - foot - 2 * gap) / 3
    waterfall(figure.add_axes((0.15, foot, 0.33, top - 0.035 - foot)), result)
    rows = [foot + place * (tall + gap) for place in (2, 1, 0)]
    difference_over_time(figure.add_axes((left, rows[0], right + wide - left, tall)), result)
    over_time(
        figure.add_axes((left, rows[1], wide, tall)),
        result,
        "information_received",
        "Disclosed by suppliers",
        "layers",
    )
    ideas = figure.add_axes((right, rows[1], wide, tall))
    over_time(ideas, result, "ideas_received", "Ideas from a supplier", "a year", (0.0, None))
    # Published shares are named between the two panels.
    narrow = 0.025 if result.of_published_shares else 0.0
    transaction_time(figure.add_axes((left, rows[2], wide - narrow, tall)), result)
    phases(figure.add_axes((right + narrow, rows[2], wide - narrow, tall)), result)
    return figure


def _head(figure: Figure, result: Compared) -> float:
    """Write the finding and how it came about along the top; how much height is left below."""
    lines = textwrap.wrap(result.finding, FINDING_WIDTH)
    height = float(figure.get_size_inches()[1]) * 72
    step = 1.3 * FINDING / height
    for place, line in enumerate(lines):
        figure.text(0.02, 0.965 - place * step, line, fontsize=FINDING, fontweight="bold")
    below = 0.965 - len(lines) * float(step)
    figure.text(0.02, below, subtitle(result), fontsize=LABEL, color="#555555")
    return below - 0.025


def subtitle(result: Compared) -> str:
    """How many runs there were, with which seed, and what bands are."""
    dashed = "; dashed: published shares" if result.of_published_shares else ""
    if result.replicates == 1:
        return f"one replicate of each, seed {result.seed}; no bands{dashed}"
    return (
        f"{result.replicates} replicates of each, seed {result.seed}; bands and whiskers: "
        f"95% intervals of the mean{dashed}"
    )


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


def over_time(
    axes: Axes,
    result: Compared,
    measure: str,
    title: str,
    unit: str,
    limits: tuple[float | None, float | None] = (None, None),
) -> None:
    """Draw a measure of all arms over the periods, its means of all months in the title."""
    dress(axes, title, "month", unit)
    means = means_text(result, measure)
    second_line(axes, f"{means} {unit}")
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


def means_text(result: Compared, measure: str) -> str:
    """A measure of all months: of two arms both, of more the least and the greatest."""
    means = [mean_of(result, arm, measure) for arm in result.names]
    if len(means) > 2:
        return f"{min(means):.2f} to {max(means):.2f}"
    return f"{means[1]:.2f} against {means[0]:.2f}"


def mean_of(result: Compared, arm: str, measure: str) -> float:
    """A measure of an arm over whole runs."""
    rows = result.table[result.table["measure"] == measure]
    return float(rows[arm].to_numpy(float)[0])


def transaction_time(axes: Axes, result: Compared) -> None:
    """Draw the share of face-to-face time on transaction matters, beside published ones if any."""
    measure, unit = "transaction_time_share", "of the hours together"
    over_time(axes, result, measure, "Time on price and blame", unit)
    axes.set_ylabel("share", fontsize=LABEL)
    if not result.of_published_shares:
        return
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, 0.15), max(high, 0.55))
    low, high = axes.get_ylim()
    heights = [(share - low) / (high - low) for share in PUBLISHED_SHARES.values()]
    moved = apart(heights, 2.6 * SMALL / 72 / inches(axes))
    for (name, share), height in zip(PUBLISHED_SHARES.items(), moved, strict=True):
        axes.axhline(share, color="#333333", linestyle="--", linewidth=1.2)
        words = f"{share:.2f} {name}".replace(" trusted", "\ntrusted")
        write(axes, words, (1.0, height), (4, 0), "axes fraction", va="center", color="#333333")


def phases(axes: Axes, result: Compared) -> None:
    """Draw how many relationships of each arm are in each phase in the last year."""
    when = "Phases, last year" if result.of_published_shares else "Phases in the last year"
    dress(axes, when, "share of relationships", grid=False)
    second_line(axes, "")
    last = {
        arm: [
            mean(curve(result, arm, measure).mean[-12:])
            for measure in ("collaborative_share", "personal_share")
        ]
        for arm in result.names
    }
    joint, personal = np.array(list(last.values())).T
    shares = dict(zip(PHASES, (1.0 - joint, joint - personal, personal), strict=True))
    rows = [short(arm, ROW, 2) for arm in result.names]
    if _needs_key(result) and max(len(named(arm)) for arm in result.names) > ROW:
        rows = ["\u25a0"] * len(rows)
    stacked(axes, rows, shares, PHASES, SMALL if len(rows) <= 6 else None)
    paint = colours(result.names)
    for label, arm in zip(axes.get_yticklabels(), result.names, strict=True):
        label.set(fontsize=SMALL, fontweight="bold", color=paint[arm])
    axes.set_xticks([0.0, 0.5, 1.0])
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    sides = (
        (-0.2 if result.of_published_shares else -0.12, "left"),
        (0.47, "center"),
        (1.02, "right"),
    )
    for (place, side), (name, colour) in zip(sides, PHASES.items(), strict=True):
        words = name.removeprefix("collaborative and ")
        write(axes, words, (place, 1.0), (0, 6), "axes fraction", ha=side, color=dark(colour))


def comparison_text(result: Compared) -> str:
    """Alternative text of ``comparison``: what is seen, in words."""

    def of(measure: str, form: str = ".2f") -> str:
        """A measure of all arms."""
        return " against ".join(
            f"{mean_of(result, arm, measure):{form}} ({named(arm)})" for arm in result.names
        )

    arm = result.names[-1]
    parts = result.parts[(result.parts["arm"] == arm) & (result.parts["part"] != TOTAL)]
    parts = parts.sort_values("difference", key=lambda values: -values.abs()).head(3)
    largest = ", ".join(
        f"{row.part} {row.difference:+.2f}" for row in parts.itertuples() if row.difference
    )
    return (
        f"{result.finding} Largest parts of the difference, {named(arm)} minus "
        f"{named(result.names[0])}: {largest or 'none'}. "
        f"Total cost of a unit: {of('total_cost_per_unit', '.1f')}; "
        f"price of a unit: {of('component_price', '.1f')}; "
        f"share of face-to-face time on transaction matters: {of('transaction_time_share')}; "
        f"layers disclosed by suppliers: {of('information_received')}; "
        f"ideas from a supplier a year: {of('ideas_received')}; "
        f"relationships collaborative or beyond: {of('collaborative_share')}."
    )
