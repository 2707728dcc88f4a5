"""Improvement: working together makes deliveries for this customer better and cheaper (KMD03).

Skill at an account is learned in joint work by people who know each other's business; it is worth
little elsewhere. It ends with the relationship, and a part of it leaves with a person (see
attention). Delivery reads it as quality, offer and accounting as cost.

Assumption of ours: what is still to be learned shrinks by the same share for each hour of equal
worth, as on a learning curve that levels off (W36, A99).
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import Market
from relsim.model.submodels.shared import disclosed_by_both


@compiled
def skill_after(skill: float, joint_hours: float, known: float, learning_rate: float) -> float:
    """Skill at an account after a month: ``s + (1 - s) * min(1, learning_rate * h * known)``.

    >>> round(skill_after(0.5, 10.0, 0.5, 0.004), 6), skill_after(0.5, 10.0, 0.0, 0.004)
    (0.51, 0.5)
    """
    return skill + (1.0 - skill) * min(1.0, learning_rate * joint_hours * known)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` and its firm learn to work for each customer."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        known = disclosed_by_both(r.business_disclosure_by_buyer, r.business_disclosure_by_seller)
        r.skill = p.with_improvement * skill_after(r.skill, r.joint_hours, known, p.learning_rate)
