"""The game in a real browser."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from relsim.parameters.stances import SELLER_STANCES
from relsim.play.game import Game
from relsim.play.ghosts import ghosts
from relsim.play.scenarios import YEARS

pytestmark = pytest.mark.browser

YEAR = {"en": "Year {} of 10", "it": "Anno {} di 10"}

HIDDEN = re.compile("|".join(f'"{stance}"' for stance in SELLER_STANCES))

NAMELESS = """Array.from(document.querySelectorAll("a, input, button, meter, [role=img]")).filter(
    (one) => !one.ariaLabel && !one.textContent.trim() && !one.labels?.[0]?.textContent.trim()
).map((one) => one.outerHTML)"""


class Player:
    """Somebody at the desk, and all that the server told them."""

    def __init__(self, tab: Any, language: str) -> None:
        self.page, self.tab, self.language = tab.page, tab, language
        self.answers: list[str] = []
        self.asked = 0
        self.page.on("request", self._count)
        self.page.on("requestfinished", self._keep)

    def _count(self, request: Any) -> None:
        self.asked += request.method == "POST"

    def _keep(self, request: Any) -> None:
        if request.method == "POST":
            self.answers.append(request.response().text())

    def in_year(self, year: int) -> None:
        self.page.wait_for_function(
            "title => document.querySelector('.desk h1')?.textContent === title"
            " && !document.querySelector('.scene') && !document.querySelector('.go').disabled",
            arg=YEAR[self.language].format(year),
        )

    def choose(self, decision: str, option: str) -> None:
        self.page.click(f"[data-decision={decision}] [data-option={option}]")

    def link(self) -> str:
        found: str = self.page.evaluate("new URLSearchParams(location.search).get('game')")
        return found

    def finish(self, first: int = 1) -> Game:
        """Let the years pass; the game as it is replayed here."""
        for year in range(first, YEARS + 1):
            self.in_year(year)
            self.page.click(".desk .go")
        return self.result()

    def result(self) -> Game:
        self.page.wait_for_selector(".result")
        return Game.from_link(self.link())

    def told(self) -> dict[str, Any]:
        """The last answer, which the page may show before this hears of it."""
        while not self.answers or len(self.answers) < self.asked:
            self.page.wait_for_timeout(20)
        told: dict[str, Any] = json.loads(self.answers[-1])
        return told


@pytest.fixture
def player(address: str, new_tab: Callable) -> Iterator[Callable[..., Player]]:
    made = []

    def make(
        language: str = "en", query: str = "scenario=commodity&seed=3", **options: Any
    ) -> Player:
        made.append(Player(new_tab(**{"reduced_motion": "reduce", **options}), language))
        made[-1].page.goto(f"{address}play?{query}&lang={language}")
        return made[-1]

    yield make
    for one in made:
        assert one.tab.errors == []
        assert one.page.evaluate(NAMELESS) == []


def test_a_whole_game_by_mouse(player: Callable) -> None:
    """Nothing of the future and no hidden stance is told before the end; ghosts are relsim's."""
    one = player()
    one.page.click(".start .go")
    one.in_year(1)
    one.choose("bargain", "press")
    game = one.finish()
    assert [each.default.bargain for each in game.decided[0]] == ["press"] * YEARS
    one.told()
    *before, last = one.answers
    assert len(before) == YEARS + 2
    for number, answer in enumerate(before):
        assert not HIDDEN.search(answer)
        lines = json.loads(answer)["series"].values()
        assert {len(line) for line in lines} == {12 * max(0, number - 1)}
    assert HIDDEN.search(last)
    result = json.loads(last)
    assert result["you"]["series"] == game.series()
    for stance, twin in ghosts(game).items():
        assert result["ghosts"][stance]["series"] == twin.series()
    shown = one.page.get_attribute(".result svg", "aria-label")
    assert f"{game.measures()['total_cost_per_unit']:.1f}" in shown
    assert one.page.locator(".debrief p").count() == 3
    assert one.page.locator(".why a").first.get_attribute("href").startswith("http")


def test_a_whole_game_by_keyboard_in_italian(player: Callable) -> None:
    one = player("it")
    keyboard = one.page.keyboard
    one.page.wait_for_function("document.activeElement.matches('.start .go')")
    keyboard.press("Enter")
    one.in_year(1)
    chosen = "document.activeElement.name ?? ''"
    for wanted in ("whom", "bargain", "disclose"):
        for _ in range(20):
            if one.page.evaluate(chosen) == wanted:
                break
            keyboard.press("Tab")
        keyboard.press("ArrowRight")
    keyboard.press("Enter")
    for year in range(2, YEARS + 1):
        one.in_year(year)
        keyboard.press("Enter")
    game = one.result()
    assert one.page.inner_text(".rewind h2") == "Torna indietro"
    first = game.decided[0][0]
    assert first.default.code == "fuuuu"
    assert [choice.code for choice in first.suppliers.values()] == ["tguuu"]
    assert next(iter(first.suppliers)) == Game("commodity", 3).firms()[0]


def test_a_year_passes_before_ones_eyes_and_can_be_skipped(player: Callable) -> None:
    one = player(reduced_motion="no-preference")
    one.page.click(".start .go")
    one.in_year(1)
    drawn = "(document.querySelector('.scene .line.you')?.getAttribute('d').length ?? 0)"
    one.page.click(".desk .go")
    one.page.wait_for_function(f"{drawn} > 20")
    early = one.page.evaluate(drawn)
    one.page.wait_for_function(f"{drawn} > {early}")
    one.page.keyboard.press("Enter")
    one.in_year(2)
    assert len(one.told()["series"]["cost_so_far"]) == 12


def test_on_a_phone_nothing_is_wider_than_the_screen(player: Callable) -> None:
    one = player("it", viewport={"width": 390, "height": 844}, has_touch=True)
    width = "document.documentElement.scrollWidth"
    one.page.tap(".start .go")
    one.in_year(1)
    assert one.page.evaluate(width) <= 390
    one.page.locator(".whom label").nth(2).tap()
    one.page.tap("[data-decision=order] [data-option=more]")
    assert one.page.evaluate(width) <= 390
    for year in range(1, YEARS + 1):
        one.in_year(year)
        one.page.tap(".desk .go")
    game = one.result()
    assert [choice.order for choice in game.decided[0][0].suppliers.values()] == ["more"]
    assert one.page.evaluate(width) <= 390


def test_rewind_changes_only_what_follows(player: Callable) -> None:
    finished = Game("commodity", 3)
    while not finished.is_over:
        finished.advance()
    one = player(query=f"game={finished.link}")
    one.page.click(".pills [data-year='9']")
    one.in_year(9)
    one.choose("bargain", "press")
    one.page.click(".desk .go")
    one.page.wait_for_selector(".comparison")
    game = Game.from_link(one.link())
    assert [year.code for year in game.decided[0]] == ["fuuuu"] * 8 + ["puuuu", "fuuuu"]
    told = one.told()
    assert told["before"]["series"] == finished.series()
    assert told["you"]["series"] == game.series()
    for mine, before in zip(
        *(each["series"].values() for each in (told["you"], told["before"])), strict=True
    ):
        assert mine[:96] == before[:96]
    assert told["you"]["series"] != told["before"]["series"]
    costs = (each.measures()["total_cost_per_unit"] for each in (game, finished))
    assert one.page.inner_text(".comparison") == told["before"]["comparison"]["text"]
    assert all(f"{cost:.1f}" in one.page.inner_text(".board") for cost in costs)


def test_a_link_opens_the_same_game(player: Callable) -> None:
    half = Game("commodity", 3)
    for _ in range(4):
        half.advance()
    one = player(query=f"game={half.link}")
    one.in_year(5)
    assert one.told()["series"] == half.series()
    two = player("it", f"game={half.link}~")
    two.page.wait_for_selector("[role=alert]:visible")
    assert "danneggiato o incompleto" in two.page.inner_text("[role=alert]")
    two.page.wait_for_selector(".start .go:not([disabled])")
    two.tab.errors.clear()
