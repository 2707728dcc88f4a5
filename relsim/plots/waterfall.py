"""Where a difference in cost comes from: part by part, and month by month."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from relsim.plots.palette import COST_PARTS, SAVINGS, TOTAL, Band, half_years
from relsim.plots.style import HALO, LABEL, SMALL, colours, draw, dress, months, named, short, span
from relsim.plots.words import bold, second_line, write

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
    less = (
        f"{named(others[0])} minus {named(first)}" if len(others) == 1 else f"minus {named(first)}"
    )
    dress(axes, "Where the difference comes from", f"{short(less, 48)}, money per unit", grid=False)
    axes.grid(axis="x", color="#E5E5E5", linewidth=0.8)
    labels = [*PAINT, TOTAL]
    if len(others) == 1:
        _steps(axes, result.parts.set_index("part").loc[labels], named(others[0]))
    else:
        _points(axes, result, labels)
    axes.axvline(0.0, color="#333333", linewidth=1.2)
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
    reach = span(np.concatenate([[0.0], ends, values[-1:]]))
    width = (reach[1] - reach[0]) or 1.0
    axes.set_xlim(reach[0] - 0.24 * width, reach[1] + 0.2 * width)
    for row, (label, value) in enumerate(zip(parts.index, values, strict=True)):
        start, end = float(starts[row]), float(starts[row] + value)
        total = label == TOTAL
        colour = "#222222" if total else PAINT[label]
        axes.barh(row, value, 0.68, start, color=colour, edgecolor="#555555", linewidth=0.6)
        low, high = parts["low"].iloc[row] - value, parts["high"].iloc[row] - value
        if np.isfinite(low):
            whisker = "#BBBBBB" if total else "#222222"
            axes.plot([end + low, end + high], [row, row], color=whisker, linewidth=2.0)
        if not total:
            axes.plot([end, end], [row + 0.34, row + 0.66], color="#999999", linewidth=1.0)
        right = value >= 0.0
        words = f"{value:+.2f}".replace("-", "\u2212")
        look = bold("#222222", LABEL) if total else {"fontsize": LABEL}
        outer = max(end, end + high) if right else min(end, end + low)
        edge = float(outer if np.isfinite(outer) else end)
        side = {"ha": "left" if right else "right", "va": "center", "path_effects": HALO}
        write(axes, words, (edge, row), (7 if right else -7, 0), **side, **look)
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
    sides = np.concatenate([side[1:] for band in bands.values() for side in (band.low, band.high)])
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
        period = float(row["period_of_means"])
        axes.axvline(period, color="#333333", linestyle=":", linewidth=1.5)
        words = f"from here on {named(row['dearer'])}\nhas cost more in all"
        early = period < axes.get_xlim()[1] / 2
        ha = "left" if early else "right"
        write(
            axes,
            words,
            (period, 0.04),
            (6 if early else -6, 0),
            axes.get_xaxis_transform(),
            ha=ha,
            va="bottom",
            path_effects=HALO,
            fontsize=SMALL,
        )


def turn(arm: str, first: str, band: Band) -> str:
    """Say where a difference changes its side.

    >>> rising = np.array([-2.0, -1.0, 1.0, 2.0])
    >>> turn("trusting", "aggressive", Band(12 * np.arange(4.0), rising, rising, rising))
    'trusting cheaper until month 24, then dearer than aggressive'
    """
    sign = np.sign(band.mean[np.isfinite(band.mean)])
    x = band.x[np.isfinite(band.mean)]
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
