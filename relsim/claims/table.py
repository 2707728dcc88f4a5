"""The table of claims: what the sources say, each as arms, a measure and a smallest effect.

A new claim is one new row. The smallest effects that count were written down before the claims
were first run, and are not changed for what came out. Where no source gives a size they follow one
yardstick (all assumptions): a hundredth of the list price (1 money/unit) for what a unit costs; a
twentieth (0.05) for trust and for shares of relationships; two accounts in a hundred a year (0.02)
for what is lost or kept; half a layer of disclosure, since KJ22 pairs three layers with three
phases; half an hour a month for the hours of one relationship, about a sixth of what transaction
matters take; one idea in ten relationship years. Other sizes give their own reason.
"""

from __future__ import annotations

import numpy as np

from relsim.claims.forms import (
    BETWEEN_TWO,
    CROSSED,
    CROSSING_MONTH,
    GROUPS,
    INTERACTION,
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
    CONTRACT_MONTHS,
    CUMULATIVE_COST,
    DEEPENED_BY_BALANCE,
    FOUND,
    FOUND_FALSELY,
    NEVER_PERSONAL,
    PASSED_IN_ORDER,
    SERVICE_LOSS,
    SILENCE_HAZARD,
    STOP,
    STRONG,
    YEAR,
    accounts_apart,
    accounts_by_stance,
    buyer_at,
    buyer_stances_apart,
    buyers_apart,
    by_phase,
    cohort,
    curve,
    customers_won,
    lasting_by,
    personal_by,
    seller_stances_apart,
    sellers_apart,
    whole,
)
from relsim.state import COLLABORATIVE, COMMERCIAL, PERSONAL

# --- reasons of the smallest effects -------------------------------------------------------------

MONEY = "1 money/unit: a hundredth of the list price (assumption)"
TRUST = "a twentieth of the scale (assumption)"
SHARE = "one relationship in twenty (assumption)"
KEPT = "two accounts in a hundred a year (assumption)"
LAYER = "half a layer: KJ22 pairs three layers with three phases, fewer would fall between two"
HOURS = "half an hour a month, about a sixth of what transaction matters take (assumption)"
IDEAS = "one idea in ten relationship years (assumption)"
PROCUREMENT = (
    "10 hours/1000 units: about a tenth of a buyer's hours in a neutral market (assumption)"
)

# --- arms ----------------------------------------------------------------------------------------

NEUTRAL = Arm("neutral")
AGGRESSIVE = Arm("aggressive", {"buyer_stances": "aggressive"})
TRUSTING = Arm("trusting", {"buyer_stances": "trusting"})
MIXED = Arm("mixed", {"aggressiveness": np.linspace(0.0, 1.0, 40).round(4).tolist()})
EIGHT = Arm("eight buyers", preset="eight_automakers")
EIGHT_ALIKE = Arm("eight alike", {"aggressiveness": [0.5] * 8}, preset="eight_automakers")
CAPITAL = Arm("capital goods", preset="capital_equipment")
YEARLY = Arm("bought yearly", {"purchase_interval": 12})
MANY = Arm("many salespeople", {"buyers": 160, "salespeople": 160})
LITTLE_TRUST = Arm("little trust", {"hold": {"trust": 0.3}})
MUCH_TRUST = Arm("much trust", {"hold": {"trust": 0.7}})
NO_CONTRACTS = frozenset({"contracts"})


def _struck(name: str, **change: object) -> Arm:
    """A neutral market in which something changes for good after half of the run."""
    return Arm(name, {"interventions": [(STOP, change)]})


# --- what is taken away --------------------------------------------------------------------------

BOTH_TRUSTS = ("buyer_trust", "seller_trust")
TRUST_HELD = Ablation(hold=BOTH_TRUSTS)
KNOWN_HELD = Ablation(hold=(*BOTH_TRUSTS, "understanding"))

DEEPEST, SHALLOWER = (PERSONAL,), (COMMERCIAL, COLLABORATIVE)
BUSINESS = ("business_disclosure_by_buyer", "business_disclosure_by_seller")
PERSONS = ("personal_disclosure_by_buyer", "personal_disclosure_by_seller")
TRANSACTION = ("haggling_hours", "contract_hours", "blame_hours")


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


DEPARTMENTS = ("production_interest", "service_interest", "sales_interest")

# --- the claims ----------------------------------------------------------------------------------

CLAIMS: tuple[Claim, ...] = (
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
                (NEUTRAL, _struck("contact stops", without=["contact"])),
                cohort("business disclosure over its level before", "ratio", BUSINESS, share=True),
                -1,
                0.25,
                "a quarter of what was known (assumption)",
                from_month(STOP + 17, STOP + 18),
            ),
            Part(
                "not at once: a month after contact has stopped little is lost",
                (NEUTRAL, _struck("contact stops", without=["contact"])),
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
        ),
        "Only trust (A6) is asked here, as a check; power for A1 to A7 is a study of its own.",
    ),
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
                "sellers with an account owner keep more promises",
                (NEUTRAL,),
                sellers_apart("seller_promises_kept", "account_owner"),
                1,
                0.03,
                "three promises in a hundred, a fifth of those broken (assumption)",
                GROUPS,
                Ablation(without=("account_owner",)),
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
                (NEUTRAL, _struck("effort stops", deliberate_effort=0.0)),
                curve("attention"),
                -1,
                0.2,
                "a fifth of full attention (assumption)",
                from_month(STOP + 2 * YEAR, STOP + 3 * YEAR),
                Ablation(without=("erosion",)),
            ),
            Part(
                "customers trust less in the years after effort has stopped",
                (NEUTRAL, _struck("effort stops", deliberate_effort=0.0)),
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
    Claim(
        "B7",
        "A seller that audits its relationships regularly keeps more of them than one that does "
        "not, in the same market.",
        "L83",
        "emergent",
        "within one market",
        (
            Part(
                "auditing sellers lose fewer accounts",
                (NEUTRAL,),
                sellers_apart("accounts_lost", "audits"),
                -1,
                0.02,
                KEPT,
                GROUPS,
                Ablation(without=("audits",)),
            ),
        ),
    ),
    Claim(
        "B8",
        "Silence warns of a relationship going bad, and contacting the silent saves relationships.",
        "ASR, L83",
        "emergent",
        "over time",
        (
            Part(
                "the silent leave more often, at equal problems and phase",
                (NEUTRAL,),
                SILENCE_HAZARD,
                1,
                0.02,
                "two in a hundred within half a year (assumption)",
                GROUPS,
                Ablation(without=("grievance",)),
            ),
            Part(
                "sellers that ask the silent lose fewer accounts",
                (NEUTRAL,),
                sellers_apart("accounts_lost", "contacts_silent"),
                -1,
                0.02,
                KEPT,
                GROUPS,
                Ablation(without=("silence_contact",)),
            ),
        ),
        "Silence is read as a hazard among sellers that do not ask; asking would end it.",
    ),
    Claim(
        "B9",
        "Strong relationships carry mutual dependence, which sellers create by volunteering more; "
        "it raises what leaving costs.",
        "ASR, L83",
        "assumed",
        "within one market",
        (
            Part(
                "buyers depend more in strong relationships",
                (NEUTRAL,),
                by_phase(
                    "dependence of the buyer, strong minus commercial",
                    "0 to 1",
                    ("buyer_dependence",),
                    (),
                    STRONG,
                    (COMMERCIAL,),
                ),
                1,
                0.05,
                TRUST,
                GROUPS,
                Ablation(without=("bonds",)),
            ),
            Part(
                "sellers depend more in strong relationships",
                (NEUTRAL,),
                by_phase(
                    "dependence of the seller, strong minus commercial",
                    "0 to 1",
                    ("seller_dependence",),
                    (),
                    STRONG,
                    (COMMERCIAL,),
                ),
                1,
                0.05,
                TRUST,
                GROUPS,
            ),
            Part(
                "sellers that volunteer more lose fewer accounts",
                (NEUTRAL,),
                seller_stances_apart("accounts_lost", "partner_minded", "honest"),
                -1,
                0.02,
                KEPT,
                GROUPS,
                Ablation(without=("bonds",)),
            ),
        ),
        "Leaving is dearer by a rule; that more stay is not written.",
    ),
    Claim(
        "B10",
        "In strong relationships both sides share information and know each other's plans.",
        "ASR",
        "emergent",
        "within one market",
        (
            Part(
                "both tell more of their business in strong relationships",
                (NEUTRAL,),
                by_phase(
                    "business disclosure, strong minus commercial",
                    "layers",
                    BUSINESS,
                    (),
                    STRONG,
                    (COMMERCIAL,),
                    scale=0.5,
                ),
                1,
                0.5,
                LAYER,
                GROUPS,
                KNOWN_HELD,
            ),
            Part(
                "supply fits needs better where plans are known",
                (NEUTRAL,),
                by_phase(
                    "misfit, strong minus commercial",
                    "shock",
                    ("misfit",),
                    (),
                    STRONG,
                    (COMMERCIAL,),
                ),
                -1,
                0.03,
                "a tenth of the mean change of needs (assumption)",
                GROUPS,
                Ablation(without=("shared_plans",)),
            ),
        ),
    ),
    Claim(
        "B11",
        "A buyer that looks at life-cycle cost does better than one that fights for the lowest "
        "price; the seller has to convince it.",
        "ASR",
        "emergent",
        "within one market",
        (
            Part(
                "life-cycle buyers pay less in all than aggressive ones in the same market",
                (Arm("half and half", {"buyer_stances": {"life_cycle": 0.5, "aggressive": 0.5}}),),
                buyer_stances_apart("total_cost_per_unit", "life_cycle", "aggressive"),
                -1,
                1.0,
                MONEY,
                GROUPS,
                Ablation(changes={"stance_items": {"life_cycle_weight": 0.5}}),
            ),
            Part(
                "the criterion alone, all else equal, lowers the total cost",
                (
                    Arm("price only", {"stance_items": {"life_cycle_weight": 0.0}}),
                    Arm("life-cycle cost", {"stance_items": {"life_cycle_weight": 1.0}}),
                ),
                whole("total_cost_per_unit"),
                -1,
                1.0,
                MONEY,
            ),
            Part(
                "sellers' arguments help buyers who look at the price",
                (
                    Arm(
                        "not argued",
                        {
                            "stance_items": {"life_cycle_weight": 0.0},
                            "argument_strength": 0.0,
                        },
                    ),
                    Arm(
                        "argued",
                        {
                            "stance_items": {"life_cycle_weight": 0.0},
                            "argument_strength": 1.0,
                        },
                    ),
                ),
                whole("total_cost_per_unit"),
                -1,
                1.0,
                MONEY,
                ablation=Ablation(without=("life_cycle_argument",)),
            ),
        ),
        "A criterion has no switch; the second part takes it away itself.",
    ),
    Claim(
        "B12",
        "Where the price does not carry later service the buyer pays for it in poor product and "
        "delay; a squeezed seller cuts service or fails.",
        "ASR",
        "emergent",
        "between markets",
        (
            Part(
                "buyers pay more for later service, problems and delay",
                (
                    Arm("service in the price", {"service_in_price_share": 1.0}),
                    Arm("service not in the price", {"service_in_price_share": 0.0}),
                ),
                SERVICE_LOSS,
                1,
                0.5,
                "half a hundredth of the list price, an eighth of what later service costs",
                ablation=Ablation(hold=("service",), changes={"service_call_price": 0.0}),
            ),
            Part(
                "squeezed sellers cut service",
                (TRUSTING, AGGRESSIVE),
                whole("service"),
                -1,
                0.1,
                "a tenth of full service (assumption)",
                ablation=Ablation(without=("squeeze",)),
            ),
            Part(
                "squeezed sellers fail more often",
                (TRUSTING, AGGRESSIVE),
                whole("seller_failures"),
                1,
                0.01,
                "one firm in a hundred a year (assumption)",
                ablation=Ablation(without=("rival_quotes", "buyer_exploitation")),
            ),
        ),
    ),
    Claim(
        "B13",
        "Engineers and production people who spend time with customers bring ideas, and customers "
        "are answered better and longer.",
        "ASR, L83",
        "assumed",
        "within one market",
        (
            Part(
                "their customers get more ideas",
                (NEUTRAL,),
                accounts_apart(
                    "ideas, with minus without customer time",
                    "1/relationship year",
                    "ideas_received",
                    "customer_time",
                    12.0,
                ),
                1,
                0.1,
                IDEAS,
                GROUPS,
                Ablation(without=("customer_time",)),
            ),
            Part(
                "they lose fewer accounts",
                (NEUTRAL,),
                sellers_apart("accounts_lost", "customer_time"),
                -1,
                0.02,
                KEPT,
                GROUPS,
                Ablation(without=("customer_time",)),
            ),
        ),
    ),
    Claim(
        "B14",
        "Trust takes risk and costs flexibility, and is worth it; one betrayal undoes much.",
        "DC03, ASR",
        "emergent",
        "over time",
        (
            Part(
                "trust is worth it: held high, a unit costs less than held low",
                (LITTLE_TRUST, MUCH_TRUST),
                whole("total_cost_per_unit"),
                -1,
                1.0,
                MONEY,
                ablation=Ablation(
                    without=("ideas", "inspection", "padding", "business_disclosure"),
                    hold=("contract_months", "clauses"),
                ),
            ),
            Part(
                "it takes risk: opportunists take more from buyers who trust",
                (
                    Arm(
                        "little trust among opportunists",
                        {"hold": {"trust": 0.3}, "seller_stances": "opportunist"},
                    ),
                    Arm(
                        "much trust among opportunists",
                        {"hold": {"trust": 0.7}, "seller_stances": "opportunist"},
                    ),
                ),
                whole("extras_per_unit"),
                1,
                0.05,
                "a twentieth of a hundredth of the list price: extras are small by design",
                ablation=Ablation(without=("seller_exploitation",)),
            ),
            Part(
                "it costs flexibility: buyers who trust change suppliers less",
                (LITTLE_TRUST, MUCH_TRUST),
                whole("suppliers_lost"),
                -1,
                0.02,
                KEPT,
                ablation=Ablation(changes={"exit_exposure": 0.0}),
            ),
            Part(
                "a year after one betrayal by buyers, suppliers still trust them less",
                (
                    NEUTRAL,
                    Arm(
                        "one betrayal",
                        {
                            "interventions": [
                                (STOP, {"betrayal_by_buyer": 1.0}),
                                (STOP + 1, {"betrayal_by_buyer": 0.0}),
                            ]
                        },
                    ),
                ),
                curve("suppliers_trust_in_buyer"),
                -1,
                0.05,
                TRUST,
                from_month(STOP + YEAR, STOP + YEAR + 1),
                Ablation(without=("buyer_exploitation",)),
            ),
            Part(
                "and bring fewer ideas in that year",
                (
                    NEUTRAL,
                    Arm(
                        "one betrayal",
                        {
                            "interventions": [
                                (STOP, {"betrayal_by_buyer": 1.0}),
                                (STOP + 1, {"betrayal_by_buyer": 0.0}),
                            ]
                        },
                    ),
                ),
                curve("ideas_received"),
                -1,
                0.1,
                IDEAS,
                from_month(STOP, STOP + YEAR),
                Ablation(without=("buyer_exploitation",)),
            ),
        ),
        "Trust is held at 0.3 and 0.7 in both directions: what trust does, whatever brings it.",
    ),
    Claim(
        "B15",
        "More trust, much lower cost: less time on price, contracts, blame and inspection.",
        "ASR, DC03",
        "emergent",
        "between markets",
        (
            Part(
                "trusting buyers spend fewer hours for what they buy",
                (AGGRESSIVE, TRUSTING),
                whole("procurement_hours"),
                -1,
                10.0,
                PROCUREMENT,
                ablation=TRUST_HELD,
            ),
            Part(
                "trust alone saves hours",
                (LITTLE_TRUST, MUCH_TRUST),
                whole("procurement_hours"),
                -1,
                10.0,
                PROCUREMENT,
            ),
            Part(
                "and transaction matters take less time face to face",
                (LITTLE_TRUST, MUCH_TRUST),
                whole("transaction_hours"),
                -1,
                0.5,
                HOURS,
            ),
        ),
        "The second and third part hold trust at 0.3 and at 0.7: they take it away themselves.",
    ),
    Claim(
        "B16",
        "The least trusted buyers spend almost half of their time face to face with suppliers on "
        "transaction matters, the most trusted a quarter.",
        "DC03, ASR",
        "calibrated",
        "within one market",
        (
            Part(
                "least minus most trusted of eight",
                (EIGHT,),
                (
                    buyer_at("transaction_time_share", "suppliers_trust_in_buyer", -1),
                    buyer_at("transaction_time_share", "suppliers_trust_in_buyer", 0),
                ),
                1,
                0.11,
                "half of the 0.22 published (DC03)",
                BETWEEN_TWO,
                TRUST_HELD,
            ),
            Part(
                "least trusted of eight: 0.45 to 0.49",
                (EIGHT,),
                buyer_at("transaction_time_share", "suppliers_trust_in_buyer", 0),
                0,
                0.02,
                "the range of the calibration table (DC03)",
                away_from(0.47),
            ),
            Part(
                "most trusted of eight: 0.23 to 0.27",
                (EIGHT,),
                buyer_at("transaction_time_share", "suppliers_trust_in_buyer", -1),
                0,
                0.02,
                "the range of the calibration table (DC03, ASR)",
                away_from(0.25),
            ),
            Part(
                "least minus most trusted of eight that all bargain alike",
                (EIGHT_ALIKE,),
                (
                    buyer_at("transaction_time_share", "suppliers_trust_in_buyer", -1),
                    buyer_at("transaction_time_share", "suppliers_trust_in_buyer", 0),
                ),
                1,
                0.11,
                "half of the 0.22 published (DC03)",
                BETWEEN_TWO,
                TRUST_HELD,
                counts=False,
            ),
        ),
        "With trust held what is left is the bargaining's part; with all stances equal, trust's.",
    ),
    Claim(
        "B17",
        "Buyers who trust their suppliers inspect less and need fewer hours for what they buy.",
        "DC03",
        "emergent",
        "within one market",
        (
            Part(
                "the quarter that trusts most inspects less than the one that trusts least",
                (MIXED,),
                buyers_apart("inspection_share", "trust_in_suppliers"),
                -1,
                0.1,
                "one delivery in ten (assumption)",
                GROUPS,
                Ablation(hold=("buyer_trust",)),
            ),
            Part(
                "and needs fewer hours for 1000 units",
                (MIXED,),
                buyers_apart("procurement_hours", "trust_in_suppliers"),
                -1,
                10.0,
                PROCUREMENT,
                GROUPS,
                Ablation(hold=("buyer_trust",)),
            ),
        ),
        "Products handled are one: hours for 1000 units stand for them. Of equals the less "
        "aggressive count as trusting more, so that held trust leaves the bargaining.",
    ),
    Claim(
        "B18",
        "Aggressive buyers may pay less for a component.",
        "ASR, DC03",
        "emergent",
        "between markets",
        (
            Part(
                "price of a component in the first year",
                (TRUSTING, AGGRESSIVE),
                curve("component_price"),
                -1,
                1.0,
                MONEY,
                from_month(0, YEAR),
                Ablation(without=("rival_quotes",)),
            ),
            Part(
                "price of a component over ten years",
                (TRUSTING, AGGRESSIVE),
                whole("component_price"),
                -1,
                1.0,
                MONEY,
                ablation=Ablation(without=("rival_quotes",)),
            ),
            Part(
                "total cost in the first year",
                (TRUSTING, AGGRESSIVE),
                curve("total_cost_per_unit"),
                -1,
                1.0,
                MONEY,
                from_month(0, YEAR),
                Ablation(without=("rival_quotes",)),
                counts=False,
            ),
        ),
        "The sources speak of the price; the first year's total cost is reported beside it.",
    ),
    Claim(
        "B19",
        "Aggressive buyers lose in the long run: suppliers stop telling them what would be "
        "valuable.",
        "ASR, DC03",
        "emergent",
        "over time",
        (
            Part(
                "suppliers tell aggressive buyers less of their business",
                (TRUSTING, AGGRESSIVE),
                whole("information_received"),
                -1,
                0.5,
                LAYER,
                ablation=Ablation(hold=("seller_trust",)),
            ),
            Part(
                "and bring them fewer ideas",
                (TRUSTING, AGGRESSIVE),
                whole("ideas_received"),
                -1,
                0.1,
                IDEAS,
                ablation=Ablation(hold=("seller_trust",)),
            ),
            Part(
                "total cost in the last two years",
                (TRUSTING, AGGRESSIVE),
                curve("total_cost_per_unit"),
                1,
                1.0,
                MONEY,
                from_month(8 * YEAR, 10 * YEAR),
                TRUST_HELD,
            ),
            Part(
                "cheaper at first, dearer in all by the end, in over half of the replicates",
                (TRUSTING, AGGRESSIVE),
                CUMULATIVE_COST,
                1,
                0.0,
                "more often than not",
                CROSSED,
                TRUST_HELD,
            ),
            Part(
                "month in which aggressive buying has become the dearer in all",
                (TRUSTING, AGGRESSIVE),
                CUMULATIVE_COST,
                1,
                0.0,
                "reported",
                CROSSING_MONTH,
                counts=False,
            ),
        ),
    ),
    Claim(
        "B20",
        "Partners who trust share confidential information and ideas, in both directions.",
        "ASR, DC03",
        "emergent",
        "within one market",
        (
            Part(
                "suppliers tell more to the buyers they trust most",
                (MIXED,),
                buyers_apart("information_received", "suppliers_trust_in_buyer"),
                1,
                0.5,
                LAYER,
                GROUPS,
                Ablation(hold=("seller_trust",)),
            ),
            Part(
                "and bring them more ideas",
                (MIXED,),
                buyers_apart("ideas_received", "suppliers_trust_in_buyer"),
                1,
                0.1,
                IDEAS,
                GROUPS,
                Ablation(hold=("seller_trust",)),
            ),
            Part(
                "buyers who trust most bring suppliers more ideas",
                (MIXED,),
                buyers_apart("process_ideas", "trust_in_suppliers"),
                1,
                0.1,
                IDEAS,
                GROUPS,
                Ablation(hold=("buyer_trust",)),
            ),
        ),
    ),
    Claim(
        "B21",
        "Trust is more than a substitute for contracts: it creates value.",
        "DC03",
        "emergent",
        "between markets",
        (
            Part(
                "where there are no clauses to save, trust still lowers the total cost",
                (
                    Arm(
                        "little trust, no clauses",
                        {"hold": {"trust": 0.3}, "without": NO_CONTRACTS},
                    ),
                    Arm(
                        "much trust, no clauses", {"hold": {"trust": 0.7}, "without": NO_CONTRACTS}
                    ),
                ),
                whole("total_cost_per_unit"),
                -1,
                1.0,
                MONEY,
                ablation=Ablation(without=("ideas", "business_disclosure")),
            ),
            Part(
                "it brings savings by ideas",
                (LITTLE_TRUST, MUCH_TRUST),
                whole("idea_savings_per_unit"),
                1,
                1.0,
                MONEY,
                ablation=Ablation(without=("ideas",)),
            ),
        ),
    ),
    Claim(
        "B22",
        "In uncertain environments treating the other side as a partner is an advantage, for "
        "buyers and for sellers.",
        "DC03, ASR",
        "emergent",
        "between markets",
        (
            Part(
                "where needs change much, trusting buyers pay less in all",
                (
                    Arm(
                        "aggressive, changing", {"buyer_stances": "aggressive", "uncertainty": 0.8}
                    ),
                    Arm("trusting, changing", {"buyer_stances": "trusting", "uncertainty": 0.8}),
                ),
                whole("total_cost_per_unit"),
                -1,
                1.0,
                MONEY,
                ablation=TRUST_HELD,
            ),
            Part(
                "and their suppliers earn more",
                (
                    Arm(
                        "aggressive, changing", {"buyer_stances": "aggressive", "uncertainty": 0.8}
                    ),
                    Arm("trusting, changing", {"buyer_stances": "trusting", "uncertainty": 0.8}),
                ),
                whole("seller_profit"),
                1,
                80.0,
                "a tenth of what a seller earns in a neutral market (assumption)",
                ablation=TRUST_HELD,
            ),
            Part(
                "the buyers' advantage grows with uncertainty",
                (
                    Arm("aggressive, still", {"buyer_stances": "aggressive", "uncertainty": 0.0}),
                    Arm("trusting, still", {"buyer_stances": "trusting", "uncertainty": 0.0}),
                    Arm(
                        "aggressive, changing", {"buyer_stances": "aggressive", "uncertainty": 0.8}
                    ),
                    Arm("trusting, changing", {"buyer_stances": "trusting", "uncertainty": 0.8}),
                ),
                whole("total_cost_per_unit"),
                -1,
                0.5,
                "half of what counts as an advantage (assumption)",
                INTERACTION,
                Ablation(without=("shared_plans", "reopening")),
            ),
        ),
        "That the advantage grows with uncertainty is our reading.",
    ),
)
"""All claims, in the order of the evidence."""
