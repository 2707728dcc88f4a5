"""Comparisons: paired on common random numbers, the same numbers however they are computed."""

import itertools
import math
import threading
from typing import Any

import numpy as np
import pandas as pd
import pytest
from comparisons import SMALL, same
from scipy import stats

from relsim.analysis.statistics import estimate
from relsim.comparison import Comparison, compare, seeds
from relsim.comparison.tables import SERIES_NAMES, SUMMARY
from relsim.io.errors import InputError
from relsim.model.observation import BUYER_MEASURES, COST_PARTS
from relsim.model.run import MEASURE_NAMES
from relsim.model.simulation import Stopped, simulate
from relsim.parameters import Parameters


@pytest.fixture(scope="module")
def result() -> Comparison:
    return compare("aggressive", "trusting", base=SMALL, replicates=6, seed=2, workers=1)


def curve(result: Comparison, name: str, measure: str) -> pd.DataFrame:
    """Series of one measure of one arm."""
    series = result.series
    return series[(series["arm"] == name) & (series["measure"] == measure)].reset_index(drop=True)


# --- reproducibility ---------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [2, 5])
def test_workers_do_not_matter(result: Comparison, workers: int) -> None:
    other = compare("aggressive", "trusting", base=SMALL, replicates=6, seed=2, workers=workers)
    assert same(other, result)


def test_zero_is_a_seed_and_another_one() -> None:
    zero, default, one = (
        compare("aggressive", "trusting", base=SMALL, replicates=1, **seed)
        for seed in ({"seed": 0}, {}, {"seed": 1})
    )
    assert same(zero, default)
    assert not same(zero, one)


def test_seeds_follow_from_the_replicate_number_alone() -> None:
    assert seeds(4, 2) == seeds(4, 9)[:2]
    assert len({*seeds(0, 200), *seeds(1, 200)}) == 400
    assert all(type(seed) is int and 0 <= seed < 2**53 for seed in seeds(0, 50))
    # Stored results depend on it: a change here means that numbers move.
    assert seeds(0, 2) == (4232842298785526, 2383740928328724)


def test_both_arms_of_a_replicate_have_the_same_seed(result: Comparison) -> None:
    by_replicate = result.runs.groupby("replicate")["seed"]
    assert (by_replicate.min() == by_replicate.max()).all()
    assert tuple(by_replicate.first()) == result.seeds == seeds(2, 6)


def test_a_single_run_repeats_its_row(result: Comparison) -> None:
    row = result.runs[(result.runs["arm"] == "trusting") & (result.runs["replicate"] == 3)].iloc[0]
    run = simulate(SMALL.with_values(buyer_stances="trusting"), int(row["seed"]))
    assert all(run.measures[name] == row[name] or np.isnan(row[name]) for name in MEASURE_NAMES)


# --- effects -----------------------------------------------------------------------------------


def test_differences_are_taken_within_pairs(result: Comparison) -> None:
    runs = result.runs.pivot_table(index="replicate", columns="arm", values="haggling_per_unit")
    row = result.table.set_index("measure").loc["haggling_per_unit"]
    test = stats.ttest_rel(runs["trusting"], runs["aggressive"])
    low, high = test.confidence_interval(0.95)
    assert row["pairing"] == "paired"
    assert row["contrast"] == "trusting - aggressive"
    assert row["aggressive"] == pytest.approx(runs["aggressive"].mean())
    assert row["difference"] == pytest.approx(row["trusting"] - row["aggressive"])
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    spread = math.sqrt((runs["trusting"].var() + runs["aggressive"].var()) / 2)
    assert row["effect_size"] == pytest.approx(row["difference"] / spread)


def test_unequal_populations_are_independent_samples() -> None:
    result = compare("trusting", {"buyers": 7}, base=SMALL, replicates=4)
    runs = result.runs.set_index("arm")["component_price"]
    one, other = runs["trusting"], runs["buyers=7"]
    low, high = stats.ttest_ind(other, one, equal_var=False).confidence_interval(0.95)
    row = result.table.set_index("measure").loc["component_price"]
    assert row["pairing"] == "independent"
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    assert result.crossings.empty


def test_an_arm_against_itself_differs_in_nothing() -> None:
    result = compare("trusting", "trusting", base=SMALL, replicates=3)
    assert result.names == ("trusting", "trusting (2)")
    assert set(result.table["difference"].dropna()) == {0.0}
    assert list(result.crossing["dearer"]) == [""]


def test_common_draws_make_intervals_narrower(result: Comparison) -> None:
    runs = result.runs.set_index("arm")["total_cost_per_unit"]
    first, second = runs["aggressive"].to_numpy(), runs["trusting"].to_numpy()
    paired, unpaired = estimate(first, second), estimate(first, second, paired=False)
    assert paired.difference == pytest.approx(unpaired.difference)
    assert paired.effect_size == pytest.approx(unpaired.effect_size)
    assert paired.high - paired.low < unpaired.high - unpaired.low


def test_several_arms_are_compared_with_the_first() -> None:
    result = compare("trusting", 0.5, "aggressive", base=SMALL, replicates=2)
    assert set(result.table["contrast"]) == {
        "aggressiveness=0.5 - trusting",
        "aggressive - trusting",
    }
    assert len(result.table) == 2 * len(MEASURE_NAMES)
    assert len(result.summary) == 2 * len(SUMMARY)
    assert str(result).count("trusting:") == 2


# --- tables ------------------------------------------------------------------------------------


def test_tables_have_a_row_of_everything(result: Comparison) -> None:
    assert list(result.table["measure"]) == list(MEASURE_NAMES)
    assert list(result.summary["measure"]) == list(SUMMARY)
    assert len(result.runs) == 2 * 6
    assert list(result.runs.columns) == ["arm", "replicate", "seed", *MEASURE_NAMES]
    assert len(result.buyers) == 2 * 6 * SMALL.buyers
    assert {m.name for m in BUYER_MEASURES} <= set(result.buyers)
    assert set(result.buyers["stance"]) == {"aggressive", "trusting"}


def test_series_are_means_over_replicates_with_intervals(result: Comparison) -> None:
    assert len(result.series) == 2 * SMALL.periods * len(SERIES_NAMES)
    assert set(result.series["measure"]) == set(SERIES_NAMES)
    measure = "suppliers_trust_in_buyer"
    values = np.array(
        [
            simulate(SMALL.with_values(buyer_stances="trusting"), seed).series[measure]
            for seed in result.seeds
        ]
    )
    rows = curve(result, "trusting", measure)
    assert list(rows["period"]) == list(range(SMALL.periods))
    assert rows["mean"].to_numpy() == pytest.approx(values.mean(axis=0))
    half = stats.t.ppf(0.975, 5) * values.std(axis=0, ddof=1) / math.sqrt(6)
    assert (rows["mean"] - rows["low"]).to_numpy() == pytest.approx(half)
    assert (rows["high"] - rows["mean"]).to_numpy() == pytest.approx(half)


def test_months_with_nothing_to_measure_do_not_spoil_the_mean() -> None:
    """Goods ordered in month 0 come later, and some months bring none."""
    base = SMALL.with_values(lead_time=3, purchase_interval=6, warm_up=0)
    result = compare("aggressive", "trusting", base=base, replicates=3)
    price = curve(result, "trusting", "component_price")["mean"]
    assert np.isnan(price.iloc[0])
    assert not np.isnan(price.iloc[-6:]).all()


def test_parts_add_up_in_the_means_of_runs(result: Comparison) -> None:
    runs = result.runs
    total = runs[list(COST_PARTS[:-1])].sum(axis=1) - runs[COST_PARTS[-1]]
    assert total.to_numpy() == pytest.approx(runs["total_cost_per_unit"].to_numpy())


def test_summary_as_text(result: Comparison) -> None:
    text = str(result)
    assert all(name in text for name in SUMMARY)
    assert "Cumulative cost: " in text
    assert repr(result) == ("<Comparison of aggressive vs trusting: 6 replicates, seed 2>")


# --- crossing ----------------------------------------------------------------------------------


def test_crossing_agrees_with_the_curves(result: Comparison) -> None:
    costs = {
        name: curve(result, name, "cumulative_cost_per_unit")["mean"].to_numpy()
        for name in result.names
    }
    (found,) = result.crossing.to_dict("records")
    gap = costs["trusting"] - costs["aggressive"]
    if not found["dearer"]:
        assert set(np.sign(gap)) in ({1.0}, {-1.0})
    else:
        ahead = gap if found["dearer"] == "trusting" else -gap
        period = int(found["period_of_means"])
        assert (ahead[period:] > 0.0).all()
        assert ahead[period - 1] <= 0.0
        own = result.crossings[result.crossings["dearer"] == found["dearer"]]["period"]
        assert found["share"] == len(own) / result.replicates
        assert found["period"] == own.median() or own.empty
    assert len(result.crossings) == result.replicates


# --- settings ----------------------------------------------------------------------------------


def test_the_finding_on_many_does_not_hang_on_their_order() -> None:
    """Whoever is cheapest by chance is not said to be cheaper than who is as cheap."""
    names = ["aggressive", "trusting", "neutral", "loyal"]
    findings = {
        compare(*order, base=SMALL, replicates=8, seed=2).finding
        for order in itertools.permutations(names)
    }
    assert len(findings) == 1
    (finding,) = findings
    result = compare(*names, base=SMALL, replicates=8, seed=2)
    means = dict(zip(names, result.rows(["total_cost_per_unit"])[names].iloc[0], strict=True))
    least = min(means, key=means.__getitem__)
    assert f"costs least with {least}" in finding
    for other in names:
        if other != least:
            row = result.contrast("total_cost_per_unit", names.index(other), names.index(least))
            tied = not (row.low > 0.0 or row.high < 0.0)
            assert (other in finding.partition("but not clearly less than")[2]) == tied


def test_one_arm_is_no_comparison() -> None:
    with pytest.raises(InputError, match=r"not 1$"):
        compare("trusting", base=SMALL)


@pytest.mark.parametrize(
    "wrong",
    [
        {"replicates": 0},
        {"replicates": 1.5},
        {"replicates": True},
        {"seed": -1},
        {"workers": 0},
        {"base": "small"},
    ],
)
def test_wrong_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        compare("aggressive", "trusting", **({"base": SMALL, "replicates": 1} | wrong))


def test_progress_is_reported_in_runs() -> None:
    done: list[int] = []
    compare("aggressive", "trusting", base=SMALL, replicates=3, progress=done.append)
    assert sum(done) == 6


def test_a_failing_run_ends_the_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def fail(parameters: Parameters, seed: int, **_: Any) -> None:
        calls.append(seed)
        raise ArithmeticError("broken")

    monkeypatch.setattr("relsim.comparison.running.simulate", fail)
    with pytest.raises(ArithmeticError, match="broken"):
        compare("aggressive", "trusting", base=SMALL, replicates=500, workers=1)
    assert len(calls) < 500


def test_an_interruption_stops_what_runs_and_begins_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, stopped = [], []
    number, second_runs = itertools.count(), threading.Event()

    def run(parameters: Parameters, seed: int, *, stop: Any = None, **_: Any) -> None:
        if stop is None:
            return
        begun.append(seed)
        if next(number) == 0:
            assert second_runs.wait(30.0)
            raise KeyboardInterrupt
        second_runs.set()
        assert stop.wait(30.0), "nobody told it to stop"
        stopped.append(seed)
        raise Stopped

    monkeypatch.setattr("relsim.comparison.running.simulate", run)
    with pytest.raises(KeyboardInterrupt):
        compare("aggressive", "trusting", base=SMALL, replicates=500, workers=2)
    assert stopped
    assert len(begun) < 10


def test_a_single_replicate_is_told_without_nan() -> None:
    result = compare("aggressive", "trusting", base=SMALL, replicates=1)
    assert "one replicate tells nothing" in str(result)
    assert "nan" not in str(result).lower()


def test_the_cheaper_arm_is_known(result: Comparison) -> None:
    row = result.crossing.iloc[0]
    ends = {
        name: curve(result, name, "cumulative_cost_per_unit")["mean"].iloc[-1]
        for name in result.names
    }
    assert row["cheaper"] == min(ends, key=lambda name: ends[name])


def test_unequal_populations_are_told_without_nan() -> None:
    other = compare("aggressive", {"buyers": 5}, base=SMALL, replicates=3)
    assert "nan" not in str(other).split("\n", 1)[1].lower()
