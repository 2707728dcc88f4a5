"""The player's buyer: takes the decisions of the year to the model, month by month."""

from __future__ import annotations

from relsim.model.agents import Buyer
from relsim.model.relationship import Relationship
from relsim.play.decisions import Choice, Decisions

AGGRESSIVENESS = {"press": 1.0, "fair": 0.5, "trust": 0.0}
"""How aggressively each way to bargain does: the stances aggressive, neutral and trusting."""

WILLING = {"open": 100.0, "usual": 0.0, "guarded": -100.0}
"""What telling more is worth: so much that no harm of any layer outweighs it, or the reverse."""

ORDERS = {"more": 3.0, "usual": 1.0, "less": 0.25, "drop": 0.25}
"""Weight of a supplier among the others when orders are shared out, over what the model gives."""

INSPECTS = {"always": True, "usual": None, "never": False}
USES = {"keep": False, "usual": None, "leverage": True}


class Player(Buyer):
    """A buyer that decides as a player does; what is left as usual is the model's.

    Attributes
    ----------
    decisions : Decisions
        Those of the year.
    """

    decisions = Decisions()

    def chosen(self, supplier: Relationship) -> Choice:
        """What is decided for a supplier."""
        return self.decisions.of(int(supplier.firm))

    def environment(self) -> None:
        """Take up the stances of the year, before the first step that acts on them."""
        default = self.decisions.default.bargain
        self.aggressiveness = AGGRESSIVENESS[default]
        for supplier in self.relationships:
            choice = self.chosen(supplier)
            same = choice.bargain == default
            supplier.stance = None if same else AGGRESSIVENESS[choice.bargain]
            if choice.confided == "leverage":
                supplier.leverage_use = 1.0
        super().environment()

    def exploitation(self) -> None:
        """Keep what was confided, or use it."""
        for supplier in self.relationships:
            self.use_confidences(supplier, USES[self.chosen(supplier).confided])

    def ordering(self) -> None:
        """Order more or less from some, and look for a newcomer in place of who is dropped."""
        self.weigh_suppliers()
        for supplier in self.relationships:
            supplier.units *= ORDERS[self.chosen(supplier).order]
        self.share_out()
        for supplier in self.relationships:
            if self.chosen(supplier).order == "drop":
                self.replace(supplier)

    def inspection(self) -> None:
        """Inspect deliveries or not."""
        for supplier in self.relationships:
            self.inspect(supplier, INSPECTS[self.chosen(supplier).inspect])

    def disclosure(self) -> None:
        """Disclose more, as much or less."""
        for supplier in self.relationships:
            self.answer(supplier, WILLING[self.chosen(supplier).disclose])
