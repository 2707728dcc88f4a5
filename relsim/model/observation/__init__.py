"""Observation (ODD 4): what is measured, each measure defined once and as data.

While a market runs it keeps ledgers: sums over periods of what buyers and salespeople had, spent
and saw. A measure (``definitions.py``) is a ratio of such sums, so that the same definition serves
a period, a buyer, a salesperson or a whole run (``evaluation.py``), and a sum over a group is
weighted as it should be: a price by units, a share of time by hours, trust by the months that a
relationship stood. Every table, chart and claim takes its numbers from here, and the formulas in
ODD.md are made from the same data.
"""

from relsim.model.observation.definitions import (
    BUYER_MEASURES,
    COST_FIELDS,
    COST_PARTS,
    CUMULATIVE_COST,
    MEASURES,
    SALESPERSON_MEASURES,
    TRANSACTION_HOURS,
    measures,
)
from relsim.model.observation.evaluation import evaluate, running_totals, table_of, totals
from relsim.model.observation.measure import LEDGERS, Ledger, Measure

__all__ = [
    "BUYER_MEASURES",
    "COST_FIELDS",
    "COST_PARTS",
    "CUMULATIVE_COST",
    "LEDGERS",
    "MEASURES",
    "SALESPERSON_MEASURES",
    "TRANSACTION_HOURS",
    "Ledger",
    "Measure",
    "evaluate",
    "measures",
    "running_totals",
    "table_of",
    "totals",
]
