"""Where trust loses: points, who wins there, what decides it, and trust held."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import InputError, Parameters, simulate, sweep
from relsim.analysis.statistics import share_of
from relsim.comparison import seeds
from relsim.plots import palette
from relsim.plots import studies as pictures
from relsim.studies import space

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

SMALL = {"buyers": 4, "salespeople": 4, "suppliers_per_buyer": 2, "periods": 6, "warm_up": 0}


def test_points_fill_the_ranges_of_all_but_structure() -> None:
    design = space.points(5)
    assert set(design.columns).isdisjoint(space.STRUCTURE)
    assert len(design.columns) > 100
    for entry in space.dimensions():
        values = design[entry.name]
        assert entry.low <= values.min() < values.max() <= entry.high
    assert design.equals(space.points(5))
    assert not design.equals(space.points(5, seed=1))


def test_every_point_makes_valid_parameters() -> None:
    for row in space.points(4).to_dict("records"):
        made = Parameters(**SMALL).with_values(**row)
        assert {name: getattr(made, name) for name in row} == row
        assert {name: getattr(made, name) for name in SMALL} == SMALL


def test_gaps_are_paired_differences_of_a_stored_sweep(tmp_path: Path) -> None:
    names = ["value_per_idea", "audit_interval"]
    plan = space.plan(1, replicates=2, base=SMALL, names=names)
    sweep.run(plan, tmp_path / "space.duckdb")
    found = space.gaps(sweep.load(tmp_path / "space.duckdb").runs)
    np.testing.assert_allclose(found["difference"], found["aggressive"] - found["trusting"])
    assert (found["low"] <= found["difference"]).all()
    values = dict(space.points(1, names=names).iloc[0])
    costs = {}
    for stance in space.ARMS:
        market = Parameters(**SMALL).with_values(**values, buyer_stances=stance)
        runs = [simulate(market, seed).measures for seed in seeds(0, 2)]
        costs[stance] = np.mean([measures["total_cost_per_unit"] for measures in runs])
    expected = costs["aggressive"] - costs["trusting"]
    np.testing.assert_allclose(found["difference"][0], expected)


def test_a_point_where_nothing_can_be_measured_is_not_a_number() -> None:
    runs = pd.DataFrame(
        {"point": [0, 0, 1, 1], "arm": ["a", "b"] * 2, "replicate": 0, "cost": [1, 3, np.nan, 2]}
    )
    found = space.gaps(runs, "cost")
    assert found["difference"].tolist()[0] == -2.0
    assert np.isnan(found["difference"][1])


def test_deciding_ranks_what_decides_first() -> None:
    random = np.random.default_rng(0)
    design = pd.DataFrame(random.random((200, 5)), columns=list("abcde"))
    ranking = space.deciding(design, (design["c"] < 0.4).to_numpy())
    assert ranking["parameter"][0] == "c"
    assert ranking["wins_where"][0] == "low"
    assert ranking["p"][0] < 0.001 < ranking["p"][1]


def test_map_counts_every_point_once() -> None:
    random = np.random.default_rng(0)
    x, y = random.random(100), random.random(100)
    cells = space.map_of(x, y, x > 0.5, cells=2)
    assert cells["points"].sum() == 100
    assert cells.loc[cells["x"] < 0.5, "share"].max() < 0.1
    assert cells.loc[cells["x"] > 0.5, "share"].min() > 0.9


def test_share_has_an_interval_that_holds_it() -> None:
    found = share_of(np.arange(100) < 30)
    assert found.share == 0.3
    assert found.low < 0.3 < found.high


def test_held_trust_is_measured_against_the_best_level() -> None:
    curves = space.clamped_trust({"one": {}}, (0.2, 0.8), replicates=3, base=Parameters(**SMALL))
    assert sorted(curves["rise"] == 0.0) == [False, True]
    assert (curves["rise"] >= 0.0).all()


def test_what_is_clamped_beside_trust_stays_so() -> None:
    base = Parameters(**SMALL).with_values(hold={"quality": 1.0})
    markets: dict[str, dict[str, Any]] = {"one": {}, "other": {"hold": {"clauses": 12.0}}}
    found = space.clamped_trust(markets, (0.2, 0.8), replicates=2, base=base)
    for row in found.to_dict("records"):
        hold = {"quality": 1.0, **markets[row["market"]].get("hold", {}), "trust": row["trust"]}
        runs = [simulate(base.with_values(hold=hold), seed) for seed in seeds(0, 2)]
        assert row["mean"] == np.mean([run.measures["total_cost_per_unit"] for run in runs])
    with pytest.raises(InputError, match="hold of trust: allowed is a base that leaves trust free"):
        space.clamped_trust({"one": {"hold": {"trust": 0.1}}}, base=base)
    with pytest.raises(InputError, match="unknown measure 'total_cost'; the nearest are"):
        space.clamped_trust(measure="total_cost")


@pytest.mark.slow
def test_more_held_trust_costs_more_among_opportunists() -> None:
    """Trust must be able to lose: else the model is rigged."""
    market = "opportunists, no ideas"
    curves = space.clamped_trust({market: space.MARKETS[market]}, (0.3, 0.9), replicates=8)
    assert curves["rise_low"].iloc[-1] > 1.0


def test_figure_says_who_is_cheaper_and_where(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    design = pd.DataFrame(random.random((64, 10)), columns=[f"parameter_{n}" for n in range(10)])
    gap = design["parameter_1"] - 0.4
    gaps = pd.DataFrame({"difference": gap, "low": gap - 0.1, "high": gap + 0.1})
    wins = (gap > 0.0).to_numpy()
    ranking = space.deciding(design, wins)
    cells = space.map_of(design["parameter_1"].to_numpy(), design["parameter_2"].to_numpy(), wins)
    rows = [
        {"market": m, "trust": t, "mean": t, "low": t - 0.1, "high": t + 0.1, "rise": t - 0.1}
        for m in space.MARKETS
        for t in (0.1, 0.9)
    ]
    curves = pd.DataFrame(rows).assign(rise_low=lambda r: r["rise"] - 0.1, rise_high=1.0)
    figure = pictures.where_trust_loses(gaps, ranking, cells, curves)
    assert len(figure.axes) == 6
    text = pictures.where_trust_loses_text(gaps, ranking, curves)
    assert f"{wins.mean():.0%} of 64 points" in text
    assert "What decides most: parameter 1." in text
    assert [axes.get_title(loc="left") for axes in figure.axes][1] == "What decides it"
    # The bar of parameter 1 has a colour, the others are no more than chance.
    chance = [
        to_hex(bar.get_facecolor()).upper() == palette.CHANCE for bar in figure.axes[1].patches
    ]
    assert chance == [False] + [True] * 7

    ranking["p"] = 0.7
    figure = pictures.where_trust_loses(gaps, ranking, cells, curves)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[1] == "Nothing decides it beyond chance"
    assert not any(title.startswith("Share where") for title in titles)
    bars = {to_hex(bar.get_facecolor()).upper() for bar in figure.axes[1].patches}
    assert bars == {palette.CHANCE}
    text = pictures.where_trust_loses_text(gaps, ranking, curves)
    assert "Nothing decides it beyond chance." in text
    assert "parameter" not in text.replace("parameter space", "")
    # Where the end of a curve is its least value, it is compared with the other end.
    assert "is least, 0.1, where trust is clamped at 0.1, and 0.9 at 0.9" in text
    falling = curves.assign(mean=1.0 - curves["trust"])
    text = pictures.where_trust_loses_text(gaps, ranking, falling)
    assert "is least, 0.1, where trust is clamped at 0.9, and 0.9 at 0.1" in text
