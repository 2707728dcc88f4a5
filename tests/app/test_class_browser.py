"""Two phones and a projector in a real browser, through one short round."""

import itertools
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from access import check_access
from serving import Served
from tab import Tab

from relsim.play import catalogue

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}}
PATIENCE = 60_000


def wait(tab: Tab, phase: str) -> None:
    tab.page.wait_for_selector(f"html[data-phase={phase}]", timeout=PATIENCE, state="attached")


def join(tab: Tab, address: str, name: str) -> None:
    tab.page.goto(address)
    tab.page.fill("#name", name)
    tab.page.click("button.go")
    wait(tab, "guess")


def test_a_short_round(served: Served, new_tab: Callable[..., Any]) -> None:
    wall = new_tab()
    wall.page.goto(f"{served.address}/projector#{served.key}")
    wall.page.wait_for_selector("#start")
    assert served.key not in wall.page.url
    ada, bo = new_tab(**PHONE), new_tab(locale="it-IT", **PHONE)
    join(ada, served.address, "Ada")
    join(bo, f"{served.address}?lang=it", "Bo")
    ada.page.click(".picks button:nth-child(3)")
    bo.page.click(".picks button:nth-child(1)")
    wall.page.wait_for_function(
        "document.querySelectorAll('.count')[1]?.textContent === '2 of 2 have guessed'",
        timeout=PATIENCE,
    )
    assert "Bo" in wall.page.inner_text(".names")
    for name, tab in {"projector, guesses": wall, "phone, guess": ada}.items():
        check_access(tab.page, name)
    wall.page.click("#start")
    for tab in (ada, bo):
        wait(tab, "year")
        tab.page.wait_for_selector("#desk form", timeout=PATIENCE)
    assert "Anno 1" in bo.page.inner_text("#desk")
    for name, tab in {"projector, year": wall, "phone, desk": ada}.items():
        check_access(tab.page, name)
    decide(ada)
    wall.page.wait_for_function(
        "document.querySelector('.count')?.textContent === '1 of 2 have decided'", timeout=PATIENCE
    )
    assert not wall.page.query_selector("circle")
    # A phone that was closed comes back to where it was; so does one in another language.
    ada.page.reload()
    ada.page.wait_for_selector("#desk form", timeout=PATIENCE)
    assert "1 of 2" in ada.page.inner_text(".waiting")
    decide(bo)
    for tab in (ada, bo):
        tab.page.wait_for_function(
            "/(Year|Anno) 2/.test(document.getElementById('desk').textContent)", timeout=PATIENCE
        )
    wall.page.once("dialog", lambda dialog: dialog.accept())
    wall.page.click("#reveal_early")
    for tab in (wall, ada, bo):
        wait(tab, "reveal")
    wall.page.wait_for_selector("circle", timeout=PATIENCE)
    assert wall.page.eval_on_selector_all(
        ".student title", "all => all.map(e => e.textContent)"
    ) == [
        "Ada",
        "Bo",
    ]
    assert wall.page.eval_on_selector_all(".bars dd b", "all => all.map(e => e.textContent)") == [
        "1",
        "0",
        "1",
    ]
    assert "tuo gemello" in bo.page.inner_text("#room")
    for name, tab in {"projector, reveal": wall, "phone, reveal": bo}.items():
        check_access(tab.page, name)
    wall.page.click("#hide")
    wall.page.wait_for_selector("#show")
    assert "Ada" not in wall.page.inner_text("body")
    with wall.page.expect_download() as download:
        wall.page.click("#csv")
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("round,kind,scenario,seed,student,guess")
    assert len(text.splitlines()) == 3
    # What each column means stands beside the download.
    wall.page.click("#columns summary")
    explained = wall.page.locator("#columns dt").all_inner_texts()
    assert set(text.splitlines()[0].split(",")) == set(explained) - {"name"}
    check_access(wall.page, "projector, columns of the CSV")
    # Nothing is wider than a phone, and nothing went wrong anywhere.
    width = "document.documentElement.scrollWidth <= innerWidth"
    assert ada.page.evaluate(width)
    assert [tab.errors for tab in (wall, ada, bo)] == [[], [], []]


def decide(tab: Tab) -> None:
    tab.page.click("#desk form button.go")


def test_a_second_tap_removes_a_student(served: Served, new_tab: Callable[..., Any]) -> None:
    wall, ada, bo = new_tab(), new_tab(**PHONE), new_tab(locale="it-IT", **PHONE)
    wall.page.goto(f"{served.address}/projector#{served.key}")
    join(ada, served.address, "Ada")
    join(bo, f"{served.address}?lang=it", "Bo")
    wall.page.wait_for_selector("#roster li:nth-child(2)", state="attached", timeout=PATIENCE)
    wall.page.click("#roster summary")
    check_access(wall.page, "projector, whom to remove")
    button = wall.page.locator("#roster li:nth-child(2) button")
    button.click()
    assert button.inner_text() == "Remove Bo? Tap again"
    wall.page.keyboard.press("Tab")
    assert button.inner_text() == "Bo"
    button.press("Enter")
    button.press("Enter")
    told = catalogue.words("it")("refused.removed")
    for _ in range(2):
        bo.page.wait_for_selector(f"#room >> text={told}", timeout=PATIENCE)
        assert not bo.page.query_selector("button")
        bo.page.reload()
    wall.page.wait_for_function(
        "document.querySelector('.count').textContent === '1 have joined'", timeout=PATIENCE
    )
    assert wall.page.locator("#roster li").all_inner_texts() == ["Ada"]
    check_access(bo.page, "phone, removed")
    assert ada.page.query_selector(".picks")


def test_a_lessons_question_goes_to_the_class(served: Served, new_tab: Callable[..., Any]) -> None:
    wall, ada = new_tab(), new_tab(**PHONE)
    wall.page.goto(f"{served.address}/projector#{served.key}")
    join(ada, served.address, "Ada")
    lesson = wall.page.eval_on_selector("#ask", "select => select.options[1].value")
    wall.page.select_option("#ask", lesson)
    ada.page.wait_for_selector(".question", timeout=PATIENCE)
    ada.page.click(".question button:nth-child(2)")
    wall.page.wait_for_function(
        "document.querySelector('.count')?.textContent === '1 of 1 have answered'", timeout=PATIENCE
    )
    wall.page.click("#show_answers")
    wall.page.wait_for_selector(".bars", timeout=PATIENCE)
    assert wall.page.eval_on_selector_all(".bars dd b", "all => all.map(e => e.textContent)") == [
        "0",
        "1",
        "0",
    ]
    wall.page.click("#close_question")
    wall.page.wait_for_selector("#start", timeout=PATIENCE)
    assert wall.errors == ada.errors == []


def test_without_the_key_or_the_room_a_page_says_so(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    tab = new_tab()
    tab.page.goto(f"{served.address}/projector")
    tab.page.wait_for_selector(".problem:visible")
    assert "lecturer" in tab.page.inner_text("#room")
    answer = tab.page.goto(served.address.rpartition("/")[0] + "/QQQQQQ")
    assert answer.status == 404
    tab.page.fill("#code", served.address.rpartition("/")[2].lower())
    tab.page.click("button.go")
    tab.page.wait_for_selector("#name")
    known = json.loads(tab.page.inner_text("#relsim-config"))
    assert re.fullmatch(r"[A-Z0-9]{6}", known["code"])


LABELS = """Array.from(document.querySelectorAll("svg text.name"), (one) => {
    const { x, y, width, height } = one.getBBox();
    return [x, y, x + width, y + height];
})"""


@pytest.mark.parametrize("students", [5, 25, 39])
def test_no_name_lies_on_another_or_leaves_the_picture(
    served: Served, new_tab: Callable[..., Any], students: int
) -> None:
    draws = np.random.default_rng(students)
    names = [f"{name} {number}" for number in range(8) for name in ("Giulia", "Maximiliane", "Bo")]
    names += [f"Bartholomaeus-Maria{number % 10}" for number in range(students)]
    reveal = {
        "dots": [
            {"name": name, "trust": trust, "difference": difference}
            for name, (trust, difference) in zip(
                names, draws.normal((0.6, -0.2), (0.05, 1.0), (students, 2)), strict=False
            )
        ],
        "ghosts": [
            {"stance": "aggressive", "trust": 0.4, "difference": 1.0},
            {"stance": "trusting", "trust": 0.7, "difference": -1.0},
        ],
        "cheaper": 3,
        "guesses": {"aggressive": 1, "neutral": 1, "trusting": 1},
    }

    def made_up(route: Any) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "phase": "reveal", "reveal": reveal})

    wall = new_tab()
    wall.page.route("**/show", made_up)
    wall.page.goto(f"{served.address}/projector#{served.key}")
    wait(wall, "reveal")
    assert wall.page.locator("circle.student").count() == students
    boxes = wall.page.evaluate(LABELS)
    assert len(boxes) > min(students, 8)
    for left, top, right, bottom in boxes:
        assert (left >= 0, top >= 0, right <= 1000, bottom <= 520) == (True,) * 4
    for one, other in itertools.combinations(boxes, 2):
        across = one[0] < other[2] and other[0] < one[2]
        assert not (across and one[1] < other[3] and other[1] < one[3])
