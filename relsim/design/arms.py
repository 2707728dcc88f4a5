"""The scenarios of a comparison (treatment arms): what each runs, and with which draws."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from relsim.design.points import with_point
from relsim.io.errors import InputError, known, shown
from relsim.model.draws import check_seed
from relsim.model.stance_allotment import allotted, stance_of_buyers
from relsim.parameters import Parameters
from relsim.parameters.stances import BUYER_STANCES, NEUTRAL, SELLER_STANCES

if TYPE_CHECKING:
    from relsim.model.agents import Buyer, Salesperson

STANCES = (*BUYER_STANCES, NEUTRAL, *SELLER_STANCES)
"""Names that an arm may give as its stance."""

MOST_REPLICATES = 1_000_000

PAIRED, INDEPENDENT = "paired", "independent"

_POPULATION = ("buyers", "salespeople", "suppliers_per_buyer", "warm_up")
"""Parameters that must be equal for a seed to mean the same market."""


RESERVED = frozenset(
    ["measure", "unit", "contrast", "difference", "low", "high", "effect_size", "pairing"]
)
"""Columns of ``Comparison.table`` that no arm can be named after."""


@dataclass(frozen=True)
class Arm:
    """What one side of a comparison runs: a class of agents is one thing, their stance another.

    Parameters
    ----------
    name : str
        What tables and figures call it.
    parameters : Parameters
        What it sets; in an arm that was understood, all that it runs with.
    buyer, salesperson : type, optional
        Custom agents; those of the model if none.
    stance : str or float, optional
        How all buyers bargain or all sellers deal: a named stance, ``neutral`` or an
        aggressiveness.

    Examples
    --------
    >>> Arm("patient", stance="loyal").parameters.buyer_stances
    'loyal'
    """

    name: str
    parameters: Parameters = field(default_factory=Parameters)
    buyer: type[Buyer] | None = None
    salesperson: type[Salesperson] | None = None
    stance: InitVar[str | float | None] = None

    def __post_init__(self, stance: str | float | None) -> None:
        if not isinstance(self.name, str):
            raise InputError(f"name = {shown(self.name)}: allowed is a text")
        if not isinstance(self.parameters, Parameters):
            raise InputError(
                f"parameters = {shown(self.parameters)}: allowed is a relsim.Parameters; a dict "
                "of them can be an arm by itself"
            )
        if stance is not None:
            set_too = self.parameters.with_values(**_of_stance(stance))
            object.__setattr__(self, "parameters", set_too)


CLASSES = ("buyer", "salesperson")
"""Keys of a mapping that name custom agents, beside those that name parameters."""


def _check_class(key: str, given: Any) -> None:
    from relsim.model import agents

    if not isinstance(given, type) or not issubclass(given, getattr(agents, key.capitalize())):
        raise InputError(
            f"{key} = {shown(given)}: allowed is a subclass of relsim.{key.capitalize()}"
        )


def _of_stance(stance: str | float) -> dict[str, Any]:
    """Parameters that a stance sets."""
    if is_number(stance):
        return {"aggressiveness": float(stance)}
    known("stance", [stance], STANCES)
    if stance == NEUTRAL:
        # What buyers are where nothing is said.
        return {"buyer_stances": None}
    side = "buyer_stances" if stance in BUYER_STANCES else "seller_stances"
    return {side: stance}


def arm(specification: Any, base: Parameters) -> Arm:
    """Understand what somebody wants to compare.

    Parameters
    ----------
    specification : str, float, Parameters, mapping, type or Arm
        The name of a stance (all buyers, or all sellers, alike) or of a preset; an aggressiveness;
        parameters, or some that differ from the base, also entries such as ``hold.trust``; a
        subclass of ``relsim.Buyer`` or of ``relsim.Salesperson``, which keeps the stance of the
        base; an ``Arm`` for any of them together.
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
    >>> from relsim import Buyer
    >>> class Plain(Buyer):
    ...     pass
    >>> arm(Plain, Parameters()).name, arm(Plain, Parameters(buyer_stances="loyal")).name
    ('Plain (neutral)', 'Plain (loyal)')
    >>> arm(Arm("plain", buyer=Plain, stance="trusting"), Parameters()).parameters.buyer_stances
    'trusting'
    >>> arm("agressive", Parameters())
    Traceback (most recent call last):
    relsim.io.errors.InputError: unknown arm 'agressive'; did you mean 'aggressive'?
    """
    if isinstance(specification, Arm):
        for key in CLASSES:
            if getattr(specification, key) is not None:
                _check_class(key, getattr(specification, key))
        return replace(specification, parameters=_on(base, specification.parameters))
    if isinstance(specification, str):
        return _named_arm(specification, base)
    if isinstance(specification, Parameters):
        return Arm(_written(different(specification, base)), specification)
    if isinstance(specification, Mapping):
        return _mapped_arm(specification, base)
    if is_number(specification):
        return Arm(
            f"aggressiveness={specification:g}", base.with_values(**_of_stance(specification))
        )
    if isinstance(specification, type):
        return _custom_arm(specification, base)
    raise _no_arm(specification)


def _no_arm(specification: Any) -> InputError:
    return InputError(
        f"unknown arm {shown(specification)}; allowed: a stance, a preset, an aggressiveness, "
        "Parameters, a dict of parameters, a subclass of relsim.Buyer or relsim.Salesperson, or "
        "a relsim.Arm"
    )


def _mapped_arm(specification: Mapping[str, Any], base: Parameters) -> Arm:
    classes = {key: specification.get(key) for key in CLASSES}
    for key, each in classes.items():
        if each is not None:
            _check_class(key, each)
    changes = {key: each for key, each in specification.items() if key not in CLASSES}
    return Arm(_written(specification), with_point(base, changes), **classes)


def _custom_arm(own: type, base: Parameters) -> Arm:
    """An arm of a class alone: it has the stance of the base, and its name says which."""
    from relsim.model.agents import Buyer, Salesperson

    if issubclass(own, Buyer) and issubclass(own, Salesperson):
        raise InputError(f"arm {own.__name__}: allowed is one of Buyer, Salesperson")
    if issubclass(own, Buyer):
        return Arm(f"{own.__name__} ({stance_of(base, 'buyer')})", base, buyer=own)
    if issubclass(own, Salesperson):
        return Arm(f"{own.__name__} ({stance_of(base, 'seller')})", base, salesperson=own)
    raise _no_arm(own)


def is_number(given: Any) -> bool:
    """Whether something is a number that an aggressiveness can be made of."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        return False
    # A larger whole number cannot become a float.
    return isinstance(given, float) or abs(given) <= sys.float_info.max


def _named_arm(name: str, base: Parameters) -> Arm:
    if name in STANCES:
        return Arm(name, base.with_values(**_of_stance(name)))
    from relsim.parameters.presets import presets

    known("arm", [name], [*STANCES, *presets])
    return Arm(name, _on(base, presets[name]))


def _on(base: Parameters, parameters: Parameters) -> Parameters:
    """A base with all that was set of some parameters."""
    return base.with_values(**{n: getattr(parameters, n) for n in parameters.model_fields_set})


def stance_of(parameters: Parameters, side: str) -> str:
    """Name the stance of all buyers or sellers.

    Examples
    --------
    >>> stance_of(Parameters(), "buyer"), stance_of(Parameters(aggressiveness=0.8), "buyer")
    ('neutral', 'aggressiveness 0.80')
    >>> stance_of(Parameters(), "seller"), stance_of(Parameters(seller_stances="honest"), "seller")
    ('mixed stances', 'honest')
    """
    if side == "buyer":
        names = stance_of_buyers(parameters, np.arange(parameters.buyers))
    else:
        names = allotted(parameters.seller_stances, np.arange(parameters.salespeople))
    return names[0] if len(set(names)) == 1 else "mixed stances"


def different(parameters: Parameters, base: Parameters) -> dict[str, Any]:
    """All in which some parameters differ from others, by name."""
    return {
        name: getattr(parameters, name)
        for name in Parameters.model_fields
        if getattr(parameters, name) != getattr(base, name)
    }


def _written(changes: Mapping[str, Any]) -> str:
    text = ", ".join(f"{name}={_named(value)}" for name, value in changes.items())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _named(value: Any) -> Any:
    return value.__name__ if isinstance(value, type) else value


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
        distinct.append(replace(one, name=name + number))
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
    """Whether two arms meet the same random draws: ``paired`` or ``independent``.

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
