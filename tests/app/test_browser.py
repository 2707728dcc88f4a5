"""The classroom in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest

from relsim.app.entries import SLIDERS, entries
from relsim.app.texts import words

pytestmark = pytest.mark.browser

CANVAS = "relsim.draw().then((canvas) => canvas.toDataURL())"


def test_opens_without_errors_clicks_or_outside_requests(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    assert "a unit costs" in tab.page.inner_text("#headline")
    assert tab.page.inner_text("[data-title=a]") == "A: aggressive"
    assert tab.page.inner_text("[data-title=b]") == "B: trusting"
    assert tab.errors == []
    host = address.rstrip("/")
    assert [url for url in tab.requests if not url.startswith((host, "data:", "blob:"))] == []


def test_each_slider_changes_the_curves(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    for name in SLIDERS:
        entry = entries()[name]
        curve = "Array.from(relsim.sources().half_b.data.total_cost_per_unit)"
        before = tab.page.evaluate(curve)
        stands = float(tab.page.input_value(f"input[data-arm=b][data-name={name}]"))
        tab.set("b", name, max(entry.low, entry.high, key=lambda end: abs(end - stands)))
        tab.settle(r"\d+")
        assert tab.page.evaluate(curve) != before, name
    assert tab.errors == []


def test_arrow_keys_move_a_slider(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    before = tab.numbers()
    slider = tab.page.locator("input[data-arm=a][data-name=aggressiveness]")
    slider.press("ArrowLeft")
    assert "a.aggressiveness=0.99" in tab.page.evaluate("relsim.query()")
    assert slider.get_attribute("aria-valuetext") == "0.99 0 to 1"
    tab.settle()
    assert tab.numbers()["a"] != before["a"]
    assert tab.numbers()["b"] == before["b"]


def test_play_moves_the_network(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    tab.page.wait_for_function("relsim.sources().edges_a.data.x0.length > 0")
    edges = "JSON.stringify(relsim.sources().edges_a.data)"
    end = tab.page.evaluate(edges)
    tab.page.click("#play")
    tab.page.wait_for_function("Number(document.getElementById('month').value) > 5")
    assert tab.page.evaluate(edges) != end
    assert "Trust of the buyer" in tab.page.evaluate("relsim.sources().edges_a.data.story[0]")
    tab.page.click("#play")
    stopped = tab.page.evaluate("document.getElementById('month').value")
    tab.page.wait_for_timeout(400)
    assert tab.page.evaluate("document.getElementById('month').value") == stopped


def test_sessions_do_not_see_each_other(address: str, new_tab: Callable) -> None:
    one, other = new_tab().open(f"{address}sandbox"), new_tab().open(f"{address}sandbox")
    other.settle()
    before = other.numbers()
    one.set("a", "uncertainty", 0.9)
    one.settle()
    assert other.numbers() == before
    assert other.page.input_value("input[data-arm=a][data-name=uncertainty]") == "0.3"
    assert one.numbers()["a"] != before["a"]


def test_link_restores_the_settings(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox?seed=4&a.stance=loyal&b.aggressiveness=0.25")
    tab.set("b", "candour", 0.8)
    tab.settle()
    link = tab.page.evaluate("relsim.link()")
    again = new_tab().open(link)
    again.settle()
    assert again.numbers() == tab.numbers()
    assert again.page.input_value("#seed") == "4"
    assert again.page.input_value("input[data-arm=b][data-name=candour]") == "0.8"
    assert again.page.input_value("select[data-arm=a]") == "loyal"


def test_any_parameter_can_get_a_slider(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.page.click("#more summary")
    tab.page.select_option("#more-name", "idea_rate")
    tab.page.click("#add")
    # A slider that is added says as much as those that were there.
    for name in ("idea_rate", "uncertainty"):
        added = tab.page.locator(f"input[data-arm=a][data-name={name}]")
        assert added.get_attribute("aria-description") == words("en").meaning(name)
    tab.set("b", "idea_rate", 0.0)
    tab.settle()
    ideas = tab.numbers()["measure"].index("ideas_received")
    assert tab.numbers()["b"][ideas] == 0.0
    again = new_tab().open(tab.page.evaluate("relsim.link()"))
    assert again.page.input_value("input[data-arm=b][data-name=idea_rate]") == "0"


def test_same_seed_same_picture_and_new_seed_another(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox?seed=11")
    tab.settle()
    tab.page.wait_for_timeout(500)
    first = tab.page.evaluate(CANVAS)
    before = tab.numbers()
    tab.page.click("#new-seed")
    tab.page.wait_for_function("relsim.state.get('seed') !== '11'")
    tab.page.wait_for_function(
        "before => JSON.stringify(relsim.numbers().a) !== JSON.stringify(before)", arg=before["a"]
    )
    tab.settle()
    assert tab.page.evaluate(CANVAS) != first
    other = new_tab().open(f"{address}sandbox?seed=11")
    other.settle()
    other.page.wait_for_timeout(500)
    assert other.page.evaluate(CANVAS) == first


def test_reset_gives_the_opening_back(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    before = tab.numbers()
    tab.set("a", "candour", 0.0)
    tab.page.click("#reset")
    tab.page.wait_for_url(lambda url: "candour" not in url)
    tab.page.wait_for_function("document.documentElement.dataset.ready && relsim.updates > 0")
    tab.settle()
    assert tab.numbers() == before


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("b.uncertainty=7", "b.uncertainty cannot be 7: allowed is 0 to 1"),
        ("a.stance=agressive", "a.stance cannot be agressive"),
        ("seed=<script>", "<script> is not one"),
    ],
)
def test_wrong_link_gives_a_readable_message(
    address: str, new_tab: Callable, query: str, words: str
) -> None:
    tab = new_tab().open(f"{address}sandbox?{query}")
    tab.settle()
    assert words in tab.page.inner_text("#banner")
    assert tab.page.inner_text("[data-title=a]") == "A: aggressive"
    assert tab.errors == []


def test_wrong_seed_is_explained_and_the_page_goes_on(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    tab.page.fill("#seed", "luck")
    tab.page.press("#seed", "Enter")
    tab.page.wait_for_selector("#banner", state="visible")
    assert "A seed is a whole number from 0" in tab.page.inner_text("#banner")
    before = tab.numbers()
    tab.page.fill("#seed", "5")
    tab.page.press("#seed", "Enter")
    tab.settle()
    assert not tab.page.is_visible("#banner")
    assert tab.numbers()["a"] != before["a"]


def test_a_lost_connection_is_told_and_found_again(address: str, new_tab: Callable) -> None:
    tab = new_tab()
    routes: list[Any] = []

    def pass_on(route: Any) -> None:
        route.connect_to_server()
        routes.append(route)

    tab.page.route_web_socket(lambda url: url.endswith("/numbers"), pass_on)
    tab.open(f"{address}sandbox")
    tab.settle()
    routes[0].close()
    tab.page.wait_for_selector("#banner", state="visible")
    assert "connection was lost" in tab.page.inner_text("#banner")
    tab.page.wait_for_selector("#banner", state="hidden", timeout=20_000)
    before = tab.numbers()
    tab.set("a", "uncertainty", 0.9)
    tab.settle()
    assert tab.numbers()["a"] != before["a"]


def test_old_numbers_are_dimmed_and_a_long_wait_is_told(address: str, new_tab: Callable) -> None:
    tab = new_tab()
    held: list[Any] = []
    waiting = {"now": False}

    def pass_on(route: Any) -> None:
        server = route.connect_to_server()
        server.on_message(
            lambda message: held.append((route, message)) if waiting["now"] else route.send(message)
        )

    tab.page.route_web_socket(lambda url: url.endswith("/numbers"), pass_on)
    tab.open(f"{address}sandbox")
    tab.settle()
    opacity = "Number(getComputedStyle(document.querySelector('#headline')).opacity)"
    # What was dimmed while the first numbers came brightens slowly.
    tab.page.wait_for_function(f"{opacity} === 1")
    waiting["now"] = True
    tab.page.locator("input[data-arm=a][data-name=uncertainty]").press("ArrowRight")
    tab.page.wait_for_function(f"{opacity} < 0.7")
    assert not tab.page.is_visible("#progress")
    tab.page.wait_for_selector("#progress", state="visible", timeout=3_000)
    waiting["now"] = False
    for route, message in held:
        route.send(message)
    tab.settle()
    tab.page.wait_for_selector("#progress", state="hidden")
    tab.page.wait_for_function(f"{opacity} === 1")


@pytest.mark.parametrize(("width", "height"), [(320, 568), (844, 390), (640, 360), (390, 844)])
def test_every_slider_can_be_reached_in_small_windows(
    address: str, new_tab: Callable, width: int, height: int
) -> None:
    """A phone held upright or sideways, and a page that is read at twice its size."""
    page = new_tab(viewport={"width": width, "height": height}).open(f"{address}sandbox").page
    hidden = page.evaluate(
        """() => Array.from(document.querySelectorAll("#arms input[type=range]")).filter((one) => {
            one.scrollIntoView({ block: "end" });
            const { x, y, width, height } = one.getBoundingClientRect();
            return document.elementFromPoint(x + width / 2, y + height / 2) !== one;
        }).map((one) => one.dataset.name)"""
    )
    assert hidden == []
