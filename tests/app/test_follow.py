"""One relationship followed: the story is that of the run, told in the language of the page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from access import check_access

from relsim.app import follow
from relsim.app.figures_of_pair import LINES
from relsim.app.settings import parameters, parse
from relsim.app.texts import event_key, words
from relsim.comparison import seeds
from relsim.model.events import ENDINGS, EVENTS, OFTEN
from relsim.model.run import Run
from relsim.model.simulation import simulate
from relsim.play.catalogue import LANGUAGES

LINK = "seed=3&b.stance=loyal&b.staff_turnover=0.03"
B = {"arm": "b", "buyer": 5}


@pytest.fixture(scope="module")
def run() -> Run:
    chosen = parse(LINK)
    return simulate(parameters(chosen, 1), seeds(chosen.seed, 50)[0], history=True)


def test_suppliers_are_those_that_the_buyer_dealt_with(run: Run) -> None:
    told = follow.story(parse(LINK), B, words("en"))
    months = run.history(5)["supplier"].value_counts()
    assert {number for number, _ in told["suppliers"]} == set(months.index)
    assert all(f": {months[number]})" in name for number, name in told["suppliers"])
    assert months[told["supplier"]] == months.max()
    assert told["buyers"] == run.parameters.buyers
    never = next(number for number in range(40) if number not in months.index)
    other = follow.story(parse(LINK), {**B, "supplier": never}, words("en"))
    assert other["supplier"] == told["supplier"]


def test_lines_and_phases_are_those_of_the_history(run: Run) -> None:
    for supplier in run.history(5)["supplier"].unique()[:3]:
        sources = follow.story(parse(LINK), {**B, "supplier": int(supplier)}, words("en"))[
            "sources"
        ]
        history = run.history(5, int(supplier))
        for variable in (*LINES["followed_trust"], *LINES["followed_told"]):
            shown = [-1.0 if value is None else value for value in sources["followed"][variable]]
            assert shown == history[variable].fillna(-1.0).tolist()
        names = ("commercial", "collaborative", "collaborative and personal")
        for place, phase in enumerate(names):
            band = sources[f"followed_{place}"]
            inside = [
                month
                for month in history["period"]
                if any(
                    left < month < right
                    for left, right in zip(band["left"][1:], band["right"][1:], strict=True)
                )
            ]
            assert inside == history.loc[history["phase"] == phase, "period"].tolist()


def test_all_that_happens_seldom_is_told_in_its_month(run: Run) -> None:
    for supplier in run.history(5)["supplier"].unique():
        asked = {**B, "supplier": int(supplier)}
        log = run.events(5, int(supplier))
        rare = log[~log["event"].isin(OFTEN)]
        told = follow.story(parse(LINK), asked, words("en"))
        said = [event for year in told["years"] for event in year["events"]]
        assert said == [f"Month {row.period}: {row.sentence}" for row in rare.itertuples()]
        italian = follow.story(parse(LINK), asked, words("it"))
        assert [len(year["events"]) for year in italian["years"]] == [
            len(year["events"]) for year in told["years"]
        ]
        assert not any(
            re.search(r"\bThe\b|\bbuyer\b|\bMonth\b", str(italian[name]))
            for name in ("title", "years", "suppliers", "alternatives")
        )


@pytest.mark.quick
def test_every_event_has_its_words() -> None:
    needed = {event_key(event.name) for event in EVENTS if not event.often}
    needed |= {event_key(reason) for reason in ENDINGS}
    for language in LANGUAGES:
        assert set(words(language).table("events")) == needed


# --- in a browser ---------------------------------------------------------------------------------

TOLD = "!document.getElementById('followed').hidden && !document.querySelector('[data-waiting]')"


@pytest.mark.browser
@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (390, "it")])
def test_a_buyer_is_followed_by_keyboard(
    address: str, new_tab: Callable, width: int, language: str
) -> None:
    tab = new_tab(viewport={"width": width, "height": 800})
    tab.open(f"{address}sandbox?{LINK}&lang={language}")
    page = tab.page
    page.wait_for_function("document.getElementById('follow-buyer').options.length > 1")
    assert not page.is_visible("#followed")
    page.focus("#follow-arm")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("5")
    page.wait_for_function(TOLD)
    told = follow.story(parse(LINK), B, words(language))
    assert page.inner_text("#follow-finding") == told["title"]
    shown = page.locator("#follow-years li").all_inner_texts()
    assert shown == [event for year in told["years"] for event in year["events"]]
    for name, text in told["alternatives"].items():
        assert page.get_attribute(f"[data-picture={name}] [role=img]", "aria-label") == text
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    second = follow.story(parse(LINK), {**B, "supplier": told["suppliers"][1][0]}, words(language))
    page.wait_for_function(
        f"document.getElementById('follow-finding').textContent === {second['title']!r}"
    )
    check_access(page, "sandbox, a relationship followed")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.errors == []


@pytest.mark.browser
def test_a_relationship_of_the_network_is_followed_and_goes_with_the_settings(
    address: str, new_tab: Callable
) -> None:
    tab = new_tab().open(f"{address}sandbox?{LINK}")
    page = tab.page
    page.wait_for_function("relsim.sources().edges_b.data.x0.length > 0")
    assert not page.is_visible("[data-follow=b]")
    page.click("[data-story=b][data-step='1']")
    pair = re.search(r"buyer (\d+) and salesperson (\d+)", page.inner_text("#story_b"))
    assert pair is not None
    page.click("[data-follow=b]")
    page.wait_for_function(TOLD)
    before = page.inner_text("#follow-finding")
    assert before.startswith(f"Buyer {pair[1]} and supplier {pair[2]}: ")
    line = "relsim.sources().followed.data.buyer_trust_in_seller.join()"
    curve = page.evaluate(line)
    tab.set("b", "uncertainty", 0.9)
    page.wait_for_function(f"{line} !== {curve!r}", timeout=60_000)
    assert page.input_value("#follow-buyer") == pair[1]
    assert tab.errors == []


@pytest.mark.browser
def test_a_relationship_that_is_asked_for_is_told_though_settings_change_meanwhile(
    address: str, new_tab: Callable
) -> None:
    tab = new_tab().open(f"{address}sandbox?{LINK}")
    page = tab.page
    page.wait_for_function("relsim.sources().edges_b.data.x0.length > 0")
    page.click("[data-story=b][data-step='1']")
    pair = re.search(r"buyer (\d+) and salesperson (\d+)", page.inner_text("#story_b"))
    assert pair is not None
    held: list[Any] = []
    page.route("**/follow", lambda route: held.append(route))
    page.click("[data-follow=b]")
    tab.set("b", "uncertainty", 0.9)
    for _ in range(300):
        if len(held) > 1:
            break
        page.wait_for_timeout(100)
    for route in held:
        route.continue_()
    page.unroute("**/follow")
    page.wait_for_function(TOLD)
    assert page.inner_text("#follow-finding").startswith(f"Buyer {pair[1]} and supplier ")
    assert page.input_value("#follow-buyer") == pair[1]
    assert tab.errors == []
