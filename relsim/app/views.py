"""From results to what is drawn: plain arrays, so that server and exported file draw the same.

Nothing is computed here that ``relsim.comparison`` does not have: the tables of a ``Comparison``
are put in the form that pictures need. Curves over time are half-years where ``relsim.plots`` draws
half-years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim.app import sentences
from relsim.app.settings import Settings
from relsim.app.texts import Words
from relsim.app.titles import titles
from relsim.comparison.result import Comparison
from relsim.comparison.tables import SERIES_NAMES
from relsim.io.console import number
from relsim.model.observation import CUMULATIVE_COST
from relsim.plots import palette

if TYPE_CHECKING:
    import pandas as pd

CURVES = (
    "total_cost_per_unit",
    "information_received",
    "ideas_received",
    "transaction_time_share",
)
"""Measures that have a picture over time, in half-years."""

MONTHLY = (CUMULATIVE_COST, "collaborative_share", "personal_share")

SIDES = ("", "_low", "_high")
"""What the columns of a curve's mean and of its band end with."""

SUMMARY = (
    "total_cost_per_unit",
    "component_price",
    "transaction_time_share",
    "inspection_share",
    "information_received",
    "ideas_received",
    "suppliers_trust_in_buyer",
    "trust_in_suppliers",
    "collaborative_share",
    "personal_share",
    "retention",
    "promises_kept_share",
    "serious_voiced",
    "suppliers_lost",
    "seller_margin",
)
"""Rows of the table on the page."""

MEASURES = tuple(
    dict.fromkeys(
        (
            *SUMMARY,
            *(name for part in palette.COST_PARTS for name in part.measures),
            *palette.SAVINGS.measures,
        )
    )
)
"""Whatever is shown as one number."""

STACK = ("arm", "part", "bottom", "top", "colour", "middle", "label")
PARTS = ("part", "difference", "colour", "label", "align", "shift")
"""Columns of what a unit costs part by part, and of what each part adds to the difference."""

LABELLED = 9.0
"""Money a unit from which a part of the cost is high enough in its picture for a number."""

Columns = dict[str, Any]
Views = dict[str, Columns]


def of_comparison(result: Comparison, settings: Settings, words: Words) -> Views:
    """Everything that is drawn from the replicates.

    Parameters
    ----------
    result : Comparison
        Of two arms.
    settings : Settings
        What was asked for.
    words : Words
        To say it in.

    Returns
    -------
    dict
        Columns by source: ``half_a``, ``month_a``, ``trust_a`` and the same of ``b``; ``stack``,
        ``parts``, ``summary``, ``crossing``; ``words``, with the sentences of the page.
    """
    views: Views = {}
    series = result.series
    periods = [one.parameters.periods for one in result.arms]
    sides = np.stack([series[side].to_numpy(float) for side in ("mean", "low", "high")])
    start = 0
    for place, letter in enumerate("ab"):
        size = periods[place] * len(SERIES_NAMES)
        block = sides[:, start : start + size].reshape(3, len(SERIES_NAMES), periods[place])
        start += size
        views[f"half_{letter}"], views[f"month_{letter}"] = _over_time(block)
        views[f"trust_{letter}"] = _by_trust(result, place)
    table = result.rows(MEASURES).set_index("measure")
    first, second = (table[name] for name in result.names)
    views["stack"], views["parts"] = _stack(first, second, words)
    chosen = table.loc[list(SUMMARY)]
    views["summary"] = _summary(
        chosen.rename(columns=dict(zip(result.names, "ab", strict=True))), words
    )
    row = result.crossing.iloc[0]
    views["crossing"] = {"month": [float(row["period_of_means"])]}
    title_a, title_b = titles(settings, words)
    views["words"] = {
        "headline": [sentences.headline(result, table, words)],
        "detail": [sentences.overtaking(result, words)],
        "because": [sentences.because(settings, result, table, words)],
        "title_a": [title_a],
        "title_b": [title_b],
    }
    return views


def _summary(rows: pd.DataFrame, words: Words) -> Columns:
    """The table of the page: numbers, and the words that say them."""
    numbers = {name: rows[name].to_numpy(float) for name in ("a", "b", "difference", "low", "high")}
    a, b = ([words.number(number(value)) for value in numbers[arm]] for arm in "ab")
    difference, low, high = (
        [words.number(_signed(value)) for value in numbers[name]]
        for name in ("difference", "low", "high")
    )
    return {
        "measure": list(SUMMARY),
        "unit": rows["unit"].tolist(),
        **numbers,
        "label": [words.measure(name) for name in SUMMARY],
        "text_a": a,
        "text_b": b,
        "text_difference": difference,
        "text_interval": [f"{one} … {other}" for one, other in zip(low, high, strict=True)],
    }


def _signed(value: float) -> str:
    return f"+{number(value)}" if value > 0.0 else number(value)


def _over_time(block: NDArray[np.float64]) -> tuple[Columns, Columns]:
    """Half-years and months of one arm."""
    months = np.arange(block.shape[2], dtype=float)
    half: Columns = {}
    monthly: Columns = {"month": months}
    for name in CURVES:
        band = palette.half_years(palette.Band(months, *block[:, SERIES_NAMES.index(name)]))
        half |= {"month": band.x, **_sides(name, band[1:])}
    for name in MONTHLY:
        monthly |= _sides(name, block[:, SERIES_NAMES.index(name)])
    monthly |= {
        "zero": np.zeros(len(months)),
        "level_personal": monthly["personal_share"],
        "level_joint": monthly["collaborative_share"],
        "top": np.ones(len(months)),
    }
    return half, monthly


def _sides(name: str, sides: Iterable[NDArray[np.float64]]) -> Columns:
    return {f"{name}{side}": values for side, values in zip(SIDES, sides, strict=True)}


def _by_trust(result: Comparison, place: int) -> Columns:
    buyers = result.buyers[result.buyers["arm"] == result.names[place]]
    trust, cost, units = (
        buyers[name].to_numpy(float)
        for name in ("suppliers_trust_in_buyer", "total_cost_per_unit", "units_bought")
    )
    band = palette.interquartile_range(trust, adjusted_for_size(cost, units))
    return {"trust": band.x, **_sides("cost", band[1:])}


def adjusted_for_size(cost: NDArray[np.float64], units: NDArray[np.float64]) -> Any:
    """Cost of a unit as it would be if all buyers bought as much.

    Fixed hours cost more a unit where less is bought, and small buyers are trusted less, for that
    alone: what a line over ``1 / units`` explains is taken out, its mean left in.

    >>> adjusted_for_size(np.array([80.0, 76.0, 75.2]), np.array([100.0, 200.0, 250.0])).round(2)
    array([77.07, 77.07, 77.07])
    """
    there = np.isfinite(cost) & (units > 0.0)
    if there.sum() < 3 or np.ptp(units[there]) == 0.0:
        return cost
    size = np.full(len(units), np.nan)
    size[there] = 1.0 / units[there]
    size -= np.nanmean(size)
    slope = np.polyfit(size[there], cost[there], 1)[0]
    return cost - slope * size


def _stack(first: Any, second: Any, words: Words) -> tuple[Columns, Columns]:
    """Part on part for either arm, and what each part adds to the difference."""
    shown = (*palette.COST_PARTS, palette.SAVINGS)
    names = {part: words(f"parts.{part.measures[0]}") for part in shown}
    stack, heights = [], {}
    for letter, values in (("A", first), ("B", second)):
        top = 0.0
        for part in shown:
            height = float(sum(values[measure] for measure in part.measures))
            heights[letter, part] = height
            ends = (-height, 0.0) if part is palette.SAVINGS else (top, top + height)
            top = top if part is palette.SAVINGS else ends[1]
            label = words.number(f"{height:.1f}") if height >= LABELLED else ""
            stack.append((letter, names[part], *ends, part.colour, sum(ends) / 2.0, label))
    changes = [heights["B", part] - heights["A", part] for part in shown]
    changes[-1] *= -1.0
    # Small differences need more digits to be told apart.
    digits = 1 if max(map(abs, changes)) >= 1.0 else 2
    parts = [
        (
            names[part],
            change,
            part.colour,
            words.number(f"{round(change, digits) + 0.0:+.{digits}f}"),
            *(("right", -6) if change < 0.0 else ("left", 6)),
        )
        for part, change in zip(shown, changes, strict=True)
    ]
    return _columns(STACK, stack), _columns(PARTS, parts)


def _columns(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Columns:
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
