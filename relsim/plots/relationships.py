"""Pictures of who deals with whom."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from relsim.plots.palette import PHASES, near_partners
from relsim.plots.style import TITLE, dark, dress, in_own_settings, new_figure
from relsim.plots.words import bold, write


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
    together = pd.crosstab(rows["buyer"], rows["seller"])
    of_buyers, of_sellers = near_partners(together.to_numpy(float))
    buyers = dict(zip(together.index, of_buyers, strict=True))
    sellers = dict(zip(together.columns, of_sellers, strict=True))
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
    for places, height, marker in ((of_buyers, 1.0, "o"), (of_sellers, 0.0, "s")):
        level = np.full(len(places), height)
        axes.scatter(places, level, s=140, color="#222222", marker=marker, zorder=9)
    for height, name in ((1.0, "buyers"), (0.0, "salespeople")):
        side = axes.get_yaxis_transform()
        write(axes, name, (0.0, height), (-8, 0), side, ha="right", va="center", fontsize=TITLE)
    joint = float((rows["phase"] > 1).mean()) if len(rows) else 0.0
    words = "colour is the phase, width is trust"
    dress(axes, f"{joint:.0%} of {len(rows)} relationships are collaborative or beyond ({words})")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.06, 1.06)
    axes.set_axis_off()
    return figure


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
