"""Who the suppliers are to a player: a name and a face by the number of their firm.

Neither tells anything of the supplier: both follow from the number alone.
"""

from __future__ import annotations

from typing import NamedTuple

NAMES = (
    "Bruna", "Otto", "Mila", "Aldo", "Greta", "Ivan", "Nora", "Paolo", "Rosa", "Emil",
    "Carla", "Hugo", "Lena", "Dario", "Ines", "Max", "Vera", "Nico", "Olga", "Leo",
    "Tessa", "Bruno", "Alma", "Sven", "Marta", "Felix", "Irma", "Luca", "Edda", "Jonas",
    "Clara", "Rino", "Petra", "Arno", "Lidia", "Oskar", "Gina", "Theo", "Silva", "Karl",
)  # fmt: skip
"""Short names that are read alike in many languages."""

SKIN = ("#f6d3b5", "#e3ab7f", "#c4875a", "#96603a", "#6d4429")
HAIR = ("#2b2320", "#6b4226", "#b5803f", "#d9c08a", "#8a8d91")
CLOTHES = ("#1f6f8b", "#8b3a62", "#4d7a3a", "#a35b1f", "#4a4f8f", "#7a6a1f")
GLASSES = ("none", "round", "square")


class Face(NamedTuple):
    """What a page draws: a few features.

    ``shape`` is that of the hair: short, long, bun, bald or curly.
    """

    skin: str
    hair: str
    clothes: str
    shape: str
    glasses: str
    beard: bool


def name_of(firm: int) -> str:
    """Name of the person who sells for a firm; of later firms with a number.

    >>> name_of(0), name_of(41)
    ('Bruna', 'Otto 2')
    """
    again, place = divmod(firm, len(NAMES))
    return NAMES[place] if not again else f"{NAMES[place]} {again + 1}"


def face_of(firm: int) -> Face:
    """Features of a firm's salesperson.

    >>> face_of(0) == face_of(0), face_of(0) == face_of(1)
    (True, False)
    """
    # Strides without a common factor with the counts: neighbours look unlike.
    step = firm + 1
    return Face(
        skin=SKIN[(step * 3) % len(SKIN)],
        hair=HAIR[(step * 2 + step // 5) % len(HAIR)],
        clothes=CLOTHES[(step * 5 + step // 6) % len(CLOTHES)],
        shape=_shape(firm),
        glasses=GLASSES[(step + step // 3) % len(GLASSES)],
        beard=firm % 2 == 1 and step % 3 == 0,
    )


def _shape(firm: int) -> str:
    """Hair: names that end in a have the even numbers, as listed."""
    shapes = ("long", "bun", "curly") if firm % 2 == 0 else ("short", "bald", "curly")
    return shapes[(firm // 2) % len(shapes)]
