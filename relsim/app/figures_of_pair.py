"""Pictures of one relationship: trust of both sides and the phase, and what both have disclosed."""

from __future__ import annotations

import itertools
from typing import Any

from bokeh.models import ColumnDataSource, FixedTicker, Range1d
from bokeh.models.annotations import Legend, LegendItem

from relsim.app.figures import YEARS, Pictures, percent, plain
from relsim.app.texts import Words
from relsim.plots import palette

SUPPLIER = "#AA4499"
"""Of the supplier; the buyer has the colour of the letters."""

LINES = {
    "followed_trust": {
        "buyer_trust_in_seller": "side_buyer",
        "seller_trust_in_buyer": "side_supplier",
    },
    "followed_told": {
        "business_disclosure_by_buyer": "buyer_business",
        "business_disclosure_by_seller": "supplier_business",
        "personal_disclosure_by_buyer": "buyer_personal",
        "personal_disclosure_by_seller": "supplier_personal",
    },
}
"""Variables of a relationship that each picture shows, and what their lines are called."""

STRIP = (-0.14, -0.04)
"""Of the phases, below all trust."""


def build(words: Words) -> Pictures:
    """Both pictures, empty, their words in one language."""
    columns: dict[str, list[float]] = {
        name: [] for name in ("month", *itertools.chain(*LINES.values()))
    }
    sources = {"followed": ColumnDataSource(columns, name="followed")}
    for place in range(len(palette.PHASES)):
        name = f"followed_{place}"
        sources[name] = ColumnDataSource({"left": [], "right": []}, name=name)
    trust = _lines("followed_trust", sources["followed"], words)
    trust.y_range = Range1d(start=-0.16, end=1.02)
    trust.yaxis.axis_label = words("axes.trust_of_both")
    trust.yaxis.formatter = percent()
    trust.yaxis.ticker = FixedTicker(ticks=[0.0, 0.25, 0.5, 0.75, 1.0])
    _phases(trust, sources, words)
    told = _lines("followed_told", sources["followed"], words)
    told.y_range = Range1d(start=-0.05, end=3.05)
    told.yaxis.axis_label = words("axes.layers")
    told.yaxis.ticker = FixedTicker(ticks=[0, 1, 2, 3])
    return Pictures({"followed_trust": trust, "followed_told": told}, sources)


def _lines(name: str, source: ColumnDataSource, words: Words) -> Any:
    """Lines of both sides: personal ones are dashed."""
    made = plain(name, words, x_axis_label=words("axes.month"))
    made.xaxis.ticker.update(desired_num_ticks=5, mantissas=YEARS)
    items = []
    for column, called in LINES[name].items():
        dash = "dashed" if "personal" in called else "solid"
        line = made.line(
            "month", column, source=source, line_color=SUPPLIER, line_dash=dash, line_width=3
        )
        line.name = "ink" if "buyer" in called else None
        items.append(LegendItem(label=words(f"follow.{called}"), renderers=[line]))
    _legend(made, "above", items)
    return made


def _phases(made: Any, sources: dict[str, ColumnDataSource], words: Words) -> None:
    """A strip in the colours of the phases, which the page's script gives them."""
    items = []
    for place, phase in enumerate(words.table("phases").values()):
        band = made.quad(
            "left", "right", *STRIP, source=sources[f"followed_{place}"], line_color=None
        )
        band.name = f"phase_{place}"
        items.append(LegendItem(label=phase, renderers=[band]))
    _legend(made, "below", items)


def _legend(made: Any, where: str, items: list[LegendItem]) -> None:
    legend = Legend(items=items, orientation="horizontal", ncols=2)
    legend.update(border_line_color=None, background_fill_alpha=0.0, padding=2, margin=2)
    legend.update(location="left", spacing=6, label_height=12, glyph_height=14)
    made.add_layout(legend, where)
