"""Whatever is refused is a whole sentence of the catalogues, in the language of who asked."""

import asyncio
import http.client
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from serving import classroom

from relsim.app import follow
from relsim.app.desk import MAX_LINK as LONGEST_GAME
from relsim.app.desk import Desk
from relsim.app.hall import MOST_ROOMS, Hall
from relsim.app.requests import MAX_BODY
from relsim.app.serve import MAX_LINK, opened, page_of
from relsim.app.texts import words as app_words
from relsim.io.errors import InputError
from relsim.play.catalogue import LANGUAGES, words
from relsim.play.refusals import RefusedError
from relsim.play.room import Room
from relsim.play.rounds import MOST_ROUNDS, MOST_STUDENTS
from relsim.play.scenarios import YEARS

START = "1~commodity~3~8~0."
OVER = START + "fuuuu" + "_" * (YEARS - 1)
STEAL = {"default": {"bargain": "steal"}}
LEFT = {"suppliers": {"99": {"order": "less"}}}

OF_LINKS = {
    "c.uncertainty=0.5": "link_name",
    "a.uncertanty=0.5": "link_name",
    "sead=1": "link_name",
    "b.uncertainty=7": "link_range",
    "b.uncertainty=lots": "link_range",
    "b.candour=nan": "link_range",
    "a.audit_interval=2.5": "link_whole",
    "a.stance=agressive": "link_value",
    "b.without=everything": "link_value",
    "preset=service": "link_value",
    "lesson=nothing": "link_value",
    "theme=pink": "link_value",
    "lang=de": "link_value",
    "seed=luck": "seed",
    "seed=-1": "seed",
    "seed=99999999999999999": "seed",
    "a.stance=loyal&a.aggressiveness=0.5": "link_stance",
    "a.contacts=3": "link_even",
    "a.salespeople=2": "link_market",
    "a.buyers=400": "link_size",
    "b.periods=60": "link_alike",
    "a.buyers=200&a.salespeople=200&a.suppliers_per_buyer=8": "link_size",
    "a" * (MAX_LINK + 1): "link_long",
}
"""Of the sandbox."""

OF_GAMES = [
    ("nothing", {}, "request"),
    ("view", [], "request"),
    ("view", {}, "request"),
    ("view", {"game": START, "score": 1}, "request"),
    ("view", {"game": None}, "game"),
    ("view", {"game": "x" * (LONGEST_GAME + 1)}, "game"),
    ("view", {"game": "1~comodity~3~8~0."}, "game"),
    ("view", {"game": START + "fuuu"}, "game"),
    ("view", {"game": "0~commodity~3~8~0."}, "rules"),
    ("new", {"scenario": "comodity"}, "scenario"),
    ("new", {"seed": "luck"}, "seed"),
    ("new", {"seed": -1}, "seed"),
    ("decide", {"game": START, "decisions": STEAL}, "decisions"),
    ("decide", {"game": START, "decisions": LEFT}, "decisions"),
    ("decide", {"game": OVER}, "over"),
    ("decide", {"game": START, "before": "x"}, "game"),
    ("rewind", {"game": START, "year": 1}, "year"),
    ("result", {"game": START}, "result"),
    ("result", {"game": OVER, "before": START}, "before"),
]
"""Of the game."""

OF_FOLLOWING = [
    ("", {}, "request"),
    ("", {"arm": "c", "buyer": 1}, "request"),
    ("", {"arm": "a"}, "follow_buyer"),
    ("", {"arm": "a", "buyer": 40}, "follow_buyer"),
    ("", {"arm": "a", "buyer": "5"}, "follow_buyer"),
    (
        "&".join(f"{arm}.buyers=200&{arm}.periods=360&{arm}.salespeople=200" for arm in "ab"),
        {"arm": "a", "buyer": 1},
        "follow_size",
    ),
]
"""Of a relationship in a market."""

BY_THE_SERVER = {"size", "rate", "place", "failed"}


def of_rooms() -> list[tuple[Callable[[], Any], str]]:
    """Whatever a room refuses, and with which sentence."""
    empty, full, played, last = (Room(seed=1) for _ in range(4))
    for number in range(MOST_STUDENTS):
        full.join(f"n{number}")
    ada, bo, left = (played.join(name) for name in ("Ada", "Bo", "Cy"))
    played.ask("price", 3)
    played.remove(2)
    played.next()
    last._phase, last._number = "reveal", MOST_ROUNDS
    waiting = played.join("Dan")
    played._round.leave(3)

    async def many() -> None:
        hall = Hall()
        for _ in range(MOST_ROOMS + 1):
            hall.open()

    return [
        (lambda: empty.join("<b>"), "name"),
        (lambda: played.join("ada"), "taken"),
        (lambda: full.join("Eve"), "full"),
        (lambda: played.view("forged"), "token"),
        (lambda: played.view(left), "removed"),
        (lambda: played.remove(2), "nobody"),
        (lambda: played.guess(ada, "trusting"), "late"),
        (lambda: played.guess(ada, "winner"), "request"),
        (lambda: played.decide(ada, 5, {}), "late"),
        (lambda: played.decide(ada, 1, STEAL), "decisions"),
        (lambda: played.decide(ada, 1, LEFT), "decisions"),
        (lambda: played.decide(waiting, 1, {}), "no_seat"),
        (lambda: played.answer(bo, "other", 1), "late"),
        (lambda: played.answer(bo, "price", 9), "request"),
        (lambda: played.check_key("forged"), "key"),
        (lambda: played.flip("usual"), "flip"),
        (lambda: empty.flip("other"), "request"),
        (lambda: empty.reveal(), "reveal"),
        (lambda: empty.show_answers(), "no_question"),
        (lambda: last.next(), "rounds"),
        (lambda: Hall().find("ZZZZZZ"), "room"),
        (lambda: asyncio.run(many()), "rooms"),
    ]


@pytest.fixture(scope="module")
def refused() -> list[tuple[RefusedError, str]]:
    """Every refusal that can be met without a server, and the sentence that it should have."""
    desk = Desk()
    met: list[tuple[Callable[[], Any], str]] = [
        *((lambda query=query: opened(query), key) for query, key in OF_LINKS.items()),
        *((lambda ask=ask, of=of: desk.answer(ask, of), key) for ask, of, key in OF_GAMES),
        *(
            (lambda link=link, of=of: follow.story(opened(link), of, app_words("it")), key)
            for link, of, key in OF_FOLLOWING
        ),
        *of_rooms(),
    ]
    told = []
    for act, key in met:
        with pytest.raises(InputError) as error:
            act()
        told.append((RefusedError.of(error.value), key))
    return told


def test_every_refusal_is_a_whole_sentence_in_italian(
    refused: list[tuple[RefusedError, str]],
) -> None:
    for problem, key in refused:
        assert problem.key == key, problem
        pattern, _, _ = words("it")(f"refused.{key}").partition("{")
        said = problem.said("it")
        assert said.startswith(pattern), said
        assert said != problem.said("en")
        assert said[-1] in ".!?"
        assert not {"allowed", "unknown", "mean"} & set(said.split()), said
        assert "{" not in said


def test_all_sentences_of_refusals_are_met(refused: list[tuple[RefusedError, str]]) -> None:
    """``settings`` is what only a run finds: see the tests of the engine."""
    sentences = set(words("en").table("refused"))
    assert {key for _, key in refused} | BY_THE_SERVER | {"settings"} == sentences


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_link_is_explained_in_the_language_of_the_page(language: str) -> None:
    written = page_of(f"b.uncertainty=7,5&lang={language}")
    config = json.loads(
        written.partition('id="relsim-config">')[2].partition("</script>")[0],
    )
    said = {
        "en": "b.uncertainty cannot be 7,5: allowed is 0 to 1.",
        "it": "b.uncertainty non può essere 7,5: si va da 0 a 1.",
    }
    assert said[language] in config["error"]


def test_settings_that_contradict_each_other_are_named() -> None:
    with pytest.raises(RefusedError) as refused:
        opened("a.salespeople=2")
    assert refused.value.said("it").endswith("vedi suppliers_per_buyer, salespeople.")


def posted(address: str, path: str, body: bytes, accepted: str = "it") -> tuple[int, str]:
    where = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", where.port or 0, timeout=60)
    headers = {"Content-Type": "application/json", "Accept-Language": accepted}
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    told = answer.status, json.loads(answer.read())["error"]
    connection.close()
    return told


# Every visitor comes from elsewhere, and no game can be begun.
BROKEN = """
import relsim.app.desk, relsim.app.rooms
relsim.app.rooms.is_this_computer = lambda name: False
relsim.app.desk.SCENARIOS = None
"""


def test_what_the_server_refuses_is_said_in_the_language_that_is_asked_for(
    tmp_path: Path,
) -> None:
    italian, english = (
        {key: words(language)(f"refused.{key}") for key in ("request", *BY_THE_SERVER)}
        for language in ("it", "en")
    )
    with (tmp_path / "terminal").open("w") as terminal, classroom(BROKEN, terminal) as served:
        at = served.address
        for path in ("/play/view", "/rooms", "/follow"):
            assert posted(at, path, b"x" * (MAX_BODY + 1)) == (413, italian["size"])
            assert posted(at, path, b"[") == (400, italian["request"])
            assert posted(at, path, b"[]", "en") == (400, english["request"])
        assert posted(at, "/rooms", b"{}") == (403, italian["place"])
        assert posted(at, "/play/new", b"{}") == (500, italian["failed"])
        assert posted(at, "/play/new", b'{"language": "en"}') == (500, english["failed"])
        flood = [posted(at, "/play/view", b"{}") for _ in range(100)]
        assert (429, italian["rate"]) in flood
