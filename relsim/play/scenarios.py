"""Markets to play in: what differs is what they are called after.

Each is a market of few buyers, in which whoever plays is one. Sellers of all four stances are
about; who has which is drawn by the seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from relsim.io.errors import InputError, known
from relsim.parameters import Parameters

YEARS, MONTHS = 10, 12
"""How long a game lasts, and how long what is decided holds."""

MOST_BUYERS = 64
"""Buyers of the largest market of a class."""

BUYERS = 8

STANCES = {"honest": 0.25, "over_promising": 0.25, "opportunist": 0.25, "partner_minded": 0.25}

MARKET: Mapping[str, Any] = {
    "suppliers_per_buyer": 4,
    "periods": YEARS * MONTHS,
    "seller_stances": STANCES,
}
"""What all have in common."""


@dataclass(frozen=True)
class Scenario:
    """A market to play in.

    Parameters
    ----------
    key : str
        Its name in links and catalogues.
    settings : mapping
        Parameters in which it differs from the defaults.
    buyer : int
        The player's buyer where one plays.
    sellers_per_buyer : float
        Salespeople for each buyer of the market.
    """

    key: str
    settings: Mapping[str, Any]
    buyer: int = 0
    sellers_per_buyer: float = 1.25

    def parameters(self, buyers: int = BUYERS) -> Parameters:
        """Parameters of a market of so many buyers, all neutral but those that play."""
        return Parameters(
            **{
                **MARKET,
                "buyers": buyers,
                "salespeople": max(4, round(buyers * self.sellers_per_buyer)),
                "aggressiveness": [0.5] * buyers,
                **self.settings,
            }
        )


_ALL = (
    Scenario("usual", {}),
    # engineers of both sides find much to improve, and it is worth something (D96, NAP99)
    Scenario("ideas", {"idea_rate": 0.2, "value_per_idea": 1.0}),
    # nothing to improve, next to nothing to go wrong, contracts on a standard form
    Scenario(
        "commodity",
        {
            "idea_rate": 0.0,
            "value_per_idea": 0.0,
            "serious_rate": 0.05,
            "small_rate": 0.2,
            "uncertainty": 0.05,
            "misfit_cost": 0.0,
            "delay_loss": 0.5,
            "opening_hours": 10.0,
            "document_hours": 1.0,
            "round_hours": 0.5,
            "switching_cost": 500.0,
        },
    ),
    # most sellers take what they can where they will not be found out (B14)
    Scenario(
        "opportunists",
        {
            "seller_stances": {
                "honest": 0.1,
                "over_promising": 0.2,
                "opportunist": 0.6,
                "partner_minded": 0.1,
            }
        },
    ),
    # needs change often and by much (DC03)
    Scenario("turbulent", {"uncertainty": 0.7, "change_probability": 0.2}),
    # whoever sells counts in months, and people come and go
    Scenario("short_horizons", {"seller_horizon": 6.0, "staff_turnover": 0.03}),
)

SCENARIOS: Mapping[str, Scenario] = MappingProxyType({one.key: one for one in _ALL})


def scenario_of(key: Any) -> Scenario:
    """The scenario of a name.

    Raises
    ------
    InputError
        If there is none.
    """
    known("scenario", [key], SCENARIOS)
    return SCENARIOS[key]


def check_buyers(buyers: Any) -> int:
    """The number of buyers of a market to play in."""
    if isinstance(buyers, bool) or not isinstance(buyers, int) or not 2 <= buyers <= MOST_BUYERS:
        raise InputError(f"buyers = {buyers!r:.60}: allowed is a number from 2 to {MOST_BUYERS}")
    return buyers
