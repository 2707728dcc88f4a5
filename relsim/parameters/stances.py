"""Named stances: how buyers bargain, and how sellers deal.

A buyer's stance sets nothing but how it bargains (ODD 7, negotiation): trust, disclosure,
inspection, clauses and ideas follow from decisions. ``aggressiveness`` from 0 to 1 interpolates
from ``trusting`` to ``aggressive``.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from relsim.parameters.entries import Entry


def _item(
    name: str,
    default: float,
    low: float,
    high: float,
    unit: str,
    meaning: str,
    source: str,
    why: str,
) -> Entry:
    return Entry(name, default, low, high, unit, meaning, source, why, integer=False)


# fmt: off
BUYER_ITEMS = (
    _item("rival_quotes", 2.5, 0.0, 4.0, "count", "rivals' quotes used as leverage in a negotiation", "DC03", "none to four bids drawn"),
    _item("opening_demand", 0.07, 0.0, 0.3, "share of price", "how far below the reference price it opens", "ASR", "asks as offered to a third less"),
    _item("rebids_per_year", 2.25, 0.0, 12.0, "1/year", "how often it wants to put a contract out to bid", "DC03", "never to monthly"),
    _item("life_cycle_weight", 0.45, 0.0, 1.0, "0 to 1", "weight of losses and savings after the purchase (0: price only)", "ASR", "price only to full cost"),
    _item("horizon", 24.0, 1.0, 120.0, "month", "how far ahead it counts", "DC03", "a month to ten years"),
    _item("leverage_use", 0.475, 0.0, 1.0, "0 to 1", "readiness to use what was disclosed as leverage", "DC03", "never to always"),
)
"""What a buyer's stance consists of, and nothing else: how it bargains. Defaults are neutral."""

SELLER_ITEMS = (
    _item("overpromising", 0.1, 0.0, 1.0, "0 to 1", "how far it promises beyond what it expects to deliver", "ASR", "not to fully"),
    _item("opportunism", 0.1, 0.0, 1.0, "0 to 1", "share of a relationship's value that does not hold it back", "DC03", "none to all"),
    _item("partnership", 0.4, 0.0, 1.0, "0 to 1", "readiness to volunteer more for a customer", "ASR", "none to full"),
)
"""What a seller's stance consists of. Defaults are those of an honest one."""
# fmt: on

STANCE_RANGES = MappingProxyType({item.name: (item.low, item.high) for item in BUYER_ITEMS})
"""Allowed range of each item of a buyer's stance."""


def _stance(items: Iterable[Entry], *values: float) -> MappingProxyType[str, float]:
    """Make a stance of values in the order of its items."""
    names = [item.name for item in items]
    return MappingProxyType(dict(zip(names, values, strict=True)))


# In the order of BUYER_ITEMS: quotes, demand, rebids, life-cycle weight, horizon, use of leverage.
BUYER_STANCES = MappingProxyType(
    {
        # plays suppliers off against each other for the lowest price of the year (ASR, DC03)
        "aggressive": _stance(BUYER_ITEMS, 4.0, 0.12, 4.0, 0.1, 12.0, 0.9),
        # treats suppliers as partners for years and looks beyond the price (ASR, DC03)
        "trusting": _stance(BUYER_ITEMS, 1.0, 0.02, 0.5, 0.8, 36.0, 0.05),
        # many bids by the rules of the market, confidences respected (DC03: arm's length)
        "arms_length": _stance(BUYER_ITEMS, 3.0, 0.05, 2.0, 0.3, 12.0, 0.1),
        # total cost over the life of what it buys, whatever the price (ASR, B11)
        "life_cycle": _stance(BUYER_ITEMS, 2.0, 0.04, 1.0, 1.0, 60.0, 0.1),
        # stays with those it knows, seldom looks around (WKH00)
        "loyal": _stance(BUYER_ITEMS, 0.5, 0.03, 0.3, 0.5, 36.0, 0.1),
        # looks around every time, does not press (WKH00)
        "shopper": _stance(BUYER_ITEMS, 4.0, 0.02, 6.0, 0.2, 12.0, 0.1),
    }
)
"""Buyers' stances by name; each names the literature it is taken from."""

NEUTRAL = "neutral"
NEUTRAL_AGGRESSIVENESS = 0.5
"""Stance of every buyer while the market warms up."""


# In the order of SELLER_ITEMS: over-promising, opportunism, partnership.
SELLER_STANCES = MappingProxyType(
    {
        "honest": _stance(SELLER_ITEMS, 0.1, 0.1, 0.4),
        # promises more than it expects to deliver (B3)
        "over_promising": _stance(SELLER_ITEMS, 0.9, 0.2, 0.3),
        # takes what it can where it will not be found out (B14)
        "opportunist": _stance(SELLER_ITEMS, 0.4, 0.9, 0.2),
        # volunteers more for the customer (B9)
        "partner_minded": _stance(SELLER_ITEMS, 0.0, 0.05, 0.9),
    }
)
"""Sellers' stances by name."""


def interpolated(aggressiveness: float) -> dict[str, float]:
    """Stance between ``trusting`` (0) and ``aggressive`` (1).

    >>> interpolated(0.5)["rival_quotes"]
    2.5
    """
    trusting, aggressive = BUYER_STANCES["trusting"], BUYER_STANCES["aggressive"]
    return {
        item: trusting[item] + aggressiveness * (aggressive[item] - trusting[item])
        for item in STANCE_RANGES
    }
