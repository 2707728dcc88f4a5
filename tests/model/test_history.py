"""What passed between two, month by month, and what happened when."""

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from relsim import InputError, Parameters, Run, plots, simulate
from relsim.cli.follow import as_graphml
from relsim.cli.main import main
from relsim.model.entities import RELATIONSHIP
from relsim.model.events import EVENTS, Months
from relsim.model.state import NOBODY

pytestmark = pytest.mark.quick

# Buyers look around much: places change hands often.
RESTLESS = Parameters(buyers=8, salespeople=12, periods=48, warm_up=12, max_contract_months=12)


@pytest.fixture(scope="module")
def run() -> Run:
    return simulate(RESTLESS, seed=3, history=True)


@pytest.fixture(scope="module")
def ended(run: Run) -> pd.Series:
    """A relationship of two who traded once: it began and ended within the run."""
    spells = run.spells[~run.spells.duplicated(["buyer", "seller"], keep=False)]
    found = spells[~spells["censored"] & (spells["start"] > 0) & (spells["months"] > 3)]
    return found.iloc[0]


def test_every_sale_is_in_the_history_of_whoever_made_it(run: Run) -> None:
    months = run.history()
    paid = (
        (months[["payment", "extras", "service_charge"]].sum(axis=1))
        .groupby(months["supplier"])
        .sum()
    )
    revenue = run.salesperson_ledgers["revenue"]
    assert np.allclose(paid.reindex(range(RESTLESS.salespeople), fill_value=0.0), revenue)


def test_spells_and_history_tell_of_the_same_months(run: Run) -> None:
    months = run.history().groupby(["buyer", "supplier"]).size()
    spells = run.spells[run.spells["months"] > 0]
    lengths = spells["end"] - spells["start"].clip(lower=0) + 1
    lengths = lengths[spells["end"] >= 0]
    expected = lengths.groupby([spells["buyer"], spells["seller"]]).sum()
    assert months.to_dict() == expected.to_dict()


def test_a_history_of_two_has_every_month_and_nothing_where_they_did_not_trade(
    run: Run, ended: pd.Series
) -> None:
    table = run.history(int(ended["buyer"]), int(ended["seller"]))
    assert list(table["period"]) == list(range(RESTLESS.periods))
    after = table[table["period"] == ended["end"] + 1].iloc[0]
    assert pd.isna(after["age"])
    assert pd.isna(after["phase"])
    assert pd.isna(after["payment"])
    assert table["age"].iloc[int(ended["start"])] == 0.0


def test_an_end_is_told_with_its_reason_in_its_month(run: Run, ended: pd.Series) -> None:
    log = run.events(int(ended["buyer"]), int(ended["seller"]))
    assert log["period"].is_monotonic_increasing
    last = log[log["event"] == "ended"].iloc[-1]
    assert last["period"] == ended["end"]
    reasons = {"buyer left": "buyer left", "seller left": "gave", "seller failed": "failed"}
    assert reasons[ended["reason"]] in last["sentence"]


def test_a_log_of_all_has_the_log_of_every_two(run: Run, ended: pd.Series) -> None:
    everything = run.events()
    buyer, supplier = int(ended["buyer"]), int(ended["seller"])
    own = everything[(everything["buyer"] == buyer) & (everything["supplier"] == supplier)]
    assert own["sentence"].tolist() == run.events(buyer, supplier)["sentence"].tolist()
    contracts = (everything["event"] == "contract").sum()
    assert contracts == run.buyer_ledgers["negotiations"].sum()


def months_of(**values: list[float]) -> Months:
    """One relationship that began in month 1, with values for months 0 to 4."""
    kept = RELATIONSHIP.empty(5).reshape(5, 1)
    kept["seller"] = [[NOBODY], [0], [0], [0], [0]]
    kept["start"] = 1
    for name, column in values.items():
        kept[name] = np.reshape(column, (5, 1))
    return Months(kept)


@pytest.mark.parametrize(
    ("event", "values", "months"),
    [
        ("began", {}, [1]),
        ("became collaborative", {"phase": [0, 1, 1, 2, 2]}, [3]),
        ("became personal", {"phase": [0, 1, 3, 2, 3]}, [2, 4]),
        ("fell back to collaborative", {"phase": [0, 1, 3, 2, 2]}, [3]),
        ("fell back to commercial", {"phase": [0, 1, 3, 1, 1]}, [3]),
        ("supplier opened second layer", {"business_disclosure_by_seller": [9, 1, 2, 1, 2]}, [2]),
        ("problem swallowed", {"serious_problems": [9, 2, 1, 1, 0], "caught": [0, 2, 0, 0, 0],
                               "voiced_serious": [0, 0, 0, 1, 0]}, [2]),
        ("bond offered", {"bonds": [9, 0, 1, 1, 2]}, [2, 4]),
        ("new person", {"affinity": [9, 0.1, 0.1, 0.3, 0.3]}, [3]),
    ],
)  # fmt: skip
def test_events_happen_when_the_records_say_so(
    event: str, values: dict[str, list[float]], months: list[int]
) -> None:
    found = next(one for one in EVENTS if one.name == event).where(months_of(**values))
    assert np.flatnonzero(found).tolist() == months


def test_a_story_tells_every_year_in_which_they_traded(run: Run, ended: pd.Series) -> None:
    story = run.story(int(ended["buyer"]), int(ended["seller"]))
    years = range(int(ended["start"]) // 12 + 1, int(ended["end"]) // 12 + 2)
    assert all(f"Year {year}." in story for year in years)
    assert f"month {ended['end']}: " in story


@pytest.mark.parametrize(
    ("buyer", "supplier", "said"),
    [(0, 12, "supplier = 12: .*0 to 11"), (-1, 0, "buyer = -1"), (True, 0, "buyer = True")],
)
def test_who_is_not_there_is_refused(run: Run, buyer: int, supplier: int, said: str) -> None:
    with pytest.raises(InputError, match=said):
        run.history(buyer, supplier)


def test_without_a_history_it_says_how_to_keep_one() -> None:
    small = Parameters(buyers=2, salespeople=2, suppliers_per_buyer=1, periods=2, warm_up=0)
    with pytest.raises(InputError, match=r"history=True"):
        simulate(small, 0).events()


def test_custom_agents_have_the_same_history() -> None:
    from relsim import Buyer

    class Plain(Buyer):
        def ordering(self) -> None:
            super().ordering()

    short = RESTLESS.with_values(periods=6)
    compiled, custom = (simulate(short, 1, history=True, buyer=own) for own in (None, Plain))
    pd.testing.assert_frame_equal(compiled.history(), custom.history())


def test_a_relationship_is_drawn_and_described(run: Run, ended: pd.Series) -> None:
    pair = int(ended["buyer"]), int(ended["seller"])
    figure = plots.pair(run, *pair)
    drawn = [axes.get_title(loc="left") for axes in figure.axes]
    assert {"Trust", "Disclosed", "What happened"} <= set(drawn)
    assert f"ended in month {ended['end']}" in plots.pair_text(run, *pair)


def test_the_command_follows_a_relationship(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_small = ["--set", "buyers=4", "--set", "salespeople=4", "--periods", "12", "--out"]
    assert main(["run", *set_small, str(tmp_path), "--follow", "1,2", "--graphml"]) == 0
    assert "Buyer 1 (neutral) and supplier 2" in capsys.readouterr().out
    months = pd.read_csv(tmp_path / "history-1-2.csv")
    assert len(months) == 12
    assert (tmp_path / "pair-1-2.png").stat().st_size > 10_000
    assert main(["run", *set_small, str(tmp_path), "--follow", "one"]) == 2
    assert "for instance 16,14" in capsys.readouterr().err


def test_networks_are_read_by_others_without_missing_values(run: Run) -> None:
    network = run.network()
    network.nodes["buyer 0"]["aggressiveness"] = float("nan")
    written = as_graphml(network)
    assert ">nan<" not in written.lower()
    read = nx.parse_graphml(written)
    assert set(read.edges) == set(network.edges)
    edge = next(iter(network.edges))
    assert read.edges[edge]["price"] == network.edges[edge]["price"]
