"""What trust is worth: claims B14 to B17."""

from __future__ import annotations

from relsim.claims.forms import (
    BETWEEN_TWO,
    INTERACTION,
    NEUTRAL,
    RELATIVE,
    TRUST_CLAMPED,
    Ablation,
    Claim,
    Part,
    Smallest,
    away_from,
    from_month,
    less_by,
    more_by,
    within,
)
from relsim.claims.readings import ledgers
from relsim.claims.readings.base import YEAR
from relsim.claims.readings.disclosure import STOP
from relsim.claims.readings.groups import by_trust
from relsim.claims.table import arms, sizes
from relsim.claims.table.arms import market

BETRAYAL = market(
    "one betrayal",
    interventions=[(STOP, {"betrayal_by_buyer": 1.0}), (STOP + 1, {"betrayal_by_buyer": 0.0})],
)

TRUST: tuple[Claim, ...] = (
    Claim(
        id="B14",
        statement=(
            "Trust takes risk and costs flexibility, and is worth it; one betrayal undoes much."
        ),
        source="DC03, ASR",
        kind="emergent",
        setting="over time",
        parts=(
            Part(
                says="trust is worth it: held high, a unit costs less than held low",
                arms=(arms.LITTLE_TRUST, arms.MUCH_TRUST),
                reading=ledgers.whole("total_cost_per_unit"),
                expects=less_by(sizes.MONEY),
                ablation=Ablation(
                    without=("ideas", "inspection", "padding", "business_disclosure"),
                    hold=("contract_months", "clauses"),
                ),
            ),
            Part(
                says="it takes risk: trusting costs more among opportunists than among the honest",
                arms=(
                    market(
                        "little trust among the honest",
                        hold={"trust": 0.3},
                        seller_stances="honest",
                    ),
                    market(
                        "much trust among the honest", hold={"trust": 0.7}, seller_stances="honest"
                    ),
                    market(
                        "little trust among opportunists",
                        hold={"trust": 0.3},
                        seller_stances="opportunist",
                    ),
                    market(
                        "much trust among opportunists",
                        hold={"trust": 0.7},
                        seller_stances="opportunist",
                    ),
                ),
                reading=ledgers.whole("total_cost_per_unit"),
                expects=more_by(sizes.MONEY),
                form=INTERACTION,
                ablation=Ablation(without=("seller_exploitation", "shading")),
            ),
            Part(
                says="it costs flexibility: buyers who trust change suppliers less",
                arms=(arms.LITTLE_TRUST, arms.MUCH_TRUST),
                reading=ledgers.whole("suppliers_lost"),
                expects=less_by(sizes.KEPT),
                ablation=Ablation(changes={"exit_exposure": 0.0}),
            ),
            Part(
                says="a year after one betrayal by buyers, suppliers still trust them less",
                arms=(
                    NEUTRAL,
                    BETRAYAL,
                ),
                reading=ledgers.curve("suppliers_trust_in_buyer"),
                expects=less_by(sizes.TRUST),
                form=from_month(STOP + YEAR, STOP + YEAR + 1),
                ablation=Ablation(without=("buyer_exploitation",)),
            ),
            Part(
                says="and bring fewer ideas in that year",
                arms=(
                    NEUTRAL,
                    BETRAYAL,
                ),
                reading=ledgers.curve("ideas_received"),
                expects=less_by(sizes.IDEAS),
                form=from_month(STOP, STOP + YEAR),
                ablation=Ablation(without=("buyer_exploitation",)),
            ),
        ),
        note=(
            "Trust is held at 0.3 and 0.7 in both directions: what trust does, whatever brings it."
        ),
    ),
    Claim(
        id="B15",
        statement=(
            "More trust, much lower cost: less time on price, contracts, blame and inspection."
        ),
        source="ASR, DC03",
        kind="emergent",
        setting="between markets",
        parts=(
            Part(
                says="trusting buyers spend fewer hours for what they buy",
                arms=(arms.AGGRESSIVE, arms.TRUSTING),
                reading=ledgers.whole("procurement_hours"),
                expects=less_by(sizes.PROCUREMENT),
                form=RELATIVE,
                ablation=TRUST_CLAMPED,
            ),
            Part(
                says="trust alone saves hours",
                arms=(arms.LITTLE_TRUST, arms.MUCH_TRUST),
                reading=ledgers.whole("procurement_hours"),
                expects=less_by(sizes.PROCUREMENT),
                form=RELATIVE,
            ),
            Part(
                says="and transaction matters take less time face to face",
                arms=(arms.LITTLE_TRUST, arms.MUCH_TRUST),
                reading=ledgers.whole("transaction_hours"),
                expects=less_by(sizes.HOURS),
                form=RELATIVE,
            ),
        ),
        note=(
            "The second and third part hold trust at 0.3 and at 0.7: they take it away themselves."
        ),
    ),
    Claim(
        id="B16",
        statement=(
            "The least trusted buyers spend almost half of their time face to face with "
            "suppliers on transaction matters, the most trusted a quarter."
        ),
        source="DC03, ASR",
        kind="calibrated",
        setting="within one market",
        parts=(
            Part(
                says="least minus most trusted of eight",
                arms=(arms.EIGHT,),
                reading=(
                    ledgers.buyer_at("transaction_time_share", "suppliers_trust_in_buyer", -1),
                    ledgers.buyer_at("transaction_time_share", "suppliers_trust_in_buyer", 0),
                ),
                expects=more_by(Smallest(0.11, "half of the 0.22 published (DC03)")),
                form=BETWEEN_TWO,
                ablation=TRUST_CLAMPED,
            ),
            Part(
                says="least trusted of eight: 0.45 to 0.49",
                arms=(arms.EIGHT,),
                reading=ledgers.buyer_at("transaction_time_share", "suppliers_trust_in_buyer", 0),
                expects=within(Smallest(0.02, "the range of the calibration table (DC03)")),
                form=away_from(0.47),
            ),
            Part(
                says="most trusted of eight: 0.23 to 0.27",
                arms=(arms.EIGHT,),
                reading=ledgers.buyer_at("transaction_time_share", "suppliers_trust_in_buyer", -1),
                expects=within(Smallest(0.02, "the range of the calibration table (DC03, ASR)")),
                form=away_from(0.25),
            ),
            Part(
                says="least minus most trusted of eight that all bargain alike",
                arms=(arms.EIGHT_ALIKE,),
                reading=(
                    ledgers.buyer_at("transaction_time_share", "suppliers_trust_in_buyer", -1),
                    ledgers.buyer_at("transaction_time_share", "suppliers_trust_in_buyer", 0),
                ),
                expects=more_by(Smallest(0.11, "half of the 0.22 published (DC03)")),
                form=BETWEEN_TWO,
                ablation=TRUST_CLAMPED,
                counts=False,
            ),
        ),
        note=(
            "With trust held what is left is the bargaining's part; with all stances equal, "
            "trust's."
        ),
    ),
    Claim(
        id="B17",
        statement=(
            "Buyers who trust their suppliers inspect less and need fewer hours for what they buy."
        ),
        source="DC03",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="the quarter that trusts most inspects less than the one that trusts least",
                arms=(arms.MIXED,),
                reading=ledgers.apart("inspection_share", by_trust("trust_in_suppliers")),
                expects=less_by(Smallest(0.1, "one delivery in ten (assumption)")),
                ablation=Ablation(hold=("buyer_trust",)),
            ),
            Part(
                says="and needs fewer hours for 1000 units",
                arms=(arms.MIXED,),
                reading=ledgers.apart(
                    "procurement_hours", by_trust("trust_in_suppliers"), relative=True
                ),
                expects=less_by(sizes.PROCUREMENT),
                ablation=Ablation(hold=("buyer_trust",)),
            ),
        ),
        note=(
            "Products handled are one: hours for 1000 units stand for them. Of equals the less "
            "aggressive count as trusting more, so that held trust leaves the bargaining."
        ),
    ),
)
"""Rows B14 to B17."""
