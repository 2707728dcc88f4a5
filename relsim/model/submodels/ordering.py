"""Ordering: how much from whom, by what a unit costs at the margin; who leaves (B1, B9, B11; H70).

Fixed hours, bonds and switching cost do not enter the shares, only the decision to leave. Trouble
with one supplier starts the search for another in its place. A newcomer is judged by what the
buyer's own bargaining usually obtains and by the losses it is used to from its own suppliers, not
by the newcomer's first quote.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import exponential_average, idea_saving, min_units, stance_item

MAX_DIFFERENCE = 50.0
"""Difference of cost, in units of the scale, that counts at most: weights stay above zero."""


@compiled
def effective_weight(life_cycle_weight: float, argued: float, trust: float) -> float:
    """Weight of what comes after the purchase, once the seller has argued for it (B11).

    ``w + (1 - w) * argued * trust``: an argument convinces if it is made and believed.

    >>> effective_weight(0.5, 0.5, 0.5)
    0.625
    """
    return life_cycle_weight + (1.0 - life_cycle_weight) * argued * trust


@compiled
def marginal_cost(
    price: float,
    loss: float,
    idea_value: float,
    weight: float,
    grievance: float,
    promise: float,
    weight_of_feeling: float,
) -> float:
    """What one more unit costs as the buyer sees it (B3, B11).

    ``price + weight * (loss - idea value) + weight_of_feeling * (grievance - promise)``, in money a
    unit: who looks at the price only is moved by nothing else.

    >>> marginal_cost(98.0, 6.0, 2.0, 0.5, 1.0, 0.5, 1.0)
    100.5
    >>> marginal_cost(98.0, 6.0, 2.0, 0.0, 1.0, 0.5, 0.0)
    98.0
    """
    return price + weight * (loss - idea_value) + weight_of_feeling * (grievance - promise)


@compiled
def believed_promise_value(
    promised: float, trust: float, promises_kept: float, promise_value: float
) -> float:
    """Value of a promise to a buyer, as far as it believes it (B3), in money a unit.

    ``promise_value * promised * trust * promises_kept``.

    >>> believed_promise_value(0.5, 0.5, 0.8, 5.0)
    1.0
    """
    return promise_value * promised * trust * promises_kept


@compiled
def search_chance(search_rate: float, search_by_grievance: float, grievance: float) -> float:
    """Chance to look for another supplier in a month: trouble starts the search (CM63, K95).

    ``search_rate + search_by_grievance * grievance``, with the grievance of a usual account.

    >>> search_chance(0.01, 0.02, 2.0)
    0.05
    """
    return search_rate + search_by_grievance * grievance


@compiled
def attraction(cost: float, cheapest: float, choice_scale: float) -> float:
    """Weight of a supplier when orders are spread, a logit (WKH00).

    ``exp(-(cost - cheapest) / choice_scale)``

    >>> round(attraction(103.0, 100.0, 3.0), 4)
    0.3679
    """
    return math.exp(-min(MAX_DIFFERENCE, (cost - cheapest) / choice_scale))


@compiled
def gain_of_leaving(
    own: float,
    alternative: float,
    usual_units: float,
    fixed: float,
    switching: float,
    bonds: float,
    horizon: float,
) -> float:
    """What leaving saves over the horizon, after all that leaving costs (B1, B9).

    ``(own - alternative) * usual_units * horizon + fixed * horizon - switching - bonds``.

    >>> gain_of_leaving(103.0, 100.0, 50.0, 0.0, 1500.0, 500.0, 24.0)
    1600.0
    """
    return (own - alternative) * usual_units * horizon + fixed * horizon - switching - bonds


@compiled
def feared_loss(trust: float, price: float, exit_exposure: float) -> float:
    """Loss a unit that a buyer fears from being exploited, weighed when it thinks of leaving (B14).

    ``(1 - trust) * exit_exposure * price``: a stranger is feared as first trust has it.

    >>> feared_loss(0.75, 100.0, 0.04)
    1.0
    """
    return (1.0 - trust) * exit_exposure * price


@compiled
def dependence(share: float, bonds: float, bond_hold: float) -> float:
    """How hard leaving would be for the buyer: its share of supply, and bonds (B9).

    ``1 - (1 - share) * exp(-hold * bonds)``.

    >>> dependence(0.25, 0.0, 0.3)
    0.25
    """
    return 1.0 - (1.0 - share) * math.exp(-bond_hold * bonds)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` orders what it needs, and considers one newcomer for its worst place."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    draws = market.buyer_draws[b]
    interval = max(1, int(p.purchase_interval))
    buyer.need = 0.0
    if (period + buyer.purchase_offset) % interval == 0:
        buyer.need = buyer.volume * interval
    buyer.need += buyer.backlog
    buyer.backlog = 0.0

    cheapest = math.inf
    vacant = False
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            vacant = True
            continue
        own_weight = stance_item(buyer.life_cycle_weight, r.life_cycle_weight)
        weight = effective_weight(own_weight, r.argued, r.buyer_trust_in_seller)
        r.marginal_cost = marginal_cost(
            r.price,
            r.believed_loss,
            idea_saving(p, r),
            weight,
            p.grievance_weight * p.with_grievance * r.grievance,
            believed_promise_value(
                r.promised, r.buyer_trust_in_seller, r.promises_kept, p.promise_value
            ),
            weight if p.with_price_only > 0.0 else 1.0,
        )
        cheapest = min(cheapest, r.marginal_cost)
    total = 0.0
    sorest = NOBODY
    most_aggrieved = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller > NOBODY:
            grievance = (
                p.with_grievance
                * r.grievance
                * p.units_per_account
                / max(min_units(p), r.usual_units)
            )
            if grievance > most_aggrieved:
                sorest = slot
                most_aggrieved = grievance
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
        r.usual_units = exponential_average(r.usual_units, usual, p.smoothing)
        r.buyer_dependence = dependence(share, r.bonds * p.with_bonds, p.bond_hold)

    candidate = int(draws.candidate * len(market.salespeople))
    newcomer = market.salespeople[candidate]
    buyer.candidate = NOBODY
    buyer.candidate_slot = NOBODY
    judged = marginal_cost(
        newcomer.list_quote * buyer.bargaining,
        buyer.usual_loss,
        0.0,
        buyer.life_cycle_weight,
        0.0,
        believed_promise_value(
            newcomer.list_promise, p.initial_trust, p.initial_trust, p.promise_value
        ),
        buyer.life_cycle_weight if p.with_price_only > 0.0 else 1.0,
    )
    buyer.alternative_cost = exponential_average(buyer.alternative_cost, judged, p.smoothing)
    searches = p.search_rate * buyer.rebids_per_year
    if p.with_problem_driven_search > 0.0:
        searches = search_chance(searches, p.search_by_grievance, most_aggrieved)
    if draws.searches >= searches and not vacant:
        return
    only = sorest if p.with_problem_driven_search > 0.0 and not vacant else NOBODY
    worst = NOBODY
    largest_gain = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller == candidate:
            return
        if only > NOBODY and slot != only:
            continue
        if r.seller <= NOBODY:
            worst = slot
            largest_gain = math.inf
            continue
        gain = gain_of_leaving(
            r.marginal_cost + feared_loss(r.buyer_trust_in_seller, r.price, p.exit_exposure),
            judged + feared_loss(p.initial_trust, newcomer.list_quote, p.exit_exposure),
            r.usual_units,
            p.wage * (r.usual_transaction_hours - buyer.usual_hours),
            p.switching_cost,
            p.bond_cost * r.bonds * p.with_bonds,
            stance_item(buyer.horizon, r.horizon),
        )
        if gain > largest_gain:
            worst = slot
            largest_gain = gain
    if worst > NOBODY:
        buyer.candidate = candidate
        buyer.candidate_slot = worst
