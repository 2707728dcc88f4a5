"""Complaint: problems are voiced or swallowed; the voiced can be made good (B8, A6; GO).

Voice is an investment: expected remedy and expected future against effort, with candour and
contact. What is swallowed becomes grievance, and grievance lowers candour. What stays unsettled
needs blame time, if the buyer thinks that it pays.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import NEUTRAL, held

MOST_DRIVE = 30.0
"""Log-odds beyond which a chance cannot be told from 0 or 1; keeps the exponential finite."""

REMEDY_BY_CARE = 0.5
"""Share of a remedy that needs care only; the rest needs service. Half each: no source says."""


@compiled
def voice_probability(drive: float) -> float:
    """Probability that a problem is voiced: ``1 / (1 + exp(-drive))``.

    Parameters
    ----------
    drive : float
        What speaks for voicing, log-odds, of either sign.

    Returns
    -------
    float
        Chance, 0 to 1.

    Examples
    --------
    >>> voice_probability(0.0), round(voice_probability(-2.0), 4)
    (0.5, 0.1192)
    """
    return 1.0 / (1.0 + math.exp(-max(-MOST_DRIVE, min(MOST_DRIVE, drive))))


@compiled
def voice_drive(
    asked: float, candour: float, hope: float, contact: float, future: float, grievance: float
) -> float:
    """What speaks for voicing a problem, in log-odds; grievance speaks against it (B8).

    Parameters
    ----------
    asked : float
        Having been asked what is wrong, log-odds, from 0.
    candour, hope, contact, future : float
        Reasons to speak or to be silent, log-odds, of either sign.
    grievance : float
        What speaks against it, log-odds, from 0.

    Returns
    -------
    float
        Log-odds, added to the readiness for a problem of its severity.

    Examples
    --------
    >>> voice_drive(2.0, 0.5, -0.5, 0.3, 0.2, 1.0)
    1.5
    """
    return asked + candour + hope + contact + future - grievance


@compiled
def number_of(count: float, probability: float, uniform: float) -> float:
    """How many of ``count`` events happen, each with ``probability``, by inversion.

    Parameters
    ----------
    count : float
        Events that can happen, whole number, from 0.
    probability : float
        Chance of each, 0 to 1.
    uniform : float
        A draw, 0 to 1.

    Returns
    -------
    float
        Whole number, 0 to ``count``.

    Examples
    --------
    >>> number_of(2.0, 0.5, 0.2), number_of(2.0, 0.5, 0.5), number_of(2.0, 0.5, 0.9)
    (0.0, 1.0, 2.0)
    """
    # The chance of none is at least 1 - count * probability, and mostly there are none.
    if uniform <= 1.0 - count * probability:
        return 0.0
    if probability >= 1.0:
        return count
    odds = probability / (1.0 - probability)
    term = 1.0
    for _ in range(int(count)):
        term = term * (1.0 - probability)
    reached = term
    events = 0.0
    while uniform > reached and events < count:
        term = term * (count - events) / (events + 1.0) * odds
        events += 1.0
        reached += term
    return events


@compiled
def number_voiced(problems: float, drive: float, uniform: float) -> float:
    """How many of ``problems`` are voiced.

    Parameters
    ----------
    problems : float
        Problems that can be voiced, whole number, from 0.
    drive : float
        What speaks for voicing one, log-odds, of either sign.
    uniform : float
        A draw, 0 to 1.

    Returns
    -------
    float
        Whole number, 0 to ``problems``.

    Examples
    --------
    >>> number_voiced(2.0, 0.0, 0.5), number_voiced(0.0, 3.0, 0.5)
    (1.0, 0.0)
    """
    return number_of(problems, voice_probability(drive), uniform)


@compiled
def grievance_after(
    grievance: float, swallowed: float, unsettled: float, remedied: float, memory: float
) -> float:
    """Grievance fades, grows by what is swallowed or unsettled, and is eased by remedy.

    ``max(0, memory * g + swallowed + unsettled - remedied)``

    Parameters
    ----------
    grievance, swallowed, unsettled, remedied : float
        Problems, small ones as part of a serious one, from 0.
    memory : float
        Share of a grievance that lasts a month, 0 to 1.

    Returns
    -------
    float
        Problems, from 0.

    Examples
    --------
    >>> grievance_after(1.0, 0.5, 0.0, 0.5, 0.75)
    0.75
    """
    return max(0.0, memory * grievance + swallowed + unsettled - remedied)


@compiled
def blame_pays(loss: float, trust: float, recovery: float, cost: float) -> bool:
    """Whether a buyer spends hours on who is to blame: ``recovery * (1 - trust) * loss > cost``.

    Who trusts takes it for bad luck that is shared; who does not expects to be owed (B15).

    Parameters
    ----------
    loss : float
        Loss by the matter, money, from 0.
    trust : float
        Trust of the buyer in the seller, 0 to 1.
    recovery : float
        Share of a loss that blaming is expected to recover, 0 to 2.
    cost : float
        Hours that it takes, money, from 0.

    Returns
    -------
    bool
        True if blame is expected to pay.

    Examples
    --------
    >>> blame_pays(400.0, 0.4, 0.6, 100.0), blame_pays(400.0, 0.8, 0.6, 100.0)
    (True, False)
    """
    return recovery * (1.0 - trust) * loss > cost


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` voices or swallows this period's problems with each supplier.

    Notes
    -----
    Reads what others wrote: of the relationship ``attention``, ``asked``, ``promises_kept``,
    ``serious_problems``, ``small_problems``, ``grievance``.

    Writes: of the relationship ``voiced_serious``, ``voiced_small``, ``silent_months``,
    ``complaint_hours``.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        luck = market.relationship_luck[slot]
        asked = p.voice_when_asked * r.asked
        drive = voice_drive(
            asked,
            p.voice_by_candour * (buyer.candour - NEUTRAL),
            p.voice_by_hope * (r.promises_kept - NEUTRAL),
            p.voice_by_contact * (r.attention - 1.0),
            p.voice_by_future * (r.buyer_commitment - NEUTRAL),
            p.with_grievance * p.voice_lost_by_grievance * r.grievance,
        )
        drive = held(drive, p.hold_voice)
        r.voiced_serious = 0.0
        if r.serious_problems > r.caught:
            r.voiced_serious = number_voiced(
                r.serious_problems - r.caught, p.voice_serious + drive, luck.voice_serious
            )
        r.voiced_small = number_voiced(r.small_problems, p.voice_small + drive, luck.voice_small)
        r.complaint_hours += p.complaint_hours * (r.voiced_serious + r.voiced_small)
        if r.voiced_serious + r.voiced_small > 0.0 or r.asked > 0.0:
            r.silent_months = 0.0
        else:
            r.silent_months += 1.0


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` makes good what it hears of, as far as care and service go.

    Notes
    -----
    Reads what others wrote: of the relationship ``usual_units``, ``misfit``, ``caught``,
    ``voiced_serious``, ``voiced_small``.

    Writes: of the relationship ``remedied``, ``unsettled``, ``grievance``, ``failure_cost``,
    ``service_money``.
    """
    p = market.parameters[0]
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        luck = market.relationship_luck[slot]
        chance = min(
            1.0,
            p.remedy_rate
            * r.attention
            * (REMEDY_BY_CARE + (1.0 - REMEDY_BY_CARE) * r.service)
            * (
                1.0
                + p.remedy_by_key_account_manager
                * seller.key_account_manager
                * p.with_key_account_manager
            ),
        )
        serious = number_of(r.voiced_serious, chance, luck.remedied_serious) * p.with_remedy
        small = number_of(r.voiced_small, chance, luck.remedied_small) * p.with_remedy
        r.remedied = serious + small
        r.service_money += p.remedy_cost * (serious + p.small_call * small)
        open_serious = r.serious_problems - r.caught
        r.unsettled = open_serious - serious
        swallowed = open_serious - r.voiced_serious
        swallowed += p.small_grievance * (r.small_problems - r.voiced_small)
        if r.asked > 0.0:
            r.grievance *= p.grievance_after_asking
        r.grievance = grievance_after(
            r.grievance,
            swallowed,
            r.voiced_serious - serious + p.small_grievance * (r.voiced_small - small),
            serious + p.small_grievance * small,
            p.grievance_memory,
        )
        r.failure_cost = (
            p.serious_loss * (open_serious - p.remedy_share * serious)
            + p.small_loss * r.small_problems
            + p.misfit_cost * r.misfit * r.usual_units / p.units_per_account
        )
