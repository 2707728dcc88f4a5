"""Parts of the page as HTML, made from the catalogue of texts and the table of parameters.

Sliders are the browser's own, so that keyboard, touch and screen readers work as people know them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from relsim.app.lessons import LESSONS, Lesson, Slider
from relsim.app.settings import ARMS, SLIDERS, Settings, entries
from relsim.app.texts import slider_name, text
from relsim.parameters import Entry
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES


def meaning_of(entry: Entry) -> str:
    """What a parameter means, between what it can be set, and in which unit."""
    return f"{entry.meaning} ({entry.low:g} – {entry.high:g}, {entry.unit})"  # noqa: RUF001


def _slider(arm: str, entry: Entry, key: bool) -> str:
    step: float = 1 if entry.integer else (entry.high - entry.low) / 100
    meaning = escape(meaning_of(entry))
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
    """Preset, seed and the buttons."""
    markets = {name: name.replace("_", " ") for name in presets if presets[name].buyers > 8}
    return (
        f'<nav id="tools" aria-label="{text("tools")}"><label>{text("preset")} '
        f'<select id="preset">{_options(markets, settings.preset)}</select></label>'
        f'<label>{text("seed")} <input type="text" id="seed" inputmode="numeric" '
        f'value="{settings.seed}"></label>'
        + _buttons({"copy-seed": "copy_seed", "new-seed": "new_seed"})
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
