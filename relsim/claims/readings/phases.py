"""Readings of how relationships move between phases, and what keeps them from it."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np

from relsim.claims.readings.base import YEAR, Reading, mean_of
from relsim.claims.readings.ledgers import of_group
from relsim.claims.readings.snapshots import phase_shares, same_pair, stands, two_halves
from relsim.model.run import Run
from relsim.model.state import COLLABORATIVE, PERSONAL


def _long_spells(run: Run, months: int) -> Any:
    spells = run.spells
    return spells[spells["months"] >= months]


def _passed_in_order(run: Run) -> float:
    spells = _long_spells(run, 5 * YEAR)
    begun, joint = spells["start"], spells["collaborative_since"]
    return mean_of(((joint > begun) & (spells["personal_since"] > joint)).to_numpy())


PASSED_IN_ORDER = Reading("long relationships through all three phases", "share", _passed_in_order)

NEVER_PERSONAL = Reading(
    "long relationships never in the personal phase",
    "share",
    lambda run: mean_of(_long_spells(run, 5 * YEAR)["personal_since"].isna().to_numpy()),
)


def _business_first(run: Run) -> float:
    """Of relationships begun in the run that engaged personally: business first, or persons."""
    kept = run.snapshots
    standing = stands(kept) & (kept["start"] >= 0)
    # A relationship is told from the one before in its place by the month of its start.
    place = np.broadcast_to(np.arange(standing.shape[1]), standing.shape)
    month = np.broadcast_to(np.arange(standing.shape[0])[:, None], standing.shape)
    key = kept["start"].astype(np.int64) * standing.shape[1] + place
    firsts = []
    for engaged in ("business_engagement", "personal_engagement"):
        inside = standing & (kept[engaged] > 0.0)
        found, position = np.unique(key[inside], return_index=True)
        firsts.append(dict(zip(found.tolist(), month[inside][position].tolist(), strict=True)))
    business, personal = firsts
    never = run.parameters.periods
    signs = [np.sign(when - business.get(pair, never)) for pair, when in personal.items()]
    return float(np.mean(signs)) if signs else math.nan


BUSINESS_FIRST = Reading(
    "business before persons minus persons before business",
    "share",
    _business_first,
    ("seller", "start", "business_engagement", "personal_engagement"),
)


def _deepening(run: Run) -> tuple[float, float]:
    """Change of phase within a year: by the balance within ages, by age within balances."""
    kept = run.snapshots
    by_balance: list[float] = []
    by_age: list[float] = []
    for month in range(0, run.parameters.periods - YEAR, YEAR):
        same = same_pair(kept, month, month + YEAR)
        change = kept["phase"][month + YEAR].astype(float) - kept["phase"][month]
        balance = kept["buyer_balance"][month] + kept["seller_balance"][month]
        age = month - kept["start"][month]
        for gaps, sorting, within in ((by_balance, balance, age), (by_age, age, balance)):
            for stratum in two_halves(within, same):
                high, low = two_halves(sorting, stratum)
                if high.any() and low.any():
                    gaps.append(change[high].mean() - change[low].mean())
    return (
        float(np.mean(by_balance)) if by_balance else math.nan,
        float(np.mean(by_age)) if by_age else math.nan,
    )


_BALANCE = ("seller", "start", "phase", "buyer_balance", "seller_balance")

DEEPENED_BY_BALANCE = Reading(
    "change of phase in a year, better minus worse balance at equal age",
    "phases",
    lambda run: _deepening(run)[0],
    _BALANCE,
)

BALANCE_OVER_TIME = Reading(
    "effect of the balance minus effect of age on the change of phase",
    "phases",
    lambda run: _deepening(run)[0] - abs(_deepening(run)[1]),
    _BALANCE,
)


def _old_pairs(run: Run) -> Any:
    """Relationships at the end that have lasted three years, with both persons' boundaries."""
    pairs = run.relationships
    pairs = pairs[run.parameters.periods - pairs["start"] >= 3 * YEAR]
    of_buyers = run.buyers["personal_boundary"].to_numpy()[pairs["buyer"]]
    of_sellers = run.salespeople["personal_boundary"].to_numpy()[pairs["seller"]]
    return pairs.assign(
        boundary=np.maximum(of_buyers, of_sellers),
        trust=np.minimum(pairs["buyer_trust_in_seller"], pairs["seller_trust_in_buyer"]),
    )


@functools.cache
def personal_by(reason: str) -> Reading:
    """Share of old pairs in the personal phase: highest minus lowest third in some trait."""

    def read(run: Run) -> float:
        """Highest minus lowest third."""
        pairs = _old_pairs(run).sort_values(reason, kind="stable")
        third = len(pairs) // 3
        if third == 0:
            return math.nan
        personal = (pairs["phase"] == PERSONAL).to_numpy()
        return float(personal[-third:].mean() - personal[:third].mean())

    return Reading(f"personal phase, highest minus lowest third in {reason}", "share", read)


def _closed_and_collaborative(run: Run) -> float:
    pairs = _old_pairs(run).sort_values("boundary", kind="stable")
    return mean_of((pairs["phase"].to_numpy() == COLLABORATIVE)[-(len(pairs) // 3 or 1) :])


CLOSED_BUT_COLLABORATIVE = Reading(
    "pairs with the firmest boundaries that are collaborative", "share", _closed_and_collaborative
)


def _confidence(run: Run) -> float:
    """Self-confidence of the third of salespeople with most personal accounts, minus the least."""
    _, personal = phase_shares(run, PERSONAL)
    ranked = np.argsort(personal, kind="stable")
    third = max(1, len(ranked) // 3)
    ledgers = run.salesperson_ledgers
    high = of_group("confidence", ledgers, ranked[-third:])
    return high - of_group("confidence", ledgers, ranked[:third])


CONFIDENCE = Reading(
    "self-confidence, most minus fewest personal accounts",
    "0 to 1",
    _confidence,
    ("seller", "phase"),
)
