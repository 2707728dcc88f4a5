"""Saved comparisons: made again from their record, which is refused in one line if it is none."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from relsim.cli import compare as compare_command
from relsim.cli import run
from relsim.cli.main import main
from relsim.comparison import Comparison, arm, compare, seeds
from relsim.comparison.record import KIND, read_record
from relsim.io.errors import InputError
from relsim.parameters import Parameters

SMALL = ["--set", "buyers=6", "--set", "salespeople=6", "--set", "warm_up=3", "--periods", "6"]
COMPARE = ["compare", "aggressive", "trusting", "--replicates", "3", *SMALL]
BASE = Parameters(buyers=6, salespeople=6, warm_up=3, periods=6)

pytestmark = pytest.mark.usefixtures("in_a_folder_of_its_own")


@pytest.mark.usefixtures("quickly_drawn")
def test_record_gives_the_same_numbers_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*COMPARE, "--seed", "7", "--out", "first"]) == 0
    assert main(["again", "first/run.json", "--out", "second"]) == 0
    assert "The numbers are those in first." in capsys.readouterr().out
    assert Path("first/comparison.csv").read_bytes() == Path("second/comparison.csv").read_bytes()
    assert Path("first/comparison.png").read_bytes() == Path("second/comparison.png").read_bytes()


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "\x00", "[" * 100_000, f'{{"kind": "{KIND}"}}', '{"kind": "relsim run"}'],
)
def test_a_record_that_is_none_is_refused(
    content: str, refused: Callable[[Sequence[str], str], None]
) -> None:
    Path("run.json").write_text(content, encoding="utf-8")
    refused(["again", "run.json"], "^relsim: run.json: ")


@pytest.fixture
def kept() -> dict[str, Any]:
    """A record as a comparison writes it."""
    arms = (arm("aggressive", BASE), arm("trusting", BASE))
    return Comparison(arms, 0, seeds(0, 2)).record()


def damaged(record: dict[str, Any], path: str, value: Any) -> str:
    """A record with one value replaced, or taken out where it is ``...``."""
    *outer, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    place: Any = record
    for part in outer:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(record)


DAMAGES: dict[str, tuple[str, Any, str]] = {
    "no arms": ("arms", [], "not 0$"),
    "one arm": ("arms/1", ..., "not 1$"),
    "arms no list": ("arms", 3, "arms = 3: allowed is a list"),
    "arm no mapping": ("arms/0", 3, r"arms\[0\] = 3: allowed is a mapping"),
    "nameless": ("arms/0/name", ..., r"arms\[0\].name is missing"),
    "name no text": ("arms/0/name", 3, r"arms\[0\].name = 3: allowed is a text"),
    "name twice": ("arms/0/name", "trusting", "arm 'trusting': allowed is a name of its own"),
    "name of a column": ("arms/0/name", "difference", "arm 'difference': allowed is a name"),
    "buyer missing": ("arms/0/buyer", ..., r"arms\[0\].buyer is missing"),
    "salesperson a number": ("arms/0/salesperson", 3, r"arms\[0\].salesperson is missing or no"),
    "buyer no text": ("arms/0/buyer", [3], r"arms\[0\].buyer"),
    "parameters no mapping": ("arms/0/parameters", [], r"arms\[0\].parameters = \[\]"),
    "parameter missing": ("arms/0/parameters/wage", ..., "'aggressive' is incomplete: wage is"),
    "parameter wrong": ("arms/1/parameters/wage", "x", "arm 'trusting': wage = 'x': allowed"),
    "parameter unknown": ("arms/1/parameters/wagee", 1.0, "arm 'trusting': unknown parameter"),
    "seed no number": ("seed", "x", "seed = 'x': allowed is a whole number"),
    "seed out of range": ("seed", -1, "seed = -1: allowed"),
    "replicates a flag": ("replicates", True, "replicates = True: allowed is a whole number"),
    "no replicates": ("replicates", 0, "replicates = 0: allowed"),
    "a seed too few": ("seeds/1", ..., "seeds are not those of seed 0 and 2 replicates"),
    "a seed that is none": ("seeds/1", "x", "seeds are not those"),
    "no versions": ("versions", ..., "versions is missing"),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_a_damaged_record_gets_one_line_that_names_it(
    case: str, kept: dict[str, Any], refused: Callable[[Sequence[str], str], None]
) -> None:
    path, value, expected = DAMAGES[case]
    Path("run.json").write_text(damaged(kept, path, value), encoding="utf-8")
    refused(["again", "run.json"], f"^relsim: run.json: .*{expected}")


def test_again_replaces_neither_the_original_nor_another_comparison(
    kept: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, seed in (("one", 0), ("results/again/one", 1)):
        Path(folder).mkdir(parents=True)
        record = kept | {"seed": seed, "seeds": list(seeds(seed, 2))}
        Path(folder, "run.json").write_text(json.dumps(record), encoding="utf-8")
    before = Path("results/again/one/run.json").read_bytes()
    assert main(["again", "one", "--out", "one"]) == 2
    assert "the comparison itself is kept there" in capsys.readouterr().err
    assert main(["again", "one"]) == 2
    assert "another comparison is kept there" in capsys.readouterr().err
    assert Path("results/again/one/run.json").read_bytes() == before


def test_saving_to_an_impossible_folder_is_wrong_input() -> None:
    Path("taken").write_text("mine", encoding="utf-8")
    result = compare("aggressive", "trusting", base=BASE, replicates=1)
    for folder in ("taken", "taken/below", "a" * 300, "\0"):
        with pytest.raises(InputError, match="allowed is a folder that can be written to"):
            result.save(folder)


def test_a_market_leaves_the_record_of_a_comparison_alone() -> None:
    assert not {f"{name}.csv" for name in run.TABLES} & set(compare_command.FILES)
    assert run.RECORD not in compare_command.FILES


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_record_may_be_in_any_usual_encoding(encoding: str, kept: dict[str, Any]) -> None:
    Path("run.json").write_text(json.dumps(kept), encoding=encoding)
    assert read_record(Path("run.json")) == kept
