"""Machine code on disk is always that of the code in the files, or compiled anew."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from relsim.engine import cache as machine_code
from relsim.engine import compilation, parts
from relsim.engine import source_hash as sources
from relsim.engine.cache import COMPILING

EQUATION = """\
from tiny.engine.compilation import compiled

@compiled
def step(record, shock):
    record.trust = record.trust + {gain} * (shock - record.trust)
"""

RUN = """\
from typing import NamedTuple

import numpy as np

from tiny.engine.compilation import entry_point
from tiny.model.equation import step


class State(NamedTuple):
    relationships: np.recarray
    orders: np.recarray


@entry_point
def run(state, generator, periods):
    for _ in range(periods):
        for i in range(state.relationships.size):
            step(state.relationships[i], generator.random())
    return state.relationships[0].trust


def arguments():
    relationships = np.zeros(3, [("trust", np.float64), ("phase", np.int8)]).view(np.recarray)
    orders = np.zeros(2, [("placed", np.int64)]).view(np.recarray)
    return State(relationships, orders), np.random.default_rng(0), 5


def report():
    result = run(*arguments())
    print(float(result), sum(run.stats.cache_hits.values()), sum(run.stats.cache_misses.values()))
"""

TWO_THREADS = """\
import threading
from tiny.model.run import arguments, run

together, results = threading.Barrier(4), []

def call():
    ready = arguments()
    together.wait()
    results.append(run(*ready))

threads = [threading.Thread(target=call) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(results), len(set(results)), len(run.signatures))
"""


class Package:
    """A package of two files with its own copy of what compiles it, and its own cache."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "tiny"
        self.cache = folder / "cache"
        self.temporary = folder / "temporary"
        self.engine, self.model = self.source / "engine", self.source / "model"
        self.engine.mkdir(parents=True)
        self.model.mkdir()
        self.temporary.mkdir()
        (self.source / "__init__.py").touch()
        for module in (sources, machine_code, compilation, parts):
            file = Path(module.__file__)
            code = file.read_text().replace("from relsim.", "from tiny.")
            (self.engine / file.name).write_text(code)
        (self.model / "run.py").write_text(RUN)
        self.write_equation(gain=0.5)

    def write_equation(self, gain: float) -> None:
        (self.model / "equation.py").write_text(EQUATION.format(gain=gain))

    def python(self, code: str, **environment: str) -> tuple[list[str], str]:
        """Run code in a new process; return the words it prints, and its stderr."""
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.folder,
            env={
                **os.environ,
                "RELSIM_CACHE_DIR": str(self.cache),
                "TMPDIR": str(self.temporary),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split(), done.stderr

    def report(self, **environment: str) -> tuple[float, int, int, str]:
        """Return the result, what was loaded, what was compiled, and stderr."""
        words, errors = self.python("from tiny.model.run import report; report()", **environment)
        return float(words[0]), int(words[1]), int(words[2]), errors


@pytest.fixture
def package(tmp_path: Path) -> Package:
    return Package(tmp_path)


def test_another_process_loads_what_was_compiled_until_another_file_is_edited(
    package: Package,
) -> None:
    before, *counts, message = package.report()
    assert counts == [0, 1]
    assert message.splitlines() == [COMPILING]

    second, *counts, message = package.report()
    assert second == before
    assert counts == [1, 0]
    assert message == ""

    package.write_equation(gain=0.25)
    after, *counts, _ = package.report()
    assert after != before
    assert counts == [0, 1]

    package.write_equation(gain=0.5)
    again, *counts, _ = package.report()
    assert again == before
    assert counts == [1, 0], "the folder of the earlier code should still be there"


def test_file_edited_after_import_is_not_kept_as_the_new_code(package: Package) -> None:
    edit = (
        "import pathlib, tiny.model.run\n"
        "file = pathlib.Path('tiny/model/equation.py')\n"
        "file.write_text(file.read_text().replace('0.5', '0.25'))\n"
        "tiny.model.run.report()\n"
    )
    (old, *_), _ = package.python(edit)
    new, *counts, _ = package.report()
    assert float(old) != new
    assert counts == [0, 1]


def test_numbas_own_cache_settings_do_not_weaken_the_key(package: Package) -> None:
    settings = {
        "NUMBA_CACHE_LOCATOR_CLASSES": "InTreeCacheLocator",
        "NUMBA_CACHE_DIR": str(package.folder / "numba"),
    }
    before, *_ = package.report(**settings)
    package.write_equation(gain=0.25)
    after, *_ = package.report(**settings)
    assert after != before


def test_cache_folder_that_cannot_be_written(package: Package) -> None:
    package.cache.write_text("a file, so that no folder can be made here")
    first, *counts, _ = package.report()
    assert counts == [0, 1]

    second, *counts, message = package.report()
    assert second == first
    assert counts == [1, 0]
    assert message == ""


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="temporary folders are private on Windows")
def test_temporary_folder_open_to_others_is_not_trusted(package: Package) -> None:
    package.cache.write_text("a file, so that no folder can be made here")
    (package.temporary / f"relsim-{os.getuid()}").mkdir()
    (package.temporary / f"relsim-{os.getuid()}").chmod(0o777)
    package.report()
    _, *counts, _ = package.report()
    assert counts == [0, 1]


def test_damaged_machine_code_is_compiled_anew(package: Package) -> None:
    expected, *_ = package.report()
    (file,) = package.cache.rglob("*.machine")
    flipped = bytearray(file.read_bytes())
    flipped[len(flipped) // 2] ^= 0xFF
    file.write_bytes(flipped)
    assert package.report()[:3] == (expected, 0, 1)
    assert file.read_bytes() != flipped
    assert package.report()[:3] == (expected, 1, 0)


DAMAGE = """\
from pathlib import Path
from tiny.model.run import arguments, run
run(*arguments())
(file,) = Path("cache").rglob("*.machine")
whole, (signature,) = file.read_bytes(), run.signatures
half = len(whole) // 2
damaged = [b"", whole[:-1], whole[:half] + bytes(len(whole) - half)]
for place in range(0, len(whole), len(whole) // 60):
    damaged.append(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
for number, content in enumerate(damaged):
    file.write_bytes(content)
    assert run._cache.load_overload(signature, run.targetctx) is None, number
file.write_bytes(whole)
assert run._cache.load_overload(signature, run.targetctx) is not None
print("done")
"""


def test_damage_anywhere_is_seen_before_anything_is_run(package: Package) -> None:
    package.report()
    words, _ = package.python(DAMAGE)
    assert words == ["done"]


# A read-only file system, whoever runs the tests: nothing below a folder can be changed.
READ_ONLY = """\
import os, sys

def forbid(event, arguments):
    if event in ("open", "os.mkdir", "os.utime", "os.rename", "os.remove"):
        path, reads = arguments[0], event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if not reads and str(path).startswith({folder!r}):
            raise OSError(30, "Read-only file system", str(path))

sys.addaudithook(forbid)
"""

NO_TEMPORARY_FOLDER = """\
import tempfile

def gettempdir():
    raise FileNotFoundError(2, "No usable temporary directory found")

tempfile.gettempdir = gettempdir
"""

REPORT = "from tiny.model.run import report; report()"


def test_a_filled_cache_that_cannot_be_written_is_used(package: Package) -> None:
    _, *counts, _ = package.report()
    assert counts == [0, 1]
    read_only = READ_ONLY.format(folder=str(package.cache))
    words, message = package.python(read_only + REPORT)
    assert (words[1:], message) == (["1", "0"], "")


def test_an_empty_cache_that_cannot_be_written_stops_nothing(package: Package) -> None:
    package.cache.mkdir()
    read_only = READ_ONLY.format(folder=str(package.folder)) + NO_TEMPORARY_FOLDER
    words, _ = package.python(read_only + REPORT)
    assert words[1:] == ["0", "1"]


def test_without_a_temporary_folder_the_cache_is_used_and_filled(package: Package) -> None:
    for counts in (["0", "1"], ["1", "0"]):
        words, _ = package.python(NO_TEMPORARY_FOLDER + REPORT)
        assert words[1:] == counts


def test_with_no_folder_at_all_it_is_compiled(package: Package) -> None:
    package.cache.write_text("a file, so that no folder can be made here")
    words, message = package.python(NO_TEMPORARY_FOLDER + REPORT)
    assert (words[1:], message.splitlines()) == (["0", "1"], [COMPILING])


@pytest.mark.parametrize("stream", ["sys.stderr = None", "sys.stderr.close()"])
def test_without_an_error_stream_it_compiles_in_silence(package: Package, stream: str) -> None:
    words, message = package.python(f"import sys\n{stream}\n{REPORT}")
    assert (words[1:], message) == (["0", "1"], "")


def test_first_calls_from_several_threads(package: Package) -> None:
    for expected_message in ([COMPILING], []):
        words, errors = package.python(TWO_THREADS)
        assert words == ["4", "1", "1"], "four results, all equal, from one compilation"
        assert errors.splitlines() == expected_message


def test_old_folders_are_removed(package: Package) -> None:
    for number in range(2 * machine_code.FOLDERS_KEPT):
        old = package.cache / "compiled" / f"{number:016x}"
        old.mkdir(parents=True)
        os.utime(old, (number, number))
    foreign = package.cache / "compiled" / "notes"
    foreign.mkdir()
    package.report()
    left = {folder.name for folder in foreign.parent.iterdir()}
    assert foreign.name in left
    assert len(left - {foreign.name}) == machine_code.FOLDERS_KEPT
    assert f"{2 * machine_code.FOLDERS_KEPT - 1:016x}" in left
    assert package.report()[1:3] == (1, 0)
