"""Strategies of the literature as custom buyers: each answers what a supplier did.

Axelrod's players choose each time between two moves. A buyer here chooses each month, for each
supplier, between two stances: to trust is to cooperate, to bargain aggressively is to defect.

Assumptions of ours: what a supplier "did last" is what the buyer found in the month before. A
supplier has wronged the buyer if its delivery broke the promise, if extras were found on the bill,
or if haggling found padding in its quote. What warmed the market up counts as the first move.

Examples
--------
>>> from relsim import Parameters, simulate
>>> small = Parameters(buyers=4, salespeople=4, periods=12, buyer_stances="trusting")
>>> table = simulate(small, seed=1, buyer=TitForTat).relationships
>>> sorted({0.02, 0.12} & set(table["opening_demand"]))
[0.02, 0.12]
"""

from __future__ import annotations

from typing import Any

from relsim.model.agents import Buyer
from relsim.model.relationship import Relationship


def has_wronged(supplier: Relationship) -> bool:
    """Whether a supplier broke a promise, took extras or padded its quote, and was found out."""
    return (
        supplier.promise_outcome == "broken"
        or supplier.exploited_by_seller > 0.0
        or (supplier.negotiated > 0.0 and supplier.padding > 0.0)
    )


class TitForTat(Buyer):
    """Does to each supplier what that supplier did last; trusts one that it does not know.

    Axelrod (1984), The Evolution of Cooperation; the strategy is Anatol Rapoport's.
    """

    def exploitation(self) -> None:
        """Choose a stance for each supplier, before the first step that acts on it."""
        for supplier in self.relationships:
            supplier.stance = "aggressive" if self.retaliates(supplier) else "trusting"
        super().exploitation()

    def retaliates(self, supplier: Relationship) -> bool:
        """Whether to bargain aggressively with a supplier in this month."""
        return has_wronged(supplier)


class GenerousTitForTat(TitForTat):
    """Tit for tat that lets a third of all wrongs pass, so that feuds end.

    Nowak and Sigmund (1992), Nature 355: a third is their most generous share that still deters,
    for the payoffs of Axelrod's tournament.
    """

    GENEROSITY = 1.0 / 3.0

    def retaliates(self, supplier: Relationship) -> bool:
        """Whether the supplier has wronged the buyer, and this is not let pass."""
        return has_wronged(supplier) and self.model.rng.random() >= self.GENEROSITY


class Grudger(TitForTat):
    """Trusts a supplier until the first wrong, and its firm never again (grim trigger).

    Friedman (1971), Review of Economic Studies 38.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.unforgiven: set[float] = set()

    def retaliates(self, supplier: Relationship) -> bool:
        """Whether the supplier's firm has ever wronged the buyer."""
        if has_wronged(supplier):
            self.unforgiven.add(supplier.firm)
        return supplier.firm in self.unforgiven


STRATEGIES = {
    "tit_for_tat": TitForTat,
    "generous_tit_for_tat": GenerousTitForTat,
    "grudger": Grudger,
}
"""Strategies by the names that tables and the command line have for them."""
