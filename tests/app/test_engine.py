"""The engine: numbers of ``compare``, newest position only, turns for everybody."""

import threading
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from relsim import Parameters, compare
from relsim.app import views
from relsim.app.engine import CROWD, FEWEST, Engine
from relsim.app.jobs import FAILED, Answer
from relsim.app.settings import Settings
from relsim.app.texts import words
from relsim.comparison import Arm
from relsim.io.errors import InputError

SMALL = Parameters(buyers=8, salespeople=8, periods=48, warm_up=6)


def arms(level: float) -> tuple[Arm, Arm]:
    return (
        Arm("A", SMALL.with_values(aggressiveness=level)),
        Arm("B", SMALL.with_values(buyer_stances="trusting")),
    )


class Listener:
    """Keeps what was answered, and lets a test wait for it."""

    def __init__(self, engine: Engine) -> None:
        self.answers: list[Answer] = []
        self.times: list[float] = []
        self._change = threading.Condition()
        self.client = engine.open(self._take)

    def _take(self, answer: Answer) -> None:
        with self._change:
            self.answers.append(answer)
            self.times.append(time.perf_counter())
            self._change.notify_all()

    def at_rest(self, question: object) -> Answer:
        def there() -> Answer | None:
            found = [a for a in self.answers if a.question == question and (a.drawn or a.error)]
            return found[-1] if found else None

        with self._change:
            assert self._change.wait_for(lambda: there() is not None, timeout=120)
        found = there()
        assert found is not None
        return found


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = Engine(threads=2, while_moving=3, at_rest=6)
    yield made
    made.stop()


def test_numbers_are_those_of_compare(engine: Engine) -> None:
    listener = Listener(engine)
    listener.client.ask("once", arms(0.8), 5)
    answer = listener.at_rest("once")
    first, second = arms(0.8)
    expected = compare(first.parameters, second.parameters, replicates=6, seed=5)
    assert answer.comparison is not None
    names = dict(zip(answer.comparison.names, expected.names, strict=True))
    found = answer.comparison.table.rename(columns=names).drop(columns="contrast")
    pd.testing.assert_frame_equal(found, expected.table.drop(columns="contrast"), check_exact=True)
    shown = views.of_comparison(answer.comparison, Settings(), words("en"))
    table = expected.table.set_index("measure").loc[shown["summary"]["measure"]]
    np.testing.assert_array_equal(shown["summary"]["difference"], table["difference"])
    series = expected.series
    rows = series[(series["arm"] == expected.names[0])]
    cumulative = rows[rows["measure"] == "cumulative_cost_per_unit"]["mean"].to_numpy()
    np.testing.assert_array_equal(shown["month_a"]["cumulative_cost_per_unit"], cumulative)


def test_few_replicates_first_then_all(engine: Engine) -> None:
    listener = Listener(engine)
    listener.client.ask("once", arms(0.8), 5)
    listener.at_rest("once")
    counts = [a.comparison.replicates for a in listener.answers if a.comparison]
    assert counts == [3, 6]


def test_the_arm_that_stays_is_not_run_again(engine: Engine) -> None:
    listener = Listener(engine)
    listener.client.ask(0, arms(0.8), 5)
    listener.at_rest(0)
    before = engine.runs_made
    listener.client.ask(1, arms(0.6), 5)
    listener.at_rest(1)
    assert engine.runs_made - before == 7  # six replicates, and one drawn in full
    listener.client.ask(2, arms(0.8), 5)
    listener.at_rest(2)
    assert engine.runs_made - before == 7


def test_only_the_newest_position_is_computed(engine: Engine) -> None:
    listener = Listener(engine)
    positions = [round(0.01 * step, 2) for step in range(60)]
    for position in positions:
        listener.client.ask(position, arms(position), 5)
    listener.at_rest(positions[-1])
    assert len({a.question for a in listener.answers}) < 10
    assert listener.answers[-1].question == positions[-1]


def test_sessions_take_turns(engine: Engine) -> None:
    """Who asks last for little does not wait for all that others asked before."""
    greedy = [Listener(engine) for _ in range(6)]
    for number, one in enumerate(greedy):
        one.client.ask(number, arms(0.1 + 0.1 * number), 5)
    late = Listener(engine)
    late.client.ask("late", arms(0.95), 5)
    for number, one in enumerate(greedy):
        one.at_rest(number)
    late.at_rest("late")
    last = max(one.times[-1] for one in greedy)
    assert late.times[0] < last


def test_a_closed_session_costs_nothing_more(engine: Engine) -> None:
    listener = Listener(engine)
    listener.client.ask(0, arms(0.3), 5)
    listener.client.close()
    other = Listener(engine)
    other.client.ask(1, arms(0.4), 5)
    other.at_rest(1)
    assert not [a for a in listener.answers if a.drawn]
    before = engine.runs_made
    listener.client.ask(2, arms(0.5), 5)  # as if on its way when the tab was closed
    other.client.ask(1, arms(0.4), 5)
    other.at_rest(1)
    assert engine.runs_made == before


def test_an_error_is_told_without_its_details_and_the_next_request_works(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left", "/home/teacher/cache")

    listener = Listener(engine)
    with monkeypatch.context() as patch:
        patch.setattr("relsim.app.jobs.run_arm", broken)
        listener.client.ask(0, arms(0.3), 5)
        told = listener.at_rest(0).error
    assert told == FAILED
    assert "/home/teacher/cache" in caplog.text
    listener.client.ask(1, arms(0.3), 5)
    assert listener.at_rest(1).comparison is not None


def test_wrong_input_that_only_a_run_finds_is_told(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise InputError("buyers = 9: allowed is 8")

    monkeypatch.setattr("relsim.app.jobs.run_arm", broken)
    listener = Listener(engine)
    listener.client.ask(0, arms(0.3), 5)
    problem = listener.at_rest(0).error
    assert problem.sentence == "status.bad_value"
    assert str(problem.refused) == "buyers = 9: allowed is 8"


def test_answers_that_cannot_be_given_stop_nobody_else(engine: Engine) -> None:
    told = []

    def deliver(answer: Answer) -> None:
        told.append(answer.error)
        if not answer.error:
            raise ZeroDivisionError

    for number in range(4):  # more than there are threads
        engine.open(deliver).ask(number, arms(0.1 * number), 5)
    listener = Listener(engine)
    listener.client.ask("other", arms(0.9), 5)
    assert listener.at_rest("other").comparison is not None
    assert any(told)


def test_memory_is_bounded() -> None:
    engine = Engine(threads=2, while_moving=2, at_rest=4, kept_bytes=3_000_000)
    listener = Listener(engine)
    for step in range(30):
        listener.client.ask(step, arms(step / 30), 5)
        listener.at_rest(step)
    kept = sum(cell.size for row in engine._kept.values() for cell in row.cells.values())
    engine.stop()
    assert kept == engine._bytes
    assert 0 < kept < 6_000_000


def test_in_a_crowd_first_numbers_come_from_fewer_runs_and_all_from_as_many() -> None:
    engine = Engine(threads=1, while_moving=4, at_rest=6)
    listeners = [Listener(engine) for _ in range(2 * CROWD)]
    for number, one in enumerate(listeners):
        one.client.ask(number, arms(number / 20), number)
    counts = []
    for number, one in enumerate(listeners):
        one.at_rest(number)
        counts.append([a.comparison.replicates for a in one.answers if a.comparison])
    engine.stop()
    assert counts[0] == [4, 6]
    assert counts[-1] == [FEWEST, 6]


def test_a_position_that_waits_is_replaced_and_keeps_its_turn() -> None:
    engine = Engine(threads=1, while_moving=3, at_rest=4)
    first, second, third = (Listener(engine) for _ in range(3))
    first.client.ask("first", arms(0.1), 5)
    second.client.ask("stale", arms(0.2), 6)
    third.client.ask("third", arms(0.3), 7)
    second.client.ask("newest", arms(0.4), 6)
    for listener, question in ((first, "first"), (second, "newest"), (third, "third")):
        listener.at_rest(question)
    engine.stop()
    assert "stale" not in {answer.question for answer in second.answers}
    assert second.times[0] < third.times[0]
    # Those who wait for their first numbers go before those who wait for narrower bands.
    assert max(one.times[0] for one in (first, second, third)) < min(
        one.times[-1] for one in (first, second, third)
    )
