"""Words in figures: at points, at the ends of curves, in a key; none lies on another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from relsim.plots.palette import Band
from relsim.plots.style import (
    HALO,
    LABEL,
    LONGEST_INSIDE,
    SMALL,
    TITLE,
    inches,
    mean,
    short,
    span,
)

KEY_ROOM = 0.94
"""Share of a page's width that a key of arms can take."""

KEY_ARMS = 4
"""Arms of which each has its share of a line of a key; the names of more are cut as those."""

KEY_SPACE = 5
"""Characters between the names of a key, the square of the next one included."""


def bold(colour: str, size: float = LABEL) -> dict[str, Any]:
    """How words look that are to be seen first."""
    return {"color": colour, "fontsize": size, "fontweight": "bold"}


def write(
    axes: Axes,
    words: str,
    point: tuple[float, float],
    shift: tuple[float, float] = (0.0, 0.0),
    coordinates: Any = "data",
    **text: Any,
) -> None:
    """Write words into axes.

    Parameters
    ----------
    axes : Axes
        Where.
    words : str
        What.
    point, shift : tuple of float
        Beside which point, and how many points of type away from it.
    coordinates : str or Transform
        What the point is counted in, as matplotlib's ``annotate`` has it.
    **text
        How the words look, if not small.
    """
    look = {"fontsize": SMALL, **text}
    axes.annotate(words, point, shift, coordinates, "offset points", **look)


def second_line(axes: Axes, words: str, colour: str = "#000000") -> None:
    """Write what is found below the title of axes, which moves up for it."""
    title = axes.get_title(loc="left")
    axes.set_title(title, fontsize=TITLE, loc="left", fontweight="bold", pad=26.0)
    write(axes, words, (0.0, 1.0), (0, 6), "axes fraction", fontsize=LABEL - 1.0, color=colour)


def apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights moved as little as needed to lie at least ``gap`` apart.

    >>> apart([0.0, 0.1, 5.0], 1.0)
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


def name_ends(axes: Axes, ends: Iterable[tuple[str, float, str]]) -> None:
    """Write names beside the right edge, each behind a square of its colour.

    ``ends`` are (name, height, colour) each; names that would overlap move apart.
    """
    rows = [end for end in ends if np.isfinite(end[1])]
    low, high = axes.get_ylim()
    # In shares of the axes' height, so that it is right on any scale.
    to_axes = axes.transData + axes.transAxes.inverted()
    heights = [float(to_axes.transform((1.0, height))[1]) for _, height, _ in rows]
    gap = 1.45 * SMALL / 72 / inches(axes)
    moved = apart(heights, gap)
    # None beside the title.
    limit = 1.0 - gap / 4
    for place in sorted(range(len(moved)), key=lambda place: -moved[place]):
        moved[place] = min(moved[place], limit)
        limit = moved[place] - gap * (1 - 1e-9)
    for (name, _, colour), height in zip(rows, moved, strict=True):
        for text, paint, shift in (("\u25a0", colour, 4), (name, "#222222", 20)):
            write(axes, text, (1.0, height), (shift, 0), "axes fraction", va="center", color=paint)
    axes.set_ylim(low, high)


def name_arms(axes: Axes, bands: Mapping[str, Band], paint: Mapping[str, str]) -> None:
    """Write the names of two arms into the axes, above the upper curve and below the lower one."""
    low, high = axes.get_ylim()
    line = 1.8 * LABEL / 72 / inches(axes) * (high - low)
    late = {arm: slice(2 * len(band.x) // 3, None) for arm, band in bands.items()}
    levels = {arm: mean(band.mean[late[arm]]) for arm, band in bands.items()}
    upper = max(levels, key=lambda arm: levels[arm])
    bottom = low
    # Of two above, one stands on the other.
    tops = 0.0
    for arm in sorted(bands, key=lambda arm: arm == upper):
        band, above = bands[arm], arm == upper or (low == 0.0 and levels[arm] < line)
        ends = span(np.concatenate([side[late[arm]] for side in band[1:]]))
        edge = ends[1] if above else ends[0]
        if above and tops > 0.0:
            edge = max(edge, tops)
        tops = edge + line if above else tops
        high = max(high, edge + line) if above else high
        bottom = bottom if above else min(bottom, edge - line)
        write(
            axes,
            short(arm, LONGEST_INSIDE),
            (float(band.x[-1]), edge),
            (-4, 3 if above else -3),
            ha="right",
            va="bottom" if above else "top",
            path_effects=HALO,
            **bold(paint[arm]),
        )
    axes.set_ylim(bottom, high)


def key(figure: Figure, paint: Mapping[str, str], top: float = 1.0) -> float:
    """Write the names of all arms below a height, each behind a square of its colour.

    Returns
    -------
    float
        How much height it takes, as a share of the page.
    """
    width, height = figure.get_size_inches() * 72
    letter = 0.62 * LABEL / width
    room = KEY_ROOM / letter
    names = [short(arm, int(room / min(len(paint), KEY_ARMS)) - KEY_SPACE) for arm in paint]
    left = 0.5 - KEY_ROOM / 2
    place, line, step = left, 0, float(1.5 * LABEL / height)
    for name, colour in zip(names, paint.values(), strict=True):
        wide = (len(name) + KEY_SPACE) * letter
        if place > left and place + wide > left + KEY_ROOM + KEY_SPACE * letter:
            place, line = left, line + 1
        for text, ink, shift in (("\u25a0", colour, 0), (name, "#222222", 18)):
            figure.text(
                place + shift / width,
                top - 0.9 * LABEL / height - line * step,
                text,
                color=ink,
                fontsize=LABEL,
                fontweight="bold",
                va="center",
            )
        place += wide
    return 0.035 + line * step
