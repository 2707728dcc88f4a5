"""What parameters must be beyond their single ranges, and errors that say what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from relsim.errors import InputError, known, within
from relsim.mechanisms import HOLDS, MECHANISMS
from relsim.parameters.entries import table
from relsim.parameters.fields import Fields
from relsim.stances import BUYER_STANCES, SELLER_STANCES, STANCE_RANGES

ROUNDING = 1e-9
"""How far shares of a mixture may be from one: thirds do not add up exactly."""


def check(p: Fields) -> None:
    """Check what no single range can say, interventions apart.

    Raises
    ------
    InputError
        With one line that says what is allowed.
    """
    known("buyer stance", _names(p.buyer_stances), BUYER_STANCES)
    known("seller stance", _names(p.seller_stances), SELLER_STANCES)
    known("mechanism", p.without, MECHANISMS)
    known("mechanism to hold", p.hold, HOLDS)
    known("stance item", p.stance_items, STANCE_RANGES)
    for name, value in p.hold.items():
        within(f"hold of {name}", value, *HOLDS[name][:2])
    if "trust" in p.hold and {"buyer_trust", "seller_trust"} & set(p.hold):
        raise InputError("hold either trust or buyer_trust and seller_trust, not both")
    for name, value in p.stance_items.items():
        within(f"stance_items[{name!r}]", value, *STANCE_RANGES[name])
    if p.buyer_stances is not None and p.aggressiveness is not None:
        raise InputError(
            f"give buyer_stances ({p.buyer_stances!r}) or aggressiveness "
            f"({p.aggressiveness!r}), not both"
        )
    _check_stances(p)
    _check_market(p)


def _check_stances(p: Fields) -> None:
    _one_each("buyer_stances", p.buyer_stances, p.buyers)
    _one_each("aggressiveness", p.aggressiveness, p.buyers)
    _one_each("seller_stances", p.seller_stances, p.salespeople)
    for share in (p.buyer_stances, p.seller_stances):
        if isinstance(share, dict):
            _mixture(share)
    numbers = [p.aggressiveness] if isinstance(p.aggressiveness, float) else []
    for number in p.aggressiveness if isinstance(p.aggressiveness, list) else numbers:
        within("aggressiveness", number, 0.0, 1.0)


def _check_market(p: Fields) -> None:
    if p.suppliers_per_buyer > p.salespeople:
        raise InputError(
            f"suppliers_per_buyer = {p.suppliers_per_buyer} exceeds "
            f"salespeople = {p.salespeople}: a buyer needs different suppliers"
        )
    for name in ("buyer_contacts", "salesperson_contacts"):
        if getattr(p, name) % 2:
            raise InputError(f"{name} = {getattr(p, name)}: allowed is an even number")


def check_period(p: Fields, period: int) -> None:
    """Check that an intervention falls into the run, warm-up included.

    Raises
    ------
    InputError
        If it does not.
    """
    if not -p.warm_up <= period < p.periods:
        raise InputError(
            f"intervention at period {period}: allowed is {-p.warm_up} to {p.periods - 1}"
        )


def _names(stances: Any) -> list[str]:
    """Names of stances in a stance, a list of them or a mixture."""
    if stances is None:
        return []
    return [stances] if isinstance(stances, str) else list(stances)


def _one_each(name: str, values: Any, count: int) -> None:
    if isinstance(values, list) and len(values) != count:
        raise InputError(f"{name} has {len(values)} entries; allowed is one for each of {count}")


def _mixture(shares: Mapping[str, float]) -> None:
    if min(shares.values(), default=-1.0) < 0.0 or abs(sum(shares.values()) - 1.0) > ROUNDING:
        raise InputError(f"shares {dict(shares)} of a mixture must be positive and add up to 1")


def explained(error: ValidationError) -> InputError:
    """One line for the first thing that pydantic found wrong."""
    first = error.errors()[0]
    context = first.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, InputError):
        return cause
    name = str(first["loc"][0]) if first["loc"] else "parameters"
    if first["type"] == "extra_forbidden":
        try:
            known("parameter", [name], Fields.model_fields)
        except InputError as unknown:
            return unknown
    entry = next((e for e in table() if e.name == name), None)
    if entry is not None:
        kind = "a whole number" if entry.integer else "a number"
        return InputError(
            f"{name} = {first['input']!r}: allowed is {kind} from {entry.low:g} to {entry.high:g}"
            f" ({entry.unit})"
        )
    return InputError(f"{name} = {first['input']!r}: {first['msg'].lower()}")
