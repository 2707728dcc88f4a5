"""The classroom in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from relsim.app.lessons import LESSONS, lesson
from relsim.app.page import ORDER
from relsim.app.settings import SLIDERS, entries

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
        for value in (entry.low, entry.high):
            before = tab.page.evaluate(
                "Array.from(relsim.sources().half_b.data.total_cost_per_unit)"
            )
            tab.set("b", name, value)
            tab.settle(r"\d+")
        after = tab.page.evaluate("Array.from(relsim.sources().half_b.data.total_cost_per_unit)")
        assert before != after, name
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
        ("b.uncertainty=7", "b.uncertainty = 7: allowed is 0 to 1"),
        ("a.stance=agressive", "did you mean 'aggressive'?"),
        ("seed=<script>", "seed = <script>"),
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
    assert "seed = luck: allowed is a whole number from 0" in tab.page.inner_text("#banner")
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
    assert tab.page.inner_text("#verdict") == "That is what comes out here."


SCREENS = {"projector": (1280, 720), "phone": (390, 844)}


@pytest.mark.parametrize("language", ["en", "it"])
def test_question_guess_picture_and_slider_are_on_one_screen(
    address: str, new_tab: Callable, language: str
) -> None:
    tab = new_tab()

    def ends(*parts: str) -> dict[str, float]:
        boxes = {part: tab.page.locator(part).bounding_box() for part in parts}
        return {part: box["y"] + box["height"] for part, box in boxes.items()}

    for one in LESSONS:
        tab.open(f"{address}sandbox?lesson={one.key}&lang={language}")
        for also in ((), ("#because",)):
            if also:
                tab.guess()
                assert tab.page.inner_text("#because").count("%") >= 1
            for width, height in SCREENS.values():
                tab.page.set_viewport_size({"width": width, "height": height})
                tab.page.wait_for_timeout(400)
                low = ends(".question", "#guesses", "#shown-picture", "#dial input", *also)
                assert max(low.values()) <= height, (one.key, width, low)
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


@pytest.mark.parametrize("width", [390, 1280])
def test_no_picture_is_empty(address: str, new_tab: Callable, width: int) -> None:
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
            for (const card of document.querySelectorAll("figure[data-picture]")) {
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
    for width in (700, 390, 1500):
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.page.wait_for_function(fits, timeout=10_000)
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


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
    assert tab.page.evaluate(opacity) == 1.0
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


def test_pictures_are_told_in_words_and_numbers(address: str, new_tab: Callable) -> None:
    tab = new_tab().open(f"{address}sandbox")
    tab.settle()
    told = tab.page.evaluate(
        """() => Object.fromEntries(Array.from(document.querySelectorAll("figure[data-picture]"),
            (one) => [one.dataset.picture, one.querySelector("[role=img]").ariaLabel]))"""
    )
    assert set(told) == set(ORDER)
    assert all(re.search(r"\d", words) for words in told.values()), told
    before = told["per_unit"]
    tab.set("a", "uncertainty", 1.0)
    tab.settle()
    label = "figure[data-picture=per_unit] [role=img]"
    assert tab.page.get_attribute(label, "aria-label") != before


@pytest.mark.parametrize("width", [360, 1366])
def test_nothing_is_wider_than_the_screen(address: str, new_tab: Callable, width: int) -> None:
    tab = new_tab(viewport={"width": width, "height": 740}).open(f"{address}sandbox")
    tab.settle()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_and_picture_has_a_name(address: str, new_tab: Callable) -> None:
    tab = new_tab(color_scheme="dark").open(f"{address}sandbox")
    assert tab.page.evaluate("document.documentElement.dataset.theme") == "dark"
    nameless = tab.page.evaluate(
        """Array.from(document.querySelectorAll("input, select, button, [role=img]")).filter(
            (one) => !one.ariaLabel && !one.textContent.trim() && !one.labels?.length
        ).length"""
    )
    assert nameless == 0
