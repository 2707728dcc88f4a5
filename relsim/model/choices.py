"""Choices that a custom buyer can make for one supplier, each a part of a compiled step (ODD 7).

A step of the schedule decides for all of a buyer's suppliers. Where a buyer of one's own decides
otherwise for some of them, it takes the step supplier by supplier with the methods below; what it
does not choose is weighed as always.

Examples
--------
A buyer that inspects every delivery of a supplier that has broken a promise:

>>> import relsim
>>> class Strict(relsim.Buyer):
...     def inspection(self):
...         for supplier in self.relationships:
...             broken = supplier.promise_outcome == "broken"
...             self.inspect(supplier, True if broken else None)
>>> small = relsim.Parameters(buyers=4, salespeople=4, periods=6)
>>> len(relsim.simulate(small, seed=1, buyer=Strict).series)
6
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from relsim.model.schedule import PARTS

if TYPE_CHECKING:
    from relsim.model.relationship import Relationship


class Choices:
    """Parts of steps that a buyer takes for one supplier."""

    model: Any
    if TYPE_CHECKING:
        first_slot: int

    def use_confidences(self, supplier: Relationship, choice: bool | None = None) -> None:
        """Use what it disclosed against it, or not; None weighs it. Of ``exploitation``."""
        self._take("use_confidences", supplier.index, _chosen(choice))

    def weigh_suppliers(self) -> None:
        """Weigh all suppliers by what a unit costs; the weights are in ``units``. Of ``ordering``.

        They may be changed before ``share_out``.
        """
        self._take("weigh_suppliers", int(self.first_slot))

    def share_out(self) -> None:
        """Order by the weights in ``units``, and consider one newcomer. Of ``ordering``."""
        self._take("share_out", int(self.first_slot))

    def replace(self, supplier: Relationship) -> None:
        """Apply to the month's newcomer in place of a supplier, unless bound to it by contract.

        After ``share_out``, which goes first: it may consider somebody already.
        """
        self._take("replace", supplier.index)

    def inspect(self, supplier: Relationship, choice: bool | None = None) -> None:
        """Inspect its delivery, or not; None does where it pays. Of ``inspection``."""
        self._take("inspect", supplier.index, _chosen(choice))

    def answer(self, supplier: Relationship, willing: float = 0.0) -> None:
        """Tell it more, as much, or less. Of ``disclosure``.

        ``willing`` is what telling more of the business is worth beside being understood, in
        units of that gain; 0 weighs the next step as always.
        """
        self._take("answer", supplier.index, willing)

    def _take(self, part: str, slot: int, choice: float = math.nan) -> None:
        self.model.take_part(list(PARTS).index(part), slot, choice)


def _chosen(choice: bool | None) -> float:
    return math.nan if choice is None else float(choice)
