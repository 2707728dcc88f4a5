"""Trust against cost: the causal curve is that of clamped trust, buyers are seen without size."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from relsim import Parameters, simulate, trust_versus_cost
from relsim.cli.main import main
from relsim.design.arms import seeds
from relsim.io.errors import InputError
from relsim.studies import trust_cost
from relsim.studies.trust_cost import CLAMPED, GROUPS, MEASURES, TOTAL, TRUST, TrustCost

SMALL = {"buyers": 10, "salespeople": 10, "suppliers_per_buyer": 2, "periods": 18, "warm_up": 3}
MARKET = Parameters(**SMALL)
OPTIONS = [part for name, value in SMALL.items() for part in ("--set", f"{name}={value}")]


@pytest.fixture(scope="module")
def found() -> TrustCost:
    return trust_versus_cost(MARKET, levels=(0.1, 0.5, 0.9), replicates=4, seed=3)


def costs_of(table: pd.DataFrame, curve: str, measure: str = TOTAL) -> pd.DataFrame:
    return table[(table["curve"] == curve) & (table["measure"] == measure)]


def test_the_causal_curve_is_that_of_clamped_trust_with_the_same_seeds(found: TrustCost) -> None:
    runs = seeds(3, 4)
    free = [simulate(MARKET, seed).measures[TOTAL] for seed in runs]
    for row in costs_of(found.table, "clamped").to_dict("records"):
        clamped = MARKET.with_values(hold={"trust": row["level"]})
        costs = [simulate(clamped, seed).measures[TOTAL] for seed in runs]
        assert row["value"] == pytest.approx(np.mean(costs))
        assert row["mean"] == pytest.approx(np.mean(np.subtract(costs, free)))
        assert row["low"] < row["mean"] < row["high"]


def test_neutral_buyers_do_not_differ_from_the_neutral_market(found: TrustCost) -> None:
    between = costs_of(found.table, "between").set_index("level")
    assert between["mean"][0.5] == between["high"][0.5] == 0.0
    assert (between.loc[[0.1, 0.9], "mean"] != 0.0).all()


def test_what_a_base_clamps_beside_trust_stays_clamped() -> None:
    base = MARKET.with_values(hold={"ideas": 0.0})
    market = TrustCost(base, (0.2,), 0, (1,)).markets[2]
    assert market.hold == {"ideas": 0.0, "trust": 0.2}


def test_size_is_in_raw_cost_and_not_in_the_difference_from_the_neutral_twin() -> None:
    market = Parameters(buyers=30, salespeople=30, periods=36, volume_spread=0.8)
    study = TrustCost(market, (0.5,), 0, seeds(0, 6))
    neutral, mixed = study.markets[:2]
    raw, gaps, small = [], [], []
    for seed in study.seeds:
        twin, own = simulate(neutral, seed), simulate(mixed, seed)
        raw.append(own.buyers[TOTAL])
        gaps.append(own.buyers[TOTAL] - twin.buyers[TOTAL])
        small.append(1.0 / own.buyers["volume"])
    size = np.concatenate(small)
    assert np.corrcoef(np.concatenate(raw), size)[0, 1] > 0.8
    assert abs(np.corrcoef(np.concatenate(gaps), size)[0, 1]) < 0.3


def test_groups_of_a_mixed_market_are_its_buyers_by_rank_of_trust() -> None:
    study = TrustCost(MARKET, (0.5,), 0, (7,))
    study.take(0, [trust_cost._run(market, 7, None) for market in study.markets])  # type: ignore[arg-type]
    own, twin = (simulate(market, 7).buyers for market in (study.markets[1], study.markets[0]))
    order = np.argsort(own[TRUST].to_numpy(), kind="stable")
    gap = (own[TOTAL] - twin[TOTAL]).to_numpy()[order]
    rows = costs_of(study.table, "within")
    assert len(rows) == GROUPS
    assert rows["trust"].is_monotonic_increasing
    assert rows["mean"].iloc[0] == pytest.approx(gap[:2].mean())
    assert rows["mean"].iloc[-1] == pytest.approx(gap[-1])


def made_up(costs: np.ndarray, levels: tuple[float, ...]) -> TrustCost:
    study = TrustCost(MARKET, levels, 0, tuple(range(len(costs))))
    study._values[CLAMPED][:, :, :, MEASURES.index(TOTAL)] = costs
    return study


@pytest.mark.parametrize(
    ("curve", "words"),
    [
        ([9.0, 5.0, 2.0], "at 0.9: 7.0 less than at 0.1"),
        ([9.0, 2.0, 4.0], "at 0.5: 7.0 less than at 0.1, 2.0 less than at 0.9"),
        ([9.0, 2.0, 2.0], "at 0.5 to 0.9: 7.0 less than at 0.1"),
        ([2.0, 9.0, 2.0], "at 0.1 or 0.9: 7.0 less than at 0.5"),
        ([2.0, 2.0, 2.0], "No level of trust is clearly the cheapest"),
    ],
)
def test_the_finding_says_where_cost_is_lowest(curve: list[float], words: str) -> None:
    drawn = np.random.default_rng(0).normal(0.0, 0.02, (20, 3))
    noise = np.concatenate([drawn, -drawn])
    assert words in made_up(np.array(curve) + noise, (0.1, 0.5, 0.9)).finding


def test_the_cheapest_are_compared_with_one_that_is_not() -> None:
    """Where both ends cannot be told from the lowest, the dearest level may be among them."""
    costs = np.array([[12.0, 5.0, 6.0, 0.0], [0.2, 5.1, 5.8, 0.0]])
    study = made_up(costs, (0.0, 0.3, 0.6, 1.0))
    assert study.cheapest == (0.0, 1.0)
    assert study.finding.endswith("at 0 or 1: 5.9 less than at 0.6")


def test_nothing_is_said_of_trust_that_was_not_clamped(found: TrustCost) -> None:
    assert len(found.contrasts()) == 2
    narrow = trust_versus_cost(MARKET, levels=(0.45, 0.5), replicates=2)
    assert narrow.ranges["clamped_change"].isna().all()
    assert narrow.contrasts() == []


def test_stances_of_the_base_change_nothing(found: TrustCost) -> None:
    base = MARKET.with_values(buyer_stances="loyal", stance_items={"horizon": 3.0})
    again = trust_versus_cost(base, levels=(0.1, 0.5, 0.9), replicates=4, seed=3)
    pd.testing.assert_frame_equal(again.table, found.table)


def test_numbers_of_numpy_are_numbers(tmp_path: Path) -> None:
    levels = np.array([0.25, 0.75], np.float32)
    found = trust_versus_cost(MARKET, levels=levels, replicates=np.int64(1), seed=np.int64(3))
    assert found.levels == (0.25, 0.75)
    found.save(tmp_path)
    record = json.loads((tmp_path / "trust_cost.json").read_text(encoding="utf-8"))
    assert (record["levels"], record["seed"]) == ([0.25, 0.75], 3)


def test_noise_alone_seldom_has_a_cheapest_level() -> None:
    random = np.random.default_rng(1)
    levels = tuple(np.linspace(0.0, 1.0, 11).tolist())
    claimed = [
        len(made_up(random.normal(80.0, 1.0, (30, 11)), levels).cheapest) < 11 for _ in range(100)
    ]
    # The lowest of eleven is compared, which tells more often than one in twenty.
    assert np.mean(claimed) < 0.25


def test_one_replicate_and_no_deliveries_are_said_to_tell_nothing() -> None:
    assert made_up(np.array([[1.0, 2.0]]), (0.1, 0.9)).finding.startswith("One replicate")
    nothing = made_up(np.full((3, 2), np.nan), (0.1, 0.9))
    assert nothing.finding.startswith("Nothing was delivered")


def test_files_hold_the_table_and_what_gives_it_again(found: TrustCost, tmp_path: Path) -> None:
    assert [path.name for path in found.save(tmp_path)] == list(trust_cost.FILES)
    kept = pd.read_csv(tmp_path / "trust_cost.csv")
    pd.testing.assert_frame_equal(kept, found.table)
    record = json.loads((tmp_path / "trust_cost.json").read_text(encoding="utf-8"))
    base = Parameters(**record["base"])
    again = trust_versus_cost(
        base, levels=record["levels"], replicates=record["replicates"], seed=record["seed"]
    )
    pd.testing.assert_frame_equal(again.table, found.table)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"base": MARKET.with_values(hold={"trust": 0.5})}, "hold of trust: allowed is a base"),
        ({"levels": (0.5, 0.5)}, "allowed are two or more from 0 to 1, in rising order"),
        ({"levels": (0.5, 1.5)}, "level of trust = 1.5: allowed is 0 to 1"),
        ({"levels": 5}, "levels = 5: allowed are two or more from 0 to 1, in rising order"),
        ({"levels": None}, "levels = None: allowed are two or more"),
        ({"levels": ("a", "b")}, r"levels = \('a', 'b'\): allowed are two or more"),
        ({"base": "services"}, "base = 'services': allowed is a relsim.Parameters"),
    ],
)
def test_what_cannot_be_studied_is_refused(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        trust_versus_cost(**arguments)  # type: ignore[arg-type]


@pytest.mark.usefixtures("in_a_folder_of_its_own")
def test_the_command_says_what_came_out_and_writes_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trust-cost", "--replicates", "2", "--seed", "4", *OPTIONS]) == 0
    told = capsys.readouterr().out
    expected = trust_versus_cost(MARKET, replicates=2, seed=4)
    assert told.startswith(f"{expected.finding}.\nBetween markets cost changes by ")
    (folder,) = Path("results").iterdir()
    written = pd.read_csv(folder / "trust_cost.csv")
    pd.testing.assert_frame_equal(written, expected.table)
    assert (folder / "trust_cost.png").read_bytes().startswith(b"\x89PNG")
    assert json.loads((folder / "trust_cost.json").read_text(encoding="utf-8"))["seed"] == 4


@pytest.mark.usefixtures("in_a_folder_of_its_own")
def test_a_stance_beside_the_command_is_refused(
    refused: Callable[[Sequence[str], str], None],
) -> None:
    said = "^relsim: --set buyer_stances: trust-cost sets it itself; leave it out$"
    refused(["trust-cost", "--set", "buyer_stances=loyal"], said)
