"""All words of the pages: one catalogue a language, ``words/<language>.toml``.

A sentence has the name of its table and its own, ``table.measure``. A new language is one file and
its key in ``play.catalogue.LANGUAGES``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from relsim.app.entries import entries
from relsim.model.events import ENDINGS, EVENTS
from relsim.model.observation import MEASURES
from relsim.play import catalogue
from relsim.play.catalogue import LANGUAGES

FOLDER = Path(__file__).parent / "words"


class Words(catalogue.Words):
    """The words of the pages in one language, with those of the model's tables.

    Examples
    --------
    >>> words("en")("controls.arm", letter="A"), words("it")("controls.arm", letter="A")
    ('Market A', 'Mercato A')
    """

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
    own = catalogue.read(FOLDER, language)
    return Words(language, of_model() | own if language == "en" else own)


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
    best, weight = next(iter(LANGUAGES)), 0.0
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
