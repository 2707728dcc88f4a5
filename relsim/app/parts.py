"""Parts of the comparing page as HTML, made from the catalogue of words and the table of parameters.

Sliders are the browser's own, so that keyboard, touch and screen readers work as people know them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from html import escape

from relsim.app.entries import SLIDERS, entries
from relsim.app.lessons import GUESSES, LESSONS, Lesson, Slider
from relsim.app.settings import ARMS, Settings
from relsim.app.texts import Words
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES


def _slider(words: Words, arms: str, name: str, kind: str = "") -> str:
    entry = entries()[name]
    step: float = 1 if entry.integer else (entry.high - entry.low) / 100
    meaning = escape(words.meaning(name))
    label = escape(words("controls.slider", name=words.slider(name), arm=_markets(words, arms)))
    named = label if kind == "dial" else escape(words.slider(name))
    return (
        f'<label class="row {kind}" title="{meaning}">'
        f"<span>{named} <output></output></span>"
        f'<input type="range" min="{entry.low:g}" max="{entry.high:g}" step="{step:.12g}" '
        f'data-arm="{arms}" data-name="{name}" '
        f'aria-label="{label}" aria-description="{meaning}"></label>'
    )


def _markets(words: Words, arms: str) -> str:
    if len(arms) > 1:
        return words("controls.both_arms")
    return words("controls.arm", letter=arms.upper())


def _options(values: Mapping[str, str], chosen: str) -> str:
    return "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(name)}</option>'
        for key, name in values.items()
    )


def _arm(words: Words, arm: str, keys: Collection[str]) -> str:
    stances = {name: words(f"stances.{name}") for name in BUYER_STANCES}
    stances[""] = words("controls.between")
    sliders = "".join(_slider(words, arm, name, "key" * (name in keys)) for name in SLIDERS)
    return (
        f'<fieldset data-arm="{arm}"><legend data-title="{arm}"></legend>'
        f'<label class="row"><span>{escape(words("controls.stance"))}</span>'
        f'<select data-arm="{arm}" data-name="stance">{_options(stances, "")}</select></label>'
        f'{sliders}<div class="more"></div></fieldset>'
    )


def controls(words: Words, keys: Collection[str] = ()) -> str:
    """Both arms' sliders, and a way to every other parameter.

    Parameters
    ----------
    words : Words
        To name them.
    keys : collection of str
        Sliders that a lesson is about: the others are hidden at first.
    """
    hidden = {"warm_up", "buyers", "salespeople", "suppliers_per_buyer", "periods", *SLIDERS}
    others = {name: words.slider(name) for name in entries() if name not in hidden}
    return (
        f'<div id="arms">{"".join(_arm(words, arm, keys) for arm in ARMS)}</div>'
        f'<p class="about" id="about" aria-live="polite">{escape(words("sandbox.keyboard"))}</p>'
        f'<label><input type="checkbox" id="both"> {escape(words("controls.both"))}</label>'
        f"<details id='more'><summary>{escape(words('controls.all_parameters'))}</summary>"
        f"<label>{escape(words('controls.add_parameter'))} "
        f'<select id="more-name">{_options(others, "")}</select></label> '
        f'<button id="add">{escape(words("controls.add"))}</button></details>'
    )


def lessons_bar(words: Words, chosen: str, exported: Collection[str] | None) -> str:
    """Lessons as links, so that each can be sent around; the sandbox where there is a server."""
    links = [("", "sandbox", words("lesson.none"))] if exported is None else []
    links += [
        (one.key, f"?lesson={one.key}", numbered(words, number, one))
        for number, one in enumerate(LESSONS, 1)
        if exported is None or one.key in exported
    ]
    items = "".join(
        f'<li><a href="{where}" data-lesson="{key}"'
        f"{' aria-current=page' if key == chosen else ''}>{escape(name)}</a></li>"
        for key, where, name in links
    )
    return f'<nav id="lessons" aria-label="{escape(words("lesson.list"))}"><ul>{items}</ul></nav>'


def numbered(words: Words, number: int, one: Lesson) -> str:
    """Title of a lesson and its place."""
    return words("lesson.numbered", number=number, title=words(f"lessons.{one.key}.title"))


def _buttons(words: Words, names: Mapping[str, str]) -> str:
    return "".join(
        f'<button id="{key}">{escape(words(f"controls.{name}"))}</button>'
        for key, name in names.items()
    )


SAVING = {"png": "picture", "csv": "numbers", "theme": "dark"}


def exported_toolbar(words: Words) -> str:
    """The buttons that make sense without a server."""
    buttons = _buttons(words, {"reset": "reset", **SAVING})
    return f'<nav id="tools" aria-label="{escape(words("controls.tools"))}">{buttons}</nav>'


def toolbar(words: Words, settings: Settings) -> str:
    """Preset, seed and the buttons."""
    markets = {name: words(f"presets.{name}") for name in presets if presets[name].buyers > 8}
    return (
        f'<nav id="tools" aria-label="{escape(words("controls.tools"))}">'
        f"<label>{escape(words('controls.preset'))} "
        f'<select id="preset" autocomplete="off">{_options(markets, settings.preset)}</select></label>'
        f"<label>{escape(words('controls.seed'))} "
        f'<input type="text" id="seed" inputmode="numeric" value="{settings.seed}"></label>'
        + _buttons(words, {"copy-seed": "copy_seed", "new-seed": "new_seed"})
        + '<span class="gap"></span>'
        + _buttons(words, {"reset": "reset", "copy-link": "copy_link", **SAVING})
        + "</nav>"
    )


# --- a lesson -------------------------------------------------------------------------------------


def dial(words: Words, one: Lesson) -> str:
    """The slider beside the picture of a lesson."""
    return _slider(words, one.sliders[0].arms, one.sliders[0].name, "dial")


def stops(words: Words, sliders: Sequence[tuple[Slider, Sequence[float], int]]) -> str:
    """The sliders of a lesson in the exported file: each has a few stops."""
    rows = []
    for number, (slider, values, opening) in enumerate(sliders):
        label = words(
            "controls.slider", name=words.slider(slider.name), arm=_markets(words, slider.arms)
        )
        meaning = escape(words.meaning(slider.name))
        rows.append(
            f'<label class="row" title="{meaning}"><span>{escape(label)} <output></output></span>'
            f'<input type="range" min="0" max="{len(values) - 1}" step="1" value="{opening}" '
            f'data-stop="{number}" aria-label="{escape(label)}" aria-description="{meaning}">'
            "</label>"
        )
    return "".join(rows)


def lesson_box(words: Words, one: Lesson, sliders: str) -> str:
    """Question and guesses, beside a picture that stays covered until a guess, and its slider."""
    own = {name: escape(words(f"lessons.{one.key}.{name}")) for name in ("title", "question")}
    guesses = "".join(
        f'<button data-guess="{place}" aria-pressed="false"><b>{letter}</b>'
        f"<span>{escape(words(f'lessons.{one.key}.{guess}'))}</span></button>"
        for place, (letter, guess) in enumerate(zip("AB=", GUESSES, strict=True))
    )
    folded = "".join(
        f"<details><summary>{escape(words(f'lesson.{name}'))}</summary>"
        f"<p>{escape(words(f'lessons.{one.key}.{name}'))}</p></details>"
        for name in ("look", "further", "sources")
    )
    following = LESSONS[(LESSONS.index(one) + 1) % len(LESSONS)]
    onward = words("lesson.next", title=words(f"lessons.{following.key}.title"))
    keys = "".join(f'<span class="arm-{arm}" data-title="{arm}"></span>' for arm in ARMS)
    return (
        f'<section id="lesson-box" aria-label="{escape(words("site.lessons"))}">'
        f'<h1>{own["title"]}</h1><p class="question">{own["question"]}</p>'
        f'<p class="ask">{escape(words("lesson.guess_first"))}</p><div id="guesses">{guesses}</div>'
        '<div id="answer" hidden><p class="verdict" id="verdict" aria-live="polite"></p>'
        f'<p id="because" aria-live="polite"></p>{folded}<p class="onward">'
        f'<a href="?lesson={following.key}" data-lesson="{following.key}">{escape(onward)}</a></p>'
        '</div></section><div id="show"><div id="shown-picture">'
        f'<p class="cover">{escape(words("lesson.covered"))}</p></div>'
        f'<p class="titles">{keys}</p><fieldset id="dial" disabled>{sliders}</fieldset></div>'
    )


# --- pictures and numbers -------------------------------------------------------------------------


def picture(words: Words, name: str, place: str) -> str:
    """A card for a picture: where it is drawn, what it is, and buttons for stories of a network."""
    kind = name[:-2] if name[-2] == "_" else name
    letter = name[-1].upper()
    title = words(f"pictures.{kind}", letter=letter)
    waiting = escape(words("alternatives.waiting", title=title))
    caption = "" if kind == "cumulative" else escape(words(f"captions.{kind}"))
    below = ""
    if kind == "network":
        below = f'<p class="counts" id="counts_{name[-1]}"></p><div class="story">' + "".join(
            f'<button data-story="{name[-1]}" data-step="{step}" '
            f'aria-label="{escape(words(f"captions.{way}", letter=letter))}">{sign}</button>'
            for step, way, sign in ((-1, "previous", "‹"), (1, "next", "›"))  # noqa: RUF001
        )
        below += (
            f'<p id="story_{name[-1]}" aria-live="polite"></p>'
            f'<button data-follow="{name[-1]}" hidden>{escape(words("follow.this"))}</button></div>'
        )
    return (
        f'<figure data-picture="{name}" data-kind="{kind}">'
        f'<div role="img" aria-label="{waiting}">{place}</div>'
        f'<figcaption id="caption-{name}">{caption}</figcaption>{below}</figure>'
    )


def months(words: Words) -> str:
    """The slider of months, with play."""
    return (
        f'<div id="months"><button id="play">{escape(words("controls.play_months"))}</button>'
        f'<label for="month">{escape(words("controls.month"))} '
        '<output id="month-now"></output></label>'
        '<input type="range" id="month" min="0" max="119" step="1" value="119"></div>'
    )


def follow(words: Words, pictures: str, *, hidden: bool) -> str:
    """One relationship followed: which, its pictures, and what happened year by year."""
    arms = {arm: _markets(words, arm) for arm in ARMS}
    options = {
        "arm": _options(arms, ARMS[0]),
        "buyer": _options({"": words("follow.choose")}, ""),
        "supplier": "",
    }
    selects = "".join(
        f'<label>{escape(words(f"follow.{name}"))} <select id="follow-{name}"{" disabled" * (not own)}>{own}</select></label>'
        for name, own in options.items()
    )
    return (
        f'<section id="follow" aria-labelledby="follow-title"{" hidden" * hidden}>'
        f'<h2 id="follow-title">{escape(words("follow.title"))}</h2>'
        f"<p>{escape(words('follow.about'))}</p>"
        f'<div class="choices">{selects}</div><p id="follow-problem" role="alert" hidden></p>'
        f'<div id="followed" hidden><h3 id="follow-finding" aria-live="polite"></h3>'
        f'<div class="pair">{pictures}</div><div id="follow-years"></div></div></section>'
    )


def table(words: Words) -> str:
    """The numbers, to be filled in."""
    heads = (
        escape(words("table.measure")),
        '<span class="arm-a" data-title="a"></span>',
        '<span class="arm-b" data-title="b"></span>',
        escape(words("table.difference")),
        escape(words("table.interval")),
    )
    cells = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f'<section id="numbers-box" aria-label="{escape(words("table.title"))}" tabindex="0">'
        f"<h2>{escape(words('table.title'))}</h2><table><thead><tr>{cells}</tr></thead>"
        f'<tbody id="numbers"></tbody></table><p>{escape(words("table.note"))}</p></section>'
    )
