"""Capital goods: installed, maintained, orphaned (B2, B12)."""

import pytest
from markets import small_market, take

from relsim.engine.compilation import plain
from relsim.model.state import NEVER
from relsim.model.submodels import equipment


def installed(life=12, **values):
    """One delivery of the first supplier, and no other equipment."""
    market = small_market(service_life=life, **values)
    market.equipment["installed"] = NEVER
    market.relationships["delivered"] = [20.0, 0.0]
    take(equipment.install_and_maintain, market)
    market.relationships["delivered"] = 0.0
    return market


def test_equipment_lives_for_its_service_life():
    market = installed()
    in_use = []
    for period in range(1, 14):
        market.clock["period"] = period
        take(equipment.install_and_maintain, market)
        in_use.append(market.relationships[0].installed > 0.0)
    assert in_use == [True] * 11 + [False] * 2


def test_trouble_grows_with_age():
    market = installed()
    young = market.relationships[0].installed
    market.clock["period"] = 10
    take(equipment.install_and_maintain, market)
    assert market.relationships[0].installed > young


@pytest.mark.parametrize("orphaned_by", ["failure", "leaving"])
def test_without_its_maker_repair_is_the_buyers_affair(orphaned_by):
    market = installed()
    assert market.buyers[0].orphan_cost == 0.0
    if orphaned_by == "failure":
        market.salespeople[market.relationships[0].seller].firm += 100
    else:
        market.relationships[0].seller = -1
    take(equipment.install_and_maintain, market)
    assert market.buyers[0].orphan_cost > 0.0


def test_maintenance_is_charged_where_the_price_did_not_carry_it():
    for paid, charged in ((1.0, False), (0.0, True)):
        market = small_market(service_life=12)
        market.equipment["installed"] = NEVER
        market.salespeople["prices_service"] = paid
        market.relationships["delivered"] = [20.0, 0.0]
        take(equipment.install_and_maintain, market)
        assert (market.relationships[0].service_charge > 0.0) == charged


def test_consumables_need_no_equipment():
    market = small_market()
    take(equipment.install_and_maintain, market)
    assert len(market.equipment) == 0
    assert market.buyers[0].orphan_cost == 0.0


def test_equipment_of_all_ages_stands_at_the_start():
    market = small_market(service_life=24, purchase_interval=6)
    standing = market.equipment[market.equipment["installed"] > NEVER]
    ages = sorted(set((0 - standing["installed"]).tolist()))
    assert len(ages) == 4
    assert max(ages) - min(ages) == 18
    assert standing["units"].sum() == pytest.approx(24.0 * market.buyers[0].volume)


def test_inspection_on_arrival_mends_the_installation():
    market = installed()
    item = market.equipment[market.equipment["installed"] > NEVER]
    before = float(item["help"][0])
    maker = int(item["maker"][0])
    plain(equipment.mend_installation)(market, 0, maker, 0.5)
    after = float(market.equipment["help"][market.equipment["installed"] > NEVER][0])
    assert after == pytest.approx(before + 0.5 * (1.0 - before))
