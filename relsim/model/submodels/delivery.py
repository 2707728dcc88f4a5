"""Delivery: quality from capability, care, departments and what was shared (B2, B4, B5, B10, B12).

Quality is measured against the market's mean; problems come at rates that fall with it.
Service follows, with a lag, the money that the price leaves for it: a squeezed seller cuts later.

Each department has an objective of its own: production its cost, service its cost; that of sales,
volume, is in the promise. An owner of the account holds all three back.

Assumption of ours: a seller that is not inspected can shade quality as far as its opportunism goes.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import NEVER, NOBODY, Market
from relsim.model.submodels.equipment import install_and_maintain
from relsim.model.submodels.offer import (
    departmental_autonomy,
    hours_per_unit,
    overhead_per_unit,
)
from relsim.model.submodels.problems import poisson, poisson_of_few, problem_rate, proneness
from relsim.model.submodels.shared import (
    NEUTRAL,
    clamped,
    cost_of_unit,
    disclosed_share,
    exponential_average,
    is_managed,
    min_units,
    plans_known,
    usual_volume,
)


@compiled
def service_afforded(
    price: float,
    unit_cost: float,
    hours: float,
    overhead: float,
    service_share: float,
    full_service_money: float,
    max_effort: float,
) -> float:
    """Service that the price leaves money for, over the money that full service takes (B12).

    ``service_share * (price - unit cost - hours - overhead) / full_service_money``, between 0 and
    ``max_effort``.

    >>> service_afforded(94.0, 72.0, 12.0, 2.0, 0.5, 4.0, 1.2)
    1.0
    >>> service_afforded(86.0, 72.0, 10.0, 2.0, 0.5, 4.0, 1.2)
    0.25
    """
    left = price - unit_cost - hours - overhead
    return max(0.0, min(max_effort, service_share * left / full_service_money))


@compiled
def financial_health(cash: float, working_capital: float) -> float:
    """Whether the seller's means allow full service, 0 to 1 (B12).

    ``1 + cash / working_capital``: who lives on credit saves on service, the more, the more of it
    is used up.

    >>> financial_health(500.0, 1000.0), financial_health(-250.0, 1000.0)
    (1.0, 0.75)
    """
    return max(0.0, min(1.0, 1.0 + cash / working_capital))


@compiled
def capacity_after(
    capacity: float, wanted: float, smoothing: float, units_per_account: float
) -> float:
    """Capacity follows what orders call for, slowly; a firm can serve one usual account at least.

    >>> capacity_after(200.0, 300.0, 0.05, 50.0), capacity_after(60.0, 0.0, 0.5, 50.0)
    (205.0, 50.0)
    """
    return max(units_per_account, exponential_average(capacity, wanted, smoothing))


@compiled
def production_quality_loss(departmental_interest: float, load: float) -> float:
    """Quality lost as production saves on its own cost, the more the busier (B5).

    ``departmental_interest * load``.

    >>> production_quality_loss(0.25, 0.8)
    0.2
    """
    return departmental_interest * load


@compiled
def service_quality_loss(departmental_interest: float, service: float) -> float:
    """Quality lost as the service department saves where an account pays little (B5).

    ``departmental_interest * max(0, 1 - service)``.

    >>> service_quality_loss(0.25, 0.6), service_quality_loss(0.25, 1.2)
    (0.1, 0.0)
    """
    return departmental_interest * max(0.0, 1.0 - service)


@compiled
def care_taken(attention: float, confidence: float, confidence_effect: float) -> float:
    """Care above the standard: attention, worked the better the more confident (A7).

    ``attention * (1 + confidence_effect * (confidence - 1/2)) - 1``.

    >>> round(care_taken(1.0, 1.0, 0.4), 6), round(care_taken(0.8, 0.5, 0.4), 6)
    (0.2, -0.2)
    """
    return attention * (1.0 + confidence_effect * (confidence - NEUTRAL)) - 1.0


@compiled
def quality(capability: float, care: float, service: float, known: float, loss: float) -> float:
    """Quality of a delivery: capability, care, service, what is known and learned, less losses.

    >>> round(quality(0.1, 0.2, 0.3, 0.1, 0.4), 6)
    0.3
    """
    return capability + care + service + known - loss


@compiled
def is_kept(
    quality: float, promise_tolerance: float, promised: float, accustomed_quality: float
) -> bool:
    """Whether a buyer finds a promise kept (O80, H64).

    ``quality + promise_tolerance >= max(promised, accustomed_quality)``: it judges by what was
    promised, and by what it is used to.

    >>> is_kept(0.0, 0.5, 0.4, 0.2), is_kept(0.0, 0.5, 0.4, 0.7)
    (True, False)
    """
    return quality + promise_tolerance >= max(promised, accustomed_quality)


@compiled
def delay_cost(units: float, load: float, service: float, delay_loss: float) -> float:
    """The buyer's loss by late delivery: overload and poor service make it late (B12).

    ``units * delay_loss * (min(1, max(0, load - 1)) + max(0, 1 - service))``.

    >>> round(delay_cost(50.0, 1.2, 0.5, 2.0), 6)
    70.0
    """
    return units * delay_loss * (min(1.0, max(0.0, load - 1.0)) + max(0.0, 1.0 - service))


@compiled
def take_over_orders(market: Market, slot: int) -> None:
    """Deliver what is due of a relationship's orders, and note what was ordered now."""
    p = market.parameters[0]
    per_slot = market.clock[0].orders_per_slot
    r = market.relationships[slot]
    if per_slot == 0:
        r.delivered = r.units
        r.payment = r.units * r.price
        return
    period = market.clock[0].period
    r.delivered = 0.0
    r.payment = 0.0
    vacant = NOBODY
    for index in range(slot * per_slot, (slot + 1) * per_slot):
        order = market.orders[index]
        if order.due == period:
            r.delivered += order.units
            r.payment += order.units * order.price
            order.due = NEVER
        if order.due == NEVER:
            vacant = index
    if r.units > 0.0:
        order = market.orders[vacant]
        order.due = period + int(p.lead_time)
        order.units = r.units
        order.price = r.price


@compiled
def expect_quality(p: Record, seller: Record, r: Record, autonomy: float) -> None:
    """Quality that the seller expects to deliver to an account, its service being what it is."""
    r.department_quality_loss = autonomy * (
        production_quality_loss(p.departmental_interest, seller.load)
        + service_quality_loss(p.departmental_interest, r.service)
    )
    shading = p.with_shading * p.shading * seller.opportunism * (1.0 - r.inspected)
    care = p.quality_by_care * care_taken(r.attention, seller.confidence, p.confidence_effect)
    known = p.quality_by_knowledge * (
        plans_known(r.business_disclosure_by_buyer)
        if p.with_deeper_plans > 0.0
        else disclosed_share(r.business_disclosure_by_buyer)
    )
    r.expected_quality = quality(
        seller.capability,
        care,
        p.quality_by_care * (r.service - NEUTRAL),
        known * p.with_shared_plans + p.quality_by_skill * r.skill,
        r.department_quality_loss + shading + p.quality_by_faults * r.faults,
    )
    r.expected_quality = clamped(r.expected_quality, p.hold_quality)


@compiled
def meet_promise(p: Record, r: Record) -> None:
    """Whether a delivery, or equipment in use, is what was promised."""
    r.promise_outcome = 0.0
    if r.units_at_risk > 0.0:
        accustomed = r.accustomed_quality if p.with_accustomed_quality > 0.0 else r.promised
        kept = is_kept(r.quality, p.promise_tolerance, r.promised, accustomed)
        r.promise_outcome = 1.0 if kept else -1.0
        r.accustomed_quality = exponential_average(r.accustomed_quality, r.quality, p.smoothing)
        kept_share = 1.0 if r.promise_outcome > 0.0 else 0.0
        r.promises_kept += p.smoothing * (kept_share - r.promises_kept)


@compiled
def have_problems(market: Market, slot: int) -> None:
    """Problems of a month with what a relationship has delivered."""
    p = market.parameters[0]
    r = market.relationships[slot]
    draws = market.relationship_draws[slot]
    r.serious_problems = poisson_of_few(
        problem_rate(p.serious_rate, r.units_at_risk, p.units_per_account, r.proneness),
        draws.serious,
    )
    r.small_problems = poisson(
        problem_rate(p.small_rate, r.units_at_risk, p.units_per_account, r.proneness),
        draws.small,
    )
    r.service_charge = 0.0


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` and its firm deliver to every account what is due."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    ordered = 0.0
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        ordered += market.relationships[slot].usual_units
    seller.load = ordered / seller.capacity
    seller.capacity = capacity_after(
        seller.capacity, ordered * (1.0 + p.spare_capacity), p.smoothing, p.units_per_account
    )
    overhead = p.with_full_cost * overhead_per_unit(p.overhead, usual_volume(p))
    autonomy = p.with_departments * departmental_autonomy(is_managed(p, seller))
    health = 1.0
    if p.with_squeeze > 0.0:
        health = financial_health(seller.cash, p.working_capital)

    expected = 0.0
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        take_over_orders(market, slot)
        if p.with_squeeze > 0.0:
            hours = hours_per_unit(r.usual_seller_hours, r.normal_units, p.wage)
            afforded = service_afforded(
                r.price,
                cost_of_unit(p, r, seller),
                hours,
                overhead,
                p.service_share * health,
                p.full_service_money,
                p.max_effort,
            )
            r.service = exponential_average(r.service, afforded, p.smoothing)
        r.service = clamped(r.service, p.hold_service)
        expect_quality(p, seller, r, autonomy)
        expected += r.expected_quality
        r.quality = r.expected_quality + p.delivery_noise * market.relationship_draws[slot].delivery

    # Loops of their own: what waits for quality, and for how prone a delivery is to problems, would
    # hold up the accounts that follow.
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        r.units_at_risk = r.delivered if p.service_life <= 0.0 else r.installed * p.installed_rate
        r.proneness = proneness(r.quality)
        meet_promise(p, r)
        r.delay_cost = delay_cost(r.delivered, seller.load, r.service, p.delay_loss)
        rework = p.misfit_cost * r.misfit * r.usual_units / p.units_per_account
        r.service_money = p.full_service_money * r.service * r.units_at_risk + rework
        r.seller_dependence = r.usual_units / max(ordered, min_units(p))

    for entry in range(seller.first_account, seller.end_account):
        have_problems(market, market.account_slots[entry])
    if seller.accounts > 0:
        seller.usual_quality = expected / seller.accounts


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` installs capital goods that have arrived and keeps its equipment running."""
    install_and_maintain(market, b)
