"""Delivery: quality, service, delay (B2, B4, B5, B10, B12)."""

import pytest
from equations import check_bounds, check_direction
from markets import small_market, take

from relsim.model.submodels import delivery

RANGES = {
    "price": (60.0, 130.0),
    "unit_cost": (50.0, 85.0),
    "hours": (0.0, 30.0),
    "overhead": (0.0, 10.0),
    "full_service_money": (1.0, 15.0),
    "service_share": (0.0, 1.0),
    "capacity": (100.0, 5000.0),
    "wanted": (0.0, 6000.0),
    "smoothing": (0.03, 0.3),
    "units_per_account": (100.0, 5000.0),
    "attention": (0.0, 2.0),
    "confidence": (0.0, 1.0),
    "confidence_effect": (0.0, 1.0),
    "max_effort": (1.0, 2.0),
    "cash": (-400_000.0, 1_000_000.0),
    "working_capital": (10_000.0, 1_000_000.0),
    "departmental_interest": (0.0, 0.5),
    "load": (0.0, 2.0),
    "service": (0.0, 1.0),
    "units": (0.0, 5000.0),
    "delay_loss": (0.0, 10.0),
    "capability": (-1.0, 1.0),
    "care": (-1.0, 1.0),
    "known": (0.0, 1.0),
    "loss": (0.0, 2.0),
    "quality": (-2.5, 2.5),
    "promise_tolerance": (0.0, 0.8),
    "promised": (-1.0, 2.0),
    "accustomed_quality": (-1.0, 2.0),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (delivery.service_afforded, "price", 1),
        (delivery.service_afforded, "unit_cost", -1),
        (delivery.service_afforded, "hours", -1),
        (delivery.service_afforded, "service_share", 1),
        (delivery.service_afforded, "overhead", -1),
        (delivery.service_afforded, "max_effort", 1),
        (delivery.capacity_after, "wanted", 1),
        (delivery.capacity_after, "units_per_account", 1),
        (delivery.care_taken, "attention", 1),
        (delivery.care_taken, "confidence", 1),
        (delivery.financial_health, "cash", 1),
        (delivery.financial_health, "working_capital", 1),
        (delivery.production_quality_loss, "departmental_interest", 1),
        (delivery.production_quality_loss, "load", 1),
        (delivery.service_quality_loss, "departmental_interest", 1),
        (delivery.service_quality_loss, "service", -1),
        (delivery.quality, "capability", 1),
        (delivery.quality, "care", 1),
        (delivery.quality, "service", 1),
        (delivery.quality, "known", 1),
        (delivery.quality, "loss", -1),
        (delivery.is_kept, "quality", 1),
        (delivery.is_kept, "promise_tolerance", 1),
        (delivery.is_kept, "promised", -1),
        (delivery.is_kept, "accustomed_quality", -1),
        (delivery.delay_cost, "delay_loss", 1),
        (delivery.delay_cost, "load", 1),
        (delivery.delay_cost, "service", -1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


def test_service_stays_under_its_ceiling():
    check_bounds(delivery.service_afforded, 0.0, 2.0, RANGES)
    check_bounds(delivery.financial_health, 0.0, 1.0, RANGES)


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
