"""What happens after the sale: claims B1 to B6, from repeated purchases to erosion."""

from __future__ import annotations

from relsim.claims.forms import (
    NEUTRAL,
    Ablation,
    Claim,
    Part,
    Smallest,
    from_month,
)
from relsim.claims.readings import accounts, ledgers
from relsim.claims.readings.base import YEAR
from relsim.claims.readings.disclosure import STOP
from relsim.claims.table import arms, sizes
from relsim.claims.table.arms import market

DEPARTMENTS = ("production_interest", "service_interest", "sales_interest")

INTERESTS = (
    market("joint interest", **dict.fromkeys(DEPARTMENTS, 0.0)),
    market("self-interest", **dict.fromkeys(DEPARTMENTS, 0.3)),
)

AFTER_SALE: tuple[Claim, ...] = (
    Claim(
        id="B1",
        statement=(
            "The relationship after a sale decides from whom the buyer goes on buying, most of all "
            "where it buys again and again."
        ),
        source="ASR, L83",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="the least aggrieved customers stay more often",
                reading=accounts.lasting_by("grievance", -1),
                direction=1,
                smallest=sizes.SHARE,
                ablation=Ablation(without=("grievance",), hold=("buyer_trust",)),
            ),
            Part(
                says="more so with purchases every month than every year",
                arms=(arms.YEARLY, NEUTRAL),
                reading=accounts.lasting_by("grievance", -1),
                direction=1,
                smallest=sizes.SHARE,
                ablation=Ablation(without=("grievance",), hold=("buyer_trust",)),
            ),
            Part(
                says="customers who trust the supplier more stay more often",
                reading=accounts.lasting_by("buyer_trust_in_seller", 1),
                direction=1,
                smallest=sizes.SHARE,
                counts=False,
            ),
        ),
        note="The last part was added after the first run, so it is only reported.",
    ),
    Claim(
        id="B2",
        statement=(
            "Buying capital goods means entering a relationship: contracts are longer, and "
            "partners stay together longer."
        ),
        source="ASR, L83",
        kind="assumed",
        setting="between markets",
        parts=(
            Part(
                says="capital goods have longer contracts",
                arms=(NEUTRAL, arms.CAPITAL),
                reading=ledgers.CONTRACT_MONTHS,
                direction=1,
                smallest=Smallest(6.0, "half a year, the time to the next purchase (assumption)"),
                ablation=Ablation(hold=("contract_months",)),
            ),
            Part(
                says="suppliers of capital goods are kept longer",
                arms=(NEUTRAL, arms.CAPITAL),
                reading=ledgers.whole("retention"),
                direction=1,
                smallest=sizes.KEPT,
                ablation=Ablation(changes={"switching_cost": 1500.0, "search_rate": 0.06}),
            ),
        ),
        note="Assurance at the start that the two can work together is not weighed in the model.",
    ),
    Claim(
        id="B3",
        statement=(
            "Promises set what a delivery is judged by: over-promising wins orders and costs trust."
        ),
        source="ASR",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="over-promising sellers are trusted less by their customers",
                reading=accounts.accounts_by_stance(
                    "trust of customers, over-promising minus honest",
                    "0 to 1",
                    "buyer_trust_in_seller",
                    "over_promising",
                    "honest",
                ),
                direction=-1,
                smallest=sizes.TRUST,
                ablation=Ablation(without=("overpromising",)),
            ),
            Part(
                says="over-promising sellers win more new customers",
                reading=accounts.customers_won("over_promising", "honest"),
                direction=1,
                smallest=Smallest(
                    0.05, "one more customer in twenty years of a seller (assumption)"
                ),
                ablation=Ablation(without=("overpromising",)),
            ),
        ),
    ),
    Claim(
        id="B4",
        statement=(
            "Those who promise seldom deliver: one person answering for the whole account "
            "raises kept promises."
        ),
        source="ASR",
        kind="assumed",
        setting="within one market",
        parts=(
            Part(
                says="sellers with a key account manager keep more promises",
                reading=ledgers.sellers_apart("seller_promises_kept", "key_account_manager"),
                direction=1,
                smallest=Smallest(
                    0.03, "three promises in a hundred, a fifth of those broken (assumption)"
                ),
                ablation=Ablation(without=("key_account_manager",)),
            ),
        ),
    ),
    Claim(
        id="B5",
        statement="Departments that each follow their own objective harm the relationship.",
        source="ASR",
        kind="assumed",
        setting="between markets",
        parts=(
            Part(
                says="customers of self-interested departments trust less",
                arms=INTERESTS,
                reading=ledgers.whole("trust_in_suppliers"),
                direction=-1,
                smallest=sizes.TRUST,
                ablation=Ablation(without=("departments",)),
            ),
            Part(
                says="and fewer of them stay",
                arms=INTERESTS,
                reading=ledgers.whole("retention"),
                direction=-1,
                smallest=sizes.KEPT,
                ablation=Ablation(without=("departments",)),
            ),
        ),
        note="Self-interest is compared at none and at twice its default.",
    ),
    Claim(
        id="B6",
        statement="Left alone, attention declines; only steady effort holds erosion back.",
        source="L83",
        kind="assumed",
        setting="over time",
        parts=(
            Part(
                says="attention two years after effort has stopped",
                arms=(NEUTRAL, arms.struck("effort stops", deliberate_effort=0.0)),
                reading=ledgers.curve("attention"),
                direction=-1,
                smallest=Smallest(0.2, "a fifth of full attention (assumption)"),
                form=from_month(STOP + 2 * YEAR, STOP + 3 * YEAR),
                ablation=Ablation(without=("erosion",)),
            ),
            Part(
                says="customers trust less in the years after effort has stopped",
                arms=(NEUTRAL, arms.struck("effort stops", deliberate_effort=0.0)),
                reading=ledgers.curve("trust_in_suppliers"),
                direction=-1,
                smallest=sizes.TRUST,
                form=from_month(STOP + 3 * YEAR, STOP + 5 * YEAR),
                ablation=Ablation(without=("erosion",)),
            ),
        ),
        note="In the third year after, and the two years after that.",
    ),
)
"""Rows B1 to B6."""
