"""The commands of sweeps: what they print and write, and one line for whatever is wrong."""

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sweeps import TOML

from relsim.cli.main import main
from relsim.cli.sweep import EXAMPLE
from relsim.design.plan import Plan
from relsim.sweep import load


@pytest.fixture(autouse=True)
def in_a_folder_with_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(TOML.format(replicates=2), encoding="utf-8")


def test_example_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "--example"]) == 0
    shown = capsys.readouterr().out
    assert shown == EXAMPLE.read_text(encoding="utf-8")
    assert Plan(**tomllib.loads(shown)).runs == 8000


@pytest.mark.usefixtures("soon_foretold")
def test_dry_run_says_what_it_takes_and_writes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["sweep", "plan.toml", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    for pattern in (
        r"^points +3$",
        r"^runs +12$",
        r"^time +about .* \(a run every .* ms\)",
        r"^size +about",
    ):
        assert re.search(pattern, shown, re.MULTILINE), shown
    assert [path.name for path in Path().iterdir()] == ["plan.toml"]


def test_from_plan_to_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "plan.toml", "--out", "a.duckdb"]) == 0
    assert "a.duckdb: 12 of 12 runs" in capsys.readouterr().out
    assert main(["sweep", "plan.toml", "--out", "a.duckdb"]) == 0
    assert "made now" not in capsys.readouterr().out
    Path("plan.toml").write_text(TOML.format(replicates=3), encoding="utf-8")
    assert main(["sweep", "plan.toml", "--out", "a.duckdb"]) == 2
    assert "replicates = 3, there 2" in capsys.readouterr().err
    assert main(["sweep", "plan.toml", "--out", "a.duckdb", "--extend"]) == 0
    assert "6 of them made now" in capsys.readouterr().out
    assert main(["export", "a.duckdb", "tables", "--to", "csv"]) == 0
    assert capsys.readouterr().out.startswith("18 of 18 runs.\nWritten: ")
    assert Path("tables/runs.csv").exists()


def test_parts_are_merged(capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2):
        out = f"{number}.duckdb"
        assert main(["sweep", "plan.toml", "--out", out, "--part", f"{number}/2"]) == 0
    assert main(["merge", "1.duckdb", "--out", "one.duckdb"]) == 0
    assert "6 runs are missing" in capsys.readouterr().out
    assert main(["export", "one.duckdb", "tables"]) == 0
    assert capsys.readouterr().out.startswith("6 of 12 runs.\n")
    assert main(["merge", "1.duckdb", "2.duckdb"]) == 0
    assert "merged.duckdb: 12 of 12 runs" in capsys.readouterr().out
    assert load("merged.duckdb").complete


def test_the_exit_status_says_whether_runs_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unlucky(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("relsim.sweep.worker.simulate", unlucky)
        assert main(["sweep", "plan.toml"]) == 1
    assert "12 failed" in capsys.readouterr().out
    assert main(["sweep", "plan.toml"]) == 1
    assert main(["sweep", "plan.toml", "--retry-failed"]) == 0


def test_runs_over_the_limit_have_failed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sweep", "plan.toml", "--time-limit", "1e-9"]) == 1
    assert "failed" in capsys.readouterr().out
    assert load("results.duckdb").failures["error"].str.contains("limit of 1e-09").all()
    assert main(["sweep", "plan.toml", "--time-limit", "60", "--retry-failed"]) == 0
    assert load("results.duckdb").complete


WRONG = {
    "no plan": (["sweep"], "PLAN is missing.*--example"),
    "no file": (["sweep", "nowhere.toml"], "nowhere.toml: cannot be read"),
    "workers": (["sweep", "plan.toml", "--workers", "0"], "--workers 0: .*from 1"),
    "too many workers": (["sweep", "plan.toml", "--workers", "10001"], "workers 10001: .*10000"),
    "workers as text": (["sweep", "plan.toml", "--workers", "all"], "--workers all: .*whole"),
    "part": (["sweep", "plan.toml", "--part", "3/2"], "--part 3/2: .*K/N"),
    "part as text": (["sweep", "plan.toml", "--part", "one"], "--part one: .*K/N"),
    "limit": (["sweep", "plan.toml", "--time-limit", "0"], "--time-limit 0: .*above 0"),
    "limit as text": (["sweep", "plan.toml", "--time-limit", "1h"], "--time-limit 1h: .*seconds"),
    "scheduler": (["sweep", "plan.toml", "--scheduler", "nowhere"], "--scheduler nowhere: no Dask"),
    "nothing to merge": (["merge", "a.duckdb"], "a.duckdb: no such file"),
    "nothing to export": (["export", "a.duckdb", "tables"], "a.duckdb: no such file"),
    "not a file of results": (["export", "plan.toml", "tables"], "plan.toml: is not a file of"),
    "format": (["export", "a.duckdb", "tables", "--to", "xls"], "'xls'.*csv"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_gets_one_line_and_writes_nothing(
    case: str,
    refused: Callable[[Sequence[str], str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("relsim.cli.sweep.CONNECTION_SECONDS", 1)
    refused(*WRONG[case])
