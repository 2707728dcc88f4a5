"""The page around the pictures: what its scripts in ``web`` must know, and its HTML as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from relsim.app import settings as links
from relsim.app.drawing import drawing
from relsim.app.figures import ARM_COLOURS
from relsim.app.lessons import LESSONS, Lesson, lesson
from relsim.app.parts import (
    about,
    controls,
    exported_toolbar,
    lesson_box,
    lessons_bar,
    meaning_of,
    months,
    picture,
    sources_box,
    table,
    toolbar,
)
from relsim.app.settings import Settings, entries
from relsim.app.texts import TEXTS, slider_name, text
from relsim.model.observation import MEASURES
from relsim.parameters import Entry
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES
from relsim.plots import palette

WEB = Path(__file__).parent / "web"

MODULES = (
    "state",
    "sliders",
    "network",
    "report",
    "look",
    "lessons",
    "downloads",
    "table",
    "connection",
    "main",
)
"""Scripts of the page, each after those that it imports."""

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

PHASES = {"light": list(palette.PHASES.values()), "dark": ["#5b5288", "#9d8ee0", "#efe6ff"]}

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


def config(settings: Settings, error: str = "") -> dict[str, Any]:
    """What the page's script must know."""
    return {
        "texts": dict(TEXTS),
        "settings": links.pairs(settings),
        "entries": {
            name: {
                "low": entry.low,
                "high": entry.high,
                "default": _default(settings, entry),
                "unit": entry.unit,
                "integer": entry.integer,
                "name": slider_name(name),
                "about": meaning_of(entry),
            }
            for name, entry in entries().items()
        },
        "titles": {name: name.replace("_", " ") for name in BUYER_STANCES},
        "weights": {name: items["life_cycle_weight"] for name, items in BUYER_STANCES.items()},
        "lessons": [
            {
                "key": one.key,
                "link": one.link,
                "right": one.right,
                "guesses": one.guesses,
                "measure": one.measure,
                "sliders": [slider.name for slider in one.sliders],
                "pictures": one.pictures,
            }
            for one in LESSONS
        ],
        "units": {name: m.unit for name, m in MEASURES.items()},
        "looks": LOOKS,
        "phases": PHASES,
        "phase_names": text("phase_names").split("|"),
        "months": presets[settings.preset].periods,
        "error": error,
    }


def _default(settings: Settings, entry: Entry) -> float:
    return (
        float(getattr(presets[settings.preset], entry.name, entry.default) or 0.0)
        if (entry.name != "aggressiveness")
        else entry.default
    )


def html(
    scripts: str, settings: Settings, error: str = "", exported: Mapping[str, Any] | None = None
) -> str:
    """The whole page.

    Parameters
    ----------
    scripts : str
        HTML that brings Bokeh's script.
    settings : Settings
        What it opens with.
    error : str
        What was wrong with the link, if anything.
    exported : mapping, optional
        What a page without a server must bring along.

    Returns
    -------
    str
        HTML.
    """
    style = (WEB / "page.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><title>{escape(text("title"))}</title>'
        f"<style>{style}</style>{scripts}</head>"
        f"<body>{body(settings, error, exported)}</body></html>\n"
    )


def body(settings: Settings, error: str = "", exported: Mapping[str, Any] | None = None) -> str:
    """All that is on the page, and its script."""
    drawn = drawing()
    shown = lesson(settings.lesson) if settings.lesson and exported is None else None
    cards = [picture(name, drawn.places[name]) for name in ORDER]
    cards.insert(ORDER.index("network_b") + 1, months())
    known = config(settings, error) | ({"exported": exported} if exported else {})
    data = json.dumps(known).replace("<", "\\u003c")
    classes = ' class="veiled focused"' if shown else ""
    script = (
        f'<script type="module">{joined()}</script>'
        if exported
        else '<script type="module" src="web/main.js"></script>'
    )
    return (
        f"<div id='page'{classes}>{_top(settings, exported)}"
        f"<main>{_side(shown, exported is None)}"
        f'<section id="pictures">{"".join(cards)}{table()}</section></main>'
        f"<footer>{text('keyboard')}</footer></div><noscript>{text('no_script')}</noscript>"
        f'<script type="application/json" id="relsim-config">{data}</script>'
        f"{script}{drawn.script}"
    )


def joined() -> str:
    """All scripts of the page as one, for a file that cannot import others."""
    scripts = "".join((WEB / f"{name}.js").read_text(encoding="utf-8") for name in MODULES)
    return re.sub(r"^import .*\n|^export ", "", scripts, flags=re.MULTILINE)


def _top(settings: Settings, exported: Mapping[str, Any] | None) -> str:
    bar = toolbar(settings) if exported is None else exported_toolbar()
    lessons = None if exported is None else exported["lessons"]
    return (
        f"<header><h1>{text('title')}</h1><p>{text('subtitle')}</p></header>"
        f"{lessons_bar(settings.lesson, lessons)}{bar}"
        '<p id="banner" role="alert" hidden></p>'
        f'<section id="seen" aria-label="{text("tell")}"><div id="headline" aria-live="polite">'
        f'</div><div id="status" role="status">{text("waiting")}</div></section>'
    )


def _side(shown: Lesson | None, served: bool) -> str:
    keys = [slider.name for slider in shown.sliders] if shown else []
    sliders = controls(keys) if served else f'<div id="stops"></div>{about()}'
    return (
        f'<div id="side"><div id="lesson-slot">{lesson_box(shown) if shown else ""}</div>'
        f'<div id="near"></div>{sliders}'
        f'<section id="sources-slot">{sources_box(shown) if shown else ""}</section></div>'
    )
