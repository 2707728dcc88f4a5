"""Write down the matrix: what is left of every claim without every mechanism."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.patches import Patch, Rectangle

from relsim import plots
from relsim.parameters.mechanisms import THEORIES
from relsim.plots import LABEL
from relsim.plots.style import dress

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.claims.matrix import Matrix

CLASSES = (
    ("turned round", -0.25, "#6A3D9A"),
    ("gone: under a quarter left", 0.25, "#D55E00"),
    ("less: under three quarters left", 0.75, "#F0C35E"),
    ("as it was", 1.25, "#DCEAF4"),
    ("larger: over five quarters", np.inf, "#0072B2"),
)
"""What is left of an effect, in words: up to which share, and in which colour."""

NOTHING = "#FFFFFF"
"""Colour of what could not be measured, or of claims without a clear effect to lose."""


def as_table(found: Matrix) -> pd.DataFrame:
    """The matrix as a table: a row a claim and mechanism.

    Parameters
    ----------
    found : Matrix
        From ``matrix.matrix``.
    """
    rows = [
        (claim, mechanism, found.left[row, column], found.clear[row], found.own[row, column])
        for row, claim in enumerate(found.claims)
        for column, mechanism in enumerate(found.mechanisms)
    ]
    return pd.DataFrame(rows, columns=["claim", "mechanism", "left", "clear", "own"])


@plots.in_own_settings
def figure(found: Matrix) -> Figure:
    """Claims by theories: the share of each effect that is left, in five colours.

    Mechanisms that stand for no theory of their own are in the table only. Framed is what a claim
    itself names; white rows have no clear effect that could go.

    Parameters
    ----------
    found : Matrix
        From ``matrix.matrix``.
    """
    names = [name.removeprefix("without ").replace(" ", "_") for name in found.mechanisms]
    columns = [column for column, name in enumerate(names) if name in THEORIES]
    claims, mechanisms = len(found.claims), len(columns)
    drawn = plots.new_figure(0.42 * mechanisms + 9.0, 0.46 * claims + 5.2)
    axes = drawn.subplots()
    dress(axes, "Which theory carries which finding: what is left without it", grid=False)
    shown = np.where(found.clear[:, None], found.left[:, columns], np.nan)
    edges = [-np.inf, *(edge for _, edge, _ in CLASSES)]
    place = np.searchsorted(edges, np.nan_to_num(shown), side="right") - 1.0
    axes.pcolormesh(
        np.where(np.isnan(shown), np.nan, np.clip(place, 0, len(CLASSES) - 1)),
        cmap=ListedColormap([colour for _, _, colour in CLASSES]),
        norm=BoundaryNorm(np.arange(-0.5, len(CLASSES)), len(CLASSES)),
        edgecolors="white",
        linewidth=1.5,
    )
    named = np.argwhere(found.own[:, columns])
    for row, column in named:
        axes.add_patch(
            Rectangle((column, row), 1.0, 1.0, fill=False, edgecolor="#222222", linewidth=2.5)
        )
    for row in np.flatnonzero(~found.clear):
        axes.text(
            mechanisms / 2,
            row + 0.5,
            "no clear effect that could go",
            ha="center",
            va="center",
            fontsize=LABEL,
            color="#777777",
        )
    theories = [THEORIES[names[column]] for column in columns]
    axes.set_xticks(np.arange(mechanisms) + 0.5, theories, rotation=60, ha="right", fontsize=LABEL)
    rows = [
        textwrap.fill(f"{textwrap.shorten(words, 110, placeholder=' ...')} ({claim})", 62)
        for claim, words in zip(found.claims, found.statements, strict=True)
    ]
    axes.set_yticks(np.arange(claims) + 0.5, rows, fontsize=LABEL)
    axes.set_ylim(claims, 0)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    handles = [Patch(facecolor=colour, label=words) for words, _, colour in CLASSES]
    own = Patch(facecolor=NOTHING, edgecolor="#222222", linewidth=2.5, label="named by the claim")
    white = Patch(facecolor=NOTHING, edgecolor="#BBBBBB", label="nothing to measure")
    drawn.legend(
        handles=[*handles, *([own] if len(named) else []), white],
        loc="outside lower left",
        ncols=4,
        frameon=False,
        fontsize=LABEL,
    )
    return drawn


def text(found: Matrix) -> str:
    """What the figure shows, in words: of every claim what takes most of its effect away."""
    said = []
    for row, claim in enumerate(found.claims):
        gone = [
            mechanism
            for mechanism, left in zip(found.mechanisms, found.left[row], strict=True)
            if abs(left) < CLASSES[1][1]
        ]
        if found.clear[row] and gone:
            said.append(f"{claim} {textwrap.shorten(', '.join(gone), 80)}")
    return "Gone, of the effect of claims, is more than three quarters: " + "; ".join(said) + "."
