"""Virtual interviews (A8): what a study of 47 salespeople can see of a market of many more.

A study draws salespeople from a market; each tells of one customer of two years or more, drawn
among those it has. What is asked is what a salesperson can know: how long, what was told and
heard, how far the buyer is trusted, hours, profit, the own person. Answers are blurred: their
reliability (the share of their variance that is true) is that of a good questionnaire. For each
claim a test fixed beforehand says whether the study sees it: with several parts, only if every
part is significant on its own (an intersection-union test, whose level is that of its parts).

The same test on labels dealt out anew says how often a study sees what is not there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import share_of
from relsim.comparison import run_all, seeds
from relsim.model.run import Run
from relsim.model.simulation import simulate
from relsim.model.state import PERSONAL
from relsim.parameters import Parameters

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Sample = Mapping[str, Floats]

LEVEL = 0.05
"""A test sees something where its p is below."""

INTERVIEWS = 47
"""Salespeople that were interviewed (KJ22)."""

MONTHS = 24
"""Length from which a relationship counts as a long one."""

RELIABILITY = 0.8
"""Share of the variance of an answer that is true (assumption: a good questionnaire)."""

EXACT = frozenset({"seller", "phase", "collaborative_since", "personal_since"})
"""What is coded from the story told, not answered on a scale."""


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


# --- the study ------------------------------------------------------------------------------------


def people_of(run: Run) -> pd.DataFrame:
    """All that salespeople of a market could tell: a row a long relationship at its end.

    Parameters
    ----------
    run : Run
        The market.

    Returns
    -------
    DataFrame
        ``seller`` and what the tests of ``QUESTIONS`` use, as it is, not as it is answered.
    """
    import pandas as pd

    r = run.relationships
    sellers = run.salespeople.set_index("salesperson").loc[r["seller"]].reset_index()
    table = pd.DataFrame(
        {
            "seller": r["seller"],
            "phase": r["phase"],
            "length": run.parameters.periods - r["start"],
            "collaborative_since": r["collaborative_since"],
            "personal_since": r["personal_since"],
            "business_told": r["business_disclosure_by_seller"],
            "business_heard": r["business_disclosure_by_buyer"],
            "personal_told": r["personal_disclosure_by_seller"],
            "personal_heard": r["personal_disclosure_by_buyer"],
            "trust": r["seller_trust_in_buyer"],
            "affinity": r["affinity"],
            "balance": r["seller_balance"],
            "agreeing": r["usual_transaction_hours"],
            "effectiveness": r["usual_profit"] / r["usual_seller_hours"].clip(lower=0.1),
            "boundary": sellers["personal_boundary"],
            "confidence": sellers["confidence"],
        }
    ).astype(float)
    table["business"] = table["business_told"] + table["business_heard"]
    table["personal"] = table["personal_told"] + table["personal_heard"]
    return table[table["length"] >= MONTHS].reset_index(drop=True)


def interviewed(
    everybody: Sample, count: int, random: np.random.Generator, reliability: float = RELIABILITY
) -> dict[str, Floats]:
    """Answers of a sample of salespeople, each about one of its long relationships.

    Parameters
    ----------
    everybody : mapping of str to ndarray
        Columns of ``people_of``.
    count : int
        Salespeople to draw, without replacement; fewer if there are not as many.
    random : numpy.random.Generator
        Where luck comes from.
    reliability : float
        Share of the variance of an answer that is true.

    Returns
    -------
    dict of str to ndarray
        An answer a salesperson.
    """
    order = random.permutation(len(everybody["seller"]))
    _, first = np.unique(everybody["seller"][order], return_index=True)
    chosen = random.permutation(order[first])[:count]
    noise = np.sqrt(1.0 / reliability - 1.0)
    answers = {}
    for name, values in everybody.items():
        told = values[chosen]
        # In a market without long relationships there is nobody to blur.
        if name not in EXACT and len(told):
            told = told + noise * values.std() * random.standard_normal(len(told))
        answers[name] = told
    return answers


def dealt_anew(sample: Sample, label: str, random: np.random.Generator) -> dict[str, Floats]:
    """The same answers with labels dealt out anew, so that there is nothing to see."""
    changed = dict(sample)
    if label == "dates":
        swap = random.random(len(sample["phase"])) < 0.5
        first, second = sample["collaborative_since"], sample["personal_since"]
        changed["collaborative_since"] = np.where(swap, second, first)
        changed["personal_since"] = np.where(swap, first, second)
    else:
        changed[label] = random.permutation(sample[label])
    return changed


def seen(question: Question, sample: Sample) -> list[bool]:
    """Whether a study sees each part of a claim."""
    return [part.p(sample) < LEVEL for part in question.parts]


def markets(parameters: Parameters, count: int, seed: int = 0) -> list[dict[str, Floats]]:
    """``people_of`` several markets, by column."""

    def run(one: Parameters, seed: int, stop: threading.Event) -> dict[str, Floats]:
        """Run a market, and keep what its salespeople could tell."""
        return by_column(people_of(simulate(one, seed, stop=stop)))

    return run_all([parameters], seeds(seed, count), run)[0]


def by_column(people: pd.DataFrame) -> dict[str, Floats]:
    """``people_of`` by column, as the tests take them."""
    return {str(name): people[name].to_numpy(float) for name in people}


def studies(
    everybody: Sequence[Sample],
    sizes: Sequence[int],
    count: int,
    seed: int = 0,
    questions: Sequence[Question] = QUESTIONS,
) -> pd.DataFrame:
    """Carry out many studies and count what they see.

    Parameters
    ----------
    everybody : sequence of mappings
        Markets to draw from, in turn.
    sizes : sequence of int
        Interviews of a study.
    count : int
        Studies of each size.
    seed : int
        Of the draws.
    questions : sequence of Question
        What they ask.

    Returns
    -------
    DataFrame
        A row a claim, part (``all`` for the claim as a whole) and size: ``power`` with ``low`` and
        ``high``, and the same of ``false`` finds with labels dealt out anew.
    """
    import pandas as pd

    random = np.random.default_rng(seed)
    found: dict[tuple[str, str, int], list[tuple[bool, bool]]] = {}
    for size in sizes:
        for number in range(count):
            sample = interviewed(everybody[number % len(everybody)], size, random)
            for question in questions:
                real = seen(question, sample)
                false = seen(question, dealt_anew(sample, question.label, random))
                words = ["all", *(part.words for part in question.parts)]
                for name, one, other in zip(
                    words, [all(real), *real], [all(false), *false], strict=True
                ):
                    found.setdefault((question.claim, name, size), []).append((one, other))
    rows: list[dict[str, Any]] = []
    for (claim, part, size), pairs in found.items():
        outcome = np.array(pairs)
        power, false_finds = share_of(outcome[:, 0]), share_of(outcome[:, 1])
        rows.append(
            {
                "claim": claim,
                "part": part,
                "interviews": size,
                "power": power.share,
                "low": power.low,
                "high": power.high,
                "false": false_finds.share,
                "false_low": false_finds.low,
                "false_high": false_finds.high,
            }
        )
    return pd.DataFrame(rows)
