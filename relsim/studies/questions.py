"""What salespeople are asked about each pattern (A1 to A7), and when a study sees the pattern.

An interview study counts what is told and tests nothing. A salesperson compares two customers of
its own, or gives reasons. A pattern is seen if all its parts are told by enough. What is enough
was fixed before any study was carried out, by what it finds where labels are dealt anew, so that
there is nothing to see:

- A comparison: at least 13 can make it, and three quarters of them tell it. Dealt anew each
  answer is a toss. With any number of tellers from 13 on, tosses get there in at most 0.046 of the
  studies; with 12 it would be 0.073.
- A reason: a fifth of those who tell of a customer short of the personal phase give it (fewer
  would be asides: three reasons of equal weight have a third each), and it is given twice as often
  as of customers in that phase; at least 13 tell of each. Dealt anew, one reason gets there in at
  most 0.36 of the studies of 47, however often it is given, and all three, each dealt on its own,
  in at most 0.36 ** 3 = 0.047.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.model.state import NEVER, PERSONAL

Floats = NDArray[np.float64]
Customers = Mapping[str, Floats]
"""Answers of one salesperson: of each long customer, in drawn order."""

Two = tuple[int, int]
Ask = Callable[[Customers, int, int], float]

TELLERS = 13
"""Fewest who must be able to tell."""

MOST = 0.75
"""Share of those who can compare that must tell a comparison."""

NAMED = 0.2
"""Share of those who tell of a customer short of the personal phase that must give a reason."""

TIMES = 2.0
"""How often a reason must be given there for once in the personal phase."""

EQUAL_LENGTH = 12
"""Months by which relationships of about equal length may differ."""


class Comparison(NamedTuple):
    """A pattern that salespeople tell by comparing two of something.

    ``two`` finds what is compared, if there is such a pair. Each part is positive if the first has
    more of what the pattern says, ``nan`` if that cannot be told.
    """

    claim: str
    statement: str
    two: Callable[[Customers], Two | None]
    parts: Mapping[str, Ask]

    def seen(
        self, salespeople: Sequence[Customers], deal: np.random.Generator | None = None
    ) -> list[bool]:
        """Whether each part is told by enough; with ``deal`` which one is first is dealt anew."""
        told = []
        for own in salespeople:
            two = self.two(own)
            if two is not None:
                if deal is not None and deal.random() < 0.5:
                    two = two[::-1]
                told.append([ask(own, *two) for ask in self.parts.values()])
        return [_told_by_most(column) for column in np.array(told).reshape(-1, len(self.parts)).T]


class Reasons(NamedTuple):
    """A pattern that salespeople tell by giving reasons, about a customer in each of two groups.

    Each tells of a customer short of the personal phase and of one in it, as far as it has them. A
    reason is given if the salesperson itself declines to have personal contact, and what the reason
    is about (a column) is on the wrong side of what is usual in the trade.
    """

    claim: str
    statement: str
    parts: Mapping[str, str]

    def seen(
        self, salespeople: Sequence[Customers], deal: np.random.Generator | None = None
    ) -> list[bool]:
        """Whether each reason is given often enough; with ``deal`` each is dealt anew."""
        rows = []
        for own in salespeople:
            personal = own["phase"] == PERSONAL
            for one in {int(personal.argmin()), int(personal.argmax())}:
                against = own["declines"][one] > 0.0
                given = [against and own[column][one] > 0.0 for column in self.parts.values()]
                rows.append([personal[one], *given])
        table = np.array(rows, bool).reshape(-1, 1 + len(self.parts))
        personal, reasons = table[:, 0], table[:, 1:]
        if min(personal.sum(), (~personal).sum()) < TELLERS:
            return [False] * len(self.parts)
        if deal is not None:
            reasons = deal.permuted(reasons, axis=0)
        short, there = reasons[~personal].mean(axis=0), reasons[personal].mean(axis=0)
        return [bool(one) for one in (short >= NAMED) & (short >= TIMES * there)]


def _told_by_most(differences: Floats) -> bool:
    can = differences[np.isfinite(differences)]
    return len(can) >= TELLERS and bool((can > 0.0).mean() >= MOST)


# --- what is compared -----------------------------------------------------------------------------


def _deepest_and_shallowest(own: Customers) -> Two | None:
    phase = own["phase"]
    deep, shallow = int(phase.argmax()), int(phase.argmin())
    return (deep, shallow) if phase[deep] > phase[shallow] else None


def _personal_and_shallowest(own: Customers) -> Two | None:
    two = _deepest_and_shallowest(own)
    return two if two is not None and own["phase"][two[0]] == PERSONAL else None


def _disclosed_most_and_least(own: Customers) -> Two | None:
    disclosed = own["business_disclosure_by_seller"]
    return (int(disclosed.argmax()), int(disclosed.argmin())) if len(disclosed) > 1 else None


def _deeper_of_equal_length(own: Customers) -> Two | None:
    """Of two customers in different phases, as close in length as there are."""
    phase, start = own["phase"], own["start"]
    pairs = [
        (abs(start[one] - start[other]), one, other)
        for one, other in permutations(range(len(phase)), 2)
        if phase[one] > phase[other]
    ]
    apart, deeper, other = min(pairs, default=(math.inf, 0, 0))
    return (deeper, other) if apart <= EQUAL_LENGTH else None


def _months_to_phases(own: Customers) -> Two | None:
    """Months to the collaborative and to the personal phase, of a relationship that got there."""
    through = np.flatnonzero(own["personal_since"] > NEVER)
    if len(through) == 0:
        return None
    start, joint, persons = (
        int(own[name][through[0]]) for name in ("start", "collaborative_since", "personal_since")
    )
    return joint - start, persons - start


# --- what is asked --------------------------------------------------------------------------------


def _more(column: str, sign: float = 1.0) -> Ask:
    return lambda own, one, other: sign * float(own[column][one] - own[column][other])


def _less(column: str) -> Ask:
    return _more(column, -1.0)


def _one_after_the_other(_: Customers, joint: int, persons: int) -> float:
    return float(min(joint, persons - joint))


def _gave_more(own: Customers, one: int, other: int) -> float:
    """Balance of one minus that of the other in the last month in which their phases were alike."""
    begun = int(max(0.0, own["start"][one], own["start"][other]))
    alike = np.flatnonzero(own["phases"][one, begun:] == own["phases"][other, begun:])
    if len(alike) == 0:
        return math.nan
    balances = own["balances"][:, begun + alike[-1]]
    return float(balances[one] - balances[other])


QUESTIONS = (
    Comparison(
        "A1",
        "phases come in order",
        _months_to_phases,
        {"commercial, collaborative and personal, one after the other": _one_after_the_other},
    ),
    Comparison(
        "A2",
        "both domains deepen with the phase",
        _deepest_and_shallowest,
        {
            "each knows more of the other's business in the deeper phase": _more("business"),
            "each knows more of the other as a person there": _more("personal"),
        },
    ),
    Comparison(
        "A3",
        "disclosure is answered",
        _disclosed_most_and_least,
        {
            "the customer to whom more business was disclosed disclosed more": _more(
                "business_disclosure_by_buyer"
            )
        },
    ),
    Comparison(
        "A4",
        "the balance decides, not time alone",
        _deeper_of_equal_length,
        {"the customer that became the deeper had given more when they parted": _gave_more},
    ),
    Reasons(
        "A5",
        "three reasons to keep personal matters closed",
        {
            "too little trust": "little_trust",
            "firm boundaries of one's own": "firm_boundary",
            "not a person to spend free time with": "little_affinity",
        },
    ),
    Comparison(
        "A6",
        "deepest phase: more trust, less effort",
        _personal_and_shallowest,
        {
            "more trust in the personal phase": _more("seller_trust_in_buyer"),
            "fewer hours of agreeing there for what is sold": _less("agreeing"),
        },
    ),
    Comparison(
        "A7",
        "deepest phase: the salesperson gains",
        _personal_and_shallowest,
        {
            "fewer unproductive hours in the personal phase for what is sold": _less("hours"),
            "less spent on service there for what is sold": _less("service"),
            "more profit there for an hour": _more("effectiveness"),
        },
    ),
)
"""Self-confidence (A7) is not asked for: it is the person's, whichever customer is spoken of."""
