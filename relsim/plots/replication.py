"""Pictures of how the interval of a measure shrinks with the number of replicates."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from relsim.plots.style import dress, in_own_settings, named, new_figure
from relsim.plots.sweeps import DIFFERENCE, INK, arm_colours, explain
from relsim.plots.words import name_ends


@in_own_settings
def replicates(table: pd.DataFrame, measure: str, unit: str = "", sample_size: str = "") -> Figure:
    """Draw how the interval of a measure shrinks with the number of replicates.

    Parameters
    ----------
    table : DataFrame
        As of ``relsim.analysis.replication.replicates``.
    measure, unit : str
        What the interval is of.
    sample_size : str
        Points, replicates and seed, written under it.

    Returns
    -------
    Figure
        Lines are what to expect, dots what the stored replicates gave.
    """
    figure = new_figure(13.0, 8.0)
    axes = figure.add_subplot()
    arms = list(dict.fromkeys(table["arm"]))
    paint = {arm: INK if DIFFERENCE in arm else colour for arm, colour in arm_colours(arms).items()}
    ends = []
    for arm in arms:
        rows = table[table["arm"] == arm]
        expected = rows[rows["kind"] == "expected"]
        stored = rows[rows["kind"] == "stored"]
        axes.plot(expected["replicates"], expected["half_width"], color=paint[arm], linewidth=2.5)
        axes.vlines(stored["replicates"], stored["low"], stored["high"], paint[arm], linewidth=1.5)
        axes.plot(stored["replicates"], stored["half_width"], "o", color=paint[arm], markersize=9)
        ends.append((named(arm), float(expected["half_width"].iloc[-1]), paint[arm]))
    axes.set_xscale("log")
    if (table["half_width"] > 0.0).any():
        axes.set_yscale("log")
    dress(
        axes,
        _title(table, measure),
        "replicates (runs of every point)",
        f"95% interval, plus or minus{f' ({unit})' if unit else ''}",
    )
    for side in (axes.xaxis, axes.yaxis):
        if side.get_scale() == "log":
            side.set_major_locator(LogLocator(10, subs=(1.0, 2.0, 5.0)))
        side.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        side.set_minor_formatter(NullFormatter())
    name_ends(axes, ends)
    how_to_read = "lines: what to expect   dots: what the first so many stored runs gave"
    explain(figure, how_to_read, sample_size)
    return figure


def _title(table: pd.DataFrame, measure: str) -> str:
    """How sure the largest number of replicates makes, of the arm that is least sure."""
    last = table[table["kind"] == "expected"].groupby("arm")[["replicates", "half_width"]].last()
    if last["half_width"].isna().all():
        return f"Nothing is known of how sure {named(measure)} is"
    worst = last.loc[last["half_width"].idxmax()]
    width, count = worst["half_width"], worst["replicates"]
    return f"{count:.0f} replicates give {named(measure)} to plus or minus {width:.2g}"


def replicates_text(table: pd.DataFrame, measure: str) -> str:
    """Alternative text of ``replicates``."""
    sentences = []
    for arm, rows in table[table["kind"] == "expected"].groupby("arm", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        start = f"{named(str(arm))}: " if arm else ""
        sentences.append(
            f"{start}plus or minus {first['half_width']:.2g} with {first['replicates']} "
            f"replicates, {last['half_width']:.2g} with {last['replicates']}."
        )
    return f"How sure of {named(measure)}. {' '.join(sentences)}"
