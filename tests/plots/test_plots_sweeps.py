"""Pictures of sweeps have their words and intervals, large enough for the back row."""

import functools
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from matplotlib.figure import Figure
from settings_of_others import settings_of_others  # noqa: F401 - a fixture
from stored import MEASURE, ishigami, linear, on_grid, sweep

from relsim import curve, plots, replicates
from relsim.analysis.outcomes import sample_size
from relsim.analysis.sensitivity import sensitivity
from relsim.plots import replication, sweeps

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

FUNCTIONS = {"aggressive": ishigami, "trusting": linear}
ARMS = ["aggressive", "trusting"]


@functools.cache
def of_design(design: str, points: int) -> Figure:
    results = sweep(FUNCTIONS, arms=ARMS, design=design, points=points)
    return sensitivity(results, MEASURE).plot()


DRAWN = sweep(FUNCTIONS, 1.0, arms=ARMS, points=60, replicates=6)
CURVE = curve(DRAWN, "candour", MEASURE)
SHRINKING = replicates(DRAWN, MEASURE)

SIZE = sample_size(DRAWN)

FIGURES = {
    "sobol": lambda: of_design("sobol", 64),
    "morris": lambda: of_design("morris", 10),
    "ranking": lambda: of_design("latin_hypercube", 60),
    "curve": lambda: sweeps.curve(CURVE, "candour", f"{MEASURE}, money/unit", "", SIZE),
    "replicates": lambda: replication.replicates(SHRINKING, MEASURE, "money/unit", SIZE),
}


@pytest.mark.parametrize("name", FIGURES)
def test_words_are_there_and_large_enough(name: str) -> None:
    figure = FIGURES[name]()
    plots.save(figure, BytesIO())
    width = figure.get_size_inches()[0] * 72
    for axes in figure.axes:
        assert axes.get_title(loc="left")
        assert axes.get_xlabel()
        words = [*axes.texts, axes.xaxis.label, *axes.get_xticklabels(), *axes.get_yticklabels()]
        # A projected page is 16 by 9, so that its width sets the size.
        assert min(text.get_fontsize() / width for text in words) > 1 / 110


@pytest.mark.parametrize("name", FIGURES)
def test_points_replicates_and_seed_are_said(name: str) -> None:
    words = FIGURES[name]().get_supxlabel()
    assert re.search(r"\d+ points, \d+ replicates? of each, seed 0$", words)


@pytest.mark.parametrize("name", ["sobol", "morris", "ranking"])
def test_arms_have_a_panel_each_in_their_colour(name: str) -> None:
    figure = FIGURES[name]()
    assert [axes.get_title(loc="left") for axes in figure.axes] == ARMS
    labels = [[t.get_text() for t in axes.get_yticklabels()] for axes in figure.axes]
    assert set(labels[0]) == {"candour", "work weight", "uncertainty"}


def test_only_what_the_back_row_can_read_is_drawn() -> None:
    table = sensitivity(sweep({"base": linear}, design="morris", points=5), MEASURE).table
    many = table.loc[table.index.repeat(6)].copy()
    many["parameter"] += many.groupby(["index", "parameter"]).cumcount().astype(str)
    figure = sweeps.sensitivity(many, MEASURE)
    assert len(figure.axes[0].get_yticklabels()) == sweeps.MAX_BARS
    assert "6 more parameters, none above" in figure.get_supxlabel()


def test_the_title_names_no_parameter_that_chance_alone_would_show() -> None:
    found = sensitivity(sweep(FUNCTIONS, arms=ARMS, points=60), MEASURE).table
    assert "depends most on work weight" in sweeps.sensitivity(found, MEASURE).get_suptitle()
    by_chance = found["index"] == "pawn_by_chance"
    # Work weight stands out in neither arm, uncertainty in one, where it is the lesser.
    marks = found.assign(value=found["value"].where(~by_chance, 0.99))
    own = (marks["arm"] == "trusting") & (marks["parameter"] == "uncertainty")
    marks.loc[own & by_chance, "value"] = 0.0
    title = sweeps.sensitivity(marks, MEASURE).get_suptitle()
    assert title == "Total cost per unit depends most on uncertainty"
    text = sweeps.sensitivity_text(marks, MEASURE)
    assert "aggressive: no parameter stands out from chance." in text
    assert "trusting: uncertainty 0." in text
    marks.loc[own & by_chance, "value"] = 0.99
    title = sweeps.sensitivity(marks, MEASURE).get_suptitle()
    assert title == "Total cost per unit: no parameter stands out from chance"


def test_the_title_names_no_parameter_whose_interval_holds_zero() -> None:
    table = sensitivity(sweep({"base": linear}, design="sobol", points=64), MEASURE).table
    assert "depends most on work weight" in sweeps.sensitivity(table, MEASURE).get_suptitle()
    title = sweeps.sensitivity(table.assign(low=-0.1), MEASURE).get_suptitle()
    assert title.endswith("no parameter stands out from chance")


def test_the_title_of_differences_counts_bands_clear_of_zero() -> None:
    table = curve(DRAWN, "candour", MEASURE, minus="aggressive")
    table.loc[:0, ["low", "high"]] = -1.0, -0.5
    table.loc[1:, ["low", "high"]] = 0.5, 1.0
    figure = sweeps.curve(table, "candour", f"{MEASURE}, money/unit", "aggressive")
    title = figure.axes[0].get_title(loc="left")
    assert title.startswith("total cost per unit, less that of aggressive\n")
    count = len(table)
    assert f"above zero at {count - 1} of {count} points, below zero at 1 of {count}" in title
    assert "paired" in figure.get_supxlabel()


def test_many_curves_have_colours_of_their_own() -> None:
    names = [f"candour = {place}" for place in range(9)]
    assert len(set(sweeps.arm_colours(names).values())) == 9


@pytest.mark.parametrize(
    "written",
    [
        lambda: sweeps.sensitivity_text(sensitivity(DRAWN, MEASURE).table, MEASURE),
        lambda: sweeps.curve_text(CURVE, "candour", MEASURE),
        lambda: replication.replicates_text(SHRINKING, MEASURE),
    ],
    ids=["sensitivity", "curve", "replicates"],
)
def test_alternative_text_is_one_paragraph(written: Callable[[], str]) -> None:
    text = written()
    assert text.endswith(".")
    assert "\n" not in text
    assert "nan" not in text
    assert "trusting: " in text


def test_names_are_no_mathematics(tmp_path: Path) -> None:
    table = replicates(on_grid(), MEASURE)
    table["arm"] = table["arm"].replace("trusting", "cost $a_{$ and $b_{$")
    plots.save(replication.replicates(table, MEASURE), tmp_path / "names.png")
    assert (tmp_path / "names.png").stat().st_size > 1000


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [float("nan"), 0.0, 1e-300, 1e300])
def test_values_at_the_edge_are_drawn_without_a_warning(value: float) -> None:
    shrinking = SHRINKING.assign(half_width=value, low=value, high=value)
    plots.save(replication.replicates(shrinking, MEASURE), BytesIO())
    flat = CURVE.assign(mean=value, low=value, high=value)
    plots.save(sweeps.curve(flat, "candour", MEASURE), BytesIO())
