"""Phases: how relationships move between them, how long that takes, and who stays where.

A relationship that ends, or that lasts when the run does, may still have had a phase before it:
how long it takes to reach a phase is therefore estimated with censoring (Kaplan and Meier). What
ends first counts as censored there, so that the curve speaks of relationships that go on.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from relsim.comparison import run_all
from relsim.model.run import Run
from relsim.model.simulation import simulate
from relsim.model.state import PERSONAL, PHASES
from relsim.parameters import Parameters

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

STATES = (*PHASES[1:], "ended")
"""Where a relationship of one time can be at the next."""

EVENTS = ("collaborative", "personal", "end")
"""What the time to is estimated for."""

CLOSED = ("too little trust", "firm boundaries", "little affinity", "none of these")
"""Reasons to keep personal matters closed (A5), and those who have none of them."""


def flows(run: Run, months: Sequence[int]) -> Counts:
    """Count relationships that move from phase to phase between months.

    Parameters
    ----------
    run : relsim.Run
        With snapshots.
    months : sequence of int
        In ascending order.

    Returns
    -------
    ndarray of int
        Steps x phases before x ``STATES`` after. A place taken over by another seller has ended;
        the new relationship is counted from the next month of the list on.
    """
    seller, phase = run.snapshots["seller"], run.snapshots["phase"]
    counts = np.zeros((len(months) - 1, 3, 4), np.int64)
    for step, (before, after) in enumerate(itertools.pairwise(months)):
        stretch = seller[before : after + 1]
        same = (stretch == stretch[0]).all(axis=0)
        then = np.where(same & (phase[after] > 0), phase[after], 4)
        there = phase[before] > 0
        np.add.at(counts[step], (phase[before][there] - 1, then[there] - 1), 1)
    return counts


def standing(run: Run, months: Sequence[int]) -> Counts:
    """Count the relationships of each phase at some months: months x phases.

    Parameters
    ----------
    run : relsim.Run
        With snapshots.
    months : sequence of int
        Which.
    """
    phase = run.snapshots["phase"][list(months)]
    return np.stack([(phase == number).sum(axis=1) for number in (1, 2, 3)], axis=1)


def durations(spells: pd.DataFrame, event: str) -> tuple[Floats, NDArray[np.bool_]]:
    """Months to an event, and whether it was seen; of relationships begun after the warm-up.

    Parameters
    ----------
    spells : DataFrame
        See ``relsim.Run.spells``.
    event : str
        One of ``EVENTS``.

    Returns
    -------
    ndarray
        Months to the event, or to where the relationship was last seen.
    ndarray of bool
        Whether the event was seen.
    """
    rows = spells[spells["start"] >= 0]
    if event == "end":
        return rows["months"].to_numpy(float), ~rows["censored"].to_numpy(bool)
    since = rows[f"{event}_since"].to_numpy(float)
    seen = np.isfinite(since)
    return np.where(seen, since - rows["start"] + 1.0, rows["months"].to_numpy(float)), seen


def closed(run: Run, months: int = 60, part: float = 0.25) -> pd.DataFrame:
    """Phases of long relationships by the reasons that there are to keep personal matters closed.

    Parameters
    ----------
    run : relsim.Run
        Any run.
    months : int
        Length from which relationships count.
    part : float
        Which part of relationships counts as having a reason: the least trusting side's trust
        among the lowest, the firmer of both boundaries among the highest, affinity among the
        lowest. Groups overlap; trust is that of the end and has grown together with the phase.

    Returns
    -------
    DataFrame
        A row a relationship and group it belongs to: ``group``, ``phase``, ``ever_personal``.
        None where no relationship is that long.
    """
    import pandas as pd

    r = run.relationships
    r = r[run.parameters.periods - r["start"] >= months]
    if r.empty:
        kinds = {"group": str, "phase": int, "ever_personal": bool}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
    firm = np.maximum(
        run.buyers["personal_boundary"].to_numpy()[r["buyer"]],
        run.salespeople["personal_boundary"].to_numpy()[r["seller"]],
    )
    trust = np.minimum(r["buyer_trust_in_seller"], r["seller_trust_in_buyer"]).to_numpy(float)
    affinity = r["affinity"].to_numpy(float)
    reasons = [
        trust <= np.quantile(trust, part),
        firm >= np.quantile(firm, 1.0 - part),
        affinity <= np.quantile(affinity, part),
    ]
    reasons.append(~np.any(reasons, axis=0))
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "group": group,
                    "phase": r["phase"].to_numpy()[there],
                    "ever_personal": np.isfinite(r["personal_since"].to_numpy(float)[there])
                    | (r["phase"].to_numpy()[there] == PERSONAL),
                }
            )
            for group, there in zip(CLOSED, reasons, strict=True)
        ],
        ignore_index=True,
    )


def runs(parameters: Parameters, run_seeds: Sequence[int]) -> list[Run]:
    """Runs of a market with phases of every period kept."""

    def run(one: Parameters, seed: int, stop: threading.Event) -> Run:
        """Run the market once."""
        return simulate(one, seed, snapshots=True, stop=stop)

    return run_all([parameters], run_seeds, run)[0]
