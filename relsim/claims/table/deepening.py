"""How a relationship deepens: claims A1 to A5."""

from __future__ import annotations

from relsim.claims.forms import (
    KNOWN_CLAMPED,
    LEVEL,
    NEUTRAL,
    ORDER,
    Ablation,
    Claim,
    Part,
    Smallest,
    from_month,
    less_by,
    more_by,
    slowing,
    within,
)
from relsim.claims.readings import disclosure, phases
from relsim.claims.readings.disclosure import STOP
from relsim.claims.readings.snapshots import (
    BUSINESS,
    PERSONS,
    by_phase,
)
from relsim.claims.table import arms, sizes
from relsim.claims.table.arms import market
from relsim.model.state import COLLABORATIVE, COMMERCIAL, PERSONAL


def _layers(domain: str, names: tuple[str, ...], to: int, since: int) -> Part:
    """One step of A2: both sides together tell more in the deeper of two phases."""
    names_of = {COMMERCIAL: "commercial", COLLABORATIVE: "collaborative", PERSONAL: "personal"}
    deeper, other = names_of[to], names_of[since]
    return Part(
        says=f"more {domain} disclosure in the {deeper} than in the {other} phase",
        reading=by_phase(
            "layers",
            names,
            phases=(to,),
            others=(since,),
        ),
        expects=more_by(sizes.LAYER),
        ablation=KNOWN_CLAMPED,
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
                expects=more_by(sizes.SHARE),
                form=ORDER,
                ablation=Ablation(without=("business_disclosure",)),
            ),
            Part(
                says="some long relationships never become personal",
                reading=phases.NEVER_PERSONAL,
                expects=more_by(sizes.SHARE),
                form=LEVEL,
            ),
            Part(
                says="partners work together on business before they have personal contact",
                reading=phases.BUSINESS_FIRST,
                expects=more_by(
                    Smallest(
                        0.2,
                        "six in ten against four in ten: an order that can be seen (assumption)",
                    )
                ),
                form=ORDER,
                ablation=Ablation(without=("acquaintance",)),
            ),
        ),
        note=(
            "The last part looks at both engagements apart, since the phase is not called personal "
            "before there is joint work. In the ablation how one likes a person is known at once."
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
                expects=more_by(Smallest(0.01, "a tenth of a layer a year (assumption)")),
                ablation=Ablation(without=("reciprocity",)),
            ),
            Part(
                says="more is told in the first year than in the third",
                reading=disclosure.BY_AGE,
                expects=more_by(Smallest(0.25, "a quarter of a layer (assumption)")),
                form=slowing((0, 12), (24, 35)),
            ),
            Part(
                says="a year and a half after contact has stopped less is known",
                arms=(NEUTRAL, arms.struck("contact stops", without=["contact"])),
                reading=disclosure.cohort(
                    "business disclosure over its level before", "ratio", BUSINESS, share=True
                ),
                expects=less_by(Smallest(0.25, "a quarter of what was known (assumption)")),
                form=from_month(STOP + 17, STOP + 18),
            ),
            Part(
                says="not at once: a month after contact has stopped little is lost",
                arms=(NEUTRAL, arms.struck("contact stops", without=["contact"])),
                reading=disclosure.cohort(
                    "business disclosure over its level before", "ratio", BUSINESS, share=True
                ),
                expects=within(Smallest(0.1, "a tenth of what was known (assumption)")),
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
                expects=more_by(
                    Smallest(0.05, "one step in twenty relationships a year (assumption)")
                ),
                ablation=Ablation(changes={"balance_weight": 0.0}),
            ),
            Part(
                says="the balance moves phases more than age does",
                reading=phases.BALANCE_OVER_TIME,
                expects=more_by(Smallest(0.0, "any: the claim is about which is larger")),
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
                expects=more_by(Smallest(0.1, "one pair in ten (assumption)")),
                ablation=Ablation(changes={"personal_exposure": 0.0}),
            ),
            Part(
                says="firmer boundaries, less often personal",
                reading=phases.personal_by("boundary"),
                expects=less_by(Smallest(0.1, "one pair in ten (assumption)")),
                ablation=Ablation(without=("boundaries",)),
            ),
            Part(
                says="more affinity, more often personal",
                reading=phases.personal_by("affinity"),
                expects=more_by(Smallest(0.1, "one pair in ten (assumption)")),
            ),
            Part(
                says="those with the firmest boundaries can be collaborative",
                reading=phases.CLOSED_BUT_COLLABORATIVE,
                expects=more_by(sizes.SHARE),
                form=LEVEL,
                ours=True,
            ),
        ),
        note="Affinity has no switch.",
    ),
)
"""Rows A1 to A5."""
