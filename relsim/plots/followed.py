"""A picture of one relationship: trust, disclosure, hours, price and events, month by month."""

from __future__ import annotations

import textwrap
from typing import Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from relsim.io.console import joined
from relsim.plots.palette import COST_PARTS, PHASES, SAVINGS
from relsim.plots.style import (
    HALO,
    LABEL,
    SMALL,
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
        "transactions",
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


FINDING = 22.0
"""Size of the title, and how many characters of it a line takes."""
FINDING_WIDTH = 90


class Followed(Protocol):
    """What a run must offer to draw a relationship of it; see ``relsim.simulate``."""

    def history(self, buyer: int, supplier: int) -> pd.DataFrame:
        """A row a month."""

    def events(self, buyer: int, supplier: int) -> pd.DataFrame:
        """A row an event."""

    def story(self, buyer: int, supplier: int) -> str:
        """What happened, in words; refused if they never traded."""


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
    table, log = _kept(run, buyer, supplier)
    lines = textwrap.wrap(_finding(buyer, supplier, table, log), FINDING_WIDTH)
    figure = new_figure(18.0, 11.5, layout=False)
    left, right, width = 0.055, 0.535, 0.33
    # A second line takes its height from the panels.
    less = 0.015 * (len(lines) - 1)
    figure.text(left, 0.99, "\n".join(lines), fontsize=FINDING, weight="bold", va="top")
    trust, told, hours, price = (
        figure.add_axes((x, y, width, 0.26 - less))
        for y in (0.66 - less, 0.33)
        for x in (left, right)
    )
    strip = figure.add_axes((0.165, 0.055, 0.7, 0.175))
    _trust(trust, table)
    _disclosure(told, table)
    _hours(hours, table)
    _price(price, table)
    _strip(strip, table, log)
    return figure


def _kept(run: Followed, buyer: int, supplier: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Months and events of two; two that never traded are refused as their story is."""
    table = run.history(buyer, supplier)
    if buyer is None or supplier is None or not table["age"].notna().any():
        run.story(buyer, supplier)
    return table, run.events(buyer, supplier)


def _finding(buyer: int, supplier: int, table: pd.DataFrame, log: pd.DataFrame) -> str:
    """What came of it, in one line."""
    traded = table[table["age"].notna()]
    spells = _spells(traded)
    who = f"Buyer {buyer} and supplier {supplier}"
    if len(spells) > 1:
        who += f" (months {joined([f'{first} to {last}' for first, last in spells])})"
    words = _phases(traded)
    ends = log[log["event"] == "ended"]
    # One that ended may have begun again, and stand at the end of the run.
    if len(ends) and spells[-1][1] < table["period"].max():
        words.append(f"ended in month {ends['period'].iloc[-1]}")
    return f"{who}: {', '.join(words)}"


def _spells(traded: pd.DataFrame) -> list[tuple[int, int]]:
    """First and last month of each time that two traded without a break."""
    period, age = traded["period"], traded["age"]
    anew = (period.diff() > 1) | (age.diff() <= 0)
    return [(rows.iloc[0], rows.iloc[-1]) for _, rows in period.groupby(anew.cumsum())]


def _phases(traded: pd.DataFrame) -> list[str]:
    """The phase at first if it is not the lowest, when higher ones came, and the last if lower.

    >>> months = pd.DataFrame({"period": [3, 4, 5], "phase": ["collaborative"] * 3})
    >>> _phases(months), _phases(months.assign(phase=["commercial", "collaborative", "commercial"]))
    (['collaborative all along'], ['collaborative in month 4', 'commercial at the end'])
    """
    order = list(PHASES)
    ranks = traded["phase"].map(order.index).to_numpy(int)
    if (ranks == ranks[0]).all():
        return [f"{_brief(order[ranks[0]])} all along"]
    words = [f"{_brief(order[ranks[0]])} at first"] if ranks[0] > 0 else []
    for rank in range(ranks[0] + 1, ranks.max() + 1):
        month = traded["period"].iloc[int(np.argmax(ranks >= rank))]
        words.append(f"{_brief(order[rank])} in month {month}")
    if ranks[-1] < ranks.max():
        words.append(f"{_brief(order[ranks[-1]])} at the end")
    return words


def _brief(phase: str) -> str:
    """Name of a phase in a word."""
    return phase.removeprefix("collaborative and ")


def _trust(axes: Axes, table: pd.DataFrame) -> None:
    """Draw trust both ways on the ground of the phases."""
    dress(axes, "Trust", "", "chance of being honoured", grid=False)
    phase = table["phase"].fillna("")
    for _, rows in table.groupby((phase != phase.shift()).cumsum()):
        name = rows["phase"].iloc[0]
        if name in PHASES:
            first, last = rows["period"].iloc[0] - 0.5, rows["period"].iloc[-1] + 0.5
            axes.axvspan(first, last, color=PHASES[name], alpha=0.35, linewidth=0)
            first, last = max(first, 0.0), min(last, len(table) - 1.0)
            # A letter takes about a fiftieth of the width.
            if last - first > 0.02 * len(_brief(name)) * len(table):
                look = bold(dark(PHASES[name]), SMALL) | {"path_effects": HALO}
                write(axes, _brief(name), ((first + last) / 2, 0.04), ha="center", **look)
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
    return float(there.iloc[-1]) if len(there) else float("nan")


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
    dress(axes, "Hours together, means of quarters", "month", "hours a month")
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
    table, log = _kept(run, buyer, supplier)
    paid = table.loc[table["price"] > 0.0, "price"]
    price = f"Price from {paid.iloc[0]:.1f} to {paid.iloc[-1]:.1f}" if len(paid) else "No purchase"
    counts = log["event"].value_counts()
    return (
        f"{_finding(buyer, supplier, table, log)}. Trust at the end: the buyer's "
        f"{_last(table['buyer_trust_in_seller']):.2f}, the supplier's "
        f"{_last(table['seller_trust_in_buyer']):.2f}. {price}. Promises "
        f"broken in {counts.get('promise broken', 0)} months, problems voiced in "
        f"{counts.get('problem voiced', 0)}, swallowed in {counts.get('problem swallowed', 0)}; "
        f"ideas from the supplier in {counts.get('idea offered', 0)}."
    )
