"""A compiled month takes fewer rounds than the schedule has steps, to the same end."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest
import strategies
from access import access, hearsay
from hypothesis import given, settings
from markets import differing

from relsim import course
from relsim.parameters import Parameters
from relsim.schedule import SCHEDULE, advance, begin_period, end_period, walk
from tests.recorder import Recorder
from tests.rounds import NAMES, Rounds, compiled_rounds, conflicts

LIVELY: dict[str, Any] = {
    "buyers": 6,
    "salespeople": 7,
    "suppliers_per_buyer": 2,
    "periods": 12,
    "warm_up": 6,
    "buyer_stances": {"aggressive": 0.5, "trusting": 0.5},
    "audit_share": 1.0,
    "audit_tolerance": 1.0,
    "audit_interval": 2,
    "staff_turnover": 0.03,
    "search_rate": 0.3,
    "initial_cash": 1000.0,
    "credit_limit": -1000.0,
    "overhead": 1000.0,
    "exit_threshold": 0.0,
    "drop_loss": 0.0,
}
MARKETS = {
    "components": Parameters(**LIVELY),
    "capital goods": Parameters(**LIVELY, purchase_interval=4, lead_time=2, service_life=24),
}
OTHER = {"buyer": "salesperson", "salesperson": "buyer"}


def together(*names: str) -> Rounds:
    """Rounds of one step each in the order of the schedule, but for some taken at one go."""
    rounds = [[name] for name in NAMES if name not in names[1:]]
    rounds[[each[0] for each in rounds].index(names[0])] = list(names)
    return rounds


def moved(name: str, before: str) -> Rounds:
    """Rounds of one step each in the order of the schedule, but for one that comes earlier."""
    order = [each for each in NAMES if each != name]
    order.insert(order.index(before), name)
    return [[each] for each in order]


def found_in(rounds: Rounds, parameters: Parameters) -> set[tuple[str, str, str]]:
    """What rounds would let steps touch in another order, in any month of a run."""
    prepared = course.begin(parameters, seed=3)
    recorder = Recorder(prepared.market)
    found = set()
    for period in range(-parameters.warm_up, parameters.periods):
        course.enter(prepared, parameters, 3, period)
        begin_period(prepared.draws, prepared.stream)
        recorder.pass_month()
        found |= conflicts(recorder.read, recorder.written, rounds)
        recorder.read.clear()
        recorder.written.clear()
        end_period(prepared.market, prepared.books)
    assert prepared.market.clock.spells[0] > 0
    return found


def test_every_step_is_taken_once_and_in_fewer_rounds() -> None:
    rounds = compiled_rounds()
    assert sorted(itertools.chain.from_iterable(rounds)) == sorted(NAMES)
    assert len(rounds) < len(NAMES)


@pytest.mark.parametrize("market", MARKETS)
def test_no_number_is_touched_in_another_order(market: str) -> None:
    assert found_in(compiled_rounds(), MARKETS[market]) == set()


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        # An acquaintance's quote would be the new one or the old one, as their indices are.
        (
            together("audit.salesperson_step", "offer.salesperson_step"),
            ("audit.salesperson_step", "offer.salesperson_step", "list_quote"),
        ),
        # What an acquaintance believes of a seller that it has just got is not yet told.
        (
            together("turnover.buyer_step", "word_of_mouth.buyer_step"),
            ("turnover.buyer_step", "word_of_mouth.buyer_step", "seller"),
        ),
        (
            moved("meeting.buyer_step", "complaint.salesperson_step"),
            ("complaint.salesperson_step", "meeting.buyer_step", "unsettled"),
        ),
        (
            moved("turnover.salesperson_step", "link_applicants"),
            ("link_applicants", "turnover.salesperson_step", "first_applicant"),
        ),
    ],
    ids=["quotes of others", "partners of others", "too early", "before a step of the market"],
)
def test_rounds_that_would_matter_are_found(rounds: Rounds, expected: tuple[str, str, str]) -> None:
    assert expected in found_in(rounds, MARKETS["components"])


def test_steps_that_change_places_do_not_write_what_the_other_touches() -> None:
    """Of the sources, so that branches count that no run has taken."""
    taken = list(itertools.chain.from_iterable(compiled_rounds()))
    swapped = [
        (later, earlier)
        for later, earlier in itertools.combinations(taken, 2)
        if NAMES.index(later) > NAMES.index(earlier)
    ]
    assert swapped
    for later, earlier in swapped:
        assert "." in later, f"{later} is a step of the market, which stays where it is"
        assert "." in earlier, f"{earlier} is a step of the market, which stays where it is"
        one, other = access(later), access(earlier)
        assert not one.writes & (other.reads | other.writes), (later, earlier)
        assert not other.writes & one.reads, (later, earlier)


def beyond(name: str) -> frozenset[tuple[str, str]]:
    """What a step touches that may be somebody else's: of others, between others, or of all."""
    kind = SCHEDULE[NAMES.index(name)].agent
    shared = {OTHER[kind], f"{OTHER[kind]} ledger", "clock", "spell"}
    found = access(name)
    return hearsay(name) | {field for field in found.reads | found.writes if field[0] in shared}


@pytest.mark.parametrize(
    "steps", [each for each in compiled_rounds() if len(each) > 1], ids=" ".join
)
def test_what_is_taken_at_one_go_touches_nobody_elses(steps: Sequence[str]) -> None:
    """Of the sources too."""
    assert [NAMES.index(name) for name in steps] == sorted(map(NAMES.index, steps))
    for one, other in itertools.permutations(steps, 2):
        assert not access(one).writes & beyond(other), (one, other)


@settings(deadline=None)
@given(strategies.parameters(), strategies.seeds)
def test_any_month_is_that_of_the_schedule(parameters: Parameters, seed: int) -> None:
    """To the last bit, in any market."""
    one, other = (course.begin(parameters, seed) for _ in range(2))
    for period in range(-parameters.warm_up, parameters.periods):
        for prepared in (one, other):
            course.enter(prepared, parameters, seed, period)
        one, other = (
            prepared._replace(market=course.with_room(prepared.market)) for prepared in (one, other)
        )
        advance(*one, period + 1)
        begin_period(other.draws, other.stream)
        walk(other.market, 0, len(SCHEDULE))
        end_period(other.market, other.books)
        assert differing(one.market, other.market) == []
