"""Bokeh figures over column data sources: made once, then only their data change."""

from __future__ import annotations

from typing import Any, NamedTuple

from bokeh.models import (
    ColumnDataSource,
    CustomJSTickFormatter,
    FactorRange,
    HoverTool,
    Range1d,
)
from bokeh.models.annotations import Label, LabelSet, Span
from bokeh.plotting import figure

from relsim.app.texts import text
from relsim.plots import palette

ARM_COLOURS = {"a": palette.ARMS["aggressive"], "b": palette.ARMS["trusting"]}
"""Vermilion and blue, as in all figures. The letter stands beside, for who sees no colours."""

MARKERS = {"a": "circle", "b": "square"}

TITLE, LABEL, TICK = "19px", "16px", "15px"
HEIGHT = 340
"""Of every picture, so that they stand in rows without gaps."""

_HALF = ("total_cost_per_unit", "information_received", "ideas_received", "transaction_time_share")

COLUMNS: dict[str, tuple[str, ...]] = {
    **{
        f"half_{letter}": (
            "month",
            *(f"{name}{side}" for name in _HALF for side in ("", "_low", "_high")),
        )
        for letter in "ab"
    },
    **{
        f"month_{letter}": (
            "month",
            "zero",
            "top",
            "level_personal",
            "level_joint",
            *(
                f"{name}{side}"
                for name in ("cumulative_cost_per_unit", "collaborative_share", "personal_share")
                for side in ("", "_low", "_high")
            ),
        )
        for letter in "ab"
    },
    **{f"trust_{letter}": ("trust", "cost", "low", "high") for letter in "ab"},
    "stack": ("arm", "part", "bottom", "top", "colour", "middle", "label"),
    "parts": ("part", "difference", "colour", "label", "align", "shift"),
    "summary": ("measure", "unit", "a", "b", "difference", "low", "high"),
    "crossing": ("month",),
    "words": ("headline", "detail", "query"),
    **{f"album_{letter}": ("seller", "phase", "first", "second") for letter in "ab"},
    "nodes": ("x", "y", "side", "name", "slots"),
    **{
        f"edges_{letter}": ("x0", "y0", "x1", "y1", "colour", "width", "story", "phase")
        for letter in "ab"
    },
    "disclosure": ("layer", "a", "b"),
}
"""Columns of every source. Those of ``edges_`` are filled in by the page, month by month."""


def sources() -> dict[str, ColumnDataSource]:
    """All sources by name, empty."""
    return {
        name: ColumnDataSource({column: [] for column in columns}, name=name)
        for name, columns in COLUMNS.items()
    }


class Pictures(NamedTuple):
    """All figures by name, and the sources that they draw."""

    figures: dict[str, Any]
    sources: dict[str, ColumnDataSource]


def build() -> Pictures:
    """All pictures of a page, empty."""
    made = sources()
    figures: dict[str, Any] = {}
    crossing = Span(dimension="height", line_dash="dotted", line_width=2, name="overtaking")
    cumulative = _over_time("cumulative", "axis_money")
    _lines(cumulative, made, "month", "cumulative_cost_per_unit")
    cumulative.add_layout(crossing)
    figures["cumulative"] = cumulative
    for name, measure, axis in (
        ("per_unit", "total_cost_per_unit", "axis_money"),
        ("information", "information_received", "axis_layers"),
        ("ideas", "ideas_received", "axis_year"),
        ("transaction", "transaction_time_share", "axis_share"),
    ):
        figures[name] = _over_time(name, axis)
        _lines(figures[name], made, "half", measure)
    _published(figures["transaction"])
    figures["stack"] = _stack(made["stack"])
    figures["parts"] = _parts(made["parts"])
    figures["trust_cost"] = _trust_cost(made)
    for letter in "ab":
        figures[f"phases_{letter}"] = _phases(letter, made[f"month_{letter}"])
        figures[f"network_{letter}"] = _network(letter, made)
    figures["disclosure"] = _disclosure(made["disclosure"])
    return Pictures(figures, made)


def _plain(name: str, **options: Any) -> Any:
    made: Any = figure(
        name=name,
        height=HEIGHT,
        sizing_mode="stretch_width",
        tools="",
        toolbar_location=None,
        title=options.pop("title", None) or text(name),
        output_backend="canvas",
        min_border_right=12,
        **options,
    )
    made.title.text_font_size = TITLE
    for axis in made.axis:
        axis.axis_label_text_font_size = LABEL
        axis.axis_label_text_font_style = "normal"
        axis.major_label_text_font_size = TICK
        axis.minor_tick_line_color = None
    made.xgrid.grid_line_color = None
    made.outline_line_color = None
    return made


def _over_time(name: str, axis: str) -> Any:
    made = _plain(name, x_axis_label=text("axis_month"), y_axis_label=text(axis))
    made.xaxis.ticker.desired_num_ticks = 5
    made.xaxis.ticker.mantissas = [1.2, 2.4, 3.6, 6.0]
    made.y_range.range_padding = 0.25  # room for the names at the ends of the lines
    return made


def _lines(made: Any, sources: dict[str, ColumnDataSource], span: str, measure: str) -> None:
    """Both arms: a line each, with its interval."""
    for letter in "ab":
        source = sources[f"{span}_{letter}"]
        made.varea(
            "month",
            f"{measure}_low",
            f"{measure}_high",
            source=source,
            fill_color=ARM_COLOURS[letter],
            fill_alpha=0.22,
            name=f"band_{letter}",
        )
        made.line(
            "month",
            measure,
            source=source,
            line_color=ARM_COLOURS[letter],
            line_width=4,
            name=f"line_{letter}",
        )
        made.add_layout(_end_label(f"{span}_{letter} {measure}", letter))


def _end_label(place: str, letter: str) -> Label:
    """Name of an arm; the page moves it to the end of its line."""
    return Label(
        x=0.0,
        y=0.0,
        text=letter.upper(),
        text_font_size=TITLE,
        text_font_style="bold",
        text_color=ARM_COLOURS[letter],
        text_baseline="middle",
        text_align="right",
        visible=False,
        name=f"end {place}",
    )


def _published(made: Any) -> None:
    least, most = palette.PUBLISHED_SHARES.values()
    # The upper line's words above it, the lower one's below: the curves run between them.
    above = Label(text=text("published_least"), y=least, y_offset=8, text_baseline="bottom")
    below = Label(text=text("published_most"), y=most, y_offset=-8, text_baseline="top")
    for share, label in ((least, above), (most, below)):
        label.update(x=90, x_units="screen", text_font_size=TICK)
        made.add_layout(label)
        made.add_layout(Span(location=share, dimension="width", line_dash="dashed", line_width=2))
    made.y_range = Range1d(start=0.0, end=0.7)
    made.yaxis.formatter = _percent()


def _percent() -> CustomJSTickFormatter:
    return CustomJSTickFormatter(code="return Math.round(100 * tick) + '%'")


def _stack(source: ColumnDataSource) -> Any:
    made = _plain(
        "stack",
        x_range=FactorRange(factors=["A", "B"]),
        y_axis_label=text("axis_money"),
    )
    made.vbar(
        "arm",
        0.62,
        "top",
        "bottom",
        source=source,
        fill_color="colour",
        line_color="white",
        legend_field="part",
    )
    made.text(
        "arm",
        "middle",
        "label",
        source=source,
        text_align="center",
        text_baseline="middle",
        text_font_size=TICK,
        text_color="#111111",
    )
    made.xaxis.major_label_text_font_size = TITLE
    legend = made.legend[0]
    made.add_layout(legend, "right")
    legend.label_text_font_size = TICK
    legend.border_line_color = None
    legend.spacing = 4
    legend.label_standoff = 2
    legend.padding = 0
    legend.background_fill_alpha = 0.0
    return made


def _parts(source: ColumnDataSource) -> Any:
    labels = [part.label for part in (*palette.COST_PARTS, palette.SAVINGS)]
    made = _plain("parts", y_range=FactorRange(factors=labels[::-1]))
    made.hbar(
        "part", 0.7, "difference", 0.0, source=source, fill_color="colour", line_color="#777777"
    )
    made.add_layout(
        LabelSet(
            x="difference",
            y="part",
            text="label",
            source=source,
            text_font_size=LABEL,
            text_baseline="middle",
            text_align="align",
            x_offset="shift",
        )
    )
    made.add_layout(Span(location=0.0, dimension="height", line_width=2))
    made.xaxis.axis_label = text("axis_money") + ", " + text("difference")
    made.x_range.range_padding = 0.6
    made.ygrid.grid_line_color = None
    return made


def _trust_cost(sources: dict[str, ColumnDataSource]) -> Any:
    made = _plain("trust_cost", x_axis_label=text("axis_trust"), y_axis_label=text("axis_money"))
    for letter in "ab":
        source, colour = sources[f"trust_{letter}"], ARM_COLOURS[letter]
        made.varea("trust", "low", "high", source=source, fill_color=colour, fill_alpha=0.22)
        made.line("trust", "cost", source=source, line_color=colour, line_width=4)
        made.scatter("trust", "cost", source=source, color=colour, size=9, marker=MARKERS[letter])
        made.add_layout(_end_label(f"trust_{letter} cost", letter))
    return made


def _phases(letter: str, source: ColumnDataSource) -> Any:
    made = _plain(
        f"phases_{letter}",
        title=text("phases", letter=letter.upper()),
        x_axis_label=text("axis_month"),
        y_axis_label=text("axis_relationships"),
        y_range=Range1d(start=0.0, end=1.0),
    )
    made.yaxis.formatter = _percent()
    names = text("phase_names").split("|")
    colours = list(palette.PHASES.values())
    for low, high, place in (
        ("zero", "level_personal", 2),
        ("level_personal", "level_joint", 1),
        ("level_joint", "top", 0),
    ):
        made.varea(
            "month",
            low,
            high,
            source=source,
            fill_color=colours[place],
            legend_label=names[place],
            name=f"phase_{place}",
        )
    legend = made.legend[0]
    made.add_layout(legend, "below")
    legend.orientation = "horizontal"
    legend.label_text_font_size = TICK
    legend.border_line_color = None
    legend.background_fill_alpha = 0.0
    made.xaxis.ticker.mantissas = [1.2, 2.4, 3.6, 6.0]
    return made


def _disclosure(source: ColumnDataSource) -> Any:
    layers = [
        name for domain in ("business", "personal") for name in text(f"layers_{domain}").split("|")
    ]
    made = _plain("disclosure", y_range=FactorRange(factors=layers[::-1]))
    for letter, shift in (("a", 0.2), ("b", -0.2)):
        made.hbar(
            _dodged("layer", shift, made.y_range),
            0.36,
            letter,
            0.0,
            source=source,
            fill_color=ARM_COLOURS[letter],
            line_color=None,
        )
        made.text(
            letter,
            _dodged("layer", shift, made.y_range),
            {"value": letter.upper()},
            source=source,
            text_color=ARM_COLOURS[letter],
            text_font_size=TICK,
            text_font_style="bold",
            text_baseline="middle",
            x_offset=4,
        )
    made.x_range = Range1d(start=0.0, end=1.06)
    made.xaxis.formatter = _percent()
    made.xaxis.axis_label = text("axis_reached")
    made.ygrid.grid_line_color = None
    return made


def _dodged(field: str, shift: float, among: Any) -> Any:
    from bokeh.transform import dodge

    return dodge(field, shift, range=among)


def _network(letter: str, sources: dict[str, ColumnDataSource]) -> Any:
    made = _plain(
        f"network_{letter}",
        title=text("network", letter=letter.upper()),
        x_range=Range1d(start=-0.02, end=1.02),
        y_range=Range1d(start=-0.16, end=1.16),
    )
    made.axis.visible = False
    made.grid.visible = False
    edges = made.segment(
        "x0",
        "y0",
        "x1",
        "y1",
        source=sources[f"edges_{letter}"],
        line_color="colour",
        line_width="width",
        line_cap="round",
        name=f"edges_{letter}",
    )
    edges.hover_glyph = None
    made.scatter(
        "x",
        "y",
        source=sources["nodes"],
        size=9,
        fill_color="#888888",
        line_color=None,
        name=f"nodes_{letter}",
    )
    for place, name in ((1.08, "buyers"), (-0.13, "salespeople")):
        made.add_layout(Label(x=0.0, y=place, text=text(name), text_font_size=TICK))
    made.add_tools(
        HoverTool(
            renderers=[edges],
            tooltips="<div style='max-width:20em'>@story</div>",
            point_policy="follow_mouse",
        )
    )
    return made
