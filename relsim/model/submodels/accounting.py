"""Accounting: books the month for both sides (B11, B12, B16).

Every submodel has booked its hours and money as it happened; here they are valued, added up and
written to the ledgers. Parts sum to totals, and what the buyer pays the seller receives.

Assumption of ours: a buyer remembers serious problems and delays of itself; the rest it knows from
records.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import COLLABORATIVE, NOBODY, PERSONAL, Market
from relsim.model.submodels.shared import (
    cost_of_unit,
    exponential_average,
    idea_saving,
    min_units,
    transaction_hours,
)


@compiled
def loss_per_unit(
    failure: float, delay: float, inspection: float, charges: float, usual_units: float
) -> float:
    """The buyer's loss after the purchase, in money a unit (B11).

    >>> loss_per_unit(100.0, 50.0, 25.0, 25.0, 50.0)
    4.0
    """
    return (failure + delay + inspection + charges) / usual_units


@compiled
def units_bearing_loss(in_use: float, service_life: float, usual_units: float) -> float:
    """Units that the losses of a month belong to (B11).

    Of what is in use for years, as many as are worn out in a month, ``in_use / service_life``; of
    what is used up at once, the usual units.

    >>> units_bearing_loss(8400.0, 84.0, 50.0), units_bearing_loss(0.0, 0.0, 50.0)
    (100.0, 50.0)
    """
    return in_use / service_life if service_life > 0.0 else usual_units


@compiled
def account_profit(revenue: float, production: float, service: float, hours: float) -> float:
    """What a month with one customer earned the seller, its overhead and bonds apart.

    >>> account_profit(5000.0, 3600.0, 300.0, 600.0)
    500.0
    """
    return revenue - production - service - hours


@compiled
def book_relationship(month: Record, r: Record, idea_savings: float) -> None:
    """Add one relationship's month to its buyer's."""
    month.ordered += r.units
    month.delivered += r.delivered
    month.purchase += r.payment
    month.extras += r.extras
    month.later_service += r.service_charge
    month.failure += r.failure_cost
    month.delay += r.delay_cost
    month.haggling_hours += r.haggling_hours
    month.contract_hours += r.contract_hours
    month.blame_hours += r.blame_hours
    month.joint_hours += r.joint_hours
    month.personal_hours += r.personal_hours
    month.inspection_hours += r.inspection_hours
    month.desk_hours += r.complaint_hours
    month.serious_problems += r.serious_problems
    month.small_problems += r.small_problems
    month.voiced_serious += r.voiced_serious
    month.voiced_small += r.voiced_small
    month.caught += r.caught
    month.unsettled += r.unsettled
    month.seller_dependence += r.seller_dependence
    month.ideas_received += r.ideas_received
    month.process_ideas += r.process_ideas_received
    month.exploited_by_buyer += r.exploited_by_buyer
    month.exploited_by_seller += r.exploited_by_seller
    month.negotiations += r.negotiated
    month.buyer_trust += r.buyer_trust_in_seller
    month.seller_trust += r.seller_trust_in_buyer
    month.business_by_buyer += r.business_disclosure_by_buyer
    month.business_by_seller += r.business_disclosure_by_seller
    month.personal_by_buyer += r.personal_disclosure_by_buyer
    month.personal_by_seller += r.personal_disclosure_by_seller
    month.understanding += r.understanding
    month.attention += r.attention
    month.service += r.service
    month.quality += r.quality
    month.misfit += r.misfit
    month.grievance += r.grievance
    month.bonds += r.bonds
    month.dependence += r.buyer_dependence
    month.commitment += r.buyer_commitment
    month.months += 1.0
    month.idea_savings += idea_savings
    month.deliveries += 1.0 if r.delivered > 0.0 else 0.0
    month.inspected += r.inspected if r.delivered > 0.0 else 0.0
    month.promises += 1.0 if r.promise_outcome != 0.0 else 0.0
    month.promises_kept += 1.0 if r.promise_outcome > 0.0 else 0.0
    month.clauses += r.clauses * r.negotiated
    month.collaborative += 1.0 if r.phase >= COLLABORATIVE else 0.0
    month.personal += 1.0 if r.phase == PERSONAL else 0.0


@compiled
def value_hours(p: Record, month: Record, buyer: Record) -> None:
    """Value a buyer's hours, and add what belongs to no single relationship."""
    wage = p.wage
    quote_hours = p.document_hours * buyer.quotes
    month.haggling += wage * (month.haggling_hours + quote_hours)
    month.contracting += wage * month.contract_hours
    month.blame += wage * (month.blame_hours + month.desk_hours)
    month.inspection += wage * month.inspection_hours
    month.relationship += wage * (month.joint_hours + month.personal_hours)
    month.desk_hours += quote_hours
    month.failure += buyer.orphan_cost


@compiled
def book_account(month: Record, r: Record, production: float, wage: float) -> None:
    """Add one account's month to its salesperson's."""
    transaction = transaction_hours(r)
    month.account_months += 1.0
    month.revenue += r.payment + r.extras + r.service_charge
    month.production += production
    month.service += r.service_money
    month.time += wage * (transaction + r.joint_hours + r.personal_hours + r.care_hours)
    month.transaction_hours += transaction
    month.joint_hours += r.joint_hours
    month.personal_hours += r.personal_hours
    month.care_hours += r.care_hours
    month.promises += 1.0 if r.promise_outcome != 0.0 else 0.0
    month.promises_kept += 1.0 if r.promise_outcome > 0.0 else 0.0
    month.process_ideas += r.process_ideas_received


@compiled
def book_salesperson(month: Record, seller: Record, overhead: float) -> None:
    """Add what belongs to a firm and to no single account to its month."""
    month.months += 1.0
    month.overhead += overhead
    month.confidence += seller.confidence
    month.load += seller.load
    month.cash += seller.cash


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` closes its books and learns from them what suppliers really cost."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    month = market.buyer_months[b]
    losses = 0.0
    hours = 0.0
    suppliers = 0.0
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        life = p.service_life * p.with_price_only
        units = max(min_units(p), units_bearing_loss(r.in_use, life, r.usual_units))
        loss = loss_per_unit(
            r.failure_cost,
            r.delay_cost,
            p.wage * r.inspection_hours,
            r.service_charge + r.extras * r.exploited_by_seller,
            units,
        )
        salient = loss_per_unit(p.serious_loss * r.unsettled, r.delay_cost, 0.0, 0.0, units)
        r.recorded_loss = exponential_average(r.recorded_loss, loss, p.smoothing)
        r.believed_loss = exponential_average(r.believed_loss, p.salience * salient, p.smoothing)
        losses += r.believed_loss
        hours += r.usual_transaction_hours
        suppliers += 1.0
        book_relationship(month, r, idea_saving(p, r) * r.delivered)
    if suppliers > 0.0 and p.with_own_norms > 0.0:
        # What a buyer is used to is what its own suppliers give it (TK59).
        buyer.usual_loss = losses / suppliers
        buyer.usual_hours = hours / suppliers
    value_hours(p, month, buyer)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` closes its books: profit of each account, and what is left."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    month = market.salesperson_months[s]
    seller.profit = -p.overhead
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        production = cost_of_unit(p, r, seller) * r.delivered
        hours = transaction_hours(r) + r.joint_hours + r.personal_hours + r.care_hours
        r.usual_seller_hours = exponential_average(r.usual_seller_hours, hours, p.smoothing)
        r.seller_profit = account_profit(
            r.payment + r.extras + r.service_charge, production, r.service_money, p.wage * hours
        )
        r.usual_profit = exponential_average(r.usual_profit, r.seller_profit, p.smoothing)
        seller.profit += r.seller_profit
        book_account(month, r, production, p.wage)
    seller.cash = min(p.working_capital, seller.cash + seller.profit)
    book_salesperson(month, seller, p.overhead)
