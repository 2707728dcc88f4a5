"""Small sweeps, and what tests of sweeps share."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import duckdb

from relsim.sweep import Plan

BASE = {"buyers": 6, "salespeople": 6, "warm_up": 3}
COMMAND = [sys.executable, "-c", "import sys; from relsim.cli.main import main; sys.exit(main())"]

TOML = """\
design = "grid"
replicates = {replicates}
periods = 12
arms = ["aggressive", "trusting"]
keep = ["runs", "buyers", "series"]
[base]
buyers = 6
salespeople = 6
warm_up = 3
[parameters]
candour = [0.1, 0.5, 0.9]
"""


def small_plan(**changes: Any) -> Plan:
    values: dict[str, Any] = {
        "design": "grid",
        "replicates": 3,
        "periods": 12,
        "arms": ["aggressive", "trusting"],
        "keep": ["runs", "buyers", "series"],
        "base": BASE,
        "parameters": {"candour": [0.1, 0.5, 0.9]},
    }
    return Plan(**{**values, **changes})


def sampled_plan(**changes: Any) -> Plan:
    spans = {"candour": {"low": 0.1, "high": 0.9}, "buyers": {"low": 4, "high": 8}}
    base = {"salespeople": 6, "warm_up": 3}
    values = {"design": "latin_hypercube", "points": 4, "parameters": spans, "base": base}
    return small_plan(**{**values, **changes})


def assert_same_rows(first: Path, second: Path) -> None:
    """Tables of two files hold the same rows, bit for bit and each as often, but for timing."""
    with duckdb.connect() as connection:
        for name, path in (("a", first), ("b", second)):
            connection.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        for table in ("plan", "points", "runs", "buyers", "series", "failures"):
            columns = "* EXCLUDE (seconds)" if table == "runs" else "*"
            for one, other in (("a", "b"), ("b", "a")):
                rows = connection.execute(
                    f"SELECT {columns} FROM {one}.{table} "
                    f"EXCEPT ALL SELECT {columns} FROM {other}.{table}"
                ).fetchall()
                assert not rows, f"{table}: {len(rows)} rows of {one} are not in {other}"


def pool(workers: int, initializer: Callable[[], None] | None = None) -> ProcessPoolExecutor:
    """Processes that need not load the model first, where the system can fork."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context: Any = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["warmed"])
        before = dict(os.environ)
        os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        try:
            forkserver.ensure_running()
        finally:
            os.environ.clear()
            os.environ.update(before)
    else:
        context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=initializer)


def start(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Start the command; its messages can be read line by line."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [*COMMAND, *arguments],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        **options,
    )


def wait_until_it_runs(process: subprocess.Popen[str]) -> None:
    """Read messages until the sweep is under way."""
    assert process.stderr is not None
    for line in process.stderr:
        if " runs, " in line:
            return
    raise AssertionError("the sweep never began")
