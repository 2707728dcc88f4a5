"""Contracts: clauses, length, reopening (B2, B15, B21, B22)."""

import pytest
from equations import check_bounds, check_direction
from hypothesis import given
from hypothesis import strategies as st

from relsim.engine.compilation import plain
from relsim.model.submodels import contracts

RANGES = {
    "trust": (0.0, 1.0),
    "contract_value": (0.0, 3_000_000.0),
    "monthly_spend": (0.0, 200_000.0),
    "clause_exposure": (0.0, 0.02),
    "clause_strength": (0.5, 0.95),
    "cost_of_clause": (5.0, 500.0),
    "renegotiation": (500.0, 50_000.0),
    "binding_harm": (0.00002, 0.001),
    "change_harm": (0.0001, 0.05),
    "flexibility": (0.0, 0.003),
    "min_months": (1.0, 24.0),
    "max_contract_months": (12.0, 96.0),
    "skill": (0.0, 1.0),
    "specific_months": (0.0, 1.0),
    "need_shift": (0.0, 3.0),
    "cost_of_reopening": (10.0, 10_000.0),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (contracts.clauses_wanted, "trust", -1),
        (contracts.clauses_wanted, "contract_value", 1),
        (contracts.clauses_wanted, "clause_exposure", 1),
        (contracts.clauses_wanted, "cost_of_clause", -1),
        (contracts.contract_months, "trust", 1),
        (contracts.contract_months, "renegotiation", 1),
        (contracts.contract_months, "monthly_spend", -1),
        (contracts.contract_months, "flexibility", -1),
        (contracts.contract_months, "min_months", 1),
        (contracts.contract_months, "max_contract_months", 1),
        (contracts.at_stake_in_renegotiation, "trust", -1),
        (contracts.at_stake_in_renegotiation, "skill", 1),
        (contracts.at_stake_in_renegotiation, "specific_months", 1),
        (contracts.at_stake_in_renegotiation, "monthly_spend", 1),
        (contracts.is_reopened, "trust", -1),
        (contracts.is_reopened, "need_shift", 1),
        (contracts.is_reopened, "cost_of_reopening", -1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


def test_clauses_have_an_end():
    check_bounds(contracts.clauses_wanted, 0.0, 24.0, RANGES)


def test_contracts_last_from_a_month_to_the_longest():
    check_bounds(contracts.contract_months, 1.0, 96.0, RANGES)


@pytest.mark.parametrize("burdened", [0.0, 200_000.0])
def test_no_contract_ends_before_what_was_ordered_can_arrive(burdened):
    """Whatever the burden of being bound: a lead time may exceed the longest contract."""
    months = plain(contracts.contract_months)(0.5, 5000.0, burdened, 0.001, 0.0, 24.0, 12.0)
    assert months == 24.0


@given(renegotiation=st.floats(500.0, 30_000.0), trust=st.floats(0.0, 0.99))
def test_chosen_length_costs_least(renegotiation, trust):
    stake, harm = 50_000.0, 0.004

    def monthly(months):
        return renegotiation / months + (1.0 - trust) * harm * stake * months / 2.0

    chosen = plain(contracts.contract_months)(trust, renegotiation, stake, harm, 0.0, 1.0, 1000.0)
    if 1.0 < chosen < 1000.0:
        assert min(monthly(chosen), monthly(chosen + 1.0)) <= monthly(chosen - 1.0)
        assert monthly(chosen + 1.0) <= monthly(chosen + 2.0) + 1e-9
