"""Ordering: how much from whom, by what a unit costs at the margin; who leaves (B1, B9, B11).

Fixed hours, bonds and switching cost do not enter the shares, only the decision to leave. A
newcomer is judged by what the buyer's own bargaining usually obtains and by its own experience of
young relationships, not by the newcomer's first quote.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import moved

MOST_APART = 50.0
"""Difference of cost, in units of the scale, that counts at most: weights stay above zero."""


@compiled
def effective_weight(stance_weight: float, argued: float, trust: float, strength: float) -> float:
    """Weight of what comes after the purchase, once the seller has argued for it (B11).

    ``w + (1 - w) * strength * argued * trust``: an argument convinces if it is made and believed.

    Parameters
    ----------
    stance_weight : float
        Weight by the buyer's stance, 0 to 1.
    argued : float
        How well the seller argued, 0 to 1.
    trust : float
        Trust of the buyer in the seller, 0 to 1.
    strength : float
        How far a believed argument moves a price buyer, 0 to 1.

    Returns
    -------
    float
        Weight, ``stance_weight`` to 1.

    Examples
    --------
    >>> effective_weight(0.5, 0.5, 0.5, 0.5)
    0.5625
    """
    return stance_weight + (1.0 - stance_weight) * strength * argued * trust


@compiled
def marginal_cost(
    price: float, loss: float, idea_value: float, weight: float, grievance: float, promise: float
) -> float:
    """What one more unit costs as the buyer sees it (B3, B11).

    ``price + weight * (loss - idea value) + grievance - promise``, in money a unit.

    Parameters
    ----------
    price, loss, idea_value, grievance, promise : float
        In money/unit, from 0; ``promise`` of either sign.
    weight : float
        Weight of losses and savings after the purchase, 0 to 1.

    Returns
    -------
    float
        Money/unit.

    Examples
    --------
    >>> marginal_cost(98.0, 6.0, 2.0, 0.5, 1.0, 0.5)
    100.5
    """
    return price + weight * (loss - idea_value) + grievance - promise


@compiled
def promise_worth(promised: float, trust: float, kept: float, value: float) -> float:
    """What a promise is worth to a buyer, as far as it believes it (B3), in money a unit.

    ``value * promised * trust * kept``.

    Parameters
    ----------
    promised : float
        Quality promised, of either sign.
    trust : float
        Trust of the buyer in the seller, 0 to 1.
    kept : float
        Promises kept so far, share, 0 to 1.
    value : float
        Worth of a promise of one more quality, money/unit, from 0.

    Returns
    -------
    float
        Money/unit, of either sign.

    Examples
    --------
    >>> promise_worth(0.5, 0.5, 0.8, 5.0)
    1.0
    """
    return value * promised * trust * kept


@compiled
def attraction(cost: float, cheapest: float, scale: float) -> float:
    """Weight of a supplier when orders are spread (logit): ``exp(-(cost - cheapest) / scale)``.

    Parameters
    ----------
    cost, cheapest : float
        Marginal cost here and where it is lowest, money/unit.
    scale : float
        Difference that shifts orders by a factor e, money/unit, above 0.

    Returns
    -------
    float
        Weight, above 0 and up to 1.

    Examples
    --------
    >>> round(attraction(103.0, 100.0, 3.0), 4)
    0.3679
    """
    return math.exp(-min(MOST_APART, (cost - cheapest) / scale))


@compiled
def gain_of_leaving(
    own: float,
    alternative: float,
    units: float,
    fixed: float,
    switching: float,
    bonds: float,
    horizon: float,
) -> float:
    """What leaving saves over the horizon, after all that leaving costs (B1, B9).

    ``(own - alternative) * units * horizon + fixed * horizon - switching - bonds``.

    Parameters
    ----------
    own, alternative : float
        Cost of a unit here and with the newcomer, money/unit.
    units : float
        Usual units, unit/month, from 0.
    fixed : float
        Hours above those usual elsewhere, money/month, of either sign.
    switching, bonds : float
        What moving costs, and what bonds add to it, money, from 0.
    horizon : float
        How far ahead the buyer counts, months, above 0.

    Returns
    -------
    float
        Money, of either sign.

    Examples
    --------
    >>> gain_of_leaving(103.0, 100.0, 50.0, 0.0, 1500.0, 500.0, 24.0)
    1600.0
    """
    return (own - alternative) * units * horizon + fixed * horizon - switching - bonds


@compiled
def feared_loss(trust: float, price: float, exposure: float) -> float:
    """Loss a unit that a buyer fears from being exploited, weighed when it thinks of leaving (B14).

    ``(1 - trust) * exposure * price``: a stranger is feared as first trust has it.

    Parameters
    ----------
    trust : float
        Trust of the buyer in the seller, 0 to 1.
    price : float
        Price or quote, money/unit, above 0.
    exposure : float
        Loss feared from one not trusted at all, share of spend, from 0.

    Returns
    -------
    float
        Money/unit, from 0.

    Examples
    --------
    >>> feared_loss(0.75, 100.0, 0.04)
    1.0
    """
    return (1.0 - trust) * exposure * price


@compiled
def dependence(share: float, bonds: float, bond_hold: float) -> float:
    """How hard leaving would be for the buyer: its share of supply, and bonds (B9).

    ``1 - (1 - share) * exp(-hold * bonds)``.

    Parameters
    ----------
    share : float
        Share of the buyer's need, 0 to 1.
    bonds : float
        Bonds volunteered, from 0.
    bond_hold : float
        What one bond adds, from 0.

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    >>> dependence(0.25, 0.0, 0.3)
    0.25
    """
    return 1.0 - (1.0 - share) * math.exp(-bond_hold * bonds)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` orders what it needs, and considers one newcomer for its worst place.

    Notes
    -----
    Reads what others wrote: of the salesperson ``list_quote``, ``list_promise``; of the
    relationship ``argued``, ``promises_kept``, ``grievance``, ``bonds``, ``idea_value``.

    Writes: of the buyer ``candidate``, ``candidate_slot``, ``need``, ``alternative_cost``,
    ``backlog``; of the relationship ``marginal_cost``, ``units``, ``usual_units``,
    ``buyer_dependence``.
    """
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    luck = market.buyer_luck[b]
    interval = max(1, int(p.purchase_interval))
    buyer.need = 0.0
    if (period + buyer.purchase_offset) % interval == 0:
        buyer.need = (
            buyer.volume * interval * max(0.0, 1.0 + p.volume_variation * luck.volume_variation)
        )
    buyer.need += buyer.backlog
    buyer.backlog = 0.0

    cheapest = math.inf
    vacant = False
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            vacant = True
            continue
        weight = effective_weight(
            buyer.life_cycle_weight, r.argued, r.buyer_trust_in_seller, p.argument_strength
        )
        r.marginal_cost = marginal_cost(
            r.price,
            r.believed_loss,
            r.idea_value,
            weight,
            p.grievance_weight * p.with_grievance * r.grievance,
            promise_worth(r.promised, r.buyer_trust_in_seller, r.promises_kept, p.promise_value),
        )
        cheapest = min(cheapest, r.marginal_cost)
    total = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller > NOBODY:
            r.units = attraction(r.marginal_cost, cheapest, p.choice_scale)
            total += r.units

    if total <= 0.0:
        buyer.backlog = buyer.need
        buyer.need = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            r.units = 0.0
            continue
        share = r.units / total
        r.units = buyer.need * share
        usual = r.units if interval == 1 else buyer.volume * share
        r.usual_units = moved(r.usual_units, usual, p.smoothing)
        r.buyer_dependence = dependence(share, r.bonds * p.with_bonds, p.bond_hold)

    candidate = int(luck.candidate * len(market.salespeople))
    newcomer = market.salespeople[candidate]
    buyer.candidate = NOBODY
    buyer.candidate_slot = NOBODY
    judged = marginal_cost(
        newcomer.list_quote * buyer.bargaining,
        buyer.newcomer_loss,
        0.0,
        buyer.life_cycle_weight,
        0.0,
        promise_worth(
            newcomer.list_promise, p.initial_trust, p.initial_promises_kept, p.promise_value
        ),
    )
    buyer.alternative_cost = moved(buyer.alternative_cost, judged, p.smoothing)
    searches = p.search_rate * (1.0 + p.search_by_rivals * p.with_rival_quotes * buyer.rival_quotes)
    if vacant:
        searches = p.refill_rate
    if luck.searches >= searches:
        return
    worst = NOBODY
    largest_gain = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller == candidate:
            return
        if r.seller <= NOBODY:
            worst = slot
            largest_gain = math.inf
            continue
        gain = gain_of_leaving(
            r.marginal_cost + feared_loss(r.buyer_trust_in_seller, r.price, p.exit_exposure),
            judged + feared_loss(p.initial_trust, newcomer.list_quote, p.exit_exposure),
            r.usual_units,
            p.wage * (r.usual_transaction_hours - p.usual_transaction_hours),
            p.switching_cost,
            p.bond_value * r.bonds * p.with_bonds,
            buyer.horizon,
        )
        if gain > max(p.exit_threshold, largest_gain):
            worst = slot
            largest_gain = gain
    if worst > NOBODY:
        buyer.candidate = candidate
        buyer.candidate_slot = worst
