"""Bokeh figures over column data sources: made once, then only their data change."""

from __future__ import annotations

from typing import Any, NamedTuple

from bokeh.models import (
    ColumnDataSource,
    CustomJSTickFormatter,
    FactorRange,
    HoverTool,
    LinearAxis,
    Range1d,
)
from bokeh.models.annotations import Label, LabelSet, Span
from bokeh.plotting import figure
from bokeh.transform import dodge

from relsim.app.texts import Words
from relsim.app.views import CURVES, MONTHLY, PARTS, SIDES, STACK
from relsim.model.observation import CUMULATIVE_COST
from relsim.plots import palette

ARM_COLOURS = {"a": palette.ARMS["aggressive"], "b": palette.ARMS["trusting"]}
"""Vermilion and blue, as in all figures. The letter stands beside, for who sees no colours."""

MARKERS = {"a": "circle", "b": "square"}

LARGE, SMALL = "19px", "15px"
HEIGHT = 340
"""Of every picture, so that they stand in rows without gaps."""

YEARS = [1.2, 2.4, 3.6, 6.0]
"""Steps between ticks of months, times a power of ten: whole years."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "stack": STACK,
    "parts": PARTS,
    "summary": ("measure", "unit", "a", "b", "difference", "low", "high"),
    "crossing": ("month",),
    "words": ("headline", "detail", "because", "title_a", "title_b", "query"),
    "nodes": ("x", "y", "side", "slots"),
    "disclosure": ("layer", "a", "b"),
}
"""Columns of the sources that both arms share."""

NUMBER = """
const { lang } = document.documentElement;
return tick.toLocaleString(lang, { maximumFractionDigits: 3, useGrouping: false });
"""
"""Numbers at axes, in the language of the page."""

LEVELS = ("zero", "level_personal", "level_joint", "top")
"""Edges of the phases in their picture, from the bottom up."""

ARM_COLUMNS: dict[str, tuple[str, ...]] = {
    "half": ("month", *(f"{name}{side}" for name in CURVES for side in SIDES)),
    "month": ("month", *LEVELS, *(f"{name}{side}" for name in MONTHLY for side in SIDES)),
    "trust": ("trust", "cost", "cost_low", "cost_high"),
    "album": ("seller", "phase", "first", "second"),
    "edges": ("x0", "y0", "x1", "y1", "colour", "width", "story", "phase", "slot"),
    "chosen": ("x0", "y0", "x1", "y1"),
}
"""Columns of the sources that each arm has. Those of ``edges`` the page fills in, by the month,
those of ``chosen`` with the relationship whose story is told."""


def sources() -> dict[str, ColumnDataSource]:
    """All sources by name, empty."""
    of_arms = {f"{name}_{arm}": named for name, named in ARM_COLUMNS.items() for arm in "ab"}
    return {
        name: ColumnDataSource({column: [] for column in columns}, name=name)
        for name, columns in (COLUMNS | of_arms).items()
    }


class Pictures(NamedTuple):
    """All figures by name, and the sources that they draw."""

    figures: dict[str, Any]
    sources: dict[str, ColumnDataSource]


def build(words: Words) -> Pictures:
    """All pictures of a page, empty, their words in one language."""
    made = sources()
    figures: dict[str, Any] = {}
    for name, span, measure, axis in (
        ("cumulative", "month", CUMULATIVE_COST, "axes.money"),
        ("per_unit", "half", "total_cost_per_unit", "axes.money"),
        ("information", "half", "information_received", "axes.layers"),
        ("ideas", "half", "ideas_received", "axes.year"),
        ("transaction", "half", "transaction_time_share", "axes.share"),
    ):
        figures[name] = _over_time(name, axis, words)
        _curves(figures[name], made, span, "month", measure)
    crossing = Span(dimension="height", line_dash="dotted", line_width=2, name="overtaking")
    figures["cumulative"].add_layout(crossing)
    _published(figures["transaction"], words)
    figures["stack"] = _stack(made["stack"], words)
    figures["parts"] = _parts(made["parts"], words)
    figures["trust_cost"] = _trust_cost(made, words)
    for letter in "ab":
        figures[f"phases_{letter}"] = _phases(letter, made[f"month_{letter}"], words)
        figures[f"network_{letter}"] = _network(letter, made, words)
    figures["disclosure"] = _disclosure(made["disclosure"], words)
    return Pictures(figures, made)


def plain(name: str, words: Words, **options: Any) -> Any:
    """An empty figure; the page's script gives it its colours and the size of its letters."""
    made: Any = figure(
        name=name,
        height=HEIGHT,
        sizing_mode="stretch_width",
        tools="",
        toolbar_location=None,
        title=options.pop("title", None) or words(f"pictures.{name}"),
        output_backend="canvas",
        min_border_right=12,
        **options,
    )
    for axis in made.select(LinearAxis):
        axis.formatter = CustomJSTickFormatter(code=NUMBER)
    made.axis.axis_label_text_font_style = "normal"
    made.axis.minor_tick_line_color = None
    made.outline_line_color = None
    return made


def _over_time(name: str, axis: str, words: Words) -> Any:
    made = plain(name, words, x_axis_label=words("axes.month"), y_axis_label=words(axis))
    made.xaxis.ticker.update(desired_num_ticks=5, mantissas=YEARS)
    made.y_range.range_padding = 0.25  # room for the names at the ends of the lines
    return made


def _curves(made: Any, sources: dict[str, ColumnDataSource], span: str, x: str, y: str) -> None:
    """Both arms: a line each, with its interval and its name, which the page moves to its end."""
    for letter, colour in ARM_COLOURS.items():
        source = sources[f"{span}_{letter}"]
        made.varea(x, f"{y}_low", f"{y}_high", source=source, fill_color=colour, fill_alpha=0.22)
        made.line(x, y, source=source, line_color=colour, line_width=4)
        end = Label(
            x=0.0,
            y=0.0,
            text=letter.upper(),
            text_font_size=LARGE,
            text_font_style="bold",
            text_color=colour,
            text_baseline="middle",
            text_align="right",
            visible=False,
            name=f"end {span}_{letter} {y}",
        )
        made.add_layout(end)


def _published(made: Any, words: Words) -> None:
    least, most = palette.PUBLISHED_SHARES.values()
    # The upper line's words above it, the lower one's below: the curves run between them.
    above = Label(text=words("axes.published_least"), y=least, y_offset=8, text_baseline="bottom")
    below = Label(text=words("axes.published_most"), y=most, y_offset=-8, text_baseline="top")
    for share, label in ((least, above), (most, below)):
        label.update(x=90, x_units="screen", text_font_size=SMALL)
        made.add_layout(label)
        made.add_layout(Span(location=share, dimension="width", line_dash="dashed", line_width=2))
    made.y_range = Range1d(start=0.0, end=0.7)
    made.yaxis.formatter = percent()


def percent() -> CustomJSTickFormatter:
    """Numbers at an axis as percent."""
    return CustomJSTickFormatter(code="return Math.round(100 * tick) + '%'")


def _move_legend(made: Any, where: str, **options: Any) -> None:
    legend = made.legend[0]
    made.add_layout(legend, where)
    legend.update(border_line_color=None, background_fill_alpha=0.0, **options)


def _stack(source: ColumnDataSource, words: Words) -> Any:
    arms = FactorRange(factors=["A", "B"])
    made = plain("stack", words, x_range=arms, y_axis_label=words("axes.money"))
    look = {"fill_color": "colour", "legend_field": "part", "name": "outlined"}
    made.vbar("arm", 0.62, "top", "bottom", source=source, **look)
    made.text(
        "arm",
        "middle",
        "label",
        source=source,
        text_align="center",
        text_baseline="middle",
        text_font_size=SMALL,
        text_color="#111111",
    )
    _move_legend(made, "right", spacing=4, label_standoff=2, padding=0)
    return made


def _parts(source: ColumnDataSource, words: Words) -> Any:
    shown = (*palette.COST_PARTS, palette.SAVINGS)
    labels = [words(f"parts.{part.measures[0]}") for part in shown]
    made = plain("parts", words, y_range=FactorRange(factors=labels[::-1]))
    look = {"fill_color": "colour", "name": "outlined"}
    made.hbar("part", 0.7, "difference", 0.0, source=source, **look)
    numbers = LabelSet(
        x="difference",
        y="part",
        text="label",
        source=source,
        text_baseline="middle",
        text_align="align",
        x_offset="shift",
    )
    made.add_layout(numbers)
    made.add_layout(Span(location=0.0, dimension="height", line_width=2))
    made.xaxis.axis_label = words("axes.money_difference")
    made.x_range.range_padding = 0.6
    return made


def _trust_cost(sources: dict[str, ColumnDataSource], words: Words) -> Any:
    made = plain(
        "trust_cost", words, x_axis_label=words("axes.trust"), y_axis_label=words("axes.money")
    )
    _curves(made, sources, "trust", "trust", "cost")
    for letter, colour in ARM_COLOURS.items():
        look = {"color": colour, "size": 9, "marker": MARKERS[letter]}
        made.scatter("trust", "cost", source=sources[f"trust_{letter}"], **look)
    return made


def _phases(letter: str, source: ColumnDataSource, words: Words) -> Any:
    made = plain(
        f"phases_{letter}",
        words,
        title=words("pictures.phases", letter=letter.upper()),
        x_axis_label=words("axes.month"),
        y_axis_label=words("axes.relationships"),
        y_range=Range1d(start=0.0, end=1.0),
    )
    made.yaxis.formatter = percent()
    names = list(words.table("phases").values())
    colours = list(palette.PHASES.values())
    for place, low, high in zip((2, 1, 0), LEVELS[:-1], LEVELS[1:], strict=True):
        made.varea(
            "month",
            low,
            high,
            source=source,
            fill_color=colours[place],
            legend_label=names[place],
            name=f"phase_{place}",
        )
    _move_legend(made, "below", orientation="horizontal")
    made.xaxis.ticker.mantissas = YEARS
    return made


def _disclosure(source: ColumnDataSource, words: Words) -> Any:
    layers = list(words.table("layers").values())
    made = plain("disclosure", words, y_range=FactorRange(factors=layers[::-1]))
    for letter, shift in (("a", 0.2), ("b", -0.2)):
        row, colour = dodge("layer", shift, range=made.y_range), ARM_COLOURS[letter]
        made.hbar(row, 0.36, letter, 0.0, source=source, fill_color=colour, line_color=None)
        made.text(
            letter,
            row,
            {"value": letter.upper()},
            source=source,
            text_color=colour,
            text_font_size=SMALL,
            text_font_style="bold",
            text_baseline="middle",
            x_offset=4,
        )
    made.x_range = Range1d(start=0.0, end=1.06)
    made.xaxis.formatter = percent()
    made.xaxis.axis_label = words("axes.reached")
    return made


def _network(letter: str, sources: dict[str, ColumnDataSource], words: Words) -> Any:
    made = plain(
        f"network_{letter}",
        words,
        title=words("pictures.network", letter=letter.upper()),
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
    )
    edges.hover_glyph = None
    chosen = made.segment("x0", "y0", "x1", "y1", source=sources[f"chosen_{letter}"], line_width=5)
    chosen.name = "ink"
    look = {"size": 9, "fill_color": "#888888", "line_color": None}
    made.scatter("x", "y", source=sources["nodes"], **look)
    for place, name in ((1.08, "buyers"), (-0.13, "salespeople")):
        made.add_layout(Label(x=0.0, y=place, text=words(f"axes.{name}"), text_font_size=SMALL))
    story = "<div style='max-width:20em'>@story</div>"
    made.add_tools(HoverTool(renderers=[edges], tooltips=story, point_policy="follow_mouse"))
    return made
