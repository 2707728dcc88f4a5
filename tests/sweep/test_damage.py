"""A file that is damaged anywhere is read or refused in one line, by every command."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sweeps import small_plan

from relsim import curve, load, replicates, sensitivity
from relsim.cli.main import main
from relsim.io.errors import InputError
from relsim.sweep import Plan, export, merge, run

SPANS = {"uncertainty": {"low": 0.1, "high": 0.5}, "candour": {"low": 0.1, "high": 0.9}}
MEASURE = "total_cost_per_unit"
DAMAGES = 24

HEADERS, BLOCK = 3 * 4096, 262_144
"""Bytes of DuckDB's headers, and of each of the blocks that follow."""


def plan(replicates: int = 2) -> Plan:
    options = {"design": "morris", "points": 4, "measures": [MEASURE]}
    return small_plan(**options, parameters=SPANS, replicates=replicates)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("finished") / "a.duckdb"
    run(plan(), path)
    return path


def damaged(content: bytes, generator: np.random.Generator) -> bytes:
    """A byte, a few bits all over, a block of noise or of nothing, or an end that is missing."""
    found = bytearray(content)
    kind = generator.integers(5)
    # Half of a file is empty space, where nothing can be damaged.
    used = np.flatnonzero(np.frombuffer(content, np.uint8))
    place = int(generator.choice(used))
    if kind == 0:
        found[place] ^= 0xFF
    elif kind == 1:
        for each in generator.choice(used, 20):
            found[each] ^= 1 << int(generator.integers(8))
    elif kind == 2:
        found[place : place + 4096] = generator.bytes(len(found[place : place + 4096]))
    elif kind == 3:
        found[place : place + 4096] = bytes(len(found[place : place + 4096]))
    else:
        del found[place:]
    return bytes(found)


def read_all(path: Path) -> None:
    results = load(path)
    for table in ("points", "runs", "buyers", "series", "failures"):
        getattr(results, table)


def uses(path: Path) -> dict[str, Callable[[], object]]:
    return {
        "load": lambda: read_all(path),
        "sensitivity": lambda: sensitivity(load(path), MEASURE),
        "curve": lambda: curve(load(path), "candour", MEASURE),
        "replicates": lambda: replicates(load(path), MEASURE),
        "export": lambda: export(path, path.parent / "tables"),
        "merge": lambda: merge([path], path.parent / "joined.duckdb"),
        "sweep": lambda: run(plan(), path),
        "extend": lambda: run(plan(3), path, extend=True),
    }


def refusals(content: bytes, path: Path) -> set[str]:
    """Who refuses a file of this content, each in one line, and leaves it as it is."""
    found = set()
    for name, use in uses(path).items():
        path.write_bytes(content)
        told = None
        try:
            use()
        except InputError as error:
            told = str(error)
        if told is not None:
            found.add(name)
            assert told.startswith(f"{path}: ")
            assert "left as it is" in told
            assert "\n" not in told
            assert path.read_bytes() == content
            assert [each.name for each in path.parent.iterdir()] == [path.name]
        shutil.rmtree(path.parent / "tables", ignore_errors=True)
        for each in path.parent.iterdir():
            each.unlink()
    return found


def test_a_block_that_is_damaged_takes_one_line(finished: Path, tmp_path: Path) -> None:
    content = finished.read_bytes()
    whoever = set()
    for start in range(HEADERS, len(content), BLOCK):
        found = bytearray(content)
        # Its checksum.
        found[start : start + 8] = b"\x55" * 8
        whoever |= refusals(bytes(found), tmp_path / "a.duckdb")
    assert whoever == set(uses(finished))


@pytest.mark.parametrize("seed", range(4))
def test_damage_anywhere_takes_one_line(seed: int, finished: Path, tmp_path: Path) -> None:
    content, generator = finished.read_bytes(), np.random.default_rng(seed)
    whoever = [
        refusals(damaged(content, generator), tmp_path / "a.duckdb") for _ in range(DAMAGES // 4)
    ]
    assert sum("load" in each for each in whoever) > 2


@pytest.mark.usefixtures("quickly_drawn")
def test_commands_say_it_in_one_line_too(
    finished: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    content, generator = finished.read_bytes(), np.random.default_rng(1)
    for _ in range(8):
        path = tmp_path / "a.duckdb"
        path.write_bytes(damaged(content, generator))
        for command in (
            ["sensitivity", "a.duckdb", "--measure", MEASURE],
            ["export", "a.duckdb", "tables"],
            ["merge", "a.duckdb", "--out", "joined.duckdb"],
        ):
            status = main(command)
            told = capsys.readouterr().err
            assert (status, told.count("\n")) in [(0, 0), (2, 1)]
            assert status == 0 or "a.duckdb: " in told
            for left in ("tables", "results"):
                assert status == 0 or not (tmp_path / left).exists()
                shutil.rmtree(tmp_path / left, ignore_errors=True)
            (tmp_path / "joined.duckdb").unlink(missing_ok=True)
