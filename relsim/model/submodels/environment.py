"""Environment: what buyers need shifts, and partners adapt.

Assumptions of ours: a shift strikes all suppliers of a buyer alike; what it leaves unfit is worked
off at a rate that grows with the plans both sides know (B10) and with joint work (B22).
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import told_by_both


@compiled
def need_shift(occurs: float, size: float, probability: float, uncertainty: float) -> float:
    """Size of a change of needs, ``uncertainty * Exp(1)`` with the given probability (B22).

    Parameters
    ----------
    occurs, size : float
        Draws, 0 to less than 1: whether needs change, and how much.
    probability : float
        Chance of a change, 1/month, 0 to 1.
    uncertainty : float
        Mean size of a change, shock, from 0.

    Returns
    -------
    float
        Shock, from 0.

    Examples
    --------
    >>> round(need_shift(0.05, 0.5, 0.1, 0.3), 4)
    0.2079
    >>> need_shift(0.2, 0.5, 0.1, 0.3)
    0.0
    """
    if occurs >= probability:
        return 0.0
    return -uncertainty * math.log(1.0 - size)


@compiled
def adaptation(
    known: float, joint_hours: float, alone: float, together: float, half: float
) -> float:
    """Share of the misfit worked off in a month: ``alone + together * known * h / (h + half)``.

    At most all of it.

    Parameters
    ----------
    known : float
        Share of each other's plans that both know, 0 to 1.
    joint_hours : float
        Joint work of the month, hours, from 0.
    alone, together : float
        Misfit worked off without and with plans and joint work, 1/month, 0 to 1.
    half : float
        Joint hours at which they have half their effect, above 0.

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    >>> adaptation(0.5, 8.0, 0.1, 0.6, 8.0)
    0.25
    """
    return min(1.0, alone + together * known * joint_hours / (joint_hours + half))


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Needs of buyer ``b`` shift; what its suppliers deliver fits less, then adapts.

    Notes
    -----
    Reads what others wrote: of the relationship ``business_disclosure_by_buyer``,
    ``business_disclosure_by_seller``.

    Writes: of the buyer ``need_shift``; of the relationship ``misfit``.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    luck = market.buyer_luck[b]
    buyer.need_shift = need_shift(
        luck.change_occurs, luck.change_size, p.change_probability, p.uncertainty
    )
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        known = p.with_shared_plans * told_by_both(
            r.business_disclosure_by_buyer, r.business_disclosure_by_seller
        )
        rate = adaptation(
            known, r.joint_hours, p.adaptation_alone, p.adaptation_together, p.adaptation_half_hours
        )
        r.misfit = r.misfit * (1.0 - rate) + buyer.need_shift
