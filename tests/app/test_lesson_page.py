"""A lesson in a real browser: question, guess, picture, reason."""

import re
from collections.abc import Callable
from functools import partial

import pytest

from relsim.app.entries import SLIDERS
from relsim.app.lessons import LESSONS, lesson
from relsim.app.page import ORDER
from relsim.app.texts import words
from relsim.play.catalogue import LANGUAGES

pytestmark = pytest.mark.browser

GIVEN_AWAY = ("#verdict", "#because", "#rest", "#shown-picture figure")
"""What waits for the guess."""


def test_a_lesson_asks_first(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox?lesson=price")
    tab.settle()
    assert not any(tab.page.is_visible(part) for part in GIVEN_AWAY)
    assert tab.page.text_content("#headline") == tab.page.text_content("#because") == ""
    assert tab.page.is_disabled("#dial input")
    tab.guess(1)
    assert all(tab.page.is_visible(part) for part in GIVEN_AWAY)
    assert tab.page.inner_text("#verdict").endswith("A, the aggressive buyers.")
    tab.guess(0)
    assert tab.page.inner_text("#verdict") == "That is also the answer in this model."


SCREENS = (1280, 720), (390, 844)
"""Width and height of a projector and of a phone."""


def length(language: str, key: str) -> int:
    """Letters of a lesson."""
    return sum(map(len, words(language).table(f"lessons.{key}").values()))


def test_question_guess_picture_and_slider_are_on_one_screen(
    address: str, new_tab: Callable
) -> None:
    projector, phone = ({"width": width, "height": height} for width, height in SCREENS)
    tab = new_tab(viewport=projector)

    def check(lesson: str, screen: dict[str, int], *also: str) -> None:
        if tab.page.viewport_size != screen:
            tab.page.set_viewport_size(screen)
            tab.page.wait_for_timeout(400)
        parts = (".question", "#guesses", "#shown-picture", "#dial input", *also)
        boxes = {part: tab.page.locator(part).bounding_box() for part in parts}
        low = {part: box["y"] + box["height"] for part, box in boxes.items()}
        assert max(low.values()) <= screen["height"], (lesson, screen, low)

    for one in LESSONS:
        # What has its place in the language that needs most has it in all.
        language = max(LANGUAGES, key=partial(length, key=one.key))
        tab.open(f"{address}sandbox?lesson={one.key}&lang={language}")
        check(one.key, projector)
        check(one.key, phone)
        tab.guess()
        # Two runs of each arm, the first to come, may not show it clearly yet.
        tab.page.wait_for_function(
            "document.getElementById('because').textContent.includes('%')", timeout=60_000
        )
        check(one.key, phone, "#because")
        check(one.key, projector, "#because")
        assert not any(tab.page.locator("details").evaluate_all("all => all.map(o => o.open)"))


def test_the_slider_of_a_lesson_moves_the_picture_and_not_the_reason(
    address: str, new_tab: Callable
) -> None:
    tab = new_tab().open(f"{address}sandbox?lesson=price")
    tab.settle()
    tab.guess(0)
    reason = tab.page.inner_text("#because")
    picture = "JSON.stringify(relsim.sources().parts.data)"
    before = tab.page.evaluate(picture)
    tab.page.locator("#dial input").press("ArrowLeft")
    tab.settle()
    assert tab.page.evaluate(picture) != before
    assert tab.page.inner_text("#because") == reason
    assert "a.aggressiveness=0.99" in tab.page.url


def test_a_page_that_is_opened_again_knows_the_guess(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox?lesson=price")
    tab.guess(1)
    said = tab.page.inner_text("#verdict")
    tab.page.reload()
    tab.page.wait_for_function("document.documentElement.dataset.ready && relsim.updates > 0")
    assert tab.page.inner_text("#verdict") == said
    tab.settle()
    assert tab.page.inner_text("#because") != ""
    tab.open(f"{address}sandbox?lesson=time")
    assert not tab.page.is_visible("#verdict")


def test_a_lesson_shows_what_it_is_about_and_then_all(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox?lesson=time")
    tab.settle()
    tab.guess()
    chosen = lesson("time")
    seen = "Array.from(document.querySelectorAll('figure')).filter((one) => one.offsetParent)"
    shown = (
        f"{seen}.sort((a, b) => a.style.order - b.style.order).map((one) => one.dataset.picture)"
    )
    assert tab.page.evaluate(f"{seen}[0].dataset.picture") == chosen.pictures[0]
    tab.page.click("#rest > summary")
    assert set(tab.page.evaluate(shown)) == {*chosen.pictures, "network_a", "network_b"}
    sliders = tab.page.locator("#arms input:visible")
    assert sliders.count() == 2 * len(chosen.sliders)
    assert re.search(r"\d+% of the hours", tab.page.inner_text("#because"))
    tab.page.click("#all")
    assert set(tab.page.evaluate(shown)) == set(ORDER)
    assert sliders.count() == 2 * len(SLIDERS)


def test_a_lesson_can_be_taken_by_keyboard_alone(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox?lesson=price")
    tab.settle()
    active = "document.activeElement.dataset.guess ?? ''"
    for _ in range(30):
        tab.page.keyboard.press("Tab")
        if tab.page.evaluate(active) == "1":
            break
    assert tab.page.evaluate(active) == "1"
    tab.page.keyboard.press("Enter")
    assert tab.page.is_visible("#verdict")
    tab.page.press("#rest > summary", "Enter")
    tab.page.evaluate("document.activeElement.blur()")
    tab.page.keyboard.press("Space")
    tab.page.wait_for_function("Number(document.getElementById('month').value) < 100")
    tab.page.keyboard.press("Space")
    assert tab.page.inner_text("#play") == "Play"
