"""Contracts: clauses, length, reopening (B2, B15, B21, B22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relsim.engine.compilation import plain
from relsim.model.submodels import contracts


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
