"""Boxes in which a condition holds: a known one is found again, noise has none."""

import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from settings_of_others import settings_of_others  # noqa: F401 - a fixture
from stored import MEASURE, sweep

from relsim.analysis.boxes import Where, where
from relsim.cli.main import main
from relsim.io.errors import InputError
from relsim.sweep import Plan, run

needs_trees = pytest.mark.skipif(
    find_spec("sklearn") is None,
    reason="scikit-learn, of the extra where, is not installed",
)
NAMES = [f"p{place}" for place in range(6)]


def points(count: int, seed: int) -> pd.DataFrame:
    drawn = np.random.default_rng(seed).random((count, len(NAMES)))
    return pd.DataFrame(drawn, columns=NAMES).assign(point=range(count))


def holding(table: pd.DataFrame, chance: np.ndarray | float, seed: int = 0) -> Where:
    there = np.random.default_rng(seed).random(len(table)) < chance
    return Where("a > b", "on means", table.assign(holds=there), 0)


@needs_trees
def test_a_known_rectangle_is_found() -> None:
    table = points(300, 1)
    inside = (table["p1"] < 0.5) & (table["p4"] > 0.3)
    found = holding(table, np.where(inside, 0.95, 0.1))
    box = found._found[0][0]
    assert set(box.limits) == {"p1", "p4"}
    assert box.limits["p1"][1] == pytest.approx(0.5, abs=0.06)
    assert box.limits["p4"][0] == pytest.approx(0.3, abs=0.06)
    best = found.boxes.iloc[0]
    holds = found.points["holds"]
    assert best["density"] == holds[box.inside].mean()
    assert best["coverage"] == pytest.approx(holds[box.inside].sum() / holds.sum())
    assert best["low"] < 0.95 < best["high"]
    assert found.deciding[:2] in (["p1", "p4"], ["p4", "p1"])
    assert f"Holds at {holds.mean():.0%} of 300 points; in the box " in found.sentence


@needs_trees
def test_noise_has_no_box() -> None:
    claimed = sum(len(holding(points(150, seed), 0.4, seed + 500).boxes) > 0 for seed in range(25))
    assert claimed <= 2


@needs_trees
@pytest.mark.slow
def test_tested_density_is_that_of_new_points() -> None:
    """Density among the points that a box was found with is too high; where tested it is not."""
    gaps, covered = [], []
    for seed in range(30):
        table = points(120, seed)
        chance = np.where(table["p0"] < 0.5, 0.75, 0.25)
        found = holding(table, chance, seed + 500)
        if len(found.boxes):
            truth = chance[found._found[0][0].inside].mean()
            best = found.boxes.iloc[0]
            gaps.append((best["density"] - truth, best["tested"] - truth))
            covered.append(best["low"] <= truth <= best["high"])
    assert len(gaps) >= 25
    density, tested = np.mean(gaps, axis=0)
    assert density > tested + 0.02
    assert abs(tested) < 0.03
    assert np.mean(covered) > 0.8


@needs_trees
def test_the_same_points_have_the_same_boxes() -> None:
    table = points(200, 3)
    chance = np.where(table["p2"] > 0.6, 0.9, 0.2)
    found, again = holding(table, chance), holding(table, chance)
    pd.testing.assert_frame_equal(found.boxes, again.boxes)
    assert (found.boxes["points"] >= 10).all()


@needs_trees
def test_names_can_be_limits() -> None:
    table = points(200, 4)
    table["p0"] = np.where(np.arange(200) % 2, "services", "consumables")
    found = holding(table, np.where(table["p0"] == "services", 0.95, 0.05))
    assert found.boxes["box"][0] in ("p0 is services", "not p0 is consumables")


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.0, "Holds at none of 100 points."),
        (1.0, "Holds at all of 100 points."),
        (np.arange(100) < 3, "Holds at 3% of 100 points; no box was found"),
    ],
)
def test_too_few_of_either_kind_are_said_to_have_no_box(chance: object, words: str) -> None:
    assert holding(points(100, 0), chance).sentence.startswith(words)  # type: ignore[arg-type]


def rectangle() -> SimpleNamespace:
    """A sweep in which the second arm is dearer where both parameters are low."""
    return sweep(
        {
            "aggressive": lambda unit: 0.0 * unit[:, 0],
            "trusting": lambda unit: np.where((unit[:, 0] < 0.6) & (unit[:, 2] < 0.7), 1.0, -1.0),
        },
        noise=0.2,
        arms=["aggressive", "trusting"],
        points=150,
        replicates=4,
    )


@needs_trees
@pytest.mark.usefixtures("settings_of_others")
def test_a_sweep_is_searched_and_drawn() -> None:
    found = where(rectangle(), f"{MEASURE}[trusting] > {MEASURE}[aggressive]")
    assert set(found._found[0][0].limits) == {"candour", "uncertainty"}
    assert found.boxes["tested"][0] > 0.9
    figure = found.plot()
    axes = figure.axes[0]
    assert {axes.get_xlabel(), axes.get_ylabel()} == {"candour", "uncertainty"}
    low, high = found._found[0][0].limits[axes.get_xlabel()]
    assert low == -np.inf
    assert axes.patches[0].get_extents().x1 == pytest.approx(axes.transData.transform((high, 0))[0])
    title = figure.get_suptitle()
    assert f"holds at {found.boxes['tested'][0]:.0%} of points where" in title.replace("\n", " ")
    assert "4 replicates, seed" in figure.get_supxlabel()


@needs_trees
def test_points_without_a_result_are_left_out() -> None:
    results = rectangle()
    results.runs.loc[results.runs["point"] < 5, MEASURE] = np.nan
    found = where(results, f"{MEASURE}[trusting] > 0", share=0.5)
    assert (found.left_out, len(found.points)) == (5, 145)
    assert found.points["point"].min() == 5


def test_a_missing_library_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.tree", None)
    with pytest.raises(InputError, match=r'pip install "relsim\[where\]"'):
        where(rectangle(), "1 < 2")


@needs_trees
@pytest.mark.usefixtures("in_a_folder_of_its_own")
def test_the_command_prints_and_writes_what_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    plan = Plan(
        design="latin_hypercube",
        points=60,
        replicates=1,
        arms=["aggressive", "trusting"],
        base={"buyers": 4, "salespeople": 4, "periods": 6, "warm_up": 2},
        parameters={
            "unit_cost": {"low": 50.0, "high": 85.0},
            "candour": {"low": 0.1, "high": 0.9},
        },
        measures=[MEASURE],
    )
    run(plan, "results.duckdb")
    assert main(["where", "results.duckdb", "--when", f"{MEASURE}[trusting] > 80"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Holds at ")
    boxes = pd.read_csv(next(Path("results").glob("*/where.csv")))
    assert boxes["box"][0].startswith("unit_cost > ")
    assert boxes["box"][0] in told
    kept = pd.read_csv(next(Path("results").glob("*/where_points.csv")))
    assert len(kept) == 60
    assert f"Holds at {kept['holds'].mean():.0%} of 60 points" in told
    assert next(Path("results").glob("*/where.png")).read_bytes().startswith(b"\x89PNG")

    assert main(["where", "results.duckdb", "--when", "cost > 80", "--out", "other"]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "unknown measure of this sweep 'cost'" in captured.err
    assert not Path("other").exists()
