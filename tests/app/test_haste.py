"""Two taps where one was meant, answers at the wrong moment or never, phones that slept."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from phones import asked
from serving import Served
from test_class_browser import PATIENCE, PHONE, decide, join, wait
from test_load import run

from relsim.play import catalogue
from relsim.play.game import Game
from relsim.play.scenarios import YEARS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SETTLED = "!document.getElementById('tools').inert"


def test_two_taps_and_a_decision_at_the_same_moment_let_one_year_pass(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    wall, ada, bo = new_tab(), new_tab(), new_tab()
    wall.page.goto(f"{served.address}/projector#{served.key}")
    join(ada, served.address, "Ada")
    join(bo, served.address, "Bo")
    wall.page.wait_for_function("document.querySelector('.count')?.textContent === '2 have joined'")
    wall.page.wait_for_function(SETTLED)
    wall.page.dblclick("#start")
    for tab in (wall, ada, bo):
        wait(tab, "year")
    for tab in (ada, bo):
        tab.page.wait_for_selector("#desk form", timeout=PATIENCE)
    # A button is the same while others decide: what is pressed is what was seen.
    wall.page.evaluate("document.getElementById('next_year').same = true")
    decide(ada)
    wall.page.wait_for_function(
        "document.querySelector('.count')?.textContent === '1 of 2 have decided'", timeout=PATIENCE
    )
    assert wall.page.evaluate("document.getElementById('next_year').same")
    # What was handed in cannot be changed, and so does not look as if it could.
    assert ada.page.evaluate("document.querySelector('.decisions .rows').inert")
    # The lecturer's tap is on its way when the last one decides.
    held: list[Any] = []
    wall.page.route("**/lead", lambda route: held.append(route))
    wall.page.click("#next_year")
    decide(bo)
    for tab in (ada, bo):
        tab.page.wait_for_function(
            "/Year 2/.test(document.getElementById('desk').textContent)", timeout=PATIENCE
        )
    with wall.page.expect_response("**/lead"):
        held[0].continue_()
    now = run(asked(f"{served.address}/show", {"key": served.key}))
    assert (now["phase"], now["year"], now["decided"]) == ("year", 2, 0)
    ada.page.wait_for_function("!document.querySelector('.decisions .rows').inert")
    assert [tab.errors for tab in (wall, ada, bo)] == [[], [], []]


def test_a_lost_table_is_said(served: Served, new_tab: Callable[..., Any]) -> None:
    wall = new_tab()
    wall.page.goto(f"{served.address}/projector#{served.key}")
    wall.page.wait_for_selector("#csv")
    wall.page.route("**/csv", lambda route: route.abort())
    wall.page.click("#csv")
    wall.page.wait_for_selector("#tools .problem:not([hidden])")
    assert wall.page.inner_text("#tools .problem") == catalogue.words("en")("class.lost")


def test_nobody_begins_the_game_that_was_chosen_before(
    address: str, new_tab: Callable[..., Any]
) -> None:
    page = new_tab(reduced_motion="reduce").page
    page.goto(f"{address}play?seed=3")
    page.wait_for_selector("button.go:enabled")
    first, other = (page.locator("[name=scenario]").nth(at) for at in (0, 1))
    opening = page.inner_text(".about")
    held: list[Any] = []
    page.route("**/play/new", lambda route: held.append(route))
    other.check(force=True)
    assert page.is_disabled("button.go")
    # When nothing comes, what stands is what is chosen.
    held[0].abort()
    page.wait_for_selector("button.go:enabled")
    assert first.is_checked()
    assert page.inner_text(".about") == opening
    other.check(force=True)
    held[1].continue_()
    page.wait_for_selector("button.go:enabled")
    assert other.is_checked()
    assert page.inner_text(".about") != opening


TWO_YEARS = """async () => {
    const address = (path) => new URL(path, location.href);
    const { mount } = await import(document.querySelector("script[src*='play.js']").src
        .replace("play.js", "desk.js"));
    const ask = async (request, values) =>
        (await fetch(address(`play/${request}`), {
            method: "POST", body: JSON.stringify({ ...values, language: "en" }) })).json();
    const views = [await ask("new", { scenario: "usual", seed: 3 })];
    for (let year = 1; year <= 2; year++)
        views.push(await ask("decide", {
            game: views.at(-1).link, decisions: { default: {}, suppliers: {} } }));
    let news = null;
    const place = document.body.appendChild(document.createElement("div"));
    globalThis.desk = mount(place, {
        view: async () => views[0], decide: async () => null, onNews: (call) => { news = call; } });
    await desk.ready;
    globalThis.scenes = [];
    new MutationObserver(() => scenes.push(document.querySelectorAll(".scene").length))
        .observe(place, { childList: true, subtree: true });
    news(views[1]);
    globalThis.last = news(views[2]);
}"""


def test_years_that_come_together_pass_one_after_the_other(
    address: str, new_tab: Callable[..., Any]
) -> None:
    tab = new_tab()
    page = tab.page
    page.goto(f"{address}play?seed=3")
    page.wait_for_selector("button.go:enabled")
    page.evaluate(TWO_YEARS)
    for _ in range(2):
        page.wait_for_selector(".scene .skip")
        page.keyboard.press("Escape")
    page.evaluate("last")
    assert page.evaluate("desk.title.textContent") == "Year 3 of 10"
    assert page.evaluate("Math.max(...scenes)") == 1
    assert tab.errors == []


def test_what_is_copied_twice_has_its_name_again(address: str, new_tab: Callable) -> None:
    page = new_tab().open(f"{address}sandbox").page
    name = page.inner_text("#copy-link")
    for _ in range(2):
        page.click("#copy-link")
        page.wait_for_function(f"document.getElementById('copy-link').textContent !== {name!r}")
    page.wait_for_timeout(1500)
    assert page.inner_text("#copy-link") == name


def test_numbers_that_come_late_do_not_take_a_message_back(
    address: str, new_tab: Callable[..., Any]
) -> None:
    tab = new_tab()
    page = tab.page
    held: list[Any] = []
    holding = False

    def between(socket: Any) -> None:
        server = socket.connect_to_server()
        server.on_message(
            lambda message: held.append((socket, message)) if holding else socket.send(message)
        )

    page.route_web_socket("**/numbers", between)
    tab.open(f"{address}sandbox").settle()
    holding = True
    page.locator("input[data-arm=a][data-name=aggressiveness]").press("ArrowLeft")
    while not held:
        page.wait_for_timeout(50)
    late, holding = list(held), False
    page.fill("#seed", "luck")
    page.press("#seed", "Enter")
    page.wait_for_selector("#banner", state="visible")
    updates = page.evaluate("relsim.updates")
    for socket, message in late:
        socket.send(message)
    page.wait_for_function(f"relsim.updates > {updates}")
    assert page.is_visible("#banner")
    page.fill("#seed", "4")
    page.press("#seed", "Enter")
    page.wait_for_selector("#banner", state="hidden")
    tab.settle()
    assert tab.errors == []


def lead(served: Served, action: str, **values: Any) -> None:
    run(asked(f"{served.address}/lead", {"key": served.key, "action": action, **values}))


def test_a_phone_that_slept_through_a_round_plays_the_one_that_is_on(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    ada = new_tab(**PHONE)
    join(ada, served.address, "Ada")
    lead(served, "next")
    ada.page.wait_for_selector("#desk .card", timeout=PATIENCE)
    decide(ada)
    ada.page.wait_for_function("/Year 2/.test(document.getElementById('desk').textContent)")
    # It hears nothing while it sleeps.
    asleep: list[Any] = []
    ada.page.route("**/news", lambda route: asleep.append(route))
    for action in ("reveal", "next", "next"):
        lead(served, action)
    ada.page.unroute("**/news")
    for route in asleep:
        route.continue_()
    ada.page.wait_for_function("/Year 1/.test(document.getElementById('desk').textContent)")
    assert ada.page.inner_text("header h1").startswith("Round 2")
    token = ada.page.evaluate("Object.values(localStorage)[0]")
    desk = run(asked(f"{served.address}/view", {"token": token}))["desk"]
    shown = "Array.from(document.querySelectorAll('.card'), (one) => Number(one.dataset.firm))"
    assert ada.page.evaluate(shown) == [one["firm"] for one in desk["suppliers"]]
    decide(ada)
    ada.page.wait_for_function("/Year 2/.test(document.getElementById('desk').textContent)")
    assert ada.errors == []


def test_a_lost_request_leaves_no_empty_desk_and_is_said_in_ones_language(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    bo = new_tab(**PHONE)
    join(bo, f"{served.address}?lang=it", "Bo")
    seen = []

    def once(route: Any) -> None:
        seen.append(route)
        if len(seen) == 1:
            route.abort()
        else:
            route.continue_()

    bo.page.route("**/view", once)
    lead(served, "next")
    bo.page.wait_for_selector("#desk .card", timeout=PATIENCE)
    bo.page.route("**/decide", lambda route: route.abort())
    decide(bo)
    lost = catalogue.words("it")("class.lost")
    bo.page.wait_for_selector(f"#desk .problem >> text={lost}")
    bo.page.unroute("**/decide")
    decide(bo)
    bo.page.wait_for_function("/Anno 2/.test(document.getElementById('desk').textContent)")
    assert not bo.page.is_visible("#desk .problem")


def test_two_taps_on_join_are_one_student(served: Served, new_tab: Callable[..., Any]) -> None:
    dora = new_tab(**PHONE)
    dora.page.goto(served.address)
    dora.page.fill("#name", "Dora")
    dora.page.dblclick("button.go")
    wait(dora, "guess")
    dora.page.wait_for_timeout(300)
    assert not dora.page.is_visible(".problem")
    # The button that was pressed keeps the focus when the page is renewed.
    dora.page.locator(".picks button").nth(1).focus()
    dora.page.keyboard.press("Enter")
    dora.page.wait_for_selector(".picks [aria-pressed=true]")
    assert dora.page.evaluate("document.activeElement.ariaPressed") == "true"


def test_enter_on_hide_does_not_go_on(served: Served, new_tab: Callable[..., Any]) -> None:
    wall = new_tab()
    wall.page.goto(f"{served.address}/projector#{served.key}")
    wall.page.wait_for_function(SETTLED)
    wall.page.focus("#hide")
    for now, then in (("hide", "show"), ("show", "hide")):
        wall.page.keyboard.press("Enter")
        wall.page.wait_for_selector(f"#{then}")
        wall.page.wait_for_function(f"document.activeElement.id === {then!r}", timeout=5000)
        assert not wall.page.query_selector(f"#{now}")
    assert wall.page.query_selector("#start")
    # Nor is it lost when the buttons change twice within a moment.
    wall.page.keyboard.press("Enter")
    wall.page.wait_for_selector("#show")
    lead(served, "next")
    wall.page.wait_for_selector("#start", state="detached")
    wall.page.wait_for_function("document.activeElement.id === 'show'", timeout=5000)


def test_after_a_lost_result_the_button_asks_again(
    address: str, new_tab: Callable[..., Any]
) -> None:
    page = new_tab(reduced_motion="reduce").page
    game = Game("commodity", 3)
    for _ in range(YEARS - 1):
        game.advance()
    page.goto(f"{address}play?game={quote(game.link)}")
    page.wait_for_selector(".desk .go:enabled")
    page.route("**/play/result", lambda route: route.abort())
    page.click(".desk .go")
    page.wait_for_selector(".desk .problem:not([hidden])")
    page.unroute("**/play/result")
    page.click(".desk .go")
    page.wait_for_selector(".result")
    assert Game.from_link(parse_qs(urlsplit(page.url).query)["game"][0]).year == YEARS


def test_a_game_goes_on_in_the_other_language(address: str, new_tab: Callable[..., Any]) -> None:
    page = new_tab().page
    game = Game("ideas", 3)
    game.advance()
    page.goto(f"{address}play?game={quote(game.link)}&lang=en")
    page.click("a[data-lang=it]")
    page.wait_for_selector(".desk h1 >> text=Anno 2")
    page.click("a[data-lang=en]")
    page.wait_for_selector(".desk h1 >> text=Year 2")
    assert parse_qs(urlsplit(page.url).query)["game"] == [game.link]


def test_a_code_may_be_typed_as_it_is_read_aloud(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    page = new_tab(**PHONE).page
    site, _, code = served.address.rpartition("/")
    page.goto(site)
    page.fill("#code", f"{code[:3].lower()}-{code[3:]} ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#name")
    assert page.url.startswith(served.address)


def test_a_browser_without_memory_can_join_and_who_comes_at_the_reveal_is_told_to_wait(
    served: Served, new_tab: Callable[..., Any]
) -> None:
    for action in ("next", "reveal"):
        lead(served, action)
    ada, wall = new_tab(**PHONE), new_tab()
    for tab, storage in ((ada, "localStorage"), (wall, "sessionStorage")):
        tab.page.add_init_script(
            f"Object.defineProperty(window, '{storage}', {{ get() {{ throw new Error(); }} }})"
        )
    wall.page.goto(f"{served.address}/projector#{served.key}")
    wait(wall, "reveal")
    ada.page.goto(served.address)
    ada.page.fill("#name", "Ada")
    ada.page.click("button.go")
    wait(ada, "reveal")
    assert ada.page.inner_text(".waiting") == catalogue.words("en")("class.wait_next")
    assert ada.errors == wall.errors == []


def test_after_a_reload_later_years_are_not_taken_for_granted(
    address: str, new_tab: Callable[..., Any]
) -> None:
    page = new_tab(reduced_motion="reduce").page
    game = Game("commodity", 3)
    for _ in range(YEARS):
        game.advance()
    page.goto(f"{address}play?game={quote(game.link)}")
    page.click("[data-year='3']")
    page.wait_for_selector(".only input:checked")
    page.reload()
    page.wait_for_selector(".only input")
    assert not page.is_checked(".only input")
