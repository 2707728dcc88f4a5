"""Contracts: clauses, length, reopening (B2, B15, B21, B22)."""

import pytest
from equations import check_bounds, check_direction
from hypothesis import given
from hypothesis import strategies as st

from relsim.engine.compilation import plain
from relsim.model.submodels import contracts

RANGES = {
    "trust": (0.0, 1.0),
    "contract_value": (0.0, 200_000.0),
    "monthly_spend": (0.0, 200_000.0),
    "clause_exposure": (0.0, 0.1),
    "clause_strength": (0.5, 0.95),
    "cost_of_clause": (5.0, 500.0),
    "renegotiation": (50.0, 3000.0),
    "binding_harm": (0.001, 0.2),
    "change_harm": (0.001, 0.2),
    "flexibility": (0.0, 0.05),
    "max_clauses": (4.0, 24.0),
    "max_contract_months": (4.0, 24.0),
    "need_shift": (0.0, 3.0),
    "cost_of_reopening": (10.0, 1000.0),
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
    ranges = {**RANGES, "most": (12.0, 60.0), "stake": (10.0, 200_000.0)}
    check_bounds(contracts.contract_months, 1.0, 60.0, ranges)


@given(renegotiation=st.floats(50.0, 3000.0), trust=st.floats(0.0, 0.99))
def test_chosen_length_costs_least(renegotiation, trust):
    stake, harm = 5000.0, 0.004

    def monthly(months):
        return renegotiation / months + (1.0 - trust) * harm * stake * months / 2.0

    chosen = plain(contracts.contract_months)(trust, renegotiation, stake, harm, 0.0, 1000.0)
    if 1.0 < chosen < 1000.0:
        assert min(monthly(chosen), monthly(chosen + 1.0)) <= monthly(chosen - 1.0)
        assert monthly(chosen + 1.0) <= monthly(chosen + 2.0) + 1e-9
