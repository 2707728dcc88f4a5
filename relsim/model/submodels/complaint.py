"""Complaint: problems are voiced or swallowed; the voiced can be made good (B8, A6; GO).

Voice is an investment: expected remedy and expected future against effort, with candour and
contact. What is swallowed becomes grievance, and grievance lowers candour. What stays unsettled
needs blame time, if the buyer thinks that it pays.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import NEUTRAL, clamped, felt

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
    asked: float,
    candour: float,
    promises_kept: float,
    attention: float,
    commitment: float,
    voice_sensitivity: float,
) -> float:
    """What speaks for voicing a problem, in log-odds, apart from how serious it is (B8).

    ``voice_sensitivity * (asked + candour - 1/2 + promises_kept - 1/2 + attention - 1 + commitment
    - 1/2)``: being asked, candour, hope of remedy, contact, and a future together.

    >>> round(voice_drive(1.0, 0.7, 0.4, 1.1, 0.3, 2.0), 6)
    2.0
    """
    cues = candour - NEUTRAL + promises_kept - NEUTRAL + attention - 1.0 + commitment - NEUTRAL
    return voice_sensitivity * (asked + cues)


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
        drive = voice_drive(
            r.asked,
            buyer.candour,
            r.promises_kept,
            r.attention,
            r.buyer_commitment,
            p.voice_sensitivity,
        )
        drive -= p.with_grievance * p.voice_lost_by_grievance * felt(p, r, r.grievance)
        drive = clamped(drive, p.hold_voice)
        r.voiced_serious = 0.0
        if r.serious_problems > r.caught:
            r.voiced_serious = number_voiced(
                r.serious_problems - r.caught, p.voice_serious + drive, draws.voice_serious
            )
        # What matters less is less worth the trouble of saying it, by as much as it matters less.
        r.voiced_small = number_voiced(
            r.small_problems, p.voice_serious + math.log(p.small_share) + drive, draws.voice_small
        )
        r.complaint_hours += p.inquiry_hours * (r.voiced_serious + r.voiced_small)
        if r.voiced_serious + r.voiced_small > 0.0 or r.asked > 0.0:
            r.silent_months = 0.0
        else:
            r.silent_months += 1.0


@compiled
def remedy_chance(remedy_rate: float, attention: float, service: float, listening: float) -> float:
    """Chance that a voiced problem is made good: care, service, and who listens (B8, B13).

    ``remedy_rate * attention * (1/2 + service / 2) * (1 + listening)``, at most 1.

    >>> remedy_chance(0.5, 1.0, 1.0, 0.0), remedy_chance(0.5, 1.0, 0.0, 0.4)
    (0.5, 0.35)
    """
    by_care = REMEDY_BY_CARE + (1.0 - REMEDY_BY_CARE) * service
    return min(1.0, remedy_rate * attention * by_care * (1.0 + listening))


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
            p.with_listening_answers * p.listening_effect * seller.listening,
        )
        serious = number_of(r.voiced_serious, chance, draws.remedied_serious) * p.with_remedy
        small = number_of(r.voiced_small, chance, draws.remedied_small) * p.with_remedy
        r.remedied = serious + small
        repairs = p.repair_cost * (serious + p.small_share * small)
        r.service_money += repairs
        if seller.prices_service <= 0.0:
            r.service_charge += repairs
        open_serious = r.serious_problems - r.caught
        r.unsettled = open_serious - serious
        swallowed = open_serious - r.voiced_serious
        swallowed += p.small_share * (r.small_problems - r.voiced_small)
        if r.asked > 0.0:
            # What has been said is as good as voiced: that much of it may be mended.
            r.grievance *= 1.0 - p.remedy_rate
        r.grievance = grievance_after(
            r.grievance,
            swallowed,
            r.voiced_serious - serious + p.small_share * (r.voiced_small - small),
            serious + p.small_share * small,
            p.grievance_monthly_decay,
        )
        r.failure_cost = (
            p.serious_loss * (open_serious - serious)
            + p.small_share * p.serious_loss * (r.small_problems - small)
            + p.misfit_cost * r.misfit * r.usual_units / p.units_per_account
        )
