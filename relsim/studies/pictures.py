"""Pictures of the studies, in the look of ``relsim.plots``: tables in, figures out, no model."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from relsim.plots import ARMS, HALO, LABEL, PHASES, SMALL, TITLE, new_figure

WINNERS = LinearSegmentedColormap.from_list(
    "winners", [ARMS["aggressive"], "#F7F7F7", ARMS["trusting"]]
)
"""From where the aggressive arm wins to where the trusting one does."""


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


# --- where trust loses ----------------------------------------------------------------------------


def where_trust_loses(
    gaps: pd.DataFrame, ranking: pd.DataFrame, cells: pd.DataFrame, curves: pd.DataFrame
) -> Figure:
    """Draw the share of parameter space that each arm wins, the map, and curves of held trust.

    Parameters
    ----------
    gaps : DataFrame
        A row a point: ``difference`` (aggressive minus trusting), ``low``, ``high``.
    ranking : DataFrame
        Parameters, the most deciding first, see ``space.deciding``.
    cells : DataFrame
        Shares over the two that decide most, see ``space.map_of``.
    curves : DataFrame
        See ``space.held_trust``.

    Returns
    -------
    Figure
        Three panels above, a panel a market below.
    """
    figure = new_figure(18.0, 12.0)
    rows = figure.add_gridspec(2, 1, height_ratios=(1.15, 1.0))
    above = rows[0].subgridspec(1, 3, width_ratios=(1.0, 1.0, 1.0))
    _gaps(figure.add_subplot(above[0, 0]), gaps["difference"].to_numpy(float))
    _ranking(figure.add_subplot(above[0, 1]), ranking.head(8))
    _map(figure.add_subplot(above[0, 2]), cells, *ranking["parameter"].head(2))
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
        axes.text(
            side,
            0.98,
            f"{arm}\ncheaper: {share:.0%}",
            transform=axes.transAxes,
            ha="left" if side < 0.5 else "right",
            va="top",
            fontsize=LABEL,
            fontweight="bold",
            color=ARMS[arm],
        )


def _ranking(axes: Axes, ranking: pd.DataFrame) -> None:
    """Bars of the parameters that decide most, in the colour of whom high values favour."""
    places = np.arange(len(ranking))[::-1]
    sides = np.where(ranking["wins_where"] == "high", "trusting", "aggressive")
    axes.barh(places, ranking["distance"], color=[ARMS[side] for side in sides])
    axes.set_yticks(places, [readable(name) for name in ranking["parameter"]])
    axes.set_xlim(0.0, 1.5 * float(ranking["distance"].max()))
    dress(axes, "What decides it", "distance between where either wins (0 to 1)")
    axes.tick_params(axis="y", labelsize=LABEL, length=0)
    axes.text(
        0.98,
        0.02,
        "high values favour\n",
        transform=axes.transAxes,
        ha="right",
        va="bottom",
        fontsize=SMALL,
        linespacing=2.6,
    )
    for height, side in ((0.075, "trusting"), (0.02, "aggressive")):
        axes.text(
            0.98,
            height,
            side,
            transform=axes.transAxes,
            ha="right",
            va="bottom",
            fontsize=SMALL,
            fontweight="bold",
            color=ARMS[side],
        )


def _map(axes: Axes, cells: pd.DataFrame, x: str, y: str) -> None:
    """Share that the trusting arm wins, in cells of two parameters."""
    grid = cells.pivot_table(index="y", columns="x", values="share", dropna=False)
    columns, rows = grid.columns.to_numpy(float), grid.index.to_numpy(float)
    axes.pcolormesh(columns, rows, grid.to_numpy(), cmap=WINNERS, vmin=0.0, vmax=1.0)
    for row in cells.itertuples():
        if row.points:
            axes.text(
                row.x,
                row.y,
                f"{row.share:.0%}",
                ha="center",
                va="center",
                fontsize=LABEL,
                fontweight="bold",
                path_effects=HALO,
            )
    dress(axes, "Share where trusting is cheaper", readable(x), readable(y))


def _held(axes: Axes, market: str, rows: pd.DataFrame, first: bool) -> None:
    """Total cost where everybody's trust is held, in one market."""
    x, mean = rows["trust"].to_numpy(float), rows["mean"].to_numpy(float)
    axes.fill_between(x, rows["low"], rows["high"], color="#222222", alpha=0.2, linewidth=0)
    axes.plot(x, mean, "o-", color="#222222", linewidth=2.5, markersize=8)
    least = int(mean.argmin())
    axes.plot(x[least], mean[least], "o", color=ARMS["trusting"], markersize=15, zorder=5)
    dress(
        axes,
        f"Trust held: {market}",
        "trust of everybody, held (0 to 1)",
        "total cost of a unit" if first else "",
    )
    axes.grid(axis="y", color="#E5E5E5", linewidth=0.8)
    axes.annotate(
        f"cheapest at {x[least]:.1f}",
        (x[least], mean[least]),
        xytext=(0, -16),
        textcoords="offset points",
        ha={0: "left", len(x) - 1: "right"}.get(least, "center"),
        va="top",
        fontsize=LABEL,
        fontweight="bold",
        color=ARMS["trusting"],
        path_effects=HALO,
    )
    rise = rows.iloc[-1]
    if least < len(x) - 1 and rise["rise_low"] > 0.0:
        axes.annotate(
            f"+{rise['rise']:.1f}",
            (x[-1], mean[-1]),
            xytext=(0, 10),
            textcoords="offset points",
            ha="right",
            va="bottom",
            fontsize=TITLE,
            fontweight="bold",
            color=ARMS["aggressive"],
        )


def where_trust_loses_text(gaps: pd.DataFrame, ranking: pd.DataFrame, curves: pd.DataFrame) -> str:
    """Alternative text of ``where_trust_loses``."""
    gap = gaps["difference"].dropna()
    leading = ", ".join(readable(name) for name in ranking["parameter"].head(4))
    sentences = []
    for market, rows in curves.groupby("market", sort=False):
        best = rows.loc[rows["mean"].idxmin()]
        last = rows.iloc[-1]
        sentences.append(
            f"In {market} total cost is least, {best['mean']:.1f}, where trust is held at "
            f"{best['trust']:.1f}, and {last['mean']:.1f} at {last['trust']:.1f}."
        )
    return (
        f"Trusting buyers have the lower total cost at {(gap > 0).mean():.0%} of {len(gap)} points "
        f"of parameter space. What decides most: {leading}. {' '.join(sentences)}"
    )


# --- calibration ----------------------------------------------------------------------------------

TARGET_NAMES = {
    "time_of_least_trusted": "time on transaction matters,\nleast trusted of 8 buyers",
    "time_of_most_trusted": "time on transaction matters,\nmost trusted of 8 buyers",
    "serious_voiced": "serious problems voiced",
    "small_voiced": "small problems voiced",
}
"""Names of the calibration targets in pictures."""

BAND = "#F3E3B3"
"""Colour of published bands."""


def target_and_reached(reached: pd.DataFrame, family: pd.DataFrame) -> Figure:
    """Draw the published bands, what the defaults reach, and what each setting of the family does.

    Parameters
    ----------
    reached : DataFrame
        See ``calibration.reached``.
    family : DataFrame
        See ``calibration.family``.

    Returns
    -------
    Figure
        A row a target.
    """
    figure = new_figure(16.0, 7.5)
    axes = figure.add_subplot()
    colour = ARMS["trusting"]
    for place, row in enumerate(reached.iloc[::-1].itertuples()):
        axes.barh(
            place, row.target_high - row.target_low, left=row.target_low, height=0.6, color=BAND
        )
        members = family[row.name].to_numpy(float)
        spread = np.linspace(-0.22, 0.22, len(members))
        axes.plot(members, place + spread, "o", color="#999999", markersize=5)
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=6)
        axes.plot(row.mean, place, "o", color=colour, markersize=14, markeredgecolor="white")
        axes.annotate(
            f"{row.mean:.3f}",
            (row.mean, place + 0.33),
            ha="center",
            va="bottom",
            fontsize=TITLE,
            fontweight="bold",
            color=colour,
        )
    names = [TARGET_NAMES[name] for name in reached["name"]][::-1]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.6, len(names) - 0.2)
    axes.set_xlim(0.0, 0.55)
    dress(axes, "Target and reached", "share (0 to 1)")
    axes.tick_params(axis="y", labelsize=LABEL, length=0)
    for height, words, paint in (
        (0.42, "published band", "#8A6D1B"),
        (0.34, "reached at the defaults (95%)", colour),
        (0.26, f"{len(family)} settings that fit as well", "#666666"),
    ):
        axes.text(
            0.99,
            height,
            words,
            transform=axes.transAxes,
            ha="right",
            fontsize=LABEL,
            fontweight="bold",
            color=paint,
        )
    return figure


def family_pairs(
    family: pd.DataFrame, defaults: dict[str, float], ranges: dict[str, tuple[float, float]]
) -> Figure:
    """Draw the settings that fit equally well: each parameter against each other.

    Parameters
    ----------
    family : DataFrame
        A column a parameter, and ``weight``.
    defaults : dict of str to float
        The setting in use.
    ranges : dict of str to tuple of float
        Range of each parameter, from which settings were drawn.

    Returns
    -------
    Figure
        Histograms on the diagonal, on the whole range; pairs below it, closer.
    """
    figure = new_figure(16.0, 12.0)
    names = list(defaults)
    grid = figure.add_gridspec(len(names), len(names))
    colour = ARMS["trusting"]
    sizes = 40.0 + 900.0 * family["weight"].to_numpy(float)
    for row, y in enumerate(names):
        for column, x in enumerate(names[: row + 1]):
            axes = figure.add_subplot(grid[row, column])
            if row == column:
                axes.hist(family[x], bins=np.linspace(*ranges[x], 31).tolist(), color="#999999")
                axes.axvline(defaults[x], color=colour, linewidth=3)
                axes.set_yticks([])
                dress(axes, readable(x))
                axes.spines["left"].set_visible(False)
                continue
            axes.scatter(family[x], family[y], s=sizes, color="#666666", alpha=0.5, linewidth=0)
            axes.plot(
                defaults[x], defaults[y], "D", color=colour, markersize=12, markeredgecolor="white"
            )
            dress(
                axes,
                "",
                readable(x) if row == len(names) - 1 else "",
                readable(y) if column == 0 else "",
            )
            axes.locator_params(nbins=4)
    words = figure.add_subplot(grid[0, 2:])
    words.set_axis_off()
    for height, line, paint in (
        (0.85, f"{len(family)} settings fit all four targets", "#222222"),
        (0.60, "blue: the defaults", colour),
        (0.40, "on the diagonal: where in its whole range", "#666666"),
        (0.24, "a parameter may lie; below it: pairs, closer", "#666666"),
    ):
        words.text(0.0, height, line, fontsize=TITLE, fontweight="bold", color=paint)
    return figure


# --- virtual interviews ---------------------------------------------------------------------------

CLAIM_COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#8A6D1B", "#3F2A78", "#222222")
"""Colours of claims A1 to A7."""


def power_curves(found: pd.DataFrame, statements: dict[str, str], size: int) -> Figure:
    """Draw power against the number of interviews, and power and false finds at one number.

    Parameters
    ----------
    found : DataFrame
        See ``interviews.studies``.
    statements : dict of str to str
        What each claim says, by its id.
    size : int
        Number of interviews to be drawn apart.

    Returns
    -------
    Figure
        Curves on the left, bars on the right.
    """
    whole = found[found["part"] == "all"]
    paint = dict(zip(statements, CLAIM_COLOURS, strict=False))
    figure = new_figure(18.0, 9.0)
    grid = figure.add_gridspec(1, 2, width_ratios=(1.0, 1.0))
    left, right = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
    for claim, rows in whole.groupby("claim", sort=False):
        x = rows["interviews"].to_numpy(float)
        left.fill_between(x, rows["low"], rows["high"], color=paint[claim], alpha=0.15, linewidth=0)
        left.plot(x, rows["power"], "o-", color=paint[claim], linewidth=2.5)
    left.axvline(size, color="#666666", linestyle="--")
    left.text(size, 1.03, f" {size} interviews", fontsize=SMALL, color="#444444")
    left.axhline(0.8, color="#BBBBBB", linewidth=1.0)
    left.set_ylim(0.0, 1.08)
    dress(left, "Studies that see the claim", "salespeople interviewed", "share of studies (power)")
    claims = list(statements)[::-1]
    here = whole[whole["interviews"] == size].set_index("claim").loc[claims]
    places = np.arange(len(claims))
    right.barh(places + 0.12, here["power"], height=0.5, color=[paint[c] for c in claims])
    right.barh(places - 0.27, here["false"], height=0.2, color="#999999")
    right.axvline(0.05, color="#222222", linestyle=":")
    for place, power, false in zip(places, here["power"], here["false"], strict=True):
        right.text(
            max(power, 0.05) + 0.015, place + 0.12, f"{power:.0%}", va="center", fontsize=LABEL
        )
        right.text(
            max(false, 0.05) + 0.015,
            place - 0.29,
            f"{false:.1%}",
            va="center",
            fontsize=SMALL,
            color="#666666",
        )
    right.set_yticks(places, [f"{c}  {fill(statements[c], 22)}" for c in claims])
    for label, claim in zip(right.get_yticklabels(), claims, strict=True):
        label.set_color(paint[claim])
        label.set_fontweight("bold")
    right.set_xlim(0.0, 1.12)
    dress(right, f"With {size} interviews", "share of studies (grey: labels dealt anew)")
    right.tick_params(axis="y", labelsize=LABEL, length=0)
    return figure


# --- phases ---------------------------------------------------------------------------------------


class Flow(NamedTuple):
    """Relationships of one arm: how many stand in each phase, and how they move (see phases)."""

    standing: NDArray[np.int64]
    moves: NDArray[np.int64]


def flow(axes: Axes, one: Flow, years: Sequence[float], title: str, named: bool) -> None:
    """Draw how relationships move between phases: bands from phase to phase, as wide as many.

    What leads nowhere has ended; a column is as high as all that stand, newcomers included.

    Parameters
    ----------
    axes : Axes
        Where to draw.
    one : Flow
        Added up over runs.
    years : sequence of float
        Year of each of the months that were counted.
    title : str
        Whose relationships.
    named : bool
        Whether phases are named beside the last column.
    """
    colours = list(PHASES.values())
    width = 0.12 * (years[1] - years[0])
    total = float(one.standing.sum(axis=1).max())
    tops = np.cumsum(one.standing / total, axis=1)
    bases = tops - one.standing / total
    for year, base, top in zip(years, bases, tops, strict=True):
        for phase, colour in enumerate(colours):
            sides = [year - width, year + width]
            axes.fill_between(sides, base[phase], top[phase], color=colour, linewidth=0)
    for step, moved in enumerate(one.moves / total):
        start, end = years[step] + width, years[step + 1] - width
        x = np.linspace(start, end, 40)
        bend = (1.0 - np.cos(np.pi * (x - start) / (end - start))) / 2.0
        leaving, arriving = bases[step].copy(), bases[step + 1].copy()
        for before in range(3):
            for after in range(3):
                size = moved[before, after]
                low = leaving[before] + bend * (arriving[after] - leaving[before])
                paint = colours[before]
                axes.fill_between(x, low, low + size, color=paint, alpha=0.45, linewidth=0)
                leaving[before] += size
                arriving[after] += size
    axes.set_xticks(list(years), [f"{year:g}" for year in years])
    axes.set_ylim(0.0, 1.02)
    dress(axes, title, "year", "share of relationships")
    for name, base, top in zip(PHASES, bases[-1], tops[-1], strict=True):
        if named:
            axes.annotate(
                name,
                (years[-1] + width, (base + top) / 2),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                fontsize=LABEL,
                fontweight="bold",
                color="#333333",
                annotation_clip=False,
            )


def phases(
    flows: dict[str, Flow],
    years: Sequence[float],
    curves: pd.DataFrame,
    groups: pd.DataFrame,
) -> Figure:
    """Draw flows between phases, times to events, and where closed relationships stay.

    Parameters
    ----------
    flows : dict of str to Flow
        Of each arm.
    years : sequence of float
        When they were counted.
    curves : DataFrame
        ``arm``, ``event``, ``month``, ``share``, ``low``, ``high``: not yet happened.
    groups : DataFrame
        ``group`` and share of each phase, by name.

    Returns
    -------
    Figure
        Flows above, curves and groups below.
    """
    figure = new_figure(18.0, 12.0)
    grid = figure.add_gridspec(2, 1, height_ratios=(1.0, 1.0))
    above = grid[0].subgridspec(1, len(flows))
    for place, (arm, one) in enumerate(flows.items()):
        axes = figure.add_subplot(above[0, place])
        title = f"Between {arm} buyers and their suppliers"
        flow(axes, one, years, title, named=place == len(flows) - 1)
    below = grid[1].subgridspec(1, 4, width_ratios=(1.0, 1.0, 1.0, 1.15))
    titles = {
        "collaborative": "Ever collaborative",
        "personal": "Ever personal",
        "end": "Still together",
    }
    for place, (event, title) in enumerate(titles.items()):
        axes = figure.add_subplot(below[0, place])
        dress(axes, title, "years together", "share of those that go on" if place == 0 else "")
        drawn = {}
        for arm, rows in curves[curves["event"] == event].groupby("arm", sort=False):
            x = rows["month"].to_numpy(float) / 12.0
            sides = [rows[name].to_numpy(float) for name in ("share", "low", "high")]
            if event != "end":
                sides = [1.0 - side for side in sides]
            axes.fill_between(x, sides[1], sides[2], color=ARMS[arm], alpha=0.2, linewidth=0)
            axes.plot(x, sides[0], color=ARMS[arm], linewidth=3)
            drawn[str(arm)] = sides[0]
        _name_apart(axes, x, drawn)
        axes.set_ylim(0.0, 1.1)
    _closed(figure.add_subplot(below[0, 3]), groups)
    return figure


def _name_apart(axes: Axes, x: NDArray[np.float64], curves: dict[str, NDArray[np.float64]]) -> None:
    """Write the names of curves where they lie farthest apart: the upper above, others below."""
    values = np.array(list(curves.values()))
    place = int(np.argmax(values.max(axis=0) - values.min(axis=0)))
    upper = max(curves, key=lambda arm: curves[arm][place])
    for arm, curve in curves.items():
        above = arm == upper
        late = place > len(x) / 2
        axes.annotate(
            arm,
            (x[place], curve[place]),
            xytext=(-6 if late else 10, (10 if above else -10)),
            textcoords="offset points",
            ha="right" if late else "left",
            va="bottom" if above else "top",
            fontsize=LABEL,
            fontweight="bold",
            color=ARMS[arm],
            path_effects=HALO,
        )


def _closed(axes: Axes, groups: pd.DataFrame) -> None:
    """Bars of the phases of long relationships, by reason to keep personal matters closed."""
    places = np.arange(len(groups))[::-1]
    left = np.zeros(len(groups))
    for name, colour in PHASES.items():
        share = groups[name].to_numpy(float)
        axes.barh(places, share, left=left, color=colour, height=0.7)
        for place, start, size in zip(places, left, share, strict=True):
            if size > 0.08:
                axes.text(
                    start + size / 2,
                    place,
                    f"{size:.0%}",
                    ha="center",
                    va="center",
                    fontsize=LABEL,
                    color="white" if name == "and personal" else "#222222",
                )
        left += share
    axes.set_yticks(places, [words.replace(" ", "\n", 1) for words in groups["group"]])
    axes.set_xlim(0.0, 1.0)
    dress(axes, "After five years, by reason", "commercial, collaborative, and personal")
    axes.tick_params(axis="y", labelsize=LABEL, length=0)
