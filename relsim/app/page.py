"""The page around the pictures: HTML made from the catalogue of texts and the table of parameters.

Sliders are the browser's own, so that keyboard, touch and screen readers work as people know them.
``page.js`` moves them, ``page.css`` dresses them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from relsim.app.drawing import drawing
from relsim.app.lessons import LESSONS, Lesson, Slider, lesson
from relsim.app.pictures import ARM_COLOURS
from relsim.app.settings import ARMS, SLIDERS, Settings, entries
from relsim.app.texts import TEXTS, slider_name, text
from relsim.model.observation import MEASURES
from relsim.parameters import Entry
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES
from relsim.plots import palette as appearance

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

PHASES = {"light": list(appearance.PHASES.values()), "dark": ["#5b5288", "#9d8ee0", "#efe6ff"]}

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


def _slider(arm: str, entry: Entry, key: bool) -> str:
    step: float = 1 if entry.integer else (entry.high - entry.low) / 100
    meaning = escape(f"{entry.meaning} ({entry.low:g} – {entry.high:g}, {entry.unit})")  # noqa: RUF001
    name = escape(slider_name(entry.name))
    return (
        f'<label class="row{" key" if key else ""}" title="{meaning}">'
        f"<span>{name} <output></output></span>"
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


def _arm(arm: str, keys: Collection[str]) -> str:
    stances = {name: name.replace("_", " ") for name in BUYER_STANCES} | {"": text("between")}
    sliders = "".join(_slider(arm, entries()[name], name in keys) for name in SLIDERS)
    return (
        f'<fieldset data-arm="{arm}"><legend data-title="{arm}"></legend>'
        f'<label class="row"><span>{text("stance")}</span>'
        f'<select data-arm="{arm}" data-name="stance">{_options(stances, "")}</select></label>'
        f'{sliders}<div class="more"></div></fieldset>'
    )


def about() -> str:
    """Where the meaning of the slider that was last touched is written."""
    return f'<p class="about" id="about" aria-live="polite">{text("keyboard")}</p>'


def controls(keys: Collection[str] = ()) -> str:
    """Both arms' sliders, and a way to every other parameter.

    Parameters
    ----------
    keys : collection of str
        Sliders that a lesson is about: the others are hidden at first.
    """
    others = {
        name: slider_name(name)
        for name in entries()
        if name
        not in (*SLIDERS, "warm_up", "buyers", "salespeople", "suppliers_per_buyer", "periods")
    }
    return (
        f'<div id="arms">{"".join(_arm(arm, keys) for arm in ARMS)}</div>'
        f"{about()}"
        f'<label><input type="checkbox" id="both"> {text("both")}</label>'
        f"<details id='more'><summary>{text('all_parameters')}</summary><label>{text('add_parameter')} "
        f'<select id="more-name">{_options(others, "")}</select></label> '
        f'<button id="add">{text("add")}</button></details>'
    )


def lessons_bar(chosen: str, exported: Collection[str] | None) -> str:
    """Lessons as links, so that each can be sent around; free play where there is a server."""
    links = [("", "?", text("no_lesson"))] if exported is None else []
    links += [
        (one.key, f"?lesson={one.key}", f"{number}. {one.title}")
        for number, one in enumerate(LESSONS, 1)
        if exported is None or one.key in exported
    ]
    items = "".join(
        f'<li><a href="{where}" data-lesson="{key}"'
        f"{' aria-current=page' if key == chosen else ''}>{escape(name)}</a></li>"
        for key, where, name in links
    )
    return f'<nav id="lessons" aria-label="{text("lesson")}"><ul>{items}</ul></nav>'


def _buttons(names: Mapping[str, str]) -> str:
    return "".join(f'<button id="{key}">{text(name)}</button>' for key, name in names.items())


SAVING = {"png": "picture", "csv": "numbers", "theme": "dark"}


def exported_toolbar() -> str:
    """The buttons that make sense without a server."""
    buttons = _buttons({"reset": "reset", **SAVING})
    return f'<nav id="tools" aria-label="{text("tools")}">{buttons}</nav>'


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
    """Preset, luck and the buttons."""
    markets = {name: name.replace("_", " ") for name in presets if presets[name].buyers > 8}
    return (
        f'<nav id="tools" aria-label="{text("tools")}"><label>{text("preset")} '
        f'<select id="preset">{_options(markets, settings.preset)}</select></label>'
        f'<label>{text("seed")} <input type="text" id="seed" inputmode="numeric" '
        f'value="{settings.seed}"></label>'
        + _buttons({"copy-seed": "copy_seed", "new-luck": "new_luck"})
        + '<span class="gap"></span>'
        + _buttons({"reset": "reset", "copy-link": "copy_link", **SAVING})
        + "</nav>"
    )


def lesson_box(one: Lesson) -> str:
    """Question and guesses; the rest comes after a guess."""
    guesses = "".join(
        f'<button data-guess="{place}" aria-pressed="false"><b>{letter}</b>'
        f"<span>{escape(guess)}</span></button>"
        for place, (letter, guess) in enumerate(zip("AB=", one.guesses, strict=True))
    )
    rows = "".join(
        f"<dt>{text(name)}</dt><dd>{escape(words)}</dd>"
        for name, words in (("look", one.look), ("try", one.further))
    )
    return (
        f'<section id="lesson-box" aria-label="{text("lesson")}"><h2>{escape(one.title)}</h2>'
        f'<p class="question">{escape(one.question)}</p><p class="ask">{text("guess_first")}</p>'
        f'<div id="guesses">{guesses}</div><div id="answer" hidden>'
        f'<p class="verdict" id="verdict" aria-live="polite"></p><p id="decides"></p>'
        f"<dl>{rows}</dl></div></section>"
    )


def sources_box(one: Lesson) -> str:
    """The way on, and what the sources say: below the sliders, after a guess."""
    following = LESSONS[(LESSONS.index(one) + 1) % len(LESSONS)]
    return (
        f'<p class="onward"><button id="all">{text("all")}</button> '
        f'<a href="?lesson={following.key}" data-lesson="{following.key}">'
        f"{text('next', title=following.title)}</a></p>"
        f"<h2>{text('sources')}</h2><p>{escape(one.sources)}</p>"
    )


def picture(name: str, place: str) -> str:
    """A card for a picture: where it is drawn, and what it is in words."""
    kind = name[:-2] if name[-2] == "_" else name
    words = escape(text(f"{kind}_alt"))
    title = f"{words} ({text('arm', letter=name[-1].upper())})" if kind != name else words
    caption = {"cumulative": "", "network": ""}.get(kind, words)
    return (
        f'<figure data-picture="{name}" data-kind="{kind}">'
        f'<div role="img" aria-label="{title}">{place}</div>'
        f'<figcaption id="caption-{name}">{caption}</figcaption></figure>'
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
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
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
    script = (FOLDER / "page.js").read_text(encoding="utf-8")
    return (
        f"<div id='page'{classes}>{_top(settings, exported)}"
        f"<main>{_side(shown, exported is None)}"
        f'<section id="pictures">{"".join(cards)}{table()}</section></main>'
        f"<footer>{text('keyboard')}</footer></div><noscript>{text('no_script')}</noscript>"
        f'<script type="application/json" id="relsim-config">{data}</script>'
        f"<script>{script}</script>{drawn.script}"
    )


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
