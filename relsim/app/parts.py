"""What the parts of the comparing page show: values for the macros of ``templates/parts.html``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from relsim.app.entries import SLIDERS, entries
from relsim.app.lessons import LESSONS, Lesson, Slider
from relsim.app.pages import ENVIRONMENT
from relsim.app.settings import ARMS
from relsim.app.texts import Words
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES

Row = dict[str, Any]
"""A slider: its name, alone and with its market; its meaning; attributes of its input."""


def values(words: Words, keys: Collection[str] = ()) -> dict[str, Any]:
    """What can be chosen on the page where there is a server.

    Parameters
    ----------
    words : Words
        To name it.
    keys : collection of str
        Sliders that a lesson is about.
    """
    hidden = {"warm_up", "buyers", "salespeople", "suppliers_per_buyer", "periods", *SLIDERS}
    stances = {name: words(f"stances.{name}") for name in BUYER_STANCES}
    return {
        "arms": {
            arm: [slider(words, arm, name) | {"key": name in keys} for name in SLIDERS]
            for arm in ARMS
        },
        "stances": {**stances, "": words("controls.between")},
        "others": {name: words.slider(name) for name in entries() if name not in hidden},
        "markets": {name: words(f"presets.{name}") for name in presets if presets[name].buyers > 8},
    }


def slider(
    words: Words, arms: str, name: str, attributes: Mapping[str, object] | None = None
) -> Row:
    """The slider of a parameter, for one market or both; over all its range if nothing is said."""
    called = words.slider(name)
    # Those that the scripts add later are called by the same sentence.
    label = (
        words("controls.slider_of_both", name=called)
        if len(arms) > 1
        else words("script.slider", name=called, letter=arms.upper())
    )
    return {
        "name": called,
        "label": label,
        "meaning": words.meaning(name),
        "attributes": attributes or {**_range(name), "data-arm": arms, "data-name": name},
    }


def _range(name: str) -> dict[str, str]:
    entry = entries()[name]
    step: float = 1 if entry.integer else (entry.high - entry.low) / 100
    return {"min": f"{entry.low:g}", "max": f"{entry.high:g}", "step": f"{step:.12g}"}


def stops(words: Words, sliders: Sequence[tuple[Slider, Sequence[float], int]]) -> list[Row]:
    """The sliders of a lesson in the exported file: each has a few stops."""
    rows = []
    for number, (one, values, opening) in enumerate(sliders):
        attributes = {"min": 0, "max": len(values) - 1, "step": 1, "value": opening}
        rows.append(slider(words, one.arms, one.name, {**attributes, "data-stop": number}))
    return rows


def lesson_links(words: Words, exported: Collection[str] | None) -> Iterator[tuple[str, str, str]]:
    """Keys, addresses and titles of the lessons; of the sandbox too where there is a server."""
    if exported is None:
        yield "", "sandbox", words("lesson.none")
    for number, one in enumerate(LESSONS, 1):
        if exported is None or one.key in exported:
            title = words(f"lessons.{one.key}.title")
            yield (
                one.key,
                f"?lesson={one.key}",
                words("lesson.numbered", number=number, title=title),
            )


def lesson_box(words: Words, one: Lesson, sliders: Sequence[Row]) -> str:
    """Question and guesses of a lesson as HTML."""
    macros: Any = ENVIRONMENT.get_template("parts.html").make_module({"words": words})
    following = LESSONS[(LESSONS.index(one) + 1) % len(LESSONS)]
    box: str = macros.lesson_box(words.table(f"lessons.{one.key}"), following.key, sliders)
    return box
