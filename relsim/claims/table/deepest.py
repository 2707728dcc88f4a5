"""What the deepest phase brings, and whether a study can see it: claims A6 to A8."""

from __future__ import annotations

from typing import Any

from relsim.claims.forms import (
    KNOWN_CLAMPED,
    Ablation,
    Claim,
    Part,
    Smallest,
    away_from,
    less_by,
    more_by,
)
from relsim.claims.readings import interviews, phases
from relsim.claims.readings.snapshots import (
    DEEPEST,
    SHALLOWER,
    TRANSACTION,
    by_phase,
)
from relsim.claims.table import arms, sizes
from relsim.studies.questions import QUESTIONS


def _deep_at_equal_size(
    *, says: str, above: tuple[str, ...], below: tuple[str, ...], unit: str = "share", **rest: Any
) -> Part:
    """How the deepest phase differs among accounts of equal size: by a share, or in a unit."""
    relative = unit == "share"
    reading = by_phase(
        unit, above, below, phases=DEEPEST, others=SHALLOWER, equal_size=True, relative=relative
    )
    return Part(says=says, reading=reading, **rest)


def _asked(claim: str, statement: str) -> Part:
    """One pattern that a study of 47 salespeople should see where the whole market shows it."""
    return Part(
        says=f"47 interviews show {claim} ({statement}) in over half of the studies",
        arms=(arms.MANY,),
        reading=interviews.study_sees(claim),
        expects=more_by(sizes.MOSTLY),
        form=away_from(0.5),
        where_holds=claim,
    )


DEEPEST_PHASE: tuple[Claim, ...] = (
    Claim(
        id="A6",
        statement=(
            "In the deepest phase trust is higher, agreeing and communicating take less "
            "effort, and conflicts are settled more easily."
        ),
        source="KJ22",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="trust, both directions",
                reading=by_phase(
                    "0 to 1",
                    ("buyer_trust_in_seller", "seller_trust_in_buyer"),
                    phases=DEEPEST,
                    others=SHALLOWER,
                ),
                expects=more_by(sizes.TRUST),
                ablation=Ablation(
                    without=("reciprocity",),
                    changes={"personal_exposure": 0.0},
                ),
            ),
            _deep_at_equal_size(
                says="hours on transaction matters for what is bought",
                above=TRANSACTION,
                below=("delivered",),
                expects=less_by(sizes.HOURS),
                ablation=KNOWN_CLAMPED,
            ),
            _deep_at_equal_size(
                says="hours to agree a contract",
                above=("haggling_hours", "contract_hours"),
                below=("negotiated",),
                expects=less_by(Smallest(0.125, "an eighth of what one takes (assumption)")),
                ablation=KNOWN_CLAMPED,
            ),
            _deep_at_equal_size(
                says="hours of blame over an unsettled problem",
                above=("blame_hours",),
                below=("unsettled",),
                expects=less_by(Smallest(0.125, "an eighth of what blame takes (assumption)")),
                ablation=KNOWN_CLAMPED,
            ),
        ),
        note="Joint goals have no variable of their own: hours to agree a contract stand for them.",
    ),
    Claim(
        id="A7",
        statement=(
            "In the deepest phase the salesperson saves time and cost, is more confident and works "
            "more effectively."
        ),
        source="KJ22",
        kind="emergent",
        setting="within one market",
        parts=(
            _deep_at_equal_size(
                says="unproductive hours for what is sold",
                above=TRANSACTION,
                below=("delivered",),
                expects=less_by(Smallest(0.1, "a tenth of them (assumption)")),
                ablation=KNOWN_CLAMPED,
            ),
            _deep_at_equal_size(
                says="money for service and remedies",
                unit="money/unit",
                above=("service_money",),
                below=("delivered",),
                expects=less_by(
                    Smallest(
                        0.25,
                        "a quarter of a hundredth of the list price: service is a twentieth of it",
                    )
                ),
                ablation=Ablation(without=("shared_plans",)),
            ),
            Part(
                says="salespeople with more personal accounts are more confident",
                reading=phases.CONFIDENCE,
                expects=more_by(sizes.TRUST),
                ablation=Ablation(without=("shared_plans",)),
            ),
            _deep_at_equal_size(
                says="profit for an hour spent",
                unit="money/hour",
                above=("seller_profit",),
                below=(*TRANSACTION, "joint_hours", "personal_hours", "care_hours"),
                expects=more_by(
                    Smallest(2.0, "2 money: a twenty-fifth of an hour's cost (assumption)")
                ),
                ablation=KNOWN_CLAMPED,
            ),
        ),
    ),
    Claim(
        id="A8",
        statement="A study of 47 salespeople can see this, and seldom sees what is not there.",
        source="KJ22",
        kind="emergent",
        setting="within one market",
        parts=(
            *(_asked(question.claim, question.statement) for question in QUESTIONS),
            Part(
                says="with labels dealt anew a pattern is seen in at most 0.05 of the studies",
                arms=(arms.MANY,),
                reading=interviews.SEEN_FALSELY,
                expects=less_by(
                    Smallest(0.0, "any: 0.05 is the most that was asked for beforehand")
                ),
                form=away_from(0.05),
            ),
        ),
        note=(
            "No mechanism makes a study see: with those of a pattern taken away it is gone from "
            "the market too. A study counts what salespeople tell of their long relationships, "
            "blurred (relsim.studies.interviews), four studies a market; a pattern counts where "
            "the whole market shows it."
        ),
    ),
)
"""Rows A6 to A8."""
