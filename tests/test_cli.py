"""The command: what it writes and prints, and one line for everything that is wrong."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from relsim import cli
from relsim.cli import check_folder, main, market, write_all
from relsim.errors import InputError
from relsim.observation import MEASURES
from relsim.parameters import Parameters, table
from relsim.presets import presets
from relsim.simulation import simulate

SMALL = ["--set", "buyers=6", "--set", "salespeople=6", "--set", "warm_up=3", "--periods", "6"]
COMPARE = ["compare", "aggressive", "trusting", "--replicates", "3", *SMALL]


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --- what it does -----------------------------------------------------------------------------


def test_compare_writes_table_figure_and_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(COMPARE) == 0
    written = sorted(path.name for path in Path("results").iterdir())
    assert written == ["comparison.csv", "comparison.png", "run.json"]
    assert Path("results/comparison.png").read_bytes().startswith(b"\x89PNG")
    found = pd.read_csv("results/comparison.csv")
    assert {"measure", "aggressive", "trusting", "difference", "low", "high"} <= set(found.columns)
    shown = capsys.readouterr().out
    for measure in ("component_price", "total_cost_per_unit", "retention", "seller_margin"):
        assert re.search(rf"^{measure} ", shown, re.MULTILINE)
    assert "95% interval" in shown
    assert "Cumulative cost: " in shown
    assert max(map(len, shown.splitlines()[:30])) <= 120


def test_record_gives_the_same_numbers_again() -> None:
    assert main([*COMPARE, "--seed", "7", "--out", "first"]) == 0
    assert main(["again", "first/run.json", "--out", "second"]) == 0
    assert Path("first/comparison.csv").read_bytes() == Path("second/comparison.csv").read_bytes()
    assert Path("first/comparison.png").read_bytes() == Path("second/comparison.png").read_bytes()


def test_run_writes_its_tables_and_all_that_they_follow_from() -> None:
    assert main(["run", *SMALL, "--seed", "3", "--set", "without=ideas,bonds"]) == 0
    written = {path.name for path in Path("results").iterdir()}
    tables = {"series", "buyers", "salespeople", "relationships", "spells"}
    assert written == {"run.json", *(f"{name}.csv" for name in tables)}
    record = json.loads(Path("results/run.json").read_text(encoding="utf-8"))
    assert set(record["parameters"]) == set(Parameters.model_fields)
    again = simulate(Parameters(**record["parameters"]), record["seed"])
    kept = pd.read_csv("results/series.csv")
    pd.testing.assert_frame_equal(kept, again.series, check_exact=True)


def test_arms_may_be_presets() -> None:
    arguments = ["compare", "consumables", "services", "--replicates", "2", *SMALL]
    assert main(arguments) == 0
    assert "services" in pd.read_csv("results/comparison.csv").columns


def test_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == 0
    shown = capsys.readouterr().out
    for name in (*presets, "aggressive", "trusting", "over_promising"):
        assert re.search(rf"^ *{name} ", shown, re.MULTILINE)


@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_parameters_are_listed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parameters", "--format", form]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(table()) + (2 if form == "markdown" else 1)
    for entry, line in zip(table(), lines[-len(table()) :], strict=True):
        assert entry.name in line
        assert entry.meaning in line


def test_description_of_the_model_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["odd"]) == 0
    description = Path(cli.__file__).with_name("ODD.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == description


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert re.fullmatch(r"relsim \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_help_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "compare" in capsys.readouterr().out


def test_set_understands_numbers_flags_names_lists_and_mappings() -> None:
    values = market(
        "services",
        [
            "buyers=2",
            "uncertainty=0.5",
            "reset_contracts=false",
            'hold={"trust": 0.5}',
            "aggressiveness=[0, 1]",
            "seller_stances=honest",
        ],
        24,
    )
    assert (values.buyers, values.uncertainty, values.reset_contracts) == (2, 0.5, False)
    assert values.hold == {"trust": 0.5}
    assert values.aggressiveness == [0.0, 1.0]
    assert values.seller_stances == "honest"
    assert values.periods == 24
    assert values.catch_rate == presets["services"].catch_rate


# --- what it refuses --------------------------------------------------------------------------

WRONG = {
    "unknown stance": (["compare", "agressive", "trusting"], "'agressive'.*'aggressive'"),
    "missing arm": (["compare", "aggressive"], "B"),
    "unknown preset": (["run", "--preset", "servces"], "'servces'.*'services'"),
    "unknown parameter": (["run", "--set", "uncertanty=1"], "'uncertanty'.*'uncertainty'"),
    "value out of range": (["run", "--set", "uncertainty=7"], "uncertainty = 7.*0 to 1"),
    "value no number": (["run", "--set", "uncertainty=high"], "uncertainty = 'high'.*a number"),
    "value not whole": (["run", "--set", "buyers=2.5"], "buyers = 2.5.*whole number"),
    "infinite value": (["run", "--set", "uncertainty=Infinity"], "uncertainty = .*0 to 1"),
    "no value": (["run", "--set", "uncertainty"], "NAME=VALUE"),
    "no JSON": (["run", "--set", "hold={trust:0.5}"], "hold = .*JSON"),
    "unknown mechanism": (["run", "--set", "without=idea"], "'idea'.*'ideas'"),
    "unknown hold": (["run", "--set", 'hold={"trst": 0.5}'], "'trst'.*'trust'"),
    "set twice": (["run", "--set", "buyers=2", "--set", "buyers=3"], "buyers.*twice"),
    "periods twice": (["run", "--set", "periods=2", "--periods", "3"], "periods.*once"),
    "no periods": (["run", "--periods", "0"], "periods = 0.*1 to 12000"),
    "stance and number": (
        ["run", "--set", "buyer_stances=loyal", "--set", "aggressiveness=0.5"],
        "buyer_stances.*aggressiveness.*not both",
    ),
    "negative seed": (["run", "--seed", "-1"], "seed = -1.*0 to"),
    "seed no number": (["run", "--seed", "x"], "--seed.*x"),
    "no replicates": ([*COMPARE, "--replicates", "0"], "replicates = 0.*1"),
    "no workers": ([*COMPARE, "--workers", "0"], "workers = 0.*from 1"),
    "unknown option": (["run", "--preiods", "3"], "--preiods"),
    "unknown command": (["comparee"], "comparee"),
    "unknown format": (["parameters", "--format", "html"], "html.*text"),
    "no record": (["again", "nowhere.json"], "nowhere.json"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_input_gets_one_line_and_writes_nothing(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, expected = WRONG[case]
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    assert re.search(expected, captured.err), captured.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"kind": "relsim comparison"}', '{"kind": "relsim run"}', "\x00"]
)
def test_a_record_that_is_none_is_refused(content: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("run.json").write_text(content, encoding="utf-8")
    assert main(["again", "run.json"]) == 2
    assert "run.json" in capsys.readouterr().err.splitlines()[-1]
    assert not Path("results").exists()


@pytest.mark.parametrize("arguments", [["run", *SMALL], COMPARE])
def test_out_that_is_a_file_is_refused_before_any_run(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    for out in ("taken", "taken/below"):
        assert main([*arguments, "--out", out]) == 2
        assert f"--out {out}" in capsys.readouterr().err
    assert Path("taken").read_text(encoding="utf-8") == "mine"


def test_folder_in_the_place_of_a_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    Path("results/series.csv").mkdir(parents=True)
    assert main(["run", *SMALL]) == 2
    assert "series.csv" in capsys.readouterr().err
    assert [path.name for path in Path("results").iterdir()] == ["series.csv"]


def test_folder_that_cannot_be_written_to_is_refused() -> None:
    with pytest.raises(InputError, match=r"--out .*allowed is a folder"):
        check_folder(Path("a" * 300))
    if Path("/proc").exists():
        with pytest.raises(InputError, match=r"--out .*allowed is a folder"):
            check_folder(Path("/proc/relsim/results"))


def test_looking_at_a_folder_leaves_no_trace() -> None:
    check_folder(Path("one/two/three"))
    assert list(Path().iterdir()) == []


def test_a_set_that_cannot_be_completed_is_not_begun() -> None:
    with pytest.raises(FileNotFoundError):
        write_all(Path("results"), {"a.csv": "a", "no/such/folder.csv": "b"})
    assert list(Path("results").iterdir()) == []


def test_earlier_results_are_replaced_whole() -> None:
    assert main(["run", *SMALL, "--seed", "1"]) == 0
    before = Path("results/series.csv").read_bytes()
    assert main(["run", *SMALL, "--seed", "2"]) == 0
    assert Path("results/series.csv").read_bytes() != before
    assert not [path for path in Path("results").iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_interruption_gets_one_line_and_writes_nothing() -> None:
    code = "import sys; from relsim.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "compare", "aggressive", "trusting"]
    process = subprocess.Popen(
        [*command, "--replicates", "100000", *SMALL],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(3.0)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert out == ""
    lines = [text for text in err.splitlines() if "compiling" not in text]
    assert lines == ["relsim: stopped; nothing was written"]
    assert not Path("results").exists()


def test_measures_of_the_summary_are_measures() -> None:
    from relsim.comparison import SUMMARY

    assert set(SUMMARY) <= set(MEASURES)
