"""Complaint: problems are voiced or swallowed; the voiced can be made good (B8, A6; GO).

Voice is an investment: expected remedy and expected future against effort, with candour and
contact. What is swallowed becomes grievance, and grievance lowers candour. What stays unsettled
needs blame time, if the buyer thinks that it pays.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import NEUTRAL, clamped, is_managed

MAX_DRIVE = 30.0
"""Log-odds beyond which a chance cannot be told from 0 or 1; keeps the exponential finite."""

REMEDY_BY_CARE = 0.5
"""Share of a remedy that needs care only; the rest needs service. Half each: no source says."""


@compiled
def voice_probability(drive: float) -> float:
    """Probability that a problem is voiced: ``1 / (1 + exp(-drive))``.

    >>> voice_probability(0.0), round(voice_probability(-2.0), 4)
    (0.5, 0.1192)
    """
    return 1.0 / (1.0 + math.exp(-max(-MAX_DRIVE, min(MAX_DRIVE, drive))))


@compiled
def voice_drive(
    asked: float, candour: float, hope: float, contact: float, future: float, grievance: float
) -> float:
    """What speaks for voicing a problem, in log-odds; grievance speaks against it (B8).

    >>> voice_drive(2.0, 0.5, -0.5, 0.3, 0.2, 1.0)
    1.5
    """
    return asked + candour + hope + contact + future - grievance


@compiled
def number_of(count: float, probability: float, uniform: float) -> float:
    """How many of ``count`` events happen, each with ``probability``, by inversion.

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

    >>> number_voiced(2.0, 0.0, 0.5), number_voiced(0.0, 3.0, 0.5)
    (1.0, 0.0)
    """
    return number_of(problems, voice_probability(drive), uniform)


@compiled
def grievance_after(
    grievance: float,
    swallowed: float,
    unsettled: float,
    remedied: float,
    grievance_monthly_decay: float,
) -> float:
    """Grievance fades, grows by what is swallowed or unsettled, and is eased by remedy.

    ``max(0, grievance_monthly_decay * grievance + swallowed + unsettled - remedied)``

    >>> grievance_after(1.0, 0.5, 0.0, 0.5, 0.75)
    0.75
    """
    return max(0.0, grievance_monthly_decay * grievance + swallowed + unsettled - remedied)


@compiled
def blame_pays(loss: float, trust: float, blame_recovery: float, cost: float) -> bool:
    """Whether a buyer spends hours on who is to blame (B15).

    ``blame_recovery * (1 - trust) * loss > cost``: who trusts takes it for bad luck that is shared;
    who does not expects to be owed.

    >>> blame_pays(400.0, 0.4, 0.6, 100.0), blame_pays(400.0, 0.8, 0.6, 100.0)
    (True, False)
    """
    return blame_recovery * (1.0 - trust) * loss > cost


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` voices or swallows this period's problems with each supplier."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        draws = market.relationship_draws[slot]
        asked = p.voice_when_asked * r.asked
        drive = voice_drive(
            asked,
            p.voice_by_candour * (buyer.candour - NEUTRAL),
            p.voice_by_hope * (r.promises_kept - NEUTRAL),
            p.voice_by_contact * (r.attention - 1.0),
            p.voice_by_future * (r.buyer_commitment - NEUTRAL),
            p.with_grievance * p.voice_lost_by_grievance * r.grievance,
        )
        drive = clamped(drive, p.hold_voice)
        r.voiced_serious = 0.0
        if r.serious_problems > r.caught:
            r.voiced_serious = number_voiced(
                r.serious_problems - r.caught, p.voice_serious + drive, draws.voice_serious
            )
        r.voiced_small = number_voiced(r.small_problems, p.voice_small + drive, draws.voice_small)
        r.complaint_hours += p.complaint_hours * (r.voiced_serious + r.voiced_small)
        if r.voiced_serious + r.voiced_small > 0.0 or r.asked > 0.0:
            r.silent_months = 0.0
        else:
            r.silent_months += 1.0


@compiled
def remedy_chance(
    remedy_rate: float, attention: float, service: float, by_manager: float, listening: float
) -> float:
    """Chance that a voiced problem is made good: care, service, and who listens (B8, B13).

    ``remedy_rate * attention * (1/2 + service / 2) * (1 + by_manager) * (1 + listening)``, at most
    1.

    >>> round(remedy_chance(0.5, 1.0, 1.0, 0.2, 0.0), 6), remedy_chance(0.5, 1.0, 0.0, 0.0, 0.4)
    (0.6, 0.35)
    """
    by_care = REMEDY_BY_CARE + (1.0 - REMEDY_BY_CARE) * service
    return min(1.0, remedy_rate * attention * by_care * (1.0 + by_manager) * (1.0 + listening))


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` makes good what it hears of, as far as care and service go."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        draws = market.relationship_draws[slot]
        chance = remedy_chance(
            p.remedy_rate,
            r.attention,
            r.service,
            p.remedy_by_key_account_manager * is_managed(p, seller),
            p.with_listening_answers * p.listening_effect * seller.listening,
        )
        serious = number_of(r.voiced_serious, chance, draws.remedied_serious) * p.with_remedy
        small = number_of(r.voiced_small, chance, draws.remedied_small) * p.with_remedy
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
            p.grievance_monthly_decay,
        )
        r.failure_cost = (
            p.serious_loss * (open_serious - p.remedy_share * serious)
            + p.small_loss * r.small_problems
            + p.misfit_cost * r.misfit * r.usual_units / p.units_per_account
        )
