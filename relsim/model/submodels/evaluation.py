"""Evaluation: each side weighs what the relationship gives and costs (A1, A4, A5, B9).

Against a comparison level and the alternatives each side wants to deepen, hold or retreat. The
phase is the engagement both agree to: commercial (trade only), collaborative (joint work on
business), collaborative and personal (also time as persons). No level of disclosure or trust is a
condition; what would be lost to a partner that cannot be trusted is weighed as a cost.

A seller volunteers bonds where they are expected to secure its profit, and leaves accounts that
keep losing money. Bonds are booked here, after the rest.

Assumptions of ours: engagement is entered above and left below a band around zero (hysteresis).
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import COLLABORATIVE, COMMERCIAL, NEVER, NOBODY, PERSONAL, Market
from relsim.model.submodels.shared import held, moved, share_told

PERSONAL_WISH = 2.0
"""What ``buyer_wish`` holds for time as persons, added to 1 for joint work on business."""


@compiled
def buyer_reward(alternative: float, own: float, units: float, hours_money: float) -> float:
    """What a month with this supplier gives the buyer beyond its alternatives (A4).

    ``(alternative - own) * units - hours``, in money; hours above those usual elsewhere.

    Parameters
    ----------
    alternative, own : float
        Cost of a unit elsewhere and here, money/unit.
    units : float
        Usual units, unit/month, from 0.
    hours_money : float
        Hours above those usual elsewhere, money/month, of either sign.

    Returns
    -------
    float
        Money/month, of either sign.

    Examples
    --------
    >>> buyer_reward(104.0, 100.0, 50.0, 150.0)
    50.0
    """
    return (alternative - own) * units - hours_money


@compiled
def engagement_balance(
    gain: float,
    understanding: float,
    stake: float,
    hours_money: float,
    trust: float,
    exposure: float,
) -> float:
    """Expected balance of working together on business, in money a month (A4).

    ``stake * (gain * understanding - (1 - trust) * exposure) - hours``: what understanding lets
    joint work yield, less what could be lost, less the hours.

    Parameters
    ----------
    gain : float
        Yield of joint work with full understanding, share of stake, from 0.
    understanding : float
        What both know of each other, 0 to 1.
    stake : float
        Worth of the trade, money/month, from 0.
    hours_money : float
        Hours of joint work, money/month, from 0.
    trust : float
        Trust of the side that decides, 0 to 1.
    exposure : float
        What could be lost to a partner not trusted at all, share of stake, from 0.

    Returns
    -------
    float
        Money/month, of either sign.

    Examples
    --------
    >>> round(engagement_balance(0.1, 0.6, 5000.0, 200.0, 0.8, 0.05), 6)
    50.0
    """
    return stake * (gain * understanding - (1.0 - trust) * exposure) - hours_money


@compiled
def personal_balance(
    affinity: float, closeness: float, ease: float, boundary: float, trust: float, risk: float
) -> float:
    """Expected balance of spending time as persons, in units of gain (A4, A5).

    ``affinity + ease * closeness - boundary - (1 - trust) * risk``; three separate reasons keep it
    negative: too little trust, firm boundaries, a person one would not spend free time with.

    Parameters
    ----------
    affinity : float
        Gladness to spend free time together, gain, of either sign.
    closeness : float
        What the other has told as a person, share of all, 0 to 1.
    ease : float
        Ease that full closeness gives, gain, from 0.
    boundary : float
        Firmness of personal boundaries, gain, of either sign.
    trust : float
        Trust of the side that decides, 0 to 1.
    risk : float
        What a person could lose to one not trusted at all, gain, from 0.

    Returns
    -------
    float
        Gain, of either sign.

    Examples
    --------
    >>> round(personal_balance(0.5, 0.5, 0.4, 0.3, 0.8, 1.0), 6)
    0.2
    """
    return affinity + ease * closeness - boundary - (1.0 - trust) * risk


@compiled
def wish(engaged: float, balance: float, band: float) -> float:
    """Whether a side wants to be engaged: enter above ``+band``, leave below ``-band``.

    Parameters
    ----------
    engaged : float
        1 if the two are engaged now, else 0.
    balance : float
        Expected balance of being engaged, of either sign.
    band : float
        Half the width of the hysteresis, in units of the balance, from 0.

    Returns
    -------
    float
        1 if it wants to be engaged, else 0.

    Examples
    --------
    >>> wish(0.0, 30.0, 40.0), wish(1.0, 30.0, 40.0), wish(1.0, -50.0, 40.0)
    (0.0, 1.0, 0.0)
    """
    threshold = -band if engaged > 0.0 else band
    return 1.0 if balance > threshold else 0.0


@compiled
def phase_of(business: float, personal: float) -> int:
    """The phase that engagement amounts to; time as persons alone is not one (A1).

    Parameters
    ----------
    business, personal : float
        Above 0 if both agreed to work together on business, to spend time as persons.

    Returns
    -------
    int
        Commercial, collaborative, or collaborative and personal: 1, 2 or 3.

    Examples
    --------
    >>> phase_of(0.0, 1.0), phase_of(1.0, 0.0), phase_of(1.0, 1.0)
    (1, 2, 3)
    """
    engaged = PERSONAL if personal > 0.0 else COLLABORATIVE
    return engaged if business > 0.0 else COMMERCIAL


@compiled
def since(first: int, reached: bool, period: int) -> int:
    """First period in which something was reached.

    Parameters
    ----------
    first, period : int
        What was known so far (``NEVER`` if it was not reached yet), and the period now.
    reached : bool
        Whether it is reached now.

    Returns
    -------
    int
        A period, or ``NEVER``.

    Examples
    --------
    >>> since(12, True, 30), since(NEVER, True, 30), since(NEVER, False, 30) == NEVER
    (12, 30, True)
    """
    return period if reached and first == NEVER else first


@compiled
def bond_pays(
    profit: float, horizon: float, commitment: float, hold: float, cost: float, readiness: float
) -> bool:
    """Whether a seller volunteers a bond (B9): the profit it is expected to secure, against cost.

    ``readiness * hold * (1 - commitment) * profit * horizon > cost``.

    Parameters
    ----------
    profit : float
        Usual profit on the account, money/month, of either sign.
    horizon : float
        How far ahead the seller counts, months, above 0.
    commitment : float
        How far the seller counts on the relationship, 0 to 1.
    hold : float
        Dependence that one bond adds, 0 to 1.
    cost : float
        Cost of a bond, money, above 0.
    readiness : float
        Readiness to volunteer more for a customer, 0 to 1.

    Returns
    -------
    bool
        True if the bond is expected to pay.

    Examples
    --------
    >>> bond_pays(500.0, 24.0, 0.5, 0.2, 800.0, 1.0), bond_pays(500.0, 24.0, 0.9, 0.2, 800.0, 1.0)
    (True, False)
    """
    return readiness * hold * (1.0 - commitment) * profit * horizon > cost


@compiled
def expected_profit(usual_profit: float, prospect: float, age: float, patience: float) -> float:
    """What a seller expects of an account: what it earns, and a hope that fades with its age.

    ``usual_profit + prospect * patience / (patience + age)``.

    Parameters
    ----------
    usual_profit : float
        What the account usually earns, money/month, of either sign.
    prospect : float
        Hope for a new account, money/month, from 0.
    age : float
        Months since the first, from 0.
    patience : float
        Months after which half of the hope is left, above 0.

    Returns
    -------
    float
        Money/month, of either sign.

    Examples
    --------
    >>> expected_profit(-150.0, 200.0, 12.0, 12.0)
    -50.0
    """
    return usual_profit + prospect * patience / (patience + age)


@compiled
def wish_to_work(p: Record, r: Record, trust: float, balance: float) -> float:
    """Whether a side wants to work together on business, the balance so far included.

    Parameters
    ----------
    p : Record
        The parameters of the run.
    r : Record
        The relationship.
    trust : float
        Trust of the side that decides, 0 to 1.
    balance : float
        What the relationship has given the side beyond comparison, money/month, of either sign.

    Returns
    -------
    float
        1 if it wants to, else 0.
    """
    expected = engagement_balance(
        p.engagement_gain,
        r.understanding,
        r.usual_units * r.price,
        p.engagement_hours * p.wage,
        trust,
        p.engagement_exposure,
    )
    return wish(r.business_engagement, expected + p.balance_weight * balance, p.engagement_band)


@compiled
def wish_to_meet(p: Record, r: Record, trust: float, told: float, boundary: float) -> float:
    """Whether a person wants to spend time with the other as persons.

    Parameters
    ----------
    p : Record
        The parameters of the run.
    r : Record
        The relationship.
    trust : float
        Trust of the side that decides, 0 to 1.
    told : float
        What the other has told as a person, layers, 0 to 3.
    boundary : float
        Firmness of the person's boundaries, gain, of either sign.

    Returns
    -------
    float
        1 if it wants to, else 0.
    """
    expected = personal_balance(
        r.affinity,
        share_told(told),
        p.personal_ease,
        boundary * p.with_boundaries,
        trust,
        p.personal_exposure,
    )
    return wish(r.personal_engagement, expected, p.personal_band)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` weighs each supplier and says how far it wants to engage.

    Notes
    -----
    Reads what others wrote: of the relationship ``affinity``, ``personal_disclosure_by_seller``,
    ``business_engagement``, ``personal_engagement``.

    Writes: of the relationship ``buyer_balance``, ``buyer_wish``.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        transaction = r.haggling_hours + r.contract_hours + r.blame_hours
        more_hours = transaction + r.complaint_hours - p.usual_transaction_hours
        reward = buyer_reward(
            buyer.alternative_cost, r.marginal_cost, r.usual_units, p.wage * more_hours
        )
        r.buyer_balance = moved(r.buyer_balance, reward, p.smoothing)
        business = wish_to_work(p, r, r.buyer_trust_in_seller, r.buyer_balance - p.comparison_level)
        personal = wish_to_meet(
            p,
            r,
            r.buyer_trust_in_seller,
            r.personal_disclosure_by_seller,
            buyer.personal_boundary,
        )
        r.buyer_wish = business + PERSONAL_WISH * personal


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` weighs each customer; where both want it, they engage.

    Notes
    -----
    Reads what others wrote: of the relationship ``affinity``, ``personal_disclosure_by_buyer``,
    ``understanding``, ``price``, ``usual_units``, ``buyer_wish``, ``personal_engagement``.

    Writes: of the salesperson ``cash``; of the relationship ``collaborative_since``,
    ``personal_since``, ``bonds``, ``seller_balance``, ``business_engagement``,
    ``personal_engagement``, ``phase``, ``seller_leaves``; the ledgers.
    """
    p = market.parameters[0]
    period = market.clock[0].period
    seller = market.salespeople[s]
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        r.seller_balance = moved(
            r.seller_balance, r.seller_profit - p.seller_comparison_level, p.smoothing
        )
        business = wish_to_work(p, r, r.seller_trust_in_buyer, r.seller_balance)
        personal = wish_to_meet(
            p,
            r,
            r.seller_trust_in_buyer,
            r.personal_disclosure_by_buyer,
            seller.personal_boundary,
        )
        buyer_personal = 1.0 if r.buyer_wish >= PERSONAL_WISH else 0.0
        buyer_business = r.buyer_wish - PERSONAL_WISH * buyer_personal
        agreed_business = min(buyer_business, business)
        agreed_personal = min(buyer_personal, personal)
        r.business_engagement = held(
            agreed_business * p.with_engagement, p.hold_business_engagement
        )
        r.personal_engagement = agreed_personal * p.with_personal_engagement
        r.phase = phase_of(r.business_engagement, r.personal_engagement)
        r.collaborative_since = since(r.collaborative_since, r.phase >= COLLABORATIVE, period)
        r.personal_since = since(r.personal_since, r.phase == PERSONAL, period)

        expected = expected_profit(
            r.usual_profit, p.account_prospect, float(period - r.start), p.young_months
        )
        r.seller_leaves = p.with_seller_exit if expected < -p.drop_loss else 0.0
        if (
            p.with_bonds > 0.0
            and r.bonds < p.max_bonds
            and bond_pays(
                r.usual_profit,
                p.seller_horizon,
                r.seller_commitment,
                p.bond_hold,
                p.bond_cost,
                seller.partnership,
            )
        ):
            r.bonds += 1.0
            seller.cash -= p.bond_cost
            market.salesperson_months[s].bonds += p.bond_cost
