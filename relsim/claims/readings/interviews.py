"""Readings of what an interview study of 47 salespeople would see."""

from __future__ import annotations

import functools
from weakref import WeakKeyDictionary

import numpy as np

from relsim.claims.readings.base import Reading
from relsim.model.run import Run
from relsim.studies.interviews import INTERVIEWS, NEEDS, customers_of, interviewed
from relsim.studies.questions import QUESTIONS, Customers

STUDIES = 4
"""Interview studies of every market: its own share of what studies see."""

_told: WeakKeyDictionary[Run, list[list[Customers]]] = WeakKeyDictionary()


def _samples(run: Run) -> list[list[Customers]]:
    """Answers of every study of a market, the same for all that is asked of them."""
    if run not in _told:
        everybody, random = customers_of(run), np.random.default_rng(run.seed)
        _told[run] = [interviewed(everybody, INTERVIEWS, random) for _ in range(STUDIES)]
    return _told[run]


@functools.cache
def study_sees(claim: str) -> Reading:
    """Share of interview studies of a market that see the pattern of a claim, A1 to A7."""
    question = next(one for one in QUESTIONS if one.claim == claim)
    return Reading(
        f"studies of {INTERVIEWS} that see {claim}",
        "share",
        lambda run: float(np.mean([all(question.seen(one)) for one in _samples(run)])),
        NEEDS,
    )


def _seen_falsely(run: Run) -> float:
    """Share of studies that see a pattern with its labels dealt anew, mean over the patterns."""
    random = np.random.default_rng([run.seed, 1])
    return float(
        np.mean([all(one.seen(sample, random)) for sample in _samples(run) for one in QUESTIONS])
    )


SEEN_FALSELY = Reading(
    f"studies of {INTERVIEWS} that see a pattern, labels dealt anew", "share", _seen_falsely, NEEDS
)
