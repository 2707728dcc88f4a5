"""Inspection: where the loss it is expected to avoid exceeds what it costs (B17).

A buyer does not know the seller's quality; it fears the more the less it trusts. Who gives up
inspecting the goods of an opportunist is punished by what then slips through (see delivery).
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.equipment import mend_installation


@compiled
def loss_avoided(
    trust: float, believed_loss: float, fear: float, units: float, catch_rate: float
) -> float:
    """Loss that inspecting a delivery is expected to avoid, an input to the decision (B17).

    ``catch_rate * units * (1 - trust) * (believed_loss + fear)``: who trusts that it was not
    made worse than promised sees little to find.

    Parameters
    ----------
    trust : float
        Trust of the buyer in the seller, 0 to 1.
    believed_loss : float
        Loss after purchase that the buyer believes, money/unit, from 0.
    fear : float
        Loss feared beyond it by one who does not trust, money/unit, from 0.
    units : float
        What is at stake in the delivery, unit, from 0.
    catch_rate : float
        Share of serious problems that inspection catches, 0 to 1.

    Returns
    -------
    float
        Money, from 0.

    Examples
    --------
    >>> round(loss_avoided(0.5, 2.0, 1.0, 50.0, 0.8), 6)
    60.0
    """
    return catch_rate * units * (1.0 - trust) * (believed_loss + fear)


@compiled
def inspection_hours(units: float, fixed: float, per_unit: float) -> float:
    """Hours to inspect a delivery: ``fixed + per_unit * units``.

    Parameters
    ----------
    units : float
        Units delivered, from 0.
    fixed : float
        Hours to inspect any delivery, from 0.
    per_unit : float
        Hours to inspect a unit, from 0.

    Returns
    -------
    float
        Hours, from 0.

    Examples
    --------
    >>> inspection_hours(50.0, 0.5, 0.02)
    1.5
    """
    return fixed + per_unit * units


@compiled
def caught(problems: float, catch_rate: float, uniform: float) -> float:
    """Serious problems caught before harm: each with ``catch_rate``, whole numbers.

    Parameters
    ----------
    problems : float
        Serious problems, whole number, from 0.
    catch_rate : float
        Share that inspection catches, 0 to 1.
    uniform : float
        A draw, 0 to 1.

    Returns
    -------
    float
        Whole number, 0 to ``problems``.

    Examples
    --------
    >>> caught(2.0, 0.7, 0.5), caught(1.0, 0.7, 0.8), caught(0.0, 0.7, 0.1)
    (1.0, 0.0, 0.0)
    """
    expected = problems * catch_rate
    whole = float(int(expected))
    return whole + (1.0 if uniform < expected - whole else 0.0)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` decides of each delivery whether to inspect it.

    Notes
    -----
    Reads what others wrote: of the relationship ``delivered``, ``serious_problems``.

    Writes: of the relationship ``caught``, ``inspected``, ``inspection_hours``; of the equipment
    ``help``.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        r.caught = 0.0
        r.inspection_hours = 0.0
        if r.seller <= NOBODY or r.delivered <= 0.0:
            continue
        luck = market.relationship_luck[slot]
        hours = inspection_hours(r.delivered, p.inspection_hours, p.inspection_hours_per_unit)
        stake = r.delivered * max(0.0, 1.0 + p.lot_variation * luck.lot)
        avoided = loss_avoided(
            r.buyer_trust_in_seller, r.believed_loss, p.inspection_fear, stake, p.catch_rate
        )
        pays = avoided > hours * p.wage
        r.inspected = p.with_inspection * (1.0 if pays else 0.0)
        r.inspection_hours = r.inspected * hours
        if p.service_life <= 0.0:
            r.caught = caught(r.inspected * r.serious_problems, p.catch_rate, luck.caught)
        elif r.inspected > 0.0:
            mend_installation(market, b, r.seller, p.catch_rate)
