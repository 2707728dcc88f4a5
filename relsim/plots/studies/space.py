"""Pictures of parameter space: where one way of buying beats another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from relsim.plots.palette import ARMS, CHANCE, Band, beyond_chance
from relsim.plots.studies.base import dress
from relsim.plots.style import (
    HALO,
    LABEL,
    SMALL,
    TITLE,
    dark,
    draw,
    headline,
    in_own_settings,
    named,
    new_figure,
)
from relsim.plots.words import bold, write

WINNERS = LinearSegmentedColormap.from_list(
    "winners", [ARMS["aggressive"], "#F7F7F7", ARMS["trusting"]]
)
"""From where the aggressive arm wins to where the trusting one does."""


@in_own_settings
def where_trust_loses(
    gaps: pd.DataFrame,
    ranking: pd.DataFrame,
    cells: pd.DataFrame,
    curves: pd.DataFrame,
    note: str = "",
) -> Figure:
    """Draw the share of parameter space that each arm wins, the map, and curves of clamped trust.

    Parameters
    ----------
    gaps : DataFrame
        A row a point: ``difference`` (aggressive minus trusting), ``low``, ``high``.
    ranking : DataFrame
        Parameters, the most deciding first, see ``space.deciding``.
    cells : DataFrame
        Shares over the two that decide most, see ``space.map_of``.
    curves : DataFrame
        See ``space.clamped_trust``.
    note : str
        How many runs with which seed, and what bands are.

    Returns
    -------
    Figure
        Three panels above, a panel a market below. The map is left out where nothing decides
        beyond chance.
    """
    figure = new_figure(18.0, 12.6)
    gap = gaps["difference"].dropna()
    ahead = max((gap > 0).mean(), (gap <= 0).mean())
    who = "Trusting" if (gap > 0).mean() > 0.5 else "Aggressive"
    headline(figure, f"{who} buyers are the cheaper at {ahead:.0%} of {len(gap)} points", note)
    rows = figure.add_gridspec(2, 1, height_ratios=(1.15, 1.0))
    found = bool(beyond_chance(ranking).any())
    above = rows[0].subgridspec(1, 3 if found else 2)
    _gaps(figure.add_subplot(above[0, 0]), gaps["difference"].to_numpy(float))
    deciding_bars(
        figure.add_subplot(above[0, 1]),
        ranking.head(8),
        {"high": ("trusting", ARMS["trusting"]), "low": ("aggressive", ARMS["aggressive"])},
        "What decides it" if found else "Nothing decides it beyond chance",
        "distance between where either wins (0 to 1)",
        "high values favour",
    )
    if found:
        x, y = ranking["parameter"].head(2)
        share_map(figure.add_subplot(above[0, 2]), cells, x, y, "Share where trusting is cheaper")
    below = rows[1].subgridspec(1, curves["market"].nunique())
    ends = float(curves["low"].min()), float(curves["high"].max())
    for place, (market, part) in enumerate(curves.groupby("market", sort=False)):
        axes = figure.add_subplot(below[0, place])
        axes.set_ylim(ends[0] - 0.15 * (ends[1] - ends[0]), ends[1] + 0.15 * (ends[1] - ends[0]))
        _held(axes, str(market), part, first=place == 0)
    return figure


def _gaps(axes: Axes, gap: np.ndarray) -> None:
    """Histogram of who costs more, by how much."""
    gap = gap[np.isfinite(gap)]
    edge = float(np.quantile(np.abs(gap), 0.98))
    edges = np.linspace(-edge, edge, 25)
    for arm, part in (("aggressive", gap[gap <= 0.0]), ("trusting", gap[gap > 0.0])):
        axes.hist(np.clip(part, -edge, edge), bins=edges.tolist(), color=ARMS[arm])
    dress(
        axes,
        "Who is cheaper, over all parameters",
        "total cost of a unit, aggressive minus trusting",
        "points of parameter space",
    )
    top = axes.get_ylim()[1]
    axes.set_ylim(0, 1.3 * top)
    for arm, side, share in (
        ("aggressive", 0.02, float((gap <= 0).mean())),
        ("trusting", 0.98, float((gap > 0).mean())),
    ):
        write(
            axes,
            f"{arm}\ncheaper: {share:.0%}",
            (side, 0.98),
            coordinates="axes fraction",
            ha="left" if side < 0.5 else "right",
            va="top",
            **bold(ARMS[arm]),
        )


def deciding_bars(
    axes: Axes,
    ranking: pd.DataFrame,
    sides: dict[str, tuple[str, str]],
    title: str,
    x: str,
    said: str,
) -> None:
    """Bars of the parameters that decide most, in the colour of what high or low values favour.

    Those that are not beyond chance are grey.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    ranking : DataFrame
        See ``space.deciding``, as many rows as bars.
    sides : dict
        For ``high`` and ``low``: what is favoured, and its colour.
    title, x : str
        Title, and what the bars measure.
    said : str
        What stands above the names of the sides.
    """
    places = np.arange(len(ranking))[::-1]
    sure = beyond_chance(ranking)
    paint = [
        sides[side][1] if there else CHANCE
        for side, there in zip(ranking["wins_where"], sure, strict=True)
    ]
    axes.barh(places, ranking["distance"], color=paint)
    axes.set_yticks(places, [named(name) for name in ranking["parameter"]])
    axes.set_xlim(0.0, 1.5 * float(ranking["distance"].max()))
    dress(axes, title, x)
    axes.tick_params(axis="y", labelsize=LABEL, length=0)
    lines: list[dict[str, Any]] = []
    if not sure.all():
        lines.append({"text": "no more than chance", **bold(dark(CHANCE), SMALL)})
    if sure.any():
        lines += [{"text": words, **bold(ink, SMALL)} for words, ink in reversed(sides.values())]
        lines.append({"text": said})
    for line, look in enumerate(lines):
        shift = (0.0, 1.45 * SMALL * line)
        words = look.pop("text")
        write(axes, words, (0.98, 0.02), shift, "axes fraction", ha="right", va="bottom", **look)


def share_map(
    axes: Axes, cells: pd.DataFrame, x: str, y: str, title: str, paint: Colormap = WINNERS
) -> None:
    """Share of points in cells of two parameters.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    cells : DataFrame
        See ``space.map_of``.
    x, y : str
        Names of the parameters.
    title : str
        Share of what.
    paint : Colormap
        From none to all.
    """
    grid = cells.pivot_table(index="y", columns="x", values="share", dropna=False)
    columns, rows = grid.columns.to_numpy(float), grid.index.to_numpy(float)
    axes.pcolormesh(columns, rows, grid.to_numpy(), cmap=paint, vmin=0.0, vmax=1.0)
    for row in cells.itertuples():
        if row.points:
            look = bold("black") | {"ha": "center", "va": "center", "path_effects": HALO}
            write(axes, f"{row.share:.0%}", (row.x, row.y), **look)
    dress(axes, title, named(x), named(y))
    # Names of thousands beside each other need room.
    axes.xaxis.set_major_locator(MaxNLocator(4))


def _held(axes: Axes, market: str, rows: pd.DataFrame, first: bool) -> None:
    """Total cost where everybody's trust is clamped, in one market."""
    x, mean = rows["trust"].to_numpy(float), rows["mean"].to_numpy(float)
    draw(axes, Band(x, mean, rows["low"].to_numpy(float), rows["high"].to_numpy(float)), "#222222")
    axes.plot(x, mean, "o", color="#222222", markersize=8)
    least = int(mean.argmin())
    axes.plot(x[least], mean[least], "o", color=ARMS["trusting"], markersize=15, zorder=5)
    dress(
        axes,
        f"Trust clamped: {market}",
        "trust of everybody, clamped (0 to 1)",
        "total cost of a unit" if first else "",
    )
    axes.grid(axis="y", color="#E5E5E5", linewidth=0.8)
    write(
        axes,
        f"cheapest at {x[least]:.1f}",
        (x[least], mean[least]),
        (0, -16),
        ha={0: "left", len(x) - 1: "right"}.get(least, "center"),
        va="top",
        path_effects=HALO,
        **bold(ARMS["trusting"]),
    )
    rise = rows.iloc[-1]
    if least < len(x) - 1 and rise["rise_low"] > 0.0:
        look = bold(ARMS["aggressive"], TITLE) | {"ha": "right", "va": "bottom"}
        write(axes, f"+{rise['rise']:.1f}", (x[-1], mean[-1]), (0, 10), **look)


def where_trust_loses_text(gaps: pd.DataFrame, ranking: pd.DataFrame, curves: pd.DataFrame) -> str:
    """Alternative text of ``where_trust_loses``."""
    gap = gaps["difference"].dropna()
    sure = ranking[beyond_chance(ranking)]
    leading = ", ".join(named(name) for name in sure["parameter"].head(4))
    decided = f"What decides most: {leading}." if leading else "Nothing decides it beyond chance."
    sentences = []
    for market, rows in curves.groupby("market", sort=False):
        best = rows.loc[rows["mean"].idxmin()]
        end = rows.iloc[-1 if best["trust"] < rows["trust"].max() else 0]
        sentences.append(
            f"In {market} total cost is least, {best['mean']:.1f}, where trust is clamped at "
            f"{best['trust']:.1f}, and {end['mean']:.1f} at {end['trust']:.1f}."
        )
    return (
        f"Trusting buyers have the lower total cost at {(gap > 0).mean():.0%} of {len(gap)} points "
        f"of parameter space. {decided} {' '.join(sentences)}"
    )
