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
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import share_of
from relsim.comparison import run_all, seeds
from relsim.model.run import Run
from relsim.model.simulation import simulate
from relsim.parameters import Parameters
from relsim.studies.questions import LEVEL, QUESTIONS, Question, Sample

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

INTERVIEWS = 47
"""Salespeople that were interviewed (KJ22)."""

MONTHS = 24
"""Length from which a relationship counts as a long one."""

RELIABILITY = 0.8
"""Share of the variance of an answer that is true (assumption: a good questionnaire)."""

EXACT = frozenset({"seller", "phase", "collaborative_since", "personal_since"})
"""What is coded from the story told, not answered on a scale."""


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
        Where random draws come from.
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
