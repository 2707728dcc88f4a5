"""What a measure is: a ratio of sums that a ledger keeps, and the kinds that come often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from relsim.model.ledgers import BUYER_LEDGER, SALESPERSON_LEDGER

Ledger = Literal["buyer", "salesperson"]

LEDGERS = MappingProxyType({"buyer": BUYER_LEDGER, "salesperson": SALESPERSON_LEDGER})
"""Whose ledger a measure is read from."""


@dataclass(frozen=True)
class Measure:
    """A number read off a ledger: ``scale * numerator / denominator``.

    Parameters
    ----------
    name : str
        What every table, chart and claim calls it.
    unit : str
        Its unit.
    meaning : str
        What it says, in a line.
    numerator : tuple of str
        Fields of the ledger, added up in this order; a leading ``-`` subtracts.
    denominator : tuple of str
        The same; none for a plain sum.
    ledger : {"buyer", "salesperson"}
        Whose ledger it is read from.
    scale : float
        12 makes a monthly rate yearly, 1000 counts per thousand.
    survives_a_year : bool
        Whether the ratio is a monthly loss of which the share that lasts a year is wanted,
        ``(1 - ratio) ** 12``.
    """

    name: str
    unit: str
    meaning: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    ledger: Ledger = "buyer"
    scale: float = 1.0
    survives_a_year: bool = False

    @property
    def formula(self) -> str:
        """The definition, as plain text for tables and ODD.md.

        Examples
        --------
        >>> from relsim.model.observation import MEASURES
        >>> MEASURES["component_price"].formula
        'purchase / delivered'
        >>> MEASURES["transaction_time_share"].formula
        '(haggling_hours + contract_hours + blame_hours) / (haggling_hours + contract_hours + \
blame_hours + joint_hours)'
        >>> MEASURES["retention"].formula
        '(1 - (suppliers_left + suppliers_withdrew + suppliers_failed) / months)^12'
        """
        text = _sum_of(self.numerator, brackets=bool(self.denominator) or self.scale != 1.0)
        if self.scale != 1.0:
            text = f"{self.scale:g} * {text}"
        if self.denominator:
            text = f"{text} / {_sum_of(self.denominator, brackets=True)}"
        return f"(1 - {text})^12" if self.survives_a_year else text


def _sum_of(terms: Sequence[str], brackets: bool) -> str:
    text = terms[0]
    for term in terms[1:]:
        text += f" - {term[1:]}" if term.startswith("-") else f" + {term}"
    return f"({text})" if brackets and len(terms) > 1 else text


def per_unit(name: str, meaning: str, field: str) -> Measure:
    """Money of a field for a unit delivered."""
    return Measure(name, "money/unit", meaning, (field,), ("delivered",))


def mean(name: str, meaning: str, field: str, unit: str = "0 to 1") -> Measure:
    """Mean over the months that relationships stood."""
    return Measure(name, unit, meaning, (field,), ("months",))


def yearly(name: str, meaning: str, *fields: str) -> Measure:
    """How often in a year of a relationship."""
    return Measure(name, "1/relationship year", meaning, fields, ("months",), scale=12.0)


def of_seller(
    name: str,
    unit: str,
    meaning: str,
    numerator: tuple[str, ...],
    denominator: tuple[str, ...] = (),
    scale: float = 1.0,
) -> Measure:
    """Read off the books of a salesperson."""
    return Measure(name, unit, meaning, numerator, denominator, "salesperson", scale)
