"""Evaluation: each side weighs what the relationship gives and costs (A1, A4, A5, B9).

Against what it is used to and the alternatives each side wants to deepen, hold or retreat. The
phase is the engagement both agree to: commercial (trade only), collaborative (joint work on
business), collaborative and personal (also personal contact). No level of disclosure or trust is a
condition; what would be lost to a partner that cannot be trusted is weighed as a cost.

A seller volunteers bonds where they are expected to secure its profit, and leaves accounts that
keep losing money. Bonds are booked here, after the rest.

Assumptions of ours: engagement is entered above and left below a band around zero (hysteresis).
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import COLLABORATIVE, COMMERCIAL, NEVER, NOBODY, PERSONAL, Market
from relsim.model.submodels.shared import (
    clamped,
    disclosed_share,
    exponential_average,
    transaction_hours,
)

PERSONAL_WISH = 2.0
"""What ``buyer_wish`` holds for personal contact, added to 1 for joint work on business."""


@compiled
def buyer_reward(alternative: float, own: float, units: float, hours_money: float) -> float:
    """What a month with this supplier gives the buyer beyond its alternatives (A4).

    ``(alternative - own) * units - hours``, in money; hours above those usual elsewhere.

    >>> buyer_reward(104.0, 100.0, 50.0, 150.0)
    50.0
    """
    return (alternative - own) * units - hours_money


@compiled
def engagement_balance(
    engagement_stake: float,
    understanding: float,
    monthly_spend: float,
    hours_money: float,
    trust: float,
) -> float:
    """Expected balance of working together on business, in money a month (A4).

    ``monthly_spend * engagement_stake * (understanding - (1 - trust)) - hours``: what
    understanding lets joint work yield, less what could be lost, less the hours.

    >>> round(engagement_balance(0.1, 0.6, 5000.0, 150.0, 0.8), 6)
    50.0
    """
    return monthly_spend * engagement_stake * (understanding - (1.0 - trust)) - hours_money


@compiled
def personal_balance(
    liking: float,
    closeness: float,
    personal_ease: float,
    personal_boundary: float,
    trust: float,
    personal_exposure: float,
) -> float:
    """Expected balance of personal contact, in units of gain (A4, A5).

    ``liking + personal_ease * closeness - personal_boundary - (1 - trust) *
    personal_exposure``; three separate reasons keep it negative: too little trust, firm
    boundaries, a person one would not spend free time with.

    >>> round(personal_balance(0.5, 0.5, 0.4, 0.3, 0.8, 1.0), 6)
    0.2
    """
    return (
        liking + personal_ease * closeness - personal_boundary - (1.0 - trust) * personal_exposure
    )


@compiled
def wish(engaged: float, balance: float, band: float) -> float:
    """Whether a side wants to be engaged: enter above ``+band``, leave below ``-band``.

    >>> wish(0.0, 30.0, 40.0), wish(1.0, 30.0, 40.0), wish(1.0, -50.0, 40.0)
    (0.0, 1.0, 0.0)
    """
    threshold = -band if engaged > 0.0 else band
    return 1.0 if balance > threshold else 0.0


@compiled
def phase_of(business: float, personal: float) -> int:
    """The phase that engagement amounts to; personal contact alone is not one (A1).

    >>> phase_of(0.0, 1.0), phase_of(1.0, 0.0), phase_of(1.0, 1.0)
    (1, 2, 3)
    """
    engaged = PERSONAL if personal > 0.0 else COLLABORATIVE
    return engaged if business > 0.0 else COMMERCIAL


@compiled
def since(first: int, reached: bool, period: int) -> int:
    """First period in which something was reached.

    >>> since(12, True, 30), since(NEVER, True, 30), since(NEVER, False, 30) == NEVER
    (12, 30, True)
    """
    return period if reached and first == NEVER else first


@compiled
def bond_pays(
    usual_profit: float,
    horizon: float,
    commitment: float,
    buyer_dependence: float,
    bond_hold: float,
    bond_cost: float,
    partnership: float,
) -> bool:
    """Whether a seller volunteers a bond (B9): the profit it is expected to secure, against cost.

    ``partnership * bond_hold * (1 - buyer_dependence) * (1 - commitment) * usual_profit * horizon
    > bond_cost``: there is little to secure in a buyer that cannot leave anyway.

    >>> bond_pays(500.0, 24.0, 0.5, 0.25, 0.2, 800.0, 1.0)
    True
    >>> bond_pays(500.0, 24.0, 0.9, 0.25, 0.2, 800.0, 1.0)
    False
    """
    unsecured = (1.0 - buyer_dependence) * (1.0 - commitment) * usual_profit * horizon
    return partnership * bond_hold * unsecured > bond_cost


@compiled
def wish_to_work(p: Record, r: Record, trust: float, balance: float) -> float:
    """Whether a side wants to work together on business, the balance so far included."""
    expected = engagement_balance(
        p.engagement_stake,
        r.understanding,
        r.usual_units * r.price,
        r.engineer_hours * p.wage,
        trust,
    )
    return wish(r.business_engagement, expected + p.balance_weight * balance, p.hysteresis)


@compiled
def wish_to_meet(
    p: Record, r: Record, trust: float, disclosed: float, personal_boundary: float
) -> float:
    """Whether a person wants to have personal contact with the other."""
    expected = personal_balance(
        r.familiarity * r.affinity,
        disclosed_share(disclosed),
        p.personal_ease,
        personal_boundary * p.with_boundaries,
        trust,
        p.personal_exposure,
    )
    return wish(r.personal_engagement, expected, p.personal_band)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` weighs each supplier and says how far it wants to engage."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        more_hours = transaction_hours(r) - buyer.usual_hours
        reward = buyer_reward(
            buyer.alternative_cost, r.marginal_cost, r.usual_units, p.wage * more_hours
        )
        r.buyer_balance = exponential_average(r.buyer_balance, reward, p.smoothing)
        business = wish_to_work(p, r, r.buyer_trust_in_seller, r.buyer_balance)
        personal = wish_to_meet(
            p, r, r.buyer_trust_in_seller, r.personal_disclosure_by_seller, buyer.personal_boundary
        )
        r.buyer_wish = business + PERSONAL_WISH * personal


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` weighs each customer; where both want it, they engage."""
    p = market.parameters[0]
    period = market.clock[0].period
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        r.seller_balance = exponential_average(
            r.seller_balance, r.seller_profit - p.account_prospect, p.smoothing
        )
        business = wish_to_work(p, r, r.seller_trust_in_buyer, r.seller_balance)
        personal = wish_to_meet(
            p, r, r.seller_trust_in_buyer, r.personal_disclosure_by_buyer, seller.personal_boundary
        )
        buyer_personal = 1.0 if r.buyer_wish >= PERSONAL_WISH else 0.0
        buyer_business = r.buyer_wish - PERSONAL_WISH * buyer_personal
        agreed_business = min(buyer_business, business)
        agreed_personal = min(buyer_personal, personal)
        r.business_engagement = clamped(
            agreed_business * p.with_engagement, p.hold_business_engagement
        )
        r.personal_engagement = agreed_personal * p.with_personal_engagement
        r.phase = phase_of(r.business_engagement, r.personal_engagement)
        r.collaborative_since = since(r.collaborative_since, r.phase >= COLLABORATIVE, period)
        r.personal_since = since(r.personal_since, r.phase == PERSONAL, period)

        # A new account is reckoned with as a prospect; that fades as its own months come in.
        r.seller_leaves = 0.0
        bound = p.with_binding_contracts > 0.0 and r.contract_end > period + 1
        if r.usual_profit < -p.hysteresis and not bound:
            r.seller_leaves = p.with_seller_exit
        if p.with_bonds > 0.0 and bond_pays(
            r.usual_profit,
            p.seller_horizon,
            r.seller_commitment,
            r.buyer_dependence,
            p.bond_hold,
            p.bond_cost,
            seller.partnership,
        ):
            r.bonds += 1.0
            seller.cash -= p.bond_cost
            market.salesperson_months[s].bonds += p.bond_cost
