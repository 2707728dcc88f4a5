"""Words for people: a catalogue a language, keys and sentences with named values.

Here those of the game; the pages have more of their own, see ``relsim.app.texts``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from relsim.io.errors import known

FOLDER = Path(__file__).parent / "words"

LANGUAGES = {"en": ".", "it": ","}
"""Languages that there are catalogues of words for, and their decimal signs; the first one where
none is asked for."""


class Words:
    """A catalogue in one language.

    Parameters
    ----------
    language : str
        One of ``LANGUAGES``.
    sentences : mapping of str to str
        By table and name, such as ``message.quote``; values to be filled in stand in braces.

    Attributes
    ----------
    decimal : str
        The decimal sign.
    """

    def __init__(self, language: str, sentences: Mapping[str, str]) -> None:
        self.language, self.sentences = language, sentences
        self.decimal = LANGUAGES[language]
        self._formatter = _Formatter(self.decimal)

    def __call__(self, name: str, /, **values: Any) -> str:
        """A sentence with its values; numbers with one decimal as the language writes them.

        >>> words("it")("message.new_supplier", supplier="Otto", price=76.44)
        'Otto è un fornitore nuovo per te. Il prezzo è 76,4.'
        """
        sentence = self.sentence(name)
        return self._formatter.vformat(sentence, (), values) if values else sentence

    def sentence(self, name: str) -> str:
        """A sentence as the catalogue has it."""
        known("sentence", [name], self.sentences)
        return self.sentences[name]

    def table(self, name: str) -> dict[str, str]:
        """All sentences of a table, by what follows its name."""
        return {
            key.removeprefix(f"{name}."): self.sentence(key)
            for key in self.sentences
            if key.startswith(f"{name}.")
        }

    def number(self, written: str) -> str:
        """A number as Python writes it, with the decimal sign of the language.

        >>> words("it").number("98.12")
        '98,12'
        """
        return written.replace(".", self.decimal)


class _Formatter(Formatter):
    """Fills in values; numbers have one decimal unless the sentence says otherwise."""

    def __init__(self, decimal: str) -> None:
        self._decimal = decimal

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write a value, a float with the decimal sign of the language."""
        if not isinstance(value, float):
            return format(value, format_spec)
        return format(value, format_spec or ".1f").replace(".", self._decimal)


@cache
def words(language: str) -> Words:
    """The words of the game in a language, read once.

    Raises
    ------
    InputError
        If there is no such language.

    Examples
    --------
    >>> words("it")("bargain.press")
    'Tirare sul prezzo'
    """
    return Words(language, read(FOLDER, language))


def read(folder: Path, language: str) -> dict[str, str]:
    """The sentences of a file ``<language>.toml``."""
    known("language", [language], LANGUAGES)
    return dict(_flat(tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
