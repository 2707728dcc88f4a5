"""A class plays: rules of the room, without a browser or a server."""

import csv
import io

import pytest

from relsim.io.errors import InputError
from relsim.play.decisions import Decisions
from relsim.play.game import Game
from relsim.play.ghosts import ghost
from relsim.play.refusals import RefusedError
from relsim.play.room import Room
from relsim.play.rounds import ROUNDS, Market
from relsim.play.scenarios import SCENARIOS, YEARS
from relsim.play.students import LETTERS

COST = "total_cost_per_unit"
PRESS = {"default": {"bargain": "press", "disclose": "guarded"}}
TRUST = {"default": {"bargain": "trust", "disclose": "open"}}


def play(room, tokens, given, years=YEARS):
    for _ in range(years):
        year = room.news["year"]
        for token in tokens:
            room.decide(token, year, given[token])


@pytest.fixture(scope="module")
def fair():
    """A whole fair round of three, of which one drops out after the first year."""
    room = Room(seed=5)
    tokens = [room.join(name) for name in ("Ada", "Bo", "Cy")]
    given = dict(zip(tokens, (PRESS, TRUST, TRUST), strict=True))
    room.guess(tokens[0], "trusting")
    room.guess(tokens[1], "aggressive")
    room.next()
    play(room, tokens, given, 1)
    while room.news["phase"] == "year":
        for token in tokens[:2]:
            room.decide(token, room.news["year"], given[token])
        if room.news["phase"] == "year":
            room.next()
    room.next()
    return room, tokens


def test_a_fair_round_gives_what_the_game_gives(fair):
    """Everybody's difference is that of the game replayed from the table, to the bit."""
    room, _ = fair
    rows = list(csv.DictReader(io.StringIO(room.table())))
    assert [row["name"] for row in rows] == ["Ada", "Bo", "Cy"]
    assert [row["years_decided"] for row in rows] == ["10", "10", "1"]
    for row in rows:
        game = Game.from_link(f"1~{row['scenario']}~{row['seed']}~8~0.{row['decisions']}")
        twin = ghost(game, "neutral")
        assert game.year == YEARS
        assert float(row["cost"]) == game.measures()[COST]
        assert float(row["difference"]) == game.measures()[COST] - twin.measures()[COST]


def test_who_drops_out_is_played_on_by_the_last_decisions(fair):
    room, _ = fair
    _, bo, cy = room.projector()["reveal"]["dots"]
    assert (bo["trust"], bo["difference"]) == (cy["trust"], cy["difference"])


def test_the_reveal_has_dots_ghosts_and_guesses(fair):
    room, tokens = fair
    shown = room.projector()["reveal"]
    assert [each["stance"] for each in shown["ghosts"]] == ["aggressive", "trusting"]
    assert shown["guesses"] == {"aggressive": 1, "neutral": 0, "trusting": 1}
    mine = room.view(tokens[0])["score"]
    assert mine["cost"] - mine["twin"] == shown["dots"][0]["difference"]
    # What a phone says adds up as it is shown, and the wall counts by what phones say.
    scores = [room.view(token)["score"] for token in tokens]
    for one in scores:
        gap = round(one["cost"], 1) - round(one["twin"], 1)
        assert one["difference"] == pytest.approx(gap, abs=1e-9)
    assert shown["cheaper"] == sum(one["difference"] < 0.0 for one in scores)


def test_hidden_names_are_nowhere(fair):
    room, _ = fair
    room.hide(True)
    told = f"{room.projector()}{room.table()}"
    room.hide(False)
    assert not any(name in told for name in ("Ada", "Bo'", "Bo,", "Cy"))
    assert "Ada" in room.table()


def test_until_the_reveal_the_projector_has_only_how_many_have_decided():
    room = Room(seed=1)
    ada, bo = room.join("Ada"), room.join("Bo")
    room.guess(ada, "trusting")
    room.next()
    room.decide(ada, 1, TRUST)
    shown = room.projector()
    assert (shown["decided"], shown["students"]) == (1, 2)
    assert shown["reveal"] is None
    assert "trust" not in str(shown)
    assert room.view(bo)["has_decided"] is False
    assert room.view(ada)["desk"]["decided"]["default"]["bargain"] == "trust"


def test_one_market_is_shared():
    """What one decides changes what another pays; its replay gives everybody's numbers."""

    def cost(others):
        room = Room(seed=2)
        tokens = [room.join(f"s{number}") for number in range(6)]
        room._begin_round(2)
        room.next()
        given = dict.fromkeys(tokens, others) | {tokens[0]: TRUST}
        play(room, tokens, given, 3)
        return room, room.view(tokens[0])["desk"]

    room, among_friends = cost(TRUST)
    _, among_enemies = cost(PRESS)
    assert room.kind == Market.kind
    assert "link" not in among_friends
    assert among_friends["series"][COST] != among_enemies["series"][COST]


def test_the_twin_in_a_market_is_the_ghost_of_the_whole_game():
    """Whatever the others decide, also on suppliers that they have in one of the two only."""
    played = Market("turbulent", 4, range(4))
    for _ in range(YEARS):
        decided = {0: Decisions.read(TRUST), 1: Decisions.read(PRESS)}
        for student in (2, 3):
            game, buyer = played.game(student)
            first, *_, last = game.firms(buyer)
            single = {str(first): {"order": "drop"}, str(last): {"bargain": "trust"}}
            decided[student] = Decisions.read({**PRESS, "suppliers": single})
        played.advance(decided)
    while played.catch_up():
        pass
    game, buyer = played.game(0)
    twin = ghost(game, "neutral", buyer)
    dots = played.dots()
    assert dots[0].twin == twin.measures(buyer)[COST]
    assert dots[0].cost == game.measures(buyer)[COST]
    assert set(played.ghost_dots()) == {"aggressive", "trusting"}
    assert any(game.decided[2][9].suppliers.keys() - set(twin.firms(2)))


def test_who_never_decides_is_the_own_twin():
    played = Market("usual", 4, range(2))
    for _ in range(3):
        played.advance({0: Decisions.read(PRESS)})
    while played.catch_up():
        pass
    assert played.dots()[1].difference == 0.0
    assert played.dots()[0].difference != 0.0


def test_who_comes_late_plays_from_the_year_that_is():
    room = Room(seed=1)
    ada = room.join("Ada")
    room.next()
    room.decide(ada, 1, TRUST)
    late = room.join("Late")
    assert room.view(late)["desk"]["year"] == 1
    room.decide(late, 2, TRUST)
    room.decide(ada, 2, TRUST)
    assert room.news["year"] == 3


def test_rounds_follow_each_other_and_a_flip_changes_the_market():
    room = Room(seed=1)
    token = room.join("Ada")
    seen = []
    for _ in range(2):
        seen.append((room.news["kind"], room.news["scenario"]))
        room.next()
        room.reveal()
        room.next()
    room.flip("opportunists")
    assert seen == list(ROUNDS[:2])
    assert (room.news["round"], room.news["kind"]) == (3, "market")
    assert room.news["scenario"] == "opportunists"
    assert room.view(token)["desk"] is None
    assert room.table().count("\n") == 3
    room.next()
    with pytest.raises(RefusedError, match="between rounds"):
        room.flip("commodity")


def test_a_room_that_has_gone_on_is_not_sent_on_once_more():
    room = Room(seed=3)
    token = room.join("Ada")
    room.next([1, "guess", 0])
    seen = [1, "year", 1]
    assert [room.news[name] for name in ("round", "phase", "year")] == seen
    # The last student decides while the lecturer's tap is on its way.
    room.decide(token, 1, {"default": {}, "suppliers": {}})
    room.next(seen)
    assert room.news["year"] == 2
    room.next([1, "year", 2])
    assert room.news["year"] == 3
    while room.news["phase"] == "year":
        seen = [1, "year", room.news["year"]]
        room.next()
    room.next(seen)
    assert room.news["phase"] == "over"


def test_the_same_market_chosen_again_forgets_no_guess():
    room = Room(seed=3)
    token = room.join("Ada")
    room.guess(token, "trusting")
    room.flip(room.news["scenario"])
    assert room.news["guessed"] == 1
    room.flip(next(one for one in SCENARIOS if one != room.news["scenario"]))
    assert room.news["guessed"] == 0


def test_a_year_that_failed_for_one_passes_for_all_when_it_is_tried_again(monkeypatch):
    room = Room(seed=3)
    tokens = [room.join(name) for name in ("Ada", "Bo", "Cy")]
    room.next()
    failing = room._seat(room.students.of(tokens[1]))[0]
    usual = failing.advance
    monkeypatch.setattr(failing, "advance", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        room.next()
    monkeypatch.setattr(failing, "advance", usual)
    room.next()
    years = {room._seat(room.students.of(token))[0].year for token in tokens}
    assert (years, room.news["year"]) == ({1}, 2)


def test_answers_to_a_question_are_counted_and_then_shown():
    room = Room(seed=1)
    tokens = [room.join(f"s{number}") for number in range(3)]
    room.ask("hard_and_soft", 3)
    for token, option in zip(tokens, (0, 2, 2), strict=True):
        room.answer(token, "hard_and_soft", option)
    assert room.projector()["answers"] is None
    room.show_answers()
    assert room.projector()["answers"] == [1, 0, 2]
    with pytest.raises(RefusedError, match="gone on"):
        room.answer(tokens[0], "hard_and_soft", 1)


@pytest.mark.quick
def test_codes_are_plain_and_differ():
    codes = {Room(seed=1).code for _ in range(100)}
    assert len(codes) == 100
    assert all(set(code) <= set(LETTERS) and len(code) == 6 for code in codes)
    room = Room(seed=1)
    for key in (None, "", room.code, room.key[:-1], 5, "\u00e9"):
        with pytest.raises(RefusedError, match="Only the lecturer"):
            room.check_key(key)
    room.check_key(room.key)


def test_forged_decisions_change_nothing():
    room = Room(seed=1)
    ada, _ = room.join("Ada"), room.join("Bo")
    with pytest.raises(RefusedError, match="gone on"):
        room.decide(ada, 1, TRUST)
    room.next()
    for token, year, given, why in [
        ("someone", 1, TRUST, "does not know"),
        (None, 1, TRUST, "does not know"),
        (ada, 2, TRUST, "gone on"),
        (ada, True, TRUST, "gone on"),
        (ada, "1", TRUST, "gone on"),
        (ada, 1, {"default": {"bargain": "free"}}, "option of bargain"),
        (ada, 1, {"suppliers": {"9999": {"order": "less"}}}, "allowed is one of"),
        (ada, 1, {"cost": 1.0}, "unknown part of decisions"),
        (ada, 1, [TRUST], "allowed is a mapping"),
    ]:
        with pytest.raises(InputError, match=why):
            room.decide(token, year, given)
    assert room.news["decided"] == 0
