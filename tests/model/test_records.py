"""How entities lie in memory."""

from __future__ import annotations

import numpy as np

from relsim.model.entities import RELATIONSHIP
from relsim.model.ledgers import BUYER_LEDGER, SALESPERSON_LEDGER
from relsim.model.records import NUMBER


def test_what_is_written_to_a_record_is_in_no_other() -> None:
    records = RELATIONSHIP.empty(3)
    for name in records.dtype.names or ():
        records[name][1] = 1
    sums = [np.nansum(record.tolist()) for record in records]
    assert sums == [0.0, len(RELATIONSHIP.variables), 0.0]


def test_sums_are_nothing_but_numbers() -> None:
    """They are added as if they were the rows of a table."""
    for entity in (BUYER_LEDGER, SALESPERSON_LEDGER):
        assert entity.dtype.itemsize == len(entity.variables) * NUMBER
