"""Virtual interviews: samples, tests that see what is there, and seldom what is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import Parameters, simulate
from relsim.plots import studies as pictures
from relsim.studies import interviews
from relsim.studies.questions import QUESTIONS, Question

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

MARKET = Parameters(buyers=20, salespeople=20, suppliers_per_buyer=2, periods=30, warm_up=0)


def made_up(effect: float, count: int = 300, seed: int = 0) -> dict[str, np.ndarray]:
    """People whose every answer goes with the phase as far as told."""
    random = np.random.default_rng(seed)
    phase = random.integers(1, 4, count).astype(float)
    columns = interviews.people_of(simulate(MARKET, 0)).columns
    table = {name: effect * phase + random.standard_normal(count) for name in columns}
    table |= {"seller": np.arange(float(count)), "phase": phase}
    table["agreeing"] = -table["agreeing"]
    table["boundary"] = -table["boundary"]
    table["collaborative_since"] = np.where(phase > 1, random.integers(0, 20, count), np.nan)
    later = table["collaborative_since"] + random.integers(1, 20, count)
    table["personal_since"] = np.where(phase > 2, later, np.nan)
    return table


def test_people_are_long_relationships_with_what_the_tests_need() -> None:
    table = interviews.people_of(simulate(MARKET, 0))
    assert (table["length"] >= interviews.MONTHS).all()
    assert table["phase"].isin([1, 2, 3]).all()
    sample = {str(name): table[name].to_numpy() for name in table}
    for question in QUESTIONS:
        for part in question.parts:
            assert 0.0 <= part.p(sample) <= 1.0


def test_each_salesperson_is_interviewed_once() -> None:
    everybody = made_up(1.0)
    everybody["seller"] = np.arange(300.0) // 3
    sample = interviews.interviewed(everybody, 47, np.random.default_rng(0))
    assert len(sample["seller"]) == len(np.unique(sample["seller"])) == 47
    few = interviews.interviewed(everybody, 500, np.random.default_rng(0))
    assert len(few["seller"]) == 100


def test_answers_are_as_reliable_as_told() -> None:
    everybody = made_up(1.0, count=20_000)
    random = np.random.default_rng(0)
    everybody["trust"] = random.standard_normal(20_000)
    sample = interviews.interviewed(everybody, 20_000, random, reliability=0.8)
    assert np.var(sample["trust"]) == pytest.approx(1.0 / 0.8, rel=0.05)
    exact = interviews.interviewed(everybody, 20_000, random, reliability=1.0)
    assert np.var(exact["trust"]) == pytest.approx(1.0, rel=0.05)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.claim)
def test_a_strong_effect_is_seen_and_labels_dealt_anew_are_not(
    question: Question,
) -> None:
    found = interviews.studies([made_up(3.0)], [100], 200, questions=[question])
    whole = found[found["part"] == "all"].iloc[0]
    if question.claim != "A4":  # all columns go with the phase here, length too
        assert whole["power"] > 0.95
    # 0.05 and what 200 studies leave to chance
    assert whole["false_low"] <= 0.05


def test_nothing_is_seen_where_nothing_can_be() -> None:
    empty = {name: np.ones(3) for name in made_up(1.0)}
    for question in QUESTIONS:
        assert not any(interviews.seen(question, empty))


@pytest.mark.filterwarnings("error")
def test_a_market_without_long_relationships_shows_nothing() -> None:
    nobody = {name: values[:0] for name, values in made_up(1.0).items()}
    sample = interviews.interviewed(nobody, 47, np.random.default_rng(0))
    assert {len(values) for values in sample.values()} == {0}
    for question in QUESTIONS:
        dealt = interviews.dealt_anew(sample, question.label, np.random.default_rng(0))
        assert not any(interviews.seen(question, sample) + interviews.seen(question, dealt))


def test_figure_has_power_and_false_finds() -> None:
    rows = [
        {"claim": one.claim, "part": "all", "interviews": size, "power": 0.5, "false": 0.03}
        for one in QUESTIONS
        for size in (10, 47)
    ]
    found = pd.DataFrame(rows).assign(low=0.4, high=0.6)
    statements = {one.claim: one.statement for one in QUESTIONS}
    assert len(pictures.power_curves(found, statements, 47).axes) == 2
