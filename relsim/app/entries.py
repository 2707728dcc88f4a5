"""What a market of the page can be set to: every number, and those with a slider from the start."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from relsim.parameters import Entry, Parameters, table
from relsim.parameters.stances import BUYER_STANCES, STANCE_RANGES

OPENING = ("aggressive", "trusting")
"""Stances of the two arms when a page is opened."""

OVER_PROMISING = "over_promising"
"""The share of such sellers has a slider of its own."""

SLIDERS = (
    "aggressiveness",
    "life_cycle_weight",
    "uncertainty",
    "candour",
    "personal_boundary",
    "practice_share",
    "over_promising",
    "service_in_price_share",
    "bond_cost",
)
"""What every arm has a slider for from the start, in this order."""


@cache
def entries() -> Mapping[str, Entry]:
    """Every number that an arm can set: those of ``Parameters``, and four made of several.

    Returns
    -------
    mapping of str to Entry
        Range, unit and meaning by name.

    Examples
    --------
    >>> entries()["aggressiveness"].high
    1.0
    """
    share = Parameters().seller_stances
    assert isinstance(share, dict)
    low, high = STANCE_RANGES["life_cycle_weight"]
    special = (
        _entry("aggressiveness", 0.5, "0 to 1", "how buyers bargain: 0 trusting, 1 aggressive"),
        _entry(
            "life_cycle_weight",
            BUYER_STANCES[OPENING[0]]["life_cycle_weight"],
            "0 to 1",
            "weight of losses and savings after the purchase (0: price only)",
            low,
            high,
        ),
        _entry(OVER_PROMISING, share[OVER_PROMISING], "share", "sellers that over-promise"),
        _entry("clamped_trust", 0.5, "0 to 1", "trust of everybody, clamped to one value"),
    )
    return MappingProxyType({entry.name: entry for entry in (*special, *table())})


def _entry(
    name: str, default: float, unit: str, meaning: str, low: float = 0.0, high: float = 1.0
) -> Entry:
    return Entry(name, default, low, high, unit, meaning, "", "", integer=False)
