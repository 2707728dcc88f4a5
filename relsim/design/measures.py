"""Measures of one's own: functions from a run to a number, by the name of their column.

A function is written down by its name and by what it consists of (``custom_code.py``), so that a
sweep does not go on with another one in the old column.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from relsim.design.arms import RESERVED
from relsim.design.custom_code import parts_of
from relsim.io.errors import InputError, reason, shown
from relsim.io.imports import imported
from relsim.model.observation import CUMULATIVE_COST, MEASURES
from relsim.model.run import Run
from relsim.parameters import Parameters

OwnMeasure = Callable[[Run], float]

FORM = 'a function of a run, or its name as "module:function"'

_TAKEN = RESERVED | {
    "name",
    "point",
    "arm",
    "replicate",
    "seed",
    "seconds",
    "parameters",
    "buyer",
    "period",
    "stance",
    "aggressiveness",
    CUMULATIVE_COST,
}
"""Columns of tables that no measure can be named after."""


@dataclass(frozen=True)
class Absent:
    """Stands for a function of a file that is not here as it was: it can be named, not called."""

    record: Mapping[str, Any]
    why: str

    def __call__(self, run: Run) -> float:
        """Refuse: only its name is known."""
        raise InputError(f"measure {self.record['name']} is not here; {self.why}")


def understood(given: Any) -> dict[str, OwnMeasure]:
    """Check measures of one's own.

    Parameters
    ----------
    given : mapping
        By name: a function, its name as ``module:function``, or a record of it.

    Returns
    -------
    dict
        Functions by the name of their measure.

    Raises
    ------
    InputError
        If a name is taken, or something is no function and names none.

    Examples
    --------
    >>> understood({"size": "builtins:len"})
    {'size': <built-in function len>}
    >>> understood({"retention": len})
    Traceback (most recent call last):
    relsim.io.errors.InputError: measures: 'retention' is taken; allowed is another name
    """
    if not isinstance(given, Mapping):
        raise InputError(f"measures = {shown(given)}: allowed is {{name: function}}")
    for name in given:
        if not isinstance(name, str) or not name.isidentifier():
            raise InputError(f"measures: {shown(name)}: allowed is a name of letters, digits and _")
        if any(name in names for names in (_TAKEN, MEASURES, Parameters.model_fields)):
            raise InputError(f"measures: {name!r} is taken; allowed is another name")
    return {name: _function(name, each) for name, each in given.items()}


def _function(name: str, given: Any) -> OwnMeasure:
    if isinstance(given, str):
        return _imported(name, given)
    if isinstance(given, Mapping) and given.keys() == {"name", "code"}:
        return _revived(given)
    if not callable(given):
        raise InputError(f"measures.{name} = {shown(given)}: allowed is {FORM}")
    found: OwnMeasure = given
    return found


def _imported(name: str, text: str) -> OwnMeasure:
    wrong = f"measures.{name} = {shown(text)}"
    found = imported(text, wrong, FORM)
    if not callable(found):
        raise InputError(f"{wrong}: is no function; allowed is {FORM}")
    checked: OwnMeasure = found
    return checked


def recorded(function: OwnMeasure) -> dict[str, Any]:
    """Write a function down as JSON values: where it is, and what it consists of."""
    if isinstance(function, Absent):
        return dict(function.record)
    named = function if hasattr(function, "__qualname__") else type(function)
    return {"name": f"{named.__module__}:{named.__qualname__}", "code": parts_of(function)}


def _revived(record: Mapping[str, Any]) -> OwnMeasure:
    """A function that was recorded, if it is here and as it was."""
    module, _, path = str(record["name"]).partition(":")
    # Not imported: a file of results must not decide which code is run.
    found: Any = sys.modules.get(module)
    for part in path.split("."):
        found = getattr(found, part, None)
    if not callable(found):
        return Absent(record, f"import {module} first")
    if record["code"] not in (None, recorded(found)["code"]):
        return Absent(record, "it was edited since")
    live: OwnMeasure = found
    return live


def check_present(own: Mapping[str, OwnMeasure]) -> None:
    """Check that all measures can be taken.

    Raises
    ------
    InputError
        If one came from a file and its function is not here.
    """
    for name, function in own.items():
        if isinstance(function, Absent):
            raise InputError(
                f"measure {name}: {function.record['name']} is not here; {function.why}"
            )


def measured(own: Mapping[str, OwnMeasure], run: Run) -> list[float]:
    """Take measures of one's own of a run.

    Parameters
    ----------
    own : mapping
        Functions by name.
    run : Run
        What came out of it.

    Returns
    -------
    list of float
        A number each; ``nan`` where there is nothing to measure.

    Raises
    ------
    InputError
        Naming measure and seed, if a function fails or gives something else than a number.
    """
    values = []
    for name, function in own.items():
        try:
            value = function(run)
        except Exception as error:
            words = f"{type(error).__name__}: {reason(error)}"
            raise InputError(f"measure {name}, seed {run.seed}: {words}") from error
        plain = value.item() if isinstance(value, np.generic) else value
        number = isinstance(plain, int | float) and not isinstance(plain, bool)
        # A larger whole number cannot become a float.
        if not number or abs(plain) > sys.float_info.max:
            raise InputError(
                f"measure {name}, seed {run.seed}: gave {shown(value)}; allowed is one real number"
            )
        values.append(float(plain))
    return values


def listed(given: Any) -> tuple[Any, ...]:
    """Take the field ``measures`` of a plan: names, and mappings of one's own among them.

    A mapping alone goes with all measures of relsim.

    >>> listed(["retention", {"size": len}])
    ('retention', {'size': <built-in function len>})
    """
    if isinstance(given, Mapping):
        return (*MEASURES, understood(given))
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        raise ValueError
    entries = [understood(each) if isinstance(each, Mapping) else each for each in given]
    names, _ = separated(entries)
    all_names = [*names, *(name for each in entries if isinstance(each, dict) for name in each)]
    if not all(isinstance(name, str) for name in names) or len(set(all_names)) < len(all_names):
        raise ValueError
    return tuple(entries)


def separated(entries: Sequence[Any]) -> tuple[list[str], dict[str, OwnMeasure]]:
    """Names of measures of relsim in such a field, and those of one's own."""
    own: dict[str, OwnMeasure] = {}
    for each in entries:
        own |= each if isinstance(each, Mapping) else {}
    return [each for each in entries if not isinstance(each, Mapping)], own


def record(names: Sequence[str], own: Mapping[str, OwnMeasure]) -> list[Any]:
    """Write such a field down as JSON values."""
    functions = {name: recorded(function) for name, function in own.items()}
    return [*(name for name in names if name not in own), *([functions] if own else [])]
