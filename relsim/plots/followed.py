"""A picture of one relationship: trust, disclosure, hours, price and events, month by month."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from relsim.plots.palette import COST_PARTS, PHASES, SAVINGS
from relsim.plots.style import (
    HALO,
    LABEL,
    TITLE,
    dark,
    dress,
    in_own_settings,
    months,
    new_figure,
)
from relsim.plots.words import bold, name_ends, write

BUYER, SUPPLIER = "#222222", "#AA4499"
"""Colours of the two sides; no stance, part or phase has them."""

HOURS = (
    (
        "price, contracts, blame",
        COST_PARTS[1].colour,
        ("haggling_hours", "contract_hours", "blame_hours"),
    ),
    ("joint work", COST_PARTS[5].colour, ("joint_hours",)),
    ("personal", list(PHASES.values())[1], ("personal_hours",)),
)
"""Hours of a month, from below: label, colour, variables."""

STRIPS = (
    ("contract", ("contract",), "s", "#555555"),
    ("promise broken", ("promise broken",), "X", COST_PARTS[3].colour),
    ("problem voiced", ("problem voiced",), "o", COST_PARTS[5].colour),
    ("problem swallowed", ("problem swallowed",), "o", COST_PARTS[3].colour),
    ("idea, either way", ("idea offered", "process idea offered"), "D", SAVINGS.colour),
    ("used against the other", ("leverage found out", "extras found out"), "v", "#D55E00"),
    ("new person", ("new person",), "P", "#222222"),
)
"""Rows of the strip of events, from above: label, events, marker, colour."""


class Followed(Protocol):
    """What a run must offer to draw a relationship of it; see ``relsim.simulate``."""

    def history(self, buyer: int, supplier: int) -> pd.DataFrame:
        """A row a month."""

    def events(self, buyer: int, supplier: int) -> pd.DataFrame:
        """A row an event."""


@in_own_settings
def pair(run: Followed, buyer: int, supplier: int) -> Figure:
    """Draw what passed between a buyer and a supplier.

    Parameters
    ----------
    run : Followed
        A run that kept its history.
    buyer, supplier : int
        Numbers of both.

    Returns
    -------
    Figure
        Trust and disclosure above, hours and price below, and a strip of events; the ground
        behind trust shows the phase. A line breaks where they did not trade.
    """
    table, log = run.history(buyer, supplier), run.events(buyer, supplier)
    figure = new_figure(18.0, 11.5, layout=False)
    left, right, width = 0.055, 0.535, 0.33
    figure.text(left, 0.965, _finding(buyer, supplier, table, log), fontsize=22, weight="bold")
    trust, told, hours, price = (
        figure.add_axes((x, y, width, 0.26)) for y in (0.66, 0.33) for x in (left, right)
    )
    strip = figure.add_axes((0.165, 0.055, 0.7, 0.175))
    _trust(trust, table)
    _disclosure(told, table)
    _hours(hours, table)
    _price(price, table)
    _strip(strip, table, log)
    return figure


def _finding(buyer: int, supplier: int, table: pd.DataFrame, log: pd.DataFrame) -> str:
    """What came of it, in one line."""
    words = [f"Buyer {buyer} and supplier {supplier}"]
    first = log.drop_duplicates("event").set_index("event")["period"]
    for event, said in (
        ("became collaborative", "collaborative in month"),
        ("became personal", "personal in month"),
    ):
        if event in first:
            words.append(f"{said} {first[event]}")
    if len(words) == 1:
        words.append(f"{_phase_at_most(table)} all along")
    ends = log[log["event"] == "ended"]
    if len(ends):
        words.append(f"ended in month {ends['period'].iloc[-1]}")
    return f"{words[0]}: {', '.join(words[1:])}"


def _phase_at_most(table: pd.DataFrame) -> str:
    phases = table["phase"].dropna()
    return str(phases.iloc[-1]) if len(phases) else "nothing"


def _trust(axes: Axes, table: pd.DataFrame) -> None:
    """Draw trust both ways on the ground of the phases."""
    dress(axes, "Trust", "", "probability that it is honoured", grid=False)
    phase = table["phase"].fillna("")
    for _, rows in table.groupby((phase != phase.shift()).cumsum()):
        name = rows["phase"].iloc[0]
        if name in PHASES:
            first, last = rows["period"].iloc[0] - 0.5, rows["period"].iloc[-1] + 0.5
            axes.axvspan(first, last, color=PHASES[name], alpha=0.35, linewidth=0)
            # A letter takes about a hundredth of the width.
            if last - first > 0.014 * len(name) * len(table):
                look = bold(dark(PHASES[name])) | {"path_effects": HALO}
                write(axes, name, ((first + last) / 2, 0.04), ha="center", **look)
    _two_sides(
        axes,
        table,
        "buyer_trust_in_seller",
        "seller_trust_in_buyer",
        ("the buyer's", "the supplier's"),
    )
    axes.set_ylim(0.0, 1.0)


def _two_sides(
    axes: Axes, table: pd.DataFrame, of_buyer: str, of_supplier: str, names: tuple[str, str]
) -> None:
    ends = []
    for column, colour, name in ((of_buyer, BUYER, names[0]), (of_supplier, SUPPLIER, names[1])):
        axes.plot(table["period"], table[column], color=colour, linewidth=2.5)
        ends.append((name, _last(table[column]), colour))
    months(axes, len(table))
    name_ends(axes, ends)


def _last(values: pd.Series) -> float:
    there = values.dropna()
    return float(there.iloc[-1]) if len(there) else 0.0


def _disclosure(axes: Axes, table: pd.DataFrame) -> None:
    """Draw what either side has disclosed, business and personal."""
    dress(axes, "Disclosed", "", "layers")
    ends = []
    for domain, line in (("business", "-"), ("personal", ":")):
        for side, colour in (("buyer", BUYER), ("seller", SUPPLIER)):
            values = table[f"{domain}_disclosure_by_{side}"]
            axes.plot(table["period"], values, line, color=colour, linewidth=2.5)
            who = "buyer" if side == "buyer" else "supplier"
            ends.append((f"{domain}, {who}", _last(values), colour))
    months(axes, len(table))
    axes.set_ylim(0.0, 3.1)
    name_ends(axes, ends)


def _hours(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the hours face to face, as means of quarters, since contracts take them by the lump."""
    dress(axes, "Hours together", "month", "hours a month, means of quarters")
    quarter = table["period"] // 3
    values = [
        table[list(names)].sum(axis=1, min_count=1).groupby(quarter).transform("mean")
        for _, _, names in HOURS
    ]
    stack = np.nan_to_num(np.array(values, float))
    axes.stackplot(table["period"], stack, colors=[colour for _, colour, _ in HOURS], linewidth=0)
    tops = np.cumsum([float(part[-12:].mean()) for part in stack])
    rows = zip(HOURS, tops, stack, strict=True)
    months(axes, len(table))
    axes.set_ylim(0.0, max(1.0, 1.08 * float(stack.sum(axis=0).max())))
    name_ends(
        axes,
        [
            (label, top - float(part[-12:].mean()) / 2, colour)
            for (label, colour, _), top, part in rows
        ],
    )


def _price(axes: Axes, table: pd.DataFrame) -> None:
    """Draw the price and the quote, and what ideas are worth to the buyer."""
    dress(axes, "Price of a unit", "month", "money per unit")
    traded = table["price"] > 0.0
    price = table["price"].where(traded)
    less = price - table["idea_value"]
    axes.step(table["period"], price, color=BUYER, linewidth=2.5, where="mid")
    axes.step(table["period"], less, color=SAVINGS.colour, linewidth=2.5, where="mid")
    axes.fill_between(table["period"], less, price, color=SAVINGS.colour, alpha=0.15, linewidth=0)
    months(axes, len(table))
    ends = [("price", _last(price), BUYER), ("less ideas", _last(less), SAVINGS.colour)]
    name_ends(axes, ends)


def _strip(axes: Axes, table: pd.DataFrame, log: pd.DataFrame) -> None:
    """Draw when what happened, a row a kind of event."""
    dress(axes, "", "month", grid=False)
    for row, (_, names, marker, colour) in enumerate(STRIPS):
        periods = log.loc[log["event"].isin(names), "period"]
        axes.axhline(-row, color="#E5E5E5", linewidth=0.8, zorder=0)
        axes.scatter(
            periods, np.full(len(periods), -row), s=70, marker=marker, color=colour, clip_on=False
        )
    axes.set_yticks(range(0, -len(STRIPS), -1), [label for label, *_ in STRIPS], fontsize=LABEL)
    axes.set_ylim(-len(STRIPS) + 0.4, 0.6)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    months(axes, len(table))
    axes.set_title("What happened", fontsize=TITLE, loc="left", fontweight="bold")


def pair_text(run: Followed, buyer: int, supplier: int) -> str:
    """Alternative text of ``pair``."""
    table, log = run.history(buyer, supplier), run.events(buyer, supplier)
    counts = log["event"].value_counts()
    return (
        f"{_finding(buyer, supplier, table, log)}. Trust at the end: the buyer's "
        f"{_last(table['buyer_trust_in_seller']):.2f}, the supplier's "
        f"{_last(table['seller_trust_in_buyer']):.2f}. Price from "
        f"{table['price'].dropna().head(1).sum():.1f} to {_last(table['price']):.1f}. Promises "
        f"broken in {counts.get('promise broken', 0)} months, problems voiced in "
        f"{counts.get('problem voiced', 0)}, swallowed in {counts.get('problem swallowed', 0)}; "
        f"ideas from the supplier in {counts.get('idea offered', 0)}."
    )
