"""The command: what it writes and prints, and one line for everything that is wrong."""

import json
import math
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pandas as pd
import pytest

from relsim.analysis.headings import HEADINGS
from relsim.cli import main as cli
from relsim.cli.arguments import market
from relsim.cli.lists import STARTS
from relsim.cli.main import main
from relsim.comparison import Comparison
from relsim.comparison.crossings import overtaking
from relsim.io.console import number
from relsim.io.errors import InputError
from relsim.model.simulation import simulate
from relsim.parameters import Parameters, table
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_ITEMS, SELLER_ITEMS

SMALL = ["--set", "buyers=6", "--set", "salespeople=6", "--set", "warm_up=3", "--periods", "6"]
COMPARE = ["compare", "aggressive", "trusting", "--replicates", "3", *SMALL]

pytestmark = pytest.mark.usefixtures("in_a_folder_of_its_own")


# --- what it does -----------------------------------------------------------------------------


def test_compare_writes_table_figure_and_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMPARE, "--out", "results"]) == 0
    written = sorted(path.name for path in Path("results").iterdir())
    assert written == ["comparison.csv", "comparison.png", "run.json"]
    assert Path("results/comparison.png").read_bytes().startswith(b"\x89PNG")
    found = pd.read_csv("results/comparison.csv")
    assert {"measure", "aggressive", "trusting", "difference", "low", "high"} <= set(found.columns)
    shown = capsys.readouterr().out
    for measure in ("component_price", "total_cost_per_unit", "retention", "seller_margin"):
        assert re.search(rf"^  {measure} ", shown, re.MULTILINE)
    assert "95% interval" in shown
    assert "Cumulative cost: " in shown
    assert max(map(len, shown.splitlines())) <= 100
    assert shown.splitlines()[-1].startswith("Written to results: ")


@pytest.mark.usefixtures("quickly_drawn")
def test_arms_are_stances_numbers_and_neutral(capsys: pytest.CaptureFixture[str]) -> None:
    arms = ["aggressive", "trusting", "neutral", "0.25", "shopper", "loyal"]
    assert main(["compare", *arms, *COMPARE[3:]]) == 0
    (folder,) = Path("results").iterdir()
    table = pd.read_csv(folder / "comparison.csv")
    assert set(table["contrast"]) == {
        f"{name} - aggressive"
        for name in ("trusting", "neutral", "aggressiveness=0.25", "shopper", "loyal")
    }
    shown = capsys.readouterr().out
    assert shown.startswith("Of 6 scenarios over 6 months a unit costs least with ")
    assert max(map(len, shown.splitlines()[:-1])) <= 100
    row = table[table["contrast"].eq("loyal - aggressive")].set_index("measure")
    difference = number(row.loc["component_price", "difference"])
    assert re.search(rf"^component_price .*\n(  .*\n)+?  loyal +{difference} ", shown, re.MULTILINE)


def test_an_entry_is_set_as_in_a_plan() -> None:
    assert main(["run", *SMALL, "--set", "hold.trust=0.25", "--set", 'hold={"voice": 0.0}']) == 0
    (record,) = Path("results").glob("*/market.json")
    chosen = json.loads(record.read_text(encoding="utf-8"))["parameters"]
    assert chosen["hold"] == {"trust": 0.25, "voice": 0.0}


@pytest.mark.usefixtures("quickly_drawn")
def test_a_stance_beside_a_preset_is_run_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "services", "trusting", "--replicates", "2", *SMALL]) == 0
    said = capsys.readouterr().err.splitlines()[0]
    assert said == (
        "relsim: services sets the market, trusting how buyers bargain: they differ in both"
    )


def test_run_writes_its_tables_and_all_that_they_follow_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["run", *SMALL, "--seed", "3", "--set", "without=ideas,bonds"]) == 0
    (folder,) = Path("results").iterdir()
    written = {path.name for path in folder.iterdir()}
    tables = {"series", "buyers", "salespeople", "relationships", "spells"}
    assert written == {"market.json", *(f"{name}.csv" for name in tables)}
    record = json.loads((folder / "market.json").read_text(encoding="utf-8"))
    assert set(record["parameters"]) == set(Parameters.model_fields)
    again = simulate(Parameters(**record["parameters"]), record["seed"])
    kept = pd.read_csv(folder / "series.csv")
    pd.testing.assert_frame_equal(kept, again.series, check_exact=True)
    shown = capsys.readouterr().out
    price = number(again.measures["component_price"])
    assert shown.startswith(f"Over 6 months buyers paid {price} for a unit")
    headed = dict.fromkeys(name for name in shown.splitlines() if re.match("[A-Z][a-z ]+$", name))
    assert list(headed) == list(HEADINGS)
    assert max(map(len, shown.splitlines()[:-1])) <= 100


@pytest.mark.usefixtures("quickly_drawn")
def test_arms_may_be_presets() -> None:
    arguments = ["compare", "consumables", "services", "--replicates", "2", *SMALL]
    assert main([*arguments, "--out", "results"]) == 0
    assert "services" in pd.read_csv("results/comparison.csv").columns


def test_presets_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets"]) == 0
    shown = capsys.readouterr().out
    for name in (*presets, "aggressive", "trusting", "over_promising"):
        assert re.search(rf"^ *{name} ", shown, re.MULTILINE)


@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_parameters_are_listed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parameters", "--format", form]) == 0
    shown = capsys.readouterr().out
    words = " ".join(shown.split())
    for entry in (*table(), *BUYER_ITEMS, *SELLER_ITEMS):
        assert entry.name in shown
        assert entry.meaning.split()[0] in words
    if form == "text":
        assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize(
    ("command", "word", "there", "not_there"),
    [
        ("parameters", "padding", "padding_rate", "wage"),
        ("parameters", "HCK", "wage", "padding_rate"),
        ("measures", "ideas", "ideas_received", "component_price"),
        ("mechanisms", "voice", "voice", "competitive_bids"),
        ("mechanisms", "bid", "competitive_bids", "voice"),
    ],
)
def test_what_there_is_is_found_by_a_word(
    command: str, word: str, there: str, not_there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, word]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert there in names
    assert not_there not in names
    assert main([command]) == 0
    assert not_there in capsys.readouterr().out
    assert main([command, "no such thing"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_parameters_are_under_the_headings_of_their_table() -> None:
    """Where a comment of the table opens a group, so does a heading."""
    text = (Path(cli.__file__).parents[1] / "parameters" / "fields.py").read_text(encoding="utf-8")
    opening = re.findall(
        r"# --- [^\n]*\n(?:(?!    # ---).)*?    (\w+): (?:int|float) = ", text, re.DOTALL
    )
    assert list(STARTS)[: len(opening)] == opening


def test_parameters_of_a_submodel(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parameters", "--group", "negotiation"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Negotiation"
    assert [line for line in lines[1:] if line[0] != " "] == ["Negotiation"]
    assert "  round_hours" in lines[2]
    assert max(map(len, lines)) <= 100
    assert main(["parameters", "impatience", "--group", "negotiation"]) == 0
    assert main(["parameters", "wage", "--group", "negotiation"]) == 2
    assert main(["parameters", "--group", "negotation"]) == 2
    assert "did you mean 'negotiation'?" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["measures", "mechanisms", "presets"])
def test_lists_fit_a_terminal(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 100


def test_measures_are_listed_under_headings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures"]) == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line for line in lines if line[0] != " "] == list(HEADINGS)
    after = lines[lines.index("Relationships") :]
    assert after.index("Sellers") > [line.split()[0] for line in after].index("retention")


def test_description_of_the_model_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["odd"]) == 0
    description = Path(cli.__file__).parents[1].joinpath("ODD.md").read_text(encoding="utf-8")
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


# --- what is said about results ---------------------------------------------------------------


@pytest.mark.usefixtures("quickly_drawn")
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_nothing_delivered_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    nothing = ["--set", "lead_time=24", "--set", "service_life=1"]
    assert main(["run", *SMALL, *nothing]) == 0
    assert re.fullmatch("relsim: nothing was delivered.*\n", capsys.readouterr().err)
    assert main([*COMPARE, *nothing]) == 0
    err = capsys.readouterr().err
    assert "relsim: trusting: in 3 of 3 runs nothing was delivered" in err


@pytest.mark.usefixtures("quickly_drawn")
def test_one_replicate_has_no_interval(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMPARE, "--replicates", "1"]) == 0
    shown = capsys.readouterr().out
    assert "1 replicate of" in shown
    assert "interval" not in shown
    assert "; one run says nothing of the uncertainty." in " ".join(shown.split())
    assert "nan" not in shown


def test_the_cheaper_arm_is_named_where_none_overtakes() -> None:
    row = {"dearer": "", "cheaper": "trusting"}
    assert "trusting is the cheaper all along" in overtaking(row)
    unequal = {"dearer": "b", "period_of_means": 7.0, "share": math.nan}
    assert overtaking(unequal).endswith("from month 7 on b has cost more in all on average.")


def test_a_terminal_that_knows_no_such_character_gets_its_code() -> None:
    command = [sys.executable, "-m", "relsim", "odd"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_interruption_is_heard_from_the_first_import_on() -> None:
    code = (
        "import builtins, sys\n"
        "from relsim.__main__ import main\n"
        "original = builtins.__import__\n"
        "def stopped(name, *rest):\n"
        "    if name == 'typer':\n"
        "        raise KeyboardInterrupt\n"
        "    return original(name, *rest)\n"
        "builtins.__import__ = stopped\n"
        "sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "presets"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "relsim: stopped; nothing was written\n"


# --- numbers first --------------------------------------------------------------------------------


@pytest.mark.usefixtures("quickly_drawn")
@pytest.mark.parametrize(
    ("trouble", "status", "line"),
    [
        (RuntimeError("no latex"), 1, "results/comparison.png: could not be drawn (no latex); "),
        (OSError(28, "No space left"), 1, "results/comparison.png: could not be drawn ("),
        (KeyboardInterrupt(), 130, "stopped before results/comparison.png was drawn; "),
    ],
)
def test_a_figure_that_cannot_be_drawn_loses_no_numbers(
    trouble: BaseException,
    status: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*COMPARE, "--out", "results"]) == 0
    Path("results/comparison.csv").write_text("as other code had it", encoding="utf-8")
    capsys.readouterr()

    def failing(*_: object) -> None:
        raise trouble

    monkeypatch.setattr("relsim.plots.style.save", failing)
    assert main([*COMPARE, "--out", "results"]) == status
    captured = capsys.readouterr()
    assert "total_cost_per_unit" in captured.out
    last = captured.err.splitlines()[-1]
    assert last.startswith(f"relsim: {line}")
    assert last.endswith("the numbers behind it are in results")
    # Not the figure of the earlier numbers beside those of now.
    written = sorted(path.name for path in Path("results").iterdir())
    assert written == ["comparison.csv", "run.json"]
    assert "total_cost_per_unit" in Path("results/comparison.csv").read_text(encoding="utf-8")


def test_a_warning_takes_one_line_without_a_path(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def warning(*_: object) -> Comparison:
        warnings.warn("something\nto know", UserWarning, stacklevel=2)
        raise InputError("then the end")

    monkeypatch.setattr("relsim.comparison.compare", lambda *_, **__: warning())
    assert main(COMPARE) == 2
    assert capsys.readouterr().err == "relsim: something to know\nrelsim: then the end\n"
