"""What a debrief says of a difference adds up to it, as it is written and as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relsim.model.observation import COST_PARTS
from relsim.play.catalogue import LANGUAGES, words
from relsim.play.debrief import COST, DEDUCTED, MOST_NAMED, _against_ghost, debrief, differences
from relsim.play.game import Game
from relsim.play.ghosts import ghosts
from relsim.play.view import _sentence

pytestmark = pytest.mark.quick

SIGNS = {
    "en": {"less": 1, "more": -1, "favour": -1, "Against": 1, "against": 1},
    "it": {"in meno": 1, "in più": -1, "favore": -1, "sfavore": 1},
}
NUMBER = re.compile(r"\d+[.,]\d")
ONE_ROUNDING = 0.05 + 1e-9


def measured(**parts: float) -> dict[str, float]:
    """Measures of a player with these parts of the cost, 10 each of those that are not given."""
    found = {**dict.fromkeys(COST_PARTS, 10.0), **parts}
    savings = found[DEDUCTED]
    return {**found, COST: sum(found.values()) - 2.0 * savings}


def amount(text: str) -> float:
    return sum(float(each.replace(",", ".")) for each in NUMBER.findall(text))


def check(text: str, language: str) -> None:
    """The first sentence says by how much one paid more, the others in what."""
    first, *others = re.split(r"(?<=\.) ", text)
    signs = SIGNS[language]
    whole = sum(sign * amount(first) for word, sign in signs.items() if word in first.split(":")[0])
    said = 0.0
    for each in others:
        (sign,) = {sign for word, sign in signs.items() if re.search(rf"(?<!\w){word}(?!\w)", each)}
        said += sign * amount(each)
    assert said == pytest.approx(whole, abs=1e-9), text


costs = st.lists(st.floats(0.0, 30.0), min_size=len(COST_PARTS), max_size=len(COST_PARTS))


@given(costs, costs)
def test_what_is_said_adds_up(own: list[float], others: list[float]) -> None:
    mine, other = (measured(**dict(zip(COST_PARTS, each, strict=True))) for each in (own, others))
    each = _against_ghost(mine, other, "trusting")
    for language in LANGUAGES:
        check(_sentence(each, words(language))["text"], language)
    values = each["values"]
    named = [*values["favour"], *values["against"]]
    assert len(named) <= MOST_NAMED
    # What is written is off the truth by no more than its roundings.
    truth = differences(mine, other)
    left = sum(truth[part] for part in COST_PARTS if part not in named)
    assert abs(values["rest"] - left) <= (len(named) + 2) * ONE_ROUNDING
    for side, sign in (("favour", -1), ("against", 1)):
        for part, said in values[side].items():
            assert said > 0.0
            assert abs(sign * said - truth[part]) <= ONE_ROUNDING


def test_a_dear_game_says_where_it_was_dear() -> None:
    """A lower price and fewer ideas alone would leave one ahead: the others must be said."""
    mine = measured(
        component_price=9.2,
        idea_savings_per_unit=9.4,
        failure_per_unit=10.9,
        haggling_per_unit=10.5,
    )
    told = _sentence(_against_ghost(mine, measured(), "trusting"), words("en"))["text"]
    assert told == (
        "Always trusting would have cost 1.2 less a unit. In your favour: price (0.8). "
        "Against you: problems (0.9), suppliers' ideas (0.6). "
        "All other items together: 0.5 against you."
    )


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({}, "Always pressing would have cost as much as you paid."),
        (
            {"inspection_per_unit": 9.7},
            "Always pressing would have cost 0.3 more a unit. In your favour: inspection (0.3).",
        ),
        (
            dict.fromkeys(COST_PARTS[:-1], 10.04),
            "Always pressing would have cost 0.4 less a unit. "
            "All other items together: 0.4 against you.",
        ),
    ],
)
def test_what_is_nothing_is_not_said(parts: dict[str, float], text: str) -> None:
    each = _against_ghost(measured(**parts), measured(), "aggressive")
    assert _sentence(each, words("en"))["text"] == text


@pytest.mark.parametrize("scenario", ["usual", "commodity"])
def test_the_debrief_of_a_game_adds_up(scenario: str) -> None:
    game = Game(scenario, 4)
    while not game.is_over:
        game.advance()
    for language in LANGUAGES:
        check(_sentence(debrief(game, ghosts(game))[1], words(language))["text"], language)
