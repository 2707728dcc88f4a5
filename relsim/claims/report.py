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
from relsim.claims.running import ArmResult, ClaimResult, PartResult
from relsim.claims.statistics import FAILS, HOLDS, OPEN, interval, overall
from relsim.io.console import LINE, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

VERDICT_COLOURS = {HOLDS: "#009E73", FAILS: "#D55E00", OPEN: "#E69F00"}
"""Colour of each verdict, from the palette of all figures."""

PANELS = 5
"""Panels in a row of a figure."""


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
    """Share of the effect that goes with its mechanism, and whether so much goes that it vanishes.

    >>> gone({"share_gone": 0.97, "vanishes": True})
    '97% goes, vanishes'
    >>> gone({"share_gone": 0.4, "vanishes": False}), gone({"share_gone": math.nan})
    ('40% goes', '-')
    """
    share = float(row["share_gone"])
    if not math.isfinite(share):
        return "-"
    return f"{share:.0%} goes" + (", vanishes" if str(row["vanishes"]) == "True" else "")


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
    count = min(len(result.parts), PANELS)
    rows = math.ceil(len(result.parts) / PANELS)
    drawn = plots.new_figure(5.2 * count, 5.0 * rows)
    panels = drawn.subplots(rows, count, squeeze=False).ravel()
    for axes in panels[len(result.parts) :]:
        axes.set_axis_off()
    for axes, part in zip(panels, result.parts, strict=False):
        if part.arms[0].readings.ndim > 1:
            _curves(axes, part)
        else:
            _points(axes, part)
        axes.set_title(
            "\n".join(textwrap.wrap(part.part.says, 42)) + f"\n{part.verdict}",
            fontsize=11,
            loc="left",
            color=VERDICT_COLOURS[part.verdict],
        )
        axes.set_ylabel(part.part.pairs()[0][1].unit, fontsize=11)
        axes.spines[["top", "right"]].set_visible(False)
    drawn.suptitle(
        "\n".join(
            textwrap.wrap(f"{result.claim.id}: {result.claim.statement}", 50 + 45 * (count - 1))
        ),
        fontsize=13,
        fontweight="bold",
    )
    return drawn


def _points(axes: Axes, result: PartResult) -> None:
    """Means with 95% intervals; the effect itself where there is but one market."""
    part = result.part
    groups: list[tuple[str, np.ndarray, str]] = []
    if len(result.arms) > 1:
        groups += [(arm.name, arm.readings, "#0072B2") for arm in result.arms]
        groups += [(f"{arm.name}*", arm.readings, "#888888") for arm in result.ablated_arms]
    else:
        effect = part.contrast.combine([arm.readings for arm in result.arms])
        groups.append(("effect", effect, "#0072B2"))
        if result.ablated_arms:
            taken = part.contrast.combine([arm.readings for arm in result.ablated_arms])
            groups.append(("effect*", taken, "#888888"))
        axes.axhspan(-part.smallest.effect, part.smallest.effect, color="#EEEEEE")
        axes.axhline(0.0, color="#555555", linewidth=0.8)
    for place, (_, values, colour) in enumerate(groups):
        found = interval(values)
        half = 0.0 if math.isnan(found.low) else found.high - found.mean
        axes.errorbar(place, found.mean, half, fmt="o", color=colour, capsize=4)
    axes.set_xticks(
        range(len(groups)),
        ["\n".join(textwrap.wrap(name.replace("_", " "), 14)) for name, _, _ in groups],
        fontsize=9,
    )
    axes.margins(x=0.3)
    if part.ablation and result.ablated_arms:
        axes.set_xlabel("\n".join(textwrap.wrap(f"* {part.ablation.name}", 44)), fontsize=9)


def _curves(axes: Axes, result: PartResult) -> None:
    """Means over time with 95% bands."""
    paint = plots.colours([arm.name for arm in result.arms])
    for arm in result.arms:
        _band(axes, arm, paint[arm.name])
    axes.set_xlabel("month", fontsize=11)
    axes.legend(frameon=False, fontsize=9)


def _band(axes: Axes, arm: ArmResult, colour: str) -> None:
    mean, low, high = statistics.interval(arm.readings)
    months = np.flatnonzero(~np.isnan(mean))
    axes.plot(months, mean[months], color=colour, label=arm.name)
    axes.fill_between(months, low[months], high[months], color=colour, alpha=0.2, linewidth=0)


def figure_text(result: ClaimResult) -> str:
    """What the figure of a claim shows, in words."""
    said = "; ".join(
        f"{part.part.says}: {number(part.effect.mean)} {part.part.unit} ({part.verdict})"
        for part in result.parts
    )
    return f"{result.claim.id}: {result.claim.statement} {said}."
