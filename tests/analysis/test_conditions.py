"""Conditions on measures say the same as pandas would, run nothing, and explain what is wrong."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from stored import MEASURE, on_grid

from relsim.analysis.conditions import Condition
from relsim.io.errors import InputError

TRUST = "suppliers_trust_in_buyer"


def means(results: SimpleNamespace, measure: str, arm: str) -> np.ndarray:
    rows = results.runs[results.runs["arm"] == arm]
    return rows.groupby("point")[measure].mean().to_numpy()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{MEASURE}[trusting] > {MEASURE}[aggressive] + 1", lambda a, t, x: t > a + 1),
        (f"{MEASURE}['trusting'] > 0.4", lambda a, t, x: t > 0.4),
        (f"-1 < {MEASURE}[aggressive] <= 2 * 0.25", lambda a, t, x: (a > -1) & (a <= 0.5)),
        (f"not {MEASURE}[trusting] - {TRUST}[trusting] / 2 < 0", lambda a, t, x: t - x / 2 >= 0),
        (
            f"{MEASURE}[trusting] > 1 or {MEASURE}[trusting] < 0 and {TRUST}[trusting] >= 0.5",
            lambda a, t, x: (t > 1) | ((t < 0) & (x >= 0.5)),
        ),
    ],
)
def test_conditions_are_judged_on_means_over_replicates(text: str, expected: object) -> None:
    results = on_grid()
    columns = ((MEASURE, "aggressive"), (MEASURE, "trusting"), (TRUST, "trusting"))
    values = [means(results, *column) for column in columns]
    found = Condition(text, results).holds()
    assert found.tolist() == expected(*values).tolist()  # type: ignore[operator]
    assert 0 < found.sum() < len(found)


def test_a_share_counts_replicates() -> None:
    results = on_grid()
    rows = results.runs[results.runs["arm"] == "trusting"]
    share = (rows[MEASURE] > 0.5).groupby(rows["point"]).mean().to_numpy()
    assert len(set(share)) > 2
    condition = Condition(f"{MEASURE}[trusting] > 0.5", results)
    for needed in (0.25, 0.75):
        assert condition.holds(needed).tolist() == (share >= needed).tolist()


def test_only_runs_that_have_all_that_is_named_count() -> None:
    results = on_grid(noise=0.0)
    runs = results.runs
    first = (runs["point"] == 0) & (runs["replicate"] == 0)
    runs.loc[first & (runs["arm"] == "trusting"), MEASURE] = np.nan
    runs.loc[first & (runs["arm"] == "aggressive"), MEASURE] = 1e6
    runs.loc[(runs["point"] == 1) & (runs["arm"] == "trusting"), MEASURE] = np.nan
    text = f"{MEASURE}[trusting] > {MEASURE}[aggressive]"
    for share in (None, 1.0):
        found = Condition(text, results).holds(share)
        assert np.isnan(found[1])
        assert np.delete(found, 1).tolist() == [1.0] * 5


def test_nothing_over_nothing_is_unknown() -> None:
    results = on_grid(noise=0.0)
    # Trust of the first two points is zero.
    found = Condition(f"{TRUST}[trusting] / {TRUST}[aggressive] > 0.5", results).holds()
    assert np.isnan(found).tolist() == [True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("total_cost[trusting] > 1", "unknown measure of this sweep 'total_cost'; nearest: total_"),
        (f"{MEASURE}[trustin] > 1", "unknown arm of this sweep 'trustin'; nearest: trusting"),
        (f"{MEASURE} > 1", "say of which arm: total_cost_per_unit[aggressive or trusting]"),
        (f"{MEASURE}[trusting]", "allowed are comparisons, joined by and, or, not"),
        (f"{MEASURE}[trusting] == 1", "allowed comparisons are < <= > >="),
        (f"{MEASURE}[trusting] ** 2 > 1", "allowed are measures, numbers and + - * /"),
        (f"{MEASURE}[trusting] > True", "allowed are measures, numbers and + - * /"),
        ("__import__('os').getpid() > 1", "allowed are measures, numbers and + - * /"),
        (f"(lambda: 1)() > {MEASURE}[trusting]", "allowed are measures, numbers and + - * /"),
        ("1 < 2", "it names no measure"),
        ("total_cost >", "it cannot be read"),
        ("", "it cannot be read"),
        ("(" * 400 + "1 > 2" + ")" * 400, "it cannot be read"),
        ("1 < 2 or " * 200 + "1 < 2", "allowed are 1000 characters"),
    ],
)
def test_what_is_no_condition_is_refused_in_a_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)) as error:
        Condition(text, on_grid())
    assert "\n" not in str(error.value)
