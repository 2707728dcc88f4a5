"""Trust: what each side believes, from what the other did (B14; A5, B3, B20).

Trust is the probability that the other will not exploit one's vulnerability. It is learned, in
both directions apart, from promises kept or broken, fair dealing, answered disclosure, remedy,
exploitation found out; at the default rates it is lost faster than gained. Nothing
here returns hours or money.
"""

from __future__ import annotations

from relsim.engine.compilation import compiled
from relsim.model.state import NOBODY, Market
from relsim.model.submodels.shared import held, moved, worth


@compiled
def trust_after(trust: float, good: float, bad: float, gaining: float, losing: float) -> float:
    """Trust after a month: ``t + gaining * good * (1 - t) - losing * bad * t``, within 0 and 1.

    Lost faster than gained where ``losing > gaining``, as by default; no range forces it (B14).

    Parameters
    ----------
    trust : float
        Trust before, 0 to 1.
    good, bad : float
        Weighted events of the month, from 0.
    gaining, losing : float
        How fast trust is gained and lost, 1/month, from 0.

    Returns
    -------
    float
        Trust, 0 to 1.

    Examples
    --------
    >>> round(trust_after(0.5, 1.0, 0.0, 0.04, 0.08), 6)
    0.52
    >>> round(trust_after(0.5, 0.0, 1.0, 0.04, 0.08), 6)
    0.46
    """
    after = trust + gaining * good * (1.0 - trust) - losing * bad * trust
    return max(0.0, min(1.0, after))


@compiled
def commitment_after(
    commitment: float, worth: float, trust: float, scale: float, rate: float
) -> float:
    """How far a side counts on the relationship lasting: toward ``trust * w / (w + scale)``.

    ``w`` is what the relationship is worth to it, in money.

    Parameters
    ----------
    commitment : float
        Commitment before, 0 to 1.
    worth : float
        What the relationship is worth to the side, money, from 0.
    trust : float
        Trust of the side that decides, 0 to 1.
    scale : float
        Worth at which a side that trusts is half committed, money, above 0.
    rate : float
        How fast commitment moves, 1/month, 0 to 1.

    Returns
    -------
    float
        Commitment, 0 to 1.

    Examples
    --------
    >>> round(commitment_after(0.4, 4000.0, 0.8, 4000.0, 0.1), 6)
    0.4
    """
    return moved(commitment, trust * worth / (worth + scale), rate)


@compiled
def buyer_step(market: Market, b: int) -> None:
    """Buyer ``b`` learns how far each of its suppliers can be trusted.

    Notes
    -----
    Reads what others wrote: of the relationship ``opened_by_seller``, ``kept``, ``remedied``,
    ``unsettled``, ``exploited_by_seller``, ``ideas_received``.

    Writes: of the relationship ``buyer_trust_in_seller``, ``buyer_commitment``.
    """
    p = market.parameters[0]
    buyer = market.buyers[b]
    for slot in range(buyer.first_slot, buyer.end_slot):
        r = market.relationships[slot]
        if r.seller <= NOBODY:
            continue
        good = (
            p.weight_of_promise * max(0.0, r.kept)
            + p.weight_of_remedy * min(1.0, r.remedied)
            + p.weight_of_disclosure * p.with_reciprocity * r.opened_by_seller
            + p.weight_of_ideas * r.ideas_received
        )
        bad = (
            p.weight_of_promise * max(0.0, -r.kept)
            + p.weight_of_problem * r.unsettled
            + p.weight_of_padding * r.padding * r.negotiated
            + p.weight_of_exploitation * r.exploited_by_seller
        )
        r.buyer_trust_in_seller = held(
            trust_after(r.buyer_trust_in_seller, good, bad, p.trust_gain, p.trust_loss),
            p.hold_buyer_trust,
        )
        r.buyer_commitment = commitment_after(
            r.buyer_commitment,
            worth(r.buyer_balance, buyer.horizon, p.switching_cost),
            r.buyer_trust_in_seller,
            p.commitment_scale,
            p.commitment_rate,
        )


@compiled
def salesperson_step(market: Market, s: int) -> None:
    """Salesperson ``s`` learns how far each customer can be trusted, and how well it does.

    Notes
    -----
    Reads what others wrote: of the relationship ``opened_by_buyer``, ``price_pressure``,
    ``exploited_by_buyer``, ``process_ideas_received``, ``haggling_hours``, ``blame_hours``.

    Writes: of the salesperson ``confidence``; of the relationship ``seller_trust_in_buyer``,
    ``seller_commitment``.
    """
    p = market.parameters[0]
    seller = market.salespeople[s]
    success = 0.0
    accounts = 0.0
    for entry in range(seller.first_account, seller.end_account):
        slot = market.account_slots[entry]
        r = market.relationships[slot]
        good = (
            p.weight_of_fairness
            + p.weight_of_disclosure * p.with_reciprocity * r.opened_by_buyer
            + p.weight_of_ideas * r.process_ideas_received
        )
        bad = (
            p.weight_of_squeeze * r.price_pressure
            + p.weight_of_dispute * (r.haggling_hours + r.blame_hours)
            + p.weight_of_exploitation * r.exploited_by_buyer
        )
        r.seller_trust_in_buyer = held(
            trust_after(r.seller_trust_in_buyer, good, bad, p.trust_gain, p.trust_loss),
            p.hold_seller_trust,
        )
        r.seller_commitment = commitment_after(
            r.seller_commitment,
            worth(r.usual_profit, p.seller_horizon, 0.0),
            r.seller_trust_in_buyer,
            p.commitment_scale,
            p.commitment_rate,
        )
        success += r.promises_kept
        accounts += 1.0
    if accounts > 0.0:
        seller.confidence = moved(seller.confidence, success / accounts, p.confidence_rate)
