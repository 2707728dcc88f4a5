"""Virtual interviews: what is told is counted, seen if there, and seldom seen if not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, hypergeom
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import Parameters, simulate
from relsim.model.state import NEVER
from relsim.plots import studies as pictures
from relsim.studies import interviews
from relsim.studies.questions import (
    EQUAL_LENGTH,
    MOST,
    NAMED,
    QUESTIONS,
    TELLERS,
    TIMES,
    Comparison,
    Customers,
    Reasons,
)

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

Question = Comparison | Reasons

MARKET = Parameters(buyers=20, salespeople=20, suppliers_per_buyer=2, periods=120, warm_up=0)
TOLD, HEARD = "business_disclosure_by_seller", "business_disclosure_by_buyer"
BY_CLAIM = {one.claim: one for one in QUESTIONS}
MONTHS = 60


def made_up(effect: float = 1.0, people: int = 100, seed: int = 0) -> dict[str, np.ndarray]:
    """Four customers a salesperson; every answer goes with the phase as far as asked for."""
    random = np.random.default_rng(seed)
    count = 4 * people
    phase = np.tile([1.0, 2.0, 3.0, 3.0], people)

    def rising(sign: float = 1.0) -> np.ndarray:
        return sign * effect * phase + random.standard_normal(count)

    joint = random.integers(1, 20, count)
    later = joint + random.integers(1, 20, count)
    declines = (phase < 3.0).astype(float)
    balances = np.repeat(rising()[:, None], MONTHS, axis=1)
    # All begin in the first phase, and reach theirs in the last month.
    phases = np.ones((count, MONTHS))
    phases[:, -1] = phase
    table = {"seller": np.repeat(np.arange(float(people)), 4), "start": np.zeros(count)}
    table |= {"phase": phase, "phases": phases, "balances": balances, "declines": declines}
    table["collaborative_since"] = np.where(phase > 1, joint, NEVER)
    table["personal_since"] = np.where(phase > 2, later, NEVER)
    for name in ("business", "personal", TOLD, HEARD, "seller_trust_in_buyer"):
        table[name] = rising()
    for name in ("agreeing", "hours", "service"):
        table[name] = rising(-1.0)
    table["effectiveness"] = rising()
    for name in ("little_trust", "firm_boundary", "little_affinity"):
        table[name] = random.standard_normal(count)
    return table


def told_by(everybody: Customers) -> list[Customers]:
    """Every salesperson's own customers, as they are."""
    count = len(np.unique(everybody["seller"]))
    return interviews.interviewed(everybody, count, np.random.default_rng(0), reliability=1.0)


# --- the rule, by arithmetic ----------------------------------------------------------------------


def test_tosses_tell_a_comparison_in_at_most_one_study_in_twenty() -> None:
    tellers = np.arange(TELLERS, 400)
    by_chance = binom.sf(np.ceil(MOST * tellers) - 1, tellers, 0.5)
    assert by_chance.max() <= 0.05
    assert binom.sf(np.ceil(MOST * (TELLERS - 1)) - 1, TELLERS - 1, 0.5) > 0.05


def test_reasons_dealt_anew_are_all_given_in_at_most_one_study_in_twenty() -> None:
    """Whatever the two groups of at most 47, and however often a reason is given."""
    worst = 0.0
    for short in range(TELLERS, interviews.INTERVIEWS + 1):
        for there in range(TELLERS, interviews.INTERVIEWS + 1):
            given, of_short = np.meshgrid(np.arange(short + there + 1), np.arange(short + 1))
            of_there = given - of_short
            often = (of_short / short >= NAMED) & (of_short / short >= TIMES * of_there / there)
            chance = hypergeom.pmf(of_short, short + there, given, short)
            worst = max(worst, float((chance * often).sum(axis=0).max()))
    assert worst**3 <= 0.05


@pytest.mark.parametrize(
    ("tellers", "telling", "seen"),
    [(16, 12, True), (16, 11, False), (13, 10, True), (12, 12, False), (47, 35, False)],
)
def test_a_comparison_needs_three_quarters_of_at_least_thirteen(
    tellers: int, telling: int, seen: bool
) -> None:
    everybody = made_up(people=tellers)
    deep = everybody["phase"] == 3.0
    everybody["business"] = np.zeros(len(deep))
    everybody["personal"] = deep * 1.0
    everybody["business"][deep] = np.where(everybody["seller"][deep] < telling, 1.0, -1.0)
    assert BY_CLAIM["A2"].seen(told_by(everybody)) == [seen, tellers >= TELLERS]


@pytest.mark.parametrize(
    ("of_short", "of_there", "seen"),
    [(20, 0, True), (19, 0, False), (40, 20, True), (40, 21, False)],
)
def test_a_reason_needs_a_fifth_and_twice_as_many_as_where_it_did_not_hinder(
    of_short: int, of_there: int, seen: bool
) -> None:
    everybody = made_up(people=100)
    everybody = {name: values[1::4] for name, values in everybody.items()}
    through = {name: values.copy() for name, values in everybody.items()}
    through["seller"] = through["seller"] + 100.0
    through["phase"][:] = 3.0
    both = {name: np.concatenate([everybody[name], through[name]]) for name in everybody}
    both["declines"][:] = 1.0
    both["little_trust"] = np.where(both["seller"] % 100 < of_short, 1.0, -1.0)
    both["little_trust"][100:] = np.where(np.arange(100) < of_there, 1.0, -1.0)
    reasons = BY_CLAIM["A5"].seen(told_by(both))
    assert reasons[0] is seen
    both["declines"][:] = 0.0
    assert BY_CLAIM["A5"].seen(told_by(both)) == [False] * 3


# --- what is told ---------------------------------------------------------------------------------


def test_customers_are_long_relationships_with_what_is_asked_for() -> None:
    run = simulate(MARKET, 0, snapshots=interviews.NEEDS)
    table = interviews.customers_of(run)
    assert (MARKET.periods - table["start"] >= interviews.MONTHS).all()
    assert np.isin(table["phase"], [1, 2, 3]).all()
    assert np.array_equal(table["phases"][:, -1], table["phase"])
    assert 0 < table["declines"][table["phase"] < 3].sum() < (table["phase"] < 3).sum()
    assert (table["phase"] == 3).any()
    assert not table["declines"][table["phase"] == 3].any()
    pairs = run.relationships.set_index(["seller", "start"])["seller_trust_in_buyer"]
    same = [pairs.get(key) for key in zip(table["seller"], table["start"], strict=True)]
    for trust, found in zip(table["seller_trust_in_buyer"], same, strict=True):
        assert trust in np.atleast_1d(found)
    sample = told_by(table)
    for question in QUESTIONS:
        assert len(question.seen(sample)) == len(question.parts)


def test_each_salesperson_is_interviewed_once_about_all_its_customers() -> None:
    everybody = made_up()
    sample = interviews.interviewed(everybody, 47, np.random.default_rng(0))
    assert len({own["seller"][0] for own in sample}) == len(sample) == 47
    for own in sample:
        assert sorted(own["phase"]) == [1.0, 2.0, 3.0, 3.0]
        assert len(set(own["seller"])) == 1
    assert len(interviews.interviewed(everybody, 500, np.random.default_rng(0))) == 100


def test_answers_are_as_reliable_as_stated() -> None:
    everybody = made_up(people=5000)
    random = np.random.default_rng(0)
    everybody["seller_trust_in_buyer"] = random.standard_normal(20_000)
    for reliability in (0.8, 1.0):
        sample = interviews.interviewed(everybody, 5000, random, reliability)
        answers = np.concatenate([own["seller_trust_in_buyer"] for own in sample])
        assert np.var(answers) == pytest.approx(1.0 / reliability, rel=0.05)


def test_phases_that_came_at_once_are_not_in_order() -> None:
    everybody = made_up()
    everybody["personal_since"] = everybody["collaborative_since"]
    assert BY_CLAIM["A1"].seen(told_by(everybody)) == [False]


def test_what_came_after_two_parted_is_not_why_they_did() -> None:
    everybody = made_up(effect=100.0)
    everybody["balances"][:, :-1] *= -1.0
    assert BY_CLAIM["A4"].seen(told_by(everybody)) == [False]


def test_customers_of_different_length_are_not_compared_by_what_they_gave() -> None:
    everybody = made_up(effect=100.0)
    everybody["start"] = np.arange(400.0) % 4 * -(EQUAL_LENGTH + 1.0)
    assert BY_CLAIM["A4"].seen(told_by(everybody)) == [False]


# --- what is seen ---------------------------------------------------------------------------------


def test_a_strong_pattern_is_seen_and_labels_dealt_anew_are_not() -> None:
    found = interviews.studies([made_up(3.0)], [interviews.INTERVIEWS], 200)
    whole = found[found["part"] == "all"].set_index("claim")
    assert set(whole.index) == set(BY_CLAIM)
    assert (whole["seen"] > 0.95).all()
    # 0.05 and what 200 studies leave to chance
    assert (whole["false_low"] <= 0.05).all()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.claim)
def test_the_reverse_of_a_pattern_is_not_seen(question: Question) -> None:
    everybody = made_up(-3.0)
    everybody[HEARD] = -everybody[TOLD]
    through = everybody["phase"] == 3.0
    joint, persons = everybody["collaborative_since"], everybody["personal_since"]
    joint[through], persons[through] = persons[through], joint[through]
    everybody["declines"] = 1.0 - everybody["declines"]
    assert not any(question.seen(told_by(everybody)))


@pytest.mark.filterwarnings("error")
def test_a_market_without_long_relationships_shows_nothing() -> None:
    nobody = {name: values[:0] for name, values in made_up().items()}
    sample = interviews.interviewed(nobody, 47, np.random.default_rng(0))
    assert sample == []
    for question in QUESTIONS:
        for deal in (None, np.random.default_rng(0)):
            assert question.seen(sample, deal) == [False] * len(question.parts)


def test_figure_has_what_is_seen_and_false_finds() -> None:
    rows = [
        {"claim": one.claim, "part": "all", "interviews": size, "seen": 0.5, "false": 0.03}
        for one in QUESTIONS
        for size in (10, 47)
    ]
    found = pd.DataFrame(rows).assign(low=0.4, high=0.6)
    statements = {one.claim: one.statement for one in QUESTIONS}
    assert len(pictures.seen_by_size(found, statements, 47).axes) == 2
