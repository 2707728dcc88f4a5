"""Kill a sweep at random moments and resume it each time: nothing is lost, nothing comes twice.

``python -m tests.sweep.kills`` kills it twenty times, which takes some minutes.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from sweeps import TOML, assert_same_rows, start, wait_until_it_runs

from relsim.sweep import load, run

KILLS = 20
START_SECONDS = 4.0
"""What it takes to start and to load the compiled model, more or less."""


def survive(folder: Path, kills: int, seed: int = 0) -> int:
    """Compare a sweep that is killed so many times with one that is not.

    Returns
    -------
    int
        How many kills hit before the sweep was done.
    """
    plan, whole, killed = folder / "plan.toml", folder / "whole.duckdb", folder / "killed.duckdb"
    # Once before the clock starts: what is compiled is kept.
    plan.write_text(TOML.format(replicates=1), encoding="utf-8")
    run(plan, folder / "first.duckdb")
    # Long enough that it is not done between the kills.
    plan.write_text(TOML.format(replicates=60 * kills), encoding="utf-8")
    began = time.monotonic()
    run(plan, whole)
    seconds = time.monotonic() - began
    print(f"uninterrupted: {seconds:.0f} s", flush=True)
    moments = random.Random(seed)
    hits, before = 0, 0
    for number in range(kills):
        process = start("sweep", str(plan), "--out", str(killed))
        if number % 5 == 4:
            # Also while it starts, and makes or opens the file.
            time.sleep(moments.uniform(0.0, 2.0 * START_SECONDS))
        else:
            wait_until_it_runs(process)
            time.sleep(moments.uniform(0.0, 0.5 * seconds / kills))
        hits += process.poll() is None
        process.kill()
        process.communicate()
        if killed.exists():
            now = len(load(killed).runs)
            assert now >= before, f"rows were lost: {before} before, {now} now"
            before = now
        print(f"kill {number + 1}: {before} runs are there", flush=True)
        if killed.exists() and load(killed).complete:
            break  # faster than the one that was not interrupted: nothing is left to kill
    run(plan, killed)
    assert load(killed).complete
    assert_same_rows(whole, killed)
    return hits


if __name__ == "__main__":
    place = Path(tempfile.mkdtemp(prefix="relsim-kills-"))
    try:
        survived = survive(place, KILLS)
    finally:
        shutil.rmtree(place)
    print(f"{survived} of {KILLS} kills hit the sweep under way; the rows are the same")
