"""Mechanisms that can be switched off or clamped: the means of ablation (ODD 4).

``without={name}`` switches an effect off. Where that would only shift all arms alike,
``hold={name: value}`` clamps an output to one value for everybody, so that the level stays and the
differences it carries go. Holding trust gives the causal trust-versus-cost curve.
"""

from __future__ import annotations

MECHANISMS: dict[str, str] = {
    "reciprocity": "disclosure is answered, and being answered builds trust",
    "business_disclosure": "firms tell each other about their business",
    "personal_disclosure": "persons tell each other about themselves",
    "boundaries": "firm personal boundaries",
    "shared_plans": "plans that are known help to adapt and to deliver",
    "rival_quotes": "rivals' quotes as leverage",
    "padding": "sellers pad their opening quotes",
    "contracts": "clauses that protect",
    "reopening": "contracts are reopened after a change",
    "buyer_exploitation": "buyers use what was disclosed to them",
    "seller_exploitation": "sellers take extras outside the agreed price",
    "shading": "opportunists shade quality that is not inspected",
    "squeeze": "service follows the money that the price leaves",
    "failure": "sellers without credit fail",
    "overpromising": "sellers promise more than they expect to deliver",
    "departments": "departments follow their own objectives",
    "key_account_manager": "one person answers for the whole account",
    "erosion": "attention erodes by itself; without, effort is full: all that is lost is renewed",
    "audits": "sellers audit their accounts",
    "monitoring": "buyers review their records",
    "silence_contact": "sellers contact the silent",
    "grievance": "swallowed problems lower candour",
    "remedy": "voiced problems are made good",
    "inspection": "buyers inspect deliveries",
    "contact": "time set aside to meet",
    "engagement": "partners agree to work together",
    "personal_engagement": "partners agree to have personal contact",
    "seller_exit": "sellers leave accounts that keep losing money",
    "bonds": "what sellers volunteer raises what leaving costs",
    "ideas": "suppliers offer design and production ideas",
    "process_ideas": "buyers offer process and delivery ideas",
    "customer_time": "engineers and production people spend time with customers",
    "life_cycle_argument": "sellers argue long-run profitability",
    "staff_turnover": "persons on either side leave and are replaced",
    "word_of_mouth": "acquaintances set first trust",
    # the mechanisms of the second model; without one of them the simpler rule of the first applies
    "competitive_bids": "rivals bid the less, the more are asked; without, their full quote",
    "winning_bids": "the lowest bid may take the place of whoever it underbids; without, bids only "
    "press the price",
    "binding_contracts": "who leaves before a contract ends owes the profit that is lost; without, "
    "contracts bind nobody",
    "fresh_demand": "a demand starts from the quote at hand; without, from the last price if lower",
    "impatience": "a round of haggling costs delay; without, hours only",
    "open_books": "costs that were disclosed are not haggled over",
    "contract_weighing": "contracts look at what is sunk and at lead time, and are reopened only "
    "to write needs anew; without, at hours, and the price is haggled over again",
    "full_cost": "quotes carry overhead, and quality costs money",
    "prioritization": "engineers' hours are one pool, spread by expected return; without, every "
    "engaged account gets the same",
    "improvement": "working together makes deliveries better and cheaper",
    "shared_gains": "who gives an idea keeps a share of its gain",
    "acquaintance": "persons find out by time together how they like each other",
    "open_domains": "who is known in one domain is feared less in the other; boundaries begin at "
    "the second layer",
    "risk_based_trust": "trust grows by risk that was honoured; without, by every month of trade",
    "accustomed_quality": "deliveries are judged by what one is used to as well",
    "problem_driven_search": "trouble starts the search for another supplier; without, bids alone",
    "own_norms": "hours and losses are compared with those of one's other suppliers; without, "
    "with fixed ones: half the hours set aside, the loss by serious problems at mean quality",
    "listening_answers": "firms that listen mend and adapt better",
    "deeper_plans": "knowing plans is knowing the deeper layers; without, all talk counts",
    "price_only": "who looks at the price only is moved by nothing else; losses of equipment count "
    "over its life",
}
"""Mechanisms that ``without`` can switch off."""

THEORIES: dict[str, str] = {
    "competitive_bids": "sealed tenders",
    "winning_bids": "switching by tender",
    "binding_contracts": "expectation damages",
    "fresh_demand": "anchoring on the offer",
    "impatience": "bargaining under delay",
    "open_books": "open-book accounting",
    "contract_weighing": "contract duration",
    "full_cost": "cost of quality",
    "prioritization": "customer prioritization",
    "improvement": "learning curves",
    "shared_gains": "shared gains of ideas",
    "acquaintance": "getting acquainted",
    "open_domains": "domains open each other",
    "risk_based_trust": "trust by risk taken",
    "accustomed_quality": "adaptation level",
    "problem_driven_search": "problem-driven search",
    "own_norms": "comparison level",
    "listening_answers": "listening to customers",
    "deeper_plans": "layers of disclosure",
    "price_only": "price-only buying",
}
"""Mechanisms that stand for a theory of the literature, and its name."""

HOLDS: dict[str, tuple[float, float, str]] = {
    "buyer_trust": (0.0, 1.0, "every buyer's trust in its sellers"),
    "seller_trust": (0.0, 1.0, "every seller's trust in its buyers"),
    "trust": (0.0, 1.0, "trust in both directions"),
    "understanding": (0.0, 1.0, "what both know of each other"),
    "attention": (0.0, 1.5, "attention of every account"),
    "service": (0.0, 1.2, "service that customers get"),
    "quality": (-1.0, 2.0, "expected quality of deliveries"),
    "ideas": (0.0, 20.0, "value of suppliers' ideas, money a unit, before sharing"),
    "price_pressure": (0.0, 0.5, "share below the fair quote that sellers feel"),
    "business_engagement": (0.0, 1.0, "0 or 1: all work together on business, or nobody"),
    "contract_months": (1.0, 60.0, "length of contracts in months"),
    "clauses": (0.0, 12.0, "clauses in every contract"),
    "voice": (-10.0, 10.0, "what speaks for voicing a problem, log-odds"),
}
"""What ``hold`` can clamp to one value for everybody, its range and meaning."""

SWITCHES = ("business_engagement",)
"""Those that are clamped at 0 or 1, and nothing between."""
