"""The records of a market in one bundle, and what the codes in them stand for."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

NOBODY = -1
"""Index that stands for "no seller", "no account"; every other one is greater.

Steps ask whether an index is greater, not whether it differs: who knows that an index is not
negative need not count from the end of an array, which takes some hundredths of a run.
"""

SLOT = np.uint32
"""Type of the numbers in ``account_slots``: they cannot be negative, which spares asking."""

NEVER = -1_000_000
"""Period that stands for "not yet" or "no longer"."""

COMMERCIAL, COLLABORATIVE, PERSONAL = 1, 2, 3
"""Phases of a relationship (KJ22): level of engagement that both sides agreed to."""

PHASES = ("none", "commercial", "collaborative", "collaborative and personal")
"""Names of phases; a record keeps the position in this tuple."""

PROMISE_OUTCOMES = {-1.0: "broken", 0.0: "nothing delivered", 1.0: "kept"}
"""What became of the promise of a month's delivery, by its number in a record."""

LAYERS = 3.0
"""Layers of disclosure in each of the two domains (KJ22, AT73)."""

BUYER_LEFT, SELLER_LEFT, SELLER_FAILED = 1, 2, 3
REASONS = ("lasting", "buyer left", "seller left", "seller failed")
"""Why a spell ended; ``run.spells`` keeps the position in this tuple."""


class Contacts(NamedTuple):
    """Who knows whom: the contacts of ``i`` are ``other[first[i]:first[i + 1]]``."""

    first: NDArray[np.int64]
    other: NDArray[np.int64]


class Draws(NamedTuple):
    """The same memory as the draws of a market, one row of numbers an entity."""

    buyers: NDArray[np.float64]
    salespeople: NDArray[np.float64]
    relationships: NDArray[np.float64]


class LedgerArrays(NamedTuple):
    """The same memory as the ledgers of a market, one row of numbers a ledger."""

    buyer_months: NDArray[np.float64]
    buyer_ledgers: NDArray[np.float64]
    buyer_series: NDArray[np.float64]
    salesperson_months: NDArray[np.float64]
    salesperson_ledgers: NDArray[np.float64]
    salesperson_series: NDArray[np.float64]


class Market(NamedTuple):
    """All records of a run, in one bundle that compiled and plain code read alike.

    ``account_slots`` lists the relationships of one salesperson after those of another.
    ``traded`` has the relationships as they stood before the turnover of the month, so that no
    trade is taken for that of whoever follows in the slot; it is empty unless somebody looks on.
    ``unbegun`` is one relationship in which nothing has happened yet.
    """

    parameters: Any
    clock: Any
    buyers: Any
    salespeople: Any
    relationships: Any
    traded: Any
    unbegun: Any
    account_slots: Any
    orders: Any
    equipment: Any
    spells: Any
    buyer_draws: Any
    salesperson_draws: Any
    relationship_draws: Any
    buyer_contacts: Any
    salesperson_contacts: Any
    buyer_months: Any
    salesperson_months: Any
    buyer_ledgers: Any
    salesperson_ledgers: Any
    buyer_series: Any
    salesperson_series: Any
