"""Inspection: where the loss it is expected to avoid exceeds what it costs (B17).

A buyer does not know the seller's quality; it fears the more the less it trusts. Who gives up
inspecting the goods of an opportunist is punished by what then slips through (see delivery).
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.equipment import mend_installation


@compiled
def loss_avoided(
    trust: float,
    believed_loss: float,
    inspection_fear: float,
    units_at_risk: float,
    catch_rate: float,
) -> float:
    """Loss that inspecting a delivery is expected to avoid, an input to the decision (B17).

    ``catch_rate * units_at_risk * (1 - trust) * (believed_loss + inspection_fear)``: who trusts
    that it was not made worse than promised sees little to find.

    >>> round(loss_avoided(0.5, 2.0, 1.0, 50.0, 0.8), 6)
    60.0
    """
    return catch_rate * units_at_risk * (1.0 - trust) * (believed_loss + inspection_fear)


@compiled
def caught(problems: float, catch_rate: float, uniform: float) -> float:
    """Serious problems caught before harm: each with ``catch_rate``, whole numbers.

    >>> caught(2.0, 0.7, 0.5), caught(1.0, 0.7, 0.8), caught(0.0, 0.7, 0.1)
    (1.0, 0.0, 0.0)
    """
    expected = problems * catch_rate
    whole = float(int(expected))
    return whole + (1.0 if uniform < expected - whole else 0.0)


@compiled
def inspect(market: Market, b: int, slot: int, choice: float) -> None:
    """Buyer ``b`` inspects the delivery of one supplier: where that pays, or as a choice says.

    ``choice`` is 1 to inspect, 0 not to, ``nan`` to weigh it.
    """
    p = market.parameters[0]
    r = market.relationships[slot]
    r.caught = 0.0
    r.inspection_hours = 0.0
    if r.seller > NOBODY and r.delivered > 0.0:
        draws = market.relationship_draws[slot]
        hours = p.inspection_hours_per_unit * r.delivered
        units_at_risk = r.delivered * max(0.0, 1.0 + p.monthly_variation * draws.lot)
        avoided = loss_avoided(
            r.buyer_trust_in_seller, r.believed_loss, p.inspection_fear, units_at_risk, p.catch_rate
        )
        pays = avoided > hours * p.wage if math.isnan(choice) else choice > 0.0
        r.inspected = p.with_inspection * (1.0 if pays else 0.0)
        r.inspection_hours = r.inspected * hours
        if p.service_life <= 0.0:
            r.caught = caught(r.inspected * r.serious_problems, p.catch_rate, draws.caught)
        elif r.inspected > 0.0:
            mend_installation(market, b, r.seller, p.catch_rate)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` decides of each delivery whether to inspect it."""
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        inspect(market, b, slot, math.nan)
