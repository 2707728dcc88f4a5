"""Everybody's trust clamped: the only curve of trust that says what trust itself does."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import estimate
from relsim.comparison import run_all, seeds
from relsim.io.errors import InputError, known, shown, within
from relsim.model.observation import MEASURES
from relsim.model.simulation import simulate
from relsim.parameters import Parameters

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


def with_trust(market: Parameters, level: float) -> Parameters:
    """A market with everybody's trust clamped at a level, beside what it clamps itself.

    Raises
    ------
    InputError
        If it clamps trust itself.

    Examples
    --------
    >>> with_trust(Parameters(hold={"ideas": 0.0}), 0.5).hold
    {'ideas': 0.0, 'trust': 0.5}
    """
    if clamps := sorted({"trust", "buyer_trust", "seller_trust"} & set(market.hold)):
        raise InputError(f"hold of {clamps[0]}: allowed is a base that leaves trust free")
    return market.with_values(hold={**market.hold, "trust": level})


def rising(levels: Sequence[float]) -> tuple[float, ...]:
    """Levels of trust as plain numbers.

    Raises
    ------
    InputError
        If they are not two or more from 0 to 1, in rising order.

    Examples
    --------
    >>> rising(np.array([0.25, 1.0], np.float32))
    (0.25, 1.0)
    """
    allowed = "allowed are two or more from 0 to 1, in rising order"
    try:
        found = tuple(map(float, levels))
    except (TypeError, ValueError):
        raise InputError(f"levels = {shown(levels)}: {allowed}") from None
    for level in found:
        within("level of trust", level, 0.0, 1.0)
    if len(found) < 2 or sorted(set(found)) != list(found):
        raise InputError(f"levels = {shown(list(found))}: {allowed}")
    return found


MARKETS: dict[str, dict[str, Any]] = {
    "the defaults": {},
    # At the ends of their ranges: partners have nothing to give each other beyond the goods.
    "a plain commodity": {
        "value_per_idea": 0.0,
        "uncertainty": 0.0,
        "serious_loss": 500.0,
    },
    # Sellers that take what they can, are hardly ever found out, and have no ideas.
    "opportunists, no ideas": {
        "seller_stances": "opportunist",
        "exploitation_rate": 0.2,
        "detection": 0.05,
        "value_per_idea": 0.0,
        "shading": 1.5,
    },
}
"""Markets in which trust is clamped: one as it is, two in which it should have little to gain."""


def clamped_trust(
    markets: Mapping[str, Mapping[str, Any]] = MARKETS,
    levels: Sequence[float] = (0.1, 0.3, 0.5, 0.7, 0.9),
    measure: str = "total_cost_per_unit",
    replicates: int = 30,
    seed: int = 0,
    base: Parameters | None = None,
) -> pd.DataFrame:
    """What trust itself does to a measure: everybody's trust clamped, on common draws.

    What the base or a market clamps beside trust stays clamped.

    Parameters
    ----------
    markets : mapping
        Parameters of each market.
    levels : sequence of float
        What trust is clamped at.
    measure : str
        What is measured.
    replicates : int
        Runs of each market at each level.
    seed : int
        Of the replicates; the same everywhere.
    base : Parameters, optional
        What holds in all markets; buyers of one size and middling stance if none.

    Returns
    -------
    DataFrame
        A row a market and level: ``mean``, ``low``, ``high`` (95%), and ``rise``, ``rise_low``,
        ``rise_high``: how much more than at the level with the least mean, in pairs.

    Raises
    ------
    InputError
        If there is no such measure, or the base or a market clamps trust itself.
    """
    import pandas as pd

    known("measure", [measure], MEASURES)
    chosen = base or Parameters(volume_spread=0.0, aggressiveness=0.5)
    run_seeds = seeds(seed, replicates)
    rows = []

    def run(parameters: Parameters, seed: int, stop: threading.Event) -> float:
        """Run a market, and keep the measure."""
        return simulate(parameters, seed, stop=stop).measures[measure]

    for market, changes in markets.items():
        hold = {**chosen.hold, **changes.get("hold", {})}
        there = chosen.with_values(**{**changes, "hold": hold})
        clamped = [with_trust(there, level) for level in levels]
        values: Floats = np.array(run_all(clamped, run_seeds, run))
        best = values[int(np.argmin(values.mean(axis=1)))]
        for level, runs in zip(levels, values, strict=True):
            own, rise = estimate(np.zeros(len(runs)), runs), estimate(best, runs)
            rows.append(
                {
                    "market": market,
                    "trust": level,
                    "mean": own.second,
                    "low": own.low,
                    "high": own.high,
                    "rise": rise.difference,
                    "rise_low": rise.low,
                    "rise_high": rise.high,
                }
            )
    return pd.DataFrame(rows)
