"""Sums of many variables at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from markets import as_bytes

from relsim.booking import add_booked
from relsim.compilation import compiled
from relsim.ledgers import BUYER_LEDGER
from relsim.state import BOOKED, RELATIONSHIP


@compiled
def add_all(months: Any, relationships: Any) -> None:
    """Add them in compiled code."""
    for place in range(len(relationships)):
        add_booked(months[0], relationships[place])


def relationships(count: int) -> Any:
    """Relationships in which every variable has a number of its own."""
    records = RELATIONSHIP.empty(count)
    for place, name in enumerate(RELATIONSHIP.dtype.names or ()):
        records[name] = 1.0 + place + 100.0 * np.arange(count)
    return records


def test_what_is_booked_lies_side_by_side_and_first() -> None:
    variables = sorted(BOOKED, key=RELATIONSHIP.places.__getitem__)
    for entity, names in (
        (RELATIONSHIP, variables),
        (BUYER_LEDGER, [BOOKED[variable] for variable in variables]),
    ):
        assert [entity.places[name] for name in names] == list(range(len(BOOKED)))


def test_every_sum_is_that_of_its_variable_and_nothing_else_is_touched() -> None:
    records = relationships(3)
    compiled_month, plain_month = BUYER_LEDGER.empty(1), BUYER_LEDGER.empty(1)
    add_all(compiled_month, records)
    for record in records:
        add_booked(plain_month[0], record)
    assert compiled_month.tobytes() == plain_month.tobytes()
    sums = {total: records[name].sum() for name, total in BOOKED.items()}
    for name in BUYER_LEDGER.dtype.names or ():
        assert compiled_month[name][0] == sums.get(name, 0.0), name
    assert as_bytes(records) == as_bytes(relationships(3))
