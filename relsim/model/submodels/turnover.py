"""Turnover: exits, sellers that fail, entrants, new relationships; spells are written (B1, B12).

A buyer that leaves applies to its candidate; a salesperson takes on applicants in drawn order until
it has as many accounts as it can look after. A seller out of credit fails, loses every account and
is replaced by an entrant. Departures are booked here, after the rest.

Assumption of ours: an entrant has its own cost, capability and person, and the stance and habits of
the firm it replaces, so that the mixture of sellers stays as it was set.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import (
    BUYER_LEFT,
    COMMERCIAL,
    NEVER,
    NOBODY,
    SELLER_FAILED,
    SELLER_LEFT,
    Market,
)
from relsim.model.submodels.shared import NEUTRAL, clamped


@compiled
def has_failed(cash: float, working_capital: float) -> bool:
    """Whether a firm is out of credit: ``cash < -working_capital``, as much as it had of its own.

    >>> has_failed(-6000.0, 5000.0), has_failed(-100.0, 5000.0)
    (True, False)
    """
    return cash < -working_capital


@compiled
def write_spell(market: Market, slot: int, reason: int) -> None:
    """Keep a relationship that ends in this period as a spell."""
    clock = market.clock[0]
    r = market.relationships[slot]
    spell = market.spells[clock.spells]
    spell.buyer = slot // clock.slots_per_buyer
    spell.seller = r.seller
    spell.firm = r.firm
    spell.start = r.start
    spell.end = clock.period
    spell.reason = reason
    spell.collaborative_since = r.collaborative_since
    spell.personal_since = r.personal_since
    spell.phase = r.phase
    clock.spells += 1


@compiled
def book_departures(
    month: Record, left: float, withdrew: float, failed: float, switching_cost: float
) -> None:
    """Book suppliers lost in this period and what replacing them costs."""
    month.suppliers_left += left
    month.suppliers_withdrew += withdrew
    month.suppliers_failed += failed
    month.switching += switching_cost * (left + withdrew + failed)


@compiled
def begin(market: Market, slot: int, s: int, period: int) -> None:
    """Begin a relationship with seller ``s`` in a place, all of it unknown territory.

    What is not named here is zero. Trust is set by word of mouth; the first contract is
    negotiated in the first period.
    """
    p = market.parameters[0]
    clock = market.clock[0]
    buyer = market.buyers[slot // clock.slots_per_buyer]
    seller = market.salespeople[s]
    draws = market.relationship_draws[slot]
    r = market.relationships[slot]
    r.seller = s
    r.firm = seller.firm
    r.start = period
    r.contract_end = period
    r.collaborative_since = NEVER
    r.personal_since = NEVER
    r.phase = COMMERCIAL
    r.affinity = p.affinity + p.person_spread * draws.affinity
    r.buyer_trust_in_seller = p.initial_trust
    r.seller_trust_in_buyer = p.initial_trust
    r.understanding = clamped(0.0, p.hold_understanding)
    r.attention = clamped(1.0, p.hold_attention)
    r.service = clamped(NEUTRAL, p.hold_service)
    r.expected_quality = seller.usual_quality
    r.normal_units = buyer.volume / clock.slots_per_buyer
    r.usual_units = r.normal_units
    r.promises_kept = p.initial_trust
    r.believed_loss = buyer.usual_loss
    r.recorded_loss = buyer.usual_loss
    r.usual_profit = p.account_prospect
    r.usual_seller_hours = p.standard_hours
    r.usual_transaction_hours = buyer.usual_hours
    r.inspected = 1.0
    r.audited_units = r.normal_units


@compiled
def end(market: Market, slot: int, reason: int) -> None:
    """End the relationship in a place: keep the spell, empty the place.

    Nothing is left of it for whoever follows in the place. What was on order has to be ordered
    again.
    """
    clock = market.clock[0]
    write_spell(market, slot, reason)
    if reason == BUYER_LEFT:
        market.salesperson_months[market.relationships[slot].seller].accounts_lost += 1.0
    buyer = market.buyers[slot // clock.slots_per_buyer]
    market.relationships[slot] = market.unbegun[0]
    market.relationships[slot].seller = NOBODY
    for index in range(slot * clock.orders_per_slot, (slot + 1) * clock.orders_per_slot):
        order = market.orders[index]
        if order.due != NEVER:
            buyer.backlog += order.units
            order.due = NEVER


@compiled
def enter(market: Market, s: int) -> None:
    """An entrant takes the place of a seller that has failed."""
    p = market.parameters[0]
    draws = market.salesperson_draws[s]
    seller = market.salespeople[s]
    seller.firm += len(market.salespeople)
    seller.unit_cost = p.unit_cost + p.unit_cost_spread * draws.entrant_cost
    seller.capability = p.capability_spread * draws.entrant_capability
    seller.usual_quality = seller.capability
    seller.personal_boundary = p.personal_boundary + p.person_spread * draws.new_boundary
    seller.confidence = NEUTRAL
    seller.cash = p.working_capital
    seller.listening = 0.0
    seller.entered = 1.0


@compiled
def first_in_line(market: Market, s: int) -> int:
    """Buyer that goes first among those still waiting for seller ``s``, by drawn priority."""
    chosen = NOBODY
    best = math.inf
    b = market.salespeople[s].first_applicant
    while b > NOBODY:
        buyer = market.buyers[b]
        priority = market.buyer_draws[b].priority
        if buyer.accepted <= 0.0 and priority < best:
            chosen = b
            best = priority
        b = buyer.next_applicant
    return chosen


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` takes on applicants while it has room, or fails and is replaced."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    seller.entered = 0.0
    if p.with_failure > 0.0 and has_failed(seller.cash, p.working_capital):
        enter(market, s)
        market.salesperson_months[s].failures += 1.0
        return
    room = p.max_accounts - seller.accounts
    while room >= 1.0:
        chosen = first_in_line(market, s)
        if chosen <= NOBODY:
            break
        market.buyers[chosen].accepted = 1.0
        room -= 1.0


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` loses suppliers that failed, and moves to the one that took it on."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    failed = 0.0
    withdrew = 0.0
    left = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller > NOBODY and market.salespeople[r.seller].entered > 0.0:
            end(market, slot, SELLER_FAILED)
            failed += 1.0
        elif r.seller > NOBODY and r.seller_leaves > 0.0:
            end(market, slot, SELLER_LEFT)
            withdrew += 1.0
    if buyer.accepted > 0.0:
        slot = buyer.candidate_slot
        if market.relationships[slot].seller > NOBODY:
            end(market, slot, BUYER_LEFT)
            left += 1.0
        begin(market, slot, buyer.candidate, period + 1)
        market.relationships[slot].price = buyer.candidate_bid
        buyer.accepted = 0.0
    book_departures(market.buyer_months[b], left, withdrew, failed, p.switching_cost)
