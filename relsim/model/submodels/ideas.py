"""Ideas, in both directions: worth money for years, ageing (B13, B19, B20, B21).

Having an idea for the other needs understanding and joint work; offering it is a decision under
trust, since an idea told can be shopped around.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import held


@compiled
def idea_chance(understanding: float, joint_hours: float, listening: float, rate: float) -> float:
    """Chance to have an idea for the other in a month: ``x / (1 + x)``.

    ``x = rate * understanding * joint hours * (1 + listening)``.

    Parameters
    ----------
    understanding : float
        What both know of each other, 0 to 1.
    joint_hours : float
        Joint work of the month, hours, from 0.
    listening : float
        Listening learned from time with customers, times its effect, from 0.
    rate : float
        Ideas an hour of joint work with full understanding, 1/hour, from 0.

    Returns
    -------
    float
        Chance, 0 to 1.

    Examples
    --------
    >>> round(idea_chance(0.5, 8.0, 0.0, 0.05), 4)
    0.1667
    """
    odds = rate * understanding * joint_hours * (1.0 + listening)
    return odds / (1.0 + odds)


@compiled
def is_offered(trust: float, gain: float, harm: float) -> bool:
    """Whether an idea is offered: ``gain > (1 - trust) * harm`` (B19, B20).

    Parameters
    ----------
    trust : float
        Trust of the side that decides, 0 to 1.
    gain : float
        What offering is expected to give, gain, from 0.
    harm : float
        Harm if the idea is shopped around, gain, from 0.

    Returns
    -------
    bool
        True if it is offered.

    Examples
    --------
    >>> is_offered(0.7, 0.3, 0.6), is_offered(0.4, 0.3, 0.6)
    (True, False)
    """
    return gain > (1.0 - trust) * harm


@compiled
def idea_value_after(
    value: float, retention: float, offered: float, worth: float, ceiling: float
) -> float:
    """Value of the ideas at work, aging, plus a new one, up to a ceiling.

    Parameters
    ----------
    value, worth : float
        Worth of the ideas at work and of a new one, money/unit, from 0.
    retention : float
        Share of the worth that lasts a month, 0 to 1.
    offered : float
        1 if there is a new idea, else 0.
    ceiling : float
        Most that ideas can be worth, money/unit, above 0.

    Returns
    -------
    float
        Money/unit, 0 to ``ceiling``.

    Examples
    --------
    >>> idea_value_after(2.0, 0.95, 1.0, 0.5, 8.0)
    2.4
    """
    return min(ceiling, value * retention + offered * worth)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` brings customers ideas for design and production of the part.

    Notes
    -----
    Reads what others wrote: of the relationship ``understanding``, ``idea_value``,
    ``unshared_ideas``, ``joint_hours``.

    Writes: of the relationship ``idea_value``, ``unshared_ideas``, ``ideas_received``.
    """
    p = market.parameters[0]
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        luck = market.relationship_luck[slot]
        chance = idea_chance(
            r.understanding, r.joint_hours, p.idea_by_listening * seller.listening, p.idea_rate
        )
        harm = p.idea_harm * max(0.0, 1.0 + p.idea_harm_spread * luck.idea_harm)
        had = luck.idea < chance
        willing = is_offered(r.seller_trust_in_buyer, p.idea_gain, harm)
        offered = p.with_ideas * (1.0 if had and willing else 0.0)
        r.ideas_received = offered
        r.unshared_ideas = idea_value_after(
            r.unshared_ideas, p.idea_retention, offered, p.value_per_idea, p.max_idea_value
        )
        r.idea_value = idea_value_after(
            r.idea_value, p.idea_retention, offered, p.value_per_idea, p.max_idea_value
        )
        r.idea_value = held(r.idea_value, p.hold_ideas)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` brings suppliers ideas for their processes and delivery.

    Notes
    -----
    Reads what others wrote: nothing.

    Writes: of the relationship ``process_idea_value``, ``process_ideas_received``.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        luck = market.relationship_luck[slot]
        chance = idea_chance(r.understanding, r.joint_hours, 0.0, p.process_idea_rate)
        harm = p.idea_harm * max(0.0, 1.0 + p.idea_harm_spread * luck.process_idea_harm)
        had = luck.process_idea < chance
        willing = is_offered(r.buyer_trust_in_seller, p.idea_gain, harm)
        offered = p.with_process_ideas * (1.0 if had and willing else 0.0)
        r.process_ideas_received = offered
        r.process_idea_value = idea_value_after(
            r.process_idea_value,
            p.idea_retention,
            offered,
            p.value_per_process_idea,
            p.max_idea_value,
        )
