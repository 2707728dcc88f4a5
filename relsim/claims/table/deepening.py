"""How a relationship deepens: claims A1 to A8."""

from __future__ import annotations

from relsim.claims.forms import (
    GROUPS,
    LEVEL,
    ORDER,
    Ablation,
    Arm,
    Claim,
    Part,
    away_from,
    from_month,
    slowing,
)
from relsim.claims.readings import (
    ANSWERS,
    BALANCE_OVER_TIME,
    BUSINESS_FIRST,
    BY_AGE,
    CLOSED_BUT_COLLABORATIVE,
    CONFIDENCE,
    DEEPENED_BY_BALANCE,
    FOUND,
    FOUND_FALSELY,
    NEVER_PERSONAL,
    PASSED_IN_ORDER,
    STOP,
    TESTS_SEE_FALSELY,
    by_phase,
    cohort,
    personal_by,
    study_sees,
)
from relsim.claims.table.common import (
    BUSINESS,
    DEEPEST,
    HOURS,
    KNOWN_HELD,
    LAYER,
    MANY,
    NEUTRAL,
    PERSONS,
    SHALLOWER,
    SHARE,
    TRANSACTION,
    TRUST,
    struck,
)
from relsim.model.state import COLLABORATIVE, COMMERCIAL, PERSONAL
from relsim.studies.interviews import QUESTIONS


def _layers(domain: str, names: tuple[str, ...], to: int, since: int) -> Part:
    """One step of A2: both sides together tell more in the deeper of two phases."""
    phases = {COMMERCIAL: "commercial", COLLABORATIVE: "collaborative", PERSONAL: "personal"}
    return Part(
        f"more {domain} disclosure in the {phases[to]} than in the {phases[since]} phase",
        (NEUTRAL,),
        by_phase(
            f"{domain} disclosure, {phases[to]} minus {phases[since]} phase",
            "layers",
            names,
            (),
            (to,),
            (since,),
            scale=0.5,
        ),
        1,
        0.5,
        LAYER,
        GROUPS,
        KNOWN_HELD,
    )


def _deep(
    says: str,
    unit: str,
    above: tuple[str, ...],
    below: tuple[str, ...],
    direction: int,
    smallest: float,
    reason: str,
    ablation: Ablation | None,
    scale: float = 1.0,
) -> Part:
    """One way in which the deepest phase differs from the shallower ones."""
    name = f"{says}, deepest minus shallower phases"
    reading = by_phase(name, unit, above, below, DEEPEST, SHALLOWER, scale)
    return Part(says, (NEUTRAL,), reading, direction, smallest, reason, GROUPS, ablation)


def _asked(claim: str, statement: str) -> Part:
    """One claim that a study of 47 salespeople should see."""
    return Part(
        f"47 interviews show {claim} ({statement}) in over half of the studies",
        (MANY,),
        study_sees(claim),
        1,
        0.0,
        "more often than not; the power asked of a study is usually 0.8 (reported)",
        away_from(0.5),
    )


DEEPENING: tuple[Claim, ...] = (
    Claim(
        "A1",
        "Long relationships pass through a commercial, a collaborative and a personal phase, in "
        "this order; not all do.",
        "KJ22",
        "emergent",
        "over time",
        (
            Part(
                "some long relationships pass through all three phases, one after the other",
                (NEUTRAL,),
                PASSED_IN_ORDER,
                1,
                0.05,
                SHARE,
                ORDER,
                Ablation(without=("business_disclosure",)),
            ),
            Part(
                "some long relationships never become personal",
                (NEUTRAL,),
                NEVER_PERSONAL,
                1,
                0.05,
                SHARE,
                LEVEL,
            ),
            Part(
                "partners work together on business before they spend time as persons",
                (NEUTRAL,),
                BUSINESS_FIRST,
                1,
                0.2,
                "six in ten against four in ten: an order that can be seen (assumption)",
                ORDER,
                Ablation(changes={"personal_pace": 0.15}),
            ),
        ),
        "The last part looks at both engagements apart, since the phase is not called personal "
        "before there is joint work. The ablation sets both domains to one pace.",
    ),
    Claim(
        "A2",
        "Business and personal disclosure both deepen together with the phase.",
        "KJ22",
        "emergent",
        "within one market",
        (
            _layers("business", BUSINESS, COLLABORATIVE, COMMERCIAL),
            _layers("personal", PERSONS, PERSONAL, COLLABORATIVE),
            _layers("business", BUSINESS, PERSONAL, COLLABORATIVE),
            _layers("personal", PERSONS, COLLABORATIVE, COMMERCIAL),
        ),
    ),
    Claim(
        "A3",
        "Both sides answer each other's disclosure; it is fast early and slows; without contact it "
        "recedes gradually.",
        "KJ22, AT73, SP13",
        "assumed",
        "over time",
        (
            Part(
                "who has been told more tells more than where nothing calls for an answer",
                (Arm("no pull to answer", {"answering": 0.0}), NEUTRAL),
                ANSWERS,
                1,
                0.01,
                "a tenth of a layer a year (assumption)",
                ablation=Ablation(without=("reciprocity",)),
            ),
            Part(
                "more is told in the first year than in the third",
                (NEUTRAL,),
                BY_AGE,
                1,
                0.25,
                "a quarter of a layer (assumption)",
                slowing((0, 12), (24, 35)),
            ),
            Part(
                "a year and a half after contact has stopped less is known",
                (NEUTRAL, struck("contact stops", without=["contact"])),
                cohort("business disclosure over its level before", "ratio", BUSINESS, share=True),
                -1,
                0.25,
                "a quarter of what was known (assumption)",
                from_month(STOP + 17, STOP + 18),
            ),
            Part(
                "not at once: a month after contact has stopped little is lost",
                (NEUTRAL, struck("contact stops", without=["contact"])),
                cohort("business disclosure over its level before", "ratio", BUSINESS, share=True),
                0,
                0.1,
                "a tenth of what was known (assumption)",
                from_month(STOP, STOP + 1),
            ),
        ),
        "Who is behind trusts less, and tells less for that; so markets with and without a pull to "
        "answer are compared. Contact is taken away by the intervention itself.",
    ),
    Claim(
        "A4",
        "What a relationship gives and costs, not time alone, decides whether it deepens or "
        "retreats.",
        "KJ22",
        "emergent",
        "within one market",
        (
            Part(
                "at equal age the better balance deepens",
                (NEUTRAL,),
                DEEPENED_BY_BALANCE,
                1,
                0.05,
                "one step in twenty relationships a year (assumption)",
                GROUPS,
                Ablation(changes={"balance_weight": 0.0}),
            ),
            Part(
                "the balance moves phases more than age does",
                (NEUTRAL,),
                BALANCE_OVER_TIME,
                1,
                0.0,
                "any: the claim is about which is larger",
                GROUPS,
                Ablation(changes={"balance_weight": 0.0}),
            ),
        ),
    ),
    Claim(
        "A5",
        "Too little trust, firm boundaries and a person one would not spend free time with each "
        "keep a relationship short of the personal phase.",
        "KJ22",
        "assumed",
        "within one market",
        (
            Part(
                "more trust, more often personal",
                (NEUTRAL,),
                personal_by("trust"),
                1,
                0.1,
                "one pair in ten (assumption)",
                GROUPS,
                Ablation(changes={"personal_exposure": 0.0}),
            ),
            Part(
                "firmer boundaries, less often personal",
                (NEUTRAL,),
                personal_by("boundary"),
                -1,
                0.1,
                "one pair in ten (assumption)",
                GROUPS,
                Ablation(without=("boundaries",)),
            ),
            Part(
                "more affinity, more often personal",
                (NEUTRAL,),
                personal_by("affinity"),
                1,
                0.1,
                "one pair in ten (assumption)",
                GROUPS,
            ),
            Part(
                "those with the firmest boundaries can be collaborative",
                (NEUTRAL,),
                CLOSED_BUT_COLLABORATIVE,
                1,
                0.05,
                SHARE,
                LEVEL,
            ),
        ),
        "That closed pairs can be collaborative is our reading. Affinity has no switch.",
    ),
    Claim(
        "A6",
        "In the deepest phase trust is higher, agreeing and communicating take less effort, and "
        "conflicts are settled more easily.",
        "KJ22",
        "emergent",
        "within one market",
        (
            _deep(
                "trust, both directions",
                "0 to 1",
                ("buyer_trust_in_seller", "seller_trust_in_buyer"),
                (),
                1,
                0.05,
                TRUST,
                Ablation(
                    without=("reciprocity",),
                    changes={"engagement_exposure": 0.0, "personal_exposure": 0.0},
                ),
                0.5,
            ),
            _deep(
                "hours on transaction matters",
                "hour/month",
                TRANSACTION,
                (),
                -1,
                0.5,
                HOURS,
                KNOWN_HELD,
            ),
            _deep(
                "hours to agree a contract",
                "hour/contract",
                ("haggling_hours", "contract_hours"),
                ("negotiated",),
                -1,
                0.5,
                "half an hour a contract, about an eighth of what one takes (assumption)",
                KNOWN_HELD,
            ),
            _deep(
                "hours of blame over an unsettled problem",
                "hour/problem",
                ("blame_hours",),
                ("unsettled",),
                -1,
                0.5,
                "half an hour, an eighth of the four that blame can take (assumption)",
                KNOWN_HELD,
            ),
        ),
        "Joint goals have no variable of their own: hours to agree a contract stand for them.",
    ),
    Claim(
        "A7",
        "In the deepest phase the salesperson saves time and cost, is more confident and works "
        "more effectively.",
        "KJ22",
        "emergent",
        "within one market",
        (
            _deep(
                "unproductive hours for what is sold",
                "hour/100 units",
                TRANSACTION,
                ("delivered",),
                -1,
                0.5,
                "half an hour for 100 units, less than a tenth (assumption)",
                KNOWN_HELD,
                100.0,
            ),
            _deep(
                "money for service and remedies",
                "money/unit",
                ("service_money",),
                ("delivered",),
                -1,
                0.25,
                "a quarter of a hundredth of the list price: service is a twentieth of it",
                Ablation(without=("shared_plans",)),
            ),
            Part(
                "salespeople with more personal accounts are more confident",
                (NEUTRAL,),
                CONFIDENCE,
                1,
                0.05,
                TRUST,
                GROUPS,
                Ablation(without=("shared_plans",)),
            ),
            _deep(
                "profit for an hour spent",
                "money/hour",
                ("seller_profit",),
                (*TRANSACTION, "joint_hours", "personal_hours", "care_hours"),
                1,
                2.0,
                "2 money: a twenty-fifth of an hour's cost (assumption)",
                KNOWN_HELD,
            ),
        ),
    ),
    Claim(
        "A8",
        "A study of 47 salespeople can see this, and seldom sees what is not there.",
        "KJ22",
        "emergent",
        "within one market",
        (
            Part(
                "47 interviews find more trust where more accounts are personal, in over half of "
                "the studies",
                (MANY,),
                FOUND,
                1,
                0.0,
                "more often than not; the power asked of a study is usually 0.8 (reported)",
                away_from(0.5),
            ),
            Part(
                "with labels permuted they find it no more often than tests allow",
                (MANY,),
                FOUND_FALSELY,
                0,
                0.05,
                "no more than twice the 0.05 of the test",
                away_from(0.05),
            ),
            *(_asked(question.claim, question.statement) for question in QUESTIONS),
            Part(
                "with labels dealt anew the tests of that study see no more than they may",
                (MANY,),
                TESTS_SEE_FALSELY,
                0,
                0.05,
                "no more than twice the 0.05 of the test",
                away_from(0.05),
            ),
        ),
        "The first two parts look at trust over the whole run, a check. The others are the study "
        "of relsim.studies.interviews: what a salesperson can tell of one long relationship, "
        "blurred, four studies a market. They were added after the first run, by the criterion "
        "that was fixed for the first.",
    ),
)
"""Rows A1 to A8."""
