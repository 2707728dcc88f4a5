"""Ideas, in both directions: worth money for years, ageing (B13, B19, B20, B21).

Having an idea for the other needs understanding and joint work; offering it is a decision under
trust, since an idea told can be shopped around. The gain is shared as agreed (D96).
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import MAX_IDEA_VALUE, clamped


@compiled
def idea_chance(
    understanding: float, joint_hours: float, listening: float, idea_rate: float
) -> float:
    """Chance to have an idea for the other in a month: ``x / (1 + x)``.

    ``x = idea_rate * understanding * joint hours * (1 + listening)``.

    >>> round(idea_chance(0.5, 8.0, 0.0, 0.05), 4)
    0.1667
    """
    odds = idea_rate * understanding * joint_hours * (1.0 + listening)
    return odds / (1.0 + odds)


@compiled
def is_offered(trust: float, gain: float, harm: float) -> bool:
    """Whether an idea is offered: ``gain > (1 - trust) * harm``, as shares of its value (B19, B20).

    >>> is_offered(0.7, 0.3, 0.6), is_offered(0.4, 0.3, 0.6)
    (True, False)
    """
    return gain > (1.0 - trust) * harm


@compiled
def idea_value_after(
    idea_value: float,
    idea_monthly_decay: float,
    offered: float,
    value_per_idea: float,
) -> float:
    """Value of the ideas at work, aging, plus a new one, up to a ceiling.

    >>> idea_value_after(2.0, 0.95, 1.0, 0.5)
    2.4
    """
    return min(MAX_IDEA_VALUE, idea_value * idea_monthly_decay + offered * value_per_idea)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` brings customers ideas for design and production of the part."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        draws = market.relationship_draws[slot]
        chance = idea_chance(
            r.understanding, r.joint_hours, p.listening_effect * seller.listening, p.idea_rate
        )
        harm = p.idea_harm * max(0.0, 1.0 + p.monthly_variation * draws.idea_harm)
        had = draws.idea < chance
        willing = is_offered(r.seller_trust_in_buyer, p.idea_share, harm)
        offered = p.with_ideas * (1.0 if had and willing else 0.0)
        r.ideas_received = offered
        r.unshared_ideas = idea_value_after(
            r.unshared_ideas, p.idea_monthly_decay, offered, p.value_per_idea
        )
        r.idea_value = idea_value_after(
            r.idea_value, p.idea_monthly_decay, offered, p.value_per_idea
        )
        r.idea_value = clamped(r.idea_value, p.hold_ideas)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` brings suppliers ideas for their processes and delivery."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        draws = market.relationship_draws[slot]
        chance = idea_chance(r.understanding, r.joint_hours, 0.0, p.idea_rate)
        harm = p.idea_harm * max(0.0, 1.0 + p.monthly_variation * draws.process_idea_harm)
        had = draws.process_idea < chance
        willing = is_offered(r.buyer_trust_in_seller, p.idea_share, harm)
        offered = p.with_process_ideas * (1.0 if had and willing else 0.0)
        r.process_ideas_received = offered
        r.process_idea_value = idea_value_after(
            r.process_idea_value,
            p.idea_monthly_decay,
            offered,
            p.value_per_idea,
        )
