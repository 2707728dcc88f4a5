"""Choice of suppliers: what a unit costs as a buyer sees it, and what moving saves (B1, B9; H70).

Ordering asks it every month, of those that a buyer has and of a newcomer. A newcomer is judged by
what the buyer's own bargaining usually obtains, or by its bid, and by the losses that the buyer is
used to from its own suppliers. Bids come before anything is signed: who wins one is bound by it,
and a buyer that takes it owes nothing. Who leaves at another time pays what the contract is worth.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.negotiation import bid_of, rival_drawn
from relsim.model.submodels.shared import stance_item


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
def cost_of_newcomer(p: Record, buyer: Record, price: float, promised: float) -> float:
    """What a unit from a stranger costs as the buyer sees it, at a price and with a promise."""
    cost: float = marginal_cost(
        price,
        buyer.usual_loss,
        0.0,
        buyer.life_cycle_weight,
        0.0,
        believed_promise_value(promised, p.initial_trust, p.initial_trust, p.promise_value),
        buyer.life_cycle_weight if p.with_price_only > 0.0 else 1.0,
    )
    return cost


@compiled
def feared_loss(trust: float, price: float, exit_exposure: float) -> float:
    """Loss a unit that a buyer fears from being exploited, weighed when it thinks of leaving (B14).

    ``(1 - trust) * exit_exposure * price``: a stranger is feared as first trust has it.

    >>> feared_loss(0.75, 100.0, 0.04)
    1.0
    """
    return (1.0 - trust) * exit_exposure * price


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
def months_bound(contract_end: int, period: int, promise_outcome: float) -> float:
    """Months that a contract binds the buyer for: none once the supplier has broken its promise.

    What the law calls a breach sets the other side free (S80).

    >>> months_bound(30, 10, 1.0), months_bound(30, 10, -1.0), months_bound(8, 10, 1.0)
    (20.0, 0.0, 0.0)
    """
    if promise_outcome < 0.0:
        return 0.0
    return max(0.0, float(contract_end - period))


@compiled
def damages(price: float, cost: float, usual_units: float, months: float) -> float:
    """What a buyer owes that leaves before its contract ends: the profit that is lost (S80).

    ``max(0, price - cost) * usual_units * months``: expectation damages.

    >>> damages(80.0, 74.0, 100.0, 10.0), damages(80.0, 82.0, 100.0, 10.0)
    (6000.0, 0.0)
    """
    return max(0.0, price - cost) * usual_units * months


@compiled
def gain_of_moving(p: Record, buyer: Record, r: Record, judged: float, quote: float) -> float:
    """What moving from a supplier to a stranger saves the buyer, the end of its contract apart."""
    gain: float = gain_of_leaving(
        r.marginal_cost + feared_loss(r.buyer_trust_in_seller, r.price, p.exit_exposure),
        judged + feared_loss(p.initial_trust, quote, p.exit_exposure),
        r.usual_units,
        p.wage * (r.usual_transaction_hours - buyer.usual_hours),
        p.switching_cost,
        p.bond_cost * r.bonds * p.with_bonds,
        stance_item(buyer.horizon, r.horizon),
    )
    return gain


@compiled
def supplies(market: Market, b: int, rival: int) -> bool:
    """Whether a rival is one of the suppliers of buyer ``b`` already."""
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        if market.relationships[slot].seller == rival:
            return True
    return False


@compiled
def lowest_bidder(market: Market, b: int) -> tuple[int, float]:
    """Who bid least for the business of buyer ``b`` in this period, and what; nobody if none did.

    Who supplies the buyer already bids for nothing else.
    """
    quotes = market.buyers[b].quotes
    others = market.parameters[0].with_competitive_bids * quotes
    lowest = math.inf
    chosen = NOBODY
    for number in range(quotes):
        rival = rival_drawn(market, b, number)
        if supplies(market, b, rival):
            continue
        bid = bid_of(market, rival, others)
        if bid < lowest:
            lowest = bid
            chosen = rival
    return chosen, lowest


@compiled
def consider_bids(market: Market, b: int) -> None:
    """Buyer ``b`` compares the lowest bid with what it would sign; the better of the two wins."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    chosen, bid = lowest_bidder(market, b)
    if chosen <= NOBODY:
        return
    judged = cost_of_newcomer(p, buyer, bid, market.salespeople[chosen].list_promise)
    largest_gain = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY or r.negotiated <= 0.0 or r.start == period:
            continue
        gain = gain_of_moving(p, buyer, r, judged, bid)
        if gain > largest_gain:
            largest_gain = gain
            buyer.candidate = chosen
            buyer.candidate_slot = slot
            buyer.candidate_bid = bid
