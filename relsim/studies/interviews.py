"""Virtual interviews (A8): what a study of 47 salespeople can see of a market of many more.

A study draws salespeople from a market; each tells of its customers of two years or more, and only
what a salesperson can know: phases and their dates, what was disclosed either way, its own trust,
its own decision about personal contact and what it weighed, hours and money of its accounts.
Answers are blurred: their reliability (the share of their variance that is true) is that of a good
questionnaire. ``questions`` has what is asked, and when enough tell a pattern that the study sees
it. The same counts on labels dealt anew say how often a study sees what is not there.

Assumption of ours: a salesperson who took over from another knows what was before.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from relsim.analysis.statistics import share_of
from relsim.comparison import run_all, seeds
from relsim.engine.compilation import plain
from relsim.model.run import Run
from relsim.model.simulation import simulate
from relsim.model.state import LAYERS, NOBODY
from relsim.model.submodels.evaluation import personal_balance, wish
from relsim.parameters import Parameters
from relsim.studies.questions import QUESTIONS, Customers, Floats

if TYPE_CHECKING:
    import pandas as pd

INTERVIEWS = 47
"""Salespeople that were interviewed (KJ22)."""

MONTHS = 24
"""Length from which a relationship counts as a long one, and how far back hours and money go."""

RELIABILITY = 0.8
"""Share of the variance of an answer that is true (assumption: a good questionnaire)."""

EXACT = {"seller", "start", "phase", "phases", "collaborative_since", "personal_since", "declines"}
"""What is coded from the story told, not answered on a scale."""

UNPRODUCTIVE = ("haggling_hours", "contract_hours", "blame_hours")
OTHER_HOURS = ("joint_hours", "personal_hours", "care_hours")
"""Hours of an account: on transaction matters, and the others."""

NEEDS = (
    *("seller", "start", "phase", "collaborative_since", "personal_since", "personal_engagement"),
    *("business_disclosure_by_seller", "business_disclosure_by_buyer"),
    *("personal_disclosure_by_seller", "personal_disclosure_by_buyer"),
    *("seller_trust_in_buyer", "affinity", "familiarity", "seller_balance"),
    *(*UNPRODUCTIVE, *OTHER_HOURS, "delivered", "service_money", "seller_profit"),
)
"""Variables of relationships that a run must keep for every month."""


# --- the study ------------------------------------------------------------------------------------


def customers_of(run: Run) -> dict[str, Floats]:
    """All that salespeople of a market could tell, as it is: an entry a long relationship.

    Parameters
    ----------
    run : Run
        The market, with snapshots of ``NEEDS``.

    Returns
    -------
    dict of str to ndarray
        ``seller`` and what ``QUESTIONS`` ask for; ``phases`` and ``balances`` have a row a
        relationship and a column a month.
    """
    p, kept = run.parameters, run.snapshots
    long = (kept["seller"][-1] != NOBODY) & (kept["start"][-1] <= p.periods - MONTHS)
    now = {name: kept[name][-1, long].astype(float) for name in NEEDS}
    firmness = run.salespeople["personal_boundary"].to_numpy(float)[now["seller"].astype(int)]
    boundary = firmness * ("boundaries" not in p.without)
    trust, liking = now["seller_trust_in_buyer"], now["familiarity"] * now["affinity"]

    def lately(*names: str) -> Floats:
        """Sum over the last two years."""
        total: Floats = sum(kept[name][-MONTHS:, long].sum(axis=0) for name in names)
        return total

    sold, worked = (
        np.where(total > 0.0, total, np.nan)
        for total in (lately("delivered"), lately(*UNPRODUCTIVE, *OTHER_HOURS))
    )
    return now | {
        "phases": kept["phase"][:, long].T.astype(float),
        "balances": kept["seller_balance"][:, long].T,
        "business": sum(now[f"business_disclosure_by_{side}"] for side in ("buyer", "seller")),
        "personal": sum(now[f"personal_disclosure_by_{side}"] for side in ("buyer", "seller")),
        "declines": _declines(p, now, liking, boundary),
        "little_trust": _usual(trust) - trust,
        "firm_boundary": boundary - _usual(boundary),
        "little_affinity": _usual(liking) - liking,
        "agreeing": lately("haggling_hours", "contract_hours") / sold,
        "hours": lately(*UNPRODUCTIVE) / sold,
        "service": lately("service_money") / sold,
        "effectiveness": lately("seller_profit") / worked,
    }


def _usual(values: Floats) -> float:
    return float(np.median(values)) if len(values) else 0.0


def _declines(p: Parameters, now: Mapping[str, Floats], liking: Floats, boundary: Floats) -> Floats:
    """1 where the salesperson itself does not want to have personal contact, else 0.

    By the rule of the model: a salesperson knows what it decided.
    """
    balance_of, wishes = plain(personal_balance), plain(wish)

    def one(liking: float, heard: float, firmness: float, trust: float, engaged: float) -> float:
        """Whether the salesperson of one relationship declines."""
        balance = balance_of(
            liking, heard / LAYERS, p.personal_ease, firmness, trust, p.personal_exposure
        )
        return 1.0 - wishes(engaged, balance, p.personal_band)

    heard, engaged = now["personal_disclosure_by_buyer"], now["personal_engagement"]
    rows = zip(liking, heard, boundary, now["seller_trust_in_buyer"], engaged, strict=True)
    return np.array([one(*row) for row in rows], np.float64)


def interviewed(
    everybody: Customers, count: int, random: np.random.Generator, reliability: float = RELIABILITY
) -> list[Customers]:
    """Answers of a sample of salespeople about all their long relationships, in drawn order.

    Parameters
    ----------
    everybody : mapping of str to ndarray
        From ``customers_of``.
    count : int
        Salespeople to draw, without replacement; fewer if there are not as many.
    random : numpy.random.Generator
        Where random draws come from.
    reliability : float
        Share of the variance of an answer that is true.

    Returns
    -------
    list of mappings
        One a salesperson.
    """
    noise = np.sqrt(1.0 / reliability - 1.0)
    # In a market without long relationships there is nobody to blur.
    spread = {
        name: noise * np.nanstd(values)
        for name, values in everybody.items()
        if name not in EXACT and len(values)
    }
    sellers = everybody["seller"]
    sample: list[Customers] = []
    for seller in random.permutation(np.unique(sellers))[:count]:
        own = random.permutation(np.flatnonzero(sellers == seller))
        answers = {name: values[own] for name, values in everybody.items()}
        for name, sd in spread.items():
            answers[name] = answers[name] + sd * random.standard_normal(answers[name].shape)
        sample.append(answers)
    return sample


def markets(parameters: Parameters, count: int, seed: int = 0) -> list[dict[str, Floats]]:
    """``customers_of`` several markets."""

    def run(one: Parameters, seed: int, stop: threading.Event) -> dict[str, Floats]:
        """Run a market, and keep what its salespeople could tell."""
        return customers_of(simulate(one, seed, snapshots=NEEDS, stop=stop))

    return run_all([parameters], seeds(seed, count), run)[0]


def studies(
    everybody: Sequence[Customers], sizes: Sequence[int], count: int, seed: int = 0
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

    Returns
    -------
    DataFrame
        A row a claim, part (``all`` for the pattern as a whole) and size: the share of studies that
        have ``seen`` it with ``low`` and ``high``, and the same of ``false`` finds with labels
        dealt anew.
    """
    import pandas as pd

    random = np.random.default_rng(seed)
    found: dict[tuple[str, str, int], list[tuple[bool, bool]]] = {}
    for size in sizes:
        for number in range(count):
            sample = interviewed(everybody[number % len(everybody)], size, random)
            for question in QUESTIONS:
                real, false = question.seen(sample), question.seen(sample, random)
                outcomes = zip([all(real), *real], [all(false), *false], strict=True)
                for name, outcome in zip(["all", *question.parts], outcomes, strict=True):
                    found.setdefault((question.claim, name, size), []).append(outcome)
    rows: list[dict[str, Any]] = []
    for (claim, part, size), pairs in found.items():
        there, dealt = (share_of(np.array(column)) for column in zip(*pairs, strict=True))
        rows.append(
            {"claim": claim, "part": part, "interviews": size}
            | {"seen": there.share, "low": there.low, "high": there.high}
            | {"false": dealt.share, "false_low": dealt.low, "false_high": dealt.high}
        )
    return pd.DataFrame(rows)
