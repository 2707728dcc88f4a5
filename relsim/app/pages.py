"""The pages of the site: a template, a script and words of the catalogue each.

A new page is a line of ``PAGES``, its name in ``SITE``, a file in ``templates`` that fills the
blocks of ``site.html``, an entry in ``web`` and a table in each of the catalogues in ``words``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from relsim.app import desk
from relsim.app.lessons import LESSONS
from relsim.app.settings import THEMES
from relsim.app.texts import Words, preferred, words
from relsim.play.catalogue import LANGUAGES

TEMPLATES, WEB = (Path(__file__).parent / name for name in ("templates", "web"))

STYLES = ("site.css", "page.css")

LOOK = {"lang": LANGUAGES, "theme": THEMES}
"""What every page understands of a link, and goes with the visitor from page to page."""


class Page(NamedTuple):
    """A page besides the one that compares markets.

    Attributes
    ----------
    template, entry : str
        Files in ``templates`` and ``web``.
    styles : tuple of str
        Files in ``web``.
    values : callable
        What its template needs beside what all have, given the words.
    """

    template: str
    entry: str
    styles: tuple[str, ...] = STYLES
    values: Callable[[Words], Mapping[str, Any]] = lambda _: {}


def _landing(words: Words) -> Mapping[str, Any]:
    return {"lessons": [(one.key, words(f"lessons.{one.key}.title")) for one in LESSONS]}


def _play(words: Words) -> Mapping[str, Any]:
    return {"config": desk.config(words.language)}


PAGES = {
    "": Page("landing.html", "site.js", values=_landing),
    "play": Page("play.html", "play.js", ("site.css", "desk.css"), _play),
    "room": Page("room.html", "room.js", ("site.css", "desk.css", "room.css")),
    "projector": Page("projector.html", "projector.js", ("site.css", "room.css")),
}
"""By their names."""

GAME = ("game", "before", "scenario", "seed")
"""What a link to the game says of it, which the page in another language keeps."""

SITE = ("", "play")
"""Those whose name is their address; pages of rooms are written in ``room_pages``."""


def look_of(query: str) -> dict[str, str]:
    """What a link says of language and colours, as far as that is understood.

    >>> look_of("lang=it&theme=pink&seed=3")
    {'lang': 'it'}
    """
    return {name: value for name, value in parse_qsl(query)[:50] if value in LOOK.get(name, ())}


def language_of(lang: str, accepted: str) -> Words:
    """Words in the language of a link, else in the one that the browser asks for."""
    return words(lang or preferred(accepted))


def of_site(name: str, query: str, accepted: str) -> str:
    """A page of the site as HTML.

    Parameters
    ----------
    name : str
        One of ``SITE``.
    query : str
        What follows the question mark.
    accepted : str
        Languages that the browser asks for.
    """
    page, look = PAGES[name], look_of(query)
    told = language_of(look.get("lang", ""), accepted)
    kept = [(key, value) for key, value in parse_qsl(query)[:50] if key in GAME]
    pairs = [*kept, *look.items()]
    values = {"here": name, "entry": f"web/{page.entry}", **page.values(told)}
    return render(page.template, told, look, pairs, styles=page.styles, **values)


def render(
    template: str,
    told: Words,
    look: Mapping[str, str],
    pairs: list[tuple[str, str]],
    *,
    styles: tuple[str, ...] = STYLES,
    **values: Any,
) -> str:
    """A template with what all of them need.

    Parameters
    ----------
    template : str
        File in ``templates``.
    told : Words
        To say it in.
    look : mapping
        What goes along to other pages: language and colours, where the link says them.
    pairs : list of tuple
        The link of this page, which its versions in other languages keep.
    styles : tuple of str
        Files in ``web``.
    **values : object
        What this template needs.
    """

    def to(where: str) -> str:
        """Address of another page, in the same language and colours."""
        address, _, fragment = where.partition("#")
        if look:
            address += ("&" if "?" in address else "?") + urlencode(look)
        return f"{address}#{fragment}" if fragment else address

    others = [pair for pair in pairs if pair[0] != "lang"]
    languages = [
        (language, words(language)("language.name"), "?" + urlencode([*others, ("lang", language)]))
        for language in LANGUAGES
    ]
    glossary = told.table("glossary")
    return ENVIRONMENT.get_template(template).render(
        words=told,
        style="".join((WEB / name).read_text(encoding="utf-8") for name in styles),
        to=to,
        languages=languages,
        glossary=[
            (glossary[f"{key}.term"], glossary[f"{key}.meaning"])
            for key in dict.fromkeys(name.split(".")[0] for name in glossary)
        ],
        sources=list(told.table("sources").items()),
        **values,
    )


ENVIRONMENT = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.policies["json.dumps_kwargs"] = {}  # in the order that things are shown in
