"""Every measure, defined once and as data: a ratio of sums that ledgers keep."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from relsim.io.errors import known
from relsim.model.observation.measure import Measure, mean, of_seller, per_unit, yearly

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


_ALL = (
    # --- what a unit costs the buyer ---------------------------------------------------------
    per_unit("component_price", "price of a unit", "purchase"),
    Measure(
        "total_cost_per_unit",
        "money/unit",
        "all that a unit costs in the end, ideas deducted",
        COST_FIELDS,
        ("delivered",),
    ),
    per_unit("extras_per_unit", "taken by sellers outside the agreed price", "extras"),
    per_unit("later_service_per_unit", "service that the price did not carry", "later_service"),
    per_unit("haggling_per_unit", "haggling and rivals' quotes", "haggling"),
    per_unit("contracting_per_unit", "hours on clauses", "contracting"),
    per_unit("blame_per_unit", "hours on blame, complaints and reviews", "blame"),
    per_unit("inspection_per_unit", "hours of inspection", "inspection"),
    per_unit("failure_per_unit", "loss by problems, misfit, equipment without a maker", "failure"),
    per_unit("delay_per_unit", "loss by late delivery", "delay"),
    per_unit("relationship_per_unit", "joint work and personal contact", "relationship"),
    per_unit("switching_per_unit", "moving to new suppliers", "switching"),
    per_unit("idea_savings_per_unit", "saved by suppliers' ideas (deducted)", "idea_savings"),
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
    mean("haggling_hours", "face to face, on price", "haggling_hours", "hour/month"),
    mean("contract_hours", "face to face, on clauses", "contract_hours", "hour/month"),
    mean("blame_hours", "face to face, on who is to blame", "blame_hours", "hour/month"),
    mean("joint_hours", "joint work, a relationship", "joint_hours", "hour/month"),
    mean("personal_hours", "personal contact, a relationship", "personal_hours", "hour/month"),
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
    mean("quality", "quality against the market's mean", "quality", "quality"),
    mean("service", "service and care received", "service", "ratio"),
    mean("attention", "hours the seller gives over the standard hours", "attention", "ratio"),
    mean("misfit", "how far supply is from what is needed", "misfit", "shock"),
    mean("grievance", "problems swallowed and not forgotten", "grievance", "problems"),
    # --- what passes between them ------------------------------------------------------------
    yearly("ideas_received", "ideas from a supplier to the buyer", "ideas_received"),
    yearly("process_ideas", "process ideas from the buyer to a supplier", "process_ideas"),
    mean(
        "information_received",
        "business that suppliers have disclosed to the buyer",
        "business_by_seller",
        "layers, 0 to 3",
    ),
    mean(
        "information_given",
        "business that the buyer has disclosed to suppliers",
        "business_by_buyer",
        "layers, 0 to 3",
    ),
    mean(
        "personal_received",
        "what salespeople have disclosed of themselves",
        "personal_by_seller",
        "layers, 0 to 3",
    ),
    mean(
        "personal_given",
        "what buyers have disclosed of themselves",
        "personal_by_buyer",
        "layers, 0 to 3",
    ),
    mean("understanding", "what both know of each other from disclosure", "understanding"),
    mean("suppliers_trust_in_buyer", "trust of sellers in buyers (DC03)", "seller_trust"),
    mean("trust_in_suppliers", "trust of buyers in sellers", "buyer_trust"),
    yearly(
        "exploitation_by_buyer",
        "uses of what was disclosed that suppliers found",
        "exploited_by_buyer",
    ),
    yearly("exploitation_by_seller", "extras that buyers found", "exploited_by_seller"),
    # --- contracts, engagement, duration -----------------------------------------------------
    yearly("negotiations_per_year", "contracts agreed, a relationship", "negotiations"),
    Measure(
        "clauses_per_contract", "count", "safeguards in a contract", ("clauses",), ("negotiations",)
    ),
    mean("bonds", "what suppliers volunteered that raises what leaving costs", "bonds", "count"),
    mean("dependence", "how hard it would be for the buyer to leave", "dependence"),
    mean("seller_dependence", "share of the account in the seller's orders", "seller_dependence"),
    mean("commitment", "how far the buyer counts on the relationship lasting", "commitment"),
    mean("collaborative_share", "relationships collaborative or beyond", "collaborative"),
    mean("personal_share", "relationships collaborative and personal", "personal"),
    yearly("suppliers_lost", "relationships that ended", *_LEAVING),
    Measure(
        "retention",
        "0 to 1",
        "relationships that last another year",
        _LEAVING,
        ("months",),
        survives_a_year=True,
    ),
    # --- the sellers' side -------------------------------------------------------------------
    of_seller(
        "seller_margin",
        "share of revenue",
        "what is left of what buyers pay",
        ("revenue", "-production", "-service", "-time", "-bonds", "-overhead"),
        ("revenue",),
    ),
    of_seller(
        "seller_profit",
        "money/month",
        "what a seller earns",
        ("revenue", "-production", "-service", "-time", "-bonds", "-overhead"),
        ("months",),
    ),
    of_seller(
        "seller_promises_kept",
        "0 to 1",
        "promises kept, of those that came due",
        ("promises_kept",),
        ("promises",),
    ),
    of_seller(
        "seller_transaction_hours",
        "hour/month",
        "haggling, clauses and blame, an account",
        ("transaction_hours",),
        ("account_months",),
    ),
    of_seller(
        "seller_joint_hours",
        "hour/month",
        "joint work, an account",
        ("joint_hours",),
        ("account_months",),
    ),
    of_seller(
        "seller_personal_hours",
        "hour/month",
        "personal contact, an account",
        ("personal_hours",),
        ("account_months",),
    ),
    of_seller(
        "seller_care_hours",
        "hour/month",
        "audits, asking, customer time and care, an account",
        ("care_hours",),
        ("account_months",),
    ),
    of_seller(
        "seller_process_ideas",
        "1/relationship year",
        "process ideas from a customer",
        ("process_ideas",),
        ("account_months",),
        12.0,
    ),
    of_seller("accounts", "count", "accounts of a seller", ("account_months",), ("months",)),
    of_seller(
        "accounts_lost",
        "1/relationship year",
        "accounts that left",
        ("accounts_lost",),
        ("account_months",),
        12.0,
    ),
    of_seller(
        "seller_failures", "1/seller year", "firms that failed", ("failures",), ("months",), 12.0
    ),
    of_seller("confidence", "0 to 1", "the salesperson's confidence", ("confidence",), ("months",)),
    of_seller("load", "ratio", "units ordered over capacity", ("load",), ("months",)),
    of_seller("cash", "money", "means of a seller", ("cash",), ("months",)),
)

MEASURES = MappingProxyType({measure.name: measure for measure in _ALL})
"""All measures by name, in the order of the tables."""

BUYER_MEASURES = tuple(m for m in _ALL if m.ledger == "buyer")

SALESPERSON_MEASURES = tuple(m for m in _ALL if m.ledger == "salesperson")

CUMULATIVE_COST = "cumulative_cost_per_unit"
"""In tables by period only: total cost a unit of all that was bought from period 0 on."""

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
