"""How many replicates an interval takes."""

import numpy as np
import pytest
from stored import MEASURE, ishigami, on_grid, sweep

from relsim import curve, sensitivity
from relsim.analysis.outcomes import outcomes, replicates_there, unfinished
from relsim.analysis.replication import needed, replicates, spread
from relsim.analysis.statistics import half_widths
from relsim.io.errors import InputError


def test_intervals_shrink_as_expected() -> None:
    table = replicates(on_grid(runs=200), MEASURE)
    assert list(table["arm"].unique()) == ["aggressive", "trusting", "trusting - aggressive"]
    rows = table[(table["arm"] == "aggressive") & (table["kind"] == "expected")]
    widths = rows.set_index("replicates")["half_width"]
    # Random draws have standard deviation sqrt(1 + 0.25).
    assert widths[100] == pytest.approx(1.984 * np.sqrt(1.25 / 100), rel=0.1)
    stored = table[(table["arm"] == "aggressive") & (table["kind"] == "stored")]
    assert stored["half_width"].iloc[-1] == pytest.approx(widths[200], rel=0.1)
    assert widths.index.max() == 2000


def test_the_same_draws_makes_differences_sharper() -> None:
    table = replicates(on_grid(runs=50), MEASURE)
    last = table[(table["kind"] == "expected") & (table["replicates"] == 50)].set_index("arm")
    assert last["half_width"]["trusting - aggressive"] < 0.8 * last["half_width"]["trusting"]


def test_number_of_replicates_for_an_interval() -> None:
    deviation = spread(outcomes(on_grid(runs=100), MEASURE, "trusting"))
    number = needed(deviation, 0.1)
    assert number == pytest.approx((1.96 * deviation / 0.1) ** 2, rel=0.02)


@pytest.mark.parametrize("width", [0.0, -1.0, float("nan"), 1e-9])
def test_impossible_intervals_are_refused(width: float) -> None:
    with pytest.raises(InputError, match="half width"):
        needed(1.0, width)


def test_one_replicate_has_no_interval() -> None:
    with pytest.raises(InputError, match="has one replicate"):
        replicates(sweep({"base": ishigami}, points=10), MEASURE)


def test_of_a_part_in_which_no_point_has_two_runs_nothing_is_known() -> None:
    results = on_grid(runs=2)
    results.runs = results.runs[(results.runs["point"] + results.runs["replicate"]) % 2 == 0]
    with pytest.raises(InputError, match="no point has two runs of aggressive yet"):
        replicates(results, MEASURE)


def test_an_unfinished_sweep_has_the_intervals_of_the_runs_that_are_there() -> None:
    """Two parts of three: each point has other two of its three replicates."""
    results = on_grid(runs=3)
    results.runs = results.runs[(results.runs["point"] + results.runs["replicate"]) % 3 != 0]
    table = replicates(results, MEASURE)
    stored = table[table["kind"] == "stored"]
    assert set(stored["replicates"]) == {2}
    assert replicates_there(results) == "2 of 3 replicates"
    assert unfinished(results).startswith("24 of 36 runs are there, 2 of 3 replicates at a point")
    wide = outcomes(results, MEASURE, "trusting")
    half = half_widths(wide.std(axis=1), 2)
    assert stored.set_index("arm")["half_width"]["trusting"] == pytest.approx(np.median(half))
    assert (unfinished(on_grid()), replicates_there(on_grid())) == ("", "8 replicates")
    # Points that are yet to come have none.
    results = on_grid(runs=3)
    results.runs = results.runs[results.runs["point"] < 3]
    assert replicates_there(results) == "0 to 3 of 3 replicates"
    assert replicates_there(results, [0, 1, 2]) == "3 replicates"


def test_a_sweep_or_an_arm_without_runs_is_not_said_to_have_one_replicate() -> None:
    empty = on_grid(runs=2)
    empty.runs = empty.runs[:0]
    with pytest.raises(InputError, match="has no runs of aggressive"):
        replicates(empty, MEASURE)
    half = on_grid(runs=2)
    half.runs = half.runs[half.runs["arm"] == "aggressive"]
    with pytest.raises(InputError, match="has no runs of trusting"):
        replicates(half, MEASURE)


def test_a_path_is_no_stored_sweep() -> None:
    for analysis in (
        lambda: replicates("a.duckdb", MEASURE),
        lambda: curve("a.duckdb", "candour", MEASURE),
        lambda: sensitivity("a.duckdb", MEASURE),
    ):
        with pytest.raises(InputError, match=r"allowed is what relsim\.load makes of a file"):
            analysis()
