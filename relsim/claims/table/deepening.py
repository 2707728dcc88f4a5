"""How a relationship deepens: claims A1 to A8."""

from __future__ import annotations

from typing import Any

from relsim.claims.forms import (
    KNOWN_CLAMPED,
    LEVEL,
    NEUTRAL,
    ORDER,
    Ablation,
    Claim,
    Part,
    Smallest,
    away_from,
    from_month,
    slowing,
)
from relsim.claims.readings import disclosure, interviews, phases
from relsim.claims.readings.disclosure import STOP
from relsim.claims.readings.snapshots import (
    BUSINESS,
    DEEPEST,
    PERSONS,
    SHALLOWER,
    TRANSACTION,
    by_phase,
)
from relsim.claims.table import arms, sizes
from relsim.claims.table.arms import market
from relsim.model.state import COLLABORATIVE, COMMERCIAL, PERSONAL
from relsim.studies.interviews import QUESTIONS


def _layers(domain: str, names: tuple[str, ...], to: int, since: int) -> Part:
    """One step of A2: both sides together tell more in the deeper of two phases."""
    names_of = {COMMERCIAL: "commercial", COLLABORATIVE: "collaborative", PERSONAL: "personal"}
    deeper, other = names_of[to], names_of[since]
    return Part(
        says=f"more {domain} disclosure in the {deeper} than in the {other} phase",
        reading=by_phase(
            f"{domain} disclosure, {deeper} minus {other} phase",
            "layers",
            names,
            phases=(to,),
            others=(since,),
            scale=0.5,
        ),
        direction=1,
        smallest=sizes.LAYER,
        ablation=KNOWN_CLAMPED,
    )


def _deep(
    *,
    says: str,
    unit: str,
    above: tuple[str, ...],
    below: tuple[str, ...] = (),
    scale: float = 1.0,
    **rest: Any,
) -> Part:
    """One way in which the deepest phase differs from the shallower ones."""
    name = f"{says}, deepest minus shallower phases"
    reading = by_phase(name, unit, above, below, phases=DEEPEST, others=SHALLOWER, scale=scale)
    return Part(says=says, reading=reading, **rest)


def _asked(claim: str, statement: str) -> Part:
    """One claim that a study of 47 salespeople should see."""
    return Part(
        says=f"47 interviews show {claim} ({statement}) in over half of the studies",
        arms=(arms.MANY,),
        reading=interviews.study_sees(claim),
        direction=1,
        smallest=sizes.POWER,
        form=away_from(0.5),
    )


DEEPENING: tuple[Claim, ...] = (
    Claim(
        id="A1",
        statement=(
            "Long relationships pass through a commercial, a collaborative and a personal "
            "phase, in this order; not all do."
        ),
        source="KJ22",
        kind="emergent",
        setting="over time",
        parts=(
            Part(
                says="some long relationships pass through all three phases, one after the other",
                reading=phases.PASSED_IN_ORDER,
                direction=1,
                smallest=sizes.SHARE,
                form=ORDER,
                ablation=Ablation(without=("business_disclosure",)),
            ),
            Part(
                says="some long relationships never become personal",
                reading=phases.NEVER_PERSONAL,
                direction=1,
                smallest=sizes.SHARE,
                form=LEVEL,
            ),
            Part(
                says="partners work together on business before they spend time as persons",
                reading=phases.BUSINESS_FIRST,
                direction=1,
                smallest=Smallest(
                    0.2, "six in ten against four in ten: an order that can be seen (assumption)"
                ),
                form=ORDER,
                ablation=Ablation(changes={"personal_pace": 0.15}),
            ),
        ),
        note=(
            "The last part looks at both engagements apart, since the phase is not called personal "
            "before there is joint work. The ablation sets both domains to one pace."
        ),
    ),
    Claim(
        id="A2",
        statement="Business and personal disclosure both deepen together with the phase.",
        source="KJ22",
        kind="emergent",
        setting="within one market",
        parts=(
            _layers("business", BUSINESS, COLLABORATIVE, COMMERCIAL),
            _layers("personal", PERSONS, PERSONAL, COLLABORATIVE),
            _layers("business", BUSINESS, PERSONAL, COLLABORATIVE),
            _layers("personal", PERSONS, COLLABORATIVE, COMMERCIAL),
        ),
    ),
    Claim(
        id="A3",
        statement=(
            "Both sides answer each other's disclosure; it is fast early and slows; without "
            "contact it recedes gradually."
        ),
        source="KJ22, AT73, SP13",
        kind="assumed",
        setting="over time",
        parts=(
            Part(
                says="who has been told more tells more than where nothing calls for an answer",
                arms=(market("no pull to answer", answering=0.0), NEUTRAL),
                reading=disclosure.ANSWERS,
                direction=1,
                smallest=Smallest(0.01, "a tenth of a layer a year (assumption)"),
                ablation=Ablation(without=("reciprocity",)),
            ),
            Part(
                says="more is told in the first year than in the third",
                reading=disclosure.BY_AGE,
                direction=1,
                smallest=Smallest(0.25, "a quarter of a layer (assumption)"),
                form=slowing((0, 12), (24, 35)),
            ),
            Part(
                says="a year and a half after contact has stopped less is known",
                arms=(NEUTRAL, arms.struck("contact stops", without=["contact"])),
                reading=disclosure.cohort(
                    "business disclosure over its level before", "ratio", BUSINESS, share=True
                ),
                direction=-1,
                smallest=Smallest(0.25, "a quarter of what was known (assumption)"),
                form=from_month(STOP + 17, STOP + 18),
            ),
            Part(
                says="not at once: a month after contact has stopped little is lost",
                arms=(NEUTRAL, arms.struck("contact stops", without=["contact"])),
                reading=disclosure.cohort(
                    "business disclosure over its level before", "ratio", BUSINESS, share=True
                ),
                direction=0,
                smallest=Smallest(0.1, "a tenth of what was known (assumption)"),
                form=from_month(STOP, STOP + 1),
            ),
        ),
        note=(
            "Who is behind trusts less, and tells less for that; so markets with and without a "
            "pull to answer are compared. Contact is taken away by the intervention itself."
        ),
    ),
    Claim(
        id="A4",
        statement=(
            "What a relationship gives and costs, not time alone, decides whether it deepens or "
            "retreats."
        ),
        source="KJ22",
        kind="emergent",
        setting="within one market",
        parts=(
            Part(
                says="at equal age the better balance deepens",
                reading=phases.DEEPENED_BY_BALANCE,
                direction=1,
                smallest=Smallest(0.05, "one step in twenty relationships a year (assumption)"),
                ablation=Ablation(changes={"balance_weight": 0.0}),
            ),
            Part(
                says="the balance moves phases more than age does",
                reading=phases.BALANCE_OVER_TIME,
                direction=1,
                smallest=Smallest(0.0, "any: the claim is about which is larger"),
                ablation=Ablation(changes={"balance_weight": 0.0}),
            ),
        ),
    ),
    Claim(
        id="A5",
        statement=(
            "Too little trust, firm boundaries and a person one would not spend free time with "
            "each keep a relationship short of the personal phase."
        ),
        source="KJ22",
        kind="assumed",
        setting="within one market",
        parts=(
            Part(
                says="more trust, more often personal",
                reading=phases.personal_by("trust"),
                direction=1,
                smallest=Smallest(0.1, "one pair in ten (assumption)"),
                ablation=Ablation(changes={"personal_exposure": 0.0}),
            ),
            Part(
                says="firmer boundaries, less often personal",
                reading=phases.personal_by("boundary"),
                direction=-1,
                smallest=Smallest(0.1, "one pair in ten (assumption)"),
                ablation=Ablation(without=("boundaries",)),
            ),
            Part(
                says="more affinity, more often personal",
                reading=phases.personal_by("affinity"),
                direction=1,
                smallest=Smallest(0.1, "one pair in ten (assumption)"),
            ),
            Part(
                says="those with the firmest boundaries can be collaborative",
                reading=phases.CLOSED_BUT_COLLABORATIVE,
                direction=1,
                smallest=sizes.SHARE,
                form=LEVEL,
            ),
        ),
        note="That closed pairs can be collaborative is our reading. Affinity has no switch.",
    ),
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
            _deep(
                says="trust, both directions",
                unit="0 to 1",
                above=("buyer_trust_in_seller", "seller_trust_in_buyer"),
                direction=1,
                smallest=sizes.TRUST,
                ablation=Ablation(
                    without=("reciprocity",),
                    changes={"engagement_exposure": 0.0, "personal_exposure": 0.0},
                ),
                scale=0.5,
            ),
            _deep(
                says="hours on transaction matters",
                unit="hour/month",
                above=TRANSACTION,
                direction=-1,
                smallest=sizes.HOURS,
                ablation=KNOWN_CLAMPED,
            ),
            _deep(
                says="hours to agree a contract",
                unit="hour/contract",
                above=("haggling_hours", "contract_hours"),
                below=("negotiated",),
                direction=-1,
                smallest=Smallest(
                    0.5, "half an hour a contract, about an eighth of what one takes (assumption)"
                ),
                ablation=KNOWN_CLAMPED,
            ),
            _deep(
                says="hours of blame over an unsettled problem",
                unit="hour/problem",
                above=("blame_hours",),
                below=("unsettled",),
                direction=-1,
                smallest=Smallest(
                    0.5, "half an hour, an eighth of the four that blame can take (assumption)"
                ),
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
            _deep(
                says="unproductive hours for what is sold",
                unit="hour/100 units",
                above=TRANSACTION,
                below=("delivered",),
                direction=-1,
                smallest=Smallest(
                    0.5, "half an hour for 100 units, less than a tenth (assumption)"
                ),
                ablation=KNOWN_CLAMPED,
                scale=100.0,
            ),
            _deep(
                says="money for service and remedies",
                unit="money/unit",
                above=("service_money",),
                below=("delivered",),
                direction=-1,
                smallest=Smallest(
                    0.25, "a quarter of a hundredth of the list price: service is a twentieth of it"
                ),
                ablation=Ablation(without=("shared_plans",)),
            ),
            Part(
                says="salespeople with more personal accounts are more confident",
                reading=phases.CONFIDENCE,
                direction=1,
                smallest=sizes.TRUST,
                ablation=Ablation(without=("shared_plans",)),
            ),
            _deep(
                says="profit for an hour spent",
                unit="money/hour",
                above=("seller_profit",),
                below=(*TRANSACTION, "joint_hours", "personal_hours", "care_hours"),
                direction=1,
                smallest=Smallest(2.0, "2 money: a twenty-fifth of an hour's cost (assumption)"),
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
            Part(
                says=(
                    "47 interviews find more trust where more accounts are personal, in over "
                    "half of the studies"
                ),
                arms=(arms.MANY,),
                reading=interviews.FOUND,
                direction=1,
                smallest=sizes.POWER,
                form=away_from(0.5),
            ),
            Part(
                says="with labels permuted they find it no more often than tests allow",
                arms=(arms.MANY,),
                reading=interviews.FOUND_FALSELY,
                direction=0,
                smallest=Smallest(0.05, "no more than twice the 0.05 of the test"),
                form=away_from(0.05),
            ),
            *(_asked(question.claim, question.statement) for question in QUESTIONS),
            Part(
                says="with labels dealt anew the tests of that study see no more than they may",
                arms=(arms.MANY,),
                reading=interviews.TESTS_SEE_FALSELY,
                direction=0,
                smallest=Smallest(0.05, "no more than twice the 0.05 of the test"),
                form=away_from(0.05),
            ),
        ),
        note=(
            "The first two parts look at trust over the whole run, a check. The others are the "
            "study of relsim.studies.interviews: what a salesperson can tell of one long "
            "relationship, blurred, four studies a market. They were added after the first "
            "run, by the criterion that was fixed for the first."
        ),
    ),
)
"""Rows A1 to A8."""
