"""The guided lessons: what is compared, what comes out, which pictures show it.

Each lesson is a link. Its words are in the catalogues, table ``lessons`` and its key. ``right`` is
the answer that comes out of the model at the settings of the lesson; a test runs every lesson and
checks it. The right answer is market A as often as market B: which of two settings is market A
means nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from relsim.app.settings import Settings, parse
from relsim.io.errors import known

GUESSES = ("guess_a", "guess_b", "guess_none")
"""Names of the answers to choose from, in the catalogue."""


class Slider(NamedTuple):
    """A slider of a lesson, and which arms it moves."""

    name: str
    arms: str


class Lesson(NamedTuple):
    """One guided lesson.

    Attributes
    ----------
    key : str
        Name in links and in the catalogue.
    right : int
        The answer that comes out of the model: market A, market B, no clear difference.
    settings : str
        The link, without the key of the lesson.
    because : mapping of str to int
        The measures that its explanation names, and their signs of market B minus market A: -1, 0
        (no clear difference) or 1.
    pictures : tuple of str
        Figures to show first.
    sliders : tuple of Slider
        The first one beside the picture; two at most.
    crosses : bool
        Whether the cumulative costs of the two markets cross after the first year.
    """

    key: str
    right: int
    settings: str
    because: Mapping[str, int]
    pictures: tuple[str, ...]
    sliders: tuple[Slider, ...]
    crosses: bool = False

    @property
    def link(self) -> str:
        """The query that opens it."""
        return f"lesson={self.key}&{self.settings}"

    @property
    def opened(self) -> Settings:
        """Its settings, checked."""
        return parse(self.link)


HARD_AND_SOFT = "seed=0&a.stance=aggressive&b.stance=trusting"
ALIKE = "seed=0&a.aggressiveness=0.5&b.aggressiveness=0.5"

LESSONS = (
    Lesson(
        "price",
        0,
        HARD_AND_SOFT,
        {"component_price": 1, "total_cost_per_unit": -1},
        ("parts", "stack", "cumulative", "per_unit"),
        (Slider("aggressiveness", "a"), Slider("aggressiveness", "b")),
    ),
    Lesson(
        "patience",
        1,
        HARD_AND_SOFT,
        {"ideas_received": 1, "total_cost_per_unit": -1},
        ("cumulative", "per_unit", "ideas", "parts"),
        (Slider("aggressiveness", "a"), Slider("uncertainty", "ab")),
        crosses=True,
    ),
    Lesson(
        "time",
        1,
        "seed=0&a.stance=trusting&b.stance=aggressive",
        {"transaction_time_share": 1, "suppliers_trust_in_buyer": -1},
        ("transaction", "stack", "parts", "trust_cost"),
        (Slider("aggressiveness", "b"), Slider("uncertainty", "ab")),
    ),
    Lesson(
        "ideas",
        1,
        HARD_AND_SOFT,
        {"ideas_received": 1, "suppliers_trust_in_buyer": 1},
        ("ideas", "information", "disclosure", "phases_b"),
        (Slider("aggressiveness", "a"), Slider("candour", "b")),
    ),
    Lesson(
        "silence",
        0,
        f"{ALIKE}&a.candour=0.9&b.candour=0.1",
        {"serious_voiced": -1, "total_cost_per_unit": 1},
        ("per_unit", "parts", "phases_a", "phases_b"),
        (Slider("candour", "b"), Slider("practice_share", "b")),
    ),
    Lesson(
        "promises",
        1,
        f"{ALIKE}&a.over_promising=0&b.over_promising=1",
        {"promises_kept_share": -1, "trust_in_suppliers": -1},
        ("per_unit", "phases_a", "phases_b", "transaction"),
        (Slider("over_promising", "b"), Slider("practice_share", "b")),
    ),
    Lesson(
        "service",
        0,
        f"{ALIKE}&a.service_in_price_share=0&b.service_in_price_share=1",
        {"component_price": 1, "total_cost_per_unit": 1},
        ("parts", "stack", "per_unit", "cumulative"),
        (
            Slider("service_in_price_share", "b"),
            Slider("life_cycle_weight", "b"),
        ),
    ),
    Lesson(
        "storm",
        1,
        "seed=0&a.stance=trusting&a.uncertainty=0.05&b.stance=trusting&b.uncertainty=0.9",
        {"total_cost_per_unit": 1},
        ("per_unit", "parts", "cumulative", "phases_b"),
        (Slider("uncertainty", "b"), Slider("aggressiveness", "ab")),
    ),
    Lesson(
        "equipment",
        0,
        f"preset=capital_equipment&{HARD_AND_SOFT}",
        {"component_price": 1, "total_cost_per_unit": 1},
        ("per_unit", "stack", "parts", "cumulative"),
        (Slider("aggressiveness", "a"), Slider("uncertainty", "ab")),
    ),
    Lesson(
        "engineers",
        2,
        f"{ALIKE}&b.without=customer_time",
        {"suppliers_lost": 0},
        ("ideas", "per_unit", "parts", "phases_a"),
        (Slider("listening_effect", "a"), Slider("aggressiveness", "ab")),
    ),
    Lesson(
        "friends",
        2,
        f"{ALIKE}&a.personal_boundary=0&b.personal_boundary=1.5",
        {"personal_share": -1, "total_cost_per_unit": 0},
        ("per_unit", "ideas", "phases_a", "phases_b"),
        (Slider("personal_boundary", "b"), Slider("aggressiveness", "ab")),
    ),
    Lesson(
        "cause",
        0,
        f"{ALIKE}&a.clamped_trust=0.8&b.clamped_trust=0.2",
        {"ideas_received": -1, "total_cost_per_unit": 1},
        ("parts", "stack", "ideas", "transaction"),
        (Slider("clamped_trust", "a"), Slider("aggressiveness", "ab")),
    ),
)


def lesson(key: str) -> Lesson:
    """The lesson of a key.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> lesson("price").right
    0
    """
    known("lesson", [key], [one.key for one in LESSONS])
    return next(one for one in LESSONS if one.key == key)
