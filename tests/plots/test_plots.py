"""Pictures say what they show: words on every axis, one colour an arm, no model behind them."""

import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from made_up import PARTS, curves, made_up, relationships
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

import relsim
from relsim import plots
from relsim.plots import arms, palette, style, words

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")


SMALL = {"buyers": 6, "salespeople": 5, "suppliers_per_buyer": 2, "periods": 6, "warm_up": 3}


def colours_of_lines(figure: Figure, title: str) -> set[str]:
    axes = panel(figure, title)
    return {to_hex(line.get_color()).upper() for line in axes.lines}


def panel(figure: Figure, title: str) -> Axes:
    return next(a for a in figure.axes if a.get_title(loc="left").startswith(title))


def test_comparison_has_words_on_every_panel() -> None:
    figure = plots.comparison(made_up("aggressive", "trusting"))
    assert len(figure.axes) == 6
    for axes in figure.axes:
        assert axes.get_title(loc="left")
        assert axes.get_xlabel()
        assert axes.get_ylabel() or axes.get_yticklabels()[0].get_text()


def test_the_page_says_what_came_out_of_how_many_runs() -> None:
    result = made_up("aggressive", "trusting")
    words = " ".join(text.get_text() for text in plots.comparison(result).texts)
    assert result.finding in words
    assert "40 replicates of each, seed 0" in words


def test_type_is_large_enough_for_the_back_row() -> None:
    figure = plots.comparison(made_up("aggressive", "trusting"))
    height = figure.get_size_inches()[1] * 72
    words = [a.get_title(loc="left") and a._left_title for a in figure.axes]
    words += [text for a in figure.axes for text in a.texts]
    words += [label for a in figure.axes for label in a.get_xticklabels() + a.get_yticklabels()]
    assert min(text.get_fontsize() / height for text in words) > 1 / 60


@pytest.mark.parametrize("names", [("aggressive", "trusting"), ("trusting", "aggressive")])
def test_arms_keep_their_colours(names: tuple[str, str]) -> None:
    assert plots.colours(names)["aggressive"] == palette.ARMS["aggressive"]
    figure = plots.comparison(made_up(*names))
    for title in ("Disclosed by suppliers", "Ideas from a supplier"):
        assert colours_of_lines(figure, title) == {
            palette.ARMS["aggressive"],
            palette.ARMS["trusting"],
        }


def test_arms_that_are_no_stances_have_colours_of_their_own() -> None:
    chosen = plots.colours(["aggressive", "services", "uncertainty=0.6"])
    assert len(set(chosen.values())) == 3


def test_every_arm_has_its_phases() -> None:
    names = ("aggressive", "trusting", "loyal")
    axes = panel(plots.comparison(made_up(*names)), "Phases")
    assert [label.get_text() for label in axes.get_yticklabels()] == [*names]
    for row in range(3):
        bars = [bar for bar in axes.patches if round(bar.get_y() + bar.get_height() / 2) == row]
        assert sum(bar.get_width() for bar in bars) == pytest.approx(1.0)


MANY = [
    ("aggressive", "trusting"),
    ("aggressive", "trusting", "loyal"),
    ("aggressive", "trusting", "eight_automakers"),
    ("eight automakers of the north", "trusting"),
    ("aggressive", "trusting", "loyal", "services", "uncertainty=0.6", "uncertainty=0.7"),
]


@pytest.mark.parametrize("names", MANY, ids=lambda names: f"{len(names)}-{max(map(len, names))}")
def test_no_words_overlap_or_leave_the_page(names: tuple[str, ...]) -> None:
    figure = plots.comparison(made_up(*names))
    figure.canvas.draw()
    page = figure.bbox
    words = [*figure.texts]
    for axes in figure.axes:
        words += [axes._left_title, axes.xaxis.label, axes.yaxis.label, *axes.texts]
    boxes = [
        (word.get_text(), word.get_window_extent())
        for word in words
        if word.get_text().strip("\u25a0 ")
    ]
    for text, box in boxes:
        assert min(box.x0 - page.x0, page.x1 - box.x1) >= 0.0, text
        assert min(box.y0 - page.y0, page.y1 - box.y1) >= 0.0, text
    for place, (text, box) in enumerate(boxes):
        for other, beside in boxes[:place]:
            # Boxes include the room of letters with a tail.
            apart = box.padded(-2.0).overlaps(beside.padded(-2.0))
            assert not apart, (text, other)


def test_parts_of_a_difference_are_those_of_the_replicates() -> None:
    result = relsim.compare(*MANY[1], base=relsim.Parameters(**SMALL), replicates=3, seed=1)
    wide = result.runs.pivot(index="replicate", columns="arm")
    for arm in result.names[1:]:
        parts = result.parts[result.parts["arm"] == arm].set_index("part")
        cost = wide["total_cost_per_unit"]
        assert parts.loc["total", "difference"] == pytest.approx(
            (cost[arm] - cost["aggressive"]).mean()
        )
        assert parts["difference"].drop("total").sum() == pytest.approx(
            parts.loc["total", "difference"]
        )


def test_differences_over_time_are_taken_in_pairs() -> None:
    result = relsim.compare(*MANY[0], base=relsim.Parameters(**SMALL), replicates=4, seed=1)
    rows = result.differences
    rows = rows[(rows["measure"] == "component_price") & (rows["period"] == 3)].iloc[0]
    base = relsim.Parameters(**SMALL)
    prices = [
        [
            relsim.simulate(base.with_values(buyer_stances=name), seed)
            .series.set_index("period")
            .loc[3, "component_price"]
            for seed in result.seeds
        ]
        for name in result.names
    ]
    apart = np.subtract(prices[1], prices[0])
    assert rows["mean"] == pytest.approx(apart.mean())
    half = 3.182446305 * apart.std(ddof=1) / 2.0  # t with three degrees of freedom
    assert rows["high"] - rows["mean"] == pytest.approx(half)


def test_what_ideas_save_is_named_by_its_effect_on_cost() -> None:
    """Above zero a bar or curve costs more: as "saved" it would be read the other way round."""
    axes = panel(plots.comparison(made_up("aggressive", "trusting")), "Where the difference")
    labels = [label.get_text() for label in axes.get_yticklabels()]
    moved = curves()
    moved.loc[moved["measure"].isin(palette.SAVINGS.measures), "mean"] *= 9.0
    _, right = plots.trust_versus_cost(moved, "", "").axes
    labels += [text.get_text() for text in right.texts]
    assert labels.count("effect of ideas on cost") == 2
    assert not any("saved" in label for label in labels)


def test_steps_of_the_waterfall_end_at_the_total() -> None:
    result = made_up("aggressive", "trusting")
    axes = panel(plots.comparison(result), "Where the difference")
    *steps, total = axes.patches
    assert [bar.get_width() for bar in axes.patches] == pytest.approx(
        result.parts["difference"].tolist()
    )
    assert steps[-1].get_x() + steps[-1].get_width() == pytest.approx(total.get_width())
    assert total.get_x() == 0.0


def test_intervals_stay_where_values_can_be() -> None:
    result = made_up("aggressive", "trusting")
    result.series["low"], result.series["high"] = -9.0, 999.0
    for measure, limits in {
        "transaction_time_share": (0, 1),
        "information_received": (0, 3),
    }.items():
        band = arms.curve(result, "trusting", measure)
        assert (band.low.min(), band.high.max()) == limits
    assert arms.curve(result, "trusting", "total_cost_per_unit").high.max() == 999.0


def test_a_colour_means_one_thing() -> None:
    parts = {part.colour for part in (*palette.COST_PARTS, palette.SAVINGS)} | {
        *palette.PHASES.values()
    }
    assert not parts & {*palette.ARMS.values(), *palette.OTHER_ARMS}
    names = [*palette.ARMS, "services", "other"]
    assert len(set(plots.colours(names).values())) == len(names)


def test_crossing_is_marked_and_said() -> None:
    result = made_up("aggressive", "trusting")
    axes = panel(plots.comparison(result), "Difference in the cost")
    assert any("aggressive\nhas cost more in all" in text.get_text() for text in axes.texts)
    result.crossing["dearer"] = ""
    axes = panel(plots.comparison(result), "Difference in the cost")
    assert not any("in all" in text.get_text() for text in axes.texts)


def test_published_shares_are_drawn_on_the_market_that_they_are_of() -> None:
    for published, levels in ((True, {0.47, 0.25}), (False, set())):
        result = made_up("aggressive", "trusting")
        result.of_published_shares = published
        axes = panel(plots.comparison(result), "Time on price and blame")
        dashed = [line for line in axes.lines if line.get_linestyle() == "--"]
        assert {float(line.get_ydata()[0]) for line in dashed} == levels
    base = relsim.presets["eight_automakers"].with_values(periods=2, warm_up=0)
    assert relsim.compare("aggressive", "trusting", base=base, replicates=1).of_published_shares
    base = relsim.Parameters(**SMALL)
    small = relsim.compare("aggressive", "trusting", base=base, replicates=1)
    assert not small.of_published_shares


def test_trust_versus_cost_has_all_three_curves_on_one_pair_of_axes() -> None:
    figure = plots.trust_versus_cost(curves(), "What was found", "60 replicates, seed 0")
    assert figure.get_suptitle() == "What was found"
    assert figure.get_supxlabel() == "60 replicates, seed 0"
    left, right = figure.axes
    legend = left.get_legend()
    assert legend is not None
    labels = [text.get_text() for text in legend.get_texts()]
    assert labels[0].startswith("causal")
    assert [label.startswith("not causal") for label in labels[1:]] == [True, True]
    assert all("trust" in axes.get_xlabel() for axes in (left, right))


def test_parts_of_clamped_trust_add_up_to_the_causal_curve() -> None:
    table = curves()
    sums = table[table["measure"].isin(PARTS)].groupby(["curve", "trust"])["mean"].sum()
    savings = table[table["measure"].isin(palette.SAVINGS.measures)]
    total = sums - 2 * savings.set_index(["curve", "trust"])["mean"]
    _, right = plots.trust_versus_cost(table, "", "").axes
    drawn = sum(line.get_ydata() for line in right.lines[1:])
    np.testing.assert_allclose(drawn, total["clamped"])


def test_network_draws_every_relationship() -> None:
    figure = plots.network(relationships())
    lines = sum(len(c.get_paths()) for c in figure.axes[0].collections[:3])
    assert lines == 12


def test_empty_places_are_not_drawn() -> None:
    table = relationships()
    table.loc[0, "phase"] = 0
    assert "11" not in plots.network_text(table)  # three phases with 3, 4 and 4
    assert "3 commercial, 4 collaborative, 4 collaborative and personal" in plots.network_text(
        table
    )


@pytest.mark.parametrize(
    "text",
    [
        plots.comparison_text(made_up("aggressive", "trusting")),
        plots.trust_versus_cost_text(curves(), "What was found"),
        plots.network_text(relationships()),
    ],
)
def test_alternative_text_is_one_paragraph(text: str) -> None:
    assert text.endswith(".")
    assert "\n" not in text
    assert "nan" not in text


def test_saved_picture_carries_its_words() -> None:
    written = BytesIO()
    plots.save(plots.network(relationships()), written, "Who deals with whom.")
    assert Image.open(written).text["Description"] == "Who deals with whom."


def test_labels_move_apart_and_keep_their_order() -> None:
    moved = words.apart([1.0, 1.01, 1.02, 9.0], 0.5)
    assert moved == sorted(moved)
    assert min(np.diff(moved)) >= 0.5 - 1e-9
    assert moved[-1] == 9.0


def test_neither_pyplot_nor_the_model_is_imported() -> None:
    code = (
        "import sys, relsim.plots;"
        "found = {'matplotlib.pyplot', 'relsim.model.schedule', 'numba', 'mesa'};"
        "print(sorted(found & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_half_years_are_means_and_short_runs_stay_months() -> None:
    months = np.arange(120.0)
    drawn = palette.half_years(palette.Band(months, months, months, months))
    assert len(drawn.x) == 20
    assert drawn.mean.mean() == months.mean()
    short = palette.Band(*[np.arange(24.0)] * 4)
    assert palette.half_years(short) is short


def test_one_replicate_has_no_interval_and_is_drawn_all_the_same() -> None:
    result = made_up("aggressive", "trusting")
    bounds = [name for name in result.series.columns if name in ("low", "high")]
    result.series[bounds] = np.nan
    drawn, picture = plots.comparison(result), BytesIO()
    plots.save(drawn, picture)
    assert picture.getvalue().startswith(b"\x89PNG")
    for axes in drawn.axes:
        # Means are drawn all the same: no line is without any number.
        assert all(np.isfinite(line.get_ydata()).any() for line in axes.get_lines())


def test_shares_fill_their_rows_from_the_top_and_are_written_where_there_is_room() -> None:
    axes = plots.new_figure().subplots()
    shares = {"much": np.array([0.95, 0.4]), "little": np.array([0.05, 0.6])}
    style.stacked(axes, ["one", "two"], shares, {"much": "#CFC9E1", "little": "#3F2A78"}, size=15.0)
    bars = [(bar.get_x(), bar.get_y(), bar.get_width()) for bar in axes.patches]
    assert np.allclose(
        bars, [(0, -0.35, 0.95), (0, 0.65, 0.4), (0.95, -0.35, 0.05), (0.4, 0.65, 0.6)]
    )
    assert axes.yaxis.get_inverted()
    found = [(text.get_text(), text.get_color()) for text in axes.texts]
    assert found == [("95%", "#222222"), ("40%", "#222222"), ("60%", "white")]
