"""Delivery: quality, service, delay (B2, B4, B5, B10, B12)."""

import pytest
from markets import small_market, take

from relsim.model.submodels import delivery


def delivered(**values):
    market = small_market(**values)
    market.relationships["price"] = 100.0
    market.relationships["units"] = 500.0
    return market


def seller_of_first_place(market):
    return int(market.relationships[0].seller)


def test_from_stock_all_that_is_ordered_is_delivered_and_paid():
    market = delivered()
    take(delivery.salesperson_step, market, seller_of_first_place(market))
    relationship = market.relationships[0]
    assert (relationship.delivered, relationship.payment) == (500.0, 50_000.0)


def test_capital_goods_arrive_after_their_lead_time_at_the_price_of_the_order():
    market = delivered(lead_time=3, purchase_interval=1)
    seller = seller_of_first_place(market)
    arrived = []
    for period in range(7):
        market.clock["period"] = period
        market.relationships["price"] = 100.0 + period
        market.relationships["units"] = 500.0 if period < 2 else 0.0
        take(delivery.salesperson_step, market, seller)
        arrived.append((market.relationships[0].delivered, market.relationships[0].payment))
    nothing = (0.0, 0.0)
    assert arrived == [nothing] * 3 + [(500.0, 50_000.0), (500.0, 50_500.0)] + [nothing] * 2


def test_a_squeezed_seller_cuts_service_with_a_lag():
    market = delivered()
    market.relationships["service"] = 1.0
    market.relationships["price"] = 72.0
    seller = seller_of_first_place(market)
    course = []
    for _ in range(36):
        take(delivery.salesperson_step, market, seller)
        course.append(market.relationships[0].service)
    assert course[0] > 0.85
    assert course[11] < 0.5
    assert course[-1] < 0.1


@pytest.mark.parametrize("credit_used", [0.25, 1.0])
def test_who_lives_on_credit_saves_on_service(credit_used):
    course = []
    for share in (0.0, credit_used):
        market = delivered()
        p = market.parameters[0]
        market.relationships["price"] = 84.0
        market.relationships["service"] = 0.5
        market.salespeople["cash"] = -share * p.working_capital
        take(delivery.salesperson_step, market, seller_of_first_place(market))
        course.append(market.relationships[0].service - 0.5 * (1.0 - p.smoothing))
    assert course[0] > 0.0
    assert course[1] == pytest.approx(course[0] * (1.0 - credit_used))


def test_a_confident_salesperson_does_not_lower_quality():
    quality = []
    for confidence in (0.0, 1.0):
        market = delivered()
        market.salespeople["confidence"] = confidence
        market.relationships["attention"] = 0.5
        take(delivery.salesperson_step, market, seller_of_first_place(market))
        quality.append(market.relationships[0].expected_quality)
    assert quality[1] >= quality[0]


@pytest.mark.parametrize(
    ("field", "low", "high", "sign"),
    [
        ("attention", 0.2, 1.2, 1),
        ("business_disclosure_by_buyer", 0.0, 3.0, 1),
        ("faults", 0.0, 1.0, -1),
        ("skill", 0.0, 1.0, 1),
    ],
)
def test_what_moves_quality(field, low, high, sign):
    quality = []
    for value in (low, high):
        market = delivered()
        market.relationships[field] = value
        take(delivery.salesperson_step, market, seller_of_first_place(market))
        quality.append(market.relationships[0].expected_quality)
    assert sign * (quality[1] - quality[0]) > 0.0


def test_opportunists_shade_what_is_not_inspected():
    quality = []
    for inspected in (1.0, 0.0):
        market = delivered()
        market.salespeople["opportunism"] = 1.0
        market.relationships["inspected"] = inspected
        take(delivery.salesperson_step, market, seller_of_first_place(market))
        quality.append(market.relationships[0].expected_quality)
    assert quality[0] - quality[1] == pytest.approx(market.parameters[0].shading)
