"""Who is in a class: names, and those whom the lecturer removes."""

import csv
import io

import pytest
from test_room import PRESS, TRUST, play

from relsim.play.refusals import RefusedError
from relsim.play.room import Room
from relsim.play.rounds import MOST_STUDENTS


def test_who_is_removed_counts_nowhere_and_may_do_nothing():
    room = Room(seed=5)
    tokens = [room.join(name) for name in ("Ada", "Bo", "Cy")]
    for token in tokens:
        room.guess(token, "trusting")
    room.next()
    room.decide(tokens[0], 1, TRUST)
    room.decide(tokens[1], 1, PRESS)
    room.remove(2)
    # The last who had not decided is gone: the year has passed.
    assert (room.news["students"], room.news["guessed"], room.news["year"]) == (2, 2, 2)
    for act in (
        lambda: room.decide(tokens[2], 2, TRUST),
        lambda: room.guess(tokens[2], "neutral"),
        lambda: room.answer(tokens[2], "price", 0),
        lambda: room.view(tokens[2]),
    ):
        with pytest.raises(RefusedError, match="has removed you"):
            act()
    room.reveal()
    room.remove(1)
    shown = room.projector()
    assert [dot["name"] for dot in shown["reveal"]["dots"]] == shown["names"] == ["Ada"]
    assert shown["reveal"]["guesses"]["trusting"] == 1
    assert [row["name"] for row in csv.DictReader(io.StringIO(room.table()))] == ["Ada"]
    # The nickname is free, the number is not: it stands in tables that were saved before.
    again = room.join("Cy")
    assert room.view(again)["number"] == 4
    with pytest.raises(RefusedError, match="not here any more"):
        room.remove(2)


def test_in_one_market_a_removed_firm_is_played_on_as_that_of_who_is_away():
    def cost(removed):
        room = Room(seed=2)
        ada, bo = room.join("Ada"), room.join("Bo")
        room._begin_round(2)
        room.next()
        play(room, (ada, bo), {ada: TRUST, bo: PRESS}, 1)
        if removed:
            room.remove(1)
        for _ in range(2):
            room.next()
        room.decide(ada, 4, TRUST)
        if not removed:
            room.next()
        return room.view(ada)["desk"]

    assert cost(removed=True) == cost(removed=False)


NAMES = ["", "   ", "<b>x</b>", "=1+1", "a" * 21, "a" * 1_000_000, None, 7, "a\u0336", "\u202eabc"]


@pytest.mark.quick
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("D\u2019Angelo", "D'Angelo"),
        ("Jean\u2013Luc", "Jean-Luc"),
        ("\u0928\u0947\u0939\u093e", "\u0928\u0947\u0939\u093e"),
        ("Jose\u0301", "Jos\xe9"),
    ],
)
def test_names_as_phones_write_them_are_taken(typed, shown):
    room = Room(seed=1)
    assert room.view(room.join(typed))["name"] == shown


@pytest.mark.quick
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_names_are_short_and_plain(name):
    room = Room(seed=1)
    with pytest.raises(RefusedError, match="1 to 20 letters"):
        room.join(name)
    assert room.news["students"] == 0


@pytest.mark.quick
def test_a_name_is_taken_once_and_the_room_has_an_end():
    room = Room(seed=1)
    for number in range(MOST_STUDENTS):
        room.join(f"n{number}")
    with pytest.raises(RefusedError, match="called N5 already"):
        room.join("N5")
    with pytest.raises(RefusedError, match="full"):
        room.join("one more")
