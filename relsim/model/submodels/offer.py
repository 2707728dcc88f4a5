"""Offer: quotes, promises and the argument for long-run profitability (B3, B11, B12).

A quote covers what the seller expects to spend, hours and overhead included. Whether it carries
the cost of later service is the seller's choice; so is a pad against a buyer who is expected to
press.
Sales promises what it sees; what other departments will take away it does not see, unless one
person answers for the whole account (B4).

Assumptions of ours: a bid against other bids is not padded, a list quote to a stranger is.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import Market
from relsim.model.submodels.shared import cost_quoted, is_managed, quality_cost, usual_volume


@compiled
def hours_per_unit(usual_seller_hours: float, normal_units: float, wage: float) -> float:
    """Money for hours that a unit must carry: ``usual_seller_hours * wage / normal_units``.

    Spread over a normal account, not over what this customer happens to order: a supplier is not
    dearer for being given less.

    >>> hours_per_unit(12.0, 50.0, 50.0)
    12.0
    """
    return usual_seller_hours * wage / normal_units


@compiled
def overhead_per_unit(overhead: float, usual_volume: float) -> float:
    """Overhead that a unit must carry: ``overhead / usual_volume``, whatever a firm sells now.

    Spread over what a firm happens to sell, overhead would make whoever loses customers dearer,
    and so lose more of them.

    >>> overhead_per_unit(5000.0, 2000.0)
    2.5
    """
    return overhead / usual_volume


@compiled
def fair_quote(
    unit_cost: float, hours: float, service: float, overhead: float, markup: float
) -> float:
    """Quote without padding: ``(unit_cost + hours + service + overhead) * (1 + markup)``.

    >>> round(fair_quote(72.0, 10.0, 6.0, 2.0, 0.1), 6)
    99.0
    """
    return (unit_cost + hours + service + overhead) * (1.0 + markup)


@compiled
def lowest_price(unit_cost: float, hours: float, floor_markup: float) -> float:
    """Lowest price a seller agrees to: cost, its hours, and the least it must earn.

    ``unit_cost * (1 + floor_markup) + hours``; overhead is there anyway.

    >>> round(lowest_price(70.0, 2.0, 0.02), 6)
    73.4
    """
    return unit_cost * (1.0 + floor_markup) + hours


@compiled
def keen_markup(markup: float, accounts: float, hours_each: float, hours: float) -> float:
    """Markup asked now: a salesperson with time to spare asks the less, the more it has.

    ``markup * min(1, accounts * hours_each / hours)``.

    >>> keen_markup(0.1, 2.0, 12.0, 48.0), keen_markup(0.1, 5.0, 12.0, 48.0)
    (0.05, 0.1)
    """
    return markup * min(1.0, accounts * hours_each / hours)


@compiled
def pad(trust: float, price_pressure: float, padding_rate: float) -> float:
    """Padding of the opening quote, a decision under trust.

    ``padding_rate * (1 - trust) + price_pressure``

    A seller pads for the pressure it has met before and for what it fears from a buyer it does
    not trust.

    >>> round(pad(0.5, 0.02, 0.1), 6)
    0.07
    """
    return padding_rate * (1.0 - trust) + price_pressure


@compiled
def promise(expected_quality: float, overpromising: float, promise_reach: float) -> float:
    """Quality promised: what is expected, plus ``promise_reach`` for one who over-promises (B3).

    >>> promise(0.1, 0.5, 0.6)
    0.4
    """
    return expected_quality + promise_reach * overpromising


@compiled
def departmental_autonomy(key_account_manager: float) -> float:
    """Whether departments are free to follow their own objectives: unless one answers for all (B4).

    >>> departmental_autonomy(0.0), departmental_autonomy(1.0)
    (1.0, 0.0)
    """
    return 1.0 - key_account_manager


@compiled
def sales_overpromise(departmental_interest: float, load: float) -> float:
    """Quality that sales promises beyond what it sees, to fill idle capacity (B3, B5).

    ``departmental_interest * max(0, 1 - load)``: the objective of sales is volume.

    >>> sales_overpromise(0.25, 0.6), sales_overpromise(0.25, 1.2)
    (0.1, 0.0)
    """
    return departmental_interest * max(0.0, 1.0 - load)


@compiled
def argument(partnership: float, attention: float) -> float:
    """How well a seller argues long-run profitability: readiness times attention (B11).

    >>> argument(0.5, 0.8), argument(0.5, 2.0)
    (0.4, 0.5)
    """
    return partnership * min(1.0, attention)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` quotes, promises and argues; its list quote is for strangers."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    # What service is expected to cost over the life of what is sold.
    needed = p.full_service_money
    if p.service_life > 0.0:
        needed *= p.service_life * p.installed_rate
    service = needed if seller.prices_service > 0.0 else 0.0
    newcomer_hours = hours_per_unit(p.standard_hours, p.units_per_account, p.wage)
    markup = keen_markup(seller.markup, seller.accounts, p.standard_hours, p.selling_hours)
    cost_for_strangers = seller.unit_cost + p.with_full_cost * quality_cost(
        seller.capability, p.capability_cost
    )
    overhead = p.with_full_cost * overhead_per_unit(p.overhead, usual_volume(p))
    # A list quote carries as much service as is usual in the market, whoever makes it.
    seller.bid = fair_quote(
        cost_for_strangers, newcomer_hours, needed * p.service_in_price_share, overhead, markup
    )
    seller.bid_floor = min(
        seller.bid,
        lowest_price(cost_for_strangers, newcomer_hours, p.floor_markup),
    )
    seller.list_quote = seller.bid * (
        1.0 + p.with_padding * pad(p.initial_trust, 0.0, p.padding_rate)
    )
    managed = is_managed(p, seller)
    overpromise = (
        p.with_departments
        * departmental_autonomy(managed)
        * sales_overpromise(p.departmental_interest, seller.load)
    )
    reach = p.promise_reach * p.with_overpromising
    seller.list_promise = promise(seller.usual_quality + overpromise, seller.overpromising, reach)
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        cost = cost_quoted(p, r, seller)
        hours = hours_per_unit(r.usual_seller_hours, r.normal_units, p.wage)
        r.fair_quote = fair_quote(cost, hours, service, overhead, markup)
        r.quote = r.fair_quote * (
            1.0 + p.with_padding * pad(r.seller_trust_in_buyer, r.price_pressure, p.padding_rate)
        )
        r.cash_floor = cost
        r.floor = lowest_price(cost, hours, p.floor_markup)
        seen = r.expected_quality + r.department_quality_loss * (1.0 - managed)
        r.offered_quality = promise(seen + overpromise, seller.overpromising, reach)
        r.argued = argument(seller.partnership, r.attention) * p.with_life_cycle_argument
