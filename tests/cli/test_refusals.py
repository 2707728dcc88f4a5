"""What the command refuses: one line for everything that is wrong, and nothing is written."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from relsim.analysis.headings import HEADINGS, SUMMARY
from relsim.cli.main import main
from relsim.model.observation import MEASURES

SMALL = ["--set", "buyers=6", "--set", "salespeople=6", "--set", "warm_up=3", "--periods", "6"]
COMPARE = ["compare", "aggressive", "trusting", "--replicates", "3", *SMALL]

pytestmark = pytest.mark.usefixtures("in_a_folder_of_its_own")


# Of each line the command, and what is said; COMPARE stands for its words.
WRONG = """
compare agressive trusting -> 'agressive'.*'aggressive'
compare aggressive -> allowed are two scenarios to compare or more, not 1
compare -> ARMS
compare aggressive trusting honest -> \
aggressive sets how buyers bargain and honest how sellers deal.*seller_stances=honest
compare honest 0.3 -> honest sets how sellers deal and
compare aggressive 1.3 -> aggressiveness = 1.3.*0 to 1
compare 0.2 0.3 --set buyer_stances=loyal -> --set buyer_stances: the arm 0.2 sets it
compare greedy loyal -> 'greedy'; the nearest are aggressive, .+, .+
run --set hold.trst=0.5 -> 'trst'.*'trust'
run --set wage.trust=0.5 -> 'wage.trust'.*nearest are wage,
run --set hold.trust=7 -> trust.*7.*0 to 1
run --set hold.trust=1 --set hold.trust=0 -> hold.trust.*twice
run --measure gini -> NAME=MODULE:FUNCTION
run --measure retention=math:sin -> 'retention' is taken
run --measure g=nowhere:f -> nowhere cannot be imported
run --measure g=math:sinn -> 'sinn'; did you mean 'sin'
run --preset servces -> 'servces'.*'services'
run --set uncertanty=1 -> 'uncertanty'.*'uncertainty'
run --set uncertainty=7 -> uncertainty = 7.*0 to 1
run --set uncertainty=high -> uncertainty = 'high'.*a number
run --set buyers=2.5 -> buyers = 2.5.*whole number
run --set uncertainty=Infinity -> uncertainty = .*0 to 1
run --set uncertainty -> NAME=VALUE
run --set hold={trust:0.5} -> hold = .*JSON
run --set without=idea -> 'idea'.*'ideas'
run --set buyers=2 --set buyers=3 -> buyers.*twice
run --set periods=2 --periods 3 -> periods.*once
run --periods 0 -> periods = 0.*1 to 12000
run --set buyer_stances=loyal --set aggressiveness=0.5 -> buyer_stances.*aggressiveness.*not both
run --seed -1 -> seed = -1.*0 to
run --seed x -> --seed.*x
COMPARE --replicates 0 -> replicates = 0.*1
COMPARE --workers 0 -> workers = 0.*from 1
run --preiods 3 -> --preiods
parameters detecton -> no parameter has 'detecton' in its name or meaning; the nearest is detection
measures qqqqq -> no measure has 'qqqqq' in its name or meaning$
again . -> \\.: allowed is a folder with the run.json of a comparison
comparee -> comparee
parameters --format html -> html.*text
run --set buyers=true -> buyers = True.*whole number
COMPARE --replicates 1_0 -> --replicates 1_0: .*whole number
COMPARE --set aggressiveness=0.5 -> --set aggressiveness: the arm aggressive sets it
COMPARE --set buyer_stances=loyal -> --set buyer_stances: the arm aggressive sets it
compare loyal eight_automakers --set buyers=9 -> --set buyers: the arm eight_automakers sets it
compare honest trusting --set seller_stances=opportunist -> \
--set seller_stances: the arm honest sets it
compare eight_automakers services --set buyer_stances=loyal -> \
--set buyer_stances: the arm eight_automakers sets it
compare consumables services --preset capital_equipment -> \
--preset capital_equipment: the arm consumables is a preset itself
again nowhere.json -> nowhere.json
"""
OTHERWISE_WRONG = [
    (["run", *2 * ["--measure", "g=math:sin"]], "g is there twice"),
    (["run", *SMALL, "--measure", "g=math:sin"], "g, seed 0: TypeError: "),
    (
        ["run", *SMALL, "--measure", "g=builtins:str"],
        "measure g, seed 0: gave '<Run.*one real number",
    ),
    (["run", "--set", 'hold={"trst": 0.5}'], "'trst'.*'trust'"),
    (["run", "--set", 'uncertainty="0.5"'], "uncertainty = '0.5'.*a number"),
    ([*COMPARE, "--replicates", "\u0663"], "--replicates.*whole"),
    (["run", "--seed", "9" * 3000], r"^.{,150}$"),
    (["run", "--out", ""], "--out: nothing was given"),
    (["run", "--set", "hold=" + "[" * 100_000], "nested too deep"),
    (["again", "x" * 300], "x{20,}.*too long"),
    (["curve", "x" * 300, "--x", "period", "--y", "margin"], "x{20,}.*too long"),
    (
        ["curve", "results.duckdb", "--x", "period", "--y", "margin", "--out", ""],
        "--out: nothing was given",
    ),
    (["claims", "--out", ""], "--out: nothing was given"),
    (["export", "results.duckdb", ""], "folder: nothing was given"),
]
PAIRS = [
    line.replace("COMPARE", " ".join(COMPARE)).split(" -> ") for line in WRONG.split("\n")[1:-1]
]
CASES = [*((words.split(), said) for words, said in PAIRS), *OTHERWISE_WRONG]


@pytest.mark.parametrize(("arguments", "expected"), CASES)
def test_wrong_input_gets_one_line_and_writes_nothing(
    arguments: list[str], expected: str, refused: Callable[[Sequence[str], str], None]
) -> None:
    refused(arguments, expected)


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
    assert main(["run", *SMALL, "--out", "results"]) == 2
    assert "series.csv" in capsys.readouterr().err
    assert [path.name for path in Path("results").iterdir()] == ["series.csv"]


def test_measures_of_the_summary_are_measures() -> None:
    assert set(SUMMARY) <= set(MEASURES)


def test_every_measure_is_under_one_heading() -> None:
    assert sorted(name for names in HEADINGS.values() for name in names) == sorted(MEASURES)
