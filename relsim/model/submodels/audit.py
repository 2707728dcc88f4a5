"""Audit: both sides monitor the health of the relationship (B7, B8).

An auditing seller asks of every account whether orders fall, promises are kept, something is
neglected and rivals are close; what it finds is repaired in part and calls attention back. A
seller that contacts the silent asks customers who have not complained for long what is wrong.
A buyer that monitors reads its records instead of trusting to memory.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import min_units

MIN_PRICE = 1.0
"""Money/unit: keeps a comparison of prices finite before the first one is agreed."""


@compiled
def is_due(period: int, offset: int, interval: float) -> bool:
    """Whether something done every ``interval`` periods is done in this one.

    >>> is_due(11, 1, 6.0), is_due(12, 1, 6.0)
    (True, False)
    """
    return (period + offset) % max(1, int(interval)) == 0


@compiled
def warning(
    trend: float, promises_kept: float, attention: float, rivals: float, audit_tolerance: float
) -> bool:
    """Whether an audit finds an account in danger (L83: the four questions of an audit).

    Orders against the last audit (``trend``), promises kept, attention, and what rivals ask over
    its own price (``rivals``): any of them below ``audit_tolerance`` is a warning.

    >>> warning(0.9, 0.9, 1.0, 1.0, 0.85), warning(0.6, 0.9, 1.0, 1.0, 0.85)
    (False, True)
    """
    return min(trend, promises_kept, attention, rivals) < audit_tolerance


@compiled
def quote_of_acquaintances(market: Market, s: int) -> float:
    """Mean list quote of the salespeople that ``s`` knows; its own if it knows none."""
    contacts = market.salesperson_contacts
    known = contacts.first[s + 1] - contacts.first[s]
    if known <= 0:
        own: float = market.salespeople[s].list_quote
        return own
    quotes: float = 0.0
    for index in range(contacts.first[s], contacts.first[s + 1]):
        quotes += market.salespeople[contacts.other[index]].list_quote
    mean: float = quotes / known
    return mean


@compiled
def drifted(faults: float, erosion: float) -> float:
    """Faulty habits grow toward one when nobody looks: ``f + erosion * (1 - f)`` (B6).

    >>> drifted(0.5, 0.02)
    0.51
    """
    return faults + erosion * (1.0 - faults)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` audits its accounts when it is due, and asks the silent."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    due = seller.audits > 0.0 and is_due(
        market.clock[0].period, seller.audit_offset, p.audit_interval
    )
    rivals_ask = 0.0
    if due:
        rivals_ask = quote_of_acquaintances(market, s)
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        silent = 1.0 if r.silent_months >= p.audit_interval else 0.0
        r.asked = p.with_silence_contact * seller.contacts_silent * silent
        r.care_hours = p.inquiry_hours * r.asked
        r.neglect_found = 0.0
        r.faults = drifted(r.faults, p.erosion)
        if due and p.with_audits > 0.0:
            r.care_hours += p.inquiry_hours
            r.faults = r.faults * p.audit_repair
            if warning(
                r.usual_units / max(r.audited_units, min_units(p)),
                r.promises_kept,
                r.attention,
                rivals_ask / max(r.price, MIN_PRICE),
                p.audit_tolerance,
            ):
                r.neglect_found = 1.0
            r.audited_units = r.usual_units


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` reads its records on each supplier when its review is due."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    due = (
        buyer.monitors > 0.0
        and p.with_monitoring > 0.0
        and is_due(market.clock[0].period, buyer.review_offset, p.audit_interval)
    )
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        r.complaint_hours = 0.0
        if due and r.seller > NOBODY:
            r.believed_loss = r.recorded_loss
            r.complaint_hours = p.inquiry_hours
