"""The file: whole or untouched, whatever happens around it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import duckdb
import pytest
from sweeps import TOML, assert_same_rows, small_plan, start, wait_until_it_runs

from relsim import load
from relsim.engine.cache import COMPILING
from relsim.io.errors import InputError
from relsim.sweep import export, merge, run
from relsim.sweep.schema import SCHEMA
from relsim.sweep.store import Store

unix = pytest.mark.skipif(os.name == "nt", reason="signals and limits differ")


def refused(path: Path) -> str:
    """Refused by whoever reads or writes, in one line, and left as it was."""
    before = path.read_bytes()
    texts = []
    for attempt in (lambda: run(small_plan(), path), lambda: load(path)):
        with pytest.raises(InputError) as caught:
            attempt()
        texts.append(str(caught.value))
        assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert all(str(path) in text and "\n" not in text for text in texts)
    return texts[0]


@pytest.mark.parametrize("content", [b"", b"design = 1\n", b"\x00" * 20_000, b"x" * 20_000])
def test_foreign_files_are_left_alone(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.duckdb").write_bytes(content)
    assert "is not a file of results" in refused(tmp_path / "a.duckdb")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE runs (x INTEGER)",
        "CREATE TABLE meta (x INTEGER, y INTEGER, z INTEGER)",
        "CREATE TABLE meta AS SELECT 'kind' AS name, 'relsim sweep' AS value",
        "CREATE TABLE meta AS SELECT 1 AS name, 2 AS value",
    ],
)
def test_other_databases_are_left_alone(statement: str, tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "a.duckdb") as other:
        other.execute(statement)
    assert "is not a file of results" in refused(tmp_path / "a.duckdb")


def test_files_of_other_schemas_are_left_alone(finished: Path, tmp_path: Path) -> None:
    for number, change in enumerate(("UPDATE meta SET value = '1'", "DELETE FROM meta")):
        path = tmp_path / str(number) / "a.duckdb"
        path.parent.mkdir()
        path.write_bytes(finished.read_bytes())
        with duckdb.connect(path) as other:
            other.execute(f"{change} WHERE name = 'schema'")
        assert f"allowed is {SCHEMA}" in refused(path)


def test_databases_of_other_kinds_are_left_alone(tmp_path: Path) -> None:
    lite = sqlite3.connect(tmp_path / "a.duckdb")
    lite.execute("CREATE TABLE runs (x INTEGER)")
    lite.commit()
    lite.close()
    assert "is not a file of results" in refused(tmp_path / "a.duckdb")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_truncated_files_are_left_alone(share: float, finished: Path, tmp_path: Path) -> None:
    content = finished.read_bytes()
    (tmp_path / "a.duckdb").write_bytes(content[: int(share * len(content))])
    assert "left as it is" in refused(tmp_path / "a.duckdb")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.duckdb: no such file"):
        load(tmp_path / "nowhere.duckdb")


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs a place where nobody can write")
def test_a_place_that_cannot_be_written_to_is_named() -> None:
    with pytest.raises(InputError, match=r"/proc/relsim.*cannot be written"):
        run(small_plan(), "/proc/relsim/a.duckdb")


def test_a_file_in_the_place_of_its_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "results").touch()
    with pytest.raises(InputError, match=r"a\.duckdb: cannot be written \(Not a directory\)"):
        run(small_plan(), tmp_path / "results" / "a.duckdb")


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.duckdb").mkdir()
    with pytest.raises(InputError, match=r"a\.duckdb: is no file"):
        run(small_plan(), tmp_path / "a.duckdb")


def test_whoever_comes_second_is_told_who_has_it(finished: Path) -> None:
    code = f"import duckdb, sys; c = duckdb.connect({str(finished)!r}); print(); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-uc", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    try:
        for attempt in (lambda: run(small_plan(), finished), lambda: load(finished)):
            with pytest.raises(InputError, match=rf"process {holder.pid} .*has it open"):
                attempt()
    finally:
        holder.communicate(b"")
    assert run(small_plan(), finished).computed == 0


def test_twice_in_one_process_is_refused_too(finished: Path) -> None:
    with Store(finished):
        for attempt in (lambda: run(small_plan(), finished), lambda: load(finished)):
            with pytest.raises(InputError, match=rf"this process \(PID {os.getpid()}\)"):
                attempt()
    assert load(finished).complete


def test_a_connection_of_ones_own_is_in_the_way_of_a_sweep(finished: Path) -> None:
    with (
        duckdb.connect(finished, read_only=True),
        pytest.raises(InputError, match=r"connection of this process .* close that first"),
    ):
        run(small_plan(), finished)
    assert run(small_plan(), finished).computed == 0


def test_an_odd_name_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / 'it\'s "mine"; (a).duckdb'
    assert run(small_plan(replicates=1), path).done == 6
    assert run(small_plan(replicates=1), path).computed == 0
    assert load(path).complete
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs a place where nobody can write")
def test_joined_files_are_named_where_they_cannot_be_written(finished: Path) -> None:
    with pytest.raises(InputError, match=r"^/proc/relsim/a\.duckdb: cannot be written"):
        merge([finished], "/proc/relsim/a.duckdb")


@unix
def test_a_full_disk_leaves_what_was_stored(tmp_path: Path) -> None:
    import resource

    plan, out = tmp_path / "plan.toml", tmp_path / "a.duckdb"
    plan.write_text(TOML.format(replicates=60), encoding="utf-8")
    limit = 1_200_000

    def no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    process = start("sweep", str(plan), "--out", str(out), preexec_fn=no_more)
    _, messages = process.communicate(timeout=300)
    assert process.returncode == 1, messages
    assert "cannot be written" in messages.splitlines()[-1]
    assert "Traceback" not in messages
    stored = len(load(out).runs)
    assert 0 < stored < 360
    assert run(plan, out).computed == 360 - stored
    run(plan, tmp_path / "whole.duckdb")
    assert_same_rows(tmp_path / "whole.duckdb", out)


@unix
def test_interrupted_it_says_how_to_go_on(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.toml", tmp_path / "a.duckdb"
    plan.write_text(TOML.format(replicates=2000), encoding="utf-8")
    process = start("sweep", str(plan), "--out", str(out))
    wait_until_it_runs(process)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    shown, messages = process.communicate(timeout=60)
    assert process.returncode == 130, messages
    assert shown == ""
    assert "the same command continues" in messages.splitlines()[-1]
    assert str(out) in messages.splitlines()[-1]
    assert len(load(out).runs) > 0


@unix
def test_interrupted_while_the_model_is_compiled_it_ends_at_once(tmp_path: Path) -> None:
    plan, out = tmp_path / "plan.toml", tmp_path / "a.duckdb"
    plan.write_text(TOML.format(replicates=2), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "relsim", "sweep", str(plan), "--out", str(out)],
        env={**os.environ, "RELSIM_CACHE_DIR": str(tmp_path / "cache"), "PYTHONUNBUFFERED": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert any(COMPILING in line for line in process.stderr)
    process.send_signal(signal.SIGINT)
    began = time.monotonic()
    _, messages = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped with 0 of 12 runs" in messages.splitlines()[-1]
    assert time.monotonic() - began < 8.0
    assert load(out).plan.runs == 12


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_tables_are_written_for_other_programs(form: str, finished: Path, tmp_path: Path) -> None:
    written = export(finished, tmp_path / "tables", form)
    assert {path.name for path in written} == {
        path.name for path in (tmp_path / "tables").iterdir()
    }
    found = load(finished)
    with duckdb.connect() as connection:
        for name in ("points", "runs", "buyers", "series", "failures"):
            file = tmp_path / "tables" / f"{name}.{form}"
            count = connection.execute(f"SELECT count(*) FROM '{file}'").fetchall()[0][0]
            assert count == len(getattr(found, name))
        file = tmp_path / "tables" / f"runs.{form}"
        costs = connection.execute(f"SELECT total_cost_per_unit FROM '{file}'").fetchall()
    assert sorted(cost for (cost,) in costs) == sorted(found.runs["total_cost_per_unit"])
    with pytest.raises(InputError, match="'xlsx'"):
        export(finished, tmp_path, "xlsx")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_an_exported_table_keeps_the_link_in_its_place(finished: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "tables" / "runs.csv"
    link.parent.mkdir()
    link.symlink_to(elsewhere / "runs.csv")
    assert link in export(finished, link.parent, "csv")
    assert link.is_symlink()
    assert (elsewhere / "runs.csv").read_text(encoding="utf-8").startswith("point,")


def test_the_file_speaks_sql(finished: Path, tmp_path: Path) -> None:
    found = load(finished).sql("SELECT arm, avg(total_cost_per_unit) FROM runs GROUP BY arm")
    assert len(found) == 2
    with pytest.raises(InputError, match="read-only"):
        load(finished).sql("DELETE FROM runs")
    with pytest.raises(InputError, match="rnus"):
        load(finished).sql("SELECT * FROM rnus")
    shutil.copy(finished, tmp_path / "copy.duckdb")
    assert load(tmp_path / "copy.duckdb").complete


def test_the_file_tells_all_versions_that_its_numbers_depend_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["SALib", "duckdb", "llvmlite", "mesa", "networkx", "numba", "numpy", "pandas", "scipy"]
    first, second = tmp_path / "1.duckdb", tmp_path / "2.duckdb"
    run(small_plan(), first, part=(1, 2))
    now = {name: version(name) for name in names}
    assert now.items() <= load(first).meta.items()
    monkeypatch.setattr("relsim.engine.versions._libraries", lambda: {**now, "numpy": "99.0"})
    # Nothing is made, so nothing depends on it.
    run(small_plan(), first, part=(1, 2))
    assert load(first).meta["numpy"] == now["numpy"]
    run(small_plan(), second, part=(2, 2))
    run(small_plan(replicates=4), first, part=(1, 2), extend=True)
    run(small_plan(replicates=4), second, part=(2, 2), extend=True)
    assert load(first).meta["numpy"] == f"{now['numpy']}, 99.0"
    monkeypatch.setattr("relsim.engine.versions._libraries", lambda: {**now, "numpy": "100.0"})
    merge([second, first], tmp_path / "both.duckdb")
    assert load(tmp_path / "both.duckdb").meta["numpy"] == f"99.0, {now['numpy']}"
    assert load(tmp_path / "both.duckdb").meta["scipy"] == now["scipy"]
