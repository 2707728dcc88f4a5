"""What happens after the sale: claims B1 to B6, from repeated purchases to erosion."""

from __future__ import annotations

from relsim.claims.forms import (
    NEUTRAL,
    Ablation,
    Claim,
    Part,
    Smallest,
    less_by,
    more_by,
)
from relsim.claims.readings import accounts, ledgers
from relsim.claims.readings.groups import has, stances
from relsim.claims.table import arms, sizes
from relsim.claims.table.arms import market
from relsim.parameters import Parameters

INTERESTS = (
    market("joint interest", departmental_interest=0.0),
    market("self-interest", departmental_interest=0.3),
)

HALF_IDLE = market("half make no effort", effort_share=0.5)

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
                says="customers who trust the supplier more stay more often",
                reading=accounts.lasting_by("buyer_trust_in_seller", 1),
                expects=more_by(sizes.SHARE),
                ablation=Ablation(hold=("buyer_trust",)),
            ),
            Part(
                says="customers with the better balance stay more often",
                reading=accounts.lasting_by("buyer_balance", 1),
                expects=more_by(sizes.SHARE),
            ),
            Part(
                says="trust more so with purchases every month than every year",
                arms=(arms.YEARLY, NEUTRAL),
                reading=accounts.lasting_by("buyer_trust_in_seller", 1),
                expects=more_by(sizes.SHARE),
                ablation=Ablation(hold=("buyer_trust",)),
            ),
        ),
        note=(
            "The state of the relationship is trust and the balance now. Sellers that are paid "
            "once a year have the means of makers of capital goods: without them they fail."
        ),
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
                expects=more_by(
                    Smallest(6.0, "half a year, the time to the next purchase (assumption)")
                ),
                ablation=Ablation(hold=("contract_months",)),
            ),
            Part(
                says="suppliers of capital goods are kept longer",
                arms=(NEUTRAL, arms.CAPITAL),
                reading=ledgers.whole("retention"),
                expects=more_by(sizes.KEPT),
                ablation=Ablation(
                    without=("binding_contracts",),
                    changes={"switching_cost": Parameters().switching_cost},
                ),
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
                reading=accounts.accounts_apart(
                    "buyer_trust_in_seller", "0 to 1", stances("over_promising", "honest")
                ),
                expects=less_by(sizes.TRUST),
                ablation=Ablation(without=("overpromising",)),
            ),
            Part(
                says="over-promising sellers win more new customers",
                reading=accounts.customers_won(stances("over_promising", "honest")),
                expects=more_by(
                    Smallest(0.05, "one more customer in twenty years of a seller (assumption)")
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
                reading=ledgers.apart("seller_promises_kept", has("key_account_manager")),
                expects=more_by(
                    Smallest(
                        0.03, "three promises in a hundred, a fifth of those broken (assumption)"
                    )
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
                expects=less_by(sizes.TRUST),
                ablation=Ablation(without=("departments",)),
            ),
            Part(
                says="and fewer of them stay",
                arms=INTERESTS,
                reading=ledgers.whole("retention"),
                expects=less_by(sizes.KEPT),
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
        setting="within one market",
        parts=(
            Part(
                says="sellers that make no effort give their customers less attention",
                arms=(HALF_IDLE,),
                reading=accounts.accounts_apart("attention", "ratio", has("makes_effort")),
                expects=more_by(Smallest(0.2, "a fifth of full attention (assumption)")),
                ablation=Ablation(without=("erosion",)),
            ),
            Part(
                says="and are trusted less by them",
                arms=(HALF_IDLE,),
                reading=accounts.accounts_apart(
                    "buyer_trust_in_seller", "0 to 1", has("makes_effort")
                ),
                expects=more_by(sizes.TRUST),
                ablation=Ablation(without=("erosion",)),
            ),
        ),
        note="Half of the sellers make the effort, half make none.",
    ),
)
"""Rows B1 to B6."""
