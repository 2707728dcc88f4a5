"""A file of results that was altered is refused in one line by all who open it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from sweeps import small_plan

from relsim.io.errors import InputError
from relsim.sweep import export, load, merge, run


def altered(finished: Path, folder: Path, *statements: str) -> Path:
    """A copy, with something done to it."""
    path = folder / "altered.duckdb"
    shutil.copy(finished, path)
    with duckdb.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def openings(path: Path) -> list[Callable[[], object]]:
    """What opens a file."""
    return [
        lambda: run(small_plan(), path),
        lambda: run(small_plan(replicates=5), path, extend=True),
        lambda: load(path),
        lambda: export(path, path.parent / "tables"),
        lambda: merge([path], path.parent / "joined.duckdb"),
    ]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM plan", "its plan says nothing of 'design'"),
        ("DELETE FROM plan WHERE name = 'arms'", "its plan says nothing of 'arms'"),
        ("UPDATE plan SET value = '{nonsense' WHERE name = 'arms'", "its plan cannot be read"),
        ("UPDATE plan SET value = NULL WHERE name = 'seed'", "its plan cannot be read"),
        ("UPDATE plan SET value = repeat('[', 100000) WHERE name = 'base'", "cannot be read"),
        ("ALTER TABLE plan RENAME value TO content", "its plan cannot be read"),
        ("UPDATE plan SET value = '5' WHERE name = 'arms'", "its plan"),
        ("UPDATE plan SET value = '\"table\"' WHERE name = 'design'", "its plan"),
        ("INSERT INTO plan VALUES ('self', '1')", "its plan"),
        ("DELETE FROM meta WHERE name = 'part'", "meta says nothing of 'part'"),
        ("DELETE FROM meta WHERE name = 'model'", "meta says nothing of 'model'"),
        ("UPDATE meta SET value = NULL WHERE name = 'model'", "meta says nothing of 'model'"),
        ("ALTER TABLE meta ADD COLUMN more INTEGER", "table meta, column 'more'"),
        ("DELETE FROM points", "its points are not those of its plan"),
        ("INSERT INTO points SELECT * FROM points", "its points are not those of its plan"),
        ("UPDATE points SET point = -5 - point", "its points are not those of its plan"),
        ("ALTER TABLE points RENAME point TO place", "table points, column 'point' is missing"),
        ("ALTER TABLE points ADD COLUMN more DOUBLE", "table points, column 'more'"),
        ("ALTER TABLE runs DROP total_cost_per_unit", "column 'total_cost_per_unit' is missing"),
        ("ALTER TABLE runs ALTER seconds TYPE VARCHAR", "'seconds' is VARCHAR, not DOUBLE"),
        ("ALTER TABLE buyers DROP stance", "table buyers, column 'stance' is missing"),
        ("UPDATE runs SET arm = 'zzz'", "runs has rows twice, or that its plan does not have"),
        ("UPDATE runs SET point = point + 1000", "runs has rows twice"),
        ("UPDATE runs SET replicate = replicate + 7", "runs has rows twice"),
        ("INSERT INTO runs SELECT * FROM runs", "runs has rows twice"),
    ],
)
def test_what_was_altered_is_named(
    statement: str, words: str, finished: Path, tmp_path: Path
) -> None:
    path = altered(finished, tmp_path, statement)
    before = path.read_bytes()
    for attempt in openings(path):
        with pytest.raises(InputError) as caught:
            attempt()
        text = str(caught.value)
        assert "\n" not in text
        assert str(path) in text
        assert words in text or "differs" in text
        assert [each.name for each in tmp_path.iterdir()] == [path.name]
        assert path.read_bytes() == before


@pytest.mark.parametrize("table", ["runs", "buyers", "series"])
def test_rows_that_are_gone_leave_a_file_that_can_be_read(
    table: str, finished: Path, tmp_path: Path
) -> None:
    """DuckDB gives free space at the end of a file back: that is not damage."""
    path = altered(finished, tmp_path, f"TRUNCATE {table}", "CHECKPOINT")
    assert len(getattr(load(path), table)) == 0
    assert run(small_plan(), path).done == small_plan().runs


def test_a_folder_in_the_place_of_a_table_is_refused(finished: Path, tmp_path: Path) -> None:
    (tmp_path / "tables" / "runs.csv").mkdir(parents=True)
    with pytest.raises(InputError, match=r"runs\.csv there is a folder"):
        export(finished, tmp_path / "tables", "csv")
    assert [each.name for each in (tmp_path / "tables").iterdir()] == ["runs.csv"]


def test_what_is_no_path_is_refused() -> None:
    for attempt in (lambda: load(None), lambda: run(small_plan(), 5)):
        with pytest.raises(InputError, match="allowed is the path of a file"):
            attempt()
