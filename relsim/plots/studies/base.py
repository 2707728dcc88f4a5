"""What pictures of the studies share: their words, large enough for the back row."""

from __future__ import annotations

from matplotlib.axes import Axes

from relsim.plots import LABEL, SMALL, TITLE


def dress(axes: Axes, title: str, x: str = "", y: str = "") -> None:
    """Give axes their words, large enough for the back row.

    Parameters
    ----------
    axes : Axes
        What to dress.
    title, x, y : str
        Its title and the names of its axes.
    """
    axes.set_title(title, fontsize=TITLE, loc="left", fontweight="bold")
    axes.set_xlabel(x, fontsize=LABEL)
    axes.set_ylabel(y, fontsize=LABEL)
    axes.tick_params(labelsize=SMALL)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)


def readable(name: str) -> str:
    """Name of a parameter or measure as people write it.

    >>> readable("round_hours")
    'round hours'
    """
    return name.replace("_", " ")
