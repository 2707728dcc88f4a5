"""Process overview and scheduling (ODD 3).

A period is a month. In each, in this order:

 1. environment   - needs of buyers shift; partners adapt
 2. audit         - sellers audit their accounts and ask the silent; buyers review
 3. attention     - sellers spread their hours; persons on either side come and go
 4. exploitation  - of what was disclosed earlier, by either side
 5. offer         - sellers quote, promise, argue
 6. negotiation   - rounds, clauses, length of contracts
 7. ordering      - how much from whom; who considers leaving
 8. delivery      - quality, problems, service, equipment
 9. inspection    - where it is expected to pay
10. complaint     - voiced or swallowed, made good or not
11. meeting       - the hours face to face
12. disclosure    - the salesperson speaks, the buyer answers
13. improvement   - what is learned by working together
14. ideas         - had and offered, in both directions
15. trust         - learned from what happened
16. accounting    - hours and money are booked
17. evaluation    - costs and rewards; engagement; bonds
18. turnover      - exits, failures, entrants, new relationships
19. word of mouth - first trust in new pairs

Before the first of them the random numbers of the period are drawn, for every entity and purpose,
always as many; after the last of them the ledgers of the month are closed. A submodel has a step
of buyers, of salespeople or both; who goes first is part of the submodel. No step depends on
the order of the agents within it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.engine.compilation import compiled, compiled_apart, entry_point
from relsim.engine.pcg64 import fill
from relsim.model.draws import BUYER_DRAWS, RELATIONSHIP_DRAWS, SALESPERSON_DRAWS
from relsim.model.state import NOBODY, Draws, LedgerArrays, Market
from relsim.model.submodels import (
    accounting,
    attention,
    audit,
    complaint,
    delivery,
    disclosure,
    environment,
    evaluation,
    exploitation,
    ideas,
    improvement,
    inspection,
    meeting,
    negotiation,
    offer,
    ordering,
    trust,
    turnover,
    word_of_mouth,
)
from relsim.model.submodels.shared import clamped

# In one tuple: for numbers by themselves numba would compile a ``fill`` each.
UNIFORMS = (
    len(BUYER_DRAWS.uniforms),
    len(SALESPERSON_DRAWS.uniforms),
    len(RELATIONSHIP_DRAWS.uniforms),
)


@compiled
def draw_period(draws: Draws, stream: NDArray[np.uint64]) -> None:
    """Draw the random numbers of a period, for every entity and purpose."""
    fill(draws.buyers, UNIFORMS[0], stream)
    fill(draws.salespeople, UNIFORMS[1], stream)
    fill(draws.relationships, UNIFORMS[2], stream)


@compiled_apart
def add_up(
    months: NDArray[np.float64], ledgers: NDArray[np.float64], total: NDArray[np.float64]
) -> None:
    """Add ledgers of a month, a row an agent, to those of the run and to one of all agents."""
    for row in range(months.shape[0]):
        for column in range(months.shape[1]):
            ledgers[row, column] += months[row, column]
            total[column] += months[row, column]


@compiled
def close_ledgers(ledgers: LedgerArrays, period: int) -> None:
    """Add the ledgers of the month to those of the run and of the period, and empty them.

    What happened while the market warmed up is not kept.
    """
    if period >= 0:
        add_up(ledgers.buyer_months, ledgers.buyer_ledgers, ledgers.buyer_series[period])
        add_up(
            ledgers.salesperson_months,
            ledgers.salesperson_ledgers,
            ledgers.salesperson_series[period],
        )
    ledgers.buyer_months[:] = 0.0
    ledgers.salesperson_months[:] = 0.0


@compiled
def list_accounts(market: Market) -> None:
    """List each salesperson's relationships, in the order of the places."""
    for s in range(len(market.salespeople)):
        market.salespeople[s].accounts = 0
    for slot in range(len(market.relationships)):
        r = market.relationships[slot]
        if r.seller > NOBODY:
            seller = market.salespeople[r.seller]
            seller.accounts += 1
    end = 0
    for s in range(len(market.salespeople)):
        seller = market.salespeople[s]
        seller.first_account = end
        seller.end_account = end
        end += seller.accounts
    for slot in range(len(market.relationships)):
        r = market.relationships[slot]
        if r.seller > NOBODY:
            seller = market.salespeople[r.seller]
            market.account_slots[seller.end_account] = slot
            seller.end_account += 1


@compiled
def keep_traded(market: Market) -> None:
    """Keep the relationships as they traded, if somebody looks on, before some of them end."""
    for slot in range(len(market.traded)):
        market.traded[slot] = market.relationships[slot]


@compiled
def link_applicants(market: Market) -> None:
    """Link the buyers that apply to each salesperson."""
    for s in range(len(market.salespeople)):
        market.salespeople[s].first_applicant = NOBODY
    for b in range(len(market.buyers) - 1, -1, -1):
        buyer = market.buyers[b]
        if buyer.candidate > NOBODY:
            seller = market.salespeople[buyer.candidate]
            buyer.next_applicant = seller.first_applicant
            seller.first_applicant = b


class Step(NamedTuple):
    """One entry of the schedule: the submodel, whose step it is, and the compiled function."""

    submodel: str
    agent: str
    function: Callable[..., None]


SCHEDULE = (
    Step("environment", "buyer", environment.buyer_step),
    Step("audit", "salesperson", audit.salesperson_step),
    Step("audit", "buyer", audit.buyer_step),
    Step("attention", "salesperson", attention.salesperson_step),
    Step("attention", "buyer", attention.buyer_step),
    Step("exploitation", "buyer", exploitation.buyer_step),
    Step("exploitation", "salesperson", exploitation.salesperson_step),
    Step("offer", "salesperson", offer.salesperson_step),
    Step("negotiation", "buyer", negotiation.buyer_step),
    Step("ordering", "buyer", ordering.buyer_step),
    Step("delivery", "salesperson", delivery.salesperson_step),
    Step("delivery", "buyer", delivery.buyer_step),
    Step("inspection", "buyer", inspection.buyer_step),
    Step("complaint", "buyer", complaint.buyer_step),
    Step("complaint", "salesperson", complaint.salesperson_step),
    Step("meeting", "buyer", meeting.buyer_step),
    Step("disclosure", "salesperson", disclosure.salesperson_step),
    Step("disclosure", "buyer", disclosure.buyer_step),
    Step("improvement", "salesperson", improvement.salesperson_step),
    Step("ideas", "salesperson", ideas.salesperson_step),
    Step("ideas", "buyer", ideas.buyer_step),
    Step("trust", "buyer", trust.buyer_step),
    Step("trust", "salesperson", trust.salesperson_step),
    Step("accounting", "buyer", accounting.buyer_step),
    Step("accounting", "salesperson", accounting.salesperson_step),
    Step("evaluation", "buyer", evaluation.buyer_step),
    Step("evaluation", "salesperson", evaluation.salesperson_step),
    Step("turnover", "market", keep_traded),
    Step("turnover", "market", link_applicants),
    Step("turnover", "salesperson", turnover.salesperson_step),
    Step("turnover", "buyer", turnover.buyer_step),
    Step("turnover", "market", list_accounts),
    Step("word_of_mouth", "buyer", word_of_mouth.buyer_step),
    Step("word_of_mouth", "salesperson", word_of_mouth.salesperson_step),
)
"""The steps of a period, in their order: whoever runs a period takes them from here."""


PARTS: dict[str, tuple[Callable[..., None], str]] = {
    "use_confidences": (exploitation.use_confidences, "buyer, slot, choice"),
    "weigh_suppliers": (ordering.weigh_suppliers, "buyer"),
    "share_out": (ordering.share_out, "buyer"),
    "replace": (ordering.replace, "buyer, slot"),
    "inspect": (inspection.inspect, "buyer, slot, choice"),
    "answer": (disclosure.answer, "buyer, slot, choice"),
}
"""Parts of buyers' steps that can be taken for one supplier, and what each is given."""


def _written_out() -> dict[str, Any]:
    """Write the list out as code, since compiled code cannot look a function up in it.

    ``take_step`` lets a range of agents take one step, ``pass_month`` lets all agents take all, and
    ``take_named_part`` lets one buyer take one of ``PARTS``. A loop over the steps would do for the
    first two, but takes half as long again to compile.
    """
    named: dict[str, Any] = {}
    one, month = ["def take_step(market, step, agents):"], ["def pass_month(market):"]
    for number, step in enumerate(SCHEDULE):
        name = f"{step.submodel}_{step.agent}_{number}"
        named[name] = step.function
        one.append(f"    if step == {number}:")
        if step.agent == "market":
            one.append(f"        {name}(market)")
            month.append(f"    {name}(market)")
            continue
        records = "buyers" if step.agent == "buyer" else "salespeople"
        one.append(f"        for agent in agents: {name}(market, agent)")
        month.append(f"    for agent in range(len(market.{records})): {name}(market, agent)")
    parts = ["def take_named_part(market, part, buyer, slot, choice):"]
    for number, (name, (function, given)) in enumerate(PARTS.items()):
        named[name] = function
        parts.append(f"    if part == {number}: {name}(market, {given})")
    exec("\n".join([*one, *month, *parts]), named)  # noqa: S102 - nothing in it comes from outside
    return named


_FUNCTIONS = _written_out()
take_step: Callable[[Market, int, range], None] = compiled(_FUNCTIONS["take_step"])
pass_month: Callable[[Market], None] = compiled_apart(_FUNCTIONS["pass_month"])
take_named_part: Callable[[Market, int, int, int, float], None] = compiled(
    _FUNCTIONS["take_named_part"]
)

BUYERS, SALESPEOPLE, MARKET = 0, 1, 2
KINDS = tuple(("buyer", "salesperson", "market").index(step.agent) for step in SCHEDULE)


@compiled
def agents_of(market: Market, step: int, agent: int) -> range:
    """All agents that take a step, in the order of their index, or the one that is given."""
    if agent > NOBODY:
        return range(agent, agent + 1)
    kind = KINDS[step]
    if kind == BUYERS:
        return range(len(market.buyers))
    if kind == SALESPEOPLE:
        return range(len(market.salespeople))
    return range(1)


@entry_point
def walk(market: Market, first: int, last: int, agent: int) -> None:
    """Take the steps ``first`` up to ``last`` of the schedule, for one agent; NOBODY: for all."""
    for step in range(first, last):
        take_step(market, step, agents_of(market, step, agent))


@entry_point
def take_part(market: Market, part: int, slot: int, choice: float) -> None:
    """Take a part of a buyer's step for one of its slots."""
    take_named_part(market, part, slot // market.clock[0].slots_per_buyer, slot, choice)


@entry_point
def begin_period(draws: Draws, stream: NDArray[np.uint64]) -> None:
    """Draw the random numbers of a period."""
    draw_period(draws, stream)


@entry_point
def end_period(market: Market, ledgers: LedgerArrays) -> None:
    """Close the books of a period; the next one begins."""
    close_ledgers(ledgers, market.clock[0].period)
    market.clock[0].period += 1


@entry_point
def begin_relationships(market: Market) -> None:
    """Begin the relationships that the initial places stand for, before the first period."""
    p = market.parameters[0]
    for slot in range(len(market.relationships)):
        r = market.relationships[slot]
        turnover.begin(market, slot, r.seller, market.clock[0].period)
        r.buyer_trust_in_seller = clamped(r.buyer_trust_in_seller, p.hold_buyer_trust)
        r.seller_trust_in_buyer = clamped(r.seller_trust_in_buyer, p.hold_seller_trust)
    list_accounts(market)


@entry_point
def advance(
    market: Market, draws: Draws, ledgers: LedgerArrays, stream: NDArray[np.uint64], until: int
) -> None:
    """Run periods, all compiled, until period ``until`` or until the spells need more room.

    A period can end at most one relationship in every place.
    """
    clock = market.clock[0]
    while clock.period < until and len(market.spells) - clock.spells >= len(market.relationships):
        draw_period(draws, stream)
        pass_month(market)
        close_ledgers(ledgers, clock.period)
        clock.period += 1
