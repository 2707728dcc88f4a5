"""Word of mouth: what acquaintances say sets first trust in new pairs (B7, B14).

Buyers ask the buyers they know about the seller, salespeople the salespeople they know about the
buyer, over two small-world graphs. Where nobody knows, there is the general readiness to trust.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import clamped


@compiled
def initial_trust(prior: float, heard: float, sources: float) -> float:
    """First trust: the prior, moved toward what was heard, the more sources the further.

    ``prior + n / (n + 1) * (heard - prior)``: the own prior counts as one source more.

    >>> round(initial_trust(0.5, 0.9, 1.0), 6), initial_trust(0.5, 0.0, 0.0)
    (0.7, 0.5)
    """
    return prior + sources / (sources + 1.0) * (heard - prior)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` asks around about each supplier that is new to it."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY or r.start != period + 1:
            continue
        heard = 0.0
        sources = 0.0
        contacts = market.buyer_contacts
        for index in range(contacts.first[b], contacts.first[b + 1]):
            other = market.buyers[contacts.other[index]]
            for theirs in range(other.first_slot, other.end_slot):
                known = market.relationships[theirs]
                if known.seller == r.seller and known.start <= period:
                    heard += known.buyer_trust_in_seller
                    sources += 1.0
        if sources > 0.0:
            heard = heard / sources
        r.buyer_trust_in_seller = clamped(
            initial_trust(p.initial_trust, heard, sources * p.with_word_of_mouth),
            p.hold_buyer_trust,
        )


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` asks around about each customer that is new to it."""
    p = market.parameters[0]
    period = market.clock[0].period
    seller = market.salespeople[s]
    slots = market.clock[0].slots_per_buyer
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        if r.start == period + 1:
            heard = 0.0
            sources = 0.0
            buyer = market.buyers[slot // slots]
            contacts = market.salesperson_contacts
            for theirs in range(buyer.first_slot, buyer.end_slot):
                known = market.relationships[theirs]
                if known.seller <= NOBODY or known.start > period:
                    continue
                for index in range(contacts.first[s], contacts.first[s + 1]):
                    if contacts.other[index] == known.seller:
                        heard += known.seller_trust_in_buyer
                        sources += 1.0
            if sources > 0.0:
                heard = heard / sources
            r.seller_trust_in_buyer = clamped(
                initial_trust(p.initial_trust, heard, sources * p.with_word_of_mouth),
                p.hold_seller_trust,
            )
