"""Running sweeps: the same rows whoever runs them, failures kept, stops survived."""

import contextlib
import json
import signal
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sweeps import BASE, assert_same_rows, pool, sampled_plan, small_plan

from relsim import Arm, Buyer, Parameters, Salesperson, load, simulate
from relsim.design.points import with_point
from relsim.io.errors import InputError
from relsim.sweep import Plan, executors, merge, run, runner, worker
from relsim.sweep.dispatch import SweepError
from relsim.sweep.progress import Status, Summary
from relsim.sweep.store import Store


def test_rows_are_those_of_the_runs(tmp_path: Path) -> None:
    plan = small_plan()
    done = run(plan, tmp_path / "a.duckdb")
    assert done[:4] == Summary(18, 18, 0, 18, 0.0)[:4]
    found = load(tmp_path / "a.duckdb")
    assert found.complete
    assert len(found.runs) == 18
    assert found.plan.record() == plan.record()
    for row in found.runs.iloc[::5].to_dict("records"):
        again = simulate(Parameters(**json.loads(row["parameters"])), row["seed"])
        here = (
            found.buyers[["point", "arm", "replicate"]]
            == [row["point"], row["arm"], row["replicate"]]
        ).all(axis=1)
        assert found.buyers[here]["total_cost_per_unit"].tolist() == pytest.approx(
            again.buyers["total_cost_per_unit"].tolist(), rel=0, abs=0, nan_ok=True
        )
        for name, value in again.measures.items():
            assert row[name] == pytest.approx(value, rel=0, abs=0, nan_ok=True)
    assert len(found.series) == 18 * 12
    assert len(found.buyers) == 18 * 6


@pytest.mark.parametrize("part", [None, (2, 3)])
@pytest.mark.parametrize(
    "parameters",
    [
        {"suppliers_per_buyer": [2, 3], "buyer_stances": ["loyal", "shopper"], "candour": [0.1, 1]},
        pd.DataFrame({"suppliers_per_buyer": [2, 3, 2], "reset_contracts": [True, False, True]}),
    ],
    ids=["grid", "table"],
)
def test_runs_begun_before_the_file_is_there_are_the_same(
    parameters: Any, part: tuple[int, int] | None, tmp_path: Path
) -> None:
    plan = Plan(
        design="grid" if isinstance(parameters, dict) else "table",
        parameters=parameters,
        replicates=2,
        arms=[{"name": "few", "document_hours": 1.0}, {"name": "many", "document_hours": 3.0}],
        base=BASE,
        measures=["component_price"],
    )
    run(plan, tmp_path / "early.duckdb", workers=2, part=part)
    run(plan, tmp_path / "late.duckdb", workers=2, part=part, chunk=1)
    assert_same_rows(tmp_path / "early.duckdb", tmp_path / "late.duckdb")


def test_nothing_is_run_for_a_place_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "results").touch()
    begun: list[object] = []
    monkeypatch.setattr(executors, "_run", begun.append)
    with pytest.raises(InputError, match="cannot be written"):
        run(small_plan(), tmp_path / "results" / "a.duckdb")
    assert begun == []


def test_draws_are_shared_by_arms_and_points_unless_told_otherwise(tmp_path: Path) -> None:
    run(small_plan(), tmp_path / "shared.duckdb")
    run(small_plan(draws="per_point"), tmp_path / "own.duckdb")
    shared, own = load(tmp_path / "shared.duckdb").runs, load(tmp_path / "own.duckdb").runs
    assert shared.groupby("replicate")["seed"].nunique().eq(1).all()
    assert shared["seed"].nunique() == 3
    assert own.groupby(["point", "replicate"])["seed"].nunique().eq(1).all()
    assert own["seed"].nunique() == 9


def test_executor_workers_and_chunks_change_nothing(tmp_path: Path) -> None:
    plan = sampled_plan()
    serial = tmp_path / "serial.duckdb"
    run(plan, serial, workers=1, chunk=1)
    run(plan, tmp_path / "threads.duckdb", workers=3, chunk=5)
    assert_same_rows(serial, tmp_path / "threads.duckdb")
    with pool(2) as processes:
        run(plan, tmp_path / "processes.duckdb", executor=processes)
    assert_same_rows(serial, tmp_path / "processes.duckdb")


def test_parts_join_to_the_whole(finished: Path, tmp_path: Path) -> None:
    plan = small_plan()
    parts = [tmp_path / f"{number}.duckdb" for number in (1, 2)]
    for number, path in enumerate(parts, 1):
        run(plan, path, part=(number, 2))
    done = merge([*parts, parts[0]], tmp_path / "joined.duckdb")
    assert (done.done, done.total) == (18, 18)
    assert_same_rows(finished, tmp_path / "joined.duckdb")
    with pytest.raises(InputError, match="is there already"):
        merge(parts, tmp_path / "joined.duckdb")
    run(small_plan(seed=1), tmp_path / "other.duckdb", part=(2, 2))
    with pytest.raises(InputError, match=r"plan differs.*seed"):
        merge([parts[0], tmp_path / "other.duckdb"], tmp_path / "new.duckdb")
    with pytest.raises(InputError, match=r"holds part 1/2, not a whole sweep"):
        run(plan, parts[0])


def test_missing_parts_can_be_made_after_joining(finished: Path, tmp_path: Path) -> None:
    plan = small_plan()
    run(plan, tmp_path / "part.duckdb", part=(1, 2))
    done = merge([tmp_path / "part.duckdb"], tmp_path / "joined.duckdb")
    assert 0 < done.done < done.total
    assert run(plan, tmp_path / "joined.duckdb").computed == done.total - done.done
    assert_same_rows(finished, tmp_path / "joined.duckdb")


def test_a_finished_sweep_is_left_as_it_is(finished: Path) -> None:
    before = finished.read_bytes()
    assert run(small_plan(), finished).computed == 0
    assert finished.read_bytes() == before
    assert [path.name for path in finished.parent.iterdir()] == ["a.duckdb"]


def test_a_run_that_raises_is_kept_and_the_others_go_on(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = load(finished).runs["seed"].iloc[1]

    def unlucky(parameters: Parameters, seed: int, **options: Any) -> Any:
        if seed == failing:
            raise ZeroDivisionError("of all seeds, this one")
        return simulate(parameters, seed, **options)

    path = tmp_path / "a.duckdb"
    with monkeypatch.context() as patched:
        patched.setattr(worker, "simulate", unlucky)
        done = run(small_plan(), path, chunk=4)
        assert (done.done, done.failed, done.total) == (12, 6, 18)
        # Again, it leaves alone what failed; asked to, it fails again, but once.
        assert run(small_plan(), path).computed == 0
        done = run(small_plan(), path, retry_failed=True)
        assert (done.done, done.failed, done.computed) == (12, 6, 6)
    failures = load(path).failures
    assert len(failures) == 6
    assert failures["seed"].eq(failing).all()
    assert failures["error"].str.contains("this one").all()
    assert failures["traceback"].str.contains("unlucky").all()
    assert Parameters(**json.loads(failures["parameters"].iloc[0])).periods == 12
    done = run(small_plan(), path, retry_failed=True)
    assert (done.done, done.failed, done.computed) == (18, 0, 6)
    assert_same_rows(finished, path)


class EvenHanded(Buyer):
    """Orders the same from each supplier."""

    def ordering(self) -> None:
        super().ordering()
        for relationship in self.relationships:
            relationship.units = self.need / len(self.relationships)


class Silent(Salesperson):
    """Tells nothing."""

    def disclosure(self) -> None:
        """Leave it out."""


CUSTOM = {
    "EvenHanded (neutral)": (EvenHanded, {"buyer": EvenHanded}, {}),
    "even": (
        Arm("even", buyer=EvenHanded, stance="loyal"),
        {"buyer": EvenHanded},
        {"buyer_stances": "loyal"},
    ),
    "Silent (mixed stances)": (Silent, {"salesperson": Silent}, {}),
}
"""Names of arms: the arm, the agents that it runs, and what it sets."""


@pytest.mark.parametrize("name", CUSTOM)
def test_custom_agents_can_be_arms(name: str, tmp_path: Path) -> None:
    custom, agents, changes = CUSTOM[name]
    whole = Parameters(**BASE, periods=12, uncertainty=0.6)
    plan = small_plan(arms=[custom, whole, "opportunist"], replicates=1)
    run(plan, tmp_path / "a.duckdb")
    found = load(tmp_path / "a.duckdb")
    assert found.plan.arm_names == plan.arm_names == tuple(found.runs["arm"].unique())
    assert found.plan.arm_names[0] == name
    assert found.plan.record() == plan.record()
    assert run(found.plan, tmp_path / "a.duckdb").computed == 0
    costs = found.runs.set_index(["point", "arm"])["total_cost_per_unit"]
    values = plan.settings([2])[0]
    chosen = with_point(plan.start, values).with_values(**changes)
    own = simulate(chosen, plan.seed_of(values, 0), **agents)
    assert costs[2, name] == own.measures["total_cost_per_unit"]
    assert costs[2].nunique() == 3


def test_a_file_can_be_read_where_its_buyers_are_not(tmp_path: Path) -> None:
    gone = type("Gone", (Buyer,), {"__module__": "nowhere"})
    run(small_plan(arms=[gone], replicates=1), tmp_path / "a.duckdb")
    found = load(tmp_path / "a.duckdb")
    assert found.runs["arm"].eq("Gone (neutral)").all()
    with pytest.raises(
        InputError, match=r"arm Gone \(neutral\): its class is not here; import nowhere first"
    ):
        run(found.plan, tmp_path / "b.duckdb")
    assert not (tmp_path / "b.duckdb").exists()


def test_progress_counts_every_run_once(tmp_path: Path) -> None:
    told: list[Status] = []
    run(small_plan(), tmp_path / "a.duckdb", progress=told.append, chunk=5)
    assert told[-1][:4] == (18, 18, 0, 18)
    assert [status.done for status in told] == sorted({status.done for status in told})


def test_lines_of_progress_need_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(small_plan(), tmp_path / "a.duckdb", progress=True)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("relsim: 0 of 18 runs")
    assert lines[-1].startswith("relsim: 18 of 18 runs")


def test_an_executor_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = ProcessPoolExecutor(1)
    gone.shutdown()
    with pytest.raises(SweepError, match="the same command continues"):
        run(small_plan(), tmp_path / "a.duckdb", executor=gone)
    assert run(small_plan(), tmp_path / "a.duckdb").done == 18


class Obedient(Executor):
    """Runs at once what it is given, so many times; then it breaks."""

    def __init__(self, times: int, log: list[str]) -> None:
        self.left, self.log = times, log

    def submit(self, function: Any, /, *arguments: Any, **options: Any) -> Future[Any]:
        """Run it here."""
        self.log.append("handed out")
        if not self.left:
            raise BrokenExecutor("it broke")
        self.left -= 1
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **options))
        return future


@pytest.mark.parametrize("chunk", [None, 1])
def test_workers_that_break_lose_nothing_that_came_back(chunk: int | None, tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    with pytest.raises(SweepError) as told:
        run(small_plan(), path, executor=Obedient(4, []), workers=2, chunk=chunk)
    done = len(load(path).runs)
    assert done == 4
    assert str(told.value).startswith(f"it broke; {done} of 18 runs are in ")
    assert run(small_plan(), path).done == 18


def test_more_is_handed_out_before_what_came_back_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []
    write = Store.write
    monkeypatch.setattr(Store, "write", lambda *given: (log.append("written"), write(*given)))
    run(small_plan(), tmp_path / "a.duckdb", executor=Obedient(100, log), workers=1, chunk=2)
    assert log[:3] == ["handed out"] * 3
    assert log.count("handed out") == 9


def test_chunks_that_come_in_together_are_written_together(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their rows are those of chunks that came in one by one; ``finished`` has the same plan."""
    log: list[int] = []
    write = Store.write
    monkeypatch.setattr(Store, "write", lambda *given: (log.append(len(given[1])), write(*given)))
    run(small_plan(), tmp_path / "a.duckdb", executor=Obedient(100, []), workers=9, chunk=1)
    assert sum(log) == 18
    assert max(log) > 1
    assert_same_rows(finished, tmp_path / "a.duckdb")


def test_an_interruption_while_the_file_is_checked_is_heard(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "accept", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt, match="18 of 18 runs"):
        run(small_plan(), finished)


def test_a_second_interruption_is_one_whatever_a_library_makes_of_it(
    finished: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        for _ in range(2):
            with contextlib.suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(Store, "accept", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(small_plan(), finished)


def test_somebody_else_may_make_and_fill_the_file_in_the_meantime(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.duckdb"
    make = runner.create

    def after_another(*given: Any) -> bool:
        monkeypatch.setattr(runner, "create", make)
        run(small_plan(replicates=2), path)
        return True

    monkeypatch.setattr(runner, "create", after_another)
    with pytest.raises(InputError, match="replicates"):
        run(small_plan(), path)
    assert len(load(path).runs) == 12
    assert run(small_plan(), path, extend=True).done == 18


@pytest.mark.parametrize("name", ["workers", "chunk"])
def test_wrong_options_are_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"{name} = 0"):
        run(small_plan(), tmp_path / "a.duckdb", **{name: 0})
    with pytest.raises(InputError, match=r"part = \(3, 2\)"):
        run(small_plan(), tmp_path / "a.duckdb", part=(3, 2))
    assert list(tmp_path.iterdir()) == []
