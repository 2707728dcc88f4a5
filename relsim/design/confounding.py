"""Arms that differ in two things at once, so that nobody could say which of them did it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from relsim.design.arms import Arm, is_number, stance_of
from relsim.io.errors import InputError
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES, NEUTRAL, SELLER_STANCES

BUYERS, SELLERS, MARKET = "how buyers bargain", "how sellers deal", "the market"


def what_it_sets(given: Any) -> str | None:
    """What an arm that is a name or a number sets; None of any other.

    >>> what_it_sets("trusting"), what_it_sets(0.3), what_it_sets("honest"), what_it_sets({})
    ('how buyers bargain', 'how buyers bargain', 'how sellers deal', None)
    """
    if is_number(given):
        return BUYERS
    if not isinstance(given, str):
        return None
    if given in BUYER_STANCES or given == NEUTRAL:
        return BUYERS
    return SELLERS if given in SELLER_STANCES else MARKET if given in presets else None


def check_alike(given: Sequence[Any], arms: Sequence[Arm]) -> list[str]:
    """Check that arms differ in one thing from the first.

    Parameters
    ----------
    given : sequence
        Arms as they were asked for.
    arms : sequence of Arm
        The same, understood.

    Returns
    -------
    list of str
        A line for each that differs in two things, where that can still be wanted.

    Raises
    ------
    InputError
        If one arm sets how buyers bargain and another how sellers deal.

    Examples
    --------
    >>> from relsim.design.arms import arm
    >>> from relsim.parameters import Parameters
    >>> both = ["aggressive", "honest"]
    >>> check_alike(both, [arm(name, Parameters()) for name in both])
    Traceback (most recent call last):
    relsim.io.errors.InputError: aggressive sets how buyers bargain and honest how sellers deal, ...
    """
    said = []
    first, first_sets = arms[0], what_it_sets(given[0])
    for each, other in zip(given[1:], arms[1:], strict=True):
        sets = what_it_sets(each)
        if {first_sets, sets} == {BUYERS, SELLERS}:
            stance = other if sets == SELLERS else first
            raise InputError(
                f"{first.name} sets {first_sets} and {other.name} {sets}, so that nobody could say "
                "which of them makes the difference; compare stances of one side, with one of the "
                f"other side for all, such as seller_stances={stance.name}"
            )
        if None not in (first_sets, sets) and first_sets != sets:
            said.append(f"{first.name} sets {first_sets}, {other.name} {sets}: they differ in both")
        # Who gives an Arm has said both.
        elif isinstance(each, type) or isinstance(given[0], type):
            said += filter(None, [two_things(first, other)])
    return said


def two_things(first: Arm, other: Arm) -> str | None:
    """Say so if two arms differ both in their agents and in the stance of these."""
    for side, agent in (("buyer", "buyer"), ("seller", "salesperson")):
        stances = [stance_of(one.parameters, side) for one in (first, other)]
        if getattr(first, agent) is not getattr(other, agent) and stances[0] != stances[1]:
            return (
                f"{first.name} and {other.name} differ in the class of their {agent} and in its "
                f"stance ({stances[0]}, {stances[1]}); relsim.Arm(name, {agent}=..., stance=...) "
                "sets both"
            )
    return None
