"""Runs: the same bits for the same seed, tables that agree with each other."""

import threading
from typing import Any

import numpy as np
import pytest
from markets import as_bytes

from relsim.io.errors import InputError
from relsim.model import timeline
from relsim.model.entities import BUYER_TRAITS, SPELL
from relsim.model.observation import BUYER_MEASURES, MEASURES, SALESPERSON_MEASURES
from relsim.model.run import MEASURE_NAMES, Run
from relsim.model.simulation import Stopped, simulate
from relsim.model.state import REASONS
from relsim.parameters import Parameters

SMALL = Parameters(
    buyers=8,
    salespeople=6,
    suppliers_per_buyer=3,
    periods=24,
    warm_up=6,
    buyer_stances={"aggressive": 0.5, "trusting": 0.5},
)


@pytest.fixture(scope="module")
def run() -> Run:
    return simulate(SMALL, 3, snapshots=True)


def bits(run: Run) -> bytes:
    parts = [run.buyer_ledgers, run.salesperson_ledgers, run._relationships, run._spells]
    return b"".join(map(as_bytes, parts))


# --- reproducibility ---------------------------------------------------------------------------


def test_zero_is_a_seed_like_others(run: Run) -> None:
    assert bits(simulate(SMALL, 0)) == bits(simulate(SMALL))
    assert bits(simulate(SMALL, 0)) != bits(run)


def test_looking_on_changes_nothing(run: Run) -> None:
    quiet = simulate(SMALL, 3)
    assert not quiet.snapshots
    assert quiet.series.equals(run.series)


def test_room_for_spells_changes_nothing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that stops to make room goes on as if it had not."""
    begin = timeline.begin

    def cramped(parameters: Parameters, seed: int) -> Any:
        prepared = begin(parameters, seed)
        market = prepared.market._replace(spells=SPELL.empty(1))
        return prepared._replace(market=market)

    monkeypatch.setattr(timeline, "begin", cramped)
    assert bits(simulate(SMALL, 3)) == bits(run)


# --- tables ------------------------------------------------------------------------------------


def test_series_has_a_row_a_period_and_every_measure(run: Run) -> None:
    assert list(run.series.columns) == ["period", *MEASURE_NAMES]
    assert set(MEASURE_NAMES) == set(MEASURES)
    assert list(run.series["period"]) == list(range(SMALL.periods))


def test_measures_of_the_run_are_those_of_its_periods_together(run: Run) -> None:
    series = run.series
    assert series["units_bought"].sum() == pytest.approx(run.measures["units_bought"])
    price = np.average(series["component_price"], weights=series["units_bought"])
    assert price == pytest.approx(run.measures["component_price"])
    cost = np.average(series["total_cost_per_unit"], weights=series["units_bought"])
    assert cost == pytest.approx(run.cumulative_cost[-1])


def test_tables_have_the_columns_that_one_looks_for(run: Run) -> None:
    domains, both = ("business", "personal"), ("buyer", "seller")
    told = [f"{domain}_disclosure_by_{side}" for domain in domains for side in both]
    trust = ["buyer_trust_in_seller", "seller_trust_in_buyer"]
    wanted = {*both, "age", "phase", *trust, *told, "commitment", "dependence"}
    table = run.relationships
    assert wanted <= set(table.columns)
    assert (table["age"] == SMALL.periods - table["start"]).all()
    assert table["age"].min() >= 0
    for name in ("commitment", "dependence"):
        sides = [table[f"{side}_{name}"] for side in both]
        assert np.allclose(table[name], np.mean(sides, axis=0))
    assert wanted - {*both} <= set(next(iter(run.network().edges(data=True)))[2])


def test_spells_and_relationships_agree(run: Run) -> None:
    spells, lasting = run.spells, run.relationships
    assert set(spells["reason"]) <= set(REASONS)
    still = spells[spells["censored"]]
    assert len(still) == len(lasting)
    assert (still["reason"] == "lasting").all()
    assert set(zip(still.buyer, still.firm, strict=True)) == set(
        zip(lasting.buyer, lasting.firm, strict=True)
    )
    assert (spells["months"] >= 0).all()
    # A buyer has at most so many relationships at a time, so their months fill its time.
    for _, own in spells.groupby("buyer"):
        assert own["months"].sum() <= SMALL.suppliers_per_buyer * (SMALL.periods + SMALL.warm_up)


def test_spells_ended_are_the_suppliers_lost(run: Run) -> None:
    ended = run.spells[~run.spells["censored"] & (run.spells["end"] >= 0)]
    by_reason = ended["reason"].value_counts()
    left = by_reason.get("buyer left", 0)
    assert by_reason.get("seller left", 0) == run.buyer_ledgers["suppliers_withdrew"].sum()
    assert left == run.buyer_ledgers["suppliers_left"].sum()
    assert left == run.salesperson_ledgers["accounts_lost"].sum()
    assert by_reason.get("seller failed", 0) == run.buyer_ledgers["suppliers_failed"].sum()


def test_months_of_spells_are_the_relationship_months(run: Run) -> None:
    spells = run.spells
    months = (spells["end"] - spells["start"].clip(lower=0) + 1).clip(lower=0)
    assert months.sum() == run.buyer_ledgers["months"].sum()


def test_buyers_and_salespeople_have_traits_and_measures(run: Run) -> None:
    assert len(run.buyers) == SMALL.buyers
    assert {"buyer", "stance", *BUYER_TRAITS, *(m.name for m in BUYER_MEASURES)} == set(run.buyers)
    assert run.buyers["stance"].value_counts().to_dict() == {"aggressive": 4, "trusting": 4}
    assert set(run.buyers.loc[run.buyers["stance"] == "aggressive", "aggressiveness"]) == {1.0}
    assert len(run.salespeople) == SMALL.salespeople
    assert {m.name for m in SALESPERSON_MEASURES} <= set(run.salespeople)
    assert run.salespeople["accounts_at_end"].sum() == len(run.relationships)


def test_network_has_an_edge_a_relationship(run: Run) -> None:
    graph = run.network()
    assert len(graph) == SMALL.buyers + SMALL.salespeople
    assert graph.number_of_edges() == len(run.relationships)
    sides = {graph.nodes[node]["bipartite"] for node in graph}
    assert sides == {0, 1}
    assert all(graph.nodes[a]["kind"] != graph.nodes[b]["kind"] for a, b in graph.edges)
    row = run.relationships.iloc[0]
    edge = graph.edges[f"buyer {row.buyer:.0f}", f"salesperson {row.seller:.0f}"]
    assert edge["buyer_trust_in_seller"] == row.buyer_trust_in_seller


def test_snapshots_end_where_the_run_ends(run: Run) -> None:
    places = SMALL.buyers * SMALL.suppliers_per_buyer
    assert all(picture.shape == (SMALL.periods, places) for picture in run.snapshots.values())
    begun = run._relationships["start"] < SMALL.periods
    for name, picture in run.snapshots.items():
        assert (picture[-1, begun] == run._relationships[name][begun]).all()
    assert ((run.snapshots["seller"] >= 0) == (run.snapshots["phase"] > 0)).all()


RESTLESS = Parameters(periods=24, max_contract_months=12, working_capital=15_000.0)


@pytest.fixture(scope="module")
def restless() -> Run:
    """A market in which suppliers change often, with all that was traded."""
    kept = ["seller", "firm", "start", "payment", "extras", "service_charge", "delivered"]
    return simulate(RESTLESS, 3, snapshots=kept)


def test_every_month_of_a_snapshot_belongs_to_a_spell(restless: Run) -> None:
    """Whoever stands in a row is who traded in that month, also in the last one before it ends."""
    pictures, spells = restless.snapshots, restless.spells
    period, place = np.nonzero(pictures["seller"] >= 0)
    found = set(
        zip(
            place // RESTLESS.suppliers_per_buyer,
            *(pictures[name][period, place] for name in ("seller", "firm", "start")),
            period,
            strict=True,
        )
    )
    expected = {
        (row.buyer, row.seller, row.firm, row.start, month)
        for row in spells.itertuples()
        for month in range(max(0, int(row.start)), int(row.end) + 1)
    }
    assert (spells["reason"] == "buyer left").sum() > 10
    assert (spells["reason"] == "seller failed").any()
    assert found == expected


def test_what_snapshots_credit_to_sellers_is_what_sellers_booked(restless: Run) -> None:
    pictures = restless.snapshots
    sellers = pictures["seller"]
    assert not pictures["payment"][sellers < 0].any()
    paid = pictures["payment"] + pictures["extras"] + pictures["service_charge"]
    stood = sellers >= 0
    credited = np.bincount(sellers[stood], paid[stood], minlength=RESTLESS.salespeople)
    assert np.allclose(credited, restless.salesperson_ledgers["revenue"])
    delivered = pictures["delivered"].sum()
    assert delivered == pytest.approx(restless.buyer_ledgers["delivered"].sum())


def test_who_follows_in_a_place_has_nothing_of_who_was_there(restless: Run) -> None:
    """Relationships agreed at the end of the last month: no trade, hours or problems yet."""
    fresh = restless.relationships[restless.relationships["age"] == 0]
    assert len(fresh)
    for name in ("payment", "delivered", "haggling_hours", "joint_hours", "serious_problems"):
        assert not fresh[name].any()


@pytest.mark.parametrize(
    "parameters",
    [
        Parameters(buyers=1, salespeople=1, suppliers_per_buyer=1, periods=3, warm_up=0),
        Parameters(buyers=1, salespeople=2, suppliers_per_buyer=2, periods=1, warm_up=1),
        Parameters(buyers=5, salespeople=1, suppliers_per_buyer=1, periods=12),
    ],
)
def test_smallest_markets(parameters: Parameters) -> None:
    run = simulate(parameters, 1)
    assert len(run.series) == parameters.periods
    assert len(run.spells) >= len(run.relationships)
    assert len(run.network()) == parameters.buyers + parameters.salespeople


# --- the course of a run -----------------------------------------------------------------------


def test_stances_begin_at_period_zero() -> None:
    """What happens before is the same for all stances: same luck, same neutral buyers."""
    runs = [
        simulate(SMALL.with_values(buyer_stances=name, reset_contracts=False), 3)
        for name in ("aggressive", "trusting")
    ]
    before = [run.spells[run.spells["end"] < 0].drop(columns="censored") for run in runs]
    assert before[0].equals(before[1])
    assert not runs[0].series.equals(runs[1].series)


def test_nothing_changes_before_an_intervention() -> None:
    plain = simulate(SMALL, 3).series
    changed = simulate(SMALL.with_values(interventions=[(12, {"contact_hours": 3.0})]), 3).series
    assert plain[:12].equals(changed[:12])
    assert not plain[12:].equals(changed[12:])


def test_an_intervention_at_the_start_is_a_parameter() -> None:
    change = {"delivery_noise": 0.5, "without": ["ideas"], "hold": {"service": 0.6}}
    from_start = SMALL.with_values(interventions=[(-SMALL.warm_up, change)])
    assert bits(simulate(from_start, 3)) == bits(simulate(SMALL.with_values(**change), 3))


def test_trust_can_be_held_in_mid_run() -> None:
    held = SMALL.with_values(interventions=[(12, {"hold": {"trust": 0.6}})])
    trust = simulate(held, 3).series["suppliers_trust_in_buyer"]
    assert set(trust[12:].round(12)) == {0.6}
    assert 0.6 not in set(trust[:12].round(12))


def test_interventions_add_up_and_later_ones_win() -> None:
    parameters = SMALL.with_values(
        interventions=[
            (10, {"wage": 60.0}),
            (5, {"wage": 40.0, "detection": 0.5}),
            (10, {"erosion": 0.1}),
        ]
    )
    assert timeline.changes(parameters) == (0, 5, 10)
    assert list(timeline.segments(parameters)) == [(-6, 0), (0, 5), (5, 10), (10, 24)]
    late = timeline.in_force(parameters, 11)
    assert (late.wage, late.detection, late.erosion) == (60.0, 0.5, 0.1)
    assert timeline.in_force(parameters, 4).wage == SMALL.wage


def test_contracts_in_force_run_on_unless_reset() -> None:
    reset, running = (
        simulate(SMALL.with_values(reset_contracts=value), 3).series["negotiations_per_year"][0]
        for value in (True, False)
    )
    # Every relationship negotiates in the first month: twelve times a year.
    assert reset == pytest.approx(12.0)
    assert running < reset


# --- input -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [-1, 0.5, "a", 2**53])
def test_what_is_no_seed_is_refused(seed: Any) -> None:
    with pytest.raises(InputError, match="seed"):
        simulate(SMALL, seed)


def test_what_is_no_parameters_is_refused() -> None:
    with pytest.raises(InputError, match=r"allowed is a relsim\.Parameters"):
        simulate({"buyers": 3})  # type: ignore[arg-type]


def test_what_is_no_class_of_agents_is_refused() -> None:
    with pytest.raises(InputError, match=r"^buyer = 3: allowed is a subclass of relsim\.Buyer"):
        simulate(SMALL, buyer=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [5, "phase", b"phase"])
def test_snapshots_are_names_of_variables(given: Any) -> None:
    with pytest.raises(InputError, match=r"snapshots = |variable of"):
        simulate(Parameters(buyers=4, salespeople=4, periods=2), snapshots=given)


# --- slices ------------------------------------------------------------------------------------


def test_numbers_do_not_depend_on_where_a_run_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = simulate(SMALL, 5)
    monkeypatch.setattr("relsim.model.simulation.SLICE", 1)
    assert simulate(SMALL, 5).series.equals(whole.series)


def test_a_run_told_to_stop_stops() -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        simulate(SMALL, 5, stop=stop)
