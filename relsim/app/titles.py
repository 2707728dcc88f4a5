"""What the two markets are called: by what tells them apart."""

from __future__ import annotations

from typing import Any

from relsim.app.entries import entries
from relsim.app.lessons import lesson
from relsim.app.settings import Settings, parameters
from relsim.app.texts import Words

TOLD = 2
"""Differing settings that a title names at most."""


def titles(settings: Settings, words: Words) -> tuple[str, str]:
    """Titles of the two markets; never the same one twice.

    Parameters
    ----------
    settings : Settings
        Of the page.
    words : Words
        To say them in.

    Examples
    --------
    >>> from relsim.app.settings import parse
    >>> from relsim.app.texts import words
    >>> titles(parse("a.stance=loyal"), words("en"))
    ('loyal', 'trusting')
    >>> titles(parse("a.aggressiveness=0.5&b.aggressiveness=0.5&b.candour=0.9"), words("en"))
    ('candour 0.5', 'candour 0.9')
    """
    if as_written(settings):
        key = f"lessons.{settings.lesson}"
        return words(f"{key}.a"), words(f"{key}.b")
    first, second = (_stance(settings, place, words) for place in (0, 1))
    if first != second:
        return first, second
    differing = sorted(
        name
        for name in {*settings.first, *settings.second} - {"stance", "aggressiveness"}
        if _value(settings, 0, name) != _value(settings, 1, name)
    )
    if not differing:
        return first, words("titles.same")
    first, second = (
        ", ".join(_differs(settings, place, name, words) for name in differing[:TOLD])
        for place in (0, 1)
    )
    return first, second


def as_written(settings: Settings) -> bool:
    """Whether a lesson is shown with its own settings."""
    if not settings.lesson:
        return False
    own = lesson(settings.lesson).opened
    return settings._replace(theme="", lang="") == own


def _stance(settings: Settings, place: int, words: Words) -> str:
    chosen = (settings.first, settings.second)[place]
    if "stance" in chosen:
        return words(f"stances.{chosen['stance']}")
    level = words.number(f"{chosen['aggressiveness']:g}")
    return words("titles.between", level=level)


def _value(settings: Settings, place: int, name: str) -> Any:
    chosen = (settings.first, settings.second)[place]
    if name in chosen:
        return chosen[name]
    if name == "without":
        return ()
    return getattr(parameters(settings, place), name, entries()[name].default)


def _differs(settings: Settings, place: int, name: str, words: Words) -> str:
    value = _value(settings, place, name)
    if name == "without":
        return words("titles.without", count=len(value)) if value else words("titles.complete")
    return words("titles.differs", name=words.slider(name), value=words.number(f"{value:g}"))
