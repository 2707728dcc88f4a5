"""The pages around: ways in, languages, words only from the catalogues, nothing axe objects to."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from access import check_access
from serving import classroom
from test_load import run
from tornado.httpclient import AsyncHTTPClient, HTTPResponse

from relsim.app.lessons import LESSONS
from relsim.app.texts import words
from relsim.cli.main import main
from relsim.play.catalogue import LANGUAGES
from relsim.play.characters import NAMES, face_of

pytestmark = pytest.mark.browser


def fetched(url: str, **headers: str) -> HTTPResponse:
    async def fetch() -> HTTPResponse:
        client = AsyncHTTPClient(force_instance=True)
        return await client.fetch(url, headers=headers, follow_redirects=False, raise_error=False)

    return run(fetch())


def test_landing_leads_to_game_lessons_and_sandbox(address: str, new_tab: Callable) -> None:
    tab = new_tab()
    for place in range(3):
        tab.page.goto(address)
        way = tab.page.locator(".way a").nth(place)
        where = way.get_attribute("href")
        way.click()
        tab.page.wait_for_url(f"**/{where}")
        assert tab.page.locator("h1").count() == 1
    tab.page.goto(address)
    assert tab.page.locator("#lessons a").count() == len(LESSONS)
    assert tab.errors == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_landing_says_by_which_command_a_class_is_opened(address: str, language: str) -> None:
    body = fetched(f"{address}?lang={language}").body.decode()
    section = re.search(r'<section class="class".*?</section>', body, re.DOTALL)[0]
    assert words(language)("landing.class_how") in unescape(section)
    assert "<a" not in section
    assert "<button" not in section
    command, *arguments = re.search("<code>(.*)</code>", section)[1].split()
    assert command == "relsim"
    assert main([*arguments, "--help"]) == 0


@pytest.mark.parametrize("query", ["seed=4&a.stance=loyal", "lesson=price", "lesson=time&lang=it"])
def test_an_old_link_still_opens(address: str, query: str) -> None:
    answer = fetched(f"{address}?{query}")
    assert answer.code == 302
    assert answer.headers["Location"].endswith(f"sandbox?{query}")
    assert fetched(f"{address}sandbox?{query}").code == 200


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "it-IT,it;q=0.9,en;q=0.5", "it"),
        ("", "fr", "en"),
        ("lang=en", "it", "en"),
        ("lang=it", "en", "it"),
        ("lang=klingon", "it", "it"),
    ],
)
@pytest.mark.parametrize("page", ["", "play", "sandbox"])
def test_language_is_that_of_the_link_or_of_the_browser(
    address: str, page: str, query: str, accepted: str, language: str
) -> None:
    answer = fetched(f"{address}{page}?{query}", **{"Accept-Language": accepted})
    assert f'<html lang="{language}">' in answer.body.decode()


def test_language_is_switched_on_the_page_and_stays_in_the_link(
    address: str, new_tab: Callable
) -> None:
    tab = new_tab(locale="en-GB").open(f"{address}sandbox")
    tab.set("a", "uncertainty", 0.9)
    tab.settle()
    difference = tab.page.evaluate("relsim.numbers().difference")
    tab.page.click("a[data-lang=it]")
    tab.page.wait_for_function(
        "document.documentElement.lang === 'it' && globalThis.relsim?.updates > 0"
    )
    tab.page.wait_for_function("/^50 /.test(document.getElementById('status').textContent)")
    assert "lang=it" in tab.page.url
    assert "a.uncertainty=0.9" in tab.page.url
    assert tab.page.evaluate("relsim.numbers().difference") == difference
    assert re.search(r"un'unità costa \d+,\d\d in meno", tab.page.inner_text("#headline"))
    assert tab.page.inner_text("[data-title=a]") == "A: aggressivi"
    tab.page.click("#site a[href^=play]")
    assert tab.page.get_attribute("html", "lang") == "it"


def test_every_supplier_has_a_face(address: str) -> None:
    drawn = [fetched(f"{address}play/face/{firm}.svg").body.decode() for firm in range(12)]
    assert len(set(drawn)) == len(drawn)
    for firm, face in enumerate(drawn):
        filled = {each.get("fill") for each in ET.fromstring(face)}  # noqa: S314
        assert {face_of(firm).skin, face_of(firm).clothes} <= filled


# --- no words but those of the catalogues ---------------------------------------------------------

MARK = """
from relsim.play.catalogue import Words
plain = Words.sentence
Words.sentence = lambda self, name: f"\\u27e6{plain(self, name)}\\u27e7"
"""

READ = """() => {
    const found = [document.title];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
        if (!texts.currentNode.parentElement.closest("script, style, noscript, code"))
            found.push(texts.currentNode.textContent);
    for (const one of document.querySelectorAll("*"))
        for (const name of ["aria-label", "aria-description", "aria-valuetext", "title", "alt"])
            if (one.hasAttribute(name)) found.push(one.getAttribute(name));
    for (const model of globalThis.Bokeh?.documents[0]?._all_models.values() ?? []) {
        found.push(model.axis_label, ...(model.factors ?? []));
        if (["Title", "Label"].includes(model.type)) found.push(model.text);
        if (model.type === "LegendItem") found.push(model.label?.value);
        for (const name of ["part", "layer", "story", "label"])
            found.push(...(model.type === "ColumnDataSource" ? model.data[name] ?? [] : []));
    }
    return found.filter((one) => typeof one === "string");
}"""


@pytest.fixture(scope="module")
def marked() -> Iterator[str]:
    """Address of a classroom whose catalogues have every sentence in brackets."""
    with classroom(MARK) as served:
        yield served.address


SOURCES = set(words("en").table("sources"))
"""Short names of sources are the same in all languages."""


def strays(page: Any) -> set[str]:
    """Words on a page that stand in no brackets."""
    found = set()
    for text in page.evaluate(READ):
        if text in SOURCES:
            continue
        while (less := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
            text = less
        found |= set(re.findall(r"[^\W\d_]{2,}", text))
    return found


@pytest.mark.parametrize("language", ["en", "it"])
def test_no_page_has_words_that_are_in_no_catalogue(
    marked: str, new_tab: Callable, language: str
) -> None:
    tab = new_tab()
    page = tab.page
    page.goto(f"{marked}?lang={language}")
    assert len(page.evaluate(READ)) > 20
    assert strays(page) == set()
    page.goto(f"{marked}play?lang={language}&seed=7")
    page.wait_for_selector("button.go:enabled")
    assert strays(page) - set(NAMES) == set()
    page.click("button.go")
    page.wait_for_selector(".desk h1")
    assert len(page.evaluate(READ)) > 20
    assert strays(page) - set(NAMES) == set()
    tab.open(f"{marked}sandbox?lang={language}&b.without=bonds")
    page.wait_for_function("relsim.sources().edges_a.data.x0.length > 0", timeout=120_000)
    assert strays(page) == set()
    page.click("#more summary")
    page.select_option("#more-name", "idea_rate")
    page.click("#add")
    page.click("#play")
    page.click("[data-story=a][data-step='1']")
    tab.set("b", "idea_rate", 0.1)
    assert page.inner_text("#story_a") != ""
    assert strays(page) == set()
    page.click("[data-follow=a]")
    page.wait_for_selector("#follow-years li")
    assert strays(page) == set()
    page.fill("#seed", "luck")
    page.press("#seed", "Enter")
    page.wait_for_selector("#banner", state="visible")
    assert strays(page) == set()
    tab.open(f"{marked}sandbox?lang={language}&lesson=silence")
    assert strays(page) == set()
    tab.guess(2)
    page.wait_for_function("document.getElementById('because').textContent !== ''")
    assert strays(page) == set()


# --- for everybody ----------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state_wide_or_narrow(
    address: str, new_tab: Callable, scheme: str
) -> None:
    wide, narrow = ({"width": width, "height": 800} for width in (1280, 390))
    tab = new_tab(color_scheme=scheme, viewport=wide)

    def look(state: str) -> None:
        # The first is the one that the state was reached in.
        for screen in (wide, narrow) if tab.page.viewport_size == wide else (narrow, wide):
            if tab.page.viewport_size != screen:
                tab.page.set_viewport_size(screen)
                tab.page.wait_for_timeout(400)
            check_access(tab.page, f"{state}, {screen}")
        assert tab.page.evaluate("document.documentElement.dataset.theme") == scheme

    for name in ("", "play"):
        tab.page.goto(f"{address}{name}")
        if name:
            tab.page.wait_for_selector("button.go:enabled")
        look(name or "landing")
    tab.open(f"{address}sandbox?lesson=price")
    tab.settle()
    look("before the guess")
    tab.guess(1)
    look("after the guess")
    tab.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    tab.page.wait_for_timeout(500)
    look("all unfolded")
    tab.page.click("#all")
    tab.page.click("[data-story=a][data-step='1']")
    look("all sliders and pictures")
    tab.open(f"{address}sandbox?b.uncertainty=7")
    tab.settle()
    look("sandbox with a message")
