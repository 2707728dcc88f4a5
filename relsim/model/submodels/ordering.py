"""Ordering: how much from whom, by what a unit costs at the margin; who leaves (B1, B9, B11; H70).

Fixed hours, bonds and switching cost do not enter the shares, only the decision to leave. Bids can
win when a contract has run out; at any time trouble with one supplier starts the search for another
in its place.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.choice import (
    believed_promise_value,
    consider_bids,
    cost_of_newcomer,
    damages,
    effective_weight,
    gain_of_moving,
    marginal_cost,
    months_bound,
)
from relsim.model.submodels.shared import exponential_average, felt, idea_saving, stance_item

MAX_DIFFERENCE = 50.0
"""Difference of cost, in units of the scale, that counts at most: weights stay above zero."""


@compiled
def search_chance(search_by_grievance: float, grievance: float) -> float:
    """Chance to look for another supplier in a month: trouble starts the search (CM63, K95).

    ``search_by_grievance * grievance``, with the grievance of a usual account.

    >>> search_chance(0.02, 2.0)
    0.04
    """
    return search_by_grievance * grievance


@compiled
def attraction(cost: float, cheapest: float, choice_scale: float) -> float:
    """Weight of a supplier when orders are spread, a logit (WKH00).

    ``exp(-(cost - cheapest) / choice_scale)``

    >>> round(attraction(103.0, 100.0, 3.0), 4)
    0.3679
    """
    return math.exp(-min(MAX_DIFFERENCE, (cost - cheapest) / choice_scale))


@compiled
def dependence(share: float, bonds: float, bond_hold: float) -> float:
    """How hard leaving would be for the buyer: its share of supply, and bonds (B9).

    ``1 - (1 - share) * exp(-hold * bonds)``.

    >>> dependence(0.25, 0.0, 0.3)
    0.25
    """
    return 1.0 - (1.0 - share) * math.exp(-bond_hold * bonds)


@compiled
def weigh_suppliers(market: Market, b: int) -> None:
    """Buyer ``b`` weighs its suppliers by what a unit costs at the margin; weights are in units."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    interval = max(1, int(p.purchase_interval))
    buyer.need = 0.0
    if (period + buyer.purchase_offset) % interval == 0:
        buyer.need = buyer.volume * interval
    buyer.need += buyer.backlog
    buyer.backlog = 0.0

    cheapest = math.inf
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        own_weight = stance_item(buyer.life_cycle_weight, r.life_cycle_weight)
        weight = effective_weight(own_weight, r.argued, r.buyer_trust_in_seller)
        r.marginal_cost = marginal_cost(
            r.price,
            r.believed_loss,
            idea_saving(p, r),
            weight,
            p.grievance_weight * p.with_grievance * felt(p, r, r.grievance),
            believed_promise_value(
                r.promised, r.buyer_trust_in_seller, r.promises_kept, p.promise_value
            ),
            weight if p.with_price_only > 0.0 else 1.0,
        )
        cheapest = min(cheapest, r.marginal_cost)
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller > NOBODY:
            r.units = attraction(r.marginal_cost, cheapest, p.choice_scale)


@compiled
def share_out(market: Market, b: int) -> None:
    """Buyer ``b`` orders by its weights, and considers one newcomer for its worst place."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    interval = max(1, int(p.purchase_interval))
    total = 0.0
    vacant = False
    sorest = NOBODY
    most_aggrieved = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            vacant = True
            continue
        grievance = p.with_grievance * felt(p, r, r.grievance)
        if grievance > most_aggrieved:
            sorest = slot
            most_aggrieved = grievance
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

    look_around(market, b, NOBODY if vacant else sorest, vacant, most_aggrieved)


@compiled
def look_around(market: Market, b: int, only: int, vacant: bool, most_aggrieved: float) -> None:
    """Buyer ``b`` considers one newcomer: for any place if one is vacant, else for ``only``."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    draws = market.buyer_draws[b]
    candidate = int(draws.candidate * len(market.salespeople))
    newcomer = market.salespeople[candidate]
    buyer.candidate = NOBODY
    buyer.candidate_slot = NOBODY
    buyer.candidate_bid = 0.0
    list_price = newcomer.list_quote * buyer.bargaining
    judged = cost_of_newcomer(p, buyer, list_price, newcomer.list_promise)
    buyer.alternative_cost = exponential_average(buyer.alternative_cost, judged, p.smoothing)
    if p.with_winning_bids > 0.0 and buyer.quotes > 0:
        consider_bids(market, b)
        if buyer.candidate > NOBODY:
            return
    searches = p.with_problem_driven_search * search_chance(p.search_by_grievance, most_aggrieved)
    if draws.searches >= searches and not vacant:
        return
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
        months = months_bound(r.contract_end, period, r.promise_outcome) * p.with_binding_contracts
        gain = gain_of_moving(p, buyer, r, judged, newcomer.list_quote)
        gain -= damages(r.price, r.cash_floor, r.usual_units, months)
        if gain > largest_gain:
            worst = slot
            largest_gain = gain
    if worst > NOBODY:
        buyer.candidate = candidate
        buyer.candidate_slot = worst


@compiled
def replace(market: Market, b: int, slot: int) -> None:
    """Buyer ``b`` applies to this month's newcomer in place of a supplier, unless bound to it."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    r = market.relationships[slot]
    months = months_bound(r.contract_end, market.clock[0].period, r.promise_outcome)
    candidate = int(market.buyer_draws[b].candidate * len(market.salespeople))
    # A contract that was agreed in this month was open when it began.
    free = r.negotiated > 0.0 or months * p.with_binding_contracts <= 0.0
    for other in range(buyer.first_slot, buyer.end_slot):
        if market.relationships[other].seller == candidate:
            free = False
    if free and buyer.candidate <= NOBODY:
        buyer.candidate = candidate
        buyer.candidate_slot = slot
        buyer.candidate_bid = 0.0


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` orders what it needs, and considers one newcomer for its worst place."""
    weigh_suppliers(market, b)
    share_out(market, b)
