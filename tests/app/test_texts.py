"""The catalogue of texts: nothing missing, nothing idle, every lesson complete."""

import re
from graphlib import TopologicalSorter
from pathlib import Path
from string import Formatter

import pytest

from relsim import app
from relsim.app import figures, figures_of_pair, page, pages, parts
from relsim.app.entries import SLIDERS, entries
from relsim.app.lessons import GUESSES, LESSONS
from relsim.app.settings import Settings, parse
from relsim.app.texts import of_model, preferred, words
from relsim.app.titles import titles
from relsim.app.views import SUMMARY
from relsim.model.events import YEAR
from relsim.model.observation import MEASURES
from relsim.parameters.stances import BUYER_STANCES
from relsim.play import catalogue
from relsim.play.catalogue import LANGUAGES

pytestmark = pytest.mark.quick

FOLDER = Path(app.__file__).parent
KEY = re.compile(r"\b[A-Z]{2,3}\d{2}\b|\bASR\b|\bGO\b|\bL83\b")
"""Of a source."""


def braces(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_catalogues_have_the_same_sentences_with_the_same_values() -> None:
    english, italian = (words(language).sentences for language in ("en", "it"))
    of_the_model = set(of_model())
    assert set(english) - of_the_model == set(italian) - of_the_model
    for name in set(english) & set(italian):
        assert braces(english[name]) == braces(italian[name]), name


def test_what_the_pages_show_of_the_models_tables_is_translated() -> None:
    italian = words("it").sentences
    for name, entry in entries().items():
        assert f"parameters.{name}.name" in italian
        assert f"parameters.{name}.meaning" in italian
        assert f"units.{entry.unit}" in italian
    for name in SUMMARY:
        assert f"measures.{name}" in italian
        assert f"units.{MEASURES[name].unit}" in italian
    assert set(BUYER_STANCES) == set(words("it").table("stances"))


def test_every_sentence_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*.*")
        if path.suffix in {".py", ".js", ".html"}
    )
    whole_tables = {
        "landing",
        "parts",
        "layers",
        "phases",
        "stances",
        "presets",
        "sliders",
        "glossary",
    }
    own = set(words("en").sentences) - set(of_model())
    for name in own:
        table, _, last = name.partition(".")
        last = last.rpartition(".")[2]
        if table not in whole_tables | {"sources"}:
            assert re.search(rf"\b{last}\b|_{last}\b", code), f"nobody uses {name!r}"


def test_every_sentence_of_a_class_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in FOLDER.parent.rglob("*.*")
        if path.suffix in {".py", ".js", ".html"}
    )
    for name in catalogue.words("en").table("class"):
        stem = re.match(r"(guess|kind|score)_(?=.)", name)
        used = f"class.{stem[0]}${{" in code if stem else False
        assert used or re.search(rf"\b{name}\b", code), f"nobody uses {name!r}"


def test_the_language_is_what_the_browser_likes_best() -> None:
    assert preferred("it-IT,it;q=0.9,en;q=0.8") == "it"
    assert preferred("fr,en;q=0.3,it;q=0.2") == "en"
    assert preferred("de, *;q=nonsense, \0") == "en"


def test_scripts_import_in_no_circle_and_none_is_idle() -> None:
    imports = {
        script.stem: set(re.findall(r'import .*"\./(\w+)\.js"', script.read_text("utf-8")))
        for script in page.WEB.glob("*.js")
    }
    assert set(TopologicalSorter(imports).static_order()) == set(imports)
    used = {page.MODULES[-1], *(one.entry.removesuffix(".js") for one in pages.PAGES.values())}
    while more := {name for one in used for name in imports[one]} - used:
        used |= more
    assert used == set(imports)
    for index, name in enumerate(page.MODULES):
        assert imports[name] <= set(page.MODULES[:index])


def test_scripts_joined_have_each_name_once() -> None:
    script = page.joined()
    assert "import " not in script
    names = re.findall(r"^(?:const|let) (\w+)", script, flags=re.MULTILINE)
    assert len(set(names)) == len(names) > 50


def test_every_slider_and_picture_has_words() -> None:
    assert set(SLIDERS) <= set(entries())
    assert set(page.ORDER) == set(figures.build(words("en")).figures)
    for language in LANGUAGES:
        assert all(f"sliders.{name}" in words(language).sentences for name in SLIDERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_name_their_sources_which_are_spelled_out(language: str) -> None:
    told = words(language)
    spelled = set(told.table("sources"))
    for lesson in LESSONS:
        named = set(KEY.findall(told(f"lessons.{lesson.key}.sources")))
        assert named
        assert named <= spelled
        assert told(f"lessons.{lesson.key}.question").rstrip().endswith("?")
    for name, sentence in told.sentences.items():
        if not name.startswith("parameters."):
            assert set(KEY.findall(sentence)) <= spelled, name


def test_right_answers_are_as_often_a_as_b() -> None:
    right = [lesson.right for lesson in LESSONS]
    assert len({lesson.key for lesson in LESSONS}) == len(LESSONS) >= 6
    assert right.count(0) == right.count(1)
    assert right.count(2) >= 1
    assert max(map(len, re.findall(r"(\d)(?=\1)", "".join(map(str, right))) or [""])) <= 2
    for lesson in LESSONS:
        assert set(lesson.pictures) <= set(page.ORDER)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "a.stance=loyal&b.stance=loyal",
        "a.aggressiveness=0.5&b.aggressiveness=0.5&b.candour=0.9",
        "a.aggressiveness=0.5&b.aggressiveness=0.5&b.without=bonds",
        "a.stance=trusting&a.uncertainty=0.1&a.candour=0.2&b.stance=trusting&b.wage=80",
        *(lesson.link for lesson in LESSONS),
    ],
)
def test_two_markets_never_have_the_same_title(query: str, language: str) -> None:
    first, second = titles(parse(query), words(language))
    assert first != second


def test_a_lesson_is_titled_by_its_settings_only_as_long_as_it_has_them() -> None:
    told, written = words("en"), LESSONS[4]
    assert titles(written.opened, told) == ("candid buyers", "silent buyers")
    assert titles(parse(f"{written.link}&theme=dark&lang=it"), told)[0] == "candid buyers"
    moved = parse(written.link.replace("b.candour=0.1", "b.candour=0.3"))
    assert titles(moved, told) == ("candour 0.9", "candour 0.3")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_about_twenty_terms_in_the_glossary(language: str) -> None:
    told = words(language).table("glossary")
    assert len(told) // 2 in range(18, 26)
    assert len(GUESSES) == 3


def test_page_asks_nothing_from_outside() -> None:
    for lesson in ("", *(one.key for one in LESSONS)):
        written = page.html("", Settings(lesson=lesson), words("en"))
        assert not re.search(r"https?://(?!www\.w3\.org)", written.partition("relsim-pictures")[0])


def test_a_message_cannot_become_part_of_the_page() -> None:
    written = page.html("", Settings(), words("en"), "</script><script>alert(1)</script>")
    assert "<script>alert" not in written


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted(luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_graphics_stand_out_from_the_page(theme: str) -> None:
    """Curves, outlines of bars, axes, phases; borders of what can be clicked."""
    look = page.LOOKS[theme]
    drawn = [look["a"], look["b"], look["ink"], look["soft"], *page.PHASES[theme], "#808080"]
    drawn.append(figures_of_pair.SUPPLIER)
    assert min(contrast(colour, look["card"]) for colour in drawn) >= 3.0
    css = (page.WEB / "site.css").read_text(encoding="utf-8")
    block = css.split(':root[data-theme="dark"]')[theme == "dark"]
    colours = dict(re.findall(r"--(\w+): (#\w{6})", block.partition("}")[0]))
    for name in ("edge", "a", "b", "accent"):
        assert contrast(colours[name], colours["paper"]) >= 3.0, name


def test_bars_have_an_outline() -> None:
    """Their own colours are light: what is seen is the line around them."""
    made = figures.build(words("en")).figures
    for name in ("stack", "parts"):
        assert made[name].select({"name": "outlined"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_sliders_there_from_the_start_and_added_later_have_labels_of_one_form(
    language: str,
) -> None:
    told = words(language)
    for arm in "ab":
        label = parts.slider(told, arm, "wage")["label"]
        # As ``sliders.js`` makes it.
        assert label == told("script.slider", name=told.slider("wage"), letter=arm.upper())
    both = parts.slider(told, "ab", "wage")["label"]
    assert both == {"en": "wage, both markets", "it": "costo orario, entrambi i mercati"}[language]
    assert parts.slider(words("en"), "a", "wage")["label"] == "wage, market A"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_how_months_are_counted(language: str) -> None:
    """By the glossary the first year ends with the month before that of the second."""
    told = words(language)
    meaning = told("glossary.month.meaning")
    assert [int(number) for number in re.findall(r"\d+", meaning)] == [0, 1, 0, YEAR - 1, 119]
    written = page.html("", Settings(), told)
    assert re.search(r'id="month" min="0" max="119"', written)
    for name in ("sandbox.keyboard", "follow.about"):
        assert re.search(r"(from|da) 0\.", told(name))
