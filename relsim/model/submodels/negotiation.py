"""Negotiation: rounds of haggling over the price, and what comes of it (B2, B18; V61, R82).

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
from relsim.model.submodels.shared import (
    clamped,
    exponential_average,
    min_units,
    plans_known,
    power,
    shortened,
    stance_item,
    steps_while_marginal_gain,
)

MAX_ROUNDS = 24.0
"""Most rounds in one negotiation: by then the gap is closed."""


@compiled
def quotes_used(wanted: float, fraction: float) -> int:
    """How many rivals' quotes are used: a whole number, the fraction drawn.

    >>> quotes_used(2.4, 0.5), quotes_used(2.4, 0.3)
    (2, 3)
    """
    count = int(wanted)
    return count + 1 if fraction < wanted - count else count


@compiled
def competing_bid(floor: float, full: float, others: float) -> float:
    """Bid of a rival that knows that ``others`` are asked too (V61, MM87).

    ``floor + (full - floor) / (others + 1)``: alone it asks its full quote, among many little more
    than the lowest price it would agree to.

    >>> competing_bid(74.0, 90.0, 0.0), competing_bid(74.0, 90.0, 3.0)
    (90.0, 78.0)
    """
    return floor + (full - floor) / (others + 1.0)


@compiled
def reservation_price(
    fair_quote: float, floor: float, best_rival: float, incumbent_premium: float
) -> float:
    """Lowest price the seller would now agree to (B18).

    Alone it gives away no more than its padding; a rival's quote takes it down to that quote plus
    a ``incumbent_premium`` for being known, never below the floor.

    >>> reservation_price(100.0, 90.0, math.inf, 0.01)
    100.0
    >>> round(reservation_price(100.0, 90.0, 92.0, 0.01), 2)
    92.92
    """
    return max(min(floor, fair_quote), min(fair_quote, best_rival * (1.0 + incumbent_premium)))


@compiled
def expected_reduction(
    trust: float,
    known: float,
    quote: float,
    best_rival: float,
    padding_rate: float,
) -> float:
    """How much of a quote the buyer believes could be bargained away, a decision input (B15, KK05).

    ``quote * padding_rate * (1 - trust) * (1 - known) + max(0, quote - best rival)``: a buyer
    knows how sellers pad, but who trusts, or has seen the seller's books, does not suspect it
    here; a lower rival quote is evidence to anybody.

    >>> expected_reduction(0.5, 0.0, 100.0, 98.0, 0.1)
    7.0
    >>> expected_reduction(0.5, 1.0, 100.0, 98.0, 0.1)
    2.0
    """
    suspected = padding_rate * (1.0 - trust) * (1.0 - known)
    return quote * suspected + max(0.0, quote - best_rival)


@compiled
def delay_of_round(impatience: float, contract_value: float) -> float:
    """What the delay by a round costs: a share of what is bargained about (R82).

    >>> delay_of_round(0.002, 500000.0)
    1000.0
    """
    return impatience * contract_value


@compiled
def haggling_rounds(
    stake_per_unit: float, gap_closing: float, units: float, cost_of_round: float
) -> float:
    """Rounds of haggling: on while the next one is expected to pay for hours and delay (B15, R82).

    Round ``n + 1`` is expected to yield ``stake_per_unit * gap_closing**n * (1 - gap_closing) *
    units``.

    >>> haggling_rounds(5.0, 0.7, 300.0, 100.0)
    5.0
    >>> haggling_rounds(0.1, 0.7, 300.0, 100.0)
    0.0
    """
    return steps_while_marginal_gain(
        stake_per_unit * (1.0 - gap_closing) * units, gap_closing, cost_of_round, MAX_ROUNDS
    )


@compiled
def agreed_price(
    quote: float, reservation: float, demand: float, rounds: float, gap_closing: float
) -> float:
    """Price after ``rounds`` of haggling: the quote, less the part of the room that they closed.

    ``quote - room * (1 - gap_closing**rounds)``, and ``room`` is
    ``max(0, min(quote - reservation, quote - demand))``.

    >>> round(agreed_price(100.0, 92.0, 90.0, 2.0, 0.7), 2)
    95.92
    """
    room = max(0.0, min(quote - reservation, quote - demand))
    return quote - room * (1.0 - power(gap_closing, rounds))


@compiled
def rival_drawn(market: Market, b: int, number: int) -> int:
    """The salesperson that buyer ``b`` asks as the ``number``-th in this period, from 0 to 3."""
    draws = market.buyer_draws[b]
    draw = draws.rival_1
    if number == 1:
        draw = draws.rival_2
    if number == 2:
        draw = draws.rival_3
    if number == 3:
        draw = draws.rival_4
    return int(draw * len(market.salespeople))


@compiled
def bid_of(market: Market, rival: int, others: float) -> float:
    """Bid of a salesperson asked beside ``others``; none if it has no room for an account."""
    bidder = market.salespeople[rival]
    if bidder.accounts >= market.parameters[0].max_accounts:
        return math.inf
    return competing_bid(bidder.bid_floor, bidder.bid, others)


@compiled
def best_rival_bid(market: Market, b: int, seller: int, count: int) -> float:
    """Lowest bid of ``count`` rivals of a seller; infinite if none of them bids."""
    others = market.parameters[0].with_competitive_bids * count
    best = math.inf
    for number in range(count):
        rival = rival_drawn(market, b, number)
        if rival != seller:
            best = min(best, bid_of(market, rival, others))
    return best


@compiled
def haggle(
    p: Record,
    r: Record,
    opening_demand: float,
    best_rival: float,
    units: float,
    cost_of_round: float,
    begins: bool,
) -> float:
    """Haggle over the price of ``units`` at ``cost_of_round`` a round; the price is agreed.

    What was disclosed to the buyer is used up as leverage: it lowers what the buyer asks for, what
    it expects to obtain and what the seller can defend.
    """
    leverage = r.leverage * r.quote
    reference = r.quote
    if p.with_fresh_demand <= 0.0 and r.price > 0.0 and not begins:
        reference = min(r.quote, r.price)
    demand = reference * (1.0 - opening_demand) - leverage
    expected = leverage + expected_reduction(
        r.buyer_trust_in_seller,
        p.with_open_books * plans_known(r.business_disclosure_by_seller),
        r.quote,
        best_rival,
        p.padding_rate,
    )
    rounds = haggling_rounds(
        min(expected, r.quote - demand),
        p.gap_closing,
        units,
        cost_of_round + p.with_impatience * delay_of_round(p.impatience, units * r.quote),
    )
    reservation = reservation_price(r.fair_quote, r.floor, best_rival, p.incumbent_premium)
    pressed = max(r.cash_floor, reservation - leverage)
    bid = r.price if r.price > 0.0 and begins else math.inf
    # Who has won an account by a bid is bound by it.
    r.price = min(bid, agreed_price(r.quote, pressed, demand, rounds, p.gap_closing))
    r.padding = max(0.0, 1.0 - max(r.price, r.fair_quote) / r.quote)
    r.price_pressure = clamped(max(0.0, 1.0 - r.price / r.fair_quote), p.hold_price_pressure)
    r.leverage = 0.0
    return rounds


@compiled
def agree(market: Market, b: int, slot: int, units: float, monthly_spend: float) -> None:
    """Buyer ``b`` and a supplier agree on length, price and clauses of a new contract."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    r = market.relationships[slot]
    called = stance_item(buyer.rival_quotes, r.rival_quotes)
    used = quotes_used(called * p.with_rival_quotes, market.buyer_draws[b].rival_fraction)
    # A rival is asked beside the other rivals and the supplier that it would replace.
    best_rival = best_rival_bid(market, b, r.seller, used)
    months = length_agreed(
        p,
        r,
        monthly_spend,
        p.rebid_value * stance_item(buyer.rebids_per_year, r.rebids_per_year),
        market.relationship_draws[slot].contract_length,
    )
    round_hours = shortened(p.round_hours, r.understanding, p.understanding_saving)
    rounds = haggle(
        p,
        r,
        stance_item(buyer.opening_demand, r.opening_demand),
        best_rival,
        units * months,
        p.wage * round_hours,
        r.start == period,
    )
    clause_hours = shortened(p.document_hours, r.understanding, p.understanding_saving)
    r.clauses = clauses_agreed(p, r, monthly_spend * months, clause_hours)
    r.contract_end = period + months
    r.promised = r.offered_quality
    r.negotiated = 1.0
    r.haggling_hours = rounds * round_hours
    r.contract_hours = (
        shortened(p.opening_hours, r.understanding, p.understanding_saving)
        + r.clauses * clause_hours
    )
    buyer.bargaining = exponential_average(buyer.bargaining, r.price / r.quote, p.smoothing)
    # One set of quotes, the largest, serves all of the month's negotiations.
    buyer.quotes = max(buyer.quotes, used)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` negotiates each contract that has run out, or that a side wants reopened."""
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    buyer.quotes = 0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        r.haggling_hours = 0.0
        r.contract_hours = 0.0
        r.negotiated = 0.0
        if r.seller <= NOBODY:
            continue
        units = max(min_units(p), r.usual_units)
        monthly_spend = units * r.quote
        remaining = max(0, r.contract_end - period)
        lower_trust = min(r.buyer_trust_in_seller, r.seller_trust_in_buyer)
        hours = p.opening_hours if p.with_contract_weighing <= 0.0 else p.document_hours
        reopened = p.with_reopening > 0.0 and is_reopened(
            lower_trust, buyer.need_shift, monthly_spend * remaining, p.change_harm, p.wage * hours
        )
        if remaining > 0 and not reopened:
            continue
        if remaining > 0 and p.with_contract_weighing > 0.0:
            # What is needed is written anew; the price and the end of the contract stay.
            r.promised = r.offered_quality
            r.contract_hours = shortened(hours, r.understanding, p.understanding_saving)
            continue
        agree(market, b, slot, units, monthly_spend)
