"""Pictures of virtual interviews: what a study sees."""

from __future__ import annotations

from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from relsim.plots.palette import Band
from relsim.plots.studies.base import dress
from relsim.plots.style import LABEL, draw, headline, in_own_settings, new_figure
from relsim.plots.words import write

CLAIM_COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#8A6D1B", "#3F2A78", "#222222")
"""Colours of claims A1 to A7."""


@in_own_settings
def seen_by_size(
    found: pd.DataFrame, statements: dict[str, str], size: int, note: str = ""
) -> Figure:
    """Draw which patterns studies see by the number of interviews, with false finds at one number.

    Parameters
    ----------
    found : DataFrame
        See ``interviews.studies``.
    statements : dict of str to str
        What each pattern is, by the id of its claim.
    size : int
        Number of interviews to be drawn apart.
    note : str
        How many runs with which seed, and what bands are.

    Returns
    -------
    Figure
        Curves on the left, bars on the right.
    """
    whole = found[found["part"] == "all"]
    paint = dict(zip(statements, CLAIM_COLOURS, strict=False))
    figure = new_figure(18.0, 9.6)
    left, right = figure.subplots(1, 2)
    often = int((whole.loc[whole["interviews"] == size, "seen"] > 0.5).sum())
    words = f"{often} of {len(statements)} patterns are seen in over half of the studies"
    headline(figure, f"{words} of {size} salespeople", note)
    for claim, rows in whole.groupby("claim", sort=False):
        band = Band(*rows[["interviews", "seen", "low", "high"]].to_numpy(float).T)
        draw(left, band, paint[claim])
        left.plot(band.x, band.mean, "o", color=paint[claim])
    left.axvline(size, color="#666666", linestyle="--")
    write(left, f" {size} interviews", (size, 1.03), color="#444444")
    left.axhline(0.5, color="#BBBBBB", linewidth=1.0)
    left.set_ylim(0.0, 1.08)
    dress(left, "Studies that see the pattern", "salespeople interviewed", "share of studies")
    claims = list(statements)[::-1]
    here = whole[whole["interviews"] == size].set_index("claim").loc[claims]
    places = np.arange(len(claims))
    right.barh(places + 0.12, here["seen"], height=0.5, color=[paint[c] for c in claims])
    right.barh(places - 0.27, here["false"], height=0.2, color="#999999")
    right.axvline(0.05, color="#222222", linestyle=":")
    for place, seen, false in zip(places, here["seen"], here["false"], strict=True):
        for share, form, height, look in (
            (seen, ".0%", 0.12, {"fontsize": LABEL}),
            (false, ".1%", -0.29, {"color": "#666666"}),
        ):
            beside = max(share, 0.05) + 0.015, place + height
            write(right, f"{share:{form}}", beside, va="center", **look)
    right.set_yticks(places, [f"{c}  {fill(statements[c], 22)}" for c in claims])
    for label, claim in zip(right.get_yticklabels(), claims, strict=True):
        label.set_color(paint[claim])
        label.set_fontweight("bold")
    right.set_xlim(0.0, 1.12)
    dress(right, f"With {size} interviews", "share of studies (grey: labels dealt anew)")
    right.tick_params(axis="y", labelsize=LABEL, length=0)
    return figure
