"""Contracts: clauses, length and reopening (B2, B15, B21, B22; J87).

Part of negotiation. A contract saves the hours of agreeing anew and binds to a partner who may
prove untrustworthy; clauses take hours and avert some of that harm.

Assumption of ours: the contract is as long as the side that wants it shorter will have it, and has
as many clauses as the side that wants more of them.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.submodels.shared import clamped, shortened, steps_while_marginal_gain

MAX_CLAUSES = 24.0
"""Most clauses in a contract: law is finite (assumption)."""

MIN_CONTRACT_MONTHS = 1.0
"""Months: nothing is agreed for less than a period."""


@compiled
def clauses_wanted(
    trust: float,
    contract_value: float,
    clause_exposure: float,
    clause_strength: float,
    cost_of_clause: float,
) -> float:
    """Clauses a side wants: one more while the harm it averts exceeds its hours (B15, B21).

    The next clause averts ``contract_value * (1 - trust) * clause_exposure * (1 -
    clause_strength) * clause_strength**n``.

    >>> clauses_wanted(0.5, 10000.0, 0.1, 0.75, 75.0)
    2.0
    >>> clauses_wanted(1.0, 10000.0, 0.1, 0.75, 75.0)
    0.0
    """
    averted = contract_value * (1.0 - trust) * clause_exposure * (1.0 - clause_strength)
    return steps_while_marginal_gain(averted, clause_strength, cost_of_clause, MAX_CLAUSES)


@compiled
def contract_months(
    trust: float,
    renegotiation: float,
    monthly_spend: float,
    binding_harm: float,
    flexibility: float,
    min_months: float,
    max_contract_months: float,
) -> float:
    """Length of contract a side wants (B2, J87): agreeing anew against the harm of being bound.

    A contract of ``m`` months costs ``renegotiation / m + (1 - trust) * binding_harm *
    monthly_spend * m / 2`` a month, and ``flexibility * monthly_spend * m / 2`` for bids
    forgone; the least is at ``m = sqrt(2 * renegotiation / (monthly_spend * ((1 - trust) *
    binding_harm + flexibility)))``, at most ``max_contract_months``, also where there is no
    harm and no bid forgone, and at least ``min_months``, even if that is more.

    >>> contract_months(0.5, 1000.0, 5000.0, 0.004, 0.002, 1.0, 36.0)
    10.0
    """
    burden = monthly_spend * ((1.0 - trust) * binding_harm + flexibility)
    if burden * max_contract_months * max_contract_months <= 2.0 * renegotiation:
        return max(min_months, max_contract_months)
    return max(min_months, math.sqrt(2.0 * renegotiation / burden))


@compiled
def at_stake_in_renegotiation(
    trust: float, skill: float, specific_months: float, monthly_spend: float
) -> float:
    """What a side fears to lose of what is sunk in the relationship when terms are open (J87).

    ``(1 - trust) * skill * specific_months * monthly_spend``: what was learned for this partner is
    worth little elsewhere, and one that is not trusted could hold it up.

    >>> at_stake_in_renegotiation(0.5, 0.4, 0.5, 40000.0)
    4000.0
    """
    return (1.0 - trust) * skill * specific_months * monthly_spend


@compiled
def is_reopened(
    trust: float,
    need_shift: float,
    contract_value: float,
    change_harm: float,
    cost_of_reopening: float,
) -> bool:
    """Whether a change of needs makes a side reopen the contract before its end (B2, B22).

    It does if ``(1 - trust) * change_harm * need_shift * contract_value`` exceeds the hours it
    takes.

    >>> is_reopened(0.5, 1.0, 30000.0, 0.1, 600.0), is_reopened(0.9, 0.1, 30000.0, 0.1, 600.0)
    (True, False)
    """
    return (1.0 - trust) * change_harm * need_shift * contract_value > cost_of_reopening


@compiled
def length_agreed(
    p: Record, r: Record, monthly_spend: float, flexibility: float, draw: float
) -> int:
    """Months of the next contract: the shorter of what the two want, its fraction drawn."""
    opening = shortened(p.opening_hours, r.understanding, p.understanding_saving)
    hours_money = p.wage * opening
    skill = p.with_contract_weighing * p.with_improvement * r.skill
    shortest = max(MIN_CONTRACT_MONTHS, p.with_contract_weighing * p.lead_time)
    buyer_wants = contract_months(
        r.buyer_trust_in_seller,
        hours_money
        + at_stake_in_renegotiation(
            r.buyer_trust_in_seller, skill, p.specific_months, monthly_spend
        ),
        monthly_spend,
        p.binding_harm,
        flexibility,
        shortest,
        p.max_contract_months,
    )
    seller_wants = contract_months(
        r.seller_trust_in_buyer,
        hours_money
        + at_stake_in_renegotiation(
            r.seller_trust_in_buyer, skill, p.specific_months, monthly_spend
        ),
        monthly_spend,
        p.binding_harm,
        0.0,
        shortest,
        p.max_contract_months,
    )
    months = clamped(min(buyer_wants, seller_wants), p.hold_contract_months)
    return math.floor(months + draw)


@compiled
def clauses_agreed(p: Record, r: Record, contract_value: float, clause_hours: float) -> float:
    """Clauses of the next contract: as many as the side that wants more of them wants."""
    cost = p.wage * clause_hours
    buyer_wants = clauses_wanted(
        r.buyer_trust_in_seller,
        contract_value,
        p.clause_exposure,
        p.clause_strength,
        cost,
    )
    seller_wants = clauses_wanted(
        r.seller_trust_in_buyer,
        contract_value,
        p.clause_exposure,
        p.clause_strength,
        cost,
    )
    return clamped(p.with_contracts * max(buyer_wants, seller_wants), p.hold_clauses)
