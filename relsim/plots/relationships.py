"""Pictures of who deals with whom."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from relsim.plots.palette import PHASES
from relsim.plots.style import TITLE, bold, dark, dress, in_own_settings, new_figure, write


@in_own_settings
def network(relationships: pd.DataFrame) -> Figure:
    """Draw who buys from whom: phase as colour, the mean of both sides' trust as width.

    Parameters
    ----------
    relationships : DataFrame
        Columns buyer, seller, phase (1 to 3), buyer_trust_in_seller, seller_trust_in_buyer.

    Returns
    -------
    Figure
        Buyers above, sellers below, ordered so that lines are short.
    """
    rows = relationships[relationships["phase"] > 0]
    buyers, sellers = _short_lines(rows["buyer"].to_numpy(int), rows["seller"].to_numpy(int))
    figure = new_figure(18.0, 8.0)
    axes = figure.add_subplot()
    trust = (rows["buyer_trust_in_seller"] + rows["seller_trust_in_buyer"]).to_numpy(float) / 2
    for phase, (name, colour) in enumerate(PHASES.items(), start=1):
        chosen = rows["phase"].to_numpy(int) == phase
        lines = [
            ((buyers[b], 1.0), (sellers[s], 0.0))
            for b, s in zip(rows["buyer"][chosen], rows["seller"][chosen], strict=True)
        ]
        axes.add_collection(
            LineCollection(lines, colors=colour, linewidths=0.5 + 5.0 * trust[chosen], zorder=phase)
        )
        write(
            axes,
            f"{name}: {chosen.sum()}",
            (0.5 + 0.22 * (phase - 2), -0.1),
            coordinates="axes fraction",
            ha="center",
            **bold(dark(colour), TITLE),
        )
    axes.scatter(list(buyers.values()), np.ones(len(buyers)), s=140, color="#222222", zorder=9)
    axes.scatter(
        list(sellers.values()), np.zeros(len(sellers)), s=140, marker="s", color="#222222", zorder=9
    )
    for height, name in ((1.0, "buyers"), (0.0, "salespeople")):
        side = axes.get_yaxis_transform()
        write(axes, name, (0.0, height), (-8, 0), side, ha="right", va="center", fontsize=TITLE)
    dress(axes, "Relationships: colour is the phase, width is trust")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.06, 1.06)
    axes.set_axis_off()
    return figure


def _short_lines(
    buyers: NDArray[np.int64], sellers: NDArray[np.int64]
) -> tuple[dict[int, float], dict[int, float]]:
    """Places from 0 to 1 for buyers and sellers, such that partners are near each other."""
    place_of_buyer = {int(b): float(i) for i, b in enumerate(np.unique(buyers))}
    place_of_seller = {int(s): float(i) for i, s in enumerate(np.unique(sellers))}
    for _ in range(20):
        place_of_seller = _by_partners(place_of_seller, sellers, buyers, place_of_buyer)
        place_of_buyer = _by_partners(place_of_buyer, buyers, sellers, place_of_seller)
    return place_of_buyer, place_of_seller


def _by_partners(
    own: Mapping[int, float],
    who: NDArray[np.int64],
    whom: NDArray[np.int64],
    other: Mapping[int, float],
) -> dict[int, float]:
    """Order one side by the mean place of its partners."""
    means = {a: float(np.mean([other[int(b)] for b in whom[who == a]])) for a in own}
    order = sorted(own, key=lambda a: (means[a], a))
    return {a: (i + 0.5) / len(order) for i, a in enumerate(order)}


def network_text(relationships: pd.DataFrame) -> str:
    """Alternative text of ``network``."""
    rows = relationships[relationships["phase"] > 0]
    counts = ", ".join(
        f"{int((rows['phase'] == phase).sum())} {name}"
        for phase, name in enumerate(PHASES, start=1)
    )
    return (
        f"Relationships of {rows['buyer'].nunique()} buyers with {rows['seller'].nunique()} "
        f"salespeople: {counts}."
    )
