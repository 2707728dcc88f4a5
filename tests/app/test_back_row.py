"""The lecturer's page as it is read from the back row."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from serving import Served
from test_class_browser import PATIENCE, PHONE, join, wait

from relsim.app.room_pages import page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CODE = "MQYDQ7"
LINES = """(() => {
    const range = document.createRange(), lines = new Map();
    for (const part of document.querySelector("#join .address").childNodes)
        for (const text of part.childNodes)
            for (let at = 0; at < text.length; at++) {
                range.setStart(text, at); range.setEnd(text, at + 1);
                const top = Math.round(range.getBoundingClientRect().top);
                lines.set(top, (lines.get(top) ?? "") + text.data[at]);
            }
    return [...lines.values()];
})()"""


@pytest.mark.parametrize("width", [1024, 1280, 1920])
@pytest.mark.parametrize("host", ["192.168.178.123:8741", "127.0.0.1:8741", "pc:80"])
def test_the_address_breaks_before_the_room_alone(
    served: Served, new_tab: Callable[..., Any], width: int, host: str
) -> None:
    made = page("projector", CODE, "en", f"http://{host}/room/{CODE}")
    wall = new_tab(viewport={"width": width, "height": width * 9 // 16})
    wall.page.route(
        "**/projector", lambda route: route.fulfill(body=made, content_type="text/html")
    )
    wall.page.goto(f"{served.address}/projector")
    lines = wall.page.evaluate(LINES)
    assert lines in ([host, f"/room/{CODE}"], [f"{host}/room/{CODE}"])
    assert wall.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box, column = (
        wall.page.eval_on_selector(name, "one => one.getBoundingClientRect().right")
        for name in ("#join .address .whole", "#join")
    )
    assert box <= column


# Labels, what lies behind them and marks, as boxes in the units of the picture.
BOXES = """(selector) => Array.from(document.querySelectorAll(`svg.scatter ${selector}`), (one) => {
    const svg = one.ownerSVGElement, back = svg.getScreenCTM().inverse();
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const [a, b] = [[left, top], [right, bottom]]
        .map(([x, y]) => new DOMPoint(x, y).matrixTransform(back));
    return [a.x, a.y, b.x, b.y];
})"""


def overlap(one: list[float], other: list[float]) -> bool:
    return all(one[at] < other[at + 2] and other[at] < one[at + 2] for at in (0, 1))


@pytest.mark.parametrize("top", [0.1, 1.0, 8.0])
def test_no_line_runs_through_a_label_and_all_marks_are_whole(
    served: Served, new_tab: Callable[..., Any], top: float
) -> None:
    draws = np.random.default_rng(7)
    reveal = {
        "dots": [
            {"name": f"Student {number}", "trust": float(trust), "difference": float(difference)}
            for number, (trust, difference) in enumerate(draws.normal((0.5, 0.0), 0.1, (12, 2)))
        ],
        "ghosts": [
            {"stance": "aggressive", "trust": 0.3, "difference": top},
            {"stance": "trusting", "trust": 0.72, "difference": -0.02},
        ],
        "cheaper": 3,
        "guesses": {"aggressive": 1, "neutral": 1, "trusting": 1},
    }

    def made_up(route: Any) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "phase": "reveal", "reveal": reveal})

    wall = new_tab(viewport={"width": 1280, "height": 720})
    wall.page.route("**/show", made_up)
    wall.page.goto(f"{served.address}/projector#{served.key}")
    wait(wall, "reveal")
    labels, diamonds = (wall.page.evaluate(BOXES, name) for name in ("text.name", ".ghost"))
    # The line of equal cost ends at what lies behind a label: each label has that, over the line.
    behind = wall.page.evaluate(BOXES, ".behind")
    for label in [*labels, *wall.page.evaluate(BOXES, "text.soft")]:
        assert any(
            back[0] < label[0]
            and back[2] > label[2]
            and back[1] < label[1] + 1
            and back[3] > label[3] - 1
            for back in behind
        )
    # What is drawn later lies over what was before: the line, what hides it, the marks.
    kinds = wall.page.evaluate(
        "[...document.querySelector('svg.scatter').children].map(e => e.classList[0])"
    )
    hiding = [at for at, kind in enumerate(kinds) if kind == "behind"]
    assert kinds.index("even") < min(hiding)
    assert max(hiding) < min(kinds.index("ghost"), kinds.index("student"))
    soft = wall.page.evaluate(BOXES, "text.soft")
    for one in [*diamonds, *soft]:
        assert not any(overlap(one, label) for label in labels)
    assert not any(overlap(one, soft[0]) for one in diamonds)
    for left, up, right, down in [*diamonds, *wall.page.evaluate(BOXES, "circle")]:
        assert (left > 80, up > 40, right < 970, down < 436) == (True,) * 4


def test_a_closed_page_is_not_waited_for_and_counts_on_coming_back(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    wall, ada, bo = new_tab(), new_tab(**PHONE), new_tab(**PHONE)
    wall.page.goto(f"{served.address}/projector#{served.key}")

    def says(text: str) -> None:
        wall.page.wait_for_function(
            f"[...document.querySelectorAll('.count')].some(e => e.textContent === '{text}')",
            timeout=PATIENCE,
        )

    join(ada, served.address, "Ada")
    join(bo, served.address, "Bo")
    says("0 of 2 have guessed")
    bo.page.goto("about:blank")
    says("0 of 1 have guessed")
    says("1 are here, 2 have joined")
    bo.page.goto(served.address)
    says("0 of 2 have guessed")
    says("2 have joined")
    assert [tab.errors for tab in (wall, ada, bo)] == [[], [], []]


def test_who_came_too_late_is_told_so_only_while_the_round_goes_on(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    late = new_tab(**PHONE)
    phase = "year"

    def made_up(route: Any) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "phase": phase, "desk": None, "score": None})

    join(late, served.address, "Ada")
    late.page.route("**/view", made_up)
    told = []
    for phase in ("year", "reveal"):
        late.page.reload()
        wait(late, phase)
        told.append(late.page.inner_text(".waiting"))
    assert told == [
        "This round has begun without you. You play in the next one.",
        "This round is over. You play in the next one.",
    ]
