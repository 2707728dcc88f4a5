"""Where a difference in cost comes from: part by part, and month by month."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from relsim.plots.palette import COST_PARTS, SAVINGS, TOTAL, Band, half_years
from relsim.plots.style import (
    HALO,
    LABEL,
    SMALL,
    colours,
    draw,
    dress,
    inches,
    inches_wide,
    months,
    named,
    short,
    span,
)
from relsim.plots.words import bold, second_line, write

LONGEST = 24
"""Characters of a name of an arm; longer ones are cut."""

LINE_OF_TURN = 68
"""Characters that the line below the title of the difference over time takes."""

PAINT = {part.label: part.colour for part in (*COST_PARTS, SAVINGS)}


class Contrasted(Protocol):
    """What a comparison must offer to draw its differences; see ``relsim.comparison``."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the arms."""

    @property
    def parts(self) -> pd.DataFrame:
        """A row an arm but the first and part of its cost: difference, low and high."""

    @property
    def differences(self) -> pd.DataFrame:
        """A row an arm but the first, measure and period: mean, low and high."""

    @property
    def crossing(self) -> pd.DataFrame:
        """A row a contrast: which arm becomes the dearer one in all, and when."""


def waterfall(axes: Axes, result: Contrasted) -> None:
    """Draw what each part adds to the difference: of two arms as steps, of more as points."""
    first, *others = result.names
    if len(others) == 1:
        less = " minus ".join(fitted(named(others[0]), named(first), 40))
    else:
        less = f"difference from {short(first, LONGEST)}"
    dress(axes, "Where the difference comes from", f"{less}, money per unit", grid=False)
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
    labels = [*PAINT, TOTAL]
    if len(others) == 1:
        _steps(axes, result.parts.set_index("part").loc[labels], short(others[0], 30))
    else:
        _points(axes, result, labels)
    # The line ends above the words along the foot.
    axes.axvline(0.0, 0.045 if len(others) == 1 else 0.0, color="#333333", linewidth=1.2)
    axes.set_yticks(range(len(labels)), labels, fontsize=LABEL)
    axes.get_yticklabels()[-1].set_fontweight("bold")
    axes.set_ylim(len(labels) - 0.1, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _steps(axes: Axes, parts: pd.DataFrame, arm: str) -> None:
    """Draw each part from where the one before it ended, and the total from zero."""
    values = parts["difference"].to_numpy(float)
    ends = np.cumsum(values[:-1])
    starts = np.concatenate([[0.0], ends[:-1], [0.0]])
    said = [f"{value:+.2f}".replace("-", "\u2212") for value in values]
    whiskers = starts[:, None] + parts[["low", "high"]].to_numpy(float)
    low, high = span(np.concatenate([[0.0], ends, values[-1:], whiskers.ravel()]))
    # Room for the longest number on either side.
    share = (0.62 * LABEL * max(map(len, said)) + 12.0) / 72 / inches_wide(axes)
    room = ((high - low) or 1.0) * share / (1.0 - 2.0 * min(share, 0.4))
    axes.set_xlim(low - room, high + room)
    for row, (label, value) in enumerate(zip(parts.index, values, strict=True)):
        start, end = float(starts[row]), float(starts[row] + value)
        total = label == TOTAL
        colour = "#222222" if total else PAINT[label]
        axes.barh(row, value, 0.68, start, color=colour, edgecolor="#555555", linewidth=0.6)
        if np.isfinite(whiskers[row]).all():
            whisker = "#BBBBBB" if total else "#222222"
            axes.plot(whiskers[row], [row, row], color=whisker, linewidth=2.0)
        if not total:
            axes.plot([end, end], [row + 0.34, row + 0.66], color="#999999", linewidth=1.0)
        right = value >= 0.0
        look = bold("#222222", LABEL) if total else {"fontsize": LABEL}
        edge = span(np.append(whiskers[row], end))[1 if right else 0]
        if not np.isfinite(value):
            continue
        side = {"ha": "left" if right else "right", "va": "center", "path_effects": HALO}
        write(axes, said[row], (edge, row), (7 if right else -7, 0), **side, **look)
    for place, words, ha in ((0.0, f"{arm} costs less", "left"), (1.0, "costs more", "right")):
        arrow = f"\u2190 {words}" if ha == "left" else f"{words} \u2192"
        spot = (place, 0.01)
        write(axes, arrow, spot, coordinates="axes fraction", ha=ha, color="#555555")


def _points(axes: Axes, result: Contrasted, labels: list[str]) -> None:
    """Draw a point and its interval for each part and arm."""
    paint = colours(result.names)
    others = result.names[1:]
    spread = np.linspace(-0.3, 0.3, len(others)) if len(others) > 1 else [0.0]
    for shift, arm in zip(spread, others, strict=True):
        parts = result.parts[result.parts["arm"] == arm].set_index("part").loc[labels]
        rows = np.arange(len(labels)) + shift
        axes.hlines(rows, parts["low"], parts["high"], color=paint[arm], linewidth=2.0)
        axes.scatter(parts["difference"], rows, s=70, color=paint[arm], zorder=3)
    axes.axhspan(len(labels) - 1.5, len(labels) - 0.4, color="#F2F2F2", zorder=0)
    axes.margins(x=0.06)


def bands_of(result: Contrasted, measure: str) -> dict[str, Band]:
    """The difference of each arm to the first over time, with its interval."""
    rows = result.differences[result.differences["measure"] == measure]
    bands = {}
    for arm in result.names[1:]:
        own = rows[rows["arm"] == arm]
        columns = (own[name].to_numpy(float) for name in ("period", "mean", "low", "high"))
        bands[arm] = half_years(Band(*columns))
    return bands


def difference_over_time(axes: Axes, result: Contrasted) -> None:
    """Draw the difference in the cost of a unit month by month, and where costs cross in all."""
    bands = bands_of(result, "total_cost_per_unit")
    first = named(result.names[0])
    dress(axes, "Difference in the cost of a unit", "month", "money per unit")
    paint = colours(result.names)
    for arm, band in bands.items():
        draw(axes, band, paint[arm])
    sides = np.concatenate([side for band in bands.values() for side in band[1:]])
    low, high = span(np.concatenate([sides, [0.0]]))
    room = 0.12 * ((high - low) or 1.0)
    axes.set_ylim(low - room, high + room)
    axes.axhline(0.0, color="#333333", linewidth=1.2)
    rows = result.differences
    months(axes, int(rows["period"].max()) + 1)
    if len(bands) > 1:
        return
    ((arm, band),) = bands.items()
    second_line(axes, turn(named(arm), first, band))
    row = result.crossing.iloc[0]
    if row["dearer"]:
        _crossing(axes, band, short(row["dearer"], LONGEST), float(row["period_of_means"]))


def _crossing(axes: Axes, band: Band, dearer: str, period: float) -> None:
    """Say from when on an arm has cost more in all, above or below the curve."""
    axes.axvline(period, color="#333333", linestyle=":", linewidth=1.5)
    words = f"from here on {dearer}\nhas cost more in all"
    first, last = axes.get_xlim()
    early = period < (first + last) / 2
    width = 0.62 * SMALL * max(map(len, words.splitlines())) / 72 / inches_wide(axes)
    ends = sorted((period, period + (1.0 if early else -1.0) * width * (last - first)))
    # The points beside the words too: the curve runs on to them.
    there = np.flatnonzero((band.x >= ends[0]) & (band.x <= ends[1]))
    where = slice(max(0, there.min() - 1), there.max() + 2) if len(there) else slice(None)
    below, above = span(np.concatenate([[0.0], *(side[where] for side in band[1:])]))
    low, high = axes.get_ylim()
    # As high as two lines and some air.
    share = 3.4 * SMALL / 72 / inches(axes)
    up = high - above > below - low
    if up:
        high = max(high, (above - share * low) / (1.0 - share))
    else:
        low = min(low, (below - share * high) / (1.0 - share))
    axes.set_ylim(low, high)
    write(
        axes,
        words,
        (period, 1.0 if up else 0.0),
        (6 if early else -6, -3 if up else 3),
        axes.get_xaxis_transform(),
        ha="left" if early else "right",
        va="top" if up else "bottom",
        path_effects=HALO,
        fontsize=SMALL,
    )


def turn(arm: str, first: str, band: Band) -> str:
    """Say where a difference changes its side.

    >>> rising = np.array([-2.0, -1.0, 1.0, 2.0])
    >>> turn("trusting", "aggressive", Band(12 * np.arange(4.0), rising, rising, rising))
    'trusting cheaper until month 24, then dearer than aggressive'
    """
    said = _turned("", "", band)
    return _turned(*fitted(arm, first, LINE_OF_TURN - len(said)), band)


def fitted(one: str, other: str, room: int) -> tuple[str, str]:
    """Two names cut so that both fit; what a short one leaves goes to the other.

    >>> fitted("trusting", "aggressiveness=0.3", 20)
    ('trusting', 'aggressiven…')
    """
    half = room // 2
    return short(one, max(half, room - len(other))), short(other, max(half, room - len(one)))


def _turned(arm: str, first: str, band: Band) -> str:
    sign = np.sign(band.mean[np.isfinite(band.mean)])
    x = band.x[np.isfinite(band.mean)]
    if not len(sign):
        return "there is no cost of a unit to compare"
    if not sign.any():
        return f"{arm} costs what {first} costs"
    words = {1.0: "dearer", -1.0: "cheaper", 0.0: "equal"}
    changes = np.flatnonzero(sign[1:] != sign[:-1]) + 1
    if len(changes) == 0:
        return f"{arm} {words[float(sign[0])]} than {first} in every half-year"
    if len(changes) == 1:
        before, after = words[float(sign[0])], words[float(sign[-1])]
        return f"{arm} {before} until month {x[changes[0]]:.0f}, then {after} than {first}"
    return f"{arm} and {first} change places {len(changes)} times"
