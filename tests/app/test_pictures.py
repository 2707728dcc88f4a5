"""The pictures in a real browser: drawn, told in words, tapped, as wide as there is room."""

import re
from collections.abc import Callable

import pytest

from relsim.app.page import ORDER

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1366])
def test_no_picture_is_empty_or_wider_than_the_screen(
    address: str, new_tab: Callable, width: int
) -> None:
    """In each there is ink of more than one colour, wherever it stands."""
    tab = new_tab(viewport={"width": width, "height": 800}).open(f"{address}sandbox?lesson=price")
    tab.settle()
    tab.guess()
    tab.page.click("#rest > summary")
    tab.page.click("#all")
    tab.page.wait_for_timeout(500)
    colours = tab.page.evaluate(
        """async () => {
            const found = {};
            for (const card of document.querySelectorAll("#pictures > figure, #stage figure")) {
                const root = card.querySelector("[data-root-id]").dataset.rootId;
                const canvas = (await Bokeh.index.get_by_id(root).export("png", true)).canvas;
                const data = new Uint32Array(canvas.getContext("2d").getImageData(
                    0, 0, canvas.width, canvas.height).data.buffer);
                found[card.dataset.picture] = canvas.width > 200 ? new Set(data).size : 0;
            }
            return found;
        }"""
    )
    assert set(colours) == set(ORDER)
    assert min(colours.values()) > 20, colours
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


MIDDLE = """(at) => {
    const card = document.querySelector("figure[data-picture=network_a] [data-root-id]");
    const view = Bokeh.index.get_by_id(card.dataset.rootId);
    const box = view.el.getBoundingClientRect();
    const edges = relsim.sources().edges_a.data;
    const middle = (name) => (edges[name + "0"].at(at) + edges[name + "1"].at(at)) / 2;
    return [box.x + view.frame.x_scale.compute(middle("x")),
            box.y + view.frame.y_scale.compute(middle("y"))];
}"""


def test_a_mouse_over_a_relationship_tells_its_story(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    tab.page.wait_for_function("relsim.sources().edges_a.data.x0.length > 0")
    tab.page.locator("figure[data-picture=network_a]").scroll_into_view_if_needed()
    tab.page.mouse.move(*tab.page.evaluate(MIDDLE, -1))
    story = tab.page.locator(".bk-tooltip, [class*=tooltip]").get_by_text("Trust of the buyer")
    story.first.wait_for(state="visible", timeout=10_000)
    assert "salesperson" in story.first.inner_text()


def test_a_tap_and_the_keyboard_tell_the_story_of_a_relationship(
    address: str, new_tab: Callable
) -> None:
    tab = new_tab(viewport={"width": 390, "height": 844}, has_touch=True)
    tab.open(f"{address}sandbox")
    tab.settle()
    tab.page.wait_for_function("relsim.sources().edges_a.data.x0.length > 0")
    card = tab.page.locator("figure[data-picture=network_a]")
    card.scroll_into_view_if_needed()
    tab.page.touchscreen.tap(*tab.page.evaluate(MIDDLE, -1))
    tapped = tab.page.inner_text("#story_a")
    assert "Trust of the buyer" in tapped
    assert tab.page.evaluate("relsim.sources().chosen_a.data.x0.length") == 1
    card.locator("button[data-step='1']").press("Enter")
    following = tab.page.inner_text("#story_a")
    assert following not in ("", tapped)
    card.locator("button[data-step='-1']").press("Space")
    assert tab.page.inner_text("#story_a") == tapped


def test_pictures_follow_the_width_of_the_window(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    fits = """Array.from(document.querySelectorAll("figure[data-picture]")).every((card) => {
        const view = Bokeh.index.get_by_id(card.querySelector("[data-root-id]").dataset.rootId);
        const room = card.clientWidth, taken = view.el.getBoundingClientRect().width;
        return taken <= room && taken > room - 30;
    })"""
    for width in (700, 360, 1500):
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.page.wait_for_function(fits, timeout=10_000)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_pictures_are_told_in_words_and_numbers(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    told = tab.page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("#pictures > figure"),
            (one) => [one.dataset.picture, one.querySelector("[role=img]").ariaLabel]))"""
    )
    assert set(told) == set(ORDER)
    assert all(re.search(r"\d", words) for words in told.values()), told
    # Parts of the cost, the effect of ideas among them, add up to it.
    numbers = tab.numbers()
    total = numbers["measure"].index("total_cost_per_unit")
    found = re.findall(r"Market (\w): ([^:]*?)\.(?: |$)", told["stack"])
    assert [letter for letter, _ in found] == ["A", "B"]
    for letter, said in found:
        parts = [float(each) for each in re.findall(r"-?\d+\.\d", said)]
        assert min(parts) < 0.0
        assert sum(parts) == pytest.approx(numbers[letter.lower()][total], abs=0.05 * len(parts))
    before = told["per_unit"]
    tab.set("a", "uncertainty", 1.0)
    tab.settle()
    label = "figure[data-picture=per_unit] [role=img]"
    assert tab.page.get_attribute(label, "aria-label") != before
