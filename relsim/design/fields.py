"""Forms of single fields of a plan, and one line for what has another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeVar

import numpy as np
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, Strict, ValidationError

from relsim.design.arms import Arm, arm
from relsim.design.samples import MOST_POINTS
from relsim.io.errors import InputError, known, shown
from relsim.parameters import Parameters

T = TypeVar("T")


def _plain(given: Any) -> Any:
    return given.item() if isinstance(given, np.generic) else given


def _list(given: Any) -> Sequence[Any]:
    if not is_list(given):
        raise ValueError
    return given  # type: ignore[no-any-return]


def _distinct(given: tuple[T, ...]) -> tuple[T, ...]:
    if len(set(given)) < len(given):
        raise ValueError
    return given


Name = Annotated[str, Strict()]
Whole = Annotated[int, Strict(), BeforeValidator(_plain)]
Points = Annotated[Whole, Field(ge=1, le=MOST_POINTS)]
Listed = Annotated[tuple[T, ...], BeforeValidator(_list), AfterValidator(_distinct)]


def name_of(kind: str, allowed: Collection[str]) -> AfterValidator:
    """Make a check of a field that takes one of some names."""

    def check(given: str) -> str:
        """Take one of the names."""
        known(kind, [given], allowed)
        return given

    return AfterValidator(check)


def counts(given: Any) -> Any:
    """Take one number of points for a list of one."""
    if is_list(given):
        return given
    return (given,)


def base(given: Any) -> dict[str, Any]:
    """Take parameters by name, or ``Parameters``."""
    if isinstance(given, Parameters):
        return {name: getattr(given, name) for name in sorted(given.model_fields_set)}
    if not isinstance(given, Mapping):
        raise InputError(f"base = {shown(given)}: allowed is parameters by name")
    known("parameter in base", given, Parameters.model_fields)
    return dict(given)


def _of_arm(one: Arm) -> dict[str, Any]:
    """An arm as a mapping, which a file of results can keep."""
    agents = {"buyer": one.buyer, "salesperson": one.salesperson}
    given = {name: getattr(one.parameters, name) for name in one.parameters.model_fields_set}
    return {"name": one.name, **{k: each for k, each in agents.items() if each}, **given}


def arms(given: Any) -> tuple[Any, ...]:
    """Take a list of arms, or mappings of parameters by the name of their arm."""
    if isinstance(given, Mapping):
        for name, values in given.items():
            if not isinstance(values, Mapping):
                raise InputError(
                    f"arms.{name} = {shown(values)}: allowed is a mapping of parameters"
                )
            if "name" in values:
                raise InputError(f"arms.{name}.name: {name!r} is its name; allowed are parameters")
        given = [{"name": str(name), **values} for name, values in given.items()]
    if not is_list(given):
        raise InputError(
            f"arms = {shown(given)}: allowed is a list of stances, presets or mappings"
        )
    given = [_of_arm(one) if isinstance(one, Arm) else one for one in given]
    for one in given:
        name = one.get("name", "?") if isinstance(one, Mapping) else "?"
        if not isinstance(name, str) or not name:
            raise InputError(f"name of an arm = {shown(name)}: allowed is a text")
    return tuple(given)


def understood(given: Sequence[Any], start: Parameters) -> tuple[Arm, ...]:
    """Make arms of that list, with what holds where they say nothing.

    Raises
    ------
    InputError
        If one is not understood, or a name is there twice.
    """
    found = []
    for each in given:
        name = each.get("name") if isinstance(each, Mapping) else None
        if isinstance(each, Mapping):
            each = {key: value for key, value in each.items() if key != "name"}
        one = arm(each, start)
        found.append(one if name is None else replace(one, name=name))
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"arms: {name!r} is there twice; allowed is each name once")
    return tuple(found)


def is_list(given: Any) -> bool:
    """Whether something is a list or the like, and no text."""
    return isinstance(given, Sequence) and not isinstance(given, str)


def explained(error: ValidationError, of: type[BaseModel]) -> InputError:
    """One line for the first thing that pydantic found wrong: what it is, and what is allowed."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return cause
    name = str(first["loc"][0])
    allowed = {field.alias or key: field.description for key, field in of.model_fields.items()}
    if first["type"] == "missing":
        return InputError(f"{name} is missing in the plan; allowed: {allowed[name]}")
    return InputError(f"{name} = {shown(first['input'])}: allowed is {allowed[name]}")


def unreadable(error: Exception) -> str:
    """Why a plan cannot be read, and what is meant where that is easily taken for another thing."""
    why = getattr(error, "strerror", None) or str(error)
    if "('measures',)" in why:
        why += '; both kinds are one list: measures = ["retention", {gini = "my_measures:gini"}]'
    return why
