"""Both catalogues say the same of the same, and have a sentence for all that happens."""

import string

import pytest

from relsim.io.errors import InputError
from relsim.model.observation import COST_PARTS
from relsim.model.state import PHASES
from relsim.play.catalogue import LANGUAGES, words
from relsim.play.characters import NAMES, face_of, name_of
from relsim.play.decisions import OPTIONS
from relsim.play.digest import KINDS
from relsim.play.game import STANCES
from relsim.play.scenarios import SCENARIOS
from relsim.play.scores import COLUMNS
from relsim.play.series import SHOWN

pytestmark = pytest.mark.quick


def named(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_catalogues_have_the_same_keys_and_values():
    english = words("en").sentences
    for language in LANGUAGES:
        other = words(language).sentences
        assert list(other) == list(english)
        for key, text in english.items():
            assert named(other[key]) == named(text), key


def test_everything_has_its_words():
    needed = {f"message.{kind}" for kind in (*KINDS, "terms")}
    needed |= {f"{name}.{option}" for name, options in OPTIONS.items() for option in options}
    needed |= {f"{table}.{key}" for table in ("scenario", "about") for key in SCENARIOS}
    needed |= {f"part.{part}" for part in COST_PARTS} | {f"ghost.{stance}" for stance in STANCES}
    needed |= {f"measure.{name}" for name in SHOWN}
    needed |= {f"phase.{phase}" for phase in PHASES}
    needed |= {f"column.{name}" for name in COLUMNS}
    assert needed <= set(words("en").sentences)


def test_titles_differ():
    for language in LANGUAGES:
        titles = [words(language)(f"scenario.{key}") for key in SCENARIOS]
        assert len(set(titles)) == len(titles)


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match="allowed: en, it"):
        words("de")
    with pytest.raises(InputError, match="unknown sentence"):
        words("en")("message.nothing")


def test_suppliers_can_be_told_apart():
    assert len(set(NAMES)) == len(NAMES)
    assert len({name_of(firm) for firm in range(200)}) == 200
    faces = [face_of(firm) for firm in range(12)]
    assert len(set(faces)) == len(faces)
