"""Audit: both sides monitor the health of the relationship (B7, B8).

An auditing seller asks of every account whether orders fall, promises are kept, something is
neglected and rivals are close; what it finds is repaired in part and calls attention back. A
seller that contacts the silent asks customers who have not complained for long what is wrong.
A buyer that monitors reads its records instead of trusting to memory.
"""

from __future__ import annotations

from relsim.compilation import compiled
from relsim.state import NOBODY


@compiled
def is_due(period: int, offset: int, interval: float) -> bool:
    """Whether something done every ``interval`` periods is done in this one.

    >>> is_due(13, 1, 6.0), is_due(12, 1, 6.0)
    (True, False)
    """
    return (period + offset) % max(1, int(interval)) == 0


@compiled
def warning(
    units: float, usual_units: float, promises_kept: float, attention: float, tolerance: float
) -> bool:
    """Whether an audit finds an account in danger: orders down, promises broken, or neglect.

    >>> warning(40.0, 50.0, 0.9, 1.0, 0.8), warning(50.0, 50.0, 0.9, 1.0, 0.8)
    (False, False)
    >>> warning(30.0, 50.0, 0.9, 1.0, 0.8)
    True
    """
    return units < tolerance * usual_units or promises_kept < tolerance or attention < tolerance


@compiled
def drifted(faults: float, drift: float) -> float:
    """Faulty habits grow toward one when nobody looks: ``f + drift * (1 - f)`` (B6).

    >>> drifted(0.5, 0.02)
    0.51
    """
    return faults + drift * (1.0 - faults)


@compiled
def reviewed(believed: float, recorded: float, rate: float) -> float:
    """What a buyer believes after moving toward its records at ``rate``.

    >>> reviewed(2.0, 4.0, 0.5)
    3.0
    """
    return believed + rate * (recorded - believed)


@compiled
def salesperson_step(market, s):
    """Salesperson ``s`` audits its accounts when it is due, and asks the silent."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    due = seller.audits > 0.0 and is_due(
        market.clock[0].period, seller.audit_offset, p.audit_interval
    )
    slot = seller.first_account
    while slot != NOBODY:
        r = market.relationships[slot]
        r.care_hours = 0.0
        r.neglect_found = 0.0
        r.asked = 0.0
        r.faults = drifted(r.faults, p.fault_drift)
        if due and p.with_audits > 0.0:
            r.care_hours += p.audit_hours
            r.faults = r.faults * p.audit_repair
            if warning(
                r.units, r.usual_units, r.promises_kept, r.attention, p.audit_tolerance
            ):
                r.neglect_found = 1.0
        if (
            seller.contacts_silent > 0.0
            and p.with_silence_contact > 0.0
            and r.silent_months >= p.silence_threshold
        ):
            r.care_hours += p.asking_hours
            r.asked = 1.0
        slot = r.next_account


@compiled
def buyer_step(market, b):
    """Buyer ``b`` reads its records on each supplier when its review is due."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    if buyer.monitors <= 0.0 or p.with_monitoring <= 0.0:
        return
    if not is_due(market.clock[0].period, buyer.purchase_offset, p.audit_interval):
        return
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller != NOBODY:
            r.believed_loss = reviewed(r.believed_loss, r.recorded_loss, p.review_rate)
            r.complaint_hours = p.review_hours
