"""Meeting: this period's hours face to face (B15, B16).

Haggling, clauses and blame take what they took; joint work has the rest. The share of transaction
time is read off these hours, which follow from actions alone: no function here sees trust.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.complaint import blame_pays
from relsim.model.submodels.shared import exponential_average, shortened, transaction_hours


@compiled
def contact_hours(
    hours: float, attention: float, business_engagement: float, engineer_hours: float
) -> float:
    """Hours set aside for meeting, with engineers too where partners work together.

    ``hours * attention + engineer_hours * business_engagement``

    >>> contact_hours(8.0, 0.9, 1.0, 4.0)
    11.2
    """
    return hours * attention + engineer_hours * business_engagement


@compiled
def joint_hours(planned: float, transaction: float) -> float:
    """Hours left for joint work after transaction matters; those come first.

    >>> joint_hours(8.0, 3.0), joint_hours(8.0, 10.0)
    (5.0, 0.0)
    """
    return max(0.0, planned - transaction)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` and each of its suppliers spend the hours of the month."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        r.blame_hours = 0.0
        r.joint_hours = 0.0
        r.personal_hours = 0.0
        if r.seller <= NOBODY:
            continue
        hours = shortened(p.blame_hours, r.understanding, p.understanding_saving)
        pays = blame_pays(p.serious_loss, r.buyer_trust_in_seller, p.blame_recovery, hours * p.wage)
        r.blame_hours = hours * r.unsettled * (1.0 if pays else 0.0)
        transaction = transaction_hours(r)
        r.usual_transaction_hours = exponential_average(
            r.usual_transaction_hours, transaction, p.smoothing
        )
        planned = p.with_contact * contact_hours(
            shortened(p.contact_hours, r.understanding, p.understanding_saving),
            r.attention,
            r.business_engagement,
            r.engineer_hours,
        )
        r.joint_hours = joint_hours(planned, transaction)
        r.personal_hours = p.personal_hours * r.personal_engagement * p.with_contact
