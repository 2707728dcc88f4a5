"""What an interview study asks of each claim (A1 to A7), and the test that says what it sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.model.state import PERSONAL

Floats = NDArray[np.float64]
Sample = Mapping[str, Floats]

LEVEL = 0.05
"""A test sees something where its p is below."""


# --- tests, each one-sided, for what a claim says -------------------------------------------------


def rises_with(x: Floats, y: Floats, sign: float = 1.0) -> float:
    """Test whether a rank correlation is positive (negative if ``sign`` is -1): p, 1 if undefined.

    >>> rises_with(np.arange(8.0), np.arange(8.0)) < 0.001
    True
    """
    from scipy.stats import spearmanr

    if len(x) < 4 or np.ptp(x) == 0.0 or np.ptp(y) == 0.0:
        return 1.0
    side = "greater" if sign > 0.0 else "less"
    return float(spearmanr(x, y, alternative=side).pvalue)


def greater_in(values: Floats, there: NDArray[np.bool_], sign: float = 1.0) -> float:
    """Test by Mann and Whitney whether values are greater (less) in a group: p, 1 if undefined."""
    from scipy.stats import mannwhitneyu

    if there.sum() < 2 or (~there).sum() < 2:
        return 1.0
    side = "greater" if sign > 0.0 else "less"
    return float(mannwhitneyu(values[there], values[~there], alternative=side).pvalue)


def mostly(successes: int, trials: int) -> float:
    """Test whether more than half of the trials succeed: p, 1 if there are none."""
    from scipy.stats import binomtest

    return float(binomtest(successes, trials, alternative="greater").pvalue) if trials else 1.0


def beyond(x: Floats, y: Floats, other: Floats) -> float:
    """Test whether ``x`` and ``y`` rise together beyond what ``other`` explains: p, or 1."""
    from scipy.stats import rankdata, t

    if len(x) < 5 or min(np.ptp(x), np.ptp(y), np.ptp(other)) == 0.0:
        return 1.0
    design = np.column_stack([np.ones(len(x)), rankdata(other)])
    left = [
        ranks - design @ np.linalg.lstsq(design, ranks, rcond=None)[0]
        for ranks in (rankdata(x), rankdata(y))
    ]
    r = float(np.corrcoef(left[0], left[1])[0, 1])
    freedom = len(x) - 3
    statistic = r * np.sqrt(freedom / max(1e-12, 1.0 - r * r))
    return float(t.sf(statistic, freedom))


# --- claims as an interview study can test them ---------------------------------------------------


class Part(NamedTuple):
    """One thing a study must see: in words, and the p of its test on a sample."""

    words: str
    p: Callable[[Sample], float]


class Question(NamedTuple):
    """A claim, its parts, and the labels to be dealt out anew where nothing should be seen."""

    claim: str
    statement: str
    label: str
    parts: tuple[Part, ...]


def _earlier(sample: Sample) -> float:
    first, second = sample["collaborative_since"], sample["personal_since"]
    both = np.isfinite(first) & np.isfinite(second)
    return mostly(int((first[both] < second[both]).sum()), int(both.sum()))


def _by_phase(column: str) -> Callable[[Sample], float]:
    return lambda sample: rises_with(sample["phase"], sample[column])


def _deepest(column: str, sign: float = 1.0) -> Callable[[Sample], float]:
    return lambda sample: greater_in(sample[column], sample["phase"] == PERSONAL, sign)


def _closed(column: str, sign: float) -> Callable[[Sample], float]:
    return lambda sample: rises_with(sample["personal_told"], sample[column], sign)


QUESTIONS = (
    Question(
        "A1",
        "phases come in order",
        "dates",
        (Part("collaborative before personal in most that got there (sign test)", _earlier),),
    ),
    Question(
        "A2",
        "both domains deepen with the phase",
        "phase",
        (
            Part(
                "business matters told and heard rise with the phase (Spearman)",
                _by_phase("business"),
            ),
            Part(
                "personal matters told and heard rise with the phase (Spearman)",
                _by_phase("personal"),
            ),
        ),
    ),
    Question(
        "A3",
        "disclosure is answered",
        "business_heard",
        (
            Part(
                "business heard rises with business told (Spearman)",
                lambda sample: rises_with(sample["business_told"], sample["business_heard"]),
            ),
        ),
    ),
    Question(
        "A4",
        "the balance decides, not time alone",
        "phase",
        (
            Part(
                "the phase rises with the own balance, length apart (partial Spearman)",
                lambda sample: beyond(sample["phase"], sample["balance"], sample["length"]),
            ),
        ),
    ),
    Question(
        "A5",
        "three reasons to keep personal matters closed",
        "personal_told",
        (
            Part("less personal told where trust is less (Spearman)", _closed("trust", 1.0)),
            Part("less where own boundaries are firmer (Spearman)", _closed("boundary", -1.0)),
            Part("less where affinity is less (Spearman)", _closed("affinity", 1.0)),
        ),
    ),
    Question(
        "A6",
        "deepest phase: more trust, less effort",
        "phase",
        (
            Part("trust is higher there (Mann-Whitney)", _deepest("trust")),
            Part("hours of agreeing are fewer there (Mann-Whitney)", _deepest("agreeing", -1.0)),
        ),
    ),
    Question(
        "A7",
        "deepest phase: the salesperson gains",
        "phase",
        (
            Part("self-confidence is higher there (Mann-Whitney)", _deepest("confidence")),
            Part("profit an hour is higher there (Mann-Whitney)", _deepest("effectiveness")),
        ),
    ),
)
"""Fixed before any power was computed."""
