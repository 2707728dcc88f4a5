"""Accounting: closes the month for both sides (B11, B12, B16).

Every submodel has booked its hours and money as it happened; here they are valued, added up and
written to the ledgers. Parts sum to totals, and what the buyer pays the seller receives.

Assumption of ours: a buyer remembers serious problems and delays of itself; the rest it knows from
records.
"""

from __future__ import annotations

from relsim.compilation import compiled
from relsim.state import COLLABORATIVE, NOBODY, PERSONAL, Market, Record
from relsim.submodels.shared import moved


@compiled
def loss_per_unit(
    failure: float, delay: float, inspection: float, charges: float, usual_units: float
) -> float:
    """The buyer's loss after the purchase, in money a unit (B11).

    Parameters
    ----------
    failure, delay, inspection, charges : float
        Losses of the month, money, from 0.
    usual_units : float
        Units that the losses are spread over, unit/month, from 1.

    Returns
    -------
    float
        Money/unit, from 0.

    Examples
    --------
    >>> loss_per_unit(100.0, 50.0, 25.0, 25.0, 50.0)
    4.0
    """
    return (failure + delay + inspection + charges) / usual_units


@compiled
def account_profit(revenue: float, production: float, service: float, hours: float) -> float:
    """What a month with one customer earned the seller, its overhead and bonds apart.

    Parameters
    ----------
    revenue, production, service, hours : float
        Sums of the month, money, from 0; ``hours`` at the wage.

    Returns
    -------
    float
        Money, of either sign.

    Examples
    --------
    >>> account_profit(5000.0, 3600.0, 300.0, 600.0)
    500.0
    """
    return revenue - production - service - hours


@compiled
def book_relationship(ledger: Record, r: Record, wage: float) -> None:
    """Add one relationship's month to a buyer ledger.

    Parameters
    ----------
    ledger : Record
        The ledger to add to; sums from period 0 on.
    r : Record
        The relationship.
    wage : float
        Cost of an hour, money/hour, 20 to 120.
    """
    ledger.months += 1.0
    ledger.ordered += r.units
    ledger.delivered += r.delivered
    ledger.purchase += r.payment
    ledger.extras += r.extras
    ledger.later_service += r.service_charge
    ledger.haggling += wage * r.haggling_hours
    ledger.contracting += wage * r.contract_hours
    ledger.blame += wage * (r.blame_hours + r.complaint_hours)
    ledger.inspection += wage * r.inspection_hours
    ledger.failure += r.failure_cost
    ledger.delay += r.delay_cost
    ledger.relationship += wage * (r.joint_hours + r.personal_hours)
    ledger.idea_savings += r.idea_value * r.delivered
    ledger.haggling_hours += r.haggling_hours
    ledger.contract_hours += r.contract_hours
    ledger.blame_hours += r.blame_hours
    ledger.joint_hours += r.joint_hours
    ledger.personal_hours += r.personal_hours
    ledger.inspection_hours += r.inspection_hours
    ledger.desk_hours += r.complaint_hours
    ledger.serious_problems += r.serious_problems
    ledger.small_problems += r.small_problems
    ledger.voiced_serious += r.voiced_serious
    ledger.voiced_small += r.voiced_small
    ledger.caught += r.caught
    ledger.unsettled += r.unsettled
    ledger.deliveries += 1.0 if r.delivered > 0.0 else 0.0
    ledger.inspected += r.inspected if r.delivered > 0.0 else 0.0
    ledger.seller_dependence += r.seller_dependence
    ledger.promises += 1.0 if r.kept != 0.0 else 0.0
    ledger.promises_kept += 1.0 if r.kept > 0.0 else 0.0
    ledger.ideas_received += r.ideas_received
    ledger.process_ideas += r.process_ideas_received
    ledger.exploited_by_buyer += r.exploited_by_buyer
    ledger.exploited_by_seller += r.exploited_by_seller
    ledger.negotiations += r.negotiated
    ledger.clauses += r.clauses * r.negotiated
    ledger.buyer_trust += r.buyer_trust_in_seller
    ledger.seller_trust += r.seller_trust_in_buyer
    ledger.business_by_buyer += r.business_disclosure_by_buyer
    ledger.business_by_seller += r.business_disclosure_by_seller
    ledger.personal_by_buyer += r.personal_disclosure_by_buyer
    ledger.personal_by_seller += r.personal_disclosure_by_seller
    ledger.understanding += r.understanding
    ledger.attention += r.attention
    ledger.service += r.service
    ledger.quality += r.quality
    ledger.misfit += r.misfit
    ledger.grievance += r.grievance
    ledger.bonds += r.bonds
    ledger.dependence += r.buyer_dependence
    ledger.commitment += r.buyer_commitment
    ledger.collaborative += 1.0 if r.phase >= COLLABORATIVE else 0.0
    ledger.personal += 1.0 if r.phase == PERSONAL else 0.0


@compiled
def book_buyer(ledger: Record, buyer: Record, wage: float) -> None:
    """Add what belongs to a buyer and to no single relationship to its ledger.

    Parameters
    ----------
    ledger : Record
        The ledger to add to; sums from period 0 on.
    buyer : Record
        The buyer.
    wage : float
        Cost of an hour, money/hour, 20 to 120.
    """
    ledger.haggling += wage * buyer.quote_hours
    ledger.desk_hours += buyer.quote_hours
    ledger.failure += buyer.orphan_cost


@compiled
def book_account(ledger: Record, r: Record, production: float, wage: float) -> None:
    """Add one account's month to a salesperson ledger.

    Parameters
    ----------
    ledger : Record
        The ledger to add to; sums from period 0 on.
    r : Record
        The relationship.
    production : float
        Cost of making what was delivered, money, from 0.
    wage : float
        Cost of an hour, money/hour, 20 to 120.
    """
    transaction = r.haggling_hours + r.contract_hours + r.blame_hours
    ledger.account_months += 1.0
    ledger.revenue += r.payment + r.extras + r.service_charge
    ledger.production += production
    ledger.service += r.service_money
    ledger.time += wage * (transaction + r.joint_hours + r.personal_hours + r.care_hours)
    ledger.transaction_hours += transaction
    ledger.joint_hours += r.joint_hours
    ledger.personal_hours += r.personal_hours
    ledger.care_hours += r.care_hours
    ledger.promises += 1.0 if r.kept != 0.0 else 0.0
    ledger.promises_kept += 1.0 if r.kept > 0.0 else 0.0
    ledger.process_ideas += r.process_ideas_received


@compiled
def book_salesperson(ledger: Record, seller: Record, overhead: float) -> None:
    """Add what belongs to a firm and to no single account to its ledger.

    Parameters
    ----------
    ledger : Record
        The ledger to add to; sums from period 0 on.
    seller : Record
        The salesperson.
    overhead : float
        Fixed cost of the firm, money/month, from 0.
    """
    ledger.months += 1.0
    ledger.overhead += overhead
    ledger.confidence += seller.confidence
    ledger.load += seller.load
    ledger.cash += seller.cash


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` closes its books and learns from them what suppliers really cost.

    Notes
    -----
    Reads what others wrote: of the relationship ``seller_trust_in_buyer``,
    ``business_disclosure_by_buyer``, ``business_disclosure_by_seller``,
    ``personal_disclosure_by_buyer``, ``personal_disclosure_by_seller``, ``attention``, ``service``,
    ``delivered``, ``payment``, ``quality``, ``kept``, ``serious_problems``, ``small_problems``,
    ``unsettled``, ``grievance``, ``exploited_by_seller``, ``extras``, ``seller_dependence``,
    ``bonds``, ``idea_value``, ``ideas_received``, ``failure_cost``, ``delay_cost``,
    ``service_charge``, ``phase``.

    Writes: of the buyer ``newcomer_loss``; of the relationship ``believed_loss``,
    ``recorded_loss``; the ledgers.
    """
    p = market.parameters[0]
    period = market.clock[0].period
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        units = max(p.least_units, r.usual_units)
        loss = loss_per_unit(
            r.failure_cost,
            r.delay_cost,
            p.wage * r.inspection_hours,
            r.service_charge + r.extras * r.exploited_by_seller,
            units,
        )
        salient = loss_per_unit(p.serious_loss * r.unsettled, r.delay_cost, 0.0, 0.0, units)
        r.recorded_loss = moved(r.recorded_loss, loss, p.smoothing)
        r.believed_loss = moved(r.believed_loss, p.salience * salient, p.smoothing)
        if period - r.start < p.young_months:
            buyer.newcomer_loss = moved(buyer.newcomer_loss, r.believed_loss, p.newcomer_memory)
        if period >= 0:
            book_relationship(market.buyer_ledgers[b], r, p.wage)
            book_relationship(market.buyer_series[period], r, p.wage)
    if period >= 0:
        book_buyer(market.buyer_ledgers[b], buyer, p.wage)
        book_buyer(market.buyer_series[period], buyer, p.wage)


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` closes its books: profit of each account, and what is left.

    Notes
    -----
    Reads what others wrote: of the relationship ``process_idea_value``, ``process_ideas_received``,
    ``haggling_hours``, ``contract_hours``, ``blame_hours``, ``joint_hours``, ``personal_hours``,
    ``service_charge``.

    Writes: of the salesperson ``cash``, ``profit``; of the relationship ``seller_profit``,
    ``usual_profit``, ``usual_seller_hours``; the ledgers.
    """
    p = market.parameters[0]
    period = market.clock[0].period
    seller = market.salespeople[s]
    seller.profit = -p.overhead
    for place in range(seller.first_account, seller.end_account):
        slot = market.accounts[place]
        r = market.relationships[slot]
        unit_cost = seller.unit_cost - p.with_process_ideas * r.process_idea_value
        production = unit_cost * r.delivered
        hours = (
            r.haggling_hours
            + r.contract_hours
            + r.blame_hours
            + r.joint_hours
            + r.personal_hours
            + r.care_hours
        )
        r.usual_seller_hours = moved(r.usual_seller_hours, hours, p.smoothing)
        r.seller_profit = account_profit(
            r.payment + r.extras + r.service_charge,
            production,
            r.service_money,
            p.wage * hours,
        )
        r.usual_profit = moved(r.usual_profit, r.seller_profit, p.smoothing)
        seller.profit += r.seller_profit
        if period >= 0:
            book_account(market.salesperson_ledgers[s], r, production, p.wage)
            book_account(market.salesperson_series[period], r, production, p.wage)
    seller.cash += seller.profit * (1.0 - p.payout * (1.0 if seller.profit > 0.0 else 0.0))
    seller.cash = min(seller.cash, p.most_cash)
    if period >= 0:
        book_salesperson(market.salesperson_ledgers[s], seller, p.overhead)
        book_salesperson(market.salesperson_series[period], seller, p.overhead)
