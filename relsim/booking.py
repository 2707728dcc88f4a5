"""Sums of many variables at once: what a relationship's month adds to its buyer's ledger.

The variables of ``BOOKED`` lie side by side in a relationship, and so do their sums in a ledger, in
the same order. Compiled code adds eight of them at a time; one by one takes some hundredths of
a run more.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

from relsim.records import NUMBER, Record
from relsim.state import BOOKED


def add_booked(month: Record, r: Record) -> None:
    """Add what is summed of a relationship to a buyer's month.

    Parameters
    ----------
    month : Record
        The ledger of the buyer's month.
    r : Record
        The relationship.
    """
    for variable, total in BOOKED.items():
        setattr(month, total, getattr(month, total) + getattr(r, variable))


def _start(record: types.Record, names: list[str]) -> int:
    """Where variables that lie side by side begin, in bytes."""
    places: list[int] = [record.offset(name) for name in names]
    if places != [places[0] + NUMBER * n for n in range(len(names))]:
        raise TypeError(f"{', '.join(names)} do not lie side by side")
    return places[0]


@intrinsic  # type: ignore[untyped-decorator]
def _add_booked(context: Any, month: Any, r: Any) -> Any:
    """``add_booked`` on a vector as long as there are variables."""
    names = sorted(BOOKED, key=r.offset)
    starts = _start(month, [BOOKED[name] for name in names]), _start(r, names)

    def generate(context: Any, builder: Any, signature: Any, records: Any) -> Any:
        """Write the machine's instructions."""
        vector = ir.VectorType(ir.DoubleType(), len(BOOKED))
        byte = ir.IntType(8).as_pointer()
        sums, numbers = (
            builder.bitcast(
                builder.gep(builder.bitcast(record, byte), [ir.Constant(ir.IntType(64), start)]),
                vector.as_pointer(),
            )
            for record, start in zip(records, starts, strict=True)
        )
        added = builder.fadd(builder.load(sums, align=NUMBER), builder.load(numbers, align=NUMBER))
        builder.store(added, sums, align=NUMBER)
        return context.get_dummy_value()

    return types.void(month, r), generate


@overload(add_booked, inline="always")  # type: ignore[untyped-decorator]
def _compiled_add_booked(month: Any, r: Any) -> Any:
    def call(month: Any, r: Any) -> Any:
        """Stand in for ``add_booked`` where it is compiled."""
        _add_booked(month, r)

    return call
