"""After an edit of a submodel the new equation runs, never the machine code of the old."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import relsim

SUBMODELS = sorted((Path(relsim.__file__).parent / "submodels").glob("*.py"))

PRICE = """\
from relsim import Parameters, simulate
small = Parameters(buyers=4, salespeople=4, periods=6, warm_up=0)
print(simulate(small, 1).measures["component_price"])
"""

# begin_relationships is the entry point that is quickest to compile.
FIRST_RECORD = """\
from relsim import Parameters, course
print(course.begin(Parameters(buyers=4, salespeople=4), 1).market.relationships.promises_kept[0])
"""

HASH = "from relsim.compilation import source_hash; print(source_hash())"


class Copy:
    """A copy of the package that may be edited, with a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(Path(relsim.__file__).parent, folder / "relsim", ignore=ignored)

    def edit(self, submodel: str, old: str, new: str) -> None:
        file = self.folder / "relsim" / "submodels" / f"{submodel}.py"
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")

    def run(self, code: str) -> str:
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "RELSIM_CACHE_DIR": str(self.folder / "cache"),
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
        return done.stdout.strip()


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_an_edited_submodel_is_seen(copy: Copy) -> None:
    before = float(copy.run(FIRST_RECORD))
    copy.edit("turnover", "= p.first_promises_kept", "= p.first_promises_kept * 0.5")
    assert float(copy.run(FIRST_RECORD)) == before * 0.5 > 0.0


def test_an_edit_of_any_submodel_makes_other_code_of_it(copy: Copy) -> None:
    hashes = [copy.run(HASH)]
    for file in SUBMODELS:
        with (copy.folder / "relsim" / "submodels" / file.name).open("a") as text:
            text.write("\nEDITED = True\n")
        hashes.append(copy.run(HASH))
    assert len(set(hashes)) == len(SUBMODELS) + 1


@pytest.mark.slow
def test_an_edited_equation_moves_the_results_of_a_run(copy: Copy) -> None:
    before = copy.run(PRICE)
    assert copy.run(PRICE) == before
    copy.edit("offer", "(unit_cost + hours + service) * (1.0 + markup)", "unit_cost * 1.5")
    assert copy.run(PRICE) != before
