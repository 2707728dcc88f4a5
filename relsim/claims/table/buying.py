"""What comes of buying aggressively, or among partners: claims B18 to B22."""

from __future__ import annotations

from relsim.claims.forms import (
    CROSSED,
    CROSSING_MONTH,
    INTERACTION,
    TRUST_CLAMPED,
    Ablation,
    Claim,
    Part,
    Smallest,
    from_month,
    less_by,
    more_by,
)
from relsim.claims.readings import ledgers
from relsim.claims.readings.base import YEAR
from relsim.claims.readings.groups import by_trust
from relsim.claims.table import arms, sizes
from relsim.claims.table.arms import market

AGGRESSIVE_CHANGING = market("aggressive, changing", buyer_stances="aggressive", uncertainty=0.8)
TRUSTING_CHANGING = market("trusting, changing", buyer_stances="trusting", uncertainty=0.8)
CLAUSELESS = frozenset({"contracts"})

BUYING: tuple[Claim, ...] = (
    Claim(
        id="B18",
        statement="Aggressive buyers may pay less for a component.",
        source="ASR, DC03",
        kind="emergent",
        setting="between markets",
        parts=(
            Part(
                says="price of a component in the first year",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.curve("component_price"),
                expects=less_by(sizes.MONEY),
                form=from_month(0, YEAR),
                ablation=Ablation(without=("rival_quotes",)),
            ),
            Part(
                says="price of a component over ten years",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.whole("component_price"),
                expects=less_by(sizes.MONEY),
                ablation=Ablation(without=("rival_quotes",)),
            ),
            Part(
                says="total cost in the first year",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.curve("total_cost_per_unit"),
                expects=less_by(sizes.MONEY),
                form=from_month(0, YEAR),
                ablation=Ablation(without=("rival_quotes",)),
                counts=False,
            ),
        ),
        note="The sources speak of the price; the first year's total cost is reported beside it.",
    ),
    Claim(
        id="B19",
        statement=(
            "Aggressive buyers lose in the long run: suppliers stop telling them what would be "
            "valuable."
        ),
        source="ASR, DC03",
        kind="emergent",
        setting="over time",
        parts=(
            Part(
                says="suppliers tell aggressive buyers less of their business",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.whole("information_received"),
                expects=less_by(sizes.LAYER),
                ablation=Ablation(hold=("seller_trust",)),
            ),
            Part(
                says="and bring them fewer ideas",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.whole("ideas_received"),
                expects=less_by(sizes.IDEAS),
                ablation=Ablation(hold=("seller_trust",)),
            ),
            Part(
                says="total cost in the last two years",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.curve("total_cost_per_unit"),
                expects=more_by(sizes.MONEY),
                form=from_month(8 * YEAR, 10 * YEAR),
                ablation=TRUST_CLAMPED,
            ),
            Part(
                says="cheaper at first, dearer in all by the end, in over half of the replicates",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.CUMULATIVE_COST,
                expects=more_by(Smallest(0.0, "more often than not")),
                form=CROSSED,
                ablation=TRUST_CLAMPED,
            ),
            Part(
                says="month in which aggressive buying has become the dearer in all",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.CUMULATIVE_COST,
                expects=more_by(Smallest(0.0, "reported")),
                form=CROSSING_MONTH,
                counts=False,
            ),
        ),
    ),
    Claim(
        id="B20",
        statement=(
            "Partners who trust share confidential information and ideas, in both directions."
        ),
        source="ASR, DC03",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="suppliers tell more to the buyers they trust most",
                arms=(arms.MIXED,),
                reading=ledgers.apart("information_received", by_trust("suppliers_trust_in_buyer")),
                expects=more_by(sizes.LAYER),
                ablation=Ablation(hold=("seller_trust",)),
            ),
            Part(
                says="and bring them more ideas",
                arms=(arms.MIXED,),
                reading=ledgers.apart("ideas_received", by_trust("suppliers_trust_in_buyer")),
                expects=more_by(sizes.IDEAS),
                ablation=Ablation(hold=("seller_trust",)),
            ),
            Part(
                says="buyers who trust most bring suppliers more ideas",
                arms=(arms.MIXED,),
                reading=ledgers.apart("process_ideas", by_trust("trust_in_suppliers")),
                expects=more_by(sizes.IDEAS),
                ablation=Ablation(hold=("buyer_trust",)),
            ),
        ),
    ),
    Claim(
        id="B21",
        statement="Trust is more than a substitute for contracts: it creates value.",
        source="DC03",
        kind="emergent",
        setting="between markets",
        parts=(
            Part(
                says="where there are no clauses to save, trust still lowers the total cost",
                arms=(
                    market("little trust, no clauses", hold={"trust": 0.3}, without=CLAUSELESS),
                    market("much trust, no clauses", hold={"trust": 0.7}, without=CLAUSELESS),
                ),
                reading=ledgers.whole("total_cost_per_unit"),
                expects=less_by(sizes.MONEY),
                ablation=Ablation(without=("ideas", "business_disclosure")),
            ),
            Part(
                says="it brings savings by ideas",
                arms=(arms.LITTLE_TRUST, arms.MUCH_TRUST),
                reading=ledgers.whole("idea_savings_per_unit"),
                expects=more_by(sizes.MONEY),
                ablation=Ablation(without=("ideas",)),
            ),
        ),
    ),
    Claim(
        id="B22",
        statement=(
            "In uncertain environments treating the other side as a partner is an advantage, for "
            "buyers and for sellers."
        ),
        source="DC03, ASR",
        kind="emergent",
        setting="between markets",
        parts=(
            Part(
                says="where needs change much, trusting buyers pay less in all",
                arms=(
                    AGGRESSIVE_CHANGING,
                    TRUSTING_CHANGING,
                ),
                reading=ledgers.whole("total_cost_per_unit"),
                expects=less_by(sizes.MONEY),
                ablation=TRUST_CLAMPED,
            ),
            Part(
                says="and their suppliers earn more",
                arms=(
                    AGGRESSIVE_CHANGING,
                    TRUSTING_CHANGING,
                ),
                reading=ledgers.whole("seller_margin"),
                expects=more_by(
                    Smallest(
                        0.005, "half a hundredth of revenue, a tenth of the margin (assumption)"
                    )
                ),
                ablation=TRUST_CLAMPED,
            ),
            Part(
                says="the buyers' advantage grows with uncertainty",
                arms=(
                    market("aggressive, still", buyer_stances="aggressive", uncertainty=0.0),
                    market("trusting, still", buyer_stances="trusting", uncertainty=0.0),
                    AGGRESSIVE_CHANGING,
                    TRUSTING_CHANGING,
                ),
                reading=ledgers.whole("total_cost_per_unit"),
                expects=less_by(Smallest(0.5, "half of what counts as an advantage (assumption)")),
                form=INTERACTION,
                ablation=Ablation(without=("shared_plans", "reopening")),
                ours=True,
            ),
        ),
    ),
)
"""Rows B18 to B22."""
