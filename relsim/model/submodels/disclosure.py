"""Disclosure: two domains, three layers, both sides, turn by turn (A2, A3, A5).

Each step deeper is weighed: the expected gain of being understood against the expected harm, which
grows from layer to layer, and counts for the less the more the teller trusts and the better it
knows the other in the other domain. What the other has disclosed calls for an answer. How one likes
a person is found out by spending time together (BC75); beyond general talk, personal matters pass
only where liking outweighs boundaries. What is no longer kept up goes out of date and recedes.

Assumption of ours: the salesperson speaks first and the buyer answers in the same month.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import LAYERS, NOBODY, Market
from relsim.model.submodels.shared import clamped, disclosed_by_both, disclosed_share, power

GAIN = 1.0
"""Gain of being understood: the unit in which disclosure is weighed."""


@compiled
def harm_of_layer(level: float, layer_growth: float) -> float:
    """Harm that could be done with the next layer: ``layer_growth ** layer``, layers 0, 1, 2.

    >>> harm_of_layer(0.4, 2.0), harm_of_layer(1.0, 2.0), harm_of_layer(2.9, 2.0)
    (1.0, 2.0, 4.0)
    """
    return power(layer_growth, level)


@compiled
def net_gain(
    trust: float,
    level: float,
    other: float,
    acquainted: float,
    gain: float,
    risk: float,
    layer_growth: float,
    answering: float,
) -> float:
    """Expected net gain of telling more, in units of the gain of being understood (A3, A4).

    ``gain + answering * (other - level) - (1 - trust) * risk * layer_growth**layer * (1 -
    acquainted)``: less harm is feared from whom one knows in the other domain (AT73, KJ22).

    >>> round(net_gain(0.6, 1.0, 1.5, 0.0, 1.0, 1.0, 2.0, 0.5), 6)
    0.45
    >>> round(net_gain(0.6, 1.0, 1.5, 0.5, 1.0, 1.0, 2.0, 0.5), 6)
    0.85
    """
    feared = (1.0 - trust) * risk * harm_of_layer(level, layer_growth) * (1.0 - acquainted)
    return gain + answering * (other - level) - feared


@compiled
def level_after(
    level: float,
    net: float,
    pace: float,
    contact: float,
    disclosure_hold: float,
    disclosure_monthly_decay: float,
) -> float:
    """Level of disclosure after a month (A3).

    Deepens by ``pace * contact`` while the net gain is positive, is kept up while it is above
    ``-disclosure_hold``, and else recedes by the half-life; without contact it recedes in any case.

    >>> level_after(1.0, 0.2, 0.1, 1.0, 0.3, 0.96), level_after(1.0, -0.2, 0.1, 1.0, 0.3, 0.96)
    (1.1, 1.0)
    >>> level_after(1.0, -0.5, 0.1, 1.0, 0.3, 0.96), level_after(1.0, 0.2, 0.1, 0.0, 0.3, 0.96)
    (0.96, 0.96)
    """
    kept_up = contact if net > -disclosure_hold else 0.0
    lasting = level * (disclosure_monthly_decay + (1.0 - disclosure_monthly_decay) * kept_up)
    newly_disclosed = pace * contact if net > 0.0 else 0.0
    return min(LAYERS, lasting + newly_disclosed)


@compiled
def contact_share(hours: float, contact_hours: float) -> float:
    """Contact against what two firms usually set aside: ``min(1, hours / contact_hours)``.

    >>> contact_share(3.0, 6.0), contact_share(9.0, 6.0)
    (0.5, 1.0)
    """
    return min(1.0, hours / contact_hours)


@compiled
def hours_as_persons(joint_hours: float, personal_hours: float, work_weight: float) -> float:
    """Time in which two persons get to know each other: hours at work count for less (H19).

    ``personal_hours + work_weight * joint_hours``.

    >>> hours_as_persons(8.0, 3.0, 0.25)
    5.0
    """
    return personal_hours + work_weight * joint_hours


@compiled
def familiarity_after(familiarity: float, hours: float, familiarity_hours: float) -> float:
    """How well two persons know each other after so many hours more (BC75, H19).

    ``f + (1 - f) * min(1, hours / familiarity_hours)``.

    >>> familiarity_after(0.5, 5.0, 100.0)
    0.525
    """
    return familiarity + (1.0 - familiarity) * min(1.0, hours / familiarity_hours)


@compiled
def understanding(
    business_by_buyer: float,
    business_by_seller: float,
    personal_by_buyer: float,
    personal_by_seller: float,
    personal_understanding: float,
) -> float:
    """What both know of each other, 0 to 1: mean business and personal disclosure, weighted (A6).

    >>> round(understanding(3.0, 1.5, 0.0, 1.5, 0.2), 6)
    0.65
    """
    business = disclosed_by_both(business_by_buyer, business_by_seller)
    personal = disclosed_by_both(personal_by_buyer, personal_by_seller)
    return (1.0 - personal_understanding) * business + personal_understanding * personal


@compiled
def disclose(
    p: Record,
    trust: float,
    level: float,
    other: float,
    other_domain: float,
    contact: float,
    gain: float,
    risk: float,
    pace: float,
    switch: float,
) -> float:
    """Level that one side reaches in one domain: weigh the next step, then take it or not.

    ``gain`` is what this person gains by being understood, noise and boundaries included;
    ``other_domain`` is what the other disclosed in the other domain; ``switch`` is 0 where the
    domain is switched off.
    """
    net = net_gain(
        trust,
        level,
        other,
        p.with_open_domains * disclosed_share(other_domain),
        gain,
        risk,
        p.layer_growth,
        p.answering * p.with_reciprocity,
    )
    return switch * level_after(
        level, net, pace, contact, p.disclosure_hold, p.disclosure_monthly_decay
    )


@compiled
def disclose_business(
    p: Record,
    trust: float,
    level: float,
    other: float,
    other_domain: float,
    contact: float,
    mood: float,
    willing: float,
) -> float:
    """Level that one side reaches in the domain of business.

    ``willing`` is what it gains by more beside being understood, in units of that gain.
    """
    return disclose(
        p,
        trust,
        level,
        other,
        other_domain,
        contact,
        GAIN + p.monthly_variation * mood + willing,
        p.disclosure_risk,
        p.disclosure_pace,
        p.with_business_disclosure,
    )


@compiled
def disclose_personal(
    p: Record,
    trust: float,
    level: float,
    other: float,
    other_domain: float,
    contact: float,
    liking: float,
    personal_boundary: float,
    mood: float,
) -> float:
    """Level that one person reaches in the personal domain: liking against boundaries (A5).

    General talk about oneself is open to all; boundaries begin at the second layer.
    """
    boundary = personal_boundary * p.with_boundaries
    if p.with_open_domains > 0.0 and level < 1.0:
        boundary = 0.0
    return disclose(
        p,
        trust,
        level,
        other,
        other_domain,
        contact,
        liking - boundary + p.monthly_variation * mood,
        p.disclosure_risk,
        p.disclosure_pace,
        p.with_personal_disclosure,
    )


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` speaks first: tells each customer more, as much, or less."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        draws = market.relationship_draws[slot]
        contact = contact_share(r.joint_hours + r.personal_hours, p.contact_hours)
        together = r.joint_hours + r.personal_hours
        if p.with_acquaintance > 0.0:
            together = hours_as_persons(r.joint_hours, r.personal_hours, p.work_weight)
            r.familiarity = familiarity_after(r.familiarity, together, p.familiarity_hours)
        else:
            r.familiarity = 1.0
        business = disclose_business(
            p,
            r.seller_trust_in_buyer,
            r.business_disclosure_by_seller,
            r.business_disclosure_by_buyer,
            r.personal_disclosure_by_buyer,
            contact,
            draws.seller_business,
            0.0,
        )
        personal = disclose_personal(
            p,
            r.seller_trust_in_buyer,
            r.personal_disclosure_by_seller,
            r.personal_disclosure_by_buyer,
            r.business_disclosure_by_buyer,
            contact_share(together, p.contact_hours),
            r.familiarity * r.affinity,
            seller.personal_boundary,
            draws.seller_personal,
        )
        r.newly_disclosed_by_seller = max(0.0, business - r.business_disclosure_by_seller) + max(
            0.0, personal - r.personal_disclosure_by_seller
        )
        r.business_disclosure_by_seller = business
        r.personal_disclosure_by_seller = personal


@compiled
def answer(market: Market, b: int, slot: int, willing: float) -> None:
    """Buyer ``b`` answers one salesperson; ``willing`` is what more is worth to it.

    0 is to weigh the next step as always; see ``disclose_business`` for the unit.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    r = market.relationships[slot]
    if r.seller > NOBODY:
        draws = market.relationship_draws[slot]
        contact = contact_share(r.joint_hours + r.personal_hours, p.contact_hours)
        together = r.joint_hours + r.personal_hours
        if p.with_acquaintance > 0.0:
            together = hours_as_persons(r.joint_hours, r.personal_hours, p.work_weight)
        business = disclose_business(
            p,
            r.buyer_trust_in_seller,
            r.business_disclosure_by_buyer,
            r.business_disclosure_by_seller,
            r.personal_disclosure_by_seller,
            contact,
            draws.buyer_business,
            willing,
        )
        personal = disclose_personal(
            p,
            r.buyer_trust_in_seller,
            r.personal_disclosure_by_buyer,
            r.personal_disclosure_by_seller,
            r.business_disclosure_by_seller,
            contact_share(together, p.contact_hours),
            r.familiarity * r.affinity,
            buyer.personal_boundary,
            draws.buyer_personal,
        )
        r.newly_disclosed_by_buyer = max(0.0, business - r.business_disclosure_by_buyer) + max(
            0.0, personal - r.personal_disclosure_by_buyer
        )
        r.business_disclosure_by_buyer = business
        r.personal_disclosure_by_buyer = personal
        r.understanding = understanding(
            business,
            r.business_disclosure_by_seller,
            personal,
            r.personal_disclosure_by_seller,
            p.personal_understanding,
        )
        r.understanding = clamped(r.understanding, p.hold_understanding)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` answers each salesperson; what both know then is their understanding."""
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        answer(market, b, slot, 0.0)
