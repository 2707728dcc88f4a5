"""The page that compares two markets: what its scripts in ``web`` must know, and its HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from relsim.app import pages, parts
from relsim.app import settings as links
from relsim.app.drawing import drawing
from relsim.app.entries import entries
from relsim.app.figures import ARM_COLOURS, HEIGHT
from relsim.app.figures_of_pair import LINES
from relsim.app.lessons import GUESSES, LESSONS, lesson
from relsim.app.pages import WEB
from relsim.app.settings import Settings
from relsim.app.texts import Words
from relsim.app.titles import titles
from relsim.model.observation import MEASURES
from relsim.parameters import Entry
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES

MODULES = (
    "elements",
    "state",
    "sliders",
    "report",
    "follow",
    "network",
    "progress",
    "look",
    "lessons",
    "downloads",
    "table",
    "connection",
    "main",
)
"""Scripts of this page, each after those that it imports."""

LOOKS = {
    "light": {
        "card": "#ffffff",
        "ink": "#1a1a1a",
        "soft": "#5a5a5a",
        "line": "#e2e2e2",
        **ARM_COLOURS,
    },
    "dark": {
        "card": "#1c1f25",
        "ink": "#f0f0f0",
        "soft": "#b4b8c0",
        "line": "#3a3f48",
        "a": "#ff8a3c",
        "b": "#5fbdf0",
    },
}

PHASES = {"light": ["#9187b8", "#5f4f9e", "#26135c"], "dark": ["#7a6fb0", "#a99ae8", "#efe6ff"]}
"""Colours of the phases, which stand out from the page even as thin lines."""

ORDER = (
    "cumulative",
    "stack",
    "parts",
    "network_a",
    "network_b",
    "per_unit",
    "transaction",
    "trust_cost",
    "information",
    "ideas",
    "disclosure",
    "phases_a",
    "phases_b",
)
"""Pictures in the order of the page; those of a lesson come first. Below the networks, months."""


def config(settings: Settings, words: Words, error: str = "") -> dict[str, Any]:
    """What the page's script must know."""
    return {
        "texts": words.table("script"),
        "decimal": words.decimal,
        "settings": links.pairs(settings),
        "entries": {
            name: {
                "low": entry.low,
                "high": entry.high,
                "default": _default(settings, entry),
                "unit": words(f"units.{entry.unit}"),
                "integer": entry.integer,
                "name": words.slider(name),
                "about": words.meaning(name),
            }
            for name, entry in entries().items()
        },
        "titles": dict(zip("ab", titles(settings, words), strict=True)),
        "weights": {name: items["life_cycle_weight"] for name, items in BUYER_STANCES.items()},
        "lessons": [
            {
                "key": one.key,
                "link": one.link,
                "right": one.right,
                "guesses": [words(f"lessons.{one.key}.{guess}") for guess in GUESSES],
                "sliders": [slider.name for slider in one.sliders],
                "pictures": one.pictures,
            }
            for one in LESSONS
        ],
        "units": {name: m.unit for name, m in MEASURES.items()},
        "height": HEIGHT,
        "looks": LOOKS,
        "phases": PHASES,
        "phase_names": list(words.table("phases").values()),
        "months": presets[settings.preset].periods,
        "error": error,
    }


def _default(settings: Settings, entry: Entry) -> float:
    if entry.name == "aggressiveness":
        return entry.default
    return float(getattr(presets[settings.preset], entry.name, entry.default) or 0.0)


def html(
    scripts: str,
    settings: Settings,
    words: Words,
    error: str = "",
    exported: Mapping[str, Any] | None = None,
) -> str:
    """The whole page.

    Parameters
    ----------
    scripts : str
        HTML that brings Bokeh's script.
    settings : Settings
        What it opens with.
    words : Words
        To say it in.
    error : str
        What was wrong with the link, if anything.
    exported : mapping, optional
        What a page without a server must bring along.

    Returns
    -------
    str
        HTML.
    """
    shown = lesson(settings.lesson) if settings.lesson and exported is None else None
    sliders = shown.sliders if shown else ()
    dial = [parts.slider(words, one.arms, one.name) for one in sliders[:1]]
    known = config(settings, words, error)
    drawn = drawing(words.language)
    look = {name: value for name in pages.LOOK if (value := getattr(settings, name))}
    return pages.render(
        "sandbox.html",
        words,
        look,
        links.pairs(settings),
        here="" if shown else "sandbox",
        title=words(f"lessons.{shown.key}.title" if shown else "sandbox.title"),
        entry="web/main.js",
        scripts=scripts,
        exported=exported,
        settings=settings,
        lessons=parts.lesson_links(words, exported and exported["lessons"]),
        lesson_box=parts.lesson_box(words, shown, dial) if shown else "",
        **parts.values(words, {one.name for one in sliders}),
        order=ORDER,
        followed=LINES,
        followed_arms={arm: words("controls.arm", letter=arm.upper()) for arm in links.ARMS},
        places=drawn.places,
        config=known | ({"exported": exported} if exported else {}),
        joined=joined() if exported else "",
        drawn=drawn.script,
    )


def joined() -> str:
    """All scripts of the page as one, for a file that cannot import others."""
    scripts = "".join((WEB / f"{name}.js").read_text(encoding="utf-8") for name in MODULES)
    return re.sub(r"^import .*\n|^export ", "", scripts, flags=re.MULTILINE)
