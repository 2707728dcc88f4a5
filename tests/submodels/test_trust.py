"""Trust: learned from what the other did, lost faster than gained (B14)."""

import pytest
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import trust
from relsim.model.submodels.shared import NEUTRAL


def test_lost_faster_than_gained_at_the_defaults():
    p = small_market().parameters[0]
    after = plain(trust.trust_after)
    gained = after(0.5, 1.0, 0.0, p.trust_gain, p.trust_loss) - 0.5
    lost = 0.5 - after(0.5, 0.0, 1.0, p.trust_gain, p.trust_loss)
    assert lost > gained > 0.0


@pytest.mark.parametrize(
    ("field", "value", "sign"),
    [
        ("promise_outcome", 1.0, 1),
        ("promise_outcome", -1.0, -1),
        ("remedied", 1.0, 1),
        ("newly_disclosed_by_seller", 0.3, 1),
        ("unsettled", 1.0, -1),
        ("exploited_by_seller", 1.0, -1),
    ],
)
def test_what_a_buyer_learns_from(field, value, sign):
    market = small_market()
    before = market.relationships[0].buyer_trust_in_seller
    market.relationships[field] = [value, 0.0]
    take(trust.buyer_step, market)
    moved, still = market.relationships["buyer_trust_in_seller"]
    assert sign * (moved - before) > 0.0
    assert still == before


@pytest.mark.parametrize(
    ("field", "value", "sign"),
    [
        ("newly_disclosed_by_buyer", 0.3, 1),
        ("price_pressure", 0.2, -1),
        ("blame_hours", 4.0, -1),
        ("exploited_by_buyer", 1.0, -1),
    ],
)
def test_what_a_seller_learns_from(field, value, sign):
    learned = []
    for number in (0.0, value):
        market = small_market()
        market.relationships["delivered"] = 500.0
        market.relationships[field] = number
        take(trust.salesperson_step, market)
        slot = first_place(market)
        learned.append(market.relationships[slot].seller_trust_in_buyer)
    assert sign * (learned[1] - learned[0]) > 0.0


@pytest.mark.parametrize("field", ["ideas_received", "process_ideas_received"])
def test_ideas_are_worth_money_and_prove_nothing(field):
    """To give one is to show trust, not to deserve it."""
    market = small_market()
    market.relationships[field] = 1.0
    other = small_market()
    for each in (market, other):
        take(trust.buyer_step, each)
        take(trust.salesperson_step, each)
    for belief in ("buyer_trust_in_seller", "seller_trust_in_buyer"):
        assert list(market.relationships[belief]) == list(other.relationships[belief])


def test_an_unfair_price_is_held_against_either_side():
    """Padding by the buyer, where it is found in a negotiation; pressure by the seller."""
    beliefs = []
    for share in (0.0, 0.1):
        market = small_market()
        market.relationships["delivered"] = 500.0
        market.relationships["negotiated"] = [1.0, 0.0]
        market.relationships["padding"] = market.relationships["price_pressure"] = share
        take(trust.buyer_step, market)
        for seller in range(2):
            take(trust.salesperson_step, market, seller)
        beliefs.append(market.relationships.copy())
    fair, unfair = beliefs
    assert unfair["buyer_trust_in_seller"][0] < fair["buyer_trust_in_seller"][0]
    assert unfair["buyer_trust_in_seller"][1] == fair["buyer_trust_in_seller"][1]
    assert (unfair["seller_trust_in_buyer"] < fair["seller_trust_in_buyer"]).all()


def test_one_betrayal_undoes_years():
    """Months of fair dealing that it takes to win back what one betrayal costs."""
    market = small_market()
    slot = first_place(market)
    relationship = market.relationships[slot]
    relationship.seller_trust_in_buyer = 0.9
    relationship.delivered = 500.0
    relationship.business_disclosure_by_seller = 2.0
    relationship.exploited_by_buyer = 1.0
    take(trust.salesperson_step, market)
    relationship.exploited_by_buyer = 0.0
    months = 0
    while relationship.seller_trust_in_buyer < 0.85 and months < 1000:
        take(trust.salesperson_step, market)
        months += 1
    assert 12 <= months < 1000


def test_directions_are_apart():
    market = small_market()
    market.relationships["exploited_by_seller"] = 1.0
    before = market.relationships["seller_trust_in_buyer"].copy()
    take(trust.buyer_step, market)
    assert list(market.relationships["seller_trust_in_buyer"]) == list(before)


def test_held_trust_does_not_move():
    market = small_market(hold={"trust": 0.7})
    market.relationships["exploited_by_seller"] = 1.0
    market.relationships["price_pressure"] = 0.5
    take(trust.buyer_step, market)
    for seller in range(2):
        take(trust.salesperson_step, market, seller)
    assert set(market.relationships["buyer_trust_in_seller"]) == {0.7}
    assert set(market.relationships["seller_trust_in_buyer"]) == {0.7}


def test_promises_kept_make_a_salesperson_confident():
    confidence = []
    for kept in (0.0, 1.0):
        market = small_market()
        market.relationships["promises_kept"] = kept
        take(trust.salesperson_step, market)
        confidence.append(market.salespeople[0].confidence)
    assert confidence[0] < NEUTRAL < confidence[1]
