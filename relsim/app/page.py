"""The page around the pictures: HTML made from the catalogue of texts and the table of parameters.

Sliders are the browser's own, so that keyboard, touch and screen readers work as people know them.
``page.js`` moves them, ``page.css`` dresses them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from relsim import plots
from relsim.app.lessons import LESSONS, Lesson, Slider, lesson
from relsim.app.pictures import ARM_COLOURS
from relsim.app.settings import ARMS, SLIDERS, Settings, entries
from relsim.app.texts import TEXTS, slider_name, text
from relsim.observation import MEASURES
from relsim.parameters import Entry
from relsim.presets import presets
from relsim.stances import BUYER_STANCES

FOLDER = Path(__file__).parent

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

PHASES = {"light": list(plots.PHASES.values()), "dark": ["#5b5288", "#9d8ee0", "#efe6ff"]}

ORDER = (
    "network_a",
    "network_b",
    "cumulative",
    "per_unit",
    "stack",
    "parts",
    "transaction",
    "trust_cost",
    "information",
    "ideas",
    "phases_a",
    "phases_b",
    "disclosure",
)
"""Pictures in the order of the page; those of a lesson come first."""


def config(settings: Settings, error: str = "") -> dict[str, Any]:
    """What the page's script must know."""
    return {
        "texts": dict(TEXTS),
        "settings": {
            "preset": settings.preset,
            "seed": settings.seed,
            "lesson": settings.lesson,
            "theme": settings.theme,
            "a": dict(settings.first),
            "b": dict(settings.second),
        },
        "entries": {
            name: {
                "low": entry.low,
                "high": entry.high,
                "default": _default(settings, entry),
                "unit": entry.unit,
                "meaning": entry.meaning,
                "integer": entry.integer,
            }
            for name, entry in entries().items()
        },
        "stances": {name: dict(stance) for name, stance in BUYER_STANCES.items()},
        "lessons": [
            {"key": one.key, "link": one.link, "right": one.right, "guesses": one.guesses}
            for one in LESSONS
        ],
        "measures": {name: f"{m.meaning} ({m.unit})" for name, m in MEASURES.items()},
        "units": {name: m.unit for name, m in MEASURES.items()},
        "looks": LOOKS,
        "phases": PHASES,
        "months": presets[settings.preset].periods,
        "error": error,
    }


def _default(settings: Settings, entry: Entry) -> float:
    return (
        float(getattr(presets[settings.preset], entry.name, entry.default) or 0.0)
        if (entry.name != "aggressiveness")
        else entry.default
    )


def _slider(arm: str, entry: Entry, stops: int = 0) -> str:
    step: float = 1 if entry.integer else (entry.high - entry.low) / (stops - 1 if stops else 100)
    meaning = escape(f"{entry.meaning} ({entry.low:g} – {entry.high:g}, {entry.unit})")  # noqa: RUF001
    name = escape(slider_name(entry.name))
    return (
        f'<label class="row" title="{meaning}"><span>{name} <output></output></span>'
        f'<input type="range" min="{entry.low:g}" max="{entry.high:g}" step="{step:.12g}" '
        f'data-arm="{arm}" data-name="{entry.name}" '
        f'aria-label="{name}, {text("arm", letter=arm.upper())}" aria-description="{meaning}">'
        "</label>"
    )


def _options(values: Mapping[str, str], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(name)}</option>'
        for key, name in values.items()
    )


def _arm(arm: str) -> str:
    stances = {name: name.replace("_", " ") for name in BUYER_STANCES} | {"": text("between")}
    sliders = "".join(_slider(arm, entries()[name]) for name in SLIDERS)
    return (
        f'<fieldset data-arm="{arm}"><legend data-title="{arm}"></legend>'
        f'<label class="row"><span>{text("stance")}</span>'
        f'<select data-arm="{arm}" data-name="stance">{_options(stances, "")}</select></label>'
        f'{sliders}<div class="more"></div></fieldset>'
    )


def about() -> str:
    """Where the meaning of the slider that was last touched is written."""
    return f'<p class="about" id="about" aria-live="polite">{text("keyboard")}</p>'


def controls() -> str:
    """Both arms' sliders, and a way to every other parameter."""
    others = {
        name: slider_name(name)
        for name in entries()
        if name
        not in (*SLIDERS, "warm_up", "buyers", "salespeople", "suppliers_per_buyer", "periods")
    }
    return (
        f'<div id="arms">{"".join(_arm(arm) for arm in ARMS)}</div>'
        f"{about()}"
        f'<label><input type="checkbox" id="both"> {text("both")}</label>'
        f"<details><summary>{text('all_parameters')}</summary><label>{text('add_parameter')} "
        f'<select id="more-name">{_options(others, "")}</select></label> '
        f'<button id="add">{text("add")}</button></details>'
    )


def exported_toolbar() -> str:
    """Lessons and the buttons that make sense without a server."""
    lessons = {one.key: f"{number}. {one.title}" for number, one in enumerate(LESSONS, 1)}
    buttons = (("reset", "reset"), ("png", "picture"), ("csv", "numbers"), ("theme", "dark"))
    return (
        f'<nav aria-label="{text("title")}"><label>{text("lesson")}'
        f'<select id="lesson">{_options(lessons, "")}</select></label>'
        + "".join(f'<button id="{key}">{text(name)}</button>' for key, name in buttons)
        + "</nav>"
    )


def stops_box(sliders: Sequence[tuple[Slider, Sequence[float], int]]) -> str:
    """The sliders of a lesson in the exported file: each has a few stops."""
    rows = []
    for number, (slider, stops, opening) in enumerate(sliders):
        entry = entries()[slider.name]
        where = " + ".join(arm.upper() for arm in slider.arms)
        name = f"{slider_name(slider.name)}, {where}"
        meaning = escape(f"{entry.meaning} ({entry.unit})")
        rows.append(
            f'<label class="row" title="{meaning}"><span>{escape(name)} <output></output></span>'
            f'<input type="range" min="0" max="{len(stops) - 1}" step="1" value="{opening}" '
            f'data-stop="{number}" aria-label="{escape(name)}" aria-description="{meaning}">'
            "</label>"
        )
    heads = "".join(f'<div class="arm-{arm}" data-title="{arm}"></div>' for arm in ARMS)
    return f"<fieldset>{heads}{''.join(rows)}</fieldset>"


def toolbar(settings: Settings) -> str:
    """Lesson, preset, luck and the buttons."""
    lessons = {"": text("no_lesson")} | {
        one.key: f"{number}. {one.title}" for number, one in enumerate(LESSONS, 1)
    }
    markets = {name: name.replace("_", " ") for name in presets if presets[name].buyers > 8}
    buttons = (
        ("copy-seed", "copy_seed"),
        ("new-luck", "new_luck"),
        ("reset", "reset"),
        ("copy-link", "copy_link"),
        ("png", "picture"),
        ("csv", "numbers"),
        ("theme", "dark"),
    )
    return (
        f'<nav aria-label="{text("title")}">'
        f'<label>{text("lesson")}<select id="lesson">{_options(lessons, settings.lesson)}</select>'
        f'</label><label>{text("preset")}<select id="preset">{_options(markets, settings.preset)}'
        f'</select></label><label>{text("seed")}<input type="text" id="seed" inputmode="numeric" '
        f'value="{settings.seed}"></label>'
        + "".join(f'<button id="{key}">{text(name)}</button>' for key, name in buttons)
        + "</nav>"
    )


def lesson_box(one: Lesson) -> str:
    """Question and guesses; the rest comes after a guess."""
    guesses = "".join(
        f'<button data-guess="{place}" aria-pressed="false">{escape(guess)}</button>'
        for place, guess in enumerate(one.guesses)
    )
    rows = "".join(
        f"<dt>{text(name)}</dt><dd>{escape(words)}</dd>"
        for name, words in (("look", one.look), ("sources", one.sources), ("try", one.further))
    )
    return (
        f'<section id="lesson-box" aria-label="{text("lesson")}"><h2>{escape(one.title)}</h2>'
        f'<p class="question">{escape(one.question)}</p><p>{text("guess_first")}:</p>'
        f'<div id="guesses">{guesses}</div><div id="answer" hidden>'
        f'<p class="verdict" id="verdict" aria-live="polite"></p><dl>{rows}</dl></div></section>'
    )


def picture(name: str, focus: bool) -> str:
    """A card for a picture: where Bokeh draws it, and what it is in words."""
    letter = name[-1].upper()
    words = escape(text(f"{name.rsplit('_', 1)[0] if name[-2:] in ('_a', '_b') else name}_alt"))
    title = escape(f"{words} ({text('arm', letter=letter)})" if name[-2] == "_" else words)
    caption = "detail" if name == "cumulative" else f"caption-{name}"
    return (
        f'<figure data-picture="{name}"{" class=focus" if focus else ""}>'
        f'<div role="img" aria-label="{title}">{{{{ embed(roots.{name}) }}}}</div>'
        f'<figcaption id="{caption}"></figcaption></figure>'
    )


def months() -> str:
    """The slider of months, with play."""
    return (
        f'<div id="months"><button id="play">{text("play")}</button><label for="month">'
        f'{text("month")} <output id="month-now"></output></label>'
        f'<input type="range" id="month" min="0" max="119" step="1" value="119"></div>'
    )


def table() -> str:
    """The numbers, to be filled in."""
    heads = (
        text("measure"),
        '<span class="arm-a" data-title="a"></span>',
        '<span class="arm-b" data-title="b"></span>',
        text("difference"),
        text("interval"),
    )
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<section id="numbers-box"><h2>{text("summary")}</h2><table><thead><tr>{cells}</tr>'
        f'</thead><tbody id="numbers"></tbody></table><p>{text("effect_note")}</p></section>'
    )


def template(settings: Settings, error: str = "", exported: Mapping[str, Any] | None = None) -> str:
    """The page as a template for Bokeh.

    Parameters
    ----------
    settings : Settings
        What it opens with.
    error : str
        What was wrong with the link, if anything.
    exported : mapping, optional
        What a page without a server must bring along.

    Returns
    -------
    str
        Jinja; the figures are embedded by name.
    """
    shown = lesson(settings.lesson) if settings.lesson and exported is None else None
    focused = shown.pictures if shown else ()
    cards = [picture(name, name in focused) for name in ORDER]
    cards.insert(2, months())
    known = config(settings, error) | ({"exported": exported} if exported else {})
    data = json.dumps(known).replace("<", "\\u003c")
    bar = toolbar(settings) if exported is None else exported_toolbar()
    side = controls() if exported is None else f'<div id="stops"></div>{about()}'
    body = (
        f"<header><h1>{text('title')}</h1><p>{text('subtitle')}</p></header>{bar}"
        '<p id="banner" role="alert" hidden></p>'
        f'<section id="seen" aria-label="{text("tell")}"><div id="headline" aria-live="polite">'
        f'</div><div id="status" role="status">{text("waiting")}</div></section>'
        f'<div id="lesson-slot">{lesson_box(shown) if shown else ""}</div>'
        f'<main><div id="side">{side}</div><div>'
        f'<section id="pictures">{"".join(cards)}{table()}</section></div></main>'
        f"<footer>{text('keyboard')}</footer><noscript>{text('no_script')}</noscript>"
    )
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    return (
        "{% from macros import embed %}{% extends base %}"
        f"{{% block title %}}{escape(text('title'))}{{% endblock %}}"
        "{% block preamble %}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<link rel='icon' href='data:,'><style>{{% raw %}}{style}{{% endraw %}}</style>"
        "{% endblock %}{% block inner_body %}"
        f"{body}"
        '<script type="application/json" id="relsim-config">{% raw %}'
        f"{data}{{% endraw %}}</script><script>{{% raw %}}{script}{{% endraw %}}</script>"
        f"<script>document.body.classList.toggle('veiled', {json.dumps(bool(shown))})</script>"
        "{{ plot_script | indent(4) }}{% endblock %}"
    )
