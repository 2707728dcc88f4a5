"""What keeps a relationship up: claims B7 to B13, from audits to listening."""

from __future__ import annotations

from typing import Any

from relsim.claims.forms import (
    KNOWN_CLAMPED,
    Ablation,
    Claim,
    Part,
    Smallest,
    less_by,
    more_by,
)
from relsim.claims.readings import accounts, ledgers
from relsim.claims.readings.groups import has, stances
from relsim.claims.readings.snapshots import (
    BUSINESS,
    by_phase,
    within_sellers,
)
from relsim.claims.table import arms, sizes
from relsim.claims.table.arms import market
from relsim.comparison import Arm

MATTERS = Smallest(0.1, "a tenth more than from a commercial account (assumption)")


def _capital(name: str, **changes: Any) -> Arm:
    """A market of capital goods."""
    return Arm(name, arms.CAPITAL.parameters.with_values(**changes))


UPKEEP: tuple[Claim, ...] = (
    Claim(
        id="B7",
        statement=(
            "A seller that audits its relationships regularly keeps more of them than one that "
            "does not, in the same market."
        ),
        source="L83",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="auditing sellers lose fewer accounts",
                reading=ledgers.apart("accounts_lost", has("audits")),
                expects=less_by(sizes.KEPT),
                ablation=Ablation(without=("audits",)),
            ),
        ),
    ),
    Claim(
        id="B8",
        statement=(
            "Silence warns of a relationship going bad, and contacting the silent saves "
            "relationships."
        ),
        source="ASR, L83",
        kind="emergent",
        setting="over time",
        parts=(
            Part(
                says="sellers that ask the silent lose fewer accounts",
                reading=ledgers.apart("accounts_lost", has("contacts_silent")),
                expects=less_by(sizes.KEPT),
                ablation=Ablation(without=("silence_contact",)),
            ),
            Part(
                says="the silent leave more often, at equal problems and phase",
                reading=accounts.SILENCE_HAZARD,
                expects=more_by(Smallest(0.02, "two in a hundred within half a year (assumption)")),
                ablation=Ablation(without=("grievance",)),
                ours=True,
            ),
        ),
        note="Silence is read as a hazard among sellers that do not ask; asking would end it.",
    ),
    Claim(
        id="B9",
        statement=(
            "Strong relationships carry mutual dependence, which sellers create by "
            "volunteering more; it raises what leaving costs."
        ),
        source="ASR, L83",
        kind="assumed",
        setting="within one market",
        parts=(
            Part(
                says="buyers depend more in strong relationships",
                reading=by_phase("0 to 1", ("buyer_dependence",)),
                expects=more_by(sizes.TRUST),
                ablation=Ablation(without=("bonds",)),
            ),
            Part(
                says="sellers depend more on their strong accounts: for orders",
                reading=within_sellers("usual_units"),
                expects=more_by(MATTERS),
            ),
            Part(
                says="and for profit",
                reading=within_sellers("usual_profit"),
                expects=more_by(MATTERS),
            ),
            Part(
                says="sellers that volunteer more lose fewer accounts",
                reading=ledgers.apart("accounts_lost", stances("partner_minded", "honest")),
                expects=less_by(sizes.KEPT),
                ablation=Ablation(without=("bonds",)),
            ),
        ),
        note="Leaving is dearer by a rule; that more stay is not written.",
    ),
    Claim(
        id="B10",
        statement=(
            "In strong relationships both sides share information and know each other's plans."
        ),
        source="ASR",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="both tell more of their business in strong relationships",
                reading=by_phase("layers", BUSINESS),
                expects=more_by(sizes.LAYER),
                ablation=KNOWN_CLAMPED,
            ),
            Part(
                says="supply fits needs better where plans are known",
                reading=by_phase("shock", ("misfit",)),
                expects=less_by(Smallest(0.03, "a tenth of the mean change of needs (assumption)")),
                ablation=Ablation(without=("shared_plans",)),
            ),
        ),
    ),
    Claim(
        id="B11",
        statement=(
            "A buyer that looks at life-cycle cost does better than one that fights for the lowest "
            "price; the seller has to convince it."
        ),
        source="ASR",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="life-cycle buyers pay less in all than aggressive ones in the same market",
                arms=(
                    _capital("half and half", buyer_stances={"life_cycle": 0.5, "aggressive": 0.5}),
                ),
                reading=ledgers.apart("total_cost_per_unit", stances("life_cycle", "aggressive")),
                expects=less_by(sizes.MONEY),
                ablation=Ablation(changes={"stance_items": {"life_cycle_weight": 0.5}}),
            ),
            Part(
                says="the criterion alone, all else equal, lowers the total cost",
                arms=(
                    _capital("price only", stance_items={"life_cycle_weight": 0.0}),
                    _capital("life-cycle cost", stance_items={"life_cycle_weight": 1.0}),
                ),
                reading=ledgers.whole("total_cost_per_unit"),
                expects=less_by(sizes.MONEY),
            ),
            Part(
                says="sellers' arguments help buyers who look at the price",
                arms=(
                    _capital(
                        "not argued",
                        stance_items={"life_cycle_weight": 0.0},
                        without={"life_cycle_argument"},
                    ),
                    _capital("argued", stance_items={"life_cycle_weight": 0.0}),
                ),
                reading=ledgers.whole("total_cost_per_unit"),
                expects=less_by(sizes.MONEY),
                ablation=Ablation(without=("life_cycle_argument",)),
            ),
        ),
        note="Of capital goods. A criterion has no switch; the second part takes it away itself.",
    ),
    Claim(
        id="B12",
        statement=(
            "Where the price does not carry later service the buyer pays for it in poor "
            "product and delay; a squeezed seller cuts service or fails."
        ),
        source="ASR",
        kind="emergent",
        setting="between markets",
        parts=(
            Part(
                says="buyers pay more for later service, problems and delay",
                arms=(
                    market("service in the price", service_in_price_share=1.0),
                    market("service not in the price", service_in_price_share=0.0),
                ),
                reading=ledgers.SERVICE_LOSS,
                expects=more_by(
                    Smallest(
                        0.5,
                        "half a hundredth of the list price, an eighth of what later service costs",
                    )
                ),
                ablation=Ablation(hold=("service",), changes={"repair_cost": 0.0}),
            ),
            Part(
                says="squeezed sellers cut service",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.whole("service"),
                expects=less_by(Smallest(0.1, "a tenth of full service (assumption)")),
                ablation=Ablation(without=("squeeze",)),
            ),
            Part(
                says="squeezed sellers fail more often",
                arms=(arms.TRUSTING, arms.AGGRESSIVE),
                reading=ledgers.whole("seller_failures"),
                expects=more_by(Smallest(0.01, "one firm in a hundred a year (assumption)")),
                ablation=Ablation(without=("rival_quotes", "buyer_exploitation")),
            ),
        ),
    ),
    Claim(
        id="B13",
        statement=(
            "Engineers and production people who spend time with customers bring ideas, and "
            "customers are answered better and longer."
        ),
        source="ASR, L83",
        kind="assumed",
        setting="within one market",
        parts=(
            Part(
                says="their customers get more ideas",
                reading=accounts.accounts_apart(
                    "ideas_received", "1/relationship year", has("customer_time"), scale=12.0
                ),
                expects=more_by(sizes.IDEAS),
                ablation=Ablation(without=("customer_time",)),
            ),
            Part(
                says="they lose fewer accounts",
                reading=ledgers.apart("accounts_lost", has("customer_time")),
                expects=less_by(sizes.KEPT),
                ablation=Ablation(without=("customer_time",)),
            ),
        ),
    ),
)
"""Rows B7 to B13."""
