"""Indices of known functions are the published ones, and designs that give none are refused."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from stored import MEASURE, SWEPT, ishigami, linear, sweep

from relsim.analysis.sensitivity import Sensitivity, random_share, sensitivity
from relsim.io.errors import InputError
from relsim.sweep import Plan

# Ishigami & Homma 1990 with a = 7 and b = 0.1: from the integrals.
FIRST_ORDER = [0.3139, 0.4424, 0.0]
TOTAL = [0.5576, 0.4424, 0.2437]
OF_FIRST_AND_THIRD = 0.2437


@pytest.fixture(autouse=True)
def few_resamples_of_rankings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their intervals take long, and no test looks at them."""
    monkeypatch.setattr("relsim.analysis.sensitivity.RANKING_RESAMPLES", 10)


def values(found: Sensitivity, index: str, arm: str = "base") -> np.ndarray:
    table = found.table
    return table[(table["index"] == index) & (table["arm"] == arm)]["value"].to_numpy(float)


# --- Sobol ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_ishigami() -> Sensitivity:
    return sensitivity(sweep(design="sobol", points=1024, second_order=True), MEASURE)


def test_sobol_indices_are_the_published_ones(of_ishigami: Sensitivity) -> None:
    assert of_ishigami.method == "sobol"
    assert values(of_ishigami, "first_order") == pytest.approx(FIRST_ORDER, abs=0.02)
    assert values(of_ishigami, "total") == pytest.approx(TOTAL, abs=0.02)


def test_second_order_is_between_first_and_third(of_ishigami: Sensitivity) -> None:
    pairs = of_ishigami.table[of_ishigami.table["index"] == "second_order"]
    assert list(pairs["parameter"]) == [
        "candour & work_weight",
        "candour & uncertainty",
        "work_weight & uncertainty",
    ]
    assert pairs["value"].to_numpy() == pytest.approx([0.0, OF_FIRST_AND_THIRD, 0.0], abs=0.03)


def test_intervals_hold_the_published_indices(of_ishigami: Sensitivity) -> None:
    for index, published in (("first_order", FIRST_ORDER), ("total", TOTAL)):
        rows = of_ishigami.table[of_ishigami.table["index"] == index]
        assert (rows["low"].to_numpy() < published).all()
        assert (rows["high"].to_numpy() > published).all()
        assert (rows["high"] - rows["low"]).max() < 0.25


def test_without_second_order_there_are_no_pairs() -> None:
    found = sensitivity(sweep(design="sobol", points=1024, second_order=False), MEASURE)
    assert set(found.table["index"]) == {"first_order", "total"}
    assert values(found, "total") == pytest.approx(TOTAL, abs=0.03)


def test_the_same_again_is_the_same_and_leaves_global_draws_alone() -> None:
    results = sweep(design="sobol", points=64)
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first, second = sensitivity(results, MEASURE), sensitivity(results, MEASURE)
    pd.testing.assert_frame_equal(first.table, second.table, check_exact=True)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def test_failed_runs_take_their_block_with_them() -> None:
    results = sweep(design="sobol", points=512, second_order=False)
    results.runs = results.runs[results.runs["point"] != 7]
    found = sensitivity(results, MEASURE)
    assert found.left_out == 5
    assert found.points == 511 * 5
    assert values(found, "total") == pytest.approx(TOTAL, abs=0.05)


# --- Morris -----------------------------------------------------------------------------------


def test_morris_effects_of_a_line_are_its_slopes() -> None:
    found = sensitivity(sweep({"base": linear}, design="morris", points=10), MEASURE)
    assert found.method == "morris"
    assert values(found, "mu_star") == pytest.approx([1.0, 2.0, 0.0], abs=1e-9)
    assert values(found, "mu") == pytest.approx([1.0, -2.0, 0.0], abs=1e-9)
    assert values(found, "sigma") == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_morris_does_not_depend_on_the_ranges_or_their_scale() -> None:
    ranges = {
        "salience": {"low": 0.3, "high": 3.0, "scale": "log"},
        "volume": {"low": 1000.0, "high": 2000.0},
        "uncertainty": {"low": 0.1, "high": 0.2},
    }
    results = sweep({"base": linear}, design="morris", points=10, parameters=ranges)
    assert values(sensitivity(results, MEASURE), "mu") == pytest.approx([1.0, -2.0, 0.0], abs=1e-9)


def test_whole_numbers_with_few_values_can_be_screened() -> None:
    ranges = {"suppliers_per_buyer": {"low": 2, "high": 3}, "candour": {"low": 0.0, "high": 1.0}}
    results = sweep(
        {"base": lambda unit: unit[:, 1]}, design="morris", points=10, parameters=ranges
    )
    assert values(sensitivity(results, MEASURE), "mu_star") == pytest.approx([0.0, 1.0], abs=1e-9)


# --- the points that were run -----------------------------------------------------------------


MIXED = {
    "candour": {"low": 0.1, "high": 0.9},
    "suppliers_per_buyer": {"low": 1, "high": 2, "scale": "log"},
    "salience": {"low": 0.3, "high": 3.0, "scale": "log"},
    "buyers": {"low": 4, "high": 8},
}

DESIGNS: list[dict[str, Any]] = [
    {"design": "sobol", "points": 16},
    {"design": "sobol", "points": 16, "second_order": True},
    {"design": "morris", "points": 20},
    {"design": "morris", "points": 12, "levels": 8},
    {"design": "latin_hypercube", "points": [40, 20]},
]


@pytest.mark.parametrize("plan", DESIGNS)
def test_indices_are_of_the_points_that_were_run(
    plan: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of those that a later version of a library would draw."""
    results = sweep({"base": lambda unit: unit.sum(axis=1)}, parameters=MIXED, **plan)
    before = sensitivity(results, MEASURE).table
    other = Plan(parameters=MIXED, seed=1, **plan).unit_sample()
    monkeypatch.setattr(Plan, "unit_sample", lambda _: other)
    pd.testing.assert_frame_equal(sensitivity(results, MEASURE).table, before, check_exact=True)


@pytest.mark.parametrize("plan", DESIGNS)
@pytest.mark.parametrize("change", ["one moved", "shuffled"])
def test_points_that_are_not_of_the_design_are_refused(change: str, plan: dict[str, Any]) -> None:
    results = sweep({"base": lambda unit: unit.sum(axis=1)}, parameters=MIXED, **plan)
    candour = results.points["candour"].to_numpy(copy=True)
    if change == "one moved":
        candour[13] = 0.8 if candour[13] < 0.5 else 0.2
    else:
        # Within the first batch of a Latin hypercube the order says nothing.
        candour = candour[::-1]
    results.points["candour"] = candour
    with pytest.raises(InputError, match=r"^points from \d+ on are not those of a \w+ design: all"):
        sensitivity(results, MEASURE)


def test_whole_numbers_are_ranked_by_what_came_of_them() -> None:
    results = sweep({"base": lambda unit: np.floor(5.0 * unit[:, 3])}, parameters=MIXED, points=400)
    found = sensitivity(results, MEASURE)
    assert values(found, "first_order")[3] > 0.8
    assert (values(found, "first_order")[:3] < 0.2).all()
    assert values(found, "pawn")[3] > values(found, "pawn_by_chance")[3]


# --- ranking ----------------------------------------------------------------------------------


@pytest.mark.parametrize("plan", [{"points": 400}, {"design": "sobol", "points": 256}])
def test_ranking_of_a_drawn_design(plan: dict[str, object]) -> None:
    found = sensitivity(sweep(**plan), MEASURE, method="ranking")
    pawn, chance = values(found, "pawn"), values(found, "pawn_by_chance")
    assert pawn[1] > pawn[0] > pawn[2]
    assert pawn[1] > chance[1]
    assert values(found, "first_order") == pytest.approx(FIRST_ORDER, abs=0.12)


def test_a_parameter_without_effect_is_not_above_chance() -> None:
    found = sensitivity(sweep({"base": linear}, points=300), MEASURE)
    pawn, chance = values(found, "pawn"), values(found, "pawn_by_chance")
    assert pawn[2] < chance[2]
    assert (pawn[:2] > chance[:2]).all()


def test_a_table_can_be_ranked_if_its_columns_vary() -> None:
    drawn = pd.DataFrame(np.random.default_rng(0).random((300, 3)), columns=list(SWEPT))
    found = sensitivity(sweep(design="table", parameters=drawn), MEASURE)
    assert found.method == "ranking"
    drawn["candour"] = drawn["candour"].round()
    with pytest.raises(InputError, match=r"^candour has 2 different values"):
        sensitivity(sweep(design="table", parameters=drawn), MEASURE)


# --- arms and random draws ------------------------------------------------------------------


def two_arms(**plan: Any) -> SimpleNamespace:
    functions = {"aggressive": ishigami, "trusting": lambda unit: ishigami(unit) + linear(unit)}
    return sweep(functions, arms=["aggressive", "trusting"], **plan)


def test_every_arm_has_its_indices() -> None:
    found = sensitivity(two_arms(design="sobol", points=64), MEASURE)
    assert list(found.table["arm"].unique()) == ["aggressive", "trusting"]
    assert found.unit == "money/unit"


def test_the_difference_of_two_arms_is_taken_run_by_run() -> None:
    results = two_arms(design="morris", points=10, replicates=5)
    found = sensitivity(results, MEASURE, "trusting", minus="aggressive")
    mu = values(found, "mu", "trusting - aggressive")
    assert mu == pytest.approx([1.0, -2.0, 0.0], abs=1e-9)


def test_shared_draws_are_no_difference_between_points() -> None:
    exact = pd.DataFrame([[1.0, 2.0, 5.0], [3.0, 4.0, 7.0], [6.0, 7.0, 10.0]])
    assert random_share(exact) == pytest.approx(0.0, abs=1e-12)


def test_the_share_of_random_draws_is_measured() -> None:
    # Means of 4 over points of one value: all of their variance is random.
    noise = pd.DataFrame(np.random.default_rng(0).standard_normal((2000, 4)))
    assert random_share(noise) == pytest.approx(1.0, abs=0.1)
    found = sensitivity(
        sweep({"base": linear}, noise=1.0, points=400, replicates=10), MEASURE, method="ranking"
    )
    # 0.5 squared a run, a tenth of it in the mean, over a variance of (1 + 4) / 12 and that.
    assert found.random_share["base"] == pytest.approx(0.025 / (5 / 12 + 0.025), rel=0.2)


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "arguments", "words"),
    [
        (
            {"design": "grid", "parameters": {"candour": [0.1, 0.9]}},
            {},
            "a grid design gives no indices; allowed: sobol, morris, latin_hypercube, table",
        ),
        (
            {"points": 50},
            {"method": "sobol"},
            "method 'sobol' needs a design of sobol; this one is latin_hypercube",
        ),
        (
            {"design": "morris", "points": 5},
            {"method": "ranking"},
            "method 'ranking' needs a design of latin_hypercube, sobol, table; this one is morris",
        ),
        ({"points": 50}, {"method": "fast"}, "unknown method 'fast'"),
        ({"points": 10}, {}, "10 points with a result can be used; allowed is 40 or more"),
        (
            {"design": "sobol", "points": 2},
            {},
            "10 points with a result can be used; allowed is 20",
        ),
        ({"points": 50}, {"arm": "trusting"}, "unknown arm of this sweep 'trusting'"),
        ({"points": 50}, {"minus": "base"}, "give the arm to subtract it from too"),
        ({"points": 50}, {"arm": "base", "minus": "base"}, "'base' minus itself is nothing"),
    ],
)
def test_what_cannot_be_analysed_is_refused(
    plan: dict[str, object], arguments: dict[str, str], words: str
) -> None:
    arms = {"base": lambda unit: unit[:, 0]}
    with pytest.raises(InputError, match=re.escape(words)) as told:
        sensitivity(sweep(arms, **plan), MEASURE, **arguments)
    assert "\n" not in str(told.value)


def test_measures_that_were_not_kept_are_refused() -> None:
    with pytest.raises(InputError, match="did you mean 'total_cost_per_unit'"):
        sensitivity(sweep(points=50), "total_cost_per_units")


def test_a_measure_that_never_changes_is_refused() -> None:
    with pytest.raises(InputError, match="is 0 at every point: nothing to explain"):
        sensitivity(sweep({"base": lambda unit: 0.0 * unit[:, 0]}, points=50), MEASURE)
