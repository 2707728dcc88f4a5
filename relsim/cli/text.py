"""What a comparison and a run look like in a terminal, within ``LINE`` columns."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relsim.io.console import LINE, aligned, number

if TYPE_CHECKING:
    from relsim.comparison import Comparison
    from relsim.model.run import Run
    from relsim.parameters import Entry

NOTHING_DELIVERED = (
    "nothing was delivered from period 0 on, so there is no cost of a unit; "
    "see lead_time, service_life and periods"
)

HEAD = 15
"""Characters of a line of a column's name; longer names take more lines."""

HEADLINE = (
    "total_cost_per_unit",
    "component_price",
    "information_received",
    "ideas_received",
    "transaction_time_share",
    "collaborative_share",
    "retention",
)
"""Measures of which differences are shown where there are more than two arms."""


def folded(text: str) -> str:
    """A text in lines of a terminal."""
    return textwrap.fill(" ".join(text.split()), LINE)


def entry_cells(entry: Entry) -> list[str]:
    """What there is to say of a number that can be set: name, default, low, high, and words."""
    numbers = [f"{value:g}" for value in (entry.default, entry.low, entry.high)]
    return [entry.name, *numbers, entry.unit, entry.meaning, entry.source, entry.why]


def stance_rows(stances: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """Stances by their names under a header of their items."""
    items = next(iter(stances.values()))
    return [
        ["", *items],
        *([name, *(f"{v:g}" for v in one.values())] for name, one in stances.items()),
    ]


# --- a comparison ---------------------------------------------------------------------------------


def comparison_text(result: Comparison) -> str:
    """Write what came out, the measures to look at first, and when one arm overtakes."""
    from relsim.comparison.crossings import overtaking
    from relsim.comparison.words import finding

    two = len(result.names) == 2
    tables = [_two_arms(result)] if two else [*_means(result), _differences(result)]
    crossing = [
        folded(("" if two else f"{row['contrast']}: ") + overtaking(row))
        for row in result.crossing.to_dict("records")
    ]
    parts = "total_cost_per_unit is the sum of its parts less idea_savings_per_unit."
    return "\n\n".join(
        [folded(finding(result)), folded(_made(result)), *tables, "\n".join([parts, *crossing])]
    )


def _made(result: Comparison) -> str:
    """How the numbers came about."""
    single = result.replicates == 1
    paired = all(row == "paired" for row in result.summary["pairing"])
    draws = (
        "with the same random draws"
        if paired
        else "as independent samples: their populations differ"
    )
    text = (
        f"{' against '.join(result.names)}: {result.replicates} "
        f"{'replicate' if single else 'replicates'} of "
        f"{result.arms[0].parameters.periods} months, {draws}"
    )
    if single:
        return f"{text}; one replicate tells nothing of its uncertainty"
    return text


def _two_arms(result: Comparison) -> str:
    first, second = result.names
    rows = {row["measure"]: row for row in result.summary.to_dict("records")}
    cells = {
        name: [number(row[first]), number(row[second]), *_difference(row, row[first])]
        for name, row in rows.items()
    }
    header = ["", first, second, *_DIFFERENCE]
    return _without_uncertainty(result, header, grouped(cells))


MOST_FOLD = 10.0
"""Up to how many times its reference a difference is said in per cent: of next to nothing not."""

_DIFFERENCE = ("difference", "per cent", "95% interval")


def _difference(row: Mapping[str, Any], reference: float) -> list[str]:
    """Difference of two arms, in per cent where that means something, and its interval."""
    # A rate or an amount of money has a zero that means none; half of a share could be misread.
    in_per_cent = "/" in row["unit"] and reference > abs(row["difference"]) / MOST_FOLD
    share = f"{row['difference'] / reference:+.1%}" if in_per_cent else ""
    there = math.isfinite(row["low"])
    interval = f"{number(row['low'])} to {number(row['high'])}" if there else "-"
    return [number(row["difference"]), share, interval]


def _without_uncertainty(
    result: Comparison, header: list[str], rows: Sequence[Sequence[str]]
) -> str:
    """A table whose last column is the interval, which one replicate does not have."""
    keep = -1 if result.replicates == 1 else None
    return table(header[:keep], [row[:keep] if len(row) > 1 else row for row in rows])


def _means(result: Comparison) -> Iterator[str]:
    """Tables of means, a column an arm, as many side by side as there is room for."""
    means = result.summary.drop_duplicates("measure").set_index("measure")
    width = 2 + max(map(len, means.index))
    left = list(result.names)
    while left:
        chosen: list[str] = []
        room = LINE - width
        while left and room >= 2 + (wide := max(map(len, _head(left[0])))):
            room -= 2 + max(8, wide)
            chosen.append(left.pop(0))
        cells = {name: [number(row[arm]) for arm in chosen] for name, row in means.iterrows()}
        yield table(["", *chosen], grouped(cells))


def _differences(result: Comparison) -> str:
    """Differences of headline measures to the first arm, a row an arm."""
    from relsim.analysis.headings import units_of

    rows = [[f"Difference from {result.names[0]}"]]
    for name in (*HEADLINE, *result.own):
        unit = units_of([name])
        rows.append([f"{name} ({unit})" if unit else name])
        for row in result.rows([name]).to_dict("records"):
            other = row["contrast"].removesuffix(f" - {result.names[0]}")
            name = f"  {textwrap.shorten(other, 45, placeholder='...')}"
            rows.append([name, *_difference(row, row[result.names[0]])])
    header = ["", *_DIFFERENCE]
    return _without_uncertainty(result, header, rows)


# --- a run ----------------------------------------------------------------------------------------


def run_text(done: Run, own: Mapping[str, float]) -> str:
    """Write what came out of a run, and every measure over all its periods, also one's own."""
    from relsim.model.observation import MEASURES

    cells = {
        name: [number(value), MEASURES[name].unit, MEASURES[name].meaning]
        for name, value in done.measures.items()
    }
    cells |= {name: [number(value), "", "your own"] for name, value in own.items()}
    rows = []
    for heading_or_row in grouped(cells, units=False):
        *front, meaning = heading_or_row
        first, *more = textwrap.wrap(meaning, LINE - 58) if front else [meaning]
        rows.append([*front, first])
        rows += [["", "", "", line] for line in more]
    listed = table(["", "value", "unit", "meaning"], rows, text_columns=(0, 2, 3))
    return f"{folded(run_finding(done))}\n\n{listed}"


def run_finding(done: Run) -> str:
    """Say in a sentence what a unit cost, and what became of the relationships."""
    found = done.measures
    months = f"Over {done.parameters.periods} months"
    if math.isnan(found["total_cost_per_unit"]):
        return f"{months} nothing was delivered, so that there is no cost of a unit."
    return (
        f"{months} buyers paid {number(found['component_price'])} for a unit, which cost them "
        f"{number(found['total_cost_per_unit'])} with all that followed; "
        f"{found['transaction_time_share']:.0%} of face-to-face time went into transaction "
        f"matters, and {found['collaborative_share']:.0%} of relationships were collaborative."
    )


def nothing_delivered(result: Comparison) -> str:
    """Say of each arm that has runs without any delivery how many there are, a line each."""
    costs = result.runs.groupby("arm", sort=False)["total_cost_per_unit"]
    return "\n".join(
        f"relsim: {name}: in {empty} of {len(each)} runs {NOTHING_DELIVERED}"
        for name, each in costs
        if (empty := int(each.isna().sum()))
    )


# --- tables under headings ------------------------------------------------------------------------


def grouped(cells: Mapping[str, Sequence[str]], *, units: bool = True) -> list[list[str]]:
    """Rows of measures under headings; a heading is a row of one cell.

    >>> grouped({"retention": ["0.9"]})
    [['Relationships (0 to 1)'], ['  retention', '0.9']]
    """
    from relsim.analysis.headings import under_headings, units_of

    rows: list[list[str]] = []
    for heading, names in under_headings(cells).items():
        unit = units_of(names) if units else ""
        rows.append([f"{heading} ({unit})" if unit else heading])
        rows += [[f"  {name}", *cells[name]] for name in names]
    return rows


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], text_columns: Sequence[int] = (0,)
) -> str:
    """Rows under a header whose names are folded, with headings across all columns.

    >>> print(table(["", "aggressiveness=0.3"], [["Time (hours)"], ["  meeting", "1.2"]]))
               aggressiveness=
                           0.3
    Time (hours)
      meeting              1.2
    """
    heads = [_head(name) for name in header]
    height = max(map(len, heads))
    above = [[*[""] * (height - len(head)), *head] for head in heads]
    lines = [list(cells) for cells in zip(*above, strict=True)]
    body = [row for row in rows if len(row) > 1]
    first, *others = lines
    drawn = aligned(first, [*others, *body], text_columns).split("\n")
    left = iter(drawn[height:])
    return "\n".join([*drawn[:height], *(next(left) if len(row) > 1 else row[0] for row in rows)])


def _head(name: str) -> list[str]:
    """A name in lines of ``HEAD`` characters, broken behind an equals sign if need be."""
    if len(name) <= HEAD:
        return [name]
    return [line.strip() for line in textwrap.wrap(name.replace("=", "= "), HEAD)]
