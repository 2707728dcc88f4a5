"""A game replays to the bit, ends, and refuses what is no game."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import relsim
from relsim.io.errors import InputError
from relsim.model.observation import COST_PARTS
from relsim.play import digest
from relsim.play.debrief import debrief, differences
from relsim.play.decisions import FOR_ALL, OPTIONS, Choice, Decisions
from relsim.play.digest import KINDS, MOST, MOST_OF_ONE, inbox
from relsim.play.game import STANCES, Game
from relsim.play.ghosts import ghost, ghosts
from relsim.play.scenarios import SCENARIOS
from relsim.play.series import SHOWN
from relsim.play.view import result, view

COST = "total_cost_per_unit"
PRESS, FAIR, TRUST = (Decisions(Choice(bargain=how)) for how in ("press", "fair", "trust"))

for_all = st.builds(Choice, **{name: st.sampled_from(options) for name, options in FOR_ALL.items()})
for_one = st.builds(Choice, **{name: st.sampled_from(options) for name, options in OPTIONS.items()})


def played(scenario="usual", seed=5, years=(PRESS,) * 3):
    return Game(scenario, seed, {0: years})


def same(one: Game, other: Game, player: int = 0) -> bool:
    """Whether all that is kept of two games is the same, bit by bit."""
    return all(
        getattr(one, what)(player).tobytes() == getattr(other, what)(player).tobytes()
        for what in ("records", "ledgers", "spells")
    )


def mixed(game: Game, year: int) -> Decisions:
    """Other decisions each year, some for single suppliers."""
    firms = game.firms(0)
    return Decisions(
        Choice(("press", "fair", "trust")[year % 3], inspect=OPTIONS["inspect"][year % 3]),
        {
            firms[0]: Choice("trust", disclose="open", order="more", confided="keep"),
            firms[-1]: Choice("press", disclose="guarded", order="drop", confided="leverage"),
        },
    )


@pytest.fixture(scope="module")
def finished() -> Game:
    game = Game("usual", 11)
    while not game.is_over:
        game.advance(mixed(game, game.year))
    return game


def test_a_link_replays_to_the_bit(finished):
    again = Game.from_link(finished.link)
    assert same(finished, again)
    assert again.link == finished.link
    assert len(finished.link) < 500


def test_a_rewound_game_knows_nothing_of_what_followed(finished):
    back = finished.rewind(4)
    assert back.records().tobytes() == finished.records()[:48].tobytes()
    assert len(back.series()[COST]) == 48
    assert inbox(back) == inbox(finished, year=4)
    months = np.asarray(view(back)["series"][COST], float)
    assert np.array_equal(months, np.asarray(finished.series()[COST][:48], float))


def test_other_decisions_change_only_what_follows(finished):
    back = finished.rewind(4)
    back.advance(TRUST)
    assert back.records()[:48].tobytes() == finished.records()[:48].tobytes()
    assert back.records()[48:].tobytes() != finished.records()[48:60].tobytes()


def test_ends_after_ten_years(finished):
    with pytest.raises(InputError, match="allowed are 10 years"):
        finished.advance(FAIR)


@pytest.mark.parametrize("stance", STANCES)
def test_a_ghost_is_the_run_of_that_stance(stance):
    game = Game("ideas", 3, {0: (PRESS,) * 10})
    line = [STANCES[stance], *[0.5] * 7]
    run = relsim.simulate(game.scenario.parameters().with_values(aggressiveness=line), 3)
    twin = ghost(game, stance)
    assert twin.ledgers()[-1:].tobytes() == run.buyer_ledgers[:1].tobytes()
    assert twin.measures()[COST] == run.buyers[COST][0]


@pytest.mark.parametrize(
    ("decisions", "stance"), [(PRESS, "aggressive"), (FAIR, "neutral"), (TRUST, "trusting")]
)
@pytest.mark.parametrize("scenario", ["usual", "short_horizons"])
def test_who_decides_as_a_stance_does_is_its_ghost(decisions, stance, scenario):
    """Taking steps supplier by supplier, without a choice, is taking the model's steps."""
    game = Game(scenario, 8, {0: (decisions,) * 10})
    assert same(game, ghost(game, stance))


def test_several_play_one_market():
    """A player's numbers depend on what the others decide; a game of both replays."""
    together = Game("usual", 2, {0: (TRUST,) * 4, 5: (PRESS,) * 4}, buyers=12)
    alone = Game("usual", 2, {0: (TRUST,) * 4}, buyers=12)
    assert same(together, Game.from_link(together.link), 5)
    assert together.series(0) != alone.series(0)
    twin = ghost(together, "trusting", 0)
    assert same(twin, together, 0)


def test_who_is_not_decided_on_goes_on_as_before():
    game = Game("usual", 2, {0: (TRUST,), 5: (PRESS,)})
    game.advance({0: PRESS})
    assert game.decided == {0: (TRUST, PRESS), 5: (PRESS, PRESS)}


@pytest.mark.parametrize(
    ("forged", "why"),
    [
        ("", "allowed is rules~scenario~seed~buyers~player"),
        ("2~usual~1~8~0.fuuuu", "rules 2: allowed is 1"),
        ("1~usua~1~8~0.fuuuu", "did you mean 'usual'"),
        ("1~usual~-1~8~0.fuuuu", "seed = -1: allowed is a whole number"),
        ("1~usual~99999999999999999~8~0.fuuuu", "allowed is a whole number"),
        ("1~usual~1_0~8~0.fuuuu", "seed = 1_0: allowed is a whole number"),
        ("1~usual~\u0661~8~0.fuuuu", "allowed is a whole number"),
        ("1~usual~1~8~x.fuuuu", "player = x: allowed is a whole number"),
        ("1~usual~9999999999999999~8~0.fuuuu", r"0 to 2\*\*53 - 1"),
        ("1~usual~1~800~0.fuuuu", "buyers = 800: allowed is a number from 2 to 64"),
        ("1~usual~1~8~9.fuuuu", "player 9: allowed is the index of a buyer, 0 to 7"),
        ("1~usual~1~8~0.fuuuu~0.fuuuu", "player 0 is there twice"),
        ("1~usual~1~8~0.fuuuu~1.", "allowed are equally many"),
        ("1~usual~1~8~0.xuuuu", "letter of bargain 'x'"),
        ("1~usual~1~8~0.fuuu", "allowed are 5 letters"),
        ("1~usual~1~8~0.fuduu", "option of order for all suppliers 'drop'"),
        ("1~usual~1~8~0.fuuuu-99.puuuu", "supplier 99 of player 0: allowed is one of"),
        ("1~usual~1~8~0.fuuuu-x.puuuu", "supplier x: allowed is the number of a firm"),
        ("1~usual~1~8~0.fuuuu-1.puuuu-1.tuuuu", "supplier 1 is decided on twice"),
        ("1~usual~1~8~0." + "fuuuu_" * 10 + "fuuuu", "11 years of decisions: allowed are 10"),
        ("1~usual~1~8~0." + "f" * 1_000_000, "allowed is rules~scenario"),
        (None, "allowed is rules~scenario"),
        ("1~usual~1~8~" + "~".join(f"{b}.fuuuu" for b in range(200)), "allowed|twice"),
    ],
)
def test_a_forged_link_is_refused_in_one_line(forged, why):
    with pytest.raises(InputError, match=why) as error:
        Game.from_link(forged)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 600


@pytest.mark.quick
@pytest.mark.parametrize(
    ("forged", "why"),
    [
        (None, "decisions = None: allowed is a mapping"),
        ({"default": "press"}, "decisions for a supplier = 'press': allowed is a mapping"),
        ({"default": {"price": "low"}}, "unknown decision 'price'"),
        ({"default": {"bargain": ["press"]}}, "unknown option of bargain"),
        ({"default": {"order": "more"}}, "option of order for all suppliers"),
        ({"suppliers": {"-1": {}}}, "supplier -1: allowed is the number of a firm"),
        ({"suppliers": {str(n): {} for n in range(99)}}, "allowed are 64 at most"),
        ({"years": []}, "unknown part of decisions 'years'"),
    ],
)
def test_forged_decisions_are_refused_in_one_line(forged, why):
    with pytest.raises(InputError, match=why) as error:
        Decisions.read(forged)
    assert "\n" not in str(error.value)


@pytest.mark.quick
@given(for_all, st.dictionaries(st.integers(0, 999), for_one, max_size=6))
def test_decisions_are_read_as_they_were_written(default, suppliers):
    decisions = Decisions(default, suppliers)
    assert Decisions.decode(decisions.code) == decisions
    assert Decisions.read(json.loads(json.dumps(decisions.written()))) == decisions


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(list(SCENARIOS)), st.integers(0, 2**53 - 1))
def test_whatever_is_decided_can_be_shown(data, scenario, seed):
    """Random decisions: all that a page needs is there, within bounds, and of the past alone."""
    game = Game(scenario, seed)
    for _ in range(10):
        single = (
            data.draw(st.dictionaries(st.sampled_from(game.firms()), for_one))
            if (game.firms())
            else {}
        )
        game.advance(Decisions(data.draw(for_all), single))
        seen = view(game, language="it")
        assert json.loads(json.dumps(seen, allow_nan=False)) == seen
        assert {len(line) for line in seen["series"].values()} == {12 * game.year}
        assert not any(name in json.dumps(seen) for name in ("partner_minded", 'opportunist"'))
        for each in seen["suppliers"]:
            assert 0.0 <= each["trust"] <= 1.0
            assert 0.0 <= each["share"] <= 1.0
            assert each["price"] >= 0.0
        check_inbox(inbox(game), game)
    ended = result(game)
    assert json.loads(json.dumps(ended, allow_nan=False)) == ended
    assert same(game, Game.from_link(game.link))


def check_inbox(messages, game):
    """The stated rule: few messages, of known kinds, in their order."""
    assert len(messages) <= MOST
    places = [KINDS.index(message.kind) for message in messages]
    assert places == sorted(places)
    for message in messages:
        of_one = [each for each in messages if each.supplier == message.supplier]
        assert len(of_one) <= MOST_OF_ONE


def test_messages_have_the_numbers_of_the_records(finished):
    """Ideas and extras that are told of are those that the records sum up to."""
    found = 0
    for year in range(1, 11):
        records = finished.records()[12 * (year - 1) : 12 * year]
        for message in inbox(finished, year=year):
            mine = records[records["firm"] == message.supplier]
            if message.kind == "ideas_offered":
                assert message.values["count"] == mine["ideas_received"].sum()
                found += 1
            if message.kind == "extras_found":
                caught = mine["exploited_by_seller"] > 0.0
                assert message.values["extras"] == pytest.approx(mine["extras"][caught].sum())
            if message.kind == "promise_broken":
                assert message.values["count"] == (mine["promise_outcome"] < 0.0).sum()
    assert found > 0


def test_letters_and_cards_say_alike_what_binds(monkeypatch):
    """Also where a broken promise has set free before the contract ends; of all letters."""
    monkeypatch.setattr(digest, "MOST", 99)
    monkeypatch.setattr(digest, "MOST_OF_ONE", 99)
    met = set()
    for seed in range(4):
        game = Game("opportunists", seed)
        while not game.is_over:
            seen = view(game, language="en")
            cards = {each["firm"]: each["binding"] for each in seen["suppliers"]}
            for letter in seen["inbox"]:
                if letter["kind"] in ("terms", "quote") and letter["supplier"] in cards:
                    said = cards[letter["supplier"]]
                    assert letter["text"].endswith(f". {said}.")
                    met.add((letter["kind"], said.partition(":")[0]))
            free = {name for name, said in cards.items() if "leave" in said}
            for each in game.buyer().relationships:
                bound = each.contract_end > 12 * game.year and each.promise_outcome != "broken"
                assert (int(each.firm) in free) != bound
            game.advance()
    promise = "Promise broken"
    assert {("terms", promise), ("quote", promise), ("quote", "Contract")} <= met


def test_parts_of_the_debrief_add_up(finished):
    twins = ghosts(finished)
    for twin in twins.values():
        mine, other = finished.measures(), twin.measures()
        more = differences(mine, other)
        assert sum(more.values()) == pytest.approx(mine[COST] - other[COST])
        assert list(more) == list(COST_PARTS)
    first, second, third = debrief(finished, twins)
    assert first["values"]["cost"] == finished.measures()[COST]
    assert second["key"] in ("ghost_cheaper", "ghost_dearer", "ghost_even")
    assert third["key"] in ("stopped", "nobody_stopped")


def test_the_result_reveals_and_the_desk_does_not(finished):
    with pytest.raises(InputError, match="allowed is a result after year 10"):
        result(finished.rewind(9))
    ended = result(finished)
    salespeople = relsim.simulate(finished.scenario.parameters(), 11).salespeople
    for each in ended["suppliers"]:
        assert each["stance"] == salespeople["stance"][each["firm"] % len(salespeople)]
    assert set(ended["you"]["series"]) == {*SHOWN, "cost_so_far"}


def test_the_cost_so_far_ends_at_the_cost(finished):
    assert finished.series()["cost_so_far"][-1] == pytest.approx(finished.measures()[COST])
