"""What passed between a buyer and a supplier, month by month.

``simulate(..., history=True)`` keeps every relationship as it stood at the end of each month,
before anybody left: nothing is taken for that of whoever follows in the slot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.io.errors import InputError, shown
from relsim.model.state import NOBODY, PHASES, PROMISE_OUTCOMES
from relsim.parameters import Parameters

if TYPE_CHECKING:
    import pandas as pd

NAMES: dict[str, dict[float, str]] = {
    "phase": dict(enumerate(PHASES)),
    "promise_outcome": PROMISE_OUTCOMES,
}
"""Variables that are codes, and what these stand for."""

FLAGS = ("negotiated", "exploited_by_buyer", "exploited_by_seller")
"""Variables that are yes or no."""

COLUMNS = (
    "phase",
    # what they believe and know of each other
    "buyer_trust_in_seller",
    "seller_trust_in_buyer",
    "business_disclosure_by_buyer",
    "business_disclosure_by_seller",
    "personal_disclosure_by_buyer",
    "personal_disclosure_by_seller",
    "understanding",
    "familiarity",
    "skill",
    # the bargain
    "negotiated",
    "quote",
    "price",
    "clauses",
    "contract_end",
    # trade, promises, problems
    "units",
    "delivered",
    "payment",
    "extras",
    "promised",
    "quality",
    "promise_outcome",
    "serious_problems",
    "small_problems",
    "caught",
    "voiced_serious",
    "voiced_small",
    "remedied",
    "grievance",
    "exploited_by_buyer",
    "exploited_by_seller",
    # ideas, care, bonds
    "ideas_received",
    "process_ideas_received",
    "idea_value",
    "attention",
    "service",
    "bonds",
    # hours
    "haggling_hours",
    "contract_hours",
    "blame_hours",
    "joint_hours",
    "personal_hours",
    "inspection_hours",
    "complaint_hours",
    "care_hours",
    # money, and how either side weighs the other
    "failure_cost",
    "delay_cost",
    "service_charge",
    "seller_profit",
    "buyer_balance",
    "seller_balance",
    "buyer_commitment",
    "seller_commitment",
    "buyer_dependence",
    "seller_dependence",
)
"""Variables of a relationship that its history shows, in this order; see ``relsim odd``."""


class History(NamedTuple):
    """Records of all relationships in all periods, of which parts are asked for.

    Attributes
    ----------
    records : ndarray
        Periods x slots.
    parameters : Parameters
        Of the market.
    """

    records: NDArray[Any]
    parameters: Parameters

    def part(
        self, buyer: int | None, supplier: int | None
    ) -> tuple[NDArray[np.int64], NDArray[Any], NDArray[np.bool_]]:
        """Buyers of some slots, their records, and where the relationship asked for stood.

        Raises
        ------
        InputError
            If there is no such buyer or supplier.
        """
        p = self.parameters
        for name, given, count in (
            ("buyer", buyer, p.buyers),
            ("supplier", supplier, p.salespeople),
        ):
            a_number = isinstance(given, int | np.integer) and not isinstance(given, bool)
            if given is not None and not (a_number and 0 <= given < count):
                raise InputError(
                    f"{name} = {shown(given)}: allowed is a number from 0 to {count - 1}"
                )
        buyers = np.arange(self.records.shape[1]) // p.suppliers_per_buyer
        own = slice(None) if buyer is None else buyers == buyer
        records = self.records[:, own]
        seller = records["seller"]
        return buyers[own], records, seller != NOBODY if supplier is None else seller == supplier

    def table(self, buyer: int | None, supplier: int | None) -> pd.DataFrame:
        """Months of some relationships, see ``Run.history``."""
        import pandas as pd

        buyers, records, there = self.part(buyer, supplier)
        period, place = np.nonzero(there)
        rows = records[period, place]
        columns: dict[str, Any] = {
            "period": period,
            "buyer": buyers[place],
            "supplier": rows["seller"],
            "firm": rows["firm"],
            "age": period - rows["start"],
            **{name: rows[name] for name in COLUMNS},
        }
        for name, words in NAMES.items():
            columns[name] = [words[code] for code in rows[name].tolist()]
        for name in FLAGS:
            columns[name] = rows[name] > 0.0
        table = pd.DataFrame(columns)
        if buyer is None or supplier is None:
            return table.sort_values(["buyer", "supplier", "period"], ignore_index=True)
        months = pd.RangeIndex(self.parameters.periods, name="period")
        table = table.set_index("period").reindex(months).reset_index()
        return table.assign(buyer=buyer, supplier=supplier)
