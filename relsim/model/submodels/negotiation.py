"""Negotiation: rounds of haggling over the price, and what comes of it (B2, B18).

Another round, a clause, the length of the contract and reopening it are decisions that weigh hours
against expected money, under the decider's trust; the stance shifts what is weighed and never
overrides it. Prices and hours then follow from the actions alone.

Assumptions of ours: seller and buyer share the hours of a round; the gap closes by the same share
each round (probe).
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.contracts import clauses_agreed, is_reopened, length_agreed
from relsim.model.submodels.shared import held, moved, power, shortened, steps_while_marginal_gain


@compiled
def quotes_used(wanted: float, fraction: float) -> int:
    """How many rivals' quotes are used: a whole number, the fraction drawn.

    Parameters
    ----------
    wanted : float
        Quotes used on average, 0 to 4.
    fraction : float
        A draw, 0 to 1.

    Returns
    -------
    int
        Whole number, from 0.

    Examples
    --------
    >>> quotes_used(2.4, 0.5), quotes_used(2.4, 0.3)
    (2, 3)
    """
    count = int(wanted)
    return count + 1 if fraction < wanted - count else count


@compiled
def best_rival_quote(first: float, second: float, third: float, fourth: float, count: int) -> float:
    """Lowest of the first ``count`` rivals' quotes.

    Parameters
    ----------
    first, second, third, fourth : float
        Rivals' bids, money/unit; infinite where there is none.
    count : int
        How many of them are used, from 0.

    Returns
    -------
    float
        Money/unit; infinite if there is none.

    Examples
    --------
    >>> best_rival_quote(99.0, 97.0, 95.0, 90.0, 2), best_rival_quote(99.0, 97.0, 95.0, 90.0, 0)
    (97.0, inf)
    """
    best = first if count >= 1 else math.inf
    best = min(best, second if count >= 2 else math.inf)
    best = min(best, third if count >= 3 else math.inf)
    return min(best, fourth if count >= 4 else math.inf)


@compiled
def reservation_price(
    fair_quote: float, floor: float, given: float, best_rival: float, premium: float
) -> float:
    """Lowest price the seller would now agree to (B18).

    Alone it gives away the share ``given`` of what lies between fair quote and floor; a rival's
    quote takes it down to that quote plus a ``premium`` for being known, never below the floor.

    Parameters
    ----------
    fair_quote, floor : float
        Quote without padding and lowest price agreed to, money/unit, above 0.
    given : float
        Part of what lies between that is given away without rivals, 0 to 1.
    best_rival : float
        Lowest rival's quote, money/unit; infinite if there is none.
    premium : float
        Premium for being known, share, from 0.

    Returns
    -------
    float
        Money/unit, from the lower of ``floor`` and ``fair_quote``.

    Examples
    --------
    >>> reservation_price(100.0, 90.0, 0.3, math.inf, 0.01)
    97.0
    >>> round(reservation_price(100.0, 90.0, 0.3, 92.0, 0.01), 2)
    92.92
    """
    alone = fair_quote - given * max(0.0, fair_quote - floor)
    return max(min(floor, fair_quote), min(alone, best_rival * (1.0 + premium)))


@compiled
def believed_air(
    trust: float, quote: float, best_rival: float, suspicion: float, doubt: float
) -> float:
    """How much of a quote the buyer believes could be bargained away, a decision input (B15).

    ``quote * (doubt + suspicion * (1 - trust)) + max(0, quote - best rival)``: who trusts does
    not suspect a pad; a lower rival quote is evidence to anybody.

    Parameters
    ----------
    trust : float
        Trust of the buyer in the seller, 0 to 1.
    quote : float
        What the seller asks, money/unit, above 0.
    best_rival : float
        Lowest rival's quote, money/unit; infinite if there is none.
    suspicion : float
        Padding that a buyer without trust suspects, share of quote, from 0.
    doubt : float
        Padding that any buyer suspects, share of quote, from 0.

    Returns
    -------
    float
        Money/unit, from 0.

    Examples
    --------
    >>> believed_air(0.5, 100.0, 98.0, 0.1, 0.01)
    8.0
    """
    rival_evidence = max(0.0, quote - best_rival)
    return quote * (doubt + suspicion * (1.0 - trust)) + rival_evidence


@compiled
def haggling_rounds(
    stake: float, closing: float, months_units: float, cost_of_round: float, most: float
) -> float:
    """Rounds of haggling: on while the next one is expected to pay for its hours (B15).

    Round ``n + 1`` is expected to yield ``stake * closing**n * (1 - closing) * units``, with the
    stake of one unit.

    Parameters
    ----------
    stake : float
        What there is to gain on every unit by haggling, money/unit, of either sign.
    closing : float
        Part of the gap that is left after a round, 0 to 1.
    months_units : float
        Units under the contract, from 0.
    cost_of_round : float
        Hours of a round, money, above 0.
    most : float
        Most rounds, from 0.

    Returns
    -------
    float
        Whole number, 0 to ``most``.

    Examples
    --------
    >>> haggling_rounds(5.0, 0.7, 300.0, 100.0, 12.0)
    5.0
    >>> haggling_rounds(0.1, 0.7, 300.0, 100.0, 12.0)
    0.0
    """
    return steps_while_marginal_gain(
        stake * (1.0 - closing) * months_units, closing, cost_of_round, most
    )


@compiled
def agreed_price(
    quote: float, reservation: float, demand: float, rounds: float, closing: float
) -> float:
    """Price after ``rounds`` of haggling: the quote, less the part of the room that they closed.

    ``quote - room * (1 - closing**rounds)``, and ``room`` is
    ``max(0, min(quote - reservation, quote - demand))``.

    Parameters
    ----------
    quote, reservation, demand : float
        Asked, lowest agreed to, and demanded by the buyer, money/unit.
    rounds : float
        Rounds of haggling, whole number, from 0.
    closing : float
        Part of the gap that is left after a round, 0 to 1.

    Returns
    -------
    float
        Money/unit, up to ``quote``.

    Examples
    --------
    >>> round(agreed_price(100.0, 92.0, 90.0, 2.0, 0.7), 2)
    95.92
    """
    room = max(0.0, min(quote - reservation, quote - demand))
    return quote - room * (1.0 - power(closing, rounds))


@compiled
def rival_quote(market: Market, draw: float, seller: int) -> float:
    """Bid of a drawn salesperson; none if it is the one that is negotiated with.

    Parameters
    ----------
    market : Market
        All records of the run.
    draw : float
        A draw, 0 to less than 1.
    seller : int
        Index of the salesperson negotiated with.

    Returns
    -------
    float
        Money/unit; infinite if there is none.
    """
    rival = int(draw * len(market.salespeople))
    return math.inf if rival == seller else market.salespeople[rival].bid


@compiled
def haggle(
    p: Record, r: Record, opening_demand: float, best_rival: float, units: float, cost: float
) -> float:
    """Haggle over the price of ``units`` at ``cost`` a round; the price is agreed.

    What the buyer was told is used up as leverage: it lowers what the buyer asks for, what it
    expects to obtain and what the seller can hold.

    Parameters
    ----------
    p : Record
        The parameters of the run.
    r : Record
        The relationship.
    opening_demand : float
        How far below the reference price the buyer opens, share, 0 to 1.
    best_rival : float
        Lowest rival's quote, money/unit; infinite if there is none.
    units : float
        Units under the contract, from 0.
    cost : float
        Hours of a round, money, above 0.

    Returns
    -------
    float
        Rounds of haggling it took, from 0.
    """
    known = r.leverage * r.quote
    reference = r.quote if r.price <= 0.0 else min(r.quote, r.price)
    demand = reference * (1.0 - opening_demand) - known
    air = known + believed_air(
        r.buyer_trust_in_seller, r.quote, best_rival, p.suspected_padding, p.prior_padding
    )
    rounds = haggling_rounds(min(air, r.quote - demand), p.gap_closing, units, cost, p.max_rounds)
    reservation = reservation_price(
        r.fair_quote, r.floor, p.markup_given, best_rival, p.incumbent_premium
    )
    pressed = max(r.cash_floor, reservation - known)
    r.price = agreed_price(r.quote, pressed, demand, rounds, p.gap_closing)
    r.padding = max(0.0, 1.0 - r.price / r.quote)
    r.price_pressure = held(max(0.0, 1.0 - r.price / r.fair_quote), p.hold_price_pressure)
    r.leverage = 0.0
    return rounds


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` negotiates each contract that has run out, or that a side wants reopened.

    Notes
    -----
    Reads what others wrote: of the salesperson ``bid``; of the relationship
    ``seller_trust_in_buyer``, ``quote``, ``fair_quote``, ``floor``, ``cash_floor``,
    ``offered_quality``.

    Writes: of the buyer ``bargaining``, ``quote_hours``; of the relationship ``contract_end``,
    ``negotiated``, ``price``, ``clauses``, ``price_pressure``, ``padding``, ``leverage``,
    ``promised``, ``haggling_hours``, ``contract_hours``.
    """
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    luck = market.buyer_luck[b]
    used = quotes_used(buyer.rival_quotes * p.with_rival_quotes, luck.rival_fraction)
    buyer.quote_hours = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        r.haggling_hours = 0.0
        r.contract_hours = 0.0
        r.negotiated = 0.0
        if r.seller <= NOBODY:
            continue
        units = max(p.min_units, r.usual_units)
        stake = units * r.quote
        remaining = max(0, r.contract_end - period)
        lower_trust = min(r.buyer_trust_in_seller, r.seller_trust_in_buyer)
        opening = p.wage * p.opening_hours
        reopened = p.with_reopening > 0.0 and is_reopened(
            lower_trust, buyer.need_shift, stake * remaining, p.change_harm, opening
        )
        if remaining > 0 and not reopened:
            continue

        best_rival = best_rival_quote(
            rival_quote(market, luck.rival_1, r.seller),
            rival_quote(market, luck.rival_2, r.seller),
            rival_quote(market, luck.rival_3, r.seller),
            rival_quote(market, luck.rival_4, r.seller),
            used,
        )
        months = length_agreed(
            p,
            r,
            stake,
            p.rebid_value * buyer.rebids_per_year,
            market.relationship_luck[slot].contract_length,
        )
        round_hours = shortened(p.round_hours, r.understanding, p.understanding_saving)
        rounds = haggle(
            p, r, buyer.opening_demand, best_rival, units * months, p.wage * round_hours
        )
        clause_hours = shortened(p.clause_hours, r.understanding, p.understanding_saving)
        r.clauses = clauses_agreed(p, r, stake * months, clause_hours)
        r.contract_end = period + months
        r.promised = r.offered_quality
        r.negotiated = 1.0
        r.haggling_hours = rounds * round_hours
        r.contract_hours = p.opening_hours + r.clauses * clause_hours
        buyer.bargaining = moved(buyer.bargaining, r.price / r.quote, p.bargaining_memory)
        # One set of quotes serves all of the month's negotiations.
        buyer.quote_hours = p.quote_hours * used
