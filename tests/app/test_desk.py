"""What the server of the game answers, and what it refuses."""

import http.client
import json
import re
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from relsim.app.desk import FITTING, MAX_GAMES, MAX_LINK, TABLES, Desk, config
from relsim.app.lessons import LESSONS
from relsim.app.pages import WEB
from relsim.app.requests import BURST, MAX_BODY
from relsim.io.errors import InputError
from relsim.model.observation import COST_PARTS
from relsim.play.game import Game
from relsim.play.scenarios import SCENARIOS, YEARS

START = "1~commodity~3~8~0."
OVER = START + "fuuuu" + "_" * (YEARS - 1)
PRESS = {"default": {"bargain": "press"}}

REFUSED = [
    ("nothing", {}, "unknown request 'nothing'"),
    ("view", {}, "game is missing"),
    ("view", [], "allowed is a mapping"),
    ("view", {"game": 3}, "allowed is a link"),
    ("view", {"game": "x" * (MAX_LINK + 1)}, "allowed is a link of at most"),
    ("view", {"game": "1~commodity~3~64~0.fuuuu"}, "one player in a market of 8 buyers"),
    ("view", {"game": "1~commodity~3~8~0.fuuuu~1.fuuuu"}, "one player in a market of 8 buyers"),
    ("view", {"game": "2~commodity~3~8~0."}, "rules 2"),
    ("view", {"game": START, "score": 1.0}, "unknown part of view 'score'"),
    ("view", {"game": START, "language": "de"}, "unknown language"),
    ("view", {"game": START, "language": ["en"]}, "language"),
    ("new", {"scenario": "comodity"}, "did you mean 'commodity'"),
    ("new", {"scenario": {}}, "scenario"),
    ("new", {"seed": "1~8~0.fuuuu"}, ""),
    ("new", {"seed": -1}, "seed = -1"),
    ("decide", {"game": START, "decisions": {"default": {"bargain": "steal"}}}, "bargain"),
    ("decide", {"game": START, "decisions": {"default": {"bargain": []}}}, "bargain"),
    ("decide", {"game": START, "decisions": {"default": {"order": "drop"}}}, "for all suppliers"),
    ("decide", {"game": START, "decisions": {"suppliers": {"99": PRESS["default"]}}}, "supplier"),
    ("decide", {"game": START, "decisions": {"suppliers": [1]}}, "allowed is a mapping"),
    ("decide", {"game": START, "decisions": "press"}, "allowed is a mapping"),
    ("decide", {"game": OVER, "decisions": {}}, "the game is over"),
    ("decide", {"game": START, "before": START}, "before"),
    ("rewind", {"game": START, "year": 1}, "year = 1"),
    ("rewind", {"game": START, "year": "1"}, "year"),
    ("rewind", {"game": START}, "year"),
    ("result", {"game": START}, "allowed is a result after year 10"),
    ("result", {"game": OVER, "before": START}, "before"),
]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(("request_", "asked", "why"), REFUSED)
def test_what_is_forged_is_refused_in_one_line(
    desk: Desk, request_: str, asked: Any, why: str
) -> None:
    with pytest.raises(InputError) as error:
        desk.answer(request_, asked)
    assert why in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_a_kept_game_is_the_replayed_one(desk: Desk) -> None:
    link = START
    for _ in range(3):
        seen = desk.answer("decide", {"game": link, "decisions": PRESS})
        link = seen["link"]
    assert seen == Desk().answer("view", {"game": link})
    # Decided on again: the game that was kept has gone on meanwhile.
    other = desk.answer("decide", {"game": START, "decisions": PRESS})
    assert other["series"]["total_cost_per_unit"] == seen["series"]["total_cost_per_unit"][:12]


def test_what_is_kept_is_bounded() -> None:
    desk = Desk()
    kept = {START: Game("commodity", 3)}
    desk._games.update({str(number): kept[START] for number in range(MAX_GAMES)})
    desk.answer("view", {"game": START})
    assert len(desk._games) == MAX_GAMES
    assert START in desk._games


def test_one_year_otherwise_and_the_rest_as_before(desk: Desk) -> None:
    start = desk.answer("rewind", {"game": OVER, "year": 2})
    seen = desk.answer("decide", {"game": start["link"], "decisions": PRESS, "before": OVER})
    assert seen["is_over"]
    codes = [year.code for year in Game.from_link(seen["link"]).decided[0]]
    assert codes == ["fuuuu"] * 2 + ["puuuu"] + ["fuuuu"] * 7
    told = desk.answer("result", {"game": seen["link"], "before": OVER})
    assert told["before"]["comparison"]["values"]["year"] == 3
    same = desk.answer("result", {"game": OVER, "before": OVER})["before"]["comparison"]
    assert same["key"] == "same"


def test_lessons_fit_all_that_a_debrief_can_name() -> None:
    assert set(COST_PARTS) <= set(FITTING)
    assert set(FITTING) - set(COST_PARTS) - {"stopped"} <= set(SCENARIOS)
    assert set(FITTING.values()) <= {lesson.key for lesson in LESSONS}


@pytest.mark.quick
@pytest.mark.parametrize("language", ["en", "it"])
def test_every_word_of_the_page_is_used(language: str) -> None:
    scripts = (WEB / "play.js", *WEB.glob("desk*.js"))
    sources = "".join(script.read_text("utf-8") for script in scripts)
    made_in_python = {"number", "chart", "chart_empty", "chart_result", "first", "not_first"}
    for key in config(language)["words"]:
        table, _, name = key.partition(".")
        assert table in TABLES
        if table == "page" and name not in made_in_python:
            named = "page.${key}" if name in ("less", "more") else f"page.{name}"
            assert re.search(rf'["`]{re.escape(named)}["`]', sources), key


# --- over the network -------------------------------------------------------------------------


def posted(address: str, body: bytes, source: str = "127.0.0.1") -> tuple[int, dict[str, Any]]:
    host = urlsplit(address)
    assert host.port is not None
    connection = http.client.HTTPConnection(
        "127.0.0.1", host.port, timeout=60, source_address=(source, 0)
    )
    connection.request("POST", "/play/view", body)
    answer = connection.getresponse()
    told = answer.status, json.loads(answer.read())
    connection.close()
    return told


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"\xff\x00", 400),
        (b"[" * 15_000, 400),
        (b'{"game": NaN}', 400),
        (b"null", 400),
        (b"x" * (MAX_BODY + 1), 413),
        (b"x" * 900_000, 413),
    ],
)
def test_any_body_gets_a_short_refusal(address: str, body: bytes, status: int) -> None:
    found, told = posted(address, body)
    assert found == status
    assert list(told) == ["error"]
    assert len(told["error"]) < 300
    assert not any(secret in told["error"] for secret in ("Traceback", ".py", "\n"))


def test_a_flood_is_refused_and_holds_up_nobody_else(address: str) -> None:
    found = [posted(address, b"{}", "127.0.0.2")[0] for _ in range(int(BURST) + 30)]
    assert set(found) == {400, 429}
    begun = time.perf_counter()
    status, seen = posted(address, json.dumps({"game": START}).encode(), "127.0.0.3")
    assert (status, seen["link"]) == (200, START)
    assert time.perf_counter() - begun < 10.0
