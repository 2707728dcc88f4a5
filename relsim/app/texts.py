"""All words of the pages: one catalogue a language, ``words/<language>.toml``.

A sentence has the name of its table and its own, ``table.measure``. A new language is one file and
its key in ``play.catalogue.LANGUAGES``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from relsim.app.entries import entries
from relsim.io.errors import known
from relsim.model.events import ENDINGS, EVENTS
from relsim.model.observation import MEASURES
from relsim.play.catalogue import LANGUAGES

FOLDER = Path(__file__).parent / "words"


class Words:
    """The catalogue of one language.

    Parameters
    ----------
    language : str
        One of ``LANGUAGES``.
    sentences : mapping of str to str
        By name; values to be filled in stand in braces.

    Examples
    --------
    >>> words("en")("controls.arm", letter="A"), words("it")("controls.arm", letter="A")
    ('Market A', 'Mercato A')
    """

    def __init__(self, language: str, sentences: Mapping[str, str]) -> None:
        self.language, self.sentences = language, sentences

    def __call__(self, name: str, /, **values: object) -> str:
        """A sentence with its values filled in."""
        sentence = self.sentence(name)
        return sentence.format(**values) if values else sentence

    def sentence(self, name: str) -> str:
        """A sentence as the catalogue has it."""
        known("text", [name], self.sentences)
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
        return written.replace(".", self.sentences["language.decimal"])

    def measure(self, name: str) -> str:
        """What a measure means, and its unit."""
        unit = self(f"units.{MEASURES[name].unit}")
        return self("table.label", meaning=self(f"measures.{name}"), unit=unit)

    def slider(self, name: str) -> str:
        """Name of a parameter as a slider shows it.

        >>> words("en").slider("bond_cost"), words("en").slider("wage")
        ('cost of a bond', 'wage')
        """
        own = f"sliders.{name}"
        return self(own if own in self.sentences else f"parameters.{name}.name")

    def meaning(self, name: str) -> str:
        """What a parameter means, between what it can be set, and in which unit."""
        entry = entries()[name]
        return self(
            "controls.meaning",
            meaning=self(f"parameters.{name}.meaning"),
            low=self.number(f"{entry.low:g}"),
            high=self.number(f"{entry.high:g}"),
            unit=self(f"units.{entry.unit}"),
        )


@cache
def words(language: str) -> Words:
    """The catalogue of a language, read once."""
    known("language", [language], LANGUAGES)
    tables = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Words(language, {**(of_model() if language == "en" else {}), **dict(_flat(tables))})


def event_key(name: str) -> str:
    """What an event, or the reason of an end, is called in table ``events``.

    >>> event_key("became personal")
    'became_personal'
    """
    return name.replace(" ", "_")


def of_model() -> dict[str, str]:
    """Names, meanings, units and events that the model's own tables have, in English."""
    found = {f"measures.{name}": measure.meaning for name, measure in MEASURES.items()}
    for name, entry in entries().items():
        found[f"parameters.{name}.name"] = name.replace("_", " ")
        found[f"parameters.{name}.meaning"] = entry.meaning
    found |= {f"events.{event_key(e.name)}": e.sentence for e in EVENTS if not e.often}
    found |= {f"events.{event_key(reason)}": told for reason, told in ENDINGS.items()}
    units = {entry.unit for entry in entries().values()} | {m.unit for m in MEASURES.values()}
    return found | {f"units.{unit}": unit for unit in sorted(units)}


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def preferred(accepted: str) -> str:
    """The language that a browser likes best of those there are.

    Parameters
    ----------
    accepted : str
        Its header ``Accept-Language``.

    Examples
    --------
    >>> preferred("de-CH, it;q=0.8, en;q=0.7"), preferred("en-US,it;q=0.5"), preferred("")
    ('it', 'en', 'en')
    """
    best, weight = LANGUAGES[0], 0.0
    for part in accepted.split(",")[:20]:
        name, _, quality = part.partition(";q=")
        language = name.strip().lower()[:2]
        try:
            liked = float(quality or 1.0)
        except ValueError:
            continue
        if language in LANGUAGES and liked > weight:
            best, weight = language, liked
    return best
