"""Monthly lines of a buyer, from its ledger as it stood at the end of each month."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.model.observation import MEASURES, evaluate, table_of

SHOWN = (
    "total_cost_per_unit",
    "component_price",
    "trust_in_suppliers",
    "suppliers_trust_in_buyer",
    "information_received",
    "defects",
    "promises_kept_share",
    "idea_savings_per_unit",
    "haggling_per_unit",
    "failure_per_unit",
)
"""Measures of a player's own line, a number a month."""

COST_SO_FAR = "cost_so_far"

Line = list[float | None]


def lines(sums: NDArray[Any]) -> dict[str, Line]:
    """Measures of each month, and the cost of a unit since the first.

    Parameters
    ----------
    sums : ndarray
        The ledger at the end of each month, summed from the first on.
    """
    if not len(sums):
        return {name: [] for name in (*SHOWN, COST_SO_FAR)}
    table = table_of([MEASURES[name] for name in SHOWN], of_months(sums))
    by_name = {name: _numbers(table[:, column]) for column, name in enumerate(SHOWN)}
    by_name[COST_SO_FAR] = _numbers(evaluate(MEASURES["total_cost_per_unit"], sums))
    return by_name


def of_months(sums: NDArray[Any]) -> NDArray[Any]:
    """Ledgers of single months from those summed up."""
    rows = sums.view(np.float64).reshape(len(sums), -1)
    months: NDArray[Any] = np.diff(rows, axis=0, prepend=np.zeros((1, rows.shape[1])))
    return months.view(sums.dtype).reshape(len(sums))


def _numbers(values: NDArray[np.float64]) -> Line:
    return [value if value == value else None for value in values.tolist()]
