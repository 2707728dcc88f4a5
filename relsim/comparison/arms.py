"""The sides of a comparison: what each runs, and on which luck."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from relsim.errors import InputError, known, shown
from relsim.initialization import check_seed
from relsim.parameters import Parameters
from relsim.stances import BUYER_STANCES, SELLER_STANCES

if TYPE_CHECKING:
    from relsim.agents import Buyer, Salesperson

MOST_REPLICATES = 1_000_000

PAIRED, INDEPENDENT = "paired", "independent"

_POPULATION = ("buyers", "salespeople", "suppliers_per_buyer", "warm_up")
"""Parameters that must be equal for a seed to mean the same market."""


RESERVED = frozenset(
    [
        "measure",
        "unit",
        "contrast",
        "difference",
        "low",
        "high",
        "effect_size",
        "pairing",
    ]
)
"""Columns of ``Comparison.table`` that no arm can be named after."""


class Arm(NamedTuple):
    """What one side of a comparison runs: its name, parameters, and its own agents if any."""

    name: str
    parameters: Parameters
    buyer: type[Buyer] | None = None
    salesperson: type[Salesperson] | None = None


def arm(specification: Any, base: Parameters) -> Arm:
    """Understand what somebody wants to compare.

    Parameters
    ----------
    specification : str, float, Parameters, mapping or type
        The name of a stance (all buyers, or all sellers, alike) or of a preset; an aggressiveness;
        parameters, or some that differ from the base; a subclass of ``relsim.Buyer`` or of
        ``relsim.Salesperson``.
    base : Parameters
        What holds where the arm says nothing.

    Returns
    -------
    Arm
        Named after what it differs in.

    Raises
    ------
    InputError
        If it is none of these.

    Examples
    --------
    >>> arm("trusting", Parameters()).parameters.buyer_stances
    'trusting'
    >>> arm("opportunist", Parameters()).parameters.seller_stances
    'opportunist'
    >>> arm({"uncertainty": 0.6}, Parameters()).name
    'uncertainty=0.6'
    >>> arm("agressive", Parameters())
    Traceback (most recent call last):
    relsim.errors.InputError: unknown arm 'agressive'; did you mean 'aggressive'?
    """
    if isinstance(specification, str):
        return _named_arm(specification, base)
    if isinstance(specification, Parameters):
        return Arm(_differences(specification, base), specification)
    if isinstance(specification, Mapping):
        parameters = base.with_values(**specification)
        return Arm(_written(specification), parameters)
    if _is_number(specification):
        parameters = base.with_values(aggressiveness=float(specification))
        return Arm(f"aggressiveness={specification:g}", parameters)
    if isinstance(specification, type):
        from relsim.agents import Buyer, Salesperson

        if issubclass(specification, Buyer) and issubclass(specification, Salesperson):
            raise InputError(f"arm {specification.__name__}: allowed is one of Buyer, Salesperson")
        if issubclass(specification, Buyer):
            return Arm(specification.__name__, base, buyer=specification)
        if issubclass(specification, Salesperson):
            return Arm(specification.__name__, base, salesperson=specification)
    raise InputError(
        f"unknown arm {shown(specification)}; allowed: a stance, a preset, an aggressiveness, "
        "Parameters, a dict of parameters, or a subclass of relsim.Buyer or relsim.Salesperson"
    )


def _is_number(given: Any) -> bool:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return False
    # A larger whole number cannot become a float.
    return isinstance(given, float) or abs(given) <= sys.float_info.max


def _named_arm(name: str, base: Parameters) -> Arm:
    if name in BUYER_STANCES:
        return Arm(name, base.with_values(buyer_stances=name))
    if name in SELLER_STANCES:
        return Arm(name, base.with_values(seller_stances=name))
    from relsim.presets import presets

    known("arm", [name], [*BUYER_STANCES, *SELLER_STANCES, *presets])
    preset = presets[name]
    return Arm(name, base.with_values(**{n: getattr(preset, n) for n in preset.model_fields_set}))


def _differences(parameters: Parameters, base: Parameters) -> str:
    changed = {
        name: getattr(parameters, name)
        for name in Parameters.model_fields
        if getattr(parameters, name) != getattr(base, name)
    }
    return _written(changed)


def _written(changes: Mapping[str, Any]) -> str:
    text = ", ".join(f"{name}={value}" for name, value in changes.items())
    return text if len(text) <= 60 else f"{text[:57]}..."


def is_name(given: str) -> bool:
    """Whether an arm can be called so, in tables and files.

    >>> is_name("trusting"), is_name("measure")
    (True, False)
    """
    try:
        return bool(given.encode()) and given not in RESERVED
    except UnicodeEncodeError:
        return False


def distinct(arms: Sequence[Arm]) -> tuple[Arm, ...]:
    """Arms with names that tell them apart."""
    seen: Counter[str] = Counter()
    distinct = []
    for one in arms:
        name = one.name or "base"
        if not is_name(name):
            raise InputError(
                f"arm {shown(name)}: allowed is a name in Unicode that is none of "
                f"{', '.join(sorted(RESERVED))}"
            )
        seen[name] += 1
        number = f" ({seen[name]})" if seen[name] > 1 else ""
        distinct.append(one._replace(name=name + number))
    return tuple(distinct)


def seeds(seed: int, replicates: int) -> tuple[int, ...]:
    """Seeds of replicates: the same whatever the arms, and a longer list begins with a shorter.

    Parameters
    ----------
    seed : int
        Of the comparison, from 0 to 2**53 - 1.
    replicates : int
        How many.

    Returns
    -------
    tuple of int
        From 0 to 2**53 - 1.

    Examples
    --------
    >>> seeds(0, 3) == seeds(0, 5)[:3]
    True
    """
    entropy = check_seed(seed)
    if isinstance(replicates, bool) or not isinstance(replicates, int | np.integer):
        raise InputError(f"replicates = {shown(replicates)}: allowed is a whole number from 1")
    if not 1 <= replicates <= MOST_REPLICATES:
        raise InputError(f"replicates = {shown(replicates)}: allowed is 1 to {MOST_REPLICATES}")
    keys = (np.random.SeedSequence(entropy, spawn_key=(number,)) for number in range(replicates))
    return tuple(int(key.generate_state(1, np.uint64)[0]) >> 11 for key in keys)


def pairing(first: Arm, other: Arm) -> str:
    """Whether two arms meet the same luck: ``paired`` or ``independent``.

    Examples
    --------
    >>> base = Parameters()
    >>> pairing(arm("trusting", base), arm({"buyers": 20}, base))
    'independent'
    """
    equal = all(
        getattr(first.parameters, name) == getattr(other.parameters, name) for name in _POPULATION
    )
    return PAIRED if equal else INDEPENDENT
