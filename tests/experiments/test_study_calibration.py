"""Calibration: what is reached, the search for the nearest setting, and the family."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import Parameters, presets, simulate
from relsim.parameters import table
from relsim.plots import studies as pictures
from relsim.studies import calibration
from relsim.studies.calibration import nearest, population, targets

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")


def test_targets_are_those_of_one_run() -> None:
    parameters = presets["eight_automakers"].with_values(periods=12)
    values = targets.targets_of(parameters, 3)
    run = simulate(parameters, 3)
    least = run.buyers["suppliers_trust_in_buyer"].idxmin()
    most = run.buyers["suppliers_trust_in_buyer"].idxmax()
    share = run.buyers["transaction_time_share"]
    measures = run.measures
    expected = [share[least], share[most], measures["serious_voiced"], measures["small_voiced"]]
    assert values.tolist() == expected


def test_reached_has_an_interval_and_says_whether_it_is_inside() -> None:
    rows = calibration.reached(calibration.market().with_values(periods=12), replicates=4)
    assert (rows["low"] < rows["mean"]).all()
    assert (rows["mean"] < rows["high"]).all()
    inside = (rows["mean"] >= rows["target_low"]) & (rows["mean"] <= rows["target_high"])
    assert (rows["inside"] == inside).all()


def test_misfit_leaves_out_what_has_no_aim() -> None:
    aims = np.array([0.47, 0.25, 0.16, 0.5])
    assert nearest.misfit(aims) == 0.0
    assert nearest.misfit(aims + np.array([0.0, 0.0, 0.03, 0.0])) == 1.0


def test_fit_moves_only_the_tuned_and_stays_within_their_ranges() -> None:
    tried = calibration.fit(replicates=1, evaluations=6)
    assert 5 <= len(tried) <= 7
    assert list(tried.columns[:4]) == list(Parameters.TUNED)
    for entry in table():
        if entry.name in Parameters.TUNED:
            assert tried[entry.name].between(entry.low, entry.high).all()
    assert (tried["objective"] >= tried["misfit"]).all()


def kept() -> population.Population:
    random = np.random.default_rng(0)
    settings = 0.5 + 0.1 * random.standard_normal((40, 4))
    return population.Population(settings, np.zeros((40, 4)), np.full(40, 1 / 40), 2.0, 40)


def test_proposals_stay_within_the_ranges_and_near_what_was_kept() -> None:
    drawn = population.proposals(kept(), 200, np.random.default_rng(1))
    assert drawn.min() >= 0.0
    assert drawn.max() <= 1.0
    assert np.abs(drawn.mean(axis=0) - 0.5).max() < 0.1


def test_weights_undo_the_density_of_proposing() -> None:
    """What was proposed around the middle counts less than what was proposed at the edge."""
    settings = np.array([[0.5] * 4, [0.7] * 4])
    middle, edge = population.weights_of(settings, kept())
    assert middle < edge
    assert middle + edge == 1.0 or abs(middle + edge - 1.0) < 1e-12


def test_distance_counts_the_worst_target() -> None:
    middle = np.array([(one.low + one.high) / 2 for one in calibration.TARGETS])
    assert population.distance(middle) == 0.0
    edge = middle.copy()
    edge[1] = calibration.TARGETS[1].high
    assert abs(population.distance(edge) - 1.0) < 1e-9
    assert population.distance(np.full(4, np.nan)) == np.inf


def test_search_keeps_the_nearest_of_those_drawn() -> None:
    found, rounds = calibration.search(members=3, first=3, replicates=1, rounds=1)
    assert found.settings.shape == (3, 4)
    assert rounds["tried"].tolist() == [8]
    assert population.distance(found.values).max() <= max(found.tolerance, 1.0)


def test_stored_family_fits_all_targets() -> None:
    family = calibration.family()
    assert len(family) >= 20
    for target in calibration.TARGETS:
        assert family[target.name].between(target.low, target.high).all()
    assert abs(family["weight"].sum() - 1.0) < 1e-3
    for setting in calibration.settings():
        Parameters(**setting)


def test_figures_have_a_row_a_target_and_a_panel_a_pair() -> None:
    rows = [
        {"name": one.name, "target_low": one.low, "target_high": one.high, "mean": one.low}
        for one in calibration.TARGETS
    ]
    reached = pd.DataFrame(rows).assign(low=lambda r: r["mean"] - 0.01, high=lambda r: r["mean"])
    family = calibration.family()
    figure = pictures.target_and_reached(reached, family)
    assert len(figure.axes[0].get_yticks()) == len(calibration.TARGETS)
    entries = {e.name: e for e in table() if e.name in Parameters.TUNED}
    defaults = {name: entry.default for name, entry in entries.items()}
    ranges = {name: (entry.low, entry.high) for name, entry in entries.items()}
    assert len(pictures.family_pairs(family, defaults, ranges).axes) == 11
