"""Curves from stored rows, and their intervals, are those that one would work out by hand."""

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from stored import MEASURE, linear, on_grid, sweep

from relsim import curve
from relsim.analysis.statistics import estimate
from relsim.io.errors import InputError


def test_a_grid_has_a_place_for_each_value() -> None:
    found = curve(on_grid(noise=0.0), "candour", MEASURE)
    assert list(found["by"].unique()) == ["aggressive", "trusting"]
    assert found["x"].tolist() == [0.0, 0.5, 1.0] * 2
    # Averaged over work_weight: 1 for candour, -2 for 0.5.
    assert found["mean"].to_numpy() == pytest.approx([-1.0, -0.5, 0.0, 0.0, 0.5, 1.0])
    assert (found["high"] - found["low"]).max() == pytest.approx(0.0, abs=1e-12)


def test_intervals_of_a_grid_are_over_replicates() -> None:
    results = on_grid()
    found = curve(results, "candour", MEASURE).iloc[0]
    rows = results.runs.merge(results.points, on="point")
    rows = rows[(rows["arm"] == "aggressive") & (rows["candour"] == 0.0)]
    means = rows.groupby("replicate")[MEASURE].mean().to_numpy()
    expected = estimate(np.zeros(len(means)), means)
    assert found["count"] == 8
    assert found["mean"] == pytest.approx(expected.difference)
    assert found["low"] == pytest.approx(expected.low)
    assert found["high"] == pytest.approx(expected.high)


def test_without_by_there_is_one_curve_in_either_spelling() -> None:
    one = curve(on_grid(), "candour", MEASURE, by="none")
    assert set(one["by"]) == {""}
    assert one.equals(curve(on_grid(), "candour", MEASURE, by=None))


def test_intervals_of_a_drawn_design_are_over_points() -> None:
    found = curve(sweep(points=160), "candour", MEASURE)
    assert len(found) == 8
    assert (found["count"] == 20).all()
    assert np.diff(found["x"]).min() > 0.0


def test_equal_values_are_one_place() -> None:
    """A Morris design has few levels, which groups of equal size would cut through."""
    found = curve(sweep({"base": linear}, design="morris", points=12), "candour", MEASURE)
    assert found["x"].to_numpy() == pytest.approx([0.0, 1 / 3, 2 / 3, 1.0])


@pytest.mark.parametrize(("noise", "runs"), [(0.0, 2), (3.0, 5)])
def test_bands_hold_the_truth_as_often_as_they_say(noise: float, runs: int) -> None:
    """With noise too, though all points share it. More often, since the design is stratified."""
    hits = []
    generator = np.random.default_rng(1)
    for seed in range(60):
        plan = {"points": 80, "seed": seed, "replicates": runs}
        results = sweep({"base": linear}, **plan)
        drawn = noise * generator.standard_normal(runs)
        results.runs[MEASURE] += drawn[results.runs["replicate"]]
        found = curve(results, "candour", MEASURE, bins=4)
        truth = found["x"] - 1.0
        hits += ((found["low"] < truth) & (truth < found["high"])).tolist()
    assert np.mean(hits) > 0.92


def test_one_replicate_of_shared_draws_has_no_interval() -> None:
    """What they did to all points alike cannot be seen in these."""
    arms = ["aggressive", "trusting"]
    results = sweep(dict.fromkeys(arms, linear), points=40, replicates=1, arms=arms)
    for minus in (None, "aggressive"):
        found = curve(results, "candour", MEASURE, minus=minus)
        assert found["mean"].notna().all()
        assert found[["low", "high"]].isna().all(axis=None)
    own = sweep({"base": linear}, points=40, replicates=1, draws="per_point")
    assert curve(own, "candour", MEASURE)["low"].notna().all()


def test_buyers_are_ranked_within_their_market() -> None:
    results = on_grid()
    rows = results.runs.drop(columns="seed").assign(buyer=0)
    step = np.where(rows["arm"] == rows["arm"].iloc[0], 0.0, 10.0)
    results.buyers = pd.concat(
        [rows.assign(suppliers_trust_in_buyer=step + n, **{MEASURE: step}) for n in range(8)]
    )
    found = curve(results, "suppliers_trust_in_buyer", MEASURE, by="none", of_buyers=True)
    # Each rank has as many of the dear market as of the cheap one.
    assert found["mean"].tolist() == [5.0] * 8


def test_a_parameter_with_the_name_of_a_measure_is_the_parameter() -> None:
    results = on_grid(noise=0.0)
    name = "suppliers_trust_in_buyer"
    results.points = results.points.rename(columns={"candour": name})
    results.plan = SimpleNamespace(
        names=(name, "work_weight"),
        design="grid",
        draws="shared",
        replicates=8,
        arm_names=("aggressive", "trusting"),
    )
    found = curve(results, name, MEASURE)
    assert sorted(found["x"].unique()) == sorted(results.points[name].unique())
    by = curve(results, "work_weight", MEASURE, by=name)["by"].unique()
    assert all(one.startswith(f"{name} = ") for one in by)


def test_measures_can_be_drawn_over_measures() -> None:
    results = on_grid(noise=0.0)
    found = curve(results, "suppliers_trust_in_buyer", MEASURE)
    assert len(found) == 12  # each point of the grid, in both arms
    assert found["count"].unique().tolist() == [8]


def test_curves_by_a_parameter_are_named_by_its_values() -> None:
    found = curve(on_grid(), "candour", MEASURE, by="work_weight")
    assert list(found["by"].unique()) == ["work_weight = 0.2", "work_weight = 0.8"]


def test_series_are_curves_over_periods() -> None:
    results = on_grid()
    rows = results.runs.drop(columns="seed")
    results.series = pd.concat([rows.assign(period=period) for period in range(3)])
    found = curve(results, "period", MEASURE)
    assert found["x"].tolist() == [0, 1, 2] * 2
    flat = found.groupby("by")["mean"].nunique()
    assert (flat == 1).all()


def test_differences_are_taken_run_by_run() -> None:
    results = on_grid()
    found = curve(results, "candour", MEASURE, minus="aggressive")
    assert list(found["by"].unique()) == ["trusting - aggressive"]
    rows = results.runs.merge(results.points, on="point")
    rows = rows[rows["candour"] == 0.5].set_index(["replicate", "point"])
    first, second = (rows.loc[rows["arm"] == arm, MEASURE] for arm in ("aggressive", "trusting"))
    gaps = (second - first).groupby("replicate").mean().to_numpy()
    expected = estimate(np.zeros(len(gaps)), gaps)
    assert found[["x", "mean", "low", "high"]].iloc[1].tolist() == pytest.approx(
        [0.5, *expected[2:5]]
    )


def test_noise_that_both_arms_share_is_not_in_the_band_of_their_difference() -> None:
    results = on_grid(noise=0.0)
    shared = np.random.default_rng(1).normal(0.0, 5.0, 8)
    results.runs[MEASURE] += shared[results.runs["replicate"]]
    alone = curve(results, "candour", MEASURE)
    found = curve(results, "candour", MEASURE, minus="aggressive")
    assert (alone["high"] - alone["low"]).min() > 3.0
    assert found["mean"].to_numpy() == pytest.approx(1.0)
    assert (found["high"] - found["low"]).max() == pytest.approx(0.0, abs=1e-9)


def test_a_run_without_its_pair_is_left_out_of_differences() -> None:
    results = on_grid(noise=0.0)
    runs = results.runs
    runs.loc[runs["replicate"] == 0, MEASURE] += 100.0
    results.runs = runs[(runs["replicate"] > 0) | (runs["arm"] == "trusting")]
    found = curve(results, "candour", MEASURE, minus="aggressive")
    assert found["mean"].to_numpy() == pytest.approx(1.0)
    assert found["count"].tolist() == [7] * 3


def test_buyers_are_ranked_within_their_own_market() -> None:
    # Trust differs more between markets than within; within, cost falls by one a rank.
    buyers = pd.DataFrame(
        [
            {
                "point": 0,
                "arm": "base",
                "replicate": r,
                "buyer": b,
                MEASURE: 100.0 - b,
                "suppliers_trust_in_buyer": 10.0 * r + b,
            }
            for r in range(5)
            for b in range(4)
        ]
    )
    results = sweep(design="grid", parameters={"candour": [0.5]}, functions={"base": np.ravel})
    results.buyers = buyers
    found = curve(results, "suppliers_trust_in_buyer", MEASURE, of_buyers=True, bins=4)
    assert found["mean"].tolist() == [100.0, 99.0, 98.0, 97.0]
    assert found["count"].tolist() == [5] * 4


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("candor", MEASURE), "unknown x in runs of this sweep 'candor'; did you mean 'candour'"),
        (("candour", "cost"), "unknown measure in runs of this sweep 'cost'"),
        (("candour", MEASURE, "stance"), "unknown by 'stance'; allowed: arm, candour"),
        (("candour", MEASURE, "candour"), "by = 'candour': allowed is another than x"),
        (("period", MEASURE), 'has no rows in series: its plan must keep = ["series"]'),
    ],
)
def test_curves_that_cannot_be_drawn_are_refused(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        curve(on_grid(), *arguments)


@pytest.mark.parametrize(
    ("x", "minus", "words"),
    [
        ("candour", "agressive", "unknown arm of this sweep 'agressive'; did you mean"),
        ("suppliers_trust_in_buyer", "aggressive", "allowed with minus is a parameter or period"),
    ],
)
def test_differences_that_cannot_be_drawn_are_refused(x: str, minus: str, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        curve(on_grid(), x, MEASURE, minus=minus)


def test_one_arm_has_nothing_to_differ_from() -> None:
    with pytest.raises(InputError, match="no other arm"):
        curve(sweep(points=10), "candour", MEASURE, minus="base")


def test_rows_of_buyers_must_have_been_kept() -> None:
    with pytest.raises(InputError, match=re.escape('its plan must keep = ["buyers"]')):
        curve(on_grid(), "candour", MEASURE, of_buyers=True)
