"""The recipes of ODD.md, "How to add", followed to the letter on a copy of the package."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import relsim

PACKAGE = Path(relsim.__file__).parent
SECTION = re.search(
    r"^## How to add\n(.*?)^## ", (PACKAGE / "ODD.md").read_text(encoding="utf-8"), re.M | re.S
)
BLOCK = re.compile(r"```python\n# file: (\S+)\n(?:# after: ([^\n]+)\n)?(.*?)```", re.S)

# Compiling would take minutes; a market this small does without.
LOOK = """
import doctest

import relsim
from relsim.claims.table import CLAIMS
from relsim.model.submodels import notes

assert doctest.testmod(notes) == (0, 1)
small = relsim.Parameters(buyers=4, salespeople=4, periods=3, warm_up=1)
with_notes, without = (
    relsim.simulate(small.with_values(without=off, note_effect=0.1), seed=1)
    for off in ([], ["notes"])
)
assert with_notes.relationships["familiarity"].sum() > without.relationships["familiarity"].sum()
plain = relsim.simulate(small.with_values(note_effect=0.0), seed=1)
assert (without.relationships["familiarity"] == plain.relationships["familiarity"]).all()
assert with_notes.series["skill_known"].between(0.0, 1.0).all()


class Silent(relsim.Salesperson):
    def notes(self):
        pass


silent = relsim.simulate(small.with_values(note_effect=0.1), seed=1, salesperson=Silent)
assert silent.relationships["familiarity"].sum() < with_notes.relationships["familiarity"].sum()
found = relsim.compare("auctioneer", "trusting", base=small, replicates=2)
assert found.arms[0].parameters.buyer_stances == "auctioneer"
(claim,) = [one for one in CLAIMS if one.id == "X1"]
assert claim.parts[0].reading.read(with_notes) >= 0.0
"""


@pytest.mark.quick
def test_recipes_work_as_they_are_written(tmp_path: Path) -> None:
    assert SECTION
    shutil.copytree(PACKAGE, tmp_path / "relsim", ignore=shutil.ignore_patterns("__pycache__"))
    blocks = BLOCK.findall(SECTION[1])
    assert len(blocks) == SECTION[1].count("```python")
    for name, after, code in blocks:
        file = tmp_path / name
        if not after:
            assert not file.exists()
            file.write_text(code, encoding="utf-8")
            continue
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        (place,) = [number for number, line in enumerate(lines) if line.startswith(after)]
        lines.insert(place + 1, code)
        file.write_text("".join(lines), encoding="utf-8")
    settings = {
        "NUMBA_DISABLE_JIT": "1",
        "PYTHONPATH": str(tmp_path),
        "RELSIM_CACHE_DIR": str(tmp_path / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=tmp_path,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
