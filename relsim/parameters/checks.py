"""What parameters must be beyond their single ranges, and errors that say what is allowed."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from relsim.io.errors import InputError, known, shown, within
from relsim.parameters.entries import Entry, table
from relsim.parameters.fields import Fields
from relsim.parameters.mechanisms import HOLDS, MECHANISMS, SWITCHES
from relsim.parameters.stances import BUYER_STANCES, SELLER_STANCES, STANCE_RANGES

ROUNDING = 1e-9
"""How far shares of a mixture may be from one: thirds do not add up exactly."""


def _number(value: Any) -> bool:
    """Whether something is a number: neither a flag nor a text."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _all(values: Any, fits: Callable[[Any], bool]) -> bool:
    """Whether something is a list of what fits."""
    return isinstance(values, list | tuple) and all(map(fits, values))


def _all_named(values: Any, fits: Callable[[Any], bool]) -> bool:
    """Whether something is a mapping from names to what fits."""
    return isinstance(values, Mapping) and all(
        isinstance(name, str) and fits(value) for name, value in values.items()
    )


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _stances(value: Any) -> bool:
    return _text(value) or _all(value, _text) or _all_named(value, _number)


def _change(value: Any) -> bool:
    """Whether something is an intervention: a period and what changes in it."""
    if not (isinstance(value, list | tuple) and len(value) == 2):
        return False
    period, changes = value
    return _number(period) and period == int(period) and _all_named(changes, lambda _: True)


STANCES = "a stance, a list of one each, or shares such as {'honest': 0.5, 'opportunist': 0.5}"

FORMS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "buyer_stances": (
        lambda value: value is None or _stances(value),
        STANCES.replace("honest", "loyal").replace("opportunist", "shopper"),
    ),
    "seller_stances": (_stances, STANCES),
    "aggressiveness": (
        lambda value: value is None or _number(value) or _all(value, _number),
        "a number from 0 to 1 or a list of one each",
    ),
    "stance_items": (
        lambda value: _all_named(value, _number),
        "numbers by the name of an item, for instance {'horizon': 9.0}",
    ),
    "hold": (
        lambda value: _all_named(value, _number),
        "numbers by the name of an output, for instance {'trust': 0.5}",
    ),
    "without": (
        lambda value: isinstance(value, set | frozenset | list | tuple) and all(map(_text, value)),
        "a list of mechanisms, for instance ['ideas']",
    ),
    "interventions": (
        lambda value: _all(value, _change),
        "a list of (period, {name: value}), for instance [(60, {'contact_hours': 3.0})]",
    ),
    "reset_contracts": (lambda value: isinstance(value, bool), "true or false"),
}
"""What is no plain number: whether a value has the right form, and which that is."""


def check_forms(values: Mapping[str, Any]) -> None:
    """Check that values are of the kind that their parameters take, ranges apart.

    Raises
    ------
    InputError
        With one line that names the parameter, the value and what is allowed.
    """
    known("parameter", values, Fields.model_fields)
    numeric = {entry.name: entry for entry in table()}
    for name, value in values.items():
        if name in FORMS:
            fits, allowed = FORMS[name]
            if not fits(value):
                raise InputError(f"{name} = {shown(value)}: allowed is {allowed}")
        elif not _number(value):
            raise _not_allowed(numeric[name], value)


def _not_allowed(entry: Entry, value: Any) -> InputError:
    kind = "a whole number" if entry.integer else "a number"
    return InputError(
        f"{entry.name} = {shown(value)}: allowed is {kind} from {entry.low:g} to {entry.high:g}"
        f" ({entry.unit})"
    )


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
        if name in SWITCHES and value not in (0.0, 1.0):
            raise InputError(f"hold of {name} = {shown(value)}: allowed is 0 or 1")
    if "trust" in p.hold and {"buyer_trust", "seller_trust"} & set(p.hold):
        raise InputError("hold either trust or buyer_trust and seller_trust, not both")
    for name, value in p.stance_items.items():
        within(f"stance_items[{name!r}]", value, *STANCE_RANGES[name])
    if p.buyer_stances is not None and p.aggressiveness is not None:
        raise InputError(
            f"give buyer_stances ({shown(p.buyer_stances)}) or aggressiveness "
            f"({shown(p.aggressiveness)}), not both"
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
    if p.contacts % 2:
        raise InputError(f"contacts = {p.contacts}: allowed is an even number")


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
        raise InputError(
            f"shares {shown(dict(shares))} of a mixture must be positive and add up to 1"
        )


def explained(error: ValidationError) -> InputError:
    """One line for the first thing that pydantic found wrong."""
    first = error.errors()[0]
    context = first.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, InputError):
        return cause
    name = str(first["loc"][0]) if first["loc"] else "parameters"
    entry = next((e for e in table() if e.name == name), None)
    if entry is not None:
        return _not_allowed(entry, first["input"])
    allowed = FORMS[name][1] if name in FORMS else "a mapping of parameters by name"
    return InputError(f"{name} = {shown(first['input'])}: allowed is {allowed}")
