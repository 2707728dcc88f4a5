"""A market too large for the memory is refused before it is tried, with how much it would take."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from relsim import Parameters, RelationshipModel, compare, simulate
from relsim.cli.main import main
from relsim.cli.run import TABLES
from relsim.io.console import as_csv
from relsim.io.errors import InputError
from relsim.model import memory

GIANT = Parameters(buyers=1_000_000, salespeople=1000, suppliers_per_buyer=64)
SAYS = r"would take about \d+\.\d GB of memory and 2\.0 GB are free; allowed is"


@pytest.fixture(autouse=True)
def with_two_gigabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    free = SimpleNamespace(available=2e9)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)


def test_a_market_too_large_is_refused_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(InputError, match=f"a market of 1000000 buyers .* {SAYS}"):
        simulate(GIANT)
    with pytest.raises(InputError, match=SAYS):
        RelationshipModel(GIANT)
    with pytest.raises(InputError, match=SAYS):
        compare("aggressive", "trusting", base=GIANT)
    assert time.monotonic() - began < 5.0


def test_markets_that_are_too_many_at_once_are_refused() -> None:
    large = Parameters(buyers=10_000, salespeople=10_000)
    assert 1e8 < memory.market_bytes(large) < 1e9
    with pytest.raises(InputError, match=f"50 at once, {SAYS} fewer workers"):
        compare("aggressive", "trusting", base=large, replicates=50, workers=50)
    with pytest.raises(InputError, match=f"100000 replicates .* {SAYS} fewer workers"):
        compare("aggressive", "trusting", base=large, replicates=100_000, workers=1)


@pytest.mark.parametrize("command", [["run"], ["compare", "honest", "opportunist"]])
def test_the_command_says_so_in_one_line(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--set", "buyers=1000000", "--set", "suppliers_per_buyer=40"]) == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert "of memory and 2.0 GB are free" in captured.err
    assert list(Path().iterdir()) == []


PLAN = """\
design = "grid"
replicates = 2
periods = 3
base = {{ salespeople = 10, warm_up = 0 }}
parameters = {{ buyers = [10, {buyers}] }}
"""


def dry_run(buyers: int, *options: str) -> int:
    Path("plan.toml").write_text(PLAN.format(buyers=buyers), encoding="utf-8")
    return main(["sweep", "plan.toml", "--dry-run", *options])


@pytest.mark.usefixtures("soon_foretold")
def test_a_dry_run_says_what_memory_its_largest_markets_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert dry_run(500, "--workers", "2") == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.startswith("memory      about ")
    assert line.endswith("MB with 2 workers, 2.0 GB are free")
    assert dry_run(500, "--workers", "1000") == 0
    assert capsys.readouterr().out.endswith(
        "2.0 GB are free: too much, allowed are fewer workers\n"
    )
    assert dry_run(1_000_000) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "a market of 1000000 buyers" in captured.err


def test_memory_that_runs_out_all_the_same_gets_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("relsim.model.simulation.simulate", full)
    assert main(["run"]) == 1
    assert capsys.readouterr().err == (
        "relsim: there is not enough memory for this; nothing was written\n"
    )


@pytest.mark.parametrize(
    "settings",
    [
        {"periods": 6, "warm_up": 0},
        {"periods": 6, "warm_up": 0, "contacts": 64},
        {"periods": 3, "warm_up": 3, "service_life": 240, "lead_time": 24},
    ],
)
def test_what_a_market_takes_is_about_what_is_said(settings: dict[str, int]) -> None:
    parameters = Parameters(buyers=500, salespeople=500, **settings)
    simulate(Parameters(buyers=4, salespeople=4, periods=1, warm_up=0)).series  # noqa: B018
    tracemalloc.start()
    try:
        run = simulate(parameters)
        tables = [getattr(run, name) for name in TABLES]
        taken = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Not traced, for that takes long: what is written is there as text for a while.
    texts = [as_csv(table) for table in tables]
    assert all(texts)
    taken += sum(map(len, texts))
    assert 0.5 < memory.market_bytes(parameters) / taken < 2.0


def test_there_is_some_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert 1e6 < memory.free_bytes() < 1e15
