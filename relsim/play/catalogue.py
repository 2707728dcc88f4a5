"""The words of the game, a catalogue a language: keys and sentences with named values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from relsim.io.errors import InputError, known

FOLDER = Path(__file__).parent / "words"

LANGUAGES = ("en", "it")
"""Languages that there are catalogues of words for; the first one where none is asked for."""


@cache
def words(language: str) -> Mapping[str, str]:
    """All sentences of a language, by their key such as ``message.quote``.

    Raises
    ------
    InputError
        If there is no such language.

    Examples
    --------
    >>> words("it")["bargain.press"]
    'Tirare sul prezzo'
    """
    known("language", [language], LANGUAGES)
    tables = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["play"]
    return {
        f"{table}.{key}": sentence
        for table, sentences in tables.items()
        for key, sentence in sentences.items()
    }


def sentence(language: str, key: str, values: Mapping[str, Any] | None = None) -> str:
    """A sentence with its values; numbers with one decimal as the language writes them.

    Examples
    --------
    >>> sentence("it", "message.new_supplier", {"supplier": "Otto", "price": 76.44})
    'Otto è un fornitore nuovo per te. Il prezzo è 76,4.'
    """
    catalogue = words(language)
    if key not in catalogue:
        raise InputError(f"unknown sentence {key!r:.60}: allowed are the keys of words/en.toml")
    point = catalogue["number.point"]
    shown = {
        name: f"{value:.1f}".replace(".", point) if isinstance(value, float) else value
        for name, value in (values or {}).items()
    }
    return catalogue[key].format(**shown)
