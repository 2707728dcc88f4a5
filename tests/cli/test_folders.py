"""Each experiment has a folder of its own, and none is replaced in silence."""

import re
from pathlib import Path

import pytest

from relsim.cli.folders import folder_name, results_name
from relsim.cli.main import main
from relsim.model.run import Run

SMALL = ["--set", "buyers=6", "--set", "salespeople=6", "--set", "warm_up=3", "--periods", "6"]
COMPARE = ["compare", "aggressive", "trusting", "--replicates", "3", *SMALL]
TOURNAMENT = ["tournament", "trusting", "grudger", "--replicates", "2", *SMALL]
COST = ["--measure", "total_cost_per_unit"]
TRUST_COST = ["trust-cost", "--replicates", "2", *SMALL]

pytestmark = pytest.mark.usefixtures("in_a_folder_of_its_own", "quickly_drawn")


@pytest.mark.parametrize("arguments", [["run", *SMALL], COMPARE], ids=["run", "compare"])
def test_each_experiment_has_a_folder_of_its_own(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    others = (
        [],
        ["--seed", "1"],
        ["--set", "wage=61"],
        ["--set", "hold.trust=0.5"],
        ["--preset", "services"],
        ["--measure", "whole=test_folders:one"],
    )
    for number_of_folders, more in enumerate(others, start=1):
        assert main([*arguments, *more]) == 0
        assert len(list(Path("results").iterdir())) == number_of_folders
        folder = capsys.readouterr().out.splitlines()[-1].split(": ")[0].split()[-1]
        assert Path(folder).is_dir()
    names = {path.name for path in Path("results").iterdir()}
    assert {name[-5:] for name in names} == {"seed0", "seed1"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", *SMALL],
        COMPARE,
        TOURNAMENT,
        TRUST_COST,
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_same_again_is_the_same_and_another_is_refused_before_it_is_run(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--out", "mine"]) == 0
    before = {path.name: path.read_bytes() for path in Path("mine").iterdir()}
    capsys.readouterr()
    assert main([*arguments, "--out", "mine"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("The same numbers were there already; mine has ")

    def begin(*_: object, **__: object) -> None:
        pytest.fail("a market was begun")

    monkeypatch.setattr("relsim.model.timeline.begin", begin)
    assert main([*arguments, "--seed", "1", "--out", "mine"]) == 2
    told = capsys.readouterr().err
    assert re.fullmatch(
        "relsim: --out mine: another (run|comparison|tournament) is kept there; .*\n", told
    )
    assert {path.name: path.read_bytes() for path in Path("mine").iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "picture", "shown"),
    [
        (["run", *SMALL, "--follow", "1,2"], "pair-1-2.png", "Buyer 1 "),
        (TOURNAMENT, "tournament.png", "With all in one market"),
        (TRUST_COST, "trust_cost.png", "clamped: trust of everybody"),
        (["sensitivity", "STORED", *COST], "sensitivity.png", "morris indices"),
        (["curve", "STORED", "--x", "period", "--y", COST[1]], "curve.png", "trusting"),
        (["replicates", "STORED", *COST], "replicates.png", "half_width"),
        (["where", "STORED", "--when", f"{COST[1]}[trusting] > 80"], "where.png", "Holds at"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_figure_that_cannot_be_drawn_loses_no_numbers(
    arguments: list[str],
    picture: str,
    shown: str,
    stored: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("no latex")

    monkeypatch.setattr("relsim.plots.style.save", failing)
    typed = [stored if word == "STORED" else word for word in arguments]
    assert main([*typed, "--out", "mine"]) == 1
    captured = capsys.readouterr()
    assert shown in captured.out
    assert captured.err.splitlines()[-1] == (
        f"relsim: mine/{picture}: could not be drawn (no latex); the numbers behind it are in mine"
    )
    written = {path.name: path.read_text(encoding="utf-8") for path in Path("mine").iterdir()}
    assert all(written.values())
    assert {Path(name).suffix for name in written} - {".json"} == {".csv"}


def test_other_numbers_of_the_same_experiment_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMPARE, "--out", "mine"]) == 0
    Path("mine/comparison.csv").write_text("as other code had it", encoding="utf-8")
    assert main([*COMPARE, "--out", "mine"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("The code has changed, and so have the numbers; written anew to mine: ")


def test_a_long_name_is_cut_and_still_its_own() -> None:
    long = [f"candour={number / 64}" for number in range(40)]
    names = {folder_name(*long, "seed0"), folder_name(*long, "seed1")}
    assert len(names) == 2
    assert max(map(len, names)) < 100


def test_what_cannot_be_in_a_name_still_tells_experiments_apart() -> None:
    conditions = ("a[x] > a[y]", "a[x] < a[y]")
    assert len({folder_name("w", "where", one) for one in conditions}) == 2
    assert len(folder_name("w", "where", "a[x] > 1 and " * 40)) < 200
    files = (Path("costs.duckdb"), Path("old/costs.duckdb"), Path("new/costs.duckdb"))
    assert len({results_name(one) for one in files}) == 3
    assert results_name(files[1]).startswith("costs.")


def one(run: Run) -> float:
    """A measure of one's own."""
    return float(len(run.buyers) / len(run.buyers))
