"""How far a sweep is: estimates that leave compilation out, on a terminal, in a log, in Jupyter."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import tqdm.auto
from sweeps import BASE, small_plan

from relsim.sweep import run
from relsim.sweep.progress import Status, reporting

CELL = """\
from relsim.sweep import Plan, run
plan = Plan(
    design="grid",
    replicates=3,
    periods=12,
    base={base},
    parameters={{"candour": [0.1, 0.5, 0.9]}},
)
run(plan, {path!r}, progress=True).done
"""


def test_time_left_does_not_count_what_came_before_the_first_runs() -> None:
    early = Status(done=1, total=101, failed=0, computed=1, seconds=20.0, first=1, waited=20.0)
    assert (early.rate, early.left) == (0.0, float("inf"))
    assert str(early) == "1 of 101 runs, ? left, 0 failed"
    later = early._replace(done=11, computed=11, seconds=21.0)
    assert (later.rate, later.left) == (10.0, 9.0)
    assert early._replace(done=101).left == 0.0


def test_a_sweep_tells_when_its_first_runs_came_back(tmp_path: Path) -> None:
    told: list[Status] = []
    run(small_plan(), tmp_path / "a.duckdb", progress=told.append, chunk=5, workers=1)
    assert {(status.first, status.waited) for status in told} == {(5, told[0].waited)}
    assert 0.0 < told[0].waited <= told[0].seconds
    assert told[-1].rate > 0.0
    assert told[-1].left == 0.0


def test_the_bar_of_a_terminal_starts_its_clock_with_the_first_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bars: list[Any] = []

    class Kept(tqdm.auto.tqdm):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            super().__init__(**options, mininterval=0.0)
            bars.append(self)
            # As if the model had been compiled for half a minute.
            self.start_t -= 30.0
            self.last_print_t -= 30.0

    monkeypatch.setattr(tqdm.auto, "tqdm", Kept)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    start = Status(done=4, total=20, failed=0, computed=0, seconds=0.0)
    with reporting(True, start) as tell:
        assert bars[0].format_dict["elapsed"] > 29.0
        tell(start._replace(waiting="no workers"))
        assert bars[0].desc == "waiting: no workers"
        tell(Status(done=6, total=20, failed=0, computed=2, seconds=30.0, first=2, waited=30.0))
        assert bars[0].desc == ""
        assert (bars[0].n, bars[0].initial) == (6, 6)
        tell(Status(done=9, total=20, failed=1, computed=5, seconds=30.1, first=2, waited=30.0))
        assert (bars[0].n, bars[0].initial) == (9, 6)
        assert bars[0].format_dict["elapsed"] < 10.0
        assert "failed=1" in bars[0].postfix


@pytest.mark.slow
def test_jupyter_shows_a_bar_of_its_own(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    code = CELL.format(base=BASE, path=str(tmp_path / "a.duckdb"))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    (cell,) = notebook.cells
    assert cell.outputs[-1]["data"]["text/plain"] == "9"
    views = [out["data"] for out in cell.outputs if out["output_type"] == "display_data"]
    assert any("application/vnd.jupyter.widget-view+json" in data for data in views)
    state = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    models = [each["state"] for each in state.values()]
    (bar,) = [model for model in models if model["_model_name"] == "FloatProgressModel"]
    assert (bar["value"], bar["max"], bar["bar_style"]) == (9.0, 9.0, "success")
    assert any("9/9" in model.get("value", "") for model in models if model is not bar)
