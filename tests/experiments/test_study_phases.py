"""Phases: flows add up, censoring counts, groups are those of the claim."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import Parameters, simulate
from relsim.analysis.statistics import median_duration, survival
from relsim.plots import studies as pictures
from relsim.studies import phases

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

MARKET = Parameters(buyers=10, salespeople=10, suppliers_per_buyer=2, periods=36, warm_up=0)


def test_flows_count_every_relationship_that_stood() -> None:
    run = simulate(MARKET, 0, snapshots=True)
    counts = phases.flows(run, [0, 12, 35])
    standing = [(run.snapshots["phase"][month] > 0).sum() for month in (0, 12)]
    assert counts.sum(axis=(1, 2)).tolist() == standing
    assert phases.standing(run, [0, 12]).sum(axis=1).tolist() == standing


def test_a_place_taken_over_in_between_has_ended() -> None:
    seller = np.array([[1, 1, 1], [1, 2, 1], [1, 1, 3]])
    phase = np.array([[1, 1, 2], [1, 1, 2], [2, 1, 2]], np.int8)
    run = SimpleNamespace(snapshots={"seller": seller, "phase": phase})
    counts = phases.flows(run, [0, 2])  # type: ignore[arg-type]
    assert counts[0].tolist() == [[0, 1, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]


def test_censored_relationships_do_not_count_as_events() -> None:
    spells = pd.DataFrame(
        {
            "start": [-3, 0, 0, 10],
            "months": [50, 12, 30, 5],
            "collaborative_since": [2.0, 5.0, np.nan, np.nan],
            "personal_since": [np.nan] * 4,
            "censored": [False, False, True, True],
        }
    )
    months, seen = phases.durations(spells, "collaborative")
    assert months.tolist() == [6.0, 30.0, 5.0]
    assert seen.tolist() == [True, False, False]
    months, seen = phases.durations(spells, "end")
    assert months.tolist() == [12.0, 30.0, 5.0]
    assert seen.tolist() == [True, False, False]


def test_survival_is_that_of_kaplan_and_meier() -> None:
    months = np.array([2.0, 4.0, 4.0, 6.0])
    seen = np.array([True, True, False, True])
    curve = survival(months, seen, [1.0, 2.0, 4.0, 6.0])
    np.testing.assert_allclose(curve["share"], [1.0, 0.75, 0.5, 0.0])
    assert ((curve["low"] <= curve["share"]) & (curve["share"] <= curve["high"])).all()
    assert median_duration(months, seen) == 4.0
    assert median_duration(months, np.zeros(4, bool)) == np.inf


def test_groups_are_the_three_reasons_and_the_rest() -> None:
    table = phases.closed(simulate(MARKET, 0), months=12)
    assert set(table["group"]) <= set(phases.CLOSED)
    assert table["phase"].isin([1, 2, 3]).all()
    assert table.loc[table["phase"] == 3, "ever_personal"].all()


def test_a_run_without_long_relationships_has_no_groups() -> None:
    run = simulate(MARKET.with_values(periods=2), 0)
    table = phases.closed(run)
    assert list(table.columns) == list(phases.closed(run, months=0).columns)
    assert table.empty


def test_figure_has_flows_curves_and_groups() -> None:
    counts = np.full((2, 3, 4), 5)
    curves = pd.DataFrame(
        [
            {"arm": arm, "event": event, "month": month, "share": 0.5, "low": 0.4, "high": 0.6}
            for arm in ("aggressive", "trusting")
            for event in phases.EVENTS
            for month in (0, 12)
        ]
    )
    groups = pd.DataFrame({"group": phases.CLOSED}).assign(
        **{"commercial": 0.5, "collaborative": 0.3, "collaborative and personal": 0.2}
    )
    one = pictures.Flow(np.full((3, 3), 25), counts)
    flows = {"aggressive": one, "trusting": one}
    assert len(pictures.phases(flows, [0, 1, 2], curves, groups).axes) == 6

    # Names of curves along the foot, or the top, of their panels lie within them and apart.
    for share in (0.01, 0.99):
        figure = pictures.phases(flows, [0, 1, 2], curves.assign(share=share), groups)
        figure.canvas.draw()
        for axes in figure.axes[2:5]:
            one_name, other = (words.get_window_extent() for words in axes.texts)
            assert not one_name.overlaps(other)
            assert min(one_name.y0, other.y0) > axes.get_window_extent().y0


@pytest.mark.parametrize("gap", [0.0, 0.1, 0.6])
@pytest.mark.parametrize("level", [0.05, 0.3, 0.6])
def test_names_of_curves_lie_on_no_curve_and_on_no_axis(level: float, gap: float) -> None:
    months = np.arange(0.0, 109.0, 3.0)
    rows = []
    for arm, low in (("aggressive", level), ("trusting", min(0.99, level + gap))):
        for event in phases.EVENTS:
            share = 1.0 - low * months / months[-1]
            columns = {"arm": arm, "event": event, "month": months, "share": share}
            rows.append(pd.DataFrame(columns).assign(low=share - 0.05, high=share + 0.05))
    groups = pd.DataFrame({"group": phases.CLOSED}).assign(
        **{"commercial": 0.5, "collaborative": 0.3, "collaborative and personal": 0.2}
    )
    one = pictures.Flow(np.full((3, 3), 25), np.full((2, 3, 4), 5))
    flows = {"aggressive": one, "trusting": one}
    figure = pictures.phases(flows, [0, 1, 2], pd.concat(rows), groups)
    figure.canvas.draw()
    for axes in figure.axes[2:5]:
        room = axes.get_window_extent()
        boxes = [words.get_window_extent() for words in axes.texts]
        assert len(boxes) == 2
        assert not boxes[0].padded(-1.0).overlaps(boxes[1].padded(-1.0))
        for box in boxes:
            assert room.x0 <= box.x0
            assert box.x1 <= room.x1
            assert box.y0 > room.y0
            for line in axes.lines:
                x, y = axes.transData.transform(line.get_xydata()).T
                x_of = np.linspace(box.x0, box.x1, 50)
                at = np.interp(x_of, x, y)
                assert not ((at > box.y0) & (at < box.y1)).any()
