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
SHAPES = ("short", "long", "bun", "bald", "curly")
GLASSES = ("none", "round", "square")


class Face(NamedTuple):
    """What a page draws: a few features."""

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


def portrait(firm: int) -> str:
    """A face as SVG, 100 by 100; without words, for the name stands beside it."""
    face = face_of(firm)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" aria-hidden="true">',
        *_hair_behind(face),
        f'<path d="M12 100 Q14 76 50 76 Q86 76 88 100 Z" fill="{face.clothes}"/>',
        f'<rect x="42" y="62" width="16" height="18" rx="6" fill="{face.skin}"/>',
        f'<ellipse cx="50" cy="46" rx="22" ry="26" fill="{face.skin}"/>',
        *_hair_before(face),
        *(
            f'<circle cx="{x}" cy="46" r="{radius}" fill="{colour}"/>'
            for x in (42, 58)
            for radius, colour in ((4.2, "#fff"), (2.6, "#222"))
        ),
        '<path d="M43 60 Q50 64 57 60" stroke="#5a2a2a" stroke-width="2.4" fill="none"/>',
    ]
    if face.beard:
        parts.append(
            f'<path d="M30 52 Q32 74 50 74 Q68 74 70 52 Q64 58 50 57 Q36 58 30 52 Z" '
            f'fill="{face.hair}"/>'
            '<path d="M44 63 Q50 66 56 63" stroke="#5a2a2a" stroke-width="2.4" fill="none"/>'
        )
    if face.glasses != "none":
        radius = 7 if face.glasses == "round" else 2
        parts += [
            f'<rect x="{x}" y="39" width="14" height="14" rx="{radius}" fill="none" '
            'stroke="#222" stroke-width="2"/>'
            for x in (35, 51)
        ]
    return "".join([*parts, "</svg>"])


def _hair_behind(face: Face) -> list[str]:
    if face.shape == "long":
        return [f'<path d="M25 44 Q24 14 50 14 Q76 14 75 44 L77 80 L23 80 Z" fill="{face.hair}"/>']
    if face.shape == "bun":
        return [f'<circle cx="50" cy="15" r="10" fill="{face.hair}"/>']
    if face.shape == "curly":
        places = ((30, 30), (38, 21), (50, 17), (62, 21), (70, 30), (27, 41), (73, 41))
        return [f'<circle cx="{x}" cy="{y}" r="10" fill="{face.hair}"/>' for x, y in places]
    return []


def _hair_before(face: Face) -> list[str]:
    if face.shape == "bald":
        return []
    return [
        f'<path d="M28 42 Q27 18 50 18 Q73 18 72 42 Q66 30 50 29 Q34 30 28 42 Z" '
        f'fill="{face.hair}"/>'
    ]
