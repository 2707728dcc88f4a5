"""Offer: quotes, promises and the argument for long-run profitability (B3, B11, B12).

A quote covers what the seller expects to spend, hours included. Whether it carries the cost of
later service is the seller's choice; so is a pad against a buyer who is expected to press.
Sales promises what it sees; what other departments will take away it does not see, unless one
person answers for the whole account (B4).

Assumptions of ours: a bid against other bids is not padded, a list quote to a stranger is.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import Market


@compiled
def hours_per_unit(usual_hours: float, normal_units: float, wage: float) -> float:
    """Money for hours that a unit must carry: ``hours * wage / normal units``.

    Spread over a normal account, not over what this customer happens to order: a supplier is not
    dearer for being given less.

    Parameters
    ----------
    usual_hours : float
        Hours on the account, hour/month, from 0.
    normal_units : float
        Units of a normal account, unit/month, above 0.
    wage : float
        Cost of an hour, money/hour, 20 to 120.

    Returns
    -------
    float
        Money/unit, from 0.

    Examples
    --------
    >>> hours_per_unit(12.0, 50.0, 50.0)
    12.0
    """
    return usual_hours * wage / normal_units


@compiled
def fair_quote(unit_cost: float, hours: float, service: float, markup: float) -> float:
    """Quote without padding: ``(unit cost + hours + service) * (1 + markup)``.

    Parameters
    ----------
    unit_cost, hours, service : float
        Costs that a unit must carry, money/unit, from 0.
    markup : float
        What is added, share of cost, from 0.

    Returns
    -------
    float
        Money/unit, above 0.

    Examples
    --------
    >>> round(fair_quote(72.0, 12.0, 6.0, 0.1), 6)
    99.0
    """
    return (unit_cost + hours + service) * (1.0 + markup)


@compiled
def keen_markup(
    markup: float, accounts: float, hours_each: float, hours: float, idle: float
) -> float:
    """Markup asked now: a salesperson with time to spare asks less, down to ``idle`` of it.

    ``markup * (idle + (1 - idle) * min(1, accounts * hours_each / hours))``.

    Parameters
    ----------
    markup : float
        Markup of a busy seller, share of cost, from 0.
    accounts : float
        Accounts it has, from 0.
    hours_each, hours : float
        Hours of an account and hours in all, hour/month, above 0.
    idle : float
        Part of its markup that an idle seller asks, 0 to 1.

    Returns
    -------
    float
        Share of cost, 0 to ``markup``.

    Examples
    --------
    >>> round(keen_markup(0.1, 2.0, 12.0, 48.0, 0.4), 6), keen_markup(0.1, 5.0, 12.0, 48.0, 0.4)
    (0.07, 0.1)
    """
    return markup * (idle + (1.0 - idle) * min(1.0, accounts * hours_each / hours))


@compiled
def pad(trust: float, expected_squeeze: float, rate: float) -> float:
    """Padding of the opening quote, a decision under trust: ``rate * (1 - trust) + squeeze``.

    A seller pads for the pressure it has met before and for what it fears from a buyer it does
    not trust.

    Parameters
    ----------
    trust : float
        Trust of the seller in the buyer, 0 to 1.
    expected_squeeze : float
        Pressure met before, share below the fair quote, 0 to 1.
    rate : float
        Padding to a buyer not trusted at all, share, from 0.

    Returns
    -------
    float
        Share of the fair quote, from 0.

    Examples
    --------
    >>> round(pad(0.5, 0.02, 0.1), 6)
    0.07
    """
    return rate * (1.0 - trust) + expected_squeeze


@compiled
def promise(expected: float, overpromising: float, reach: float) -> float:
    """Quality promised: what is expected, plus ``reach`` for one who over-promises (B3).

    Parameters
    ----------
    expected : float
        Quality expected, against the market's mean, of either sign.
    overpromising : float
        How far the seller over-promises, 0 to 1.
    reach : float
        How far a full over-promiser goes beyond, quality, from 0.

    Returns
    -------
    float
        Quality, from ``expected``.

    Examples
    --------
    >>> promise(0.1, 0.5, 0.6)
    0.4
    """
    return expected + reach * overpromising


@compiled
def latitude(owner: float, authority: float) -> float:
    """How far departments are free to follow their own objectives: ``1 - authority * owner`` (B4).

    Parameters
    ----------
    owner : float
        1 if one person answers for the whole account, else 0.
    authority : float
        Part of the departments' own objectives that such a person holds back, 0 to 1.

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    >>> latitude(0.0, 0.75), latitude(1.0, 0.75)
    (1.0, 0.25)
    """
    return 1.0 - authority * owner


@compiled
def sales_zeal(interest: float, load: float) -> float:
    """Quality that sales promises beyond what it sees, to fill idle capacity (B3, B5).

    ``interest * max(0, 1 - load)``: the objective of sales is volume.

    Parameters
    ----------
    interest : float
        Quality promised beyond by an idle firm where sales follows only its own objective, from 0.
    load : float
        Units ordered over capacity, ratio, from 0.

    Returns
    -------
    float
        Quality, from 0.

    Examples
    --------
    >>> sales_zeal(0.25, 0.6), sales_zeal(0.25, 1.2)
    (0.1, 0.0)
    """
    return interest * max(0.0, 1.0 - load)


@compiled
def argument(partnership: float, attention: float) -> float:
    """How well a seller argues long-run profitability: readiness times attention (B11).

    Parameters
    ----------
    partnership : float
        Readiness to volunteer more for a customer, 0 to 1.
    attention : float
        Hours given over the standard hours, 0 to 2.

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    >>> argument(0.5, 0.8), argument(0.5, 2.0)
    (0.4, 0.5)
    """
    return partnership * min(1.0, attention)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` quotes, promises and argues; its list quote is for strangers.

    Notes
    -----
    Reads what others wrote: of the relationship ``price_pressure``, ``process_idea_value``.

    Writes: of the salesperson ``bid``, ``list_quote``, ``list_promise``; of the relationship
    ``quote``, ``fair_quote``, ``floor``, ``cash_floor``, ``offered_quality``, ``argued``.
    """
    p = market.parameters[0]
    seller = market.salespeople[s]
    service = p.service_need if seller.prices_service > 0.0 else 0.0
    newcomer_hours = hours_per_unit(p.newcomer_hours, p.newcomer_units, p.wage)
    markup = keen_markup(
        seller.markup, seller.accounts, p.standard_hours, p.selling_hours, p.idle_markup
    )
    seller.bid = fair_quote(
        seller.unit_cost, newcomer_hours, service * p.list_service_share, markup
    )
    seller.list_quote = seller.bid * (
        1.0 + p.with_padding * pad(p.initial_trust, 0.0, p.padding_rate)
    )
    owner = seller.key_account_manager * p.with_key_account_manager
    zeal = (
        p.with_departments
        * latitude(owner, p.key_account_manager_authority)
        * sales_zeal(p.sales_interest, seller.load)
    )
    reach = p.promise_reach * p.with_overpromising
    seller.list_promise = promise(seller.usual_quality + zeal, seller.overpromising, reach)
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        cost = seller.unit_cost - p.with_process_ideas * r.process_idea_value
        hours = hours_per_unit(r.usual_seller_hours, r.normal_units, p.wage)
        r.fair_quote = fair_quote(cost, hours, service, markup)
        r.quote = r.fair_quote * (
            1.0 + p.with_padding * pad(r.seller_trust_in_buyer, r.price_pressure, p.padding_rate)
        )
        r.cash_floor = cost
        r.floor = cost + hours * p.floor_hours_share + cost * p.floor_markup
        seen = r.expected_quality + r.department_pull * (1.0 - owner)
        r.offered_quality = promise(seen + zeal, seller.overpromising, reach)
        r.argued = argument(seller.partnership, r.attention) * p.with_life_cycle_argument
