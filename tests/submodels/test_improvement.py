"""Improvement: what is learned by working together (KMD03)."""

from itertools import pairwise

import pytest
from markets import first_place, small_market, take

from relsim.model.submodels import improvement


def skill_learned(months, joint_hours=10.0, disclosed=3.0, **values):
    market = small_market(**values)
    relationship = market.relationships[first_place(market)]
    relationship.joint_hours = joint_hours
    relationship.business_disclosure_by_buyer = disclosed
    relationship.business_disclosure_by_seller = disclosed
    course = []
    for _ in range(months):
        take(improvement.salesperson_step, market)
        course.append(float(relationship.skill))
    return course


def test_learning_levels_off():
    course = skill_learned(60, learning_rate=0.005)
    gains = [after - before for before, after in pairwise([0.0, *course])]
    assert all(later < earlier for earlier, later in pairwise(gains))
    assert 0.9 < course[-1] < 1.0


@pytest.mark.parametrize("nothing", [{"joint_hours": 0.0}, {"disclosed": 0.0}])
def test_nothing_is_learned_without_work_or_without_knowing_each_other(nothing):
    assert skill_learned(12, **nothing) == [0.0] * 12
