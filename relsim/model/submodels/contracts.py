"""Contracts: clauses, length and reopening (B2, B15, B21, B22).

Part of negotiation. A contract saves the hours of agreeing anew and binds to a partner who may
prove untrustworthy; clauses take hours and avert some of that harm.

Assumption of ours: the contract is as long as the side that wants it shorter will have it, and has
as many clauses as the side that wants more of them.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.submodels.shared import held, shortened, steps_while_marginal_gain

SHORTEST_CONTRACT = 1.0
"""Months: nothing is agreed for less than a period."""


@compiled
def clauses_wanted(
    trust: float, stake: float, exposure: float, strength: float, cost_of_clause: float, most: float
) -> float:
    """Clauses a side wants: one more while the harm it averts exceeds its hours (B15, B21).

    The next clause averts ``stake * (1 - trust) * exposure * (1 - strength) * strength**n``.

    Parameters
    ----------
    trust : float
        Trust of the side that decides, 0 to 1.
    stake : float
        Worth of the whole contract, all its months, money, from 0.
    exposure : float
        Harm feared without clauses, share of stake, from 0.
    strength : float
        Exposure that one more clause leaves open, 0 to 1.
    cost_of_clause : float
        Hours of a clause, money, above 0.
    most : float
        Most clauses, from 0.

    Returns
    -------
    float
        Whole number, 0 to ``most``.

    Examples
    --------
    >>> clauses_wanted(0.5, 10000.0, 0.1, 0.75, 75.0, 12.0)
    2.0
    >>> clauses_wanted(1.0, 10000.0, 0.1, 0.75, 75.0, 12.0)
    0.0
    """
    averted = stake * (1.0 - trust) * exposure * (1.0 - strength)
    return steps_while_marginal_gain(averted, strength, cost_of_clause, most)


@compiled
def contract_months(
    trust: float, renegotiation: float, stake: float, harm: float, flexibility: float, most: float
) -> float:
    """Length of contract a side wants (B2): hours of renegotiating against harm of being bound.

    A contract of ``m`` months costs ``renegotiation / m + (1 - trust) * harm * stake * m / 2``
    a month, and ``flexibility * stake * m / 2`` for bids forgone; the least is at
    ``m = sqrt(2 * renegotiation / (stake * ((1 - trust) * harm + flexibility)))``, held between
    one month and ``most``; where there is no harm and no bid forgone it is ``most``.

    Parameters
    ----------
    trust : float
        Trust of the side that decides, 0 to 1.
    renegotiation : float
        Hours of agreeing anew, money, from 0.
    stake : float
        Worth of a month of the trade, money/month, from 0.
    harm : float
        Harm of being bound to one not trusted at all, share/month, from 0.
    flexibility : float
        Gain of fresh bids forgone, share/month, from 0.
    most : float
        Longest contract, months, from 1.

    Returns
    -------
    float
        Months, 1 to ``most``.

    Examples
    --------
    >>> contract_months(0.5, 1000.0, 5000.0, 0.004, 0.002, 36.0)
    10.0
    """
    burden = stake * ((1.0 - trust) * harm + flexibility)
    if burden * most * most <= 2.0 * renegotiation:
        return most
    return max(SHORTEST_CONTRACT, math.sqrt(2.0 * renegotiation / burden))


@compiled
def is_reopened(
    trust: float, shift: float, stake: float, harm: float, cost_of_reopening: float
) -> bool:
    """Whether a change of needs makes a side reopen the contract before its end (B2, B22).

    It does if ``(1 - trust) * harm * shift * stake`` exceeds the hours it takes.

    Parameters
    ----------
    trust : float
        Trust of the side that trusts less, 0 to 1.
    shift : float
        Change of needs, shock, from 0.
    stake : float
        Worth of all that is left of the contract, money, from 0.
    harm : float
        Harm feared after a change of one, share of stake, from 0.
    cost_of_reopening : float
        Hours that it takes, money, from 0.

    Returns
    -------
    bool
        True if the contract is reopened.

    Examples
    --------
    >>> is_reopened(0.5, 1.0, 30000.0, 0.1, 600.0), is_reopened(0.9, 0.1, 30000.0, 0.1, 600.0)
    (True, False)
    """
    return (1.0 - trust) * harm * shift * stake > cost_of_reopening


@compiled
def length_agreed(p: Record, r: Record, stake: float, flexibility: float, draw: float) -> int:
    """Months of the next contract: the shorter of what the two want, its fraction drawn.

    Parameters
    ----------
    p : Record
        The parameters of the run.
    r : Record
        The relationship.
    stake : float
        Worth of the trade, money/month, from 0.
    flexibility : float
        Gain of fresh bids that the buyer would forgo, share/month, from 0.
    draw : float
        A draw, 0 to 1.

    Returns
    -------
    int
        Months, from 1.
    """
    round_money = p.wage * shortened(p.round_hours, r.understanding, p.understanding_saving)
    renegotiation = p.wage * p.opening_hours + p.usual_rounds * round_money
    buyer_wants = contract_months(
        r.buyer_trust_in_seller,
        renegotiation,
        stake,
        p.binding_harm,
        flexibility,
        p.max_contract_months,
    )
    seller_wants = contract_months(
        r.seller_trust_in_buyer, renegotiation, stake, p.binding_harm, 0.0, p.max_contract_months
    )
    months = held(min(buyer_wants, seller_wants), p.hold_contract_months)
    return math.floor(months + draw)


@compiled
def clauses_agreed(p: Record, r: Record, exposed: float, clause_hours: float) -> float:
    """Clauses of the next contract: as many as the side that wants more of them wants.

    Parameters
    ----------
    p : Record
        The parameters of the run.
    r : Record
        The relationship.
    exposed : float
        Worth of the contract, money, from 0.
    clause_hours : float
        Hours of a clause, from 0.

    Returns
    -------
    float
        Clauses, from 0.
    """
    cost = p.wage * clause_hours
    buyer_wants = clauses_wanted(
        r.buyer_trust_in_seller,
        exposed,
        p.unprotected_share,
        p.clause_strength,
        cost,
        p.max_clauses,
    )
    seller_wants = clauses_wanted(
        r.seller_trust_in_buyer,
        exposed,
        p.unprotected_share,
        p.clause_strength,
        cost,
        p.max_clauses,
    )
    return held(p.with_contracts * max(buyer_wants, seller_wants), p.hold_clauses)
