"""From results to what is drawn: plain arrays, so that server and exported file draw the same.

Nothing is computed here that ``relsim.comparison`` does not have: the tables of a ``Comparison``
are put in the form that pictures need. Curves over time are half-years where ``relsim.plots`` draws
half-years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.app.texts import text
from relsim.comparison import CUMULATIVE_COST, SERIES_NAMES, Comparison
from relsim.model.run import Run
from relsim.plots import palette as appearance

if TYPE_CHECKING:
    import pandas as pd

CURVES = (
    "total_cost_per_unit",
    "information_received",
    "ideas_received",
    "transaction_time_share",
)
"""Measures that have a picture over time, in half-years."""

MONTHLY = (CUMULATIVE_COST, "collaborative_share", "personal_share")

SUMMARY = (
    "total_cost_per_unit",
    "component_price",
    "transaction_time_share",
    "inspection_share",
    "information_received",
    "ideas_received",
    "suppliers_trust_in_buyer",
    "trust_in_suppliers",
    "collaborative_share",
    "personal_share",
    "retention",
    "promises_kept_share",
    "serious_voiced",
    "seller_margin",
)
"""Rows of the table on the page."""

MEASURES = tuple(
    dict.fromkeys(
        (
            *SUMMARY,
            *(name for part in appearance.COST_PARTS for name in part.measures),
            *appearance.SAVINGS.measures,
        )
    )
)
"""Whatever is shown as one number."""

LABELLED = 9.0
"""Money a unit from which a part of the cost is high enough in its picture for a number."""

Columns = dict[str, Any]
Views = dict[str, Columns]

DOMAINS = ("business", "personal")


def of_comparison(result: Comparison) -> Views:
    """Everything that is drawn from the replicates.

    Parameters
    ----------
    result : Comparison
        Of two arms.

    Returns
    -------
    dict
        Columns by source: ``half_a``, ``month_a``, ``trust_a`` and the same of ``b``; ``stack``,
        ``parts``, ``summary``, ``crossing``.
    """
    views: Views = {}
    series = result.series
    periods = [one.parameters.periods for one in result.arms]
    sides = np.stack([series[side].to_numpy(float) for side in ("mean", "low", "high")])
    start = 0
    for place, letter in enumerate("ab"):
        size = periods[place] * len(SERIES_NAMES)
        block = sides[:, start : start + size].reshape(3, len(SERIES_NAMES), periods[place])
        start += size
        views[f"half_{letter}"], views[f"month_{letter}"] = _over_time(block)
        views[f"trust_{letter}"] = _by_trust(result, place)
    table = result.rows(MEASURES).set_index("measure")
    first, second = (table[name] for name in result.names)
    views["stack"], views["parts"] = _stack(first, second)
    chosen = table.loc[list(SUMMARY)]
    views["summary"] = {
        "measure": list(SUMMARY),
        "unit": chosen["unit"].tolist(),
        **{
            name: chosen[column].to_numpy(float)
            for name, column in zip(
                ("a", "b", "difference", "low", "high"),
                (*result.names, "difference", "low", "high"),
                strict=True,
            )
        },
    }
    row = result.crossing.iloc[0]
    views["crossing"] = {"month": [float(row["period_of_means"])]}
    views["words"] = {"headline": [headline(result, table)], "detail": [overtaking(result)]}
    return views


def headline(result: Comparison, rows: pd.DataFrame) -> str:
    """What came out, in one or two sentences for the back row."""
    years = f"{min(one.parameters.periods for one in result.arms) / 12:g}"
    cost, price = rows.loc["total_cost_per_unit"], rows.loc["component_price"]
    if not (cost["low"] > 0.0 or cost["high"] < 0.0):
        return text("headline_equal", years=years)
    words = text(
        "headline_cheaper",
        years=years,
        letter="B" if cost["difference"] < 0.0 else "A",
        difference=f"{abs(cost['difference']):.2f}",
        low=f"{min(abs(cost['low']), abs(cost['high'])):.2f}",
        high=f"{max(abs(cost['low']), abs(cost['high'])):.2f}",
    )
    if price["low"] > 0.0 or price["high"] < 0.0:
        same = (price["difference"] < 0.0) == (cost["difference"] < 0.0)
        words += " " + text(
            "headline_price",
            difference=f"{abs(price['difference']):.2f}",
            direction=text("lower" if same else "higher"),
            letter="B" if cost["difference"] < 0.0 else "A",
        )
    return words


def overtaking(result: Comparison) -> str:
    """When one market has cost more in all, in a sentence."""
    row = result.crossing.iloc[0]
    if not row["dearer"]:
        return text("no_crossing") + "."
    words = text("crossing", month=f"{row['period_of_means']:.0f}", arm=row["dearer"])
    if np.isfinite(row["share"]):
        words += text("crossing_share", share=f"{row['share']:.0%}")
    return words + "."


def _over_time(block: NDArray[np.float64]) -> tuple[Columns, Columns]:
    """Half-years and months of one arm."""
    months = np.arange(block.shape[2], dtype=float)
    half: Columns = {}
    monthly: Columns = {"month": months}
    for name in CURVES:
        band = appearance.half_years(appearance.Band(months, *block[:, SERIES_NAMES.index(name)]))
        half["month"] = band.x
        half[name], half[f"{name}_low"], half[f"{name}_high"] = band[1:]
    for name in MONTHLY:
        sides = block[:, SERIES_NAMES.index(name)]
        monthly[name], monthly[f"{name}_low"], monthly[f"{name}_high"] = sides
    personal, joint = monthly["personal_share"], monthly["collaborative_share"]
    monthly["top"] = np.ones(len(months))
    monthly["zero"] = np.zeros(len(months))
    monthly["level_personal"], monthly["level_joint"] = personal, joint
    return half, monthly


def _by_trust(result: Comparison, place: int) -> Columns:
    buyers = result.buyers
    rows = buyers["arm"].to_numpy() == result.names[place]
    band = appearance.interquartile_range(
        buyers["suppliers_trust_in_buyer"].to_numpy(float)[rows],
        buyers["total_cost_per_unit"].to_numpy(float)[rows],
    )
    return {"trust": band.x, "cost": band.mean, "low": band.low, "high": band.high}


def _stack(first: Any, second: Any) -> tuple[Columns, Columns]:
    """Part on part for either arm, and what each part adds to the difference."""
    stack: Columns = {
        name: [] for name in ("arm", "part", "bottom", "top", "colour", "middle", "label")
    }
    parts: Columns = {
        name: [] for name in ("part", "difference", "colour", "label", "align", "shift")
    }
    heights = {}
    for letter, values in (("A", first), ("B", second)):
        top = 0.0
        for part in (*appearance.COST_PARTS, appearance.SAVINGS):
            height = float(sum(values[measure] for measure in part.measures))
            heights[letter, part.label] = height
            ends = (-height, 0.0) if part is appearance.SAVINGS else (top, top + height)
            top = top if part is appearance.SAVINGS else ends[1]
            stack["arm"].append(letter)
            stack["part"].append(part.label)
            stack["bottom"].append(ends[0])
            stack["top"].append(ends[1])
            stack["middle"].append(sum(ends) / 2.0)
            stack["colour"].append(part.colour)
            stack["label"].append(f"{height:.1f}" if height >= LABELLED else "")
    changes = {
        part: (heights["B", part.label] - heights["A", part.label])
        * (-1.0 if part is appearance.SAVINGS else 1.0)
        for part in (*appearance.COST_PARTS, appearance.SAVINGS)
    }
    # Small differences need more digits to be told apart.
    digits = 1 if max(map(abs, changes.values())) >= 1.0 else 2
    for part, change in changes.items():
        parts["part"].append(part.label)
        parts["difference"].append(change)
        parts["colour"].append(part.colour)
        parts["label"].append(f"{round(change, digits) + 0.0:+.{digits}f}")
        parts["align"].append("right" if change < 0.0 else "left")
        parts["shift"].append(-6 if change < 0.0 else 6)
    return stack, parts


# --- the pair of markets that is drawn in full ----------------------------------------------------


class Portrait(NamedTuple):
    """What is drawn of one run beside its measures; much less than the run.

    Attributes
    ----------
    album : dict
        See ``album``.
    told : list of float
        See ``told``.
    together : ndarray
        Months that each buyer dealt with each salesperson.
    slots : int
        Suppliers that a buyer may have.
    """

    album: Columns
    told: list[float]
    together: NDArray[np.float64]
    slots: int

    @property
    def nbytes(self) -> int:
        """Bytes that it takes."""
        return int(self.together.nbytes + sum(part.nbytes for part in self.album.values()))


def portrait(run: Run, step: int = 1) -> Portrait:
    """Draw one run.

    Parameters
    ----------
    run : Run
        With snapshots.
    step : int
        Months from one picture of the network to the next.

    Returns
    -------
    Portrait
        For ``of_portraits``.
    """
    slots = run.parameters.suppliers_per_buyer
    together = np.zeros((run.parameters.buyers, run.parameters.salespeople))
    sellers = run.snapshots["seller"]
    buyers = np.broadcast_to(np.arange(sellers.shape[1]) // slots, sellers.shape)
    there = sellers >= 0
    np.add.at(together, (buyers[there], sellers[there]), 1.0)
    return Portrait(album(run, step), told(run), together, slots)


def of_portraits(first: Portrait, second: Portrait) -> Views:
    """Network and disclosure of one pair of runs.

    Parameters
    ----------
    first, second : Portrait
        Of a run of either arm, on the same luck.

    Returns
    -------
    dict
        ``album_a`` and ``album_b``: flat arrays, month by month, of every place for a supplier;
        ``nodes``: where firms stand, alike in both; ``disclosure``.
    """
    labels = [text(f"layers_{domain}").split("|") for domain in DOMAINS]
    return {
        "album_a": first.album,
        "album_b": second.album,
        "nodes": _nodes(first, second),
        "disclosure": {
            "layer": [label for names in labels for label in names],
            "a": first.told,
            "b": second.told,
        },
    }


def album(run: Run, step: int = 1) -> Columns:
    """Who trades with whom, phase and trust in percent, month by month in flat arrays.

    Parameters
    ----------
    run : Run
        With snapshots.
    step : int
        Months from one picture to the next.
    """
    pictures = {name: values[::step] for name, values in run.snapshots.items()}
    percent = {
        name: np.rint(100.0 * np.nan_to_num(pictures[name])).astype(np.uint8).ravel()
        for name in ("buyer_trust_in_seller", "seller_trust_in_buyer")
    }
    return {
        "seller": pictures["seller"].astype(np.int16).ravel(),
        "phase": pictures["phase"].astype(np.uint8).ravel(),
        "first": percent["buyer_trust_in_seller"],
        "second": percent["seller_trust_in_buyer"],
    }


def told(run: Run) -> list[float]:
    """Share of the relationships at the end in which the supplier told at least half of a layer."""
    rows = run.relationships
    return [
        float((rows[f"{domain}_disclosure_by_seller"] >= layer - 0.5).mean()) if len(rows) else 0.0
        for domain in DOMAINS
        for layer in (1, 2, 3)
    ]


def _nodes(first: Portrait, second: Portrait) -> Columns:
    """Places of buyers and sellers from 0 to 1, such that partners of many months are near."""
    shape = np.maximum(first.together.shape, second.together.shape)
    together = np.zeros(shape)
    for one in (first, second):
        rows, columns = one.together.shape
        together[:rows, :columns] += one.together
    places = [_even(np.arange(float(count))) for count in shape]
    for _ in range(20):
        places[1] = _even(together.T @ places[0] / np.maximum(together.sum(axis=0), 1.0))
        places[0] = _even(together @ places[1] / np.maximum(together.sum(axis=1), 1.0))
    return {
        "x": np.concatenate(places),
        "y": np.repeat([1.0, 0.0], shape),
        "side": np.repeat([0, 1], shape),
        "name": [
            text(kind, number=number)
            for kind, count in zip(("one_buyer", "one_salesperson"), shape, strict=True)
            for number in range(count)
        ],
        "slots": np.repeat(first.slots, sum(shape)),
    }


def _even(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Evenly spread from 0 to 1, in the order of the values."""
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return (ranks + 0.5) / len(values)
