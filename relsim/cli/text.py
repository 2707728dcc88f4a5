"""What a comparison and a run look like in a terminal, and how a command writes a figure."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

from relsim.io.console import aligned, number

if TYPE_CHECKING:
    from relsim.comparison import Comparison
    from relsim.model.run import Run
    from relsim.parameters import Entry

NOTHING_DELIVERED = (
    "nothing was delivered from period 0 on, so there is no cost of a unit; "
    "see lead_time, service_life and periods"
)


def entry_cells(entry: Entry) -> list[str]:
    """What there is to say of a number that can be set: name, default, low, high, and words."""
    numbers = [f"{value:g}" for value in (entry.default, entry.low, entry.high)]
    return [entry.name, *numbers, entry.unit, entry.meaning, entry.source, entry.why]


def comparison_text(result: Comparison) -> str:
    """Write the measures to look at first, and when one arm overtakes, for a terminal."""
    from relsim.comparison.crossings import overtaking

    single = result.replicates == 1
    spread = [] if single else ["95% interval", "effect"]
    header = ["", "unit", *result.names, "difference", *spread]
    rows = []
    for row in result.summary.to_dict("records"):
        cells = [number(row[name]) for name in (*result.names, "difference")]
        there = math.isfinite(row["low"])
        interval = f"{number(row['low'])} to {number(row['high'])}" if there else "-"
        # Adding zero takes the sign of a zero away.
        effect = (
            f"{round(row['effect_size'], 1) + 0.0:+.1f}"
            if math.isfinite(row["effect_size"])
            else "-"
        )
        rows.append([row["measure"], row["unit"], *cells, *([] if single else [interval, effect])])
    paired = all(row == "paired" for row in result.summary["pairing"])
    draws = (
        "with the same random draws"
        if paired
        else "as independent samples: their populations differ"
    )
    return "\n".join(
        [
            f"{' against '.join(result.names)}: {result.replicates} "
            f"{'replicate' if single else 'replicates'} of "
            f"{result.arms[0].parameters.periods} months, {draws}",
            "",
            aligned(header, rows, text_columns=(0, 1)),
            "",
            "difference: second minus first; one replicate tells nothing of its uncertainty"
            if single
            else "difference: second minus first; effect: difference over standard deviation of "
            "runs",
            "total_cost_per_unit: the sum of its parts less idea_savings_per_unit",
            *(overtaking(row) for row in result.crossing.to_dict("records")),
        ]
    )


def run_text(done: Run) -> str:
    """Write every measure of a run over all its periods, for a terminal."""
    from relsim.model.observation import MEASURES

    rows = [
        [name, MEASURES[name].unit, number(value), MEASURES[name].meaning]
        for name, value in done.measures.items()
    ]
    return aligned(["", "unit", "value", "meaning"], rows, text_columns=(0, 1, 3))


def say_if_nothing_was_delivered(result: Comparison) -> None:
    """Say so on the standard error stream if an arm has runs without any delivery."""
    runs = result.runs
    for name, costs in runs.groupby("arm", sort=False)["total_cost_per_unit"]:
        empty = int(costs.isna().sum())
        if empty:
            print(
                f"relsim: {name}: in {empty} of {len(costs)} runs {NOTHING_DELIVERED}",
                file=sys.stderr,
            )
