"""Readings of what an interview study of 47 salespeople would see."""

from __future__ import annotations

import functools
from weakref import WeakKeyDictionary

import numpy as np

from relsim.claims.readings.base import Reading
from relsim.claims.readings.snapshots import phase_shares, stands
from relsim.model.run import Run
from relsim.model.state import PERSONAL
from relsim.studies import interviews
from relsim.studies.questions import QUESTIONS, Sample

INTERVIEWS = interviews.INTERVIEWS
STUDIES = 4
"""Interview studies of every market: its own share of what studies see."""


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


_told: WeakKeyDictionary[Run, list[Sample]] = WeakKeyDictionary()


def _samples(run: Run) -> list[Sample]:
    """Answers of every study of a market, the same for all that is asked of them."""
    if run not in _told:
        everybody = interviews.by_column(interviews.people_of(run))
        random = np.random.default_rng(run.seed)
        _told[run] = [interviews.interviewed(everybody, INTERVIEWS, random) for _ in range(STUDIES)]
    return _told[run]


@functools.cache
def study_sees(claim: str) -> Reading:
    """Share of interview studies of a market that see all parts of a claim, A1 to A7.

    The study is that of ``studies.interviews``: its questions, its blurred answers, its tests.
    """
    question = next(one for one in QUESTIONS if one.claim == claim)

    def read(run: Run) -> float:
        """Carry out the studies of one market."""
        return float(np.mean([all(interviews.seen(question, one)) for one in _samples(run)]))

    return Reading(f"studies of {INTERVIEWS} that see {claim}", "share", read)


def _seen_falsely(run: Run) -> float:
    """Share of single tests that see something with labels dealt out anew, over all questions."""
    random = np.random.default_rng([run.seed, 1])
    found: list[bool] = []
    for sample in _samples(run):
        for question in QUESTIONS:
            dealt = interviews.dealt_anew(sample, question.label, random)
            found += interviews.seen(question, dealt)
    return float(np.mean(found))


TESTS_SEE_FALSELY = Reading("tests that see something, labels dealt anew", "share", _seen_falsely)
