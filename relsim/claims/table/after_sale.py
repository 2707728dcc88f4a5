"""What happens after the sale: claims B1 to B6, from repeated purchases to erosion."""

from __future__ import annotations

from relsim.claims.forms import GROUPS, Ablation, Arm, Claim, Part, from_month
from relsim.claims.readings import (
    CONTRACT_MONTHS,
    STOP,
    YEAR,
    accounts_by_stance,
    curve,
    customers_won,
    lasting_by,
    sellers_apart,
    whole,
)
from relsim.claims.table.common import CAPITAL, KEPT, NEUTRAL, SHARE, TRUST, YEARLY, struck

DEPARTMENTS = ("production_interest", "service_interest", "sales_interest")

AFTER_SALE: tuple[Claim, ...] = (
    Claim(
        "B1",
        "The relationship after a sale decides from whom the buyer goes on buying, most of all "
        "where it buys again and again.",
        "ASR, L83",
        "emergent",
        "within one market",
        (
            Part(
                "the least aggrieved customers stay more often",
                (NEUTRAL,),
                lasting_by("grievance", -1),
                1,
                0.05,
                SHARE,
                GROUPS,
                Ablation(without=("grievance",), hold=("buyer_trust",)),
            ),
            Part(
                "more so with purchases every month than every year",
                (YEARLY, NEUTRAL),
                lasting_by("grievance", -1),
                1,
                0.05,
                SHARE,
                ablation=Ablation(without=("grievance",), hold=("buyer_trust",)),
            ),
            Part(
                "customers who trust the supplier more stay more often",
                (NEUTRAL,),
                lasting_by("buyer_trust_in_seller", 1),
                1,
                0.05,
                SHARE,
                GROUPS,
                counts=False,
            ),
        ),
        "The last part was added after the first run, so it is only reported.",
    ),
    Claim(
        "B2",
        "Buying capital goods means entering a relationship: contracts are longer, and partners "
        "stay together longer.",
        "ASR, L83",
        "assumed",
        "between markets",
        (
            Part(
                "capital goods have longer contracts",
                (NEUTRAL, CAPITAL),
                CONTRACT_MONTHS,
                1,
                6.0,
                "half a year, the time to the next purchase (assumption)",
                ablation=Ablation(hold=("contract_months",)),
            ),
            Part(
                "suppliers of capital goods are kept longer",
                (NEUTRAL, CAPITAL),
                whole("retention"),
                1,
                0.02,
                KEPT,
                ablation=Ablation(changes={"switching_cost": 1500.0, "search_rate": 0.06}),
            ),
        ),
        "Assurance at the start that the two can work together is not weighed in the model.",
    ),
    Claim(
        "B3",
        "Promises set what a delivery is judged by: over-promising wins orders and costs trust.",
        "ASR",
        "emergent",
        "within one market",
        (
            Part(
                "over-promising sellers are trusted less by their customers",
                (NEUTRAL,),
                accounts_by_stance(
                    "trust of customers, over-promising minus honest",
                    "0 to 1",
                    "buyer_trust_in_seller",
                    "over_promising",
                    "honest",
                ),
                -1,
                0.05,
                TRUST,
                GROUPS,
                Ablation(without=("overpromising",)),
            ),
            Part(
                "over-promising sellers win more new customers",
                (NEUTRAL,),
                customers_won("over_promising", "honest"),
                1,
                0.05,
                "one more customer in twenty years of a seller (assumption)",
                GROUPS,
                Ablation(without=("overpromising",)),
            ),
        ),
    ),
    Claim(
        "B4",
        "Those who promise seldom deliver: one person answering for the whole account raises kept "
        "promises.",
        "ASR",
        "assumed",
        "within one market",
        (
            Part(
                "sellers with a key account manager keep more promises",
                (NEUTRAL,),
                sellers_apart("seller_promises_kept", "key_account_manager"),
                1,
                0.03,
                "three promises in a hundred, a fifth of those broken (assumption)",
                GROUPS,
                Ablation(without=("key_account_manager",)),
            ),
        ),
    ),
    Claim(
        "B5",
        "Departments that each follow their own objective harm the relationship.",
        "ASR",
        "assumed",
        "between markets",
        (
            Part(
                "customers of self-interested departments trust less",
                (
                    Arm("joint interest", dict.fromkeys(DEPARTMENTS, 0.0)),
                    Arm("self-interest", dict.fromkeys(DEPARTMENTS, 0.3)),
                ),
                whole("trust_in_suppliers"),
                -1,
                0.05,
                TRUST,
                ablation=Ablation(without=("departments",)),
            ),
            Part(
                "and fewer of them stay",
                (
                    Arm("joint interest", dict.fromkeys(DEPARTMENTS, 0.0)),
                    Arm("self-interest", dict.fromkeys(DEPARTMENTS, 0.3)),
                ),
                whole("retention"),
                -1,
                0.02,
                KEPT,
                ablation=Ablation(without=("departments",)),
            ),
        ),
        "Self-interest is compared at none and at twice its default.",
    ),
    Claim(
        "B6",
        "Left alone, attention declines; only steady effort holds erosion back.",
        "L83",
        "assumed",
        "over time",
        (
            Part(
                "attention two years after effort has stopped",
                (NEUTRAL, struck("effort stops", deliberate_effort=0.0)),
                curve("attention"),
                -1,
                0.2,
                "a fifth of full attention (assumption)",
                from_month(STOP + 2 * YEAR, STOP + 3 * YEAR),
                Ablation(without=("erosion",)),
            ),
            Part(
                "customers trust less in the years after effort has stopped",
                (NEUTRAL, struck("effort stops", deliberate_effort=0.0)),
                curve("trust_in_suppliers"),
                -1,
                0.05,
                TRUST,
                from_month(STOP + 3 * YEAR, STOP + 5 * YEAR),
                Ablation(without=("erosion",)),
            ),
        ),
        "In the third year after, and the two years after that.",
    ),
)
"""Rows B1 to B6."""
