"""The calibration table: what was aimed at, and what is reached."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import interval
from relsim.comparison import run_all, seeds
from relsim.model.simulation import simulate
from relsim.parameters import Parameters, table
from relsim.parameters.presets import presets

Floats = NDArray[np.float64]


class Target(NamedTuple):
    """A published number: its band, where tuning aims, and the unit that misses are counted in."""

    name: str
    meaning: str
    low: float
    high: float
    aim: float | None
    unit: float
    source: str


TARGETS = (
    Target(
        "time_of_least_trusted",
        "share of time face to face on transaction matters, least trusted of eight buyers",
        0.45,
        0.49,
        0.47,
        0.01,
        "DC03",
    ),
    Target(
        "time_of_most_trusted",
        "share of time face to face on transaction matters, most trusted of eight buyers",
        0.23,
        0.27,
        0.25,
        0.01,
        "ASR, DC03",
    ),
    Target("serious_voiced", "serious problems voiced", 0.10, 0.25, 0.16, 0.03, "GO"),
    Target("small_voiced", "small problems voiced", 0.01, 0.05, None, 0.01, "GO"),
)
"""The calibration table. The last has no aim: no tuned parameter moves it, it only must hold."""


def market() -> Parameters:
    """The market that is calibrated: eight buyers that share suppliers.

    >>> market().buyers
    8
    """
    return presets["eight_automakers"]


def shares_by_rank(run: Any) -> Floats:
    """Share of transaction time of each buyer, from the least to the most trusted.

    Parameters
    ----------
    run : relsim.Run
        Any market.

    Returns
    -------
    ndarray
        Buyers ranked by their suppliers' mean trust over the run (DC03).
    """
    buyers = run.buyers
    order = np.argsort(buyers["suppliers_trust_in_buyer"].to_numpy(float), kind="stable")
    shares: Floats = buyers["transaction_time_share"].to_numpy(float)[order]
    return shares


def targets_of(parameters: Parameters, seed: int, stop: threading.Event | None = None) -> Floats:
    """One replicate of all targets, in the order of ``TARGETS``.

    >>> targets_of(market().with_values(periods=12), 0).shape
    (4,)
    """
    run = simulate(parameters, seed, stop=stop)
    ranked = shares_by_rank(run)
    measures = run.measures
    return np.array(
        [ranked[0], ranked[-1], measures["serious_voiced"], measures["small_voiced"]], np.float64
    )


def replicates_of(markets: Sequence[Parameters], run_seeds: Sequence[int]) -> Floats:
    """All targets of several replicates: an array of markets x replicates x ``TARGETS``."""
    return np.array(run_all(markets, run_seeds, targets_of))


def reached(parameters: Parameters | None = None, replicates: int = 200, seed: int = 0) -> Any:
    """Target and reached, with the interval of the mean over replicates.

    Parameters
    ----------
    parameters : Parameters, optional
        Calibrated market; ``market()`` if none.
    replicates : int
        Runs.
    seed : int
        Of the replicates.

    Returns
    -------
    DataFrame
        A row a target: its band, ``mean``, ``low`` and ``high`` (95%), and whether ``inside``.
    """
    import pandas as pd

    values = replicates_of([parameters or market()], seeds(seed, replicates))[0]
    mean, low, high = interval(values)
    rows = pd.DataFrame(
        [one._asdict() for one in TARGETS],
    )[["name", "meaning", "source", "low", "high"]]
    rows = rows.rename(columns={"low": "target_low", "high": "target_high"})
    rows["mean"], rows["low"], rows["high"] = mean, low, high
    rows["inside"] = (mean >= rows["target_low"]) & (mean <= rows["target_high"])
    return rows


def bounds() -> Floats:
    """Least and greatest value of each tuned parameter: an array of 2 x parameters."""
    entries = {entry.name: entry for entry in table()}
    return np.array([[entries[n].low, entries[n].high] for n in Parameters.TUNED]).T
