"""Comparisons: paired on common random numbers, the same numbers however they are computed."""

import itertools
import json
import math
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from relsim.analysis.statistics import crossing, estimate
from relsim.comparison import Arm, Comparison, again, arm, compare, read_record, seeds
from relsim.comparison.result import SERIES_NAMES, SUMMARY
from relsim.io.errors import InputError
from relsim.model.agents import Buyer, Salesperson
from relsim.model.observation import BUYER_MEASURES, COST_PARTS
from relsim.model.run import MEASURE_NAMES
from relsim.model.simulation import Stopped, simulate
from relsim.model.supervision import ExitError
from relsim.parameters import Parameters

SMALL = Parameters(buyers=6, salespeople=5, suppliers_per_buyer=2, periods=18, warm_up=4)


@pytest.fixture(scope="module")
def result() -> Comparison:
    return compare("aggressive", "trusting", base=SMALL, replicates=6, seed=2, workers=1)


def same(one: Comparison, other: Comparison) -> bool:
    """Say whether two comparisons agree in every number."""
    names = ("table", "runs", "series", "buyers", "crossing", "crossings")
    return all(getattr(one, name).equals(getattr(other, name)) for name in names)


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


def test_saved_comparison_gives_the_same_numbers_again(result: Comparison, tmp_path: Path) -> None:
    paths = result.save(tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["comparison.csv", "run.json"]
    repeated = again(tmp_path / "new" / "folder", workers=2)
    assert same(repeated, result)
    assert repeated.arms == result.arms
    # Every parameter is kept, not only those that differ from the defaults.
    kept = json.loads(paths[1].read_text(encoding="utf-8"))
    for setting in kept["arms"]:
        assert set(setting["parameters"]) == set(Parameters.model_fields)
    assert tuple(kept["seeds"]) == result.seeds
    assert pd.read_csv(paths[0])["difference"].tolist() == pytest.approx(
        result.table["difference"].tolist(), nan_ok=True
    )


def test_all_kinds_of_parameters_survive_being_saved(tmp_path: Path) -> None:
    unusual = SMALL.with_values(
        periods=6,
        buyer_stances={"loyal": 0.5, "shopper": 0.5},
        stance_items={"horizon": 9.0},
        without={"ideas", "audits"},
        hold={"trust": 1.0 / 3.0},
        interventions=[(2, {"erosion": 0.1, "without": ["bonds"]})],
    )
    before = compare(unusual, {"wage": 0.1 + 49.9}, base=SMALL, replicates=1)
    before.save(tmp_path)
    after = again(tmp_path / "run.json")
    assert after.arms == before.arms
    assert same(after, before)


def test_changed_code_is_told(result: Comparison, tmp_path: Path) -> None:
    result.save(tmp_path)
    path = tmp_path / "run.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["versions"]["sources"] = "other"
    kept["replicates"], kept["seeds"] = 1, kept["seeds"][:1]
    path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.warns(UserWarning, match="code has changed"):
        again(path)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"kind": "something else"}'])
def test_what_is_no_saved_comparison_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        again(path)
    assert "\n" not in str(error.value)


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


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_record_may_be_in_any_usual_encoding(
    encoding: str, result: Comparison, tmp_path: Path
) -> None:
    result.save(tmp_path)
    record = (tmp_path / "run.json").read_text(encoding="utf-8")
    (tmp_path / "run.json").write_text(record, encoding=encoding)
    assert read_record(tmp_path / "run.json") == json.loads(record)


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


def test_estimates_of_too_little() -> None:
    nothing = np.full(3, np.nan)
    assert all(map(math.isnan, estimate(nothing, np.ones(3))))
    single = estimate(np.array([1.0]), np.array([3.0]))
    assert single[:3] == (1.0, 3.0, 2.0)
    assert all(map(math.isnan, single[3:]))
    # A pair counts only if both sides were there.
    found = estimate(np.array([1.0, 5.0, np.nan]), np.array([2.0, np.nan, 7.0]))
    assert found.difference == 1.0


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


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        ([1, 2, 3], None),
        ([-1, -2], None),
        ([-1, 1], 1),
        ([1, -1, 1, 1], 2),
        ([1, -1, 0, 1], 2),
        ([1, -1, 0], None),
        ([math.nan, -1, 2], 2),
        ([-1, math.nan], None),
    ],
)
def test_crossing(difference: list[float], expected: int | None) -> None:
    assert crossing(np.array(difference, float)) == expected


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


# --- arms --------------------------------------------------------------------------------------


def test_arms_of_all_kinds() -> None:
    assert arm("loyal", SMALL).parameters == SMALL.with_values(buyer_stances="loyal")
    assert arm("honest", SMALL).parameters == SMALL.with_values(seller_stances="honest")
    assert arm(0.25, SMALL).parameters == SMALL.with_values(aggressiveness=0.25)
    assert arm({"wage": 60.0}, SMALL).name == "wage=60.0"
    whole = SMALL.with_values(uncertainty=0.5)
    assert arm(whole, SMALL) == Arm("uncertainty=0.5", whole)


def test_a_preset_is_an_arm_on_top_of_the_base() -> None:
    from relsim.parameters.presets import presets

    found = arm("capital_equipment", SMALL.with_values(periods=7)).parameters
    assert found.periods == 7
    preset = presets["capital_equipment"]
    for name in preset.model_fields_set:
        assert getattr(found, name) == getattr(preset, name)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (["trusting"], "1 arms"),
        (["trusting", "agressive"], "did you mean 'aggressive'"),
        (["trusting", {"wagee": 60.0}], "did you mean 'wage'"),
        (["trusting", {"wage": -1.0}], "wage = -1"),
        (["trusting", 7.0], "aggressiveness"),
        (["trusting", None], "unknown arm None"),
        (["trusting", True], "unknown arm True"),
    ],
)
def test_wrong_arms_are_refused_in_a_line(wrong: list[Any], message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        compare(*wrong, base=SMALL)
    assert "\n" not in str(error.value)


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


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_custom_code_that_exits_ends_neither_program_nor_comparison_in_silence(
    error: type[BaseException],
) -> None:
    class Exits(Buyer):
        def ordering(self) -> None:
            raise error

    with pytest.raises(
        ExitError, match=rf"arm Exits \(neutral\), seed \d+: it raised {error.__name__}"
    ):
        compare(Exits, "trusting", base=SMALL, replicates=2)


def test_a_single_replicate_is_told_without_nan() -> None:
    result = compare("aggressive", "trusting", base=SMALL, replicates=1)
    assert "one replicate tells nothing" in str(result)
    assert "nan" not in str(result).lower()


@pytest.mark.parametrize("wrong", [3, None])
def test_again_of_what_is_no_path_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match=r"^path = .*allowed is a run\.json"):
        again(wrong)


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


def test_buyers_of_ones_own_are_an_arm(tmp_path: Path) -> None:
    agents = pytest.importorskip("relsim.model.agents", exc_type=ImportError)

    class Unchanged(agents.Buyer):  # type: ignore[misc]
        def inspection(self) -> None:
            super().inspection()

    result = compare(
        "loyal", Unchanged, base=SMALL.with_values(buyer_stances="loyal"), replicates=2
    )
    assert result.names == ("loyal", "Unchanged (loyal)")
    assert set(result.table["difference"].dropna()) == {0.0}
    result.save(tmp_path)
    with pytest.raises(InputError, match="give buyers="):
        again(tmp_path)
    assert same(again(tmp_path, buyers={"Unchanged": Unchanged}), result)


def test_salespeople_of_ones_own_are_an_arm(tmp_path: Path) -> None:
    class Silent(Salesperson):
        def disclosure(self) -> None:
            """Tell nothing."""

    result = compare({"wage": SMALL.wage}, Silent, base=SMALL, replicates=2)
    told = result.table.set_index("measure").loc["information_received"]
    assert told["Silent (mixed stances)"] < 0.5 * told[result.names[0]]
    one = simulate(SMALL, result.seeds[0], salesperson=Silent).measures
    of_the_arm = result.runs[result.runs["arm"] == "Silent (mixed stances)"].iloc[0]
    assert {name: of_the_arm[name] for name in one} == pytest.approx(one, rel=0, nan_ok=True)
    result.save(tmp_path)
    with pytest.raises(InputError, match="give salespeople="):
        again(tmp_path)
    with pytest.raises(InputError, match=r"^salespeople = .*allowed is"):
        again(tmp_path, salespeople=Silent)  # type: ignore[arg-type]
    assert same(again(tmp_path, salespeople={"Silent": Silent}), result)


def test_who_buys_and_sells_at_once_is_no_arm() -> None:
    class Both(Buyer, Salesperson):
        pass

    with pytest.raises(InputError, match="arm Both: allowed is one of Buyer, Salesperson"):
        arm(Both, SMALL)


def test_arms_cannot_be_named_after_columns_of_the_table() -> None:
    with pytest.raises(InputError, match="arm 'measure': allowed is a name in Unicode"):
        compare("loyal", Arm("measure"), base=SMALL, replicates=2)


class Plain(Buyer):
    """Does what every buyer does."""

    def inspection(self) -> None:
        super().inspection()


def test_a_class_and_a_stance_are_two_things_and_both_are_said(
    recwarn: pytest.WarningsRecorder,
) -> None:
    alike = compare(Arm("plain", buyer=Plain, stance="trusting"), "trusting", base=SMALL)
    assert alike.names == ("plain", "trusting")
    assert set(alike.table["difference"].dropna()) == {0.0}
    assert not recwarn.list
    with pytest.warns(UserWarning, match=r"Plain \(neutral\) and trusting differ in the class"):
        other = compare(Plain, "trusting", base=SMALL, replicates=2)
    assert other.names == ("Plain (neutral)", "trusting")
    neutral = compare(Plain, "neutral", base=SMALL, replicates=2)
    assert set(neutral.table["difference"].dropna()) == {0.0}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (Plain, "Plain (neutral)"),
        ({"buyer": Plain, "aggressiveness": 0.2}, "buyer=Plain, aggressiveness=0.2"),
        (Arm("x", buyer=Plain), "x"),
        ("neutral", "neutral"),
    ],
)
def test_an_arm_is_named_after_all_that_it_sets(given: object, named: str) -> None:
    understood = arm(given, SMALL.with_values(uncertainty=0.6))
    assert understood.name == named
    assert understood.parameters.uncertainty == 0.6


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"buyer": Salesperson}, "buyer = .*allowed is a subclass of relsim.Buyer"),
        ({"salesperson": "loyal"}, "salesperson = 'loyal': allowed is a subclass"),
        (Arm("x", buyer=Salesperson), "buyer = .*allowed is a subclass of relsim.Buyer"),
        (int, "unknown arm <class 'int'>; allowed: a stance"),
    ],
)
def test_what_is_no_class_of_agents_is_refused(given: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare(given, "trusting", base=SMALL, replicates=2)


def test_a_stance_that_is_unknown_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown stance 'trustin'; did you mean 'trusting'"):
        Arm("x", stance="trustin")


def test_a_seed_of_numpy_can_be_saved(tmp_path: Path) -> None:
    result = compare("loyal", "trusting", base=SMALL, replicates=2, seed=np.int64(3))
    result.save(tmp_path)
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["seed"] == 3


@pytest.mark.parametrize("given", [{"self": 2}, 10**400])
def test_arms_that_are_none_are_refused_in_one_line(given: object) -> None:
    with pytest.raises(InputError):
        compare(given, "trusting", base=SMALL, replicates=2)
