"""Every measure, defined once and as data: a ratio of sums that ledgers keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from relsim.io.errors import known
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


COST_FIELDS = (
    "purchase",
    "extras",
    "later_service",
    "haggling",
    "contracting",
    "blame",
    "inspection",
    "failure",
    "delay",
    "relationship",
    "switching",
    "-idea_savings",
)
"""What a unit costs a buyer in the end; the parts add up to ``total_cost_per_unit``."""

TRANSACTION_HOURS = ("haggling_hours", "contract_hours", "blame_hours")
"""Unproductive hours face to face (DC03): negotiating, contracting, blame."""

_PROCUREMENT_HOURS = (*TRANSACTION_HOURS, "inspection_hours", "desk_hours")

_LEAVING = ("suppliers_left", "suppliers_withdrew", "suppliers_failed")


def _per_unit(name: str, meaning: str, field: str) -> Measure:
    return Measure(name, "money/unit", meaning, (field,), ("delivered",))


def _mean(name: str, meaning: str, field: str, unit: str = "0 to 1") -> Measure:
    """Mean over the months that relationships stood."""
    return Measure(name, unit, meaning, (field,), ("months",))


def _yearly(name: str, meaning: str, *fields: str) -> Measure:
    return Measure(name, "1/relationship year", meaning, fields, ("months",), scale=12.0)


def _of_seller(
    name: str,
    unit: str,
    meaning: str,
    numerator: tuple[str, ...],
    denominator: tuple[str, ...] = (),
    scale: float = 1.0,
) -> Measure:
    return Measure(name, unit, meaning, numerator, denominator, "salesperson", scale)


_ALL = (
    # --- what a unit costs the buyer ---------------------------------------------------------
    _per_unit("component_price", "price of a unit", "purchase"),
    Measure(
        "total_cost_per_unit",
        "money/unit",
        "all that a unit costs in the end, ideas deducted",
        COST_FIELDS,
        ("delivered",),
    ),
    _per_unit("extras_per_unit", "taken by sellers outside the agreed price", "extras"),
    _per_unit("later_service_per_unit", "service that the price did not carry", "later_service"),
    _per_unit("haggling_per_unit", "haggling and rivals' quotes", "haggling"),
    _per_unit("contracting_per_unit", "hours on clauses", "contracting"),
    _per_unit("blame_per_unit", "hours on blame, complaints and reviews", "blame"),
    _per_unit("inspection_per_unit", "hours of inspection", "inspection"),
    _per_unit("failure_per_unit", "loss by problems, misfit, orphaned equipment", "failure"),
    _per_unit("delay_per_unit", "loss by late delivery", "delay"),
    _per_unit("relationship_per_unit", "joint work and time as persons", "relationship"),
    _per_unit("switching_per_unit", "moving to new suppliers", "switching"),
    _per_unit("idea_savings_per_unit", "saved by suppliers' ideas (deducted)", "idea_savings"),
    Measure("units_bought", "unit", "units delivered to buyers", ("delivered",)),
    # --- hours -------------------------------------------------------------------------------
    Measure(
        "transaction_time_share",
        "0 to 1",
        "share of face-to-face time on negotiating, contracting and blame (DC03)",
        TRANSACTION_HOURS,
        (*TRANSACTION_HOURS, "joint_hours"),
    ),
    Measure(
        "transaction_hours",
        "hour/month",
        "negotiating, contracting and blame, a relationship",
        TRANSACTION_HOURS,
        ("months",),
    ),
    _mean("haggling_hours", "face to face, on price", "haggling_hours", "hour/month"),
    _mean("contract_hours", "face to face, on clauses", "contract_hours", "hour/month"),
    _mean("blame_hours", "face to face, on who is to blame", "blame_hours", "hour/month"),
    _mean("joint_hours", "joint work, a relationship", "joint_hours", "hour/month"),
    _mean("personal_hours", "together as persons, a relationship", "personal_hours", "hour/month"),
    Measure(
        "procurement_hours",
        "hour/1000 units",
        "the buyer's hours on transaction matters, inspection and at the desk",
        _PROCUREMENT_HOURS,
        ("delivered",),
        scale=1000.0,
    ),
    # --- problems, inspection, promises ------------------------------------------------------
    Measure("inspection_share", "0 to 1", "deliveries inspected", ("inspected",), ("deliveries",)),
    Measure(
        "defects",
        "1/1000 units",
        "serious problems",
        ("serious_problems",),
        ("delivered",),
        scale=1000.0,
    ),
    Measure(
        "serious_voiced",
        "0 to 1",
        "serious problems voiced to the supplier (GO)",
        ("voiced_serious",),
        ("serious_problems",),
    ),
    Measure(
        "small_voiced",
        "0 to 1",
        "small problems voiced to the supplier (GO)",
        ("voiced_small",),
        ("small_problems",),
    ),
    Measure(
        "unsettled_share",
        "0 to 1",
        "serious problems neither caught nor made good",
        ("unsettled",),
        ("serious_problems",),
    ),
    Measure(
        "promises_kept_share",
        "0 to 1",
        "promises kept, of those that came due",
        ("promises_kept",),
        ("promises",),
    ),
    _mean("quality", "quality against the market's mean", "quality", "quality"),
    _mean("service", "service and care received", "service", "ratio"),
    _mean("attention", "hours the seller gives over the standard hours", "attention", "ratio"),
    _mean("misfit", "how far supply is from what is needed", "misfit", "shock"),
    _mean("grievance", "problems swallowed and not forgotten", "grievance", "problems"),
    # --- what passes between them ------------------------------------------------------------
    _yearly("ideas_received", "ideas from a supplier to the buyer", "ideas_received"),
    _yearly("process_ideas", "process ideas from the buyer to a supplier", "process_ideas"),
    _mean(
        "information_received",
        "business that suppliers have disclosed to the buyer",
        "business_by_seller",
        "layers, 0 to 3",
    ),
    _mean(
        "information_given",
        "business that the buyer has disclosed to suppliers",
        "business_by_buyer",
        "layers, 0 to 3",
    ),
    _mean(
        "personal_received",
        "what salespeople have disclosed of themselves",
        "personal_by_seller",
        "layers, 0 to 3",
    ),
    _mean(
        "personal_given",
        "what buyers have disclosed of themselves",
        "personal_by_buyer",
        "layers, 0 to 3",
    ),
    _mean("understanding", "what both know of each other from disclosure", "understanding"),
    _mean("suppliers_trust_in_buyer", "trust of sellers in buyers (DC03)", "seller_trust"),
    _mean("trust_in_suppliers", "trust of buyers in sellers", "buyer_trust"),
    _yearly(
        "exploitation_by_buyer",
        "uses of what was disclosed that suppliers found",
        "exploited_by_buyer",
    ),
    _yearly("exploitation_by_seller", "extras that buyers found", "exploited_by_seller"),
    # --- contracts, engagement, duration -----------------------------------------------------
    _yearly("negotiations_per_year", "contracts agreed, a relationship", "negotiations"),
    Measure(
        "clauses_per_contract", "count", "safeguards in a contract", ("clauses",), ("negotiations",)
    ),
    _mean("bonds", "what suppliers volunteered that raises what leaving costs", "bonds", "count"),
    _mean("dependence", "how hard it would be for the buyer to leave", "dependence"),
    _mean("seller_dependence", "share of the account in the seller's orders", "seller_dependence"),
    _mean("commitment", "how far the buyer counts on the relationship lasting", "commitment"),
    _mean("collaborative_share", "relationships collaborative or beyond", "collaborative"),
    _mean("personal_share", "relationships collaborative and personal", "personal"),
    _yearly("suppliers_lost", "relationships that ended", *_LEAVING),
    Measure(
        "retention",
        "0 to 1",
        "relationships that last another year",
        _LEAVING,
        ("months",),
        survives_a_year=True,
    ),
    # --- the sellers' side -------------------------------------------------------------------
    _of_seller(
        "seller_margin",
        "share of revenue",
        "what is left of what buyers pay",
        ("revenue", "-production", "-service", "-time", "-bonds", "-overhead"),
        ("revenue",),
    ),
    _of_seller(
        "seller_profit",
        "money/month",
        "what a seller earns",
        ("revenue", "-production", "-service", "-time", "-bonds", "-overhead"),
        ("months",),
    ),
    _of_seller(
        "seller_promises_kept",
        "0 to 1",
        "promises kept, of those that came due",
        ("promises_kept",),
        ("promises",),
    ),
    _of_seller(
        "seller_transaction_hours",
        "hour/month",
        "haggling, clauses and blame, an account",
        ("transaction_hours",),
        ("account_months",),
    ),
    _of_seller(
        "seller_joint_hours",
        "hour/month",
        "joint work, an account",
        ("joint_hours",),
        ("account_months",),
    ),
    _of_seller(
        "seller_personal_hours",
        "hour/month",
        "time as persons, an account",
        ("personal_hours",),
        ("account_months",),
    ),
    _of_seller(
        "seller_care_hours",
        "hour/month",
        "audits, asking, customer time and care, an account",
        ("care_hours",),
        ("account_months",),
    ),
    _of_seller(
        "seller_process_ideas",
        "1/relationship year",
        "process ideas from a customer",
        ("process_ideas",),
        ("account_months",),
        12.0,
    ),
    _of_seller("accounts", "count", "accounts of a seller", ("account_months",), ("months",)),
    _of_seller(
        "accounts_lost",
        "1/relationship year",
        "accounts that left",
        ("accounts_lost",),
        ("account_months",),
        12.0,
    ),
    _of_seller(
        "seller_failures", "1/seller year", "firms that failed", ("failures",), ("months",), 12.0
    ),
    _of_seller(
        "confidence", "0 to 1", "the salesperson's confidence", ("confidence",), ("months",)
    ),
    _of_seller("load", "ratio", "units ordered over capacity", ("load",), ("months",)),
    _of_seller("cash", "money", "means of a seller", ("cash",), ("months",)),
)

MEASURES = MappingProxyType({measure.name: measure for measure in _ALL})
"""All measures by name, in the order of the tables."""

BUYER_MEASURES = tuple(m for m in _ALL if m.ledger == "buyer")

SALESPERSON_MEASURES = tuple(m for m in _ALL if m.ledger == "salesperson")

COST_PARTS = tuple(
    next(
        m.name
        for m in BUYER_MEASURES
        if m.numerator == (field.removeprefix("-"),) and m.unit == "money/unit"
    )
    for field in COST_FIELDS
)
"""Measures that add up to ``total_cost_per_unit``; the last, savings by ideas, is deducted."""


def measures(names: Iterable[str]) -> tuple[Measure, ...]:
    """Look measures up by name.

    Parameters
    ----------
    names : iterable of str
        Names of measures.

    Returns
    -------
    tuple of Measure
        In the order of the names.

    Raises
    ------
    InputError
        If a name is unknown, with the nearest valid one.

    Examples
    --------
    >>> measures(["component_prize"])
    Traceback (most recent call last):
    relsim.io.errors.InputError: unknown measure 'component_prize'; did you mean 'component_price'?
    """
    wanted = list(names)
    known("measure", wanted, MEASURES)
    return tuple(MEASURES[name] for name in wanted)
