"""A number of those who have answered can become complete, whoever has closed a page."""

import pytest

from relsim.play.room import Room

TRUST = {"default": {"bargain": "trust"}}


@pytest.fixture
def room():
    room = Room(seed=5)
    room.tokens = [room.join(name) for name in ("Ada", "Bo", "Cy", "Di")]
    return room


def counts(room, *names):
    return tuple(room.news[name] for name in names)


def test_who_is_away_is_not_waited_for_and_counts_again_on_coming_back(room):
    ada, bo, cy, di = room.tokens
    assert counts(room, "students", "here", "guessed", "guessing") == (4, 4, 0, 4)
    room.guess(di, "trusting")
    room.attend({ada, bo})
    # What Di has said counts, though her phone is away.
    assert counts(room, "students", "here", "guessed", "guessing") == (4, 2, 1, 3)
    room.attend({ada, bo, cy})
    assert counts(room, "students", "here", "guessed", "guessing") == (4, 3, 1, 4)
    room.guess(ada, "neutral")
    room.guess(bo, "neutral")
    room.guess(cy, "neutral")
    assert counts(room, "guessed", "guessing") == (4, 4)


def test_a_year_still_passes_only_when_all_have_decided(room):
    ada, bo, cy, di = room.tokens
    room.attend({ada, bo})
    room.next()
    room.decide(ada, 1, TRUST)
    room.decide(bo, 1, TRUST)
    assert counts(room, "year", "decided", "deciding") == (1, 2, 2)
    assert room.projector()["deciding"] == room.view(ada)["deciding"] == 2
    room.attend({ada, bo, cy, di})
    assert counts(room, "year", "decided", "deciding") == (1, 2, 4)
    room.decide(cy, 1, TRUST)
    room.decide(di, 1, TRUST)
    assert counts(room, "year", "decided", "deciding") == (2, 0, 4)


def test_a_question_is_answered_by_those_who_are_here(room):
    ada, bo, _, _ = room.tokens
    room.attend({ada, bo})
    room.ask("price")
    room.answer(ada, "price", 0)
    room.answer(bo, "price", 1)
    assert counts(room, "answered", "answering", "students") == (2, 2, 4)


def test_who_does_not_play_is_not_waited_for(room):
    """In one market there are as many firms as there were students when it began, or a few more."""
    room._begin_round(2)
    room.next()
    while room.view(late := room.join(f"Late {len(room.students)}"))["desk"]:
        pass
    assert room.view(late)["desk"] is None
    assert room.news["deciding"] == room.news["students"] - 1


def test_only_a_change_is_news(room):
    before = room.news["version"]
    room.attend({*room.tokens, "somebody else"})
    assert room.news["version"] == before
    room.attend(room.tokens[:1])
    assert room.news["version"] == before + 1
