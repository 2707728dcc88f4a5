"""What lies beside a file of results: a new one takes nothing of it, and nothing stays for ever."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from sweeps import assert_same_rows, small_plan

from relsim.io.errors import InputError
from relsim.sweep import load, merge, opening, run
from relsim.sweep.opening import make_folder
from relsim.sweep.paths import aside
from relsim.sweep.progress import Status
from relsim.sweep.store import StoreError

unix = pytest.mark.skipif(os.name == "nt", reason="signals and locks differ")


KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from relsim.sweep import run
from sweeps import small_plan

def end(status):
    if status.done >= 60:
        os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

run(small_plan(replicates=20, measures=["cash"]), sys.argv[2], workers=1, chunk=4, progress=end)
"""


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a sweep that was killed, with its log beside it."""
    folder = tmp_path_factory.mktemp("killed")
    arguments = [str(Path(__file__).parent), str(folder / "a.duckdb")]
    subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    assert sorted(each.name for each in folder.iterdir()) == ["a.duckdb", "a.duckdb.wal"]
    return folder


def copied(folder: Path, to: Path) -> Path:
    for each in folder.iterdir():
        shutil.copy(each, to)
    return to / "a.duckdb"


# --- logs of files that are gone ------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".wal", ".wal.checkpoint", ".wal.recovery"])
def test_a_log_that_is_left_of_another_file_enters_no_new_one(
    ending: str, killed: Path, finished: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.duckdb"
    log = tmp_path / f"a.duckdb{ending}"
    shutil.copy(killed / "a.duckdb.wal", log)
    before = log.read_bytes()
    for attempt in (lambda: run(small_plan(), path), lambda: merge([finished], path)):
        with pytest.raises(InputError) as caught:
            attempt()
        assert str(log) in str(caught.value)
        assert "allowed is to move or delete that log" in str(caught.value)
        assert "\n" not in str(caught.value)
        assert [each.name for each in tmp_path.iterdir()] == [log.name]
        assert log.read_bytes() == before
    log.unlink()
    assert run(small_plan(), path).computed == 18


def test_a_log_beside_the_file_that_another_has_just_made_is_its_own(
    killed: Path, tmp_path: Path
) -> None:
    """Whoever found no file, and one with its log a moment later, is not told to delete that."""
    path = tmp_path / "a.duckdb"
    for name in ("a.duckdb", "a.duckdb.wal"):
        shutil.copy(killed / name, tmp_path / name)
    make_folder(path)
    path.unlink()
    with pytest.raises(InputError, match="is left of another file"):
        make_folder(path)


def test_a_question_mark_hides_no_log(killed: Path, tmp_path: Path) -> None:
    shutil.copy(killed / "a.duckdb.wal", tmp_path / "a.wal?b")
    with pytest.raises(InputError, match="is left of another file"):
        run(small_plan(), tmp_path / "a?b")


@unix
def test_a_log_at_the_end_of_a_link_is_found(killed: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    shutil.copy(killed / "a.duckdb.wal", tmp_path / "far" / "b.duckdb.wal")
    (tmp_path / "a.duckdb").symlink_to(tmp_path / "far" / "b.duckdb")
    with pytest.raises(InputError, match="is left of another file"):
        run(small_plan(), tmp_path / "a.duckdb")
    (tmp_path / "far" / "b.duckdb.wal").unlink()
    assert run(small_plan(), tmp_path / "a.duckdb").computed == 18
    assert (tmp_path / "a.duckdb").is_symlink()
    assert [each.name for each in (tmp_path / "far").iterdir()] == ["b.duckdb"]


@unix
@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_removed_while_its_sweep_runs_is_missed(
    replaced: bool, finished: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.duckdb"

    def disturb(status: Status) -> None:
        if status.done >= 3 and path.stat().st_ino != finished.stat().st_ino:
            path.unlink()
            if replaced:
                os.link(finished, path)
                (tmp_path / "a.duckdb.wal").write_bytes(b"of the other file")

    with pytest.raises(StoreError, match="was removed or replaced while the sweep ran"):
        run(small_plan(replicates=30), path, chunk=3, workers=1, progress=disturb)
    if replaced:
        assert (tmp_path / "a.duckdb.wal").read_bytes() == b"of the other file"
    else:
        assert list(tmp_path.iterdir()) == []


# --- logs that are damaged ------------------------------------------------------------------------


def test_what_a_damaged_log_is_refused_with_saves_the_rest(killed: Path, tmp_path: Path) -> None:
    plan, whole = small_plan(replicates=20, measures=["cash"]), tmp_path / "whole.duckdb"
    run(plan, whole)
    generator = np.random.default_rng(0)
    refused: list[bool] = []
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = copied(killed, folder)
        log = folder / "a.duckdb.wal"
        content = bytearray(log.read_bytes())
        place = int(generator.integers(len(content)))
        content[place : place + 300] = generator.bytes(len(content[place : place + 300]))
        log.write_bytes(content)
        before = path.read_bytes()
        told = None
        try:
            load(path)
        except InputError as error:
            told = str(error)
        if told is not None:
            assert f"Move {log} away" in told
            with pytest.raises(InputError, match="its log is damaged; both are left"):
                run(plan, path)
            assert log.read_bytes() == content
            assert path.read_bytes() == before
            log.rename(folder / "moved")
        assert len(load(path).runs) <= 64
        # The rest is made once after each of both.
        if (told is not None) not in refused:
            assert run(plan, path).done == 120
            assert_same_rows(whole, path)
        refused.append(told is not None)
    assert sum(refused) > 4


def test_a_file_that_is_refused_keeps_its_log(killed: Path, tmp_path: Path) -> None:
    path = copied(killed, tmp_path)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    with pytest.raises(InputError, match="the plan differs"):
        run(small_plan(periods=13), path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


# --- many at once, and those that were killed -----------------------------------------------------


def test_of_threads_that_start_one_sweep_one_makes_it(tmp_path: Path) -> None:
    path, outcomes = tmp_path / "a.duckdb", []
    barrier = threading.Barrier(6)

    def attempt() -> None:
        barrier.wait()
        try:
            outcomes.append(run(small_plan(), path, workers=1).computed)
        except InputError as error:
            outcomes.append(str(error))

    threads = [threading.Thread(target=attempt) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Whoever comes when it is done finds it done.
    assert outcomes.count(18) == 1
    refused = [each for each in outcomes if each not in (18, 0)]
    assert all("is making it" in each or "is writing it" in each for each in refused)
    assert load(path).complete
    assert [each.name for each in tmp_path.iterdir()] == ["a.duckdb"]


SAME_PID = """
import os, sys
os.getpid = lambda: 1
from relsim.io.errors import InputError
from relsim.sweep import run
sys.path.insert(0, sys.argv[1])
from sweeps import small_plan
print("ready", flush=True)
sys.stdin.readline()
try:
    print(run(small_plan(), sys.argv[2], workers=1).computed)
except InputError as error:
    print(error)
"""


def test_of_processes_of_one_number_that_start_one_sweep_one_makes_it(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    command = [sys.executable, "-c", SAME_PID, str(Path(__file__).parent), str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    shown = [process.communicate(timeout=300)[0].strip() for process in processes]
    assert shown.count("18") == 1
    assert all("it" in each and "\n" not in each for each in shown if each not in ("18", "0"))
    assert load(path).complete
    assert [each.name for each in tmp_path.iterdir()] == ["a.duckdb"]


MAKING = """
import sys, time
from pathlib import Path
from relsim.sweep.opening import engine, making
path = Path(sys.argv[1])
connection = engine(path)
with making(connection, path):
    connection.execute("CREATE TABLE t AS SELECT 1")
    print("under way", flush=True)
    sys.stdin.readline()
"""


def under_way(path: Path) -> subprocess.Popen[str]:
    """Another process, in the middle of making a file."""
    process = subprocess.Popen(
        [sys.executable, "-c", MAKING, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "under way\n"
    return process


@unix
def test_what_a_living_process_makes_is_left_and_of_a_killed_one_removed(
    finished: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.duckdb"
    (tmp_path / ".a.duckdb.notes").touch()
    process = under_way(path)
    before = sorted(tmp_path.iterdir())
    assert len(before) > 2
    for attempt in (lambda: run(small_plan(), path), lambda: merge([finished], path)):
        with pytest.raises(InputError, match="another thread or process is making it"):
            attempt()
        assert sorted(tmp_path.iterdir()) == before
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert sorted(tmp_path.iterdir()) == before
    assert run(small_plan(), path).computed == 18
    assert sorted(each.name for each in tmp_path.iterdir()) == [".a.duckdb.notes", "a.duckdb"]


def test_what_was_left_beside_a_file_that_is_there_is_removed_too(
    finished: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.duckdb"
    shutil.copy(finished, path)
    # Killed between two names of the same file.
    os.link(path, aside(path))
    aside(path).mkdir()
    assert len(list(tmp_path.iterdir())) == 3
    assert run(small_plan(), path).computed == 0
    assert [each.name for each in tmp_path.iterdir()] == ["a.duckdb"]


def test_where_there_are_no_links_nothing_is_replaced_either(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(opening.os, "link", no_links)
    path = tmp_path / "a.duckdb"
    merge([finished], path)
    assert_same_rows(finished, path)
    with pytest.raises(FileExistsError):
        opening._name(tmp_path / "b.duckdb", path)
    assert [each.name for each in tmp_path.iterdir()] == ["a.duckdb"]
