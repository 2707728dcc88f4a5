"""A sweep with a task: its numbers in the same file, by the same runner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sweeps import small_plan

from relsim import Parameters, load
from relsim.design.task import Recorded
from relsim.io.errors import InputError
from relsim.sweep import Plan, run


@dataclass(frozen=True)
class Candour:
    """Numbers that tell where they come from."""

    name: str = "candour"
    columns: tuple[str, ...] = ("told", "drawn")
    sources: str = "0f"

    def __call__(self, parameters: Parameters, seed: int) -> list[float]:
        return [parameters.candour, float(seed)]


def plan(**changes: object) -> Plan:
    return small_plan(**{"task": Candour(), "keep": ["runs"], **changes})


def test_numbers_of_a_task_are_kept_with_point_arm_and_seed(tmp_path: Path) -> None:
    assert run(plan(), tmp_path / "a.duckdb").done == 18
    results = load(tmp_path / "a.duckdb")
    assert results.measures == ("told", "drawn") == results.plan.task.columns
    values = results.points.set_index("point")["candour"]
    assert (results.runs["told"] == values[results.runs["point"]].to_numpy()).all()
    assert (results.runs["drawn"] == results.runs["seed"]).all()


def test_the_record_of_a_task_reads_its_file_but_does_not_run(tmp_path: Path) -> None:
    run(plan(), tmp_path / "a.duckdb")
    kept = load(tmp_path / "a.duckdb").plan
    assert isinstance(kept.task, Recorded)
    assert (kept.task.name, kept.task.columns, kept.task.sources) == (
        "candour",
        ("told", "drawn"),
        "0f",
    )
    assert kept.record() == plan().record()
    with pytest.raises(InputError, match="allowed is the task itself"):
        kept.task(Parameters(), 0)


def test_another_task_is_another_plan(tmp_path: Path) -> None:
    run(plan(), tmp_path / "a.duckdb")
    with pytest.raises(InputError, match="the plan differs: task"):
        run(plan(task=Candour("other")), tmp_path / "a.duckdb", extend=True)
    with pytest.raises(InputError, match="the plan differs"):
        run(small_plan(keep=["runs"]), tmp_path / "a.duckdb")
    with pytest.raises(InputError, match="other code of candour"):
        run(plan(task=Candour(sources="1e")), tmp_path / "a.duckdb")
    changed = run(plan(task=Candour(sources="1e")), tmp_path / "a.duckdb", changed_code=True)
    assert changed.computed == 0


@dataclass(frozen=True)
class Short(Candour):
    """Gives fewer numbers than it says."""

    def __call__(self, parameters: Parameters, seed: int) -> list[float]:
        return [0.0]


def test_a_task_that_fails_is_a_failure_and_the_sweep_goes_on(tmp_path: Path) -> None:
    done = run(plan(task=Short()), tmp_path / "a.duckdb")
    assert (done.done, done.failed) == (0, 18)
    assert "1 numbers for 2 columns" in load(tmp_path / "a.duckdb").failures["error"][0]


def test_what_is_no_task_is_refused() -> None:
    with pytest.raises(InputError, match="task = 'claims': allowed is a function"):
        plan(task="claims")
    with pytest.raises(InputError, match="allowed with a task"):
        plan(keep=["runs", "buyers"])
    with pytest.raises(InputError, match="unknown measure"):
        plan(measures=["total_cost_per_unit"])
