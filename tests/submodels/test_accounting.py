"""Accounting: parts sum to totals; what the buyer pays the seller receives (B11, B12)."""

import pytest
from equations import check_direction
from markets import small_market, take

from relsim.model.submodels import accounting

RANGES = {
    "failure": (0.0, 50_000.0),
    "delay": (0.0, 50_000.0),
    "inspection": (0.0, 5000.0),
    "charges": (0.0, 10_000.0),
    "usual_units": (10.0, 5000.0),
    "in_use": (0.0, 400_000.0),
    "service_life": (0.0, 240.0),
    "revenue": (0.0, 500_000.0),
    "production": (0.0, 400_000.0),
    "service": (0.0, 30_000.0),
    "hours": (0.0, 5000.0),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (accounting.loss_per_unit, "failure", 1),
        (accounting.loss_per_unit, "usual_units", -1),
        (accounting.units_bearing_loss, "in_use", 1),
        (accounting.account_profit, "revenue", 1),
        (accounting.account_profit, "production", -1),
        (accounting.account_profit, "service", -1),
        (accounting.account_profit, "hours", -1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


def test_what_lasts_bears_the_losses_of_its_life_and_what_is_used_up_those_of_the_month():
    lasting = {**RANGES, "service_life": (1.0, 240.0)}
    check_direction(accounting.units_bearing_loss, "service_life", -1, lasting)
    used_up = {**RANGES, "service_life": (0.0, 0.0)}
    check_direction(accounting.units_bearing_loss, "usual_units", 1, used_up)


def busy_month(**values):
    market = small_market(**values)
    for field, value in {
        "units": 500.0,
        "delivered": 500.0,
        "payment": 49_000.0,
        "extras": 200.0,
        "service_charge": 600.0,
        "haggling_hours": 3.0,
        "contract_hours": 2.0,
        "blame_hours": 1.0,
        "joint_hours": 5.0,
        "personal_hours": 1.5,
        "inspection_hours": 1.0,
        "complaint_hours": 0.5,
        "care_hours": 2.5,
        "failure_cost": 4000.0,
        "delay_cost": 300.0,
        "service_money": 2000.0,
        "idea_value": 1.0,
        "phase": 2,
    }.items():
        market.relationships[field] = value
    take(accounting.buyer_step, market)
    for seller in range(2):
        take(accounting.salesperson_step, market, seller)
    return market


def test_what_buyers_pay_sellers_receive():
    market = busy_month()
    paid = sum(market.buyer_months[0][field] for field in ("purchase", "extras", "later_service"))
    assert paid == pytest.approx(2.0 * (49_000.0 + 200.0 + 600.0))
    assert market.salesperson_months["revenue"].sum() == pytest.approx(paid)


def test_hours_are_valued_once_for_each_side():
    market = busy_month()
    wage = market.parameters[0].wage
    month = market.buyer_months[0]
    valued = sum(
        month[field] for field in ("haggling", "contracting", "blame", "inspection", "relationship")
    )
    assert valued == pytest.approx(2.0 * wage * (3.0 + 2.0 + 1.0 + 5.0 + 1.5 + 1.0 + 0.5))
    time = market.salesperson_months["time"].sum()
    assert time == pytest.approx(2.0 * wage * (3.0 + 2.0 + 1.0 + 5.0 + 1.5 + 2.5))


@pytest.mark.parametrize("overhead", [0.0, 20_000.0])
@pytest.mark.parametrize("short_of", [0.0, 100.0, 90_000.0])
def test_losses_cost_the_seller_all_its_means_and_profits_stay_up_to_what_it_works_with(
    overhead, short_of
):
    market = busy_month(overhead=overhead)
    working = market.parameters[0].working_capital
    market.salespeople["cash"] = working - short_of
    for seller in range(2):
        take(accounting.salesperson_step, market, seller)
    for seller in market.salespeople:
        assert (seller.profit > 0.0) == (overhead == 0.0)
        kept = min(seller.profit, short_of)
        assert seller.cash == pytest.approx(working - short_of + kept)
