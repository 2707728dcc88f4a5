"""Measures of one's own: in a comparison, its tables and its record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from comparisons import SMALL, same

from relsim import Run, simulate
from relsim.comparison import Comparison, again, compare
from relsim.io.errors import InputError

SOURCE = """
def spread(run):
    return float(run.buyers["component_price"].std())
"""


def spread(run: Run) -> float:
    return float(run.buyers["component_price"].std())


def twice(run: Run) -> np.float32:
    return np.float32(2.0)


def wrong(value: Any) -> Any:
    """A measure that gives something."""
    return lambda run: value


@pytest.fixture(scope="module")
def result() -> Comparison:
    own = {"spread": spread, "twice": twice}
    return compare("aggressive", "trusting", base=SMALL, replicates=3, measures=own, workers=1)


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A module in the folder that the program was started in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    file = tmp_path / "measures_of_mine.py"
    file.write_text(SOURCE, encoding="utf-8")
    yield file
    sys.modules.pop(file.stem, None)


def test_they_are_rows_of_table_and_summary_and_columns_of_runs(result: Comparison) -> None:
    for table in (result.table, result.summary):
        assert list(table["measure"])[-2:] == ["spread", "twice"]
        assert list(table["unit"])[-2:] == ["", ""]
    runs = result.runs.set_index(["arm", "replicate"])
    first = simulate(SMALL.with_values(buyer_stances="trusting"), result.seeds[2])
    assert runs.loc[("trusting", 2), "spread"] == spread(first)
    assert set(runs["twice"]) == {2.0}
    row = result.table.set_index("measure").loc["spread"]
    means = runs["spread"].groupby("arm").mean()
    assert row["difference"] == pytest.approx(means["trusting"] - means["aggressive"])
    assert row["low"] <= row["difference"] <= row["high"]
    assert "spread" not in set(result.series["measure"])


def test_what_else_is_measured_does_not_depend_on_them(result: Comparison) -> None:
    plain = compare("aggressive", "trusting", base=SMALL, replicates=3)
    assert plain.table.equals(result.table.iloc[:-2])
    assert plain.runs.equals(result.runs.iloc[:, :-2])


def test_a_saved_comparison_wants_them_again(result: Comparison, tmp_path: Path) -> None:
    result.save(tmp_path)
    with pytest.raises(InputError, match=r"ran with the measure spread \(.*:spread\); give it"):
        again(tmp_path)
    own = {"spread": spread, "twice": twice}
    assert same(again(tmp_path, measures=own), result)
    with pytest.raises(InputError, match="ran without the measure more; leave it out"):
        again(tmp_path, measures={**own, "more": spread})
    with pytest.warns(UserWarning, match="the measure twice was edited since"):
        again(tmp_path, measures={**own, "twice": lambda run: 3.0})


def test_a_function_may_be_named_by_its_module(module: Path) -> None:
    own = {"apart": f"{module.stem}:spread"}
    found = compare("loyal", "trusting", base=SMALL, replicates=2, measures=own)
    by_hand = compare("loyal", "trusting", base=SMALL, replicates=2, measures={"apart": spread})
    assert found.runs.equals(by_hand.runs)
    assert found.record()["measures"]["apart"]["name"] == f"{module.stem}:spread"


def test_nan_says_that_there_is_nothing_to_measure() -> None:
    own = {"nothing": wrong(float("nan"))}
    found = compare("loyal", "trusting", base=SMALL, replicates=2, measures=own)
    assert found.table["difference"].isna().iloc[-1]


@pytest.mark.parametrize(
    ("measures", "words"),
    [
        ([spread], "measures = .*allowed is {name: function}"),
        ({"my spread": spread}, "'my spread': allowed is a name of letters"),
        ({"retention": spread}, "'retention' is taken"),
        ({"candour": spread}, "'candour' is taken"),
        ({"seed": spread}, "'seed' is taken"),
        ({"x": 3}, "measures.x = 3: allowed is a function of a run"),
        ({"x": "spread"}, "measures.x = 'spread': allowed is a function of a run"),
        ({"x": "no_such_module:f"}, "no_such_module cannot be imported"),
        ({"x": "math:pi"}, "is no function"),
        ({"x": wrong("3")}, "measure x, seed 4232842298785526: gave '3'; allowed is one real"),
        ({"x": wrong(True)}, "measure x, seed .*: gave True"),
        ({"x": wrong(float("inf"))}, "measure x, seed .*: gave inf"),
        ({"x": wrong([1.0])}, r"measure x, seed .*: gave \[1.0\]"),
        ({"x": lambda run: run.nothing}, "measure x, seed .*: AttributeError: 'Run' object has no"),
    ],
)
def test_what_is_wrong_takes_one_line(measures: Any, words: str) -> None:
    with pytest.raises(InputError, match=words) as told:
        compare("loyal", "trusting", base=SMALL, replicates=2, measures=measures)
    assert "\n" not in str(told.value)


def test_a_module_that_cannot_be_read_takes_one_line(module: Path) -> None:
    module.write_text("def spread(run:\n", encoding="utf-8")
    with pytest.raises(InputError, match="measures_of_mine cannot be imported") as told:
        compare("loyal", "trusting", base=SMALL, measures={"x": f"{module.stem}:spread"})
    assert "\n" not in str(told.value)
