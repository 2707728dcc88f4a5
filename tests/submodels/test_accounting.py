"""Accounting: parts sum to totals; what the buyer pays the seller receives (B11, B12)."""

import pytest
from markets import small_market, take

from relsim.model.submodels import accounting


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
