"""Attention: scarce hours, spread by profit; without effort they drift away (B6, B13; HDT08).

Assumptions of ours: hours go by the square root of what accounts are expected to earn; a new
salesperson at the same firm keeps most of what the firms know of each other and nothing that was
personal.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import NEUTRAL, clamped, exponential_average


@compiled
def account_weight(usual_profit: float, account_prospect: float) -> float:
    """Weight of an account when hours are spread: ``sqrt(max(0, profit) + account_prospect)``.

    >>> account_weight(300.0, 100.0)
    20.0
    """
    return math.sqrt(max(0.0, usual_profit) + account_prospect)


@compiled
def hours_left(hours: float, engaged: float) -> float:
    """Hours left to spread after those promised to deeper partners.

    >>> hours_left(48.0, 12.0), hours_left(48.0, 50.0)
    (36.0, 0.0)
    """
    return max(0.0, hours - engaged)


@compiled
def attention_target(
    weight: float, total_weight: float, hours: float, standard_hours: float, max_effort: float
) -> float:
    """Hours an account should get over the standard hours, at most ``max_effort``.

    >>> attention_target(20.0, 80.0, 48.0, 12.0, 1.5)
    1.0
    """
    return min(max_effort, hours * weight / (total_weight * standard_hours))


@compiled
def attention_after(attention: float, target: float, erosion: float, effort: float) -> float:
    """Attention decays at ``erosion`` and is renewed by deliberate ``effort`` (B6).

    ``a' = (1 - erosion) * a + effort * target``; with no effort it only decays.

    >>> round(attention_after(1.0, 1.0, 0.03, 0.03), 6), attention_after(1.0, 1.0, 0.03, 0.0)
    (1.0, 0.97)
    """
    return (1.0 - erosion) * attention + effort * target


@compiled
def expected_return(trust: float, usual_profit: float) -> float:
    """What a seller expects of putting engineers to work for an account, in money a month (HDT08).

    ``trust * max(0, usual_profit)``: what is gained together pays if it is shared, and not taken
    or shopped around.

    >>> expected_return(0.5, 2000.0), expected_return(0.9, -300.0)
    (1000.0, 0.0)
    """
    return trust * max(0.0, usual_profit)


@compiled
def engineers_for(
    account_return: float, other_returns: float, elsewhere: float, engineer_pool: float
) -> float:
    """Engineers' hours an account is given: one pool, shared by what is expected of it (HDT08).

    ``engineer_pool * account_return / (account_return + other_returns + elsewhere)``: what one
    customer gets, others do not, and engineers have work elsewhere too.

    >>> engineers_for(1000.0, 3000.0, 4000.0, 40.0), engineers_for(0.0, 0.0, 0.0, 40.0)
    (5.0, 0.0)
    """
    total = account_return + other_returns + elsewhere
    return engineer_pool * account_return / total if total > 0.0 else 0.0


@compiled
def inherited(trust: float, initial_trust: float, firm_memory: float) -> float:
    """Trust after a person has changed: what firms know of each other stays, the rest is new (Z98).

    ``initial_trust + firm_memory * (trust - initial_trust)``

    >>> round(inherited(0.9, 0.5, 0.75), 6)
    0.8
    """
    return initial_trust + firm_memory * (trust - initial_trust)


@compiled
def start_anew(p: Record, r: Record, draw: float) -> None:
    """A new person on one side: what is personal begins anew, what the firms know stays in part."""
    r.personal_disclosure_by_buyer = 0.0
    r.personal_disclosure_by_seller = 0.0
    r.personal_engagement = 0.0
    r.affinity = p.affinity + p.person_spread * draw
    r.familiarity = 0.0
    r.business_disclosure_by_buyer *= p.firm_memory
    r.business_disclosure_by_seller *= p.firm_memory
    r.skill *= p.firm_memory
    r.buyer_trust_in_seller = clamped(
        inherited(r.buyer_trust_in_seller, p.initial_trust, p.firm_memory), p.hold_buyer_trust
    )
    r.seller_trust_in_buyer = clamped(
        inherited(r.seller_trust_in_buyer, p.initial_trust, p.firm_memory), p.hold_seller_trust
    )


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` spreads its hours; now and then a new person takes its place."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    draws = market.salesperson_draws[s]
    programme = seller.customer_time * p.with_customer_time
    seller.listening = exponential_average(seller.listening, programme, p.smoothing)
    leaves = p.with_staff_turnover * p.staff_turnover > draws.staff_leaves
    if leaves:
        seller.confidence = NEUTRAL
        seller.personal_boundary = p.personal_boundary + p.person_spread * draws.new_boundary

    total = 0.0
    engaged = 0.0
    returns = 0.0
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        if p.with_prioritization <= 0.0:
            engaged += p.engineer_pool / p.max_accounts * r.business_engagement
        engaged += p.personal_hours * r.personal_engagement
        returns += r.business_engagement * expected_return(r.seller_trust_in_buyer, r.usual_profit)
        total += account_weight(r.usual_profit, p.account_prospect)

    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        target = attention_target(
            account_weight(r.usual_profit, p.account_prospect),
            total,
            hours_left(p.selling_hours, engaged),
            p.standard_hours,
            p.max_effort,
        )
        effort = p.deliberate_effort * seller.makes_effort if p.with_erosion > 0.0 else 1.0
        r.attention = attention_after(r.attention, target, p.erosion, p.erosion * effort)
        if r.neglect_found > 0.0:
            r.attention = max(r.attention, target)
        r.attention = clamped(r.attention, p.hold_attention)
        r.care_hours += p.care_hours * r.attention + p.customer_time_hours * programme
        r.engineer_hours = p.engineer_pool / p.max_accounts
        if p.with_prioritization > 0.0:
            own = expected_return(r.seller_trust_in_buyer, r.usual_profit)
            r.engineer_hours = engineers_for(
                own, returns - r.business_engagement * own, p.account_prospect, p.engineer_pool
            )
        if leaves:
            start_anew(p, r, market.relationship_draws[slot].affinity)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Now and then a new person buys for buyer ``b``; the firm and its stance stay."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    draws = market.buyer_draws[b]
    if p.with_staff_turnover * p.staff_turnover <= draws.staff_leaves:
        return
    buyer.candour = max(0.0, min(1.0, p.candour + p.person_spread * draws.new_candour))
    buyer.personal_boundary = p.personal_boundary + p.person_spread * draws.new_boundary
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller > NOBODY:
            start_anew(p, r, market.relationship_draws[slot].affinity)
