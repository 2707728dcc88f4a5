"""Disclosure: two domains, three layers, both sides, turn by turn (A2, A3, A5).

Each step deeper is weighed: the expected gain of being understood against the expected harm, which
grows from layer to layer and counts for the less the more the teller trusts. What the other has
told calls for an answer. Personal matters pass only where affinity outweighs boundaries. What is
no longer kept up goes out of date and recedes.

Assumptions of ours: the salesperson speaks first and the buyer answers in the same month; the pace
of the personal domain is slower, so that business tends to come first.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import LAYERS, NOBODY, Market
from relsim.model.submodels.shared import held, power, told_by_both


@compiled
def harm_of_layer(level: float, growth: float) -> float:
    """Harm that could be done with the next layer: ``growth ** layer``, layers 0, 1, 2.

    Parameters
    ----------
    level : float
        Level told so far, layers, 0 to 3.
    growth : float
        Harm of a layer over the one before, ratio, from 1.

    Returns
    -------
    float
        Ratio to the harm of the first layer, from 1.

    Examples
    --------
    >>> harm_of_layer(0.4, 2.0), harm_of_layer(1.0, 2.0), harm_of_layer(2.9, 2.0)
    (1.0, 2.0, 4.0)
    """
    return power(growth, level)


@compiled
def net_gain(
    trust: float, level: float, other: float, gain: float, risk: float, growth: float, answer: float
) -> float:
    """Expected net gain of telling more, in units of the gain of being understood (A3, A4).

    ``gain + answer * (other - level) - (1 - trust) * risk * growth**layer``.

    Parameters
    ----------
    trust : float
        Trust of the teller in the other, 0 to 1.
    level, other : float
        What the teller and the other have told, layers, 0 to 3.
    gain : float
        Gain of being understood, mood included, gain, of either sign.
    risk : float
        Harm feared of the first layer without trust, gain, from 0.
    growth : float
        Harm of a layer over the one before, ratio, from 1.
    answer : float
        Pull to answer, gain a layer of lead, from 0.

    Returns
    -------
    float
        Gain, of either sign.

    Examples
    --------
    >>> round(net_gain(0.6, 1.0, 1.5, 1.0, 1.0, 2.0, 0.5), 6)
    0.45
    """
    return gain + answer * (other - level) - (1.0 - trust) * risk * harm_of_layer(level, growth)


@compiled
def level_after(
    level: float, net: float, pace: float, contact: float, hold: float, retention: float
) -> float:
    """Level of disclosure after a month (A3).

    Deepens by ``pace * contact`` while the net gain is positive, is kept up while it is above
    ``-hold``, and else recedes by the half-life; without contact it recedes in any case.

    Parameters
    ----------
    level : float
        Level told so far, layers, 0 to 3.
    net : float
        Expected net gain of telling more, gain, of either sign.
    pace : float
        Deepening at full contact, layers/month, from 0.
    contact : float
        Share of the contact that keeps up what is known, 0 to 1.
    hold : float
        Net loss up to which what was told is kept up, gain, from 0.
    retention : float
        Share that lasts a month without contact, 0 to 1.

    Returns
    -------
    float
        Layers, 0 to 3.

    Examples
    --------
    >>> level_after(1.0, 0.2, 0.1, 1.0, 0.3, 0.96), level_after(1.0, -0.2, 0.1, 1.0, 0.3, 0.96)
    (1.1, 1.0)
    >>> level_after(1.0, -0.5, 0.1, 1.0, 0.3, 0.96), level_after(1.0, 0.2, 0.1, 0.0, 0.3, 0.96)
    (0.96, 0.96)
    """
    kept_up = contact if net > -hold else 0.0
    kept = level * (retention + (1.0 - retention) * kept_up)
    opened = pace * contact if net > 0.0 else 0.0
    return min(LAYERS, kept + opened)


@compiled
def contact_share(hours: float, reference: float) -> float:
    """Contact against what keeps a relationship up: ``min(1, hours / reference)``.

    Parameters
    ----------
    hours : float
        Hours together, hour/month, from 0.
    reference : float
        Hours that keep up what is known, hour/month, above 0.

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    >>> contact_share(3.0, 6.0), contact_share(9.0, 6.0)
    (0.5, 1.0)
    """
    return min(1.0, hours / reference)


@compiled
def understanding(
    business_by_buyer: float,
    business_by_seller: float,
    personal_by_buyer: float,
    personal_by_seller: float,
    personal_weight: float,
) -> float:
    """What both know of each other, 0 to 1: mean business and personal disclosure, weighted (A6).

    Parameters
    ----------
    business_by_buyer, business_by_seller, personal_by_buyer, personal_by_seller : float
        What was told, layers, 0 to 3.
    personal_weight : float
        Weight of the personal domain, 0 to 1.

    Returns
    -------
    float
        Share of all there is to know, 0 to 1.

    Examples
    --------
    >>> round(understanding(3.0, 1.5, 0.0, 1.5, 0.2), 6)
    0.65
    """
    business = told_by_both(business_by_buyer, business_by_seller)
    personal = told_by_both(personal_by_buyer, personal_by_seller)
    return (1.0 - personal_weight) * business + personal_weight * personal


@compiled
def tell(
    p: Record,
    trust: float,
    level: float,
    other: float,
    contact: float,
    gain: float,
    risk: float,
    pace: float,
    switch: float,
) -> float:
    """Level that one side reaches in one domain: weigh the next step, then take it or not.

    ``gain`` is what being understood is worth to this person, noise and boundaries included;
    ``switch`` is 0 where the domain is switched off.

    Parameters
    ----------
    p : Record
        The parameters of the run.
    trust : float
        Trust of the teller in the other, 0 to 1.
    level, other : float
        What the teller and the other have told, layers, 0 to 3.
    contact : float
        Share of the contact that keeps up what is known, 0 to 1.
    gain : float
        What being understood is worth to this person, mood and boundaries included, gain.
    risk : float
        Harm feared of the first layer without trust, gain, from 0.
    pace : float
        Deepening at full contact, layers/month, from 0.
    switch : float
        0 where the domain is switched off, else 1.

    Returns
    -------
    float
        Layers, 0 to 3.
    """
    net = net_gain(
        trust, level, other, gain, risk, p.layer_growth, p.answering * p.with_reciprocity
    )
    return switch * level_after(
        level, net, pace, contact, p.disclosure_hold, p.disclosure_retention
    )


@compiled
def tell_business(
    p: Record, trust: float, level: float, other: float, contact: float, mood: float
) -> float:
    """Level that one side reaches in the domain of business.

    Parameters
    ----------
    p : Record
        The parameters of the run.
    trust : float
        Trust of the teller in the other, 0 to 1.
    level, other : float
        What the teller and the other have told, layers, 0 to 3.
    contact : float
        Share of the contact that keeps up what is known, 0 to 1.
    mood : float
        A standard normal draw.

    Returns
    -------
    float
        Layers, 0 to 3.
    """
    return tell(
        p,
        trust,
        level,
        other,
        contact,
        p.disclosure_gain + p.disclosure_noise * mood,
        p.disclosure_risk,
        p.business_pace,
        p.with_business_disclosure,
    )


@compiled
def tell_of_oneself(
    p: Record,
    trust: float,
    level: float,
    other: float,
    contact: float,
    affinity: float,
    boundary: float,
    mood: float,
) -> float:
    """Level that one person reaches in the personal domain: affinity against boundaries (A5).

    Parameters
    ----------
    p : Record
        The parameters of the run.
    trust : float
        Trust of the teller in the other, 0 to 1.
    level, other : float
        What the teller and the other have told, layers, 0 to 3.
    contact : float
        Share of the contact that keeps up what is known, 0 to 1.
    affinity : float
        Gladness to spend free time together, gain, of either sign.
    boundary : float
        Firmness of the teller's boundaries, gain, of either sign.
    mood : float
        A standard normal draw.

    Returns
    -------
    float
        Layers, 0 to 3.
    """
    return tell(
        p,
        trust,
        level,
        other,
        contact,
        affinity - boundary * p.with_boundaries + p.disclosure_noise * mood,
        p.personal_risk,
        p.personal_pace,
        p.with_personal_disclosure,
    )


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` speaks first: tells each customer more, as much, or less.

    Notes
    -----
    Reads what others wrote: of the relationship ``affinity``, ``business_disclosure_by_buyer``,
    ``business_disclosure_by_seller``, ``personal_disclosure_by_buyer``,
    ``personal_disclosure_by_seller``, ``joint_hours``, ``personal_hours``.

    Writes: of the relationship ``business_disclosure_by_seller``,
    ``personal_disclosure_by_seller``, ``opened_by_seller``.
    """
    p = market.parameters[0]
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        luck = market.relationship_luck[slot]
        contact = contact_share(r.joint_hours + r.personal_hours, p.contact_reference)
        business = tell_business(
            p,
            r.seller_trust_in_buyer,
            r.business_disclosure_by_seller,
            r.business_disclosure_by_buyer,
            contact,
            luck.seller_business,
        )
        personal = tell_of_oneself(
            p,
            r.seller_trust_in_buyer,
            r.personal_disclosure_by_seller,
            r.personal_disclosure_by_buyer,
            contact,
            r.affinity,
            seller.personal_boundary,
            luck.seller_personal,
        )
        r.opened_by_seller = max(0.0, business - r.business_disclosure_by_seller) + max(
            0.0, personal - r.personal_disclosure_by_seller
        )
        r.business_disclosure_by_seller = business
        r.personal_disclosure_by_seller = personal


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` answers each salesperson; what both know then is their understanding.

    Notes
    -----
    Reads what others wrote: of the relationship ``affinity``, ``business_disclosure_by_buyer``,
    ``business_disclosure_by_seller``, ``personal_disclosure_by_buyer``,
    ``personal_disclosure_by_seller``.

    Writes: of the relationship ``business_disclosure_by_buyer``, ``personal_disclosure_by_buyer``,
    ``opened_by_buyer``, ``understanding``.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        luck = market.relationship_luck[slot]
        contact = contact_share(r.joint_hours + r.personal_hours, p.contact_reference)
        business = tell_business(
            p,
            r.buyer_trust_in_seller,
            r.business_disclosure_by_buyer,
            r.business_disclosure_by_seller,
            contact,
            luck.buyer_business,
        )
        personal = tell_of_oneself(
            p,
            r.buyer_trust_in_seller,
            r.personal_disclosure_by_buyer,
            r.personal_disclosure_by_seller,
            contact,
            r.affinity,
            buyer.personal_boundary,
            luck.buyer_personal,
        )
        r.opened_by_buyer = max(0.0, business - r.business_disclosure_by_buyer) + max(
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
        r.understanding = held(r.understanding, p.hold_understanding)
