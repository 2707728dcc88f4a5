"""Capital goods: installed, used for years, repaired and maintained, orphaned (B2, B12).

Part of delivery. Equipment belongs to the buyer and outlives the relationship; its maker services
it as long as the two still trade and the firm still stands.

Assumptions of ours: equipment wears, so that its problems grow with age, as much as they do where
nobody helped with its installation; without its maker, third parties repair it.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NEVER, NOBODY, Market


@compiled
def wear(age: float, service_life: float, equipment_harm: float) -> float:
    """How prone to problems equipment is at an age: ``1 + equipment_harm * age / service_life``.

    >>> wear(42.0, 84.0, 1.0)
    1.5
    """
    return 1.0 + equipment_harm * age / service_life


@compiled
def installation_help(service: float, joint_hours: float, contact_hours: float) -> float:
    """Help with installation and application, 0 to 1: service and joint work carry it (B2).

    ``(service + h / (h + contact_hours)) / 2``, with ``service`` up to 1.

    >>> installation_help(0.5, 8.0, 8.0)
    0.5
    """
    return (min(1.0, service) + joint_hours / (joint_hours + contact_hours)) / 2.0


@compiled
def mend_installation(market: Market, b: int, maker: int, catch_rate: float) -> None:
    """Inspection of equipment that has just arrived finds faults while they can be mended."""
    clock = market.clock[0]
    per_buyer = clock.equipment_per_buyer
    for index in range(b * per_buyer, (b + 1) * per_buyer):
        item = market.equipment[index]
        if item.installed == clock.period and item.maker == maker:
            item.help += catch_rate * (1.0 - item.help)


@compiled
def install_and_maintain(market: Market, b: int) -> None:
    """Install what buyer ``b`` received, retire what is worn out, and book upkeep."""
    p = market.parameters[0]
    clock = market.clock[0]
    buyer = market.buyers[b]
    buyer.orphan_cost = 0.0
    per_buyer = clock.equipment_per_buyer
    if per_buyer == 0:
        return
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        r.installed = 0.0
        r.in_use = 0.0
        if r.seller <= NOBODY or r.delivered <= 0.0:
            continue
        for index in range(b * per_buyer, (b + 1) * per_buyer):
            item = market.equipment[index]
            if item.installed == NEVER:
                seller = market.salespeople[r.seller]
                item.installed = clock.period
                item.maker = r.seller
                item.firm = seller.firm
                item.units = r.delivered
                item.service_paid = seller.prices_service
                item.help = installation_help(r.service, r.joint_hours, p.contact_hours)
                break
    for index in range(b * per_buyer, (b + 1) * per_buyer):
        item = market.equipment[index]
        if item.installed == NEVER:
            continue
        age = clock.period - item.installed
        if age >= p.service_life:
            item.installed = NEVER
            continue
        weight = item.units * wear(age, p.service_life, p.equipment_harm)
        weight = weight * (1.0 + p.equipment_harm * (1.0 - item.help))
        serviced = False
        for slot in range(buyer.first_slot, buyer.end_slot):
            r = market.relationships[slot]
            if r.seller == item.maker and market.salespeople[item.maker].firm == item.firm:
                serviced = True
                r.installed += weight
                r.in_use += item.units
                if item.service_paid <= 0.0:
                    r.service_charge += p.maintenance_price * item.units
        if not serviced:
            buyer.orphan_cost += p.maintenance_price * weight
