"""Delivery: quality from capability, care, departments and what was shared (B2, B4, B5, B10, B12).

Quality is measured against the market's mean; problems come at rates that fall with it.
Service follows, with a lag, the money that the price leaves for it: a squeezed seller cuts later.

Each department has an objective of its own: production its cost, service its cost; that of sales,
volume, is in the promise. An owner of the account holds all three back.

Assumption of ours: a seller that is not inspected can shade quality as far as its opportunism goes.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NEVER, NOBODY, Market
from relsim.model.submodels.equipment import install_and_maintain
from relsim.model.submodels.offer import hours_per_unit, latitude
from relsim.model.submodels.problems import poisson, poisson_of_few, problem_rate, proneness
from relsim.model.submodels.shared import NEUTRAL, held, share_told


@compiled
def service_afforded(
    price: float, unit_cost: float, hours: float, share: float, need: float, ceiling: float
) -> float:
    """Service that the price leaves money for, over the money that full service takes (B12).

    ``share * (price - unit cost - hours) / need``, between 0 and ``ceiling``.

    Parameters
    ----------
    price, unit_cost : float
        Agreed price and cost of making, money/unit, above 0.
    hours : float
        Hours that a unit must carry, money/unit, from 0.
    share : float
        Part of the margin that goes into service, 0 to 1.
    need : float
        Money that full service takes, money/unit, above 0.
    ceiling : float
        Most service that is of use, ratio, from 1.

    Returns
    -------
    float
        Ratio to full service, 0 to ``ceiling``.

    Examples
    --------
    >>> service_afforded(94.0, 72.0, 14.0, 0.5, 4.0, 1.2)
    1.0
    >>> service_afforded(86.0, 72.0, 12.0, 0.5, 4.0, 1.2)
    0.25
    """
    return max(0.0, min(ceiling, share * (price - unit_cost - hours) / need))


@compiled
def financial_health(cash: float, reserve: float) -> float:
    """Whether the seller's means allow full service: ``cash / reserve`` between 0 and 1 (B12).

    Parameters
    ----------
    cash : float
        Means above the credit limit, money, of either sign.
    reserve : float
        Means at which a firm need not save, money, above 0.

    Returns
    -------
    float
        Ratio, 0 to 1.

    Examples
    --------
    >>> financial_health(500.0, 1000.0), financial_health(-5.0, 1000.0)
    (0.5, 0.0)
    """
    return max(0.0, min(1.0, cash / reserve))


@compiled
def capacity_after(capacity: float, wanted: float, rate: float, least: float) -> float:
    """Capacity follows what orders call for, slowly, never below the least a firm can have.

    Parameters
    ----------
    capacity, wanted : float
        Capacity now and as orders call for, unit/month, from 0.
    rate : float
        Share of the difference closed in a month, 0 to 1.
    least : float
        Least capacity of a firm, unit/month, above 0.

    Returns
    -------
    float
        Unit/month, from ``least``.

    Examples
    --------
    >>> capacity_after(200.0, 300.0, 0.05, 50.0), capacity_after(60.0, 0.0, 0.5, 50.0)
    (205.0, 50.0)
    """
    return max(least, capacity + rate * (wanted - capacity))


@compiled
def production_pull(interest: float, load: float) -> float:
    """Quality lost as production saves on its own cost, the more the busier (B5).

    ``interest * load``.

    Parameters
    ----------
    interest : float
        Quality lost at full load where production follows only its own objective, from 0.
    load : float
        Units ordered over capacity, ratio, from 0.

    Returns
    -------
    float
        Quality lost, from 0.

    Examples
    --------
    >>> production_pull(0.25, 0.8)
    0.2
    """
    return interest * load


@compiled
def service_pull(interest: float, service: float) -> float:
    """Quality lost as the service department saves where an account pays little (B5).

    ``interest * max(0, 1 - service)``.

    Parameters
    ----------
    interest : float
        Quality lost without any service where it follows only its own objective, from 0.
    service : float
        Service that the account pays for, ratio, 0 to 1.5.

    Returns
    -------
    float
        Quality lost, from 0.

    Examples
    --------
    >>> service_pull(0.25, 0.6), service_pull(0.25, 1.2)
    (0.1, 0.0)
    """
    return interest * max(0.0, 1.0 - service)


@compiled
def care_taken(attention: float, confidence: float, effect: float) -> float:
    """Care above the standard: attention, worked the better the more confident (A7).

    ``attention * (1 + effect * (confidence - 1/2)) - 1``.

    Parameters
    ----------
    attention : float
        Hours given over the standard hours, 0 to 2.
    confidence : float
        Self-confidence of the salesperson, 0 to 1.
    effect : float
        How far confidence makes attention count, 0 to 1.

    Returns
    -------
    float
        Ratio, from -1; 0 at full attention and middling confidence.

    Examples
    --------
    >>> round(care_taken(1.0, 1.0, 0.4), 6), round(care_taken(0.8, 0.5, 0.4), 6)
    (0.2, -0.2)
    """
    return attention * (1.0 + effect * (confidence - NEUTRAL)) - 1.0


@compiled
def quality(capability: float, care: float, service: float, known: float, loss: float) -> float:
    """Quality of a delivery: capability plus care, service and shared plans, minus what is lost.

    Parameters
    ----------
    capability, care, service, known : float
        What raises quality, in units of quality, of either sign.
    loss : float
        What departments, shading and faults take away, quality, from 0.

    Returns
    -------
    float
        Quality against the market's mean, of either sign.

    Examples
    --------
    >>> round(quality(0.1, 0.2, 0.3, 0.1, 0.4), 6)
    0.3
    """
    return capability + care + service + known - loss


@compiled
def delay_cost(
    units: float, load: float, service: float, overload_cost: float, care_cost: float
) -> float:
    """The buyer's loss by late delivery: overload and poor service make it late (B12).

    ``units * (overload_cost * min(1, max(0, load - 1)) + care_cost * (1 - service))``.

    Parameters
    ----------
    units : float
        Units delivered, from 0.
    load : float
        Units ordered over capacity, ratio, from 0.
    service : float
        Service and care, ratio, 0 to 1.5.
    overload_cost : float
        Loss at a load of twice the capacity, money/unit, from 0.
    care_cost : float
        Loss where there is no service, money/unit, from 0.

    Returns
    -------
    float
        Money, from 0.

    Examples
    --------
    >>> round(delay_cost(50.0, 1.2, 0.5, 5.0, 2.0), 6)
    100.0
    """
    return units * (
        overload_cost * min(1.0, max(0.0, load - 1.0)) + care_cost * max(0.0, 1.0 - service)
    )


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` and its firm deliver to every account what is due.

    Notes
    -----
    Reads what others wrote: of the relationship ``business_disclosure_by_buyer``, ``price``,
    ``promised``, ``units``, ``installed``, ``usual_units``, ``misfit``, ``inspected``,
    ``process_idea_value``.

    Writes: of the salesperson ``usual_quality``, ``capacity``, ``load``; of the relationship
    ``service``, ``expected_quality``, ``delivered``, ``payment``, ``department_pull``, ``quality``,
    ``exposure``, ``proneness``, ``kept``, ``promises_kept``, ``serious_problems``,
    ``small_problems``, ``seller_dependence``, ``delay_cost``, ``service_charge``,
    ``service_money``; of the order ``price``, ``units``, ``due``.
    """
    p = market.parameters[0]
    period = market.clock[0].period
    per_slot = market.clock[0].orders_per_slot
    seller = market.salespeople[s]
    ordered = 0.0
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        ordered += market.relationships[slot].usual_units
    seller.load = ordered / seller.capacity
    seller.capacity = capacity_after(
        seller.capacity, ordered * (1.0 + p.spare_capacity), p.capacity_rate, p.min_capacity
    )
    owner = seller.key_account_manager * p.with_key_account_manager
    free = p.with_departments * latitude(owner, p.key_account_manager_authority)
    health = 1.0
    if p.with_squeeze > 0.0:
        health = financial_health(seller.cash - p.credit_limit, p.cash_reserve)

    expected = 0.0
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        luck = market.relationship_luck[slot]
        r.delivered = r.units
        r.payment = r.units * r.price
        if per_slot > 0:
            r.delivered = 0.0
            r.payment = 0.0
            vacant = NOBODY
            for place in range(slot * per_slot, (slot + 1) * per_slot):
                order = market.orders[place]
                if order.due == period:
                    r.delivered += order.units
                    r.payment += order.units * order.price
                    order.due = NEVER
                if order.due == NEVER:
                    vacant = place
            if r.units > 0.0:
                order = market.orders[vacant]
                order.due = period + int(p.lead_time)
                order.units = r.units
                order.price = r.price
        unit_cost = seller.unit_cost - p.with_process_ideas * r.process_idea_value
        if p.with_squeeze > 0.0:
            hours = hours_per_unit(r.usual_seller_hours, r.normal_units, p.wage)
            afforded = service_afforded(
                r.price,
                unit_cost,
                hours,
                p.service_share * health,
                p.full_service_money,
                p.max_service,
            )
            r.service += p.service_lag * (afforded - r.service)
        r.service = held(r.service, p.hold_service)
        r.department_pull = free * (
            production_pull(p.production_interest, seller.load)
            + service_pull(p.service_interest, r.service)
        )
        shading = p.with_shading * p.shading * seller.opportunism * (1.0 - r.inspected)
        care = p.quality_by_attention * care_taken(
            r.attention, seller.confidence, p.confidence_effect
        )
        known = p.quality_by_knowledge * share_told(r.business_disclosure_by_buyer)
        r.expected_quality = quality(
            seller.capability + p.quality_by_listening * seller.listening,
            care,
            p.quality_by_service * (r.service - NEUTRAL),
            known * p.with_shared_plans,
            r.department_pull + shading + p.quality_by_faults * r.faults,
        )
        r.expected_quality = held(r.expected_quality, p.hold_quality)
        expected += r.expected_quality
        r.quality = r.expected_quality + p.delivery_noise * luck.delivery

    # Loops of their own: what waits for quality, and for how prone a delivery is to problems, would
    # hold up the accounts that follow.
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        r.exposure = r.delivered if p.service_life <= 0.0 else r.installed * p.installed_rate
        r.proneness = proneness(r.quality)
        r.kept = 0.0
        if r.exposure > 0.0:
            r.kept = 1.0 if r.quality + p.promise_tolerance >= r.promised else -1.0
            kept_share = 1.0 if r.kept > 0.0 else 0.0
            r.promises_kept += p.smoothing * (kept_share - r.promises_kept)
        r.delay_cost = delay_cost(
            r.delivered, seller.load, r.service, p.overload_cost, p.poor_service_delay
        )
        rework = p.rework_cost * r.misfit * r.usual_units / p.units_per_account
        r.service_money = p.full_service_money * r.service * r.exposure + rework
        r.seller_dependence = r.usual_units / max(ordered, p.min_units)

    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        luck = market.relationship_luck[slot]
        r.serious_problems = poisson_of_few(
            problem_rate(p.serious_rate, r.exposure, p.units_per_account, r.proneness),
            luck.serious,
        )
        r.small_problems = poisson(
            problem_rate(p.small_rate, r.exposure, p.units_per_account, r.proneness), luck.small
        )
        r.service_charge = 0.0
        if seller.prices_service <= 0.0:
            r.service_charge = p.service_call_price * (
                p.small_call * r.small_problems + r.serious_problems
            )
    if seller.accounts > 0:
        seller.usual_quality = expected / seller.accounts


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` installs capital goods that have arrived and keeps its equipment running.

    Notes
    -----
    Reads what others wrote: of the salesperson ``prices_service``; of the relationship ``service``,
    ``delivered``, ``service_charge``.

    Writes: of the buyer ``orphan_cost``; of the relationship ``installed``, ``service_charge``; of
    the equipment ``firm``, ``units``, ``installed``, ``maker``, ``help``, ``service_paid``.
    """
    install_and_maintain(market, b)
