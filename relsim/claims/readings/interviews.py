"""Readings of what an interview study of 47 salespeople would see."""

from __future__ import annotations

import numpy as np

from relsim.claims.readings.base import Reading
from relsim.claims.readings.snapshots import phase_shares, stands
from relsim.simulation import Run
from relsim.state import PERSONAL

INTERVIEWS = 47
"""Salespeople whom KJ22 interviewed."""


def _interviewed(run: Run, permuted: bool) -> float:
    """Whether 47 of a market's salespeople show that trust goes with the personal phase.

    Rank correlation of the share of personal accounts and mean trust in both directions, at 0.05
    on one side.
    """
    from scipy.stats import spearmanr

    kept = run.snapshots
    months, personal = phase_shares(run, PERSONAL)
    standing = stands(kept)
    trust = (kept["buyer_trust_in_seller"] + kept["seller_trust_in_buyer"]) / 2.0
    mean = np.bincount(kept["seller"][standing], trust[standing], len(months)) / np.maximum(
        months, 1.0
    )
    generator = np.random.default_rng(run.seed)
    there = np.flatnonzero(months > 0.0)
    chosen = generator.choice(there, min(INTERVIEWS, len(there)), replace=False)
    labels = personal[chosen]
    if permuted:
        labels = generator.permutation(labels)
    if np.ptp(labels) == 0.0:
        return 0.0
    return float(spearmanr(labels, mean[chosen], alternative="greater").pvalue < 0.05)


_INTERVIEW = ("seller", "phase", "buyer_trust_in_seller", "seller_trust_in_buyer")
FOUND = Reading(
    "47 interviews show it", "share", lambda run: _interviewed(run, permuted=False), _INTERVIEW
)
FOUND_FALSELY = Reading(
    "47 interviews show it, labels permuted",
    "share",
    lambda run: _interviewed(run, permuted=True),
    _INTERVIEW,
)
