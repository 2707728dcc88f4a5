"""Custom code of a sweep that exits, hangs or breaks: a failure, and the others go on."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sweeps import pool, small_plan

from relsim import Buyer, Parameters, load
from relsim.io.errors import InputError
from relsim.model import supervision
from relsim.model.supervision import OverTimeError, supervised
from relsim.sweep import run, worker

FEW = {"parameters": {"candour": [0.1, 0.9]}, "keep": ["runs"], "replicates": 2, "periods": 3}


class _OwnEnd(BaseException):
    """Not even an Exception."""


class _Unspeakable(Exception):  # noqa: N818 - it is one
    def __repr__(self) -> str:
        raise ValueError("no words")


def _raise(error: BaseException) -> NoReturn:
    raise error


def _recurse() -> None:
    _recurse()


def _loop() -> None:
    while True:
        pass


def _loop_on() -> None:
    # Longer than the test that calls it, but not for the rest of the session.
    end = time.monotonic() + 8.0
    while time.monotonic() < end:
        try:
            while time.monotonic() < end:
                pass
        except BaseException:  # noqa: BLE001, S112 - code that is as stubborn as can be
            continue


WAYS: dict[str, Callable[[], Any]] = {
    "SystemExit": lambda: sys.exit(0),
    "KeyboardInterrupt": lambda: _raise(KeyboardInterrupt()),
    "GeneratorExit": lambda: _raise(GeneratorExit()),
    "StopIteration": lambda: _raise(StopIteration()),
    "RecursionError": _recurse,
    "MemoryError": lambda: _raise(MemoryError()),
    "_OwnEnd": lambda: _raise(_OwnEnd("mine")),
    "_Unspeakable": lambda: _raise(_Unspeakable()),
    r"\\ud800": lambda: _raise(ValueError("\ud800")),
}
HANGS: dict[str, Callable[[], Any]] = {
    "in Python": _loop,
    "in Python, whatever is raised": _loop_on,
    "in a call": lambda: time.sleep(1000.0),
    "on a lock": multiprocessing.get_context("spawn").Event().wait,
}


class Ending(Buyer):
    """Ends at the second point in some way."""

    way: Callable[[], Any]

    def ordering(self) -> None:
        super().ordering()
        if self.model.parameters.candour > 0.5:
            type(self).way()


class Exiting(Ending):
    """Ends the process that it is in."""

    way = staticmethod(lambda: os._exit(0))


class Holding(Ending):
    """Matches a text for ages, in a call that lets no other thread run."""

    way = staticmethod(lambda: re.match("(a+)+b", "a" * 64))


@dataclass(frozen=True)
class EndingTask:
    """A task that ends in some way at the second point."""

    way: Callable[[], Any]
    name: str = "ending"
    columns: tuple[str, ...] = ("candour",)
    sources: str = "0f"

    def __call__(self, parameters: Parameters, seed: int) -> list[float]:
        if parameters.candour > 0.5:
            self.way()
        return [parameters.candour]


def ending(way: Callable[[], Any]) -> type[Buyer]:
    return type("Mine", (Ending,), {"way": staticmethod(way)})


@pytest.mark.parametrize("way", WAYS)
def test_however_a_run_ends_it_is_a_failure_and_the_others_go_on(way: str, tmp_path: Path) -> None:
    plan = small_plan(arms=[ending(WAYS[way]), "loyal"], **FEW)
    done = run(plan, tmp_path / "a.duckdb", workers=1, chunk=8)
    assert (done.done, done.failed, done.total) == (6, 2, 8)
    failures = load(tmp_path / "a.duckdb").failures
    assert failures["arm"].eq("Mine (neutral)").all()
    assert failures["error"].str.contains(way).all()
    assert "ordering" in failures["traceback"][0]
    assert run(plan, tmp_path / "a.duckdb").computed == 0


@pytest.mark.parametrize("way", ["SystemExit", "_OwnEnd"])
def test_a_task_may_end_in_any_way_too(way: str, tmp_path: Path) -> None:
    done = run(small_plan(task=EndingTask(WAYS[way]), arms=[], **FEW), tmp_path / "a.duckdb")
    assert (done.done, done.failed) == (2, 2)
    assert load(tmp_path / "a.duckdb").failures["error"].str.contains(way).all()


def test_a_run_over_the_limit_is_a_failure_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relsim.model.supervision.GRACE_SECONDS", 0.2)
    arms = [type(name, (Ending,), {"way": staticmethod(HANGS[name])}) for name in HANGS]
    plan = small_plan(arms=[*arms, "loyal"], **{**FEW, "replicates": 1})
    done = run(plan, tmp_path / "a.duckdb", workers=2, time_limit=4.0)
    assert (done.done, done.failed, done.total) == (6, 4, 10)
    failures = load(tmp_path / "a.duckdb").failures
    assert set(failures["arm"]) == {f"{name} (neutral)" for name in HANGS}
    assert failures["error"].str.contains("limit of 4 seconds").all()


@pytest.mark.parametrize("swallowed", [0, 1])
def test_work_that_is_given_up_does_not_burn_a_processor(swallowed: int) -> None:
    """Also where an interruption is lost, as one is that comes while Python collects garbage."""
    begun: list[float] = []

    def work() -> None:
        for _ in range(swallowed + 1):
            with contextlib.suppress(SystemExit):
                while True:
                    begun.append(time.monotonic())

    with pytest.raises(OverTimeError):
        supervised(work, limit=0.2)
    count = len(begun)
    time.sleep(0.2)
    assert len(begun) == count


def test_a_market_that_takes_too_long_is_a_failure_too(tmp_path: Path) -> None:
    """Compiled code looks at the clock about once a second."""
    plan = small_plan(arms=[], **{**FEW, "parameters": {"periods": [3, 12_000]}, "periods": None})
    done = run(plan, tmp_path / "a.duckdb", time_limit=1e-6)
    assert done.total == 4
    assert done.failed > 0


@pytest.mark.slow
def test_a_run_that_ends_its_process_is_a_failure_and_the_others_go_on(tmp_path: Path) -> None:
    plan = small_plan(arms=[Exiting, "loyal"], **{**FEW, "replicates": 1})
    with pool(2) as processes:
        done = run(plan, tmp_path / "a.duckdb", executor=processes)
    assert (done.done, done.failed, done.total) == (3, 1, 4)
    failed = load(tmp_path / "a.duckdb").failures
    assert failed[["point", "arm"]].to_numpy().tolist() == [[1, "Exiting (neutral)"]]
    assert "its process ended" in failed["error"][0]
    assert json.loads(failed["parameters"][0])["candour"] == 0.9


def be_impatient() -> None:
    """Give what hangs in this process little time to end by itself."""
    supervision.GRACE_SECONDS = worker.GRACE_SECONDS = 0.2


@pytest.mark.slow
def test_a_call_that_lets_nothing_else_run_ends_with_its_process(tmp_path: Path) -> None:
    plan = small_plan(arms=[Holding, "loyal"], **{**FEW, "replicates": 1})
    with pool(1, be_impatient) as processes:
        done = run(plan, tmp_path / "a.duckdb", executor=processes, time_limit=2.0)
    assert (done.done, done.failed, done.total) == (3, 1, 4)


@pytest.mark.parametrize("limit", [0, -1.0, float("nan"), float("inf"), True, "60"])
def test_a_limit_that_is_none_is_refused(limit: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"time_limit = .*seconds above 0"):
        run(small_plan(), tmp_path / "a.duckdb", time_limit=limit)


HANGING = """
    import multiprocessing, sys, time
    from concurrent.futures import ProcessPoolExecutor
    from relsim import Buyer, Parameters, compare, simulate
    from relsim.sweep import Plan, dispatch, run

    # After a Ctrl-C chunks have ten times as long to come back.
    dispatch.CHUNK_SECONDS = 0.1

    def loop():
        while True:
            pass

    def wait():
        time.sleep(1000)

    hang = wait

    class Mine(Buyer):
        def ordering(self):
            super().ordering()
            if self.model.parameters.candour > 0.5:
                print("it hangs", flush=True)
                hang()

    BASE = Parameters(buyers=4, salespeople=4, warm_up=1, periods=3)
    CANDID = BASE.with_values(candour=0.9)

    def sweep(executor=None):
        plan = Plan(design="grid", parameters={{"candour": [0.1, 0.9]}}, arms=[Mine], base=BASE)
        run(plan, f"{{hang.__name__}}.duckdb", executor=executor)

    def pool():
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
            sweep(processes)

    def comparison():
        compare(Mine, "loyal", base=CANDID, replicates=1)

    def single():
        simulate(CANDID, 0, buyer=Mine)

    if __name__ == "__main__":
        for hang in ({hangs},):
            for start in ({starts},):
                try:
                    start()
                except KeyboardInterrupt:
                    print("stopped", flush=True)
        print("the script goes on", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
@pytest.mark.parametrize(
    ("starts", "hangs", "count"),
    [
        ("sweep, comparison, single", "loop, wait", 6),
        pytest.param("pool", "wait", 1, marks=pytest.mark.slow),
    ],
)
def test_ctrl_c_ends_what_hangs_and_the_program_goes_on(
    starts: str, hangs: str, count: int, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(HANGING).format(hangs=hangs, starts=starts), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = []
    try:
        for line in process.stdout:
            # Once for each start, whose other runs may hang too.
            if line == "it hangs\n" and told[-1:] != [line]:
                process.send_signal(signal.SIGINT)
            told.append(line)
        process.wait(timeout=60)
    finally:
        process.kill()
    told = [line.strip() for line in told if line != "it hangs\n"]
    assert told == ["stopped"] * count + ["the script goes on"]
    assert process.returncode == 0
    files = list(tmp_path.glob("*.duckdb"))
    assert {each.stem for each in files} == set(hangs.split(", "))
    assert [len(load(each).runs) for each in files] == [1] * len(files)
