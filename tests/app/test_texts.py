"""The catalogue of texts: nothing missing, nothing idle, every lesson complete."""

import re
from pathlib import Path

from relsim import app
from relsim.app import figures, page
from relsim.app.lessons import LESSONS
from relsim.app.settings import SLIDERS, Settings, entries
from relsim.app.texts import TEXTS, text

FOLDER = Path(app.__file__).parent
SOURCES = {"KJ22", "ASR", "L83", "DC03", "AT73", "CM94", "SP13", "GO", "WKH00", "K09"}


def test_every_text_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*.*")
        if path.suffix in {".py", ".js"} and path.name != "texts.py"
    )
    drawn = figures.build().figures
    for name in TEXTS:
        base = re.sub(r"_alt$", "", name)
        families = (name.startswith(("slider_", "layers_")), base in code, base in drawn)
        assert any(families), f"nobody uses {name!r}"


def test_scripts_import_only_those_before_them() -> None:
    assert {f"{name}.js" for name in page.MODULES} == {each.name for each in page.WEB.glob("*.js")}
    for index, name in enumerate(page.MODULES):
        source = (page.WEB / f"{name}.js").read_text(encoding="utf-8")
        assert set(re.findall(r'from "\./(\w+)\.js"', source)) <= set(page.MODULES[:index])


def test_scripts_joined_have_each_name_once() -> None:
    script = page.joined()
    assert "import " not in script
    names = re.findall(r"^(?:const|let) (\w+)", script, flags=re.MULTILINE)
    assert len(set(names)) == len(names) > 50


def test_every_slider_and_picture_has_words() -> None:
    assert set(SLIDERS) <= set(entries())
    assert set(page.ORDER) == set(figures.build().figures)
    for name in SLIDERS:
        assert f"slider_{name}" in TEXTS
    assert text("arm", letter="A") == "Market A"


def test_lessons_name_their_sources_and_pictures() -> None:
    assert len(LESSONS) >= 6
    assert len({lesson.key for lesson in LESSONS}) == len(LESSONS)
    for lesson in LESSONS:
        assert (
            set(re.findall(r"\b[A-Z]{2,3}\d{2}\b|\bASR\b|\bGO\b|\bL83\b", lesson.sources)) & SOURCES
        )
        assert set(lesson.pictures) <= set(page.ORDER)
        assert lesson.question.rstrip().endswith("?")


def test_page_asks_nothing_from_outside() -> None:
    for lesson in ("", *(one.key for one in LESSONS)):
        written = page.body(Settings(lesson=lesson))
        assert "http://" not in written
        assert "https://" not in written


def test_a_message_cannot_become_part_of_the_page() -> None:
    written = page.body(Settings(), error="</script><script>alert(1)</script>")
    assert "<script>alert" not in written
