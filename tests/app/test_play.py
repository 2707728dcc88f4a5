"""The game in a real browser, and what its server answers."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from relsim.parameters.stances import SELLER_STANCES
from relsim.play.game import Game
from relsim.play.ghosts import ghosts
from relsim.play.scenarios import YEARS

pytestmark = pytest.mark.browser

YEAR = {
    "en": "Year {} of 10",
    "it": "Anno {} di 10",
}


def asked(address: str, request: str, body: Any) -> tuple[int, dict[str, Any]]:
    """Status and answer of a request, as the page makes it."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urlopen(Request(f"{address}play/{request}", data=data)) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)


class Player:
    """Somebody at the desk."""

    def __init__(self, tab: Any, language: str = "en") -> None:
        self.page, self.tab, self.language = tab.page, tab, language
        self.answers: list[str] = []
        self.page.on("response", lambda each: "/play/" in each.url and self._keep(each))

    def _keep(self, response: Any) -> None:
        if response.request.method == "POST":
            self.answers.append(response.text())

    def open(self, address: str, query: str = "scenario=commodity&seed=3") -> "Player":
        self.page.goto(f"{address}play?{query}&lang={self.language}")
        return self

    def in_year(self, year: int) -> None:
        self.page.wait_for_function(
            "title => document.querySelector('.desk h1')?.textContent === title"
            " && !document.querySelector('.scene') && !document.querySelector('.go').disabled",
            arg=YEAR[self.language].format(year),
        )

    def choose(self, decision: str, option: str) -> None:
        self.page.click(f"[data-decision={decision}] [data-option={option}]")

    def game(self) -> str:
        found: str = self.page.evaluate("new URLSearchParams(location.search).get('game')")
        return found

    def finish(self, begin: int = 1) -> None:
        for year in range(begin, YEARS + 1):
            self.in_year(year)
            self.page.click(".desk .go")
        self.page.wait_for_selector(".result")


@pytest.fixture
def player(address: str, new_tab: Callable) -> Iterator[Callable[..., Player]]:
    made = []

    def make(language: str = "en", query: str = "scenario=commodity&seed=3", **options: Any):
        made.append(Player(new_tab(reduced_motion="reduce", **options), language))
        return made[-1].open(address, query)

    yield make
    for one in made:
        assert one.tab.errors == []


def test_a_whole_game_by_mouse(player: Callable) -> None:
    one = player()
    one.page.click(".start .go")
    one.in_year(1)
    one.choose("bargain", "press")
    one.finish()
    game = Game.from_link(one.game())
    assert game.is_over
    assert [each.default.bargain for each in game.decided[0]] == ["press"] * YEARS
    result = json.loads(one.answers[-1])
    assert result["you"]["series"] == game.series()
    for stance, twin in ghosts(game).items():
        assert result["ghosts"][stance]["series"] == twin.series()
    assert one.page.locator(".debrief p").count() == 3
    drawn = one.page.get_attribute(".result svg", "aria-label")
    assert f"{game.measures()['total_cost_per_unit']:.1f}" in drawn
    hidden = re.compile("|".join(f'"{stance}"' for stance in SELLER_STANCES))
    for year, answer in enumerate(one.answers[:-1]):
        assert not hidden.search(answer)
        seen = json.loads(answer)
        assert {len(line) for line in seen["series"].values()} == {12 * max(0, year - 1)}
    assert hidden.search(one.answers[-1])
