"""Environment: what buyers need shifts, and partners adapt.

Assumptions of ours: a shift strikes all suppliers of a buyer alike; what it leaves unfit is worked
off at a rate that grows with the plans both sides know (B10), with joint work (B22), and with what
the seller has learned by listening to customers (B13).
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import plans_known_by_both


@compiled
def need_shift(occurs: float, size: float, change_probability: float, uncertainty: float) -> float:
    """Size of a change of needs, ``uncertainty * Exp(1)`` with the given probability (B22).

    >>> round(need_shift(0.05, 0.5, 0.1, 0.3), 4)
    0.2079
    >>> need_shift(0.2, 0.5, 0.1, 0.3)
    0.0
    """
    if occurs >= change_probability:
        return 0.0
    return -uncertainty * math.log(1.0 - size)


@compiled
def adaptation(
    known: float,
    joint_hours: float,
    listening: float,
    adaptation_alone: float,
    adaptation_together: float,
    contact_hours: float,
) -> float:
    """Share of the misfit worked off in a month, at most all of it (B10, B22).

    ``(1 + listening) * (adaptation_alone + adaptation_together * known * h / (h + contact_hours))``
    with ``h`` joint hours.

    >>> adaptation(0.5, 8.0, 0.0, 0.1, 0.6, 8.0), adaptation(0.5, 8.0, 0.2, 0.1, 0.6, 8.0)
    (0.25, 0.3)
    """
    together = adaptation_together * known * joint_hours / (joint_hours + contact_hours)
    return min(1.0, (1.0 + listening) * (adaptation_alone + together))


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Needs of buyer ``b`` shift; what its suppliers deliver fits less, then adapts."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    draws = market.buyer_draws[b]
    buyer.need_shift = need_shift(
        draws.change_occurs, draws.change_size, p.change_probability, p.uncertainty
    )
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        known = p.with_shared_plans * plans_known_by_both(
            p, r.business_disclosure_by_buyer, r.business_disclosure_by_seller
        )
        listening = market.salespeople[r.seller].listening
        rate = adaptation(
            known,
            r.joint_hours,
            p.with_listening_answers * p.listening_effect * listening,
            p.adaptation_alone,
            p.adaptation_together,
            p.contact_hours,
        )
        r.misfit = r.misfit * (1.0 - rate) + buyer.need_shift
