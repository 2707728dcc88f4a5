"""The one look of all pictures, and what several of them are made of.

Colours are those of ``relsim.plots.palette``, bands are 95% intervals, lines carry their names
instead of legends (one key for the page where names would not fit), and the type is large enough
for the back row. Figures are made without pyplot, and with matplotlib's defaults whatever its user
has set: text by LaTeX, a dark style or other fonts would change them, or keep them from being
drawn.
"""

from __future__ import annotations

import functools
import re
import textwrap
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.ticker import MultipleLocator

from relsim.plots.palette import ARMS, OTHER_ARMS, Band, Floats

HALO = (withStroke(linewidth=4, foreground="white"),)
"""White around words that lie on lines."""

TITLE, LABEL, SMALL = 17.0, 15.0, 13.0
"""Sizes of type in points, on pages about 700 points high."""

LONGEST_INSIDE = 16
"""Characters of a name that can stand beside its curve; longer ones need a key."""


Parameters = ParamSpec("Parameters")
Drawn = TypeVar("Drawn")

_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def own_settings() -> Iterator[None]:
    """Set matplotlib to its defaults, and back to what was set before.

    Settings belong to the whole process, so that threads take turns.
    """
    with _ONE_AT_A_TIME, mpl.rc_context():
        mpl.rcdefaults()
        yield


def in_own_settings(function: Callable[Parameters, Drawn]) -> Callable[Parameters, Drawn]:
    """Let a function that draws do so in ``own_settings``."""

    @functools.wraps(function)
    def drawing(*arguments: Parameters.args, **named: Parameters.kwargs) -> Drawn:
        """Draw, whatever settings there are outside."""
        with own_settings():
            return function(*arguments, **named)

    return drawing


class Page(Figure):
    """A figure that looks the same wherever it is shown or saved: much is looked up only then."""

    @in_own_settings
    def draw(self, renderer: RendererBase) -> None:
        """Draw it."""
        super().draw(renderer)

    @in_own_settings
    def savefig(self, *arguments: Any, **named: Any) -> None:
        """Save it."""
        super().savefig(*arguments, **named)


@in_own_settings
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
    figure = Page(figsize=(width, height), layout=engine if layout else None)
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
    for words in figure.findobj(Text):
        # Names of arms are no mathematics; numbers of axes are set as such by matplotlib itself.
        if isinstance(words, Text) and "\\mathdefault" not in words.get_text():
            words.set_parse_math(False)
    metadata = {"Description": text} if text else None
    with warnings.catch_warnings(record=True) as noticed:
        warnings.filterwarnings("always", "Glyph")
        figure.savefig(path, dpi=80, format="png", metadata=metadata)
    # Once for all characters and not once for each, every time that its room is measured.
    missing = {re.match(r"Glyph (\d+)", str(one.message)): one for one in noticed}
    if characters := "".join(sorted({chr(int(found[1])) for found in missing if found})):
        warnings.warn(
            f"the font of figures has no {characters}: there are boxes instead", stacklevel=2
        )
    for found, other in missing.items():
        if found is None:
            warnings.warn_explicit(other.message, other.category, other.filename, other.lineno)


def colours(arms: Sequence[str]) -> dict[str, str]:
    """Colour of each arm: a stance always has its own, and no two have the same.

    Where there are too many, they go from dark to light.

    >>> colours(["trusting", "services"])
    {'trusting': '#0072B2', 'services': '#117733'}
    """
    chosen = {arm: ARMS[arm] for arm in arms if arm in ARMS}
    free = [colour for colour in OTHER_ARMS if colour not in chosen.values()]
    others = [arm for arm in arms if arm not in ARMS]
    if len(others) > len(free):
        # The yellow end of the scale cannot be read on white.
        scale = np.linspace(0.0, 0.9, len(others))
        free = [to_hex(colour).upper() for colour in mpl.colormaps["viridis"](scale)]
    chosen |= dict(zip(others, free, strict=False))
    return {arm: chosen[arm] for arm in arms}


def named(arm: str) -> str:
    """Name of an arm as people write it.

    >>> named("life_cycle")
    'life cycle'
    """
    return " ".join(arm.replace("_", " ").split())


def short(arm: str, width: int, lines: int = 1) -> str:
    r"""Name of an arm on a few lines of a width; what does not fit gives way to an ellipsis.

    >>> short("eight automakers", 12, lines=2)
    'eight\nautomakers'
    >>> short("eight automakers", 12)
    'eight autom…'
    """
    name = named(arm)
    if len(name) <= width:
        return name
    if lines == 1:
        return name[: width - 1].rstrip() + "\u2026"
    kept = textwrap.wrap(name, width)
    rest = " ".join(kept[lines - 1 :])
    return "\n".join([*kept[: lines - 1], short(rest, width)])


def _light(colour: str) -> tuple[float, list[int]]:
    """How light a colour is, from 0 to 1; and its red, green and blue."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255, [red, green, blue]


def dark(colour: str) -> str:
    """The colour, dark enough for words on white."""
    light, parts = _light(colour)
    factor = min(1.0, 0.45 / light) if light > 0 else 1.0
    return "#" + "".join(f"{int(part * factor):02X}" for part in parts)


def dress(axes: Axes, title: str, x: str = "", y: str = "", *, grid: bool = True) -> None:
    """Give axes their words, in the one look of all pictures."""
    axes.set_title(title, fontsize=TITLE, loc="left", fontweight="bold")
    axes.set_xlabel(x, fontsize=LABEL)
    axes.set_ylabel(y, fontsize=LABEL)
    axes.tick_params(labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    if grid:
        axes.grid(axis="y", color="#E5E5E5", linewidth=0.8)
    axes.set_axisbelow(True)


def headline(figure: Figure, words: str, note: str = "") -> None:
    """Write what a figure found along its top, and what of along its foot; axes make room."""
    figure.suptitle(words, fontsize=TITLE + 3, fontweight="bold", x=0.012, ha="left")
    if note:
        figure.supxlabel(note, fontsize=SMALL + 1, x=0.012, ha="left", color="#444444")


def draw(axes: Axes, band: Band, colour: str, style: str = "-") -> None:
    """Draw a curve and its interval."""
    axes.fill_between(band.x, band.low, band.high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(band.x, band.mean, color=colour, linestyle=style, linewidth=2.5)


def stacked(
    axes: Axes,
    rows: Sequence[str],
    shares: Mapping[str, Floats],
    paint: Mapping[str, str],
    size: float | None = None,
) -> None:
    """Draw shares of a whole side by side: a bar a row, from the top down.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    rows : sequence of str
        Names of the rows.
    shares : mapping of str to ndarray
        Of each part of the whole, from the left: its share in every row.
    paint : mapping of str to str
        Colour of each part.
    size : float, optional
        Of the type of shares, which are written where there is room; not written if not given.
    """
    left = np.zeros(len(rows))
    for part, share in shares.items():
        axes.barh(range(len(rows)), share, 0.7, left, color=paint[part], label=part)
        ink = "#222222" if _light(paint[part])[0] > 0.5 else "white"
        for row in np.flatnonzero(share > 0.09).tolist() if size else ():
            middle, words = (left[row] + share[row] / 2, row), f"{share[row]:.0%}"
            axes.annotate(words, middle, ha="center", va="center", fontsize=size, color=ink)
        left = left + share
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0.0, 1.0)
    axes.tick_params(axis="y", length=0)


def months(axes: Axes, periods: int) -> None:
    """Tick whole years on an axis of months, about five of them."""
    years = max(1, round(periods / 60))
    axes.xaxis.set_major_locator(MultipleLocator(12 * years))
    axes.set_xlim(0, max(1, periods - 1))


def mean(values: Floats) -> float:
    """Mean of the values that are numbers; ``nan`` if there are none."""
    there = values[np.isfinite(values)]
    return float(there.mean()) if len(there) else float("nan")


def span(values: Floats) -> tuple[float, float]:
    """Least and greatest of the values that are numbers; zeros if there are none."""
    there = values[np.isfinite(values)]
    return (float(there.min()), float(there.max())) if len(there) else (0.0, 0.0)


def inches(axes: Axes) -> float:
    """About how high axes are, in inches."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return max(0.3, float(axes.get_position().height * figure.get_size_inches()[1]))


def inches_wide(axes: Axes) -> float:
    """About how wide axes are, in inches."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return max(0.3, float(axes.get_position().width * figure.get_size_inches()[0]))
