"""Writing files: whole or as before, links stay, streams stay what they are."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from relsim.cli.main import main
from relsim.io.console import check_file, check_folder
from relsim.io.errors import InputError
from relsim.io.files import write_all, write_atomically

pytestmark = pytest.mark.usefixtures("in_a_folder_of_its_own")
unix = pytest.mark.skipif(os.name == "nt", reason="names of devices differ")

WRITE = (
    "import sys; from relsim.io.files import write_atomically; print('before');"
    "write_atomically(sys.argv[1], 'content\\n'); print('after')"
)


def test_a_file_is_whole_or_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "folder" / "result.csv"
    assert write_atomically(path, "a,b\n") == path
    assert path.read_bytes() == b"a,b\n"

    def fail(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        write_atomically(path, "half")
    assert path.read_bytes() == b"a,b\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_name_as_long_as_a_file_system_takes_can_be_written() -> None:
    name = "a" * 251 + ".csv"
    assert write_atomically(name, "content").read_text(encoding="utf-8") == "content"


@unix
def test_a_link_stays_and_what_it_leads_to_is_replaced() -> None:
    Path("elsewhere").mkdir()
    Path("elsewhere/real.csv").write_text("old", encoding="utf-8")
    Path("elsewhere/real.csv").chmod(0o640)
    Path("second.csv").symlink_to("elsewhere/real.csv")
    Path("first.csv").symlink_to("second.csv")
    Path("not_yet.csv").symlink_to("elsewhere/new.csv")
    write_all(Path(), {"first.csv": "new", "not_yet.csv": "newer"})
    assert Path("first.csv").is_symlink()
    assert Path("second.csv").is_symlink()
    assert Path("not_yet.csv").is_symlink()
    assert Path("elsewhere/real.csv").read_text(encoding="utf-8") == "new"
    assert Path("elsewhere/real.csv").stat().st_mode & 0o777 == 0o640
    assert sorted(each.name for each in Path("elsewhere").iterdir()) == ["new.csv", "real.csv"]


@unix
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "link"])
def test_the_standard_output_gets_the_content_where_it_stands(name: str) -> None:
    Path("link").symlink_to("/dev/stdout")
    command = [sys.executable, "-c", WRITE, name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "before\ncontent\nafter\n"
    Path("log").write_text("earlier\n", encoding="utf-8")
    with Path("log").open("a", encoding="utf-8") as log:
        subprocess.run(command, stdout=log, check=True)
    assert Path("log").read_text(encoding="utf-8") == "earlier\nbefore\ncontent\nafter\n"
    assert Path("link").is_symlink()


@unix
def test_devices_and_pipes_stay_what_they_are() -> None:
    write_atomically("/dev/null", "content")
    assert Path("/dev/null").is_char_device()
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE, text=True) as reader:
        write_atomically("pipe", "content")
        assert reader.communicate(timeout=20)[0] == "content"
    assert Path("pipe").is_fifo()


# --- before any long work ------------------------------------------------------------------------


def arrange() -> None:
    """Places of all kinds that no file can be written to."""
    Path("folder").mkdir()
    Path("file").touch()
    Path("broken").symlink_to("nowhere/file.html")
    Path("circle").symlink_to("circle")


@unix
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("folder", "is a folder"),
        ("file/below", "not a directory"),
        ("broken", "leads to nowhere/file.html, which cannot be written"),
        ("circle", "too many levels"),
        ("", "is a folder"),
        ("nul\0byte", "embedded null"),
        ("a" * 300, "name too long"),
        ("/proc/lesson.html", "allowed is a folder that can be written to"),
        ("/dev/fd/987654", "cannot be written to"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_in_one_line(name: str, words: str) -> None:
    if name.startswith(("/proc", "/dev/fd")) and not Path("/proc/self/fd").exists():
        pytest.skip("this system has no such names")
    arrange()
    before = sorted(Path().iterdir())
    with pytest.raises(InputError, match=words) as caught:
        check_file(Path(name), "--export")
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("--export ")
    assert sorted(Path().iterdir()) == before


@unix
def test_a_file_that_can_be_written_is_left_as_it_is() -> None:
    Path("there.html").write_text("mine", encoding="utf-8")
    Path("link.html").symlink_to("there.html")
    for name in ("there.html", "link.html", "new/deeper/lesson.html", "/dev/stdout", "/dev/null"):
        check_file(Path(name), "--export")
    assert Path("there.html").read_text(encoding="utf-8") == "mine"
    assert sorted(each.name for each in Path().iterdir()) == ["link.html", "there.html"]


@unix
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (["run"], "series.csv"),
        (["compare", "aggressive", "trusting"], "comparison.png"),
        (["sensitivity", "no.duckdb", "--measure", "retention"], "sensitivity.csv"),
        (["curve", "no.duckdb", "--x", "period", "--y", "retention"], "curve.png"),
        (["replicates", "no.duckdb", "--measure", "retention"], "replicates.csv"),
        (["claims"], "claims.csv"),
        (["claims", "--matrix"], "matrix.png"),
        (["claims", "--robust", "--only", "A1"], "A1_robust.png"),
        (["claims", "--family"], "family.csv"),
    ],
)
def test_each_command_looks_at_all_its_files_first(
    typed: list[str], name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*_: object, **__: object) -> None:
        raise AssertionError("a run was begun")

    # Whatever takes simulate along when it is first imported must not find this one.
    for module in ("sweep.worker", "comparison.running", "claims.running", "claims.robust.task"):
        importlib.import_module(f"relsim.{module}")
    for where in ("model.simulation.simulate", "comparison.compare", "claims.running.check"):
        monkeypatch.setattr(f"relsim.{where}", too_late)
    Path("results").mkdir()
    Path(f"results/{name}").symlink_to("nowhere/else")
    assert main([*typed, "--out", "results"]) == 2
    said = capsys.readouterr().err
    assert f"{name} there leads to" in said
    assert len(said.strip().splitlines()) == 1
    assert [each.name for each in Path("results").iterdir()] == [name]
    assert Path(f"results/{name}").is_symlink()


def test_folder_that_cannot_be_written_to_is_refused() -> None:
    with pytest.raises(InputError, match=r"--out .*allowed is a folder"):
        check_folder(Path("a" * 300))
    if Path("/proc").exists():
        with pytest.raises(InputError, match=r"--out .*allowed is a folder"):
            check_folder(Path("/proc/relsim/results"))


def test_looking_at_a_folder_leaves_no_trace() -> None:
    check_folder(Path("one/two/three"))
    assert list(Path().iterdir()) == []


def test_going_back_from_a_folder_that_is_not_there_removes_nothing() -> None:
    Path("existing").mkdir()
    assert check_folder(Path("nowhere/../existing")) == Path("existing").resolve()
    assert check_folder(Path("nowhere/../other")) == Path("other").resolve()
    assert [each.name for each in Path().iterdir()] == ["existing"]


def test_a_set_that_cannot_be_completed_is_not_begun() -> None:
    with pytest.raises(FileNotFoundError):
        write_all(Path("results"), {"a.csv": "a", "no/such/folder.csv": "b"})
    assert list(Path("results").iterdir()) == []
