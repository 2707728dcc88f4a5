"""Write down what came out for the claims: lines for a terminal, a table, figures."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from relsim import plots
from relsim.analysis import statistics
from relsim.claims.forms import counting
from relsim.claims.running import ClaimResult, PartResult
from relsim.claims.statistics import FAILS, HOLDS, OPEN, interval, overall
from relsim.io.console import LINE, number
from relsim.plots.palette import Band
from relsim.plots.style import draw, dress, headline, months
from relsim.plots.words import name_arms, second_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

VERDICT_COLOURS = {HOLDS: "#009E73", FAILS: "#D55E00", OPEN: "#E69F00"}
"""Colour of each verdict, from the palette of all figures."""

PANELS = 3
"""Most panels in a row of a figure."""


def as_table(
    results: Sequence[ClaimResult], replicates: int, seed: int, sources: str
) -> pd.DataFrame:
    """A row a part of a claim: what it is, what came out, and the hash of the code that made it.

    Parameters
    ----------
    results : sequence of ClaimResult
        From ``check``. A part that asks for another claim to hold counts by what came out for that
        claim here; if that was not run, it counts.
    replicates, seed : int
        What they were run with.
    sources : str
        Hash of the code that made them.
    """
    made = {"replicates": replicates, "seed": seed, "sources": sources}
    of_claim = {result.claim.id: result.verdict for result in results}
    rows = []
    for result in results:
        there = counting(result.claim.parts, of_claim)
        for place, (part, counts) in enumerate(zip(result.parts, there, strict=True), start=1):
            rows.append(_row(place, part, counts) | made)
    return pd.DataFrame(rows)


def _row(place: int, result: PartResult, counts: bool) -> dict[str, object]:
    claim, part, effect, ablated = result.claim, result.part, result.effect, result.ablated
    return {
        "claim": claim.id,
        "part": place,
        "statement": claim.statement,
        "says": part.says,
        "source": claim.source,
        "kind": claim.kind,
        "setting": claim.setting,
        "arms": "; ".join(arm.name for arm in part.arms),
        "contrast": f"{part.contrast.kind}: {part.contrast.text}",
        "unit": part.unit,
        "direction": part.direction,
        "smallest": part.smallest.effect,
        "reason": part.smallest.reason,
        "effect": effect.mean,
        "low": effect.low,
        "high": effect.high,
        "measured": effect.measured,
        "verdict": result.verdict,
        "counts": counts,
        "ablation": part.ablation.name if part.ablation else "",
        "ablated": ablated.mean if ablated else math.nan,
        "ablated_low90": ablated.low90 if ablated else math.nan,
        "ablated_high90": ablated.high90 if ablated else math.nan,
        "share_gone": result.share_gone,
        "vanishes": "" if result.vanishes is None else result.vanishes,
    }


# --- words ---------------------------------------------------------------------------------------


def gone(row: Mapping[str, Any]) -> str:
    """Share of the effect that goes with its mechanism; of one that holds, whether it vanishes.

    >>> gone({"share_gone": 0.97, "vanishes": True})
    '97% goes, vanishes'
    >>> gone({"share_gone": 0.4, "vanishes": False}), gone({"share_gone": math.nan})
    ('40% goes', '-')
    >>> gone({"share_gone": 0.97, "vanishes": True, "verdict": FAILS})
    '97% goes'
    """
    share = float(row["share_gone"])
    if not math.isfinite(share):
        return "-"
    vanishes = str(row["vanishes"]) == "True" and row.get("verdict", HOLDS) == HOLDS
    return f"{share:.0%} goes" + (", vanishes" if vanishes else "")


def verdicts(table: pd.DataFrame) -> dict[str, str]:
    """Verdict on every claim of a table of results."""
    return {
        str(claim): overall(rows["verdict"][rows["counts"].astype(bool)].tolist())
        for claim, rows in table.groupby("claim", sort=False)
    }


WIDTHS = (6, 22, 10, 21, 20)
"""Characters of the columns in front of the last one."""

HEADER = ("claim", "verdict", "effect", "unit", "95% interval", "gone without")


def lines(table: pd.DataFrame, parts: bool = False) -> str:
    """A line a claim under a header, its first part's effect and the verdict on all; and its text.

    Parameters
    ----------
    table : DataFrame
        From ``as_table``, or read again from its file.
    parts : bool
        Whether to add every part.
    """
    of_claim = verdicts(table)
    found = [_cells(HEADER)]
    for claim, group in table.groupby("claim", sort=False):
        rows = group.to_dict("records")
        counted = [row for row in rows if row["counts"]]
        holding = sum(row["verdict"] == HOLDS for row in counted)
        verdict = of_claim[str(claim)]
        if len(counted) > 1:
            verdict += f" ({holding} of {len(counted)})"
        text = f"{rows[0]['statement']} ({rows[0]['kind']})"
        found += _entry(rows[0], str(claim), verdict, text)
        for row in rows if parts else ():
            says = str(row["says"]) if row["counts"] else f"{row['says']} (reported only)"
            found += _entry(row, "", str(row["verdict"]), says)
    return "\n".join(found)


def _entry(row: Mapping[str, Any], claim: str, verdict: str, text: str) -> list[str]:
    spread = f"{number(row['low'])} to {number(row['high'])}"
    off = gone(row).replace(" goes", "")
    first = _cells((claim, verdict, number(row["effect"]), str(row["unit"]), spread, off))
    indent = " " * WIDTHS[0]
    return [
        first,
        *textwrap.wrap(text, LINE, initial_indent=indent, subsequent_indent=indent),
    ]


def _cells(cells: Sequence[str]) -> str:
    front = zip(cells, WIDTHS, strict=False)
    return "".join([f"{cell:<{width}}" for cell, width in front] + [cells[-1]]).rstrip()


def summary(table: pd.DataFrame) -> str:
    """How many claims hold, and how many emergent ones vanish with their mechanism too."""
    of_claim = verdicts(table)
    firsts = table[table["part"] == 1].set_index("claim")
    emergent = [claim for claim in of_claim if firsts.loc[claim, "kind"] == "emergent"]
    holding = [claim for claim in emergent if of_claim[claim] == HOLDS]
    gone = [claim for claim in holding if str(firsts.loc[claim, "vanishes"]) == "True"]
    counts = {v: sum(one == v for one in of_claim.values()) for v in VERDICT_COLOURS}
    return (
        f"{len(of_claim)} claims: {counts[HOLDS]} hold, {counts[FAILS]} fail, "
        f"{counts[OPEN]} inconclusive. Emergent: {len(emergent)}, of which "
        f"{len(holding)} hold, {len(gone)} of these with an effect that vanishes with its "
        "mechanism."
    )


# --- pictures ------------------------------------------------------------------------------------


@plots.in_own_settings
def figure(result: ClaimResult) -> Figure:
    """The pattern of a claim: a panel a part, arms with intervals or curves over time.

    Parameters
    ----------
    result : ClaimResult
        From ``check``.
    """
    rows = math.ceil(len(result.parts) / PANELS)
    columns = math.ceil(len(result.parts) / rows)
    drawn = plots.new_figure(6.6 * columns, 5.6 * rows)
    statement = f"{result.claim.id}: {result.claim.statement}"
    headline(drawn, textwrap.fill(statement, 36 * columns), _size(result, 62 * columns))
    panels = drawn.subplots(rows, columns, squeeze=False).ravel()
    for axes in panels[len(result.parts) :]:
        axes.set_axis_off()
    for axes, part in zip(panels, result.parts, strict=False):
        says, unit = textwrap.fill(part.part.says, 32), part.part.pairs()[0][1].unit
        if part.arms[0].readings.ndim > 1:
            dress(axes, says, "month", unit)
            _curves(axes, part)
        else:
            dress(axes, says, unit, grid=False)
            _points(axes, part)
        second_line(axes, part.verdict, VERDICT_COLOURS[part.verdict])
    return drawn


def _size(result: ClaimResult, width: int) -> str:
    """Replicates and seed, and what whiskers and bands are, on lines of a width."""
    counts = sorted({len(arm.readings) for part in result.parts for arm in part.arms})
    count = " to ".join(str(one) for one in dict.fromkeys((counts[0], counts[-1])))
    seed = "" if result.seed is None else f", seed {result.seed}"
    return textwrap.fill(f"{count} replicates{seed}; whiskers and bands: 95% intervals", width)


def _points(axes: Axes, result: PartResult) -> None:
    """Means with 95% intervals, in grey below what is left without the mechanism.

    A row an arm; the effect itself where there is but one market.
    """
    part = result.part
    if len(result.arms) > 1:
        rows = {arm.name: interval(arm.readings) for arm in result.arms}
        without = [interval(arm.readings) for arm in result.ablated_arms]
    else:
        rows = {"effect": result.effect}
        without = [result.ablated] if result.ablated else []
        axes.axvspan(-part.smallest.effect, part.smallest.effect, color="#EEEEEE")
        axes.axvline(0.0, color="#555555", linewidth=0.8)
    for found, colour, below in ((rows.values(), "#222222", 0.0), (without, "#999999", 0.3)):
        for row, one in enumerate(found):
            half = 0.0 if math.isnan(one.low) else one.high - one.mean
            place = one.mean, row + below
            axes.errorbar(*place, xerr=half, fmt="o", color=colour, ms=9, elinewidth=2.5, capsize=5)
    axes.set_yticks(range(len(rows)), [textwrap.fill(name.replace("_", " "), 19) for name in rows])
    axes.set_ylim(len(rows) - 0.3, -0.5)
    axes.margins(x=0.15)
    if part.ablation and without:
        note = textwrap.fill(f"grey: {part.ablation.name}", 40)
        axes.set_xlabel(f"{axes.get_xlabel()}\n{note}")


def _curves(axes: Axes, result: PartResult) -> None:
    """Means over time with 95% bands."""
    paint = plots.colours([arm.name for arm in result.arms])
    bands = {}
    for arm in result.arms:
        curves = np.array(statistics.interval(arm.readings))
        there = np.flatnonzero(~np.isnan(curves[0]))
        bands[arm.name] = Band(there.astype(np.float64), *curves[:, there])
        draw(axes, bands[arm.name], paint[arm.name])
    months(axes, result.arms[0].readings.shape[1])
    if len(bands) > 1:
        name_arms(axes, bands, paint)


def figure_text(result: ClaimResult) -> str:
    """What the figure of a claim shows, in words."""
    said = "; ".join(
        f"{part.part.says}: {number(part.effect.mean)} {part.part.unit} ({part.verdict})"
        for part in result.parts
    )
    return f"{result.claim.id}: {result.claim.statement} {said}."
