"""Trust: what each side believes, from what the other did (B14; A5, B3, B20).

Trust is the probability that the other will not exploit one's vulnerability. It is learned, in
both directions apart, from promises kept or broken, from what was at risk and honoured, answered
disclosure, remedy, hard bargains, exploitation found out; at the default rates it is lost
faster than gained. Where nothing is at risk and nothing happens it stays (MDS95). Nothing here
returns hours or money.

Assumption of ours: a price below the fair one is felt every month that it is paid, as an unfair
outcome (KSS95); padding is felt once, when haggling has taken it off.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.exploitation import protection
from relsim.model.submodels.shared import (
    clamped,
    disclosed_share,
    exponential_average,
    felt,
    relationship_value,
    stance_item,
)


@compiled
def trust_after(
    trust: float, good: float, bad: float, trust_gain: float, trust_loss: float
) -> float:
    """Trust after a month, within 0 and 1 (B14).

    ``trust + trust_gain * good * (1 - trust) - trust_loss * bad * trust``: lost faster than
    gained where ``trust_loss > trust_gain``, as by default; no range forces it (B14).

    >>> round(trust_after(0.5, 1.0, 0.0, 0.04, 0.08), 6)
    0.52
    >>> round(trust_after(0.5, 0.0, 1.0, 0.04, 0.08), 6)
    0.46
    """
    after = trust + trust_gain * good * (1.0 - trust) - trust_loss * bad * trust
    return max(0.0, min(1.0, after))


@compiled
def at_risk(disclosed: float, unprotected_share: float) -> float:
    """How much of itself a side has put into the other's hands, 0 to 1 (MDS95).

    ``disclosed / 3 * unprotected_share``: only what could be abused can be honoured.

    >>> at_risk(1.5, 0.5), at_risk(0.0, 1.0)
    (0.25, 0.0)
    """
    return disclosed_share(disclosed) * unprotected_share


@compiled
def honoured(
    p: Record, r: Record, disclosed: float, exploited: float, without_risk: float
) -> float:
    """What of the own risk was honoured in a month of trade, 0 to 1; nothing if it was abused."""
    if p.with_risk_based_trust <= 0.0:
        return without_risk
    if r.delivered <= 0.0 or exploited > 0.0:
        return 0.0
    return at_risk(disclosed, protection(r.clauses, p.clause_strength))


@compiled
def commitment_after(
    commitment: float,
    relationship_value: float,
    trust: float,
    commitment_scale: float,
    smoothing: float,
) -> float:
    """How far a side counts on the relationship lasting, moving at ``smoothing``.

    Toward ``trust * relationship_value / (relationship_value + commitment_scale)``.

    >>> round(commitment_after(0.4, 4000.0, 0.8, 4000.0, 0.1), 6)
    0.4
    """
    return exponential_average(
        commitment,
        trust * relationship_value / (relationship_value + commitment_scale),
        smoothing,
    )


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` learns how far each of its suppliers can be trusted."""
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        good = (
            max(0.0, r.promise_outcome)
            + p.weight_of_problem * min(1.0, felt(p, r, r.remedied))
            + p.weight_of_disclosure * p.with_reciprocity * r.newly_disclosed_by_seller
            + p.weight_of_fairness
            * honoured(p, r, r.business_disclosure_by_buyer, r.exploited_by_seller, 0.0)
        )
        bad = (
            max(0.0, -r.promise_outcome)
            + p.weight_of_problem * felt(p, r, r.unsettled)
            + p.weight_of_unfair_price * r.padding * r.negotiated
            + p.weight_of_exploitation * r.exploited_by_seller
        )
        r.buyer_trust_in_seller = clamped(
            trust_after(r.buyer_trust_in_seller, good, bad, p.trust_gain, p.trust_loss),
            p.hold_buyer_trust,
        )
        r.buyer_commitment = commitment_after(
            r.buyer_commitment,
            relationship_value(
                r.buyer_balance, stance_item(buyer.horizon, r.horizon), p.switching_cost
            ),
            r.buyer_trust_in_seller,
            p.commitment_scale,
            p.smoothing,
        )


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` learns how far each customer can be trusted, and how well it does."""
    p = market.parameters[0]
    seller = market.salespeople[s]
    success = 0.0
    accounts = 0.0
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        good = (
            p.weight_of_fairness
            * honoured(p, r, r.business_disclosure_by_seller, r.exploited_by_buyer, 1.0)
            + p.weight_of_disclosure * p.with_reciprocity * r.newly_disclosed_by_buyer
        )
        bad = (
            p.weight_of_unfair_price * (r.price_pressure if r.delivered > 0.0 else 0.0)
            + p.weight_of_dispute * r.blame_hours
            + p.weight_of_exploitation * r.exploited_by_buyer
        )
        r.seller_trust_in_buyer = clamped(
            trust_after(r.seller_trust_in_buyer, good, bad, p.trust_gain, p.trust_loss),
            p.hold_seller_trust,
        )
        r.seller_commitment = commitment_after(
            r.seller_commitment,
            relationship_value(r.usual_profit, p.seller_horizon, 0.0),
            r.seller_trust_in_buyer,
            p.commitment_scale,
            p.smoothing,
        )
        success += r.promises_kept
        accounts += 1.0
    if accounts > 0.0:
        seller.confidence = exponential_average(seller.confidence, success / accounts, p.smoothing)
