"""Many replicates on threads: in their order, few ahead, and told to stop."""

import threading

import pytest

from relsim.comparison.replicates import AHEAD, run_all, run_each
from relsim.io.errors import InputError
from relsim.model.supervision import OverTimeError, supervised


def test_replicates_are_taken_in_order_and_few_runs_are_ahead() -> None:
    begun: list[int] = []
    taken: list[list[tuple[str, int]]] = []
    ahead: list[int] = []

    def run(arm: str, seed: int, stop: threading.Event) -> tuple[str, int]:
        begun.append(seed)
        return arm, seed

    def take(number: int, results: list[tuple[str, int]]) -> None:
        taken.append(results)
        ahead.append(len(begun) - 2 * (number + 1))

    run_each(["a", "b"], range(200), run, take, workers=2)
    assert taken == [[("a", seed), ("b", seed)] for seed in range(200)]
    assert max(ahead) <= 2 * AHEAD


def test_results_are_by_arm_and_progress_is_in_runs() -> None:
    done: list[int] = []
    found = run_all([10, 20], [1, 2, 3], lambda arm, seed, _: arm + seed, progress=done.append)
    assert found == [[11, 12, 13], [21, 22, 23]]
    assert sum(done) == 6


def test_after_an_error_what_runs_is_told_to_stop() -> None:
    begun, stopped = threading.Event(), threading.Event()

    def run(arm: int, seed: int, stop: threading.Event) -> None:
        if seed == 0:
            assert begun.wait(30.0)
            raise ArithmeticError("broken")
        begun.set()
        assert stop.wait(30.0)
        stopped.set()

    with pytest.raises(ArithmeticError, match="broken"):
        run_all([0], [0, 1], run, workers=2)
    assert stopped.is_set()


def test_one_worker_can_be_interrupted_at_any_moment_and_nothing_waits_for_ever() -> None:
    """A thread that is interrupted just while it starts another would take a lock with it."""

    def work() -> None:
        while True:
            run_all([0], [0], lambda *_: None, workers=1)

    for _ in range(20):
        with pytest.raises(OverTimeError):
            supervised(work, limit=0.01)
    other = threading.Thread(target=run_all, args=([0], [0], lambda *_: None, 2), daemon=True)
    other.start()
    other.join(30.0)
    assert not other.is_alive()


@pytest.mark.parametrize("workers", [0, True, "two"])
def test_workers_are_checked(workers: int) -> None:
    with pytest.raises(InputError, match="workers = "):
        run_all([0], [0], lambda *_: None, workers=workers)
