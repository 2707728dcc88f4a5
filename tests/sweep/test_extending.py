"""Going on with a file: the same plan, a longer one, and none that differs otherwise."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sweeps import assert_same_rows, sampled_plan, small_plan

from relsim import load
from relsim.io.errors import InputError
from relsim.sweep import merge, run


@pytest.mark.parametrize(
    ("changes", "added"),
    [
        ({"replicates": 5}, 12),
        ({"parameters": {"candour": [0.05, 0.1, 0.5, 0.9]}}, 6),
        ({"arms": ["aggressive", "loyal", "trusting"]}, 9),
    ],
)
def test_extended_it_has_what_a_longer_one_has(
    changes: dict[str, Any], added: int, tmp_path: Path
) -> None:
    run(small_plan(), tmp_path / "a.duckdb")
    longer = small_plan(**changes)
    with pytest.raises(InputError, match=r"plan differs.*--extend"):
        run(longer, tmp_path / "a.duckdb")
    assert run(longer, tmp_path / "a.duckdb", extend=True).computed == added
    assert load(tmp_path / "a.duckdb").complete
    run(longer, tmp_path / "b.duckdb")
    columns = ["arm", "replicate", "seed", "total_cost_per_unit"]
    tables = []
    for name in ("a", "b"):
        found = load(tmp_path / f"{name}.duckdb")
        joined = found.runs.merge(found.points, on="point")[["candour", *columns]]
        tables.append(joined.sort_values(["candour", *columns]).to_numpy().tolist())
    assert tables[0] == tables[1]


def test_sampled_designs_are_extended_by_a_longer_one(tmp_path: Path) -> None:
    run(sampled_plan(points=4), tmp_path / "a.duckdb")
    with pytest.raises(InputError, match=r"extending only adds.*\[200, 100\]"):
        run(sampled_plan(points=6), tmp_path / "a.duckdb", extend=True)
    longer = sampled_plan(points=[4, 2])
    run(longer, tmp_path / "a.duckdb", extend=True)
    run(longer, tmp_path / "b.duckdb")
    assert_same_rows(tmp_path / "a.duckdb", tmp_path / "b.duckdb")


@pytest.mark.parametrize("design", ["grid", "table"])
def test_parameters_may_be_named_in_another_order(design: str, tmp_path: Path) -> None:
    names = ["candour", "uncertainty"]
    rows = pd.DataFrame([[0.1, 0.2], [0.9, 0.2], [0.1, 0.7], [0.9, 0.7]], columns=names)
    levels = {"candour": [0.1, 0.9], "uncertainty": [0.2, 0.7]}

    def plan(order: list[str], count: int) -> Any:
        if design == "table":
            return small_plan(design=design, parameters=rows.iloc[:count][order])
        kept = {**levels, "uncertainty": levels["uncertainty"][: count // 2]}
        return small_plan(parameters={name: kept[name] for name in order})

    run(plan(names, 2), tmp_path / "a.duckdb")
    assert run(plan(names[::-1], 4), tmp_path / "a.duckdb", extend=True).computed == 12
    run(plan(names, 4), tmp_path / "b.duckdb")
    points = load(tmp_path / "a.duckdb").points
    assert sorted(points[names].to_numpy().tolist()) == sorted(rows.to_numpy().tolist())
    assert by_content(tmp_path / "a.duckdb") == by_content(tmp_path / "b.duckdb")


def by_content(path: Path) -> list[list[Any]]:
    """Rows of runs with the values of their point instead of its number, in one order."""
    found = load(path)
    points = found.points[["point", *sorted(found.plan.names)]]
    rows = points.merge(found.runs, on="point").drop(columns=["point", "seconds", "parameters"])
    return sorted(rows.to_numpy().tolist(), key=repr)


SWEPT = {"candour": [0.1, 0.5, 1.0], "suppliers_per_buyer": [2, 3]}


@pytest.mark.parametrize(
    "changes",
    [
        {"parameters": {"candour": [1, 0.1, 0.5], "suppliers_per_buyer": [3.0, 2.0]}},
        {"parameters": {name: SWEPT[name] for name in reversed(SWEPT)}},
        {
            "design": "table",
            "parameters": pd.DataFrame(
                {"suppliers_per_buyer": [3, 2] * 3, "candour": np.repeat([0.5, 0.1, 1.0], 2)}
            ),
        },
    ],
    ids=["levels", "parameters", "table"],
)
def test_draws_of_a_point_depend_on_its_values_alone(
    changes: dict[str, Any], tmp_path: Path
) -> None:
    options = {"arms": [], "keep": ["runs"], "draws": "per_point", "replicates": 2, "periods": 3}
    whole = small_plan(parameters=SWEPT, **options)
    run(whole, tmp_path / "whole.duckdb")
    assert load(tmp_path / "whole.duckdb").runs["seed"].nunique() == 12
    run(small_plan(**{**options, **changes}), tmp_path / "other.duckdb")
    assert by_content(tmp_path / "other.duckdb") == by_content(tmp_path / "whole.duckdb")


@pytest.mark.parametrize("parts", [1, 2])
def test_draws_of_a_point_are_the_same_in_a_sweep_that_was_extended(
    parts: int, tmp_path: Path
) -> None:
    options = {"arms": [], "keep": ["runs"], "draws": "per_point", "replicates": 2, "periods": 3}
    short = small_plan(parameters={**SWEPT, "candour": [1.0, 0.1]}, **options)
    long = small_plan(parameters=SWEPT, **options)
    run(long, tmp_path / "long.duckdb")
    files = [tmp_path / f"{number}.duckdb" for number in range(1, parts + 1)]
    for number, file in enumerate(files, 1):
        run(short, file, part=(number, parts))
        run(long, file, part=(number, parts), extend=True)
    merge(files, tmp_path / "merged.duckdb")
    assert load(tmp_path / "merged.duckdb").complete
    assert by_content(tmp_path / "merged.duckdb") == by_content(tmp_path / "long.duckdb")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"replicates": 2}, "replicates"),
        ({"periods": 13}, "periods"),
        ({"measures": ["cash"]}, "measures"),
        ({"seed": 1}, "seed"),
        ({"draws": "per_point"}, "draws"),
        ({"parameters": {"candour": [0.1, 0.5]}}, "points"),
        ({"parameters": {"detection": [0.1, 0.5]}}, "parameters"),
        ({"arms": ["aggressive"]}, "arms"),
        ({"keep": ["runs"]}, "keep"),
    ],
)
def test_another_plan_is_refused(changes: dict[str, Any], field: str, finished: Path) -> None:
    before = finished.read_bytes()
    with pytest.raises(InputError, match=field):
        run(small_plan(**changes), finished, extend=True)
    assert finished.read_bytes() == before


def test_other_code_is_refused_unless_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(small_plan(), tmp_path / "a.duckdb")
    monkeypatch.setattr("relsim.sweep.store.versions", lambda: {"model": "0" * 64})
    with pytest.raises(InputError, match=r"other code.*--changed-code"):
        run(small_plan(), tmp_path / "a.duckdb")
    assert run(small_plan(), tmp_path / "a.duckdb", changed_code=True).computed == 0
    assert load(tmp_path / "a.duckdb").meta["model"] == "0" * 64
