"""Commands that read a stored sweep: tables, figures, and one line for what cannot be."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from relsim import load
from relsim.cli.main import main
from relsim.sweep import Plan, merge, run

COST = ["--measure", "total_cost_per_unit"]

pytestmark = pytest.mark.usefixtures("in_a_folder_of_its_own")


def written(name: str, folder: str | None = None) -> pd.DataFrame:
    """The table of the one analysis that was made, beside its figure."""
    (place,) = Path("results").glob(f"results.*-{name}-*") if folder is None else [Path(folder)]
    assert (place / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    return pd.read_csv(place / f"{name}.csv")


def test_sensitivity_prints_and_writes_indices(
    stored: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sensitivity", stored, *COST]) == 0
    shown = capsys.readouterr().out
    assert "morris indices from 12 points" in shown
    assert "of the variance between points is due to random draws" in shown
    table = written("sensitivity")
    assert set(table["index"]) == {"mu_star", "mu", "sigma"}
    assert list(table["arm"].unique()) == ["aggressive", "trusting"]


def test_sensitivity_of_a_difference(stored: str) -> None:
    arms = ["--arm", "trusting", "--minus", "aggressive", "--out", "difference"]
    assert main(["sensitivity", stored, *COST, *arms]) == 0
    assert set(written("sensitivity", "difference")["arm"]) == {"trusting - aggressive"}


@pytest.mark.parametrize(
    "options",
    [
        ["--x", "suppliers_trust_in_buyer"],
        ["--x", "suppliers_trust_in_buyer", "--buyers"],
        ["--x", "uncertainty"],
        ["--x", "period", "--by", "none"],
        ["--x", "uncertainty", "--minus", "aggressive"],
    ],
)
def test_curves_are_drawn(
    stored: str, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["curve", stored, "--y", "total_cost_per_unit", *options]) == 0
    assert "mean and 95% interval" in capsys.readouterr().out
    assert len(written("curve")) > 0


@pytest.mark.parametrize(
    "command",
    [
        ["sensitivity", *COST],
        ["curve", "--x", "uncertainty", "--y", "total_cost_per_unit"],
        ["replicates", *COST],
        ["where", "--when", "total_cost_per_unit[trusting] > 70"],
    ],
    ids=lambda command: command[0],
)
def test_an_unfinished_sweep_is_said_to_be_one(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Two parts of three hold two replicates of every point."""
    plan = Plan(
        design="morris",
        points=6,
        replicates=3,
        periods=2,
        arms=["aggressive", "trusting"],
        measures=["total_cost_per_unit"],
        base={"buyers": 2, "salespeople": 2, "suppliers_per_buyer": 2, "warm_up": 1},
        parameters={name: {"low": 0.1, "high": 0.9} for name in ("candour", "uncertainty")},
    )
    for part in (1, 2):
        run(plan, f"{part}.duckdb", part=(part, 3))
    merge(["1.duckdb", "2.duckdb"], "results.duckdb")
    capsys.readouterr()
    main([command[0], "results.duckdb", *command[1:]])
    shown = capsys.readouterr()
    there = len(load("results.duckdb").runs)
    assert shown.err.startswith(f"relsim: {there} of {plan.runs} runs are there, ")
    assert shown.err.count("\n") == 1
    if command[0] == "where":
        assert "of 3 replicates, seed 0" in shown.out


def test_replicates_for_an_interval(stored: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replicates", stored, *COST, "--within", "0.5"]) == 0
    shown = capsys.readouterr().out
    assert "trusting - aggressive: " in shown
    assert "replicates for plus or minus 0.5" in shown
    assert set(written("replicates")["kind"]) == {"stored", "expected"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sensitivity", "--measure", "total_cost"], "did you mean 'total_cost_per_unit'?"),
        (["sensitivity", *COST, "--method", "sobol"], "method 'sobol' needs a design of sobol"),
        (["sensitivity", *COST, "--arm", "loyal"], "unknown arm of this sweep 'loyal'"),
        (["curve", "--x", "candor", "--y", "total_cost_per_unit"], "did you mean 'candour'?"),
        (["replicates", *COST, "--within", "much"], "--within much: allowed is a number"),
    ],
)
def test_what_is_wrong_takes_one_line_and_writes_nothing(
    stored: str, arguments: list[str], words: str, refused: Callable[[Sequence[str], str], None]
) -> None:
    refused([arguments[0], stored, *arguments[1:]], re.escape(words))


def test_files_that_are_no_sweep_are_refused(refused: Callable[[Sequence[str], str], None]) -> None:
    Path("notes.txt").write_text("no sweep", encoding="utf-8")
    for path in ("notes.txt", "nothing.duckdb"):
        refused(["sensitivity", path, *COST], path)
