"""Sweeps on a Dask cluster: workers come and go, and so does the scheduler."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sweeps import TOML, assert_same_rows, small_plan, start

from relsim import Buyer
from relsim.cli.main import main
from relsim.sweep import load, run
from relsim.sweep.dispatch import SweepError
from relsim.sweep.progress import Status

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("dask")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="signals differ"),
    # What Dask itself does is not ours to judge.
    pytest.mark.filterwarnings("default"),
]


class Cluster:
    """A scheduler and workers as processes of their own, as on a real cluster."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--dashboard-address", ":0")
        for _ in range(600):
            if self.file.exists():
                break
            time.sleep(0.1)
        with distributed.Client(scheduler_file=str(self.file), set_as_default=False) as client:
            self.address = client.scheduler.address
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + kind]
        return subprocess.Popen(
            [*command, "--scheduler-file", str(self.file), *options],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def add_worker(self) -> None:
        self.workers.append(
            self._start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        )

    def with_workers(self, count: int) -> Cluster:
        """Add or end workers until the scheduler knows of so many."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) > count:
            last = self.workers.pop()
            last.kill()
            last.wait()
        while len(self.workers) < count:
            self.add_worker()
        with distributed.Client(self.address, set_as_default=False) as client:
            for _ in range(600):
                if len(client.scheduler_info()["workers"]) == count:
                    return self
                time.sleep(0.1)
        raise AssertionError(f"there were never {count} workers")

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def clusters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Cluster]]:
    """The one cluster of all tests, or another where the scheduler of the last is gone."""
    started: list[Cluster] = []

    def cluster() -> Cluster:
        if not started or started[-1].scheduler.poll() is not None:
            started.append(Cluster(tmp_path_factory.mktemp("cluster")))
        return started[-1]

    yield cluster
    for each in started:
        each.close()


@pytest.fixture
def cluster(clusters: Callable[[], Cluster], request: pytest.FixtureRequest) -> Cluster:
    """One worker, unless a test asks for another number."""
    return clusters().with_workers(getattr(request, "param", 1))


def test_from_the_command_line_it_gives_the_rows_of_threads(
    cluster: Cluster, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text(TOML.format(replicates=3), encoding="utf-8")
    out = str(tmp_path / "dask.duckdb")
    assert main(["sweep", str(plan), "--out", out, "--scheduler", cluster.address]) == 0
    run(plan, tmp_path / "threads.duckdb")
    assert_same_rows(tmp_path / "threads.duckdb", tmp_path / "dask.duckdb")


def test_a_worker_killed_and_another_late_change_nothing(cluster: Cluster, tmp_path: Path) -> None:
    plan = small_plan(replicates=30)
    happened: list[int] = []

    def disturb(status: Status) -> None:
        if status.done >= 30 and not happened:
            happened.append(status.done)
            cluster.add_worker()
            cluster.workers[0].send_signal(signal.SIGKILL)

    with distributed.Client(cluster.address, set_as_default=False) as client:
        executor = client.get_executor()
        done = run(plan, tmp_path / "a.duckdb", executor=executor, progress=disturb, chunk=5)
    assert happened
    assert (done.done, done.failed) == (180, 0)
    run(plan, tmp_path / "b.duckdb")
    assert_same_rows(tmp_path / "a.duckdb", tmp_path / "b.duckdb")


class Exiting(Buyer):
    """Ends the process of its worker at one point."""

    def ordering(self) -> None:
        super().ordering()
        if self.model.parameters.candour > 0.5:
            os._exit(0)


def test_a_run_that_ends_its_workers_is_a_failure_and_no_other_is(tmp_path: Path) -> None:
    plan = small_plan(
        parameters={"candour": [0.1, 0.9]}, arms=[Exiting, "loyal"], keep=["runs"], replicates=1
    )
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    # Dask would let four workers die of it, one after the other.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(**options) as local,
        distributed.Client(local) as client,
    ):
        run(plan, tmp_path / "a.duckdb", executor=client.get_executor())
    found = load(tmp_path / "a.duckdb")
    assert found.failures[["point", "arm"]].to_numpy().tolist() == [[1, "Exiting (neutral)"]]
    assert len(found.runs) == 3


def test_without_its_scheduler_it_stops_and_can_be_resumed(
    cluster: Cluster, tmp_path: Path
) -> None:
    plan = small_plan(replicates=30)

    def disturb(status: Status) -> None:
        if status.done >= 30:
            cluster.scheduler.kill()

    client = distributed.Client(cluster.address, timeout=5, set_as_default=False)
    with pytest.raises(SweepError, match="the same command continues") as caught:
        run(
            plan,
            tmp_path / "a.duckdb",
            executor=client.get_executor(),
            progress=disturb,
            chunk=5,
        )
    client.close(timeout=1)
    assert "\n" not in str(caught.value)
    assert 30 <= len(load(tmp_path / "a.duckdb").runs) < 180
    run(plan, tmp_path / "a.duckdb")
    run(plan, tmp_path / "b.duckdb")
    assert_same_rows(tmp_path / "a.duckdb", tmp_path / "b.duckdb")


@pytest.mark.parametrize("cluster", [0], indirect=True)
def test_without_workers_it_says_so_and_begins_when_there_is_one(
    cluster: Cluster, tmp_path: Path
) -> None:
    told: list[Status] = []
    began = time.monotonic()
    waited: list[float] = []

    def look(status: Status) -> None:
        told.append(status)
        if status.waiting:
            waited.append(time.monotonic() - began)
            cluster.add_worker()

    with distributed.Client(cluster.address, set_as_default=False) as client:
        done = run(
            small_plan(), tmp_path / "a.duckdb", executor=client.get_executor(), progress=look
        )
    assert done.done == 18
    assert [status.waiting for status in told if status.waiting] == [told[0].waiting]
    assert told[0].waiting == f"the Dask scheduler {cluster.address} has no workers yet"
    assert waited[0] < 10.0


@pytest.mark.parametrize("cluster", [0], indirect=True)
def test_on_the_command_line_waiting_is_a_line_and_can_be_interrupted(
    cluster: Cluster, tmp_path: Path
) -> None:
    plan, out = tmp_path / "plan.toml", tmp_path / "a.duckdb"
    plan.write_text(TOML.format(replicates=3), encoding="utf-8")
    process = start("sweep", str(plan), "--out", str(out), "--scheduler", cluster.address)
    assert process.stderr is not None
    line = next(line for line in process.stderr if "waiting" in line)
    assert "0 of 18 runs, waiting: the Dask scheduler" in line
    process.send_signal(signal.SIGINT)
    _, messages = process.communicate(timeout=60)
    assert process.returncode == 130, messages
    assert "the same command continues" in messages.splitlines()[-1]
