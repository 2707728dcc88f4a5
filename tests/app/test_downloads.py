"""What can be taken away from the page: numbers, pictures, a file of all lessons."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import screenshots

from relsim import compare, presets
from relsim.app.export import write
from relsim.app.lessons import LESSONS

pytestmark = pytest.mark.browser


def test_downloads_hold_the_picture_and_the_numbers_which_are_those_of_compare(
    address: str, new_tab: Callable
) -> None:
    tab = new_tab().open(f"{address}sandbox?seed=4&a.uncertainty=0.6")
    tab.settle()
    with tab.page.expect_download() as waiting:
        tab.page.click("#csv")
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text())))
    table = [row for row in rows if row["table"] == "summary"]
    base = presets["classroom"]
    expected = compare(
        base.with_values(buyer_stances="aggressive", uncertainty=0.6),
        base.with_values(buyer_stances="trusting"),
        replicates=50,
        seed=4,
    )
    truth = expected.table.set_index("measure")
    shown = tab.numbers()
    for place, measure in enumerate(shown["measure"]):
        found = {row["arm"]: row for row in table if row["measure"] == measure}
        row = truth.loc[measure]
        assert float(found["A"]["value"]) == shown["a"][place] == row[expected.names[0]]
        assert float(found["B"]["value"]) == shown["b"][place] == row[expected.names[1]]
        for name in ("difference", "low", "high"):
            column = "value" if name == "difference" else name
            assert float(found["B minus A"][column]) == shown[name][place] == row[name]
    months = [
        float(row["value"])
        for row in rows
        if row["table"] == "months"
        and row["arm"] == "A"
        and row["measure"] == "cumulative_cost_per_unit"
    ]
    series = expected.series
    curve = series[
        (series["arm"] == expected.names[0]) & (series["measure"] == "cumulative_cost_per_unit")
    ]
    assert months == curve["mean"].tolist()
    with tab.page.expect_download() as waiting:
        tab.page.click("#png")
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")


def test_exported_file_works_from_disk(tmp_path: Path, new_tab: Callable) -> None:
    file = tmp_path / "lesson.html"
    size = write(file, LESSONS[:2], stops=3, replicates=3)
    assert size == file.stat().st_size < 15_000_000
    tab = new_tab(offline=True).open(file.as_uri())
    tab.guess()
    before = tab.numbers()
    tab.page.locator("input[data-stop='0']").press("ArrowLeft")
    tab.page.wait_for_function(
        "before => JSON.stringify(relsim.numbers().a) !== JSON.stringify(before)", arg=before["a"]
    )
    base = presets["classroom"]
    expected = compare(
        base.with_values(aggressiveness=0.5),
        base.with_values(buyer_stances="trusting"),
        replicates=3,
        seed=0,
    )
    row = expected.table.set_index("measure").loc["total_cost_per_unit"]
    shown = tab.numbers()
    place = shown["measure"].index("total_cost_per_unit")
    assert shown["difference"][place] == row["difference"]
    tab.page.click("#rest > summary")
    tab.page.click("#play")
    tab.page.wait_for_function("Number(document.getElementById('month').value) > 1")
    with tab.page.expect_download() as waiting:
        tab.page.click("#png")
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    with tab.page.expect_download() as waiting:
        tab.page.click("#csv")
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text())))
    written = {
        row["measure"]: float(row["value"])
        for row in rows
        if row["table"] == "summary" and row["arm"] == "B minus A"
    }
    assert written == dict(zip(shown["measure"], shown["difference"], strict=True))
    tab.page.click("#lessons a[data-lesson=patience]")
    tab.page.wait_for_function(
        "document.querySelector('#lesson-box h1').textContent.includes('ten years')"
    )
    assert tab.errors == []
    assert [url for url in tab.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_the_screenshot_of_the_readme_can_be_made_again(
    tmp_path: Path, address: str, chrome: Any
) -> None:
    file = screenshots.write(tmp_path, address, chrome)
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    assert file.read_bytes().startswith(b"\x89PNG")
    assert f"experiments/figures/{file.name}" in readme
