"""How entities lie in memory."""

from __future__ import annotations

import numpy as np
import pytest

from relsim.model.ledgers import BUYER_LEDGER, SALESPERSON_LEDGER
from relsim.model.records import LINE, NUMBER, Entity, records_in
from relsim.model.state import (
    BUYER,
    CLOCK,
    EQUIPMENT,
    ORDER,
    RELATIONSHIP,
    SALESPERSON,
    SPELL,
)

PAIR = np.dtype([("one", np.float64), ("other", np.float64)])
ENTITIES = (
    CLOCK,
    BUYER,
    SALESPERSON,
    RELATIONSHIP,
    ORDER,
    EQUIPMENT,
    SPELL,
    BUYER_LEDGER,
    SALESPERSON_LEDGER,
)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_variables_are_listed_in_their_own_order_and_share_no_place(entity: Entity) -> None:
    names = [v.name for v in entity.variables]
    assert list(entity.dtype.names or ()) == names
    assert sorted(entity.positions[name] for name in names) == list(range(len(names)))


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
@pytest.mark.parametrize("count", [0, 1, 7])
def test_records_begin_with_a_line_and_with_zeros(entity: Entity, count: int) -> None:
    records = entity.empty(count)
    assert records.shape == (count,)
    assert records.dtype.names == entity.dtype.names
    assert records.ctypes.data % LINE == 0 or count == 0
    optional = [variable.name for variable in entity.variables if variable.optional]
    assert all(np.isnan(records[name]).all() for name in optional)
    for name in optional:
        records[name] = 0.0
    assert not np.frombuffer(records.tobytes(), np.uint8).any()


def test_records_fill_their_memory() -> None:
    numbers = np.zeros((4, 4))
    assert records_in(numbers, PAIR).shape == (8,)
    with pytest.raises(ValueError, match="128 bytes are no whole records of 40"):
        records_in(numbers, CLOCK.dtype)
    with pytest.raises(ValueError, match="contiguous"):
        records_in(numbers[:, ::2], PAIR)


def test_what_is_written_to_a_record_is_in_no_other() -> None:
    records = RELATIONSHIP.empty(3)
    for name in records.dtype.names or ():
        records[name][1] = 1
    sums = [np.nansum(record.tolist()) for record in records]
    assert sums == [0.0, len(RELATIONSHIP.variables), 0.0]


def test_a_relationship_begins_with_a_line_and_fills_whole_ones() -> None:
    assert RELATIONSHIP.dtype.itemsize % LINE == 0
    assert RELATIONSHIP.empty(3).ctypes.data % LINE == 0


def test_sums_are_nothing_but_numbers() -> None:
    """They are added as if they were the rows of a table."""
    for entity in (BUYER_LEDGER, SALESPERSON_LEDGER):
        assert entity.dtype.itemsize == len(entity.variables) * NUMBER
