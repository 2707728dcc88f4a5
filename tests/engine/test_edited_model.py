"""After an edit of a submodel the new equation runs, never the machine code of the old."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import relsim
from relsim.engine.cache import COMPILING

# begin_relationships is the entry point that is quickest to compile.
FIRST_RECORD = """\
from relsim.model import timeline
from relsim import Parameters
print(timeline.begin(Parameters(buyers=4, salespeople=4), 1).market.relationships.promises_kept[0])
"""


class Copy:
    """A copy of the package that may be edited, with a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(Path(relsim.__file__).parent, folder / "relsim", ignore=ignored)

    def append(self, file: str) -> None:
        with (self.folder / "relsim" / file).open("a", encoding="utf-8") as text:
            text.write("\nEDITED = True\n")

    def edit(self, submodel: str, old: str, new: str) -> None:
        file = self.folder / "relsim" / "model" / "submodels" / f"{submodel}.py"
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, code: str) -> str:
        """Run code in a new process; return what it prints."""
        return self.process(code).stdout.strip()

    def process(self, code: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "RELSIM_CACHE_DIR": str(self.folder / "cache"),
            "TMPDIR": str(self.folder),
        }
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_an_edited_submodel_is_seen_and_an_edited_picture_compiles_nothing_anew(
    copy: Copy,
) -> None:
    before = copy.process(FIRST_RECORD)
    assert COMPILING in before.stderr
    copy.append("plots/arms.py")
    again = copy.process(FIRST_RECORD)
    assert (again.stdout, again.stderr) == (before.stdout, "")
    copy.edit(
        "turnover", "promises_kept = p.initial_trust", "promises_kept = p.initial_trust * 0.5"
    )
    assert float(copy.run(FIRST_RECORD)) == float(before.stdout) * 0.5 > 0.0
    copy.append("parameters/fields.py")
    assert COMPILING in copy.process(FIRST_RECORD).stderr
