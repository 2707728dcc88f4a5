"""What the numbers say, in words: headline, explanation of a lesson, alternative texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from relsim.app.lessons import lesson
from relsim.app.settings import Settings
from relsim.app.texts import Words
from relsim.app.titles import as_written
from relsim.comparison.result import Comparison
from relsim.io.console import number
from relsim.model.observation import CUMULATIVE_COST, MEASURES

PERCENT = ("0 to 1", "1/relationship year")
"""Units whose values an explanation says in percent: shares, and what ends of a hundred a year."""

CURVE_OF = {
    "cumulative": ("month", CUMULATIVE_COST),
    "per_unit": ("half", "total_cost_per_unit"),
    "information": ("half", "information_received"),
    "ideas": ("half", "ideas_received"),
    "transaction": ("half", "transaction_time_share"),
}
"""Source and measure of the pictures over time."""


def headline(result: Comparison, rows: pd.DataFrame, words: Words) -> str:
    """What came out, in one or two sentences for the back row."""
    years = f"{min(one.parameters.periods for one in result.arms) / 12:g}"
    cost, price = rows.loc["total_cost_per_unit"], rows.loc["component_price"]
    if not _sign(cost):
        return words("headline.equal", years=words.number(years))
    letter = "B" if cost["difference"] < 0.0 else "A"
    low, high = sorted((abs(cost["low"]), abs(cost["high"])))
    said = words(
        "headline.cheaper",
        years=words.number(years),
        letter=letter,
        difference=_money(abs(cost["difference"]), words),
        low=_money(low, words),
        high=_money(high, words),
    )
    if _sign(price):
        lower = _sign(price) == _sign(cost)
        said += " " + words(
            "headline.price_lower" if lower else "headline.price_higher",
            difference=_money(abs(price["difference"]), words),
            letter=letter,
        )
    return said


def overtaking(result: Comparison, words: Words) -> str:
    """When one market has cost more in all, in a sentence."""
    row = result.crossing.iloc[0]
    if not row["dearer"]:
        return words("headline.no_crossing")
    month = f"{row['period_of_means']:.0f}"
    letter = "AB"[result.names.index(row["dearer"])]
    if not np.isfinite(row["share"]):
        return words("headline.crossing", month=month, letter=letter)
    share = f"{row['share']:.0%}"
    return words("headline.crossing_share", month=month, letter=letter, share=share)


def because(settings: Settings, result: Comparison, rows: pd.DataFrame, words: Words) -> str:
    """Why a lesson comes out as it does, with the numbers of the run.

    Empty where its settings were changed, or where these runs do not show what it says.
    """
    if not as_written(settings):
        return ""
    shown = lesson(settings.lesson)
    if any(sign and _sign(rows.loc[name]) != sign for name, sign in shown.because.items()):
        return ""
    crossing = result.crossing.iloc[0]["period_of_means"]
    if shown.crosses and not np.isfinite(crossing):
        return ""
    values = {"crossing": f"{crossing:.0f}"}
    for name in shown.because:
        first, second = (float(rows.loc[name, arm]) for arm in result.names)
        values[f"{name}_a"], values[f"{name}_b"] = (
            _plain(name, value, words) for value in (first, second)
        )
        values[f"{name}_change"] = words.number(_percent(abs(second / first - 1.0)))
    return words(f"lessons.{shown.key}.because", **values)


def _sign(row: pd.Series) -> int:
    return int(row["low"] > 0.0) - int(row["high"] < 0.0)


def _money(value: float, words: Words) -> str:
    return words.number(f"{value:.2f}")


def _plain(name: str, value: float, words: Words) -> str:
    written = f"{value:.0%}" if MEASURES[name].unit in PERCENT else number(value)
    return words.number(written)


def _percent(share: float) -> str:
    """A change in percent; small ones with one more figure.

    >>> _percent(0.0341), _percent(1.53)
    ('3.4%', '153%')
    """
    return f"{share:.1%}" if share < 0.0995 else f"{share:.0%}"


# --- alternative texts ----------------------------------------------------------------------------


def alternatives(views: Mapping[str, Mapping[str, Any]], words: Words) -> dict[str, str]:
    """What each picture of replicates shows, for those who cannot see it."""
    said = {}
    for name, (span, measure) in CURVE_OF.items():
        curves = [views[f"{span}_{letter}"][measure] for letter in "ab"]
        said[name] = _curve("alternatives.curve", name, curves, words)
    trust = [views[f"trust_{letter}"]["cost"] for letter in "ab"]
    said["trust_cost"] = _curve("alternatives.trust", "trust_cost", trust, words)
    stack, parts = views["stack"], views["parts"]
    heights = {
        letter: ", ".join(
            # What ideas save lies below zero: there its effect on the cost ends.
            words("alternatives.part", name=part, value=top - bottom if top > 0.0 else bottom + 0.0)
            for arm, part, bottom, top in zip(
                stack["arm"], stack["part"], stack["bottom"], stack["top"], strict=True
            )
            if arm == letter
        )
        for letter in "AB"
    }
    said["stack"] = words(
        "alternatives.stack",
        title=words("pictures.stack"),
        parts_a=heights["A"],
        parts_b=heights["B"],
    )
    changes = [
        words("alternatives.part", name=part, value=label)
        for part, label in zip(parts["part"], parts["label"], strict=True)
    ]
    said["parts"] = words(
        "alternatives.parts", title=words("pictures.parts"), parts=", ".join(changes)
    )
    for letter in "ab":
        said[f"phases_{letter}"] = _phases(views[f"month_{letter}"], letter.upper(), words)
    return said


def _curve(sentence: str, name: str, curves: list[Any], words: Words) -> str:
    ends = {}
    for letter, curve in zip("ab", curves, strict=True):
        there = np.asarray(curve, float)
        there = there[np.isfinite(there)]
        for end, at in (("first", 0), ("last", -1)):
            ends[f"{end}_{letter}"] = words.number(number(there[at])) if len(there) else "-"
    return words(sentence, title=words(f"pictures.{name}"), **ends)


def _phases(month: Mapping[str, Any], letter: str, words: Words) -> str:
    joint, personal = (float(month[f"{name}_share"][-1]) for name in ("collaborative", "personal"))
    shares = {"commercial": 1.0 - joint, "collaborative": joint - personal, "personal": personal}
    parts = [
        words("alternatives.part", name=words(f"phases.{phase}"), value=f"{share:.0%}")
        for phase, share in shares.items()
    ]
    title = words("pictures.phases", letter=letter)
    return words("alternatives.phases", title=title, parts=", ".join(parts))
