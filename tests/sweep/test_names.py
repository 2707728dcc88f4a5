"""A name is the name of a file, whatever DuckDB would take it for."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sweeps import small_plan

from relsim import load
from relsim.cli.main import main
from relsim.io.errors import InputError
from relsim.sweep import export, merge, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="allows few of these names")

PLAN = small_plan(replicates=1)
TINY = small_plan(
    replicates=1, periods=1, arms=[], keep=["runs"], measures=["cash"], parameters={"wage": [50.0]}
)

WITHIN_FOLDERS = [
    *("~x", "md:x", "s3://bucket/x", "a'b", 'a"b', "a?b", "a#b", "a%20b", "%s", " a ", "a\nb"),
    *("日本", "a;b", "a*b", "[a]", "{a}", "$HOME", "-x"),
]
NAMES = [
    *WITHIN_FOLDERS,
    *("~", ":memory:", ":memory:x", "motherduck:x", "duckdb:x", "sqlite:x", "postgres:x", "s3:x"),
    *("http:x", "https://host/x", "hf:x", "file:x", "a?access_mode=read_only", "a\tb", "ä"),
    *("a.wal", "a.csv", "a.gz", "memory", "results", "part", "block", "Corrupt WAL file"),
]
"""Those before the others have what may be odd in a folder too."""


@pytest.mark.parametrize("name", NAMES)
def test_every_name_can_be_written_and_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(TINY, name).computed == 1
    assert [each.name for each in tmp_path.iterdir()] == [Path(name).parts[0]]
    assert run(TINY, Path(name)).computed == 0
    results = load(name)
    assert len(results.runs) == len(results.sql("FROM runs")) == 1


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tiny") / "a.duckdb"
    run(TINY, path)
    return path


@pytest.mark.parametrize("name", WITHIN_FOLDERS)
def test_every_name_can_be_joined_and_exported(
    name: str, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(tiny, Path(name))
    joined, folder = f"joined/{name}", f"tables/{name}"
    assert merge([name], joined).done == 1
    assert len(export(joined, folder, "csv")) == 7
    assert len(pd.read_csv(Path(folder) / "runs.csv")) == 1
    assert {each.name for each in tmp_path.iterdir()} == {Path(name).parts[0], "joined", "tables"}
    assert Path(joined).is_file()


@pytest.mark.usefixtures("quickly_drawn")
@pytest.mark.parametrize("name", ["~x", "md:x", ":memory:"])
def test_commands_take_every_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(PLAN, name)
    commands = [
        ["curve", name, "--x", "candour", "--y", "total_cost_per_unit"],
        ["replicates", name, "--measure", "total_cost_per_unit"],
        ["export", name, "tables"],
        ["merge", name, "--out", f"{name}.joined"],
    ]
    # One replicate gives no intervals, and says so.
    assert [main(command) for command in commands] == [0, 2, 0, 0]
    assert "replicate" in capsys.readouterr().err


def attempts(path: Path, finished: Path) -> list[Callable[[], object]]:
    return [lambda: run(PLAN, path), lambda: merge([finished], path)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a\\b", "DuckDB takes a backslash"),
        ("a\\b/c", "DuckDB takes a backslash"),
        ("a?b/c", "DuckDB cannot write in a folder with a question mark"),
        ("a\0b", "allowed are names that are text"),
        ("a\udcffb", "allowed are names that are text"),
        ("a" * 245, "File name too long"),
        ("a" * 300, "File name too long"),
    ],
)
def test_what_no_file_can_be_called_is_refused_in_one_line(
    name: str, words: str, finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for attempt in attempts(Path(name), finished):
        with pytest.raises(InputError, match=words) as caught:
            attempt()
        assert "\n" not in str(caught.value)
        assert list(tmp_path.iterdir()) == []
