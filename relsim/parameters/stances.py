"""Named stances: how buyers bargain, and how sellers deal.

A buyer's stance sets nothing but how it bargains (ODD 7, negotiation): trust, disclosure,
inspection, clauses and ideas follow from decisions. ``aggressiveness`` from 0 to 1 interpolates
from ``trusting`` to ``aggressive``.
"""

from __future__ import annotations

from types import MappingProxyType

STANCE_RANGES = MappingProxyType(
    {
        "rival_quotes": (0.0, 4.0),
        "opening_demand": (0.0, 0.3),
        "rebids_per_year": (0.0, 12.0),
        "life_cycle_weight": (0.0, 1.0),
        "horizon": (1.0, 120.0),
        "leverage_use": (0.0, 1.0),
    }
)
"""Allowed range of each item of a buyer's stance, in the units of ``state.STANCE``."""


def _stance(
    rival_quotes: float,
    opening_demand: float,
    rebids_per_year: float,
    life_cycle_weight: float,
    horizon: float,
    leverage_use: float,
) -> MappingProxyType[str, float]:
    return MappingProxyType(
        {
            "rival_quotes": rival_quotes,
            "opening_demand": opening_demand,
            "rebids_per_year": rebids_per_year,
            "life_cycle_weight": life_cycle_weight,
            "horizon": horizon,
            "leverage_use": leverage_use,
        }
    )


BUYER_STANCES = MappingProxyType(
    {
        # plays suppliers off against each other for the lowest price of the year (ASR, DC03)
        "aggressive": _stance(4.0, 0.12, 4.0, 0.1, 12.0, 0.9),
        # treats suppliers as partners for years and looks beyond the price (ASR, DC03)
        "trusting": _stance(1.0, 0.02, 0.5, 0.8, 36.0, 0.05),
        # many bids by the rules of the market, confidences respected (DC03: arm's length)
        "arms_length": _stance(3.0, 0.05, 2.0, 0.3, 12.0, 0.1),
        # total cost over the life of what it buys, whatever the price (ASR, B11)
        "life_cycle": _stance(2.0, 0.04, 1.0, 1.0, 60.0, 0.1),
        # stays with those it knows, seldom looks around (WKH00)
        "loyal": _stance(0.5, 0.03, 0.3, 0.5, 36.0, 0.1),
        # looks around every time, does not press (WKH00)
        "shopper": _stance(4.0, 0.02, 6.0, 0.2, 12.0, 0.1),
    }
)
"""Buyers' stances by name; each names the literature it is taken from."""

NEUTRAL_AGGRESSIVENESS = 0.5
"""Stance of every buyer while the market warms up."""


def _seller(
    overpromising: float, opportunism: float, partnership: float
) -> MappingProxyType[str, float]:
    return MappingProxyType(
        {
            "overpromising": overpromising,
            "opportunism": opportunism,
            "partnership": partnership,
        }
    )


SELLER_STANCES = MappingProxyType(
    {
        "honest": _seller(0.1, 0.1, 0.4),
        # promises more than it expects to deliver (B3)
        "over_promising": _seller(0.9, 0.2, 0.3),
        # takes what it can where it will not be found out (B14)
        "opportunist": _seller(0.4, 0.9, 0.2),
        # volunteers more for the customer (B9)
        "partner_minded": _seller(0.0, 0.05, 0.9),
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
