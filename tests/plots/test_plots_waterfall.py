"""Differences in cost: all that is drawn lies on the scale, and no words on what is drawn."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest
from made_up import made_up
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import plots
from relsim.plots import style, waterfall, words
from relsim.plots.palette import Band

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

NAMES = ("aggressive", "trusting")


def drawn(result: SimpleNamespace, title: str) -> Axes:
    figure: Figure = plots.comparison(result)
    figure.canvas.draw()
    return next(a for a in figure.axes if a.get_title(loc="left").startswith(title))


def course(result: SimpleNamespace, mean: np.ndarray, half: float) -> SimpleNamespace:
    """Let the difference in cost go as given."""
    rows = result.differences["measure"] == "total_cost_per_unit"
    sides = {"mean": mean, "low": mean - half, "high": mean + half}
    for name, side in sides.items():
        result.differences.loc[rows, name] = side
    return result


FALLING = np.linspace(9.0, -9.0, 24)
FIRST = np.r_[50.0, np.linspace(9.0, -9.0, 23)]


@pytest.mark.parametrize("mean", [FALLING, -FALLING, FIRST], ids=["falling", "rising", "first"])
@pytest.mark.parametrize("half", [np.nan, 0.5, 4.0])
@pytest.mark.parametrize("period", [0.0, 7.0, 11.0, 12.0, 22.0])
def test_curve_is_on_the_scale_and_the_crossing_is_said_where_nothing_is(
    mean: np.ndarray, half: float, period: float
) -> None:
    result = course(made_up(*NAMES), mean, half)
    result.crossing["period_of_means"] = period
    axes = drawn(result, "Difference in the cost")
    low, high = axes.get_ylim()
    reach = np.nan_to_num(half)
    assert low < (mean - reach).min()
    assert (mean + reach).max() < high
    note = next(text for text in axes.texts if "in all" in text.get_text()).get_window_extent()
    room = axes.get_window_extent()
    assert room.x0 <= note.x0
    assert note.x1 <= room.x1
    assert room.y0 <= note.y0
    assert note.y1 <= room.y1
    months = np.linspace(0.0, 23.0, 400)
    for side in (mean - reach, mean, mean + reach, 0.0 * mean):
        line = axes.transData.transform(np.c_[months, np.interp(months, range(24), side)])
        inside = (line[:, 0] > note.x0) & (line[:, 0] < note.x1)
        inside &= (line[:, 1] > note.y0) & (line[:, 1] < note.y1)
        assert not inside.any()


@pytest.mark.parametrize("half", [0.1, 5.0, np.nan])
@pytest.mark.parametrize("scale", [1.0, -1.0, 1000.0])
def test_whiskers_and_numbers_of_steps_stay_in_the_panel(half: float, scale: float) -> None:
    result = made_up(*NAMES)
    result.parts["difference"] *= scale
    result.parts["low"] = result.parts["difference"] - half * abs(scale)
    result.parts["high"] = result.parts["difference"] + half * abs(scale)
    axes = drawn(result, "Where the difference")
    low, high = axes.get_xlim()
    for line in axes.lines:
        if line.get_transform() == axes.transData:
            ends = np.asarray(line.get_xdata(), float)
            assert low < ends.min()
            assert ends.max() < high
    room = axes.get_window_extent()
    numbers = [text for text in axes.texts if text.get_text()[0] in "+\u2212"]
    assert len(numbers) == 9
    for text in axes.texts:
        box = text.get_window_extent()
        assert room.x0 <= box.x0
        assert box.x1 <= room.x1


@pytest.mark.parametrize("shift", [-2.0, 0.0, 2.0])
def test_the_zero_line_ends_above_the_words_along_the_foot(shift: float) -> None:
    result = made_up(*NAMES)
    result.parts["difference"] += shift
    axes = drawn(result, "Where the difference")
    (zero,) = [line for line in axes.lines if line.get_transform() != axes.transData]
    foot = zero.get_window_extent().y0
    arrows = [text for text in axes.texts if "costs" in text.get_text()]
    assert len(arrows) == 2
    assert all(text.get_window_extent().y1 < foot for text in arrows)


LONG = "buyers=10, aggressiveness=0.0"


@pytest.mark.parametrize("names", [("aggressive", LONG), (LONG, "aggressive"), (LONG, LONG[::-1])])
def test_lines_with_long_names_stay_on_the_page(names: tuple[str, str]) -> None:
    figure = plots.comparison(course(made_up(*names), FALLING, 0.5))
    figure.canvas.draw()
    for axes in figure.axes:
        for text in (*axes.texts, axes.xaxis.label):
            box = text.get_window_extent()
            assert figure.bbox.x0 <= box.x0
            assert box.x1 <= figure.bbox.x1, text.get_text()


def test_without_any_cost_nothing_is_compared() -> None:
    nothing = np.full(3, np.nan)
    said = waterfall.turn("trusting", "aggressive", Band(np.arange(3.0), *[nothing] * 3))
    assert said == "there is no cost of a unit to compare"
    result = made_up(*NAMES)
    result.parts[["difference", "low", "high"]] = np.nan
    axes = drawn(result, "Where the difference")
    assert not any("nan" in text.get_text() for text in axes.texts)


def test_the_reference_of_several_differences_is_named() -> None:
    axes = drawn(made_up("aggressive", "trusting", "loyal"), "Where the difference")
    assert axes.get_xlabel() == "difference from aggressive, money per unit"


@pytest.mark.parametrize("count", [3, 7])
def test_many_arms_of_long_names_are_told_apart(count: int) -> None:
    """Names that begin alike are written in full in the key; rows have its squares."""
    names = ("aggressive", *(f"aggressiveness=0.{place}" for place in range(1, count + 1)))
    result = made_up(*names)
    figure = plots.comparison(result)
    figure.canvas.draw()
    written = [text.get_text() for text in figure.texts]
    assert [name for name in names if name in written] == [*names]
    paint = plots.colours(names)
    assert len(set(paint.values())) == len(names)
    axes = drawn(result, "Phases")
    labels = axes.get_yticklabels()
    assert [label.get_color() for label in labels] == [*paint.values()]
    places = [label.get_window_extent() for label in labels]
    assert not any(one.overlaps(next_one) for one, next_one in pairwise(places))
    boxes = [text.get_window_extent().padded(-2.0) for text in figure.texts]
    for place, box in enumerate(boxes):
        assert box.x1 <= figure.bbox.x1
        assert not any(box.overlaps(other) for other in boxes[:place])


def test_published_shares_lie_on_no_other_words() -> None:
    result = made_up(*NAMES)
    result.of_published_shares = True
    figure = plots.comparison(result)
    figure.canvas.draw()
    _, *last = [axes for axes in figure.axes if axes.get_position().y0 < 0.1]
    assert len(last) == 2
    said = [text for axes in last for text in (*axes.texts, axes._left_title)]
    said += [label for axes in last for label in axes.get_yticklabels()]
    boxes = [text.get_window_extent().padded(-2.0) for text in said if text.get_text()]
    for place, box in enumerate(boxes):
        assert box.x1 <= figure.bbox.x1
        assert not any(box.overlaps(other) for other in boxes[:place])
    assert any("dashed: published shares" in text.get_text() for text in figure.texts)


def test_names_of_two_curves_along_the_foot_stand_on_each_other() -> None:
    bands = {name: Band(*[np.full(24, 0.01 * place)] * 4) for place, name in enumerate(NAMES)}
    with style.own_settings():
        axes = plots.new_figure().subplots()
        axes.set_ylim(0.0, 10.0)
        words.name_arms(axes, bands, plots.colours(NAMES))
        one, other = (text.get_window_extent() for text in axes.texts)
    assert not one.overlaps(other)
