"""Measures under headings, as tables for a terminal have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relsim.model.observation import COST_PARTS, MEASURES

OWN = "Measures of your own"
SELLERS = "Sellers"

SUMMARY = (
    "total_cost_per_unit",
    *COST_PARTS,
    "information_received",
    "information_given",
    "ideas_received",
    "process_ideas",
    "transaction_time_share",
    "inspection_share",
    "collaborative_share",
    "personal_share",
    "retention",
    "seller_margin",
)
"""Measures of a comparison to look at first, in the order of tables."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "Cost of a unit and its parts": ("total_cost_per_unit", *COST_PARTS),
    "Information and ideas": (
        "information_received",
        "information_given",
        "personal_received",
        "personal_given",
        "understanding",
        "ideas_received",
        "process_ideas",
    ),
    "Time": (
        "transaction_time_share",
        "transaction_hours",
        "haggling_hours",
        "contract_hours",
        "blame_hours",
        "joint_hours",
        "personal_hours",
        "procurement_hours",
        "inspection_share",
    ),
    "Deliveries and problems": (
        "units_bought",
        "defects",
        "serious_voiced",
        "small_voiced",
        "unsettled_share",
        "promises_kept_share",
        "quality",
        "service",
        "attention",
        "misfit",
        "grievance",
    ),
    "Relationships": (
        "collaborative_share",
        "personal_share",
        "retention",
        "suppliers_lost",
        "suppliers_trust_in_buyer",
        "trust_in_suppliers",
        "commitment",
        "dependence",
        "seller_dependence",
        "bonds",
        "negotiations_per_year",
        "clauses_per_contract",
        "exploitation_by_buyer",
        "exploitation_by_seller",
    ),
    SELLERS: tuple(name for name, measure in MEASURES.items() if measure.ledger != "buyer"),
}
"""Names of measures, in the order of tables; what the sellers' ledgers say comes last."""


def under_headings(names: Iterable[str]) -> dict[str, list[str]]:
    """Put measures under their headings; those of one's own come last.

    >>> under_headings(["retention", "gini", "total_cost_per_unit"])
    {'Cost of a unit and its parts': ['total_cost_per_unit'], 'Relationships': ['retention'],
     'Measures of your own': ['gini']}
    """
    left = list(dict.fromkeys(names))
    found = {
        heading: [name for name in members if name in left] for heading, members in HEADINGS.items()
    }
    found[OWN] = [name for name in left if name not in MEASURES]
    return {heading: members for heading, members in found.items() if members}


def units_of(names: Sequence[str]) -> str:
    """The units of measures, each once; those of one's own have none.

    >>> units_of(["transaction_time_share", "inspection_share", "joint_hours"])
    '0 to 1; hour/month'
    """
    units = [MEASURES[name].unit if name in MEASURES else "" for name in names]
    return "; ".join(dict.fromkeys(unit for unit in units if unit))
