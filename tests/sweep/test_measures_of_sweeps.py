"""Measures of one's own are columns of a sweep; with other code it does not go on."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sweeps import TOML, small_plan

from relsim import Run, curve, load, simulate
from relsim.io.errors import InputError
from relsim.sweep import Plan, merge, run

SOURCE = """
SCALE = 1.0
def spread(run):
    return SCALE * float(run.buyers["units_bought"].std())
"""
FEW = {"arms": ["loyal", "trusting"], "replicates": 2, "periods": 3}


def failing(run: Run) -> float:
    if run.parameters.candour > 0.5:
        raise ArithmeticError("not for these")
    return 1.0


def made(monkeypatch: pytest.MonkeyPatch, source: str = SOURCE) -> Any:
    """The function of a module."""
    module = ModuleType("measures_of_mine")
    exec(compile(source, "<measures_of_mine>", "exec"), vars(module))  # noqa: S102
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module.spread


def test_they_are_columns_of_runs_and_of_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spread = made(monkeypatch)
    plan = small_plan(measures=["retention", {"spread": spread}], **FEW)
    assert plan.measures == ("retention", "spread")
    run(plan, tmp_path / "a.duckdb", workers=2)
    results = load(tmp_path / "a.duckdb")
    assert list(results.runs.columns[4:-2]) == ["retention", "spread"]
    assert "spread" not in {*results.buyers.columns, *results.series.columns}
    row = results.runs.iloc[-1]
    market = plan.variants[-1].parameters.with_values(candour=0.9)
    assert row["spread"] == spread(simulate(market, int(row["seed"])))
    assert results.plan == plan
    assert set(curve(results, "candour", "spread")["by"]) == {"loyal", "trusting"}


def test_a_mapping_goes_with_all_other_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = small_plan(measures={"spread": made(monkeypatch)})
    assert plan.measures == (*small_plan().measures, "spread")


def test_a_plan_in_toml_names_the_function(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spread = made(monkeypatch)
    file = tmp_path / "plan.toml"
    text = TOML.format(replicates=2) + '[measures]\nspread = "measures_of_mine:spread"\n'
    file.write_text(text, encoding="utf-8")
    assert Plan.from_toml(file).own == {"spread": spread}
    file.write_text(text.replace("mine:spread", "mine:spred"), encoding="utf-8")
    with pytest.raises(InputError, match=r"plan.toml: .*'spred'; did you mean 'spread'\?"):
        Plan.from_toml(file)
    # As in the example plan, with one's own added in a section.
    file.write_text('measures = ["retention"]\n' + text, encoding="utf-8")
    with pytest.raises(InputError, match="both kinds are one list") as error:
        Plan.from_toml(file)
    one_list = str(error.value).partition("one list: ")[2].removesuffix(")")
    file.write_text(
        one_list.replace("gini", "spread").replace("my_measures", "measures_of_mine")
        + "\n"
        + TOML.format(replicates=2),
        encoding="utf-8",
    )
    assert Plan.from_toml(file).measures == ("retention", "spread")


def test_with_another_function_a_sweep_does_not_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "a.duckdb"
    run(small_plan(measures={"spread": made(monkeypatch)}, **FEW), path)
    other = small_plan(measures={"spread": made(monkeypatch, SOURCE.replace("1.0", "2.0"))}, **FEW)
    with pytest.raises(
        InputError, match=r"other code of measures_of_mine:spread \(.*: measures_of_mine.SCALE\)"
    ):
        run(other, path)
    assert run(other, path, changed_code=True).computed == 0
    again = small_plan(measures={"spread": made(monkeypatch)}, **FEW)
    assert run(again, path, changed_code=True).computed == 0
    with pytest.raises(InputError, match="the plan differs: measures = "):
        run(small_plan(**FEW), path)


def test_a_file_is_read_without_its_functions_but_not_gone_on_with(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "a.duckdb"
    run(small_plan(measures={"spread": made(monkeypatch)}, **FEW), path)
    monkeypatch.delitem(sys.modules, "measures_of_mine")
    results = load(path)
    assert results.runs["spread"].notna().all()
    with pytest.raises(InputError, match=r"measure spread: .*import measures_of_mine first"):
        run(results.plan, path)
    made(monkeypatch, SOURCE.replace("1.0", "2.0"))
    with pytest.raises(InputError, match=r"measure spread: .*it was edited since"):
        run(load(path).plan, path)


def test_parts_of_a_sweep_are_joined(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plan = small_plan(measures={"spread": made(monkeypatch)}, **FEW)
    parts = [tmp_path / "1.duckdb", tmp_path / "2.duckdb"]
    for number, path in enumerate(parts, start=1):
        run(plan, path, part=(number, 2))
    merge(parts, tmp_path / "all.duckdb")
    assert load(tmp_path / "all.duckdb").runs["spread"].notna().sum() == plan.runs


def few(run: Run) -> float:
    return 1.0


def many(run: Run) -> float:
    return 1000.0


def test_values_stay_with_their_measures_in_whatever_order_these_are_named(tmp_path: Path) -> None:
    named = {"few": few, "many": many}
    one, other, longer = (
        small_plan(measures={name: named[name] for name in order}, **{**FEW, "replicates": count})
        for order, count in ((("few", "many"), 2), (("many", "few"), 2), (("many", "few"), 3))
    )
    parts = [tmp_path / "1.duckdb", tmp_path / "2.duckdb"]
    run(one, parts[0], part=(1, 2))
    run(other, parts[1], part=(2, 2))
    merge(parts, tmp_path / "merged.duckdb")
    run(one, tmp_path / "longer.duckdb")
    run(longer, tmp_path / "longer.duckdb", extend=True)
    for name, count in (("merged", one.runs), ("longer", longer.runs)):
        runs = load(tmp_path / f"{name}.duckdb").runs
        assert runs[["few", "many"]].to_numpy().tolist() == [[1.0, 1000.0]] * count


def test_a_measure_that_fails_fails_its_run(tmp_path: Path) -> None:
    done = run(small_plan(measures={"own": failing}, **FEW), tmp_path / "a.duckdb")
    assert (done.done, done.failed) == (8, 4)
    failures = load(tmp_path / "a.duckdb").failures
    seed = failures["seed"].iloc[0]
    assert failures["error"].str.contains("ArithmeticError: not for these").all()
    assert f"measure own, seed {seed}: " in failures["error"].iloc[0]


@pytest.mark.parametrize(
    ("measures", "words"),
    [
        ({"retention": len}, "'retention' is taken"),
        ({"own": 3}, "measures.own = 3: allowed is a function"),
        (["retention", {"own": len}, {"own": len}], "measures = .*each once"),
        (["retention", 3], "measures = .*a list of measures"),
    ],
)
def test_what_is_wrong_takes_one_line(measures: Any, words: str) -> None:
    with pytest.raises(InputError, match=words) as told:
        small_plan(measures=measures)
    assert "\n" not in str(told.value)
