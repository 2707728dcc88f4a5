"""What custom code may have written: every variable must be a number that it can be.

Looked at is a whole kind of records at once, after each step that custom agents took.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.io.errors import InputError
from relsim.model.entities import BUYER, RELATIONSHIP, SALESPERSON
from relsim.model.records import Entity, Variable
from relsim.model.state import LAYERS, NOBODY, Market

if TYPE_CHECKING:
    from relsim.model.actor import Actor
    from relsim.model.schedule import Step

NEVER_NEGATIVE = frozenset({"unit", "unit/month", "count", "hour", "hour/month"})
"""Units of what is counted or measured from zero."""

ROUNDING = 1e-9
"""How far beyond its range a value may be: sums of shares do not add up exactly."""

BOUNDED = {
    "0 to 1": (0.0, 1.0),
    "0 or 1": (0.0, 1.0),
    "-1, 0 or 1": (-1.0, 1.0),
    "0 to 3": (0.0, LAYERS),
    "layers, 0 to 3": (0.0, LAYERS),
}
"""Units that say what a variable can be."""


class Wrong(NamedTuple):
    """A value that a variable cannot have, and what it can."""

    record: int
    variable: str
    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if np.isfinite(self.high):
            allowed = f"{self.low:g} to {self.high:g}"
        else:
            allowed = "a number from 0" if self.low == 0.0 else "a finite number"
        return f"{self.variable} = {self.value!r}; allowed is {allowed}"


def range_of(variable: Variable) -> tuple[float, float]:
    """What a variable can be, by its unit."""
    least = 0.0 if variable.unit in NEVER_NEGATIVE else -np.inf
    return BOUNDED.get(variable.unit, (least, np.inf))


@functools.cache
def _ranges(entity: Entity) -> tuple[list[Variable], Any, Any, Any]:
    """Variables that must be numbers, their places in a record, their least and greatest."""
    checked = [v for v in entity.variables if not (v.integer or v.optional)]
    low, high = np.array([range_of(variable) for variable in checked]).T
    places = np.array([entity.positions[variable.name] for variable in checked])
    return checked, places, low, high


def first_wrong(
    entity: Entity, records: NDArray[Any], looked_at: NDArray[np.bool_]
) -> Wrong | None:
    """Find the first value that cannot be.

    Parameters
    ----------
    entity : Entity
        What the records are of.
    records : array
        All of a market.
    looked_at : array of bool
        Which of them to look at.

    Returns
    -------
    Wrong or None
        The first by record.
    """
    checked, places, low, high = _ranges(entity)
    numbers = np.asarray(records).view(np.uint8).reshape(len(records), -1).view(np.float64)
    values = numbers[:, places]
    # Comparisons with nan are false.
    fine = (values >= low - ROUNDING) & (values <= high + ROUNDING) & (np.abs(values) < np.inf)
    if fine.all():
        return None
    wrong = np.argwhere(~fine & looked_at[:, None])
    if not len(wrong):
        return None
    record, column = wrong[0].tolist()
    return Wrong(
        record,
        checked[column].name,
        float(values[record, column]),
        float(low[column]),
        float(high[column]),
    )


def check_step(step: Step, market: Market, agents: Sequence[Actor]) -> None:
    """Check what custom agents may have written in a step: their records and relationships.

    Parameters
    ----------
    step : Step
        The one that was taken.
    market : Market
        All records.
    agents : sequence of agents
        All of the kind whose step it is.

    Raises
    ------
    InputError
        Naming the agent, the variable, its value and its range.
    """
    of_buyers = step.agent == "buyer"
    entity, own = (BUYER, market.buyers) if of_buyers else (SALESPERSON, market.salespeople)
    wrong = first_wrong(entity, own, np.ones(len(own), bool))
    if wrong:
        who, where = agents[wrong.record], ""
    else:
        sellers = market.relationships["seller"]
        wrong = first_wrong(RELATIONSHIP, market.relationships, sellers != NOBODY)
        if wrong is None:
            return
        slot = wrong.record
        buyer = slot // int(market.clock["slots_per_buyer"][0])
        who, where = agents[buyer if of_buyers else sellers[slot]], f", relationship at slot {slot}"
    raise InputError(f"{type(who).__name__} {who.index} in {step.submodel}{where}: {wrong}")
