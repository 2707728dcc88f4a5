"""A relationship as custom code sees it: one of a buyer's slots for suppliers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relsim.io.errors import InputError, known
from relsim.model.attributes import Face, nearest, with_variables_of
from relsim.model.entities import RELATIONSHIP
from relsim.model.records import Variable
from relsim.model.stance_allotment import items_set, named
from relsim.model.state import PHASES, PROMISE_OUTCOMES
from relsim.parameters.stances import STANCE_RANGES


def _item(variable: Variable) -> property:
    """Make an attribute of an item of a stance: what is set for this relationship, or holds."""
    name = variable.name

    def read(here: Relationship) -> float:
        """What is set here, else what the buyer does everywhere."""
        value: float = here.columns[name].item(here.index)
        return value if value == value else here.of_buyers[name].item(here.buyer)

    def write(here: Relationship, value: float | None) -> None:
        """Set it for this relationship; None lets the buyer's own hold again."""
        if value is not None:
            variable.check(value)
        here.columns[name][here.index] = math.nan if value is None else value

    return property(read, write, doc=f"{variable.meaning} ({variable.unit})")


def _with_items(face: type[Relationship]) -> type[Relationship]:
    """Give relationships an attribute for every item of a stance."""
    for variable in RELATIONSHIP.variables:
        if variable.name in STANCE_RANGES:
            setattr(face, variable.name, _item(variable))
    return face


@with_variables_of(RELATIONSHIP)
@_with_items
class Relationship(Face):
    """One of a buyer's slots for suppliers, and all that is between the two.

    Every variable of its record is an attribute, ``relationship.price`` for one, read and written
    in place. The object belongs to the slot: it stays the same when another supplier follows there
    (``seller`` and ``firm`` say who it is, ``start`` since when), while all that was between the
    buyer and the one before is gone, a stance for it included.

    Attributes
    ----------
    buyer : int
        Index of the buyer; ``seller`` is that of the salesperson.
    index : int
        The slot among all of the market.
    """

    def __init__(self, model: Any, slot: int) -> None:
        object.__setattr__(self, "_model", model)
        object.__setattr__(self, "columns", model.columns["relationship"])
        object.__setattr__(self, "of_buyers", model.columns["buyer"])
        object.__setattr__(self, "index", slot)
        object.__setattr__(self, "buyer", slot // model.parameters.suppliers_per_buyer)

    if TYPE_CHECKING:
        buyer: int

        def __getattr__(self, name: str) -> Any:
            """Any variable of its record."""

    def __repr__(self) -> str:
        return f"<Relationship of buyer {self.buyer} with seller {self.seller:g}>"

    def __setattr__(self, name: str, value: Any) -> None:
        if not isinstance(getattr(type(self), name, None), property):
            near = nearest(name, [*RELATIONSHIP.positions, "stance"])
            raise InputError(
                f"relationship.{name}: a relationship has no variable of that name; "
                + (
                    f"did you mean {near!r}?"
                    if near
                    else "what a custom buyer remembers of a supplier it keeps itself, by its firm"
                )
            )
        object.__setattr__(self, name, value)

    @property
    def promise_outcome(self) -> str:
        """What became of the promise of the last delivery; see ``state.PROMISE_OUTCOMES``."""
        return PROMISE_OUTCOMES[self.columns["promise_outcome"].item(self.index)]

    @promise_outcome.setter
    def promise_outcome(self, outcome: str) -> None:
        numbers = {name: number for number, name in PROMISE_OUTCOMES.items()}
        known("promise outcome", [outcome], numbers)
        self.columns["promise_outcome"][self.index] = numbers[outcome]

    @property
    def phase(self) -> str:
        """Level of engagement, by its name in ``state.PHASES``."""
        return PHASES[self.columns["phase"].item(self.index)]

    @phase.setter
    def phase(self, name: str) -> None:
        known("phase", [name], PHASES)
        self.columns["phase"][self.index] = PHASES.index(name)

    @property
    def stance(self) -> str | dict[str, float] | None:
        """How the buyer bargains here; None where nothing is set and its own stance holds.

        Set the name of a stance, an aggressiveness from 0 to 1, single items by name, or None. It
        is read as a name if its items are those of a named stance, else as the items that are set.
        A new relationship begins without.

        Items act on what is between the two: quotes called for and demand (``negotiation``), length
        of the contract (``rebids_per_year``, there), use of what was disclosed (``exploitation``),
        what counts beside the price (``ordering``) and how far ahead the relationship is valued.
        How often the buyer looks for newcomers and how it judges one is of no relationship: there
        its own ``rebids_per_year`` and ``life_cycle_weight`` hold.
        """
        items = {name: self.columns[name].item(self.index) for name in STANCE_RANGES}
        there = {name: value for name, value in items.items() if value == value}
        if len(there) < len(items):
            return there or None
        return named(there, self._model.parameters)

    @stance.setter
    def stance(self, stance: str | float | Mapping[str, float] | None) -> None:
        items = {} if stance is None else items_set(stance, self._model.parameters)
        for name in STANCE_RANGES:
            self.columns[name][self.index] = items.get(name, math.nan)
