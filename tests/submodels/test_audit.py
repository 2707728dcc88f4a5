"""Audit: both sides monitor the health of the relationship (B7, B8)."""

import pytest
from markets import first_place, small_market, take

from relsim.engine.compilation import plain
from relsim.model.submodels import audit


@pytest.mark.parametrize("period", range(-24, 24))
def test_due_once_in_each_interval(period):
    due = plain(audit.is_due)
    assert sum(due(period + month, 5, 6) for month in range(6)) == 1


def test_an_audit_repairs_and_asks():
    market = small_market(audit_interval=1)
    market.salespeople["audits"] = 1.0
    market.salespeople["contacts_silent"] = 1.0
    slot = first_place(market)
    relationship = market.relationships[slot]
    relationship.faults = 0.5
    relationship.attention = 0.1
    relationship.silent_months = 60.0
    take(audit.salesperson_step, market)
    assert relationship.faults < 0.5
    assert relationship.neglect_found == 1.0
    assert relationship.asked == 1.0
    # The audit is one inquiry, and asking the silent is another.
    assert relationship.care_hours == 2.0 * market.parameters[0].inquiry_hours


def test_without_audits_habits_only_drift():
    market = small_market(audit_interval=1, without={"audits", "silence_contact"})
    market.salespeople["audits"] = market.salespeople["contacts_silent"] = 1.0
    relationship = market.relationships[first_place(market)]
    relationship.faults = 0.5
    relationship.silent_months = 60.0
    take(audit.salesperson_step, market)
    assert relationship.faults > 0.5
    assert relationship.asked == 0.0
    assert relationship.care_hours == 0.0


@pytest.mark.parametrize("monitors", [0.0, 1.0])
def test_hours_of_a_month_do_not_stay_for_the_next(monitors):
    market = small_market()
    market.buyers["monitors"] = monitors
    market.clock["period"] = 1
    market.relationships["complaint_hours"] = 7.0
    take(audit.buyer_step, market)
    assert max(market.relationships["complaint_hours"]) <= market.parameters[0].inquiry_hours


def test_only_who_monitors_learns_from_the_records():
    market = small_market(audit_interval=1)
    market.relationships["believed_loss"] = 1.0
    market.relationships["recorded_loss"] = 9.0
    market.buyers["monitors"] = 0.0
    take(audit.buyer_step, market)
    assert list(market.relationships["believed_loss"]) == [1.0, 1.0]
    assert not market.relationships["complaint_hours"].any()
    market.buyers["monitors"] = 1.0
    take(audit.buyer_step, market)
    assert list(market.relationships["believed_loss"]) == [9.0, 9.0]
    assert list(market.relationships["complaint_hours"]) == [market.parameters[0].inquiry_hours] * 2
