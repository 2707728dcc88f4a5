"""What buyers and salespeople have in common, and what custom classes of them may not do."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import mesa

from relsim.io.errors import InputError
from relsim.model.attributes import Face, nearest
from relsim.model.entities import BUYER, SALESPERSON
from relsim.model.relationship import Relationship
from relsim.model.schedule import SCHEDULE

STEP_NUMBERS = {(step.submodel, step.agent): number for number, step in enumerate(SCHEDULE)}
"""Number in the schedule of the step that a kind of agent has in a submodel."""


FACES = "relsim.model.agents"
"""Where the classes are that custom ones are subclasses of."""


def _check_name(agent: Actor | type[Actor], name: str) -> None:
    """Refuse a name that is nearly, but not quite, a step or variable: it would do nothing.

    Raises
    ------
    InputError
        With the name that it is near to.
    """
    cls = agent if isinstance(agent, type) else type(agent)
    kind = next((base for base in cls.__mro__ if base.__module__ == FACES), None)
    if kind is None or name.startswith("_"):
        return
    near = _near(kind, name)
    if near:
        raise InputError(
            f"{cls.__name__}.{name}: a {kind.__name__} has nothing of that name; "
            f"did you mean {near!r}? (Other names must differ more.)"
        )


def _check_method(cls: type[Actor], name: str) -> None:
    """Refuse a custom step that would not run when it is called.

    Raises
    ------
    InputError
        If it is no method, or one that is called and then waits, as a generator is.
    """
    method = inspect.getattr_static(cls, name)
    waits = inspect.isgeneratorfunction, inspect.iscoroutinefunction, inspect.isasyncgenfunction
    if not inspect.isfunction(method) or any(one(method) for one in waits):
        raise InputError(
            f"{cls.__name__}.{name}: allowed is a plain method, def {name}(self), without yield "
            "or async"
        )


@functools.cache
def _near(kind: type[Actor], name: str) -> str | None:
    """The step or variable of a kind of agent that a name is a slip of, if it is."""
    entity = BUYER if kind.kind == BUYER.name else SALESPERSON
    own = list(kind._steps)
    own += [variable.name for variable in entity.variables]
    return None if name in own or hasattr(kind, name) else nearest(name, own)


class Actor(Face, mesa.Agent):
    """What buyers and salespeople have in common.

    Parameters
    ----------
    model : RelationshipModel
        The model that the agent belongs to.
    index : int
        Its index among the agents of its kind, from 0.
    record : numpy.record
        Its state, the same memory that compiled code works on.
    draws : numpy.record
        Its draws of the period (see ``relsim.model.draws``): using them instead of new ones keeps
        runs with and without custom agents comparable draw by draw. New ones come from
        ``self.model.rng``.
    """

    kind: str
    model: Any

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse what would be passed over in silence.

        Raises
        ------
        InputError
            If a class overrides ``step``, which nothing calls, or a public name is nearly that of
            a step or a variable.
        """
        super().__init_subclass__(**kwargs)
        if cls.__module__ == FACES:
            cls._steps = frozenset(name for name, agent in STEP_NUMBERS if agent == cls.kind)
            return
        if "step" in vars(cls):
            raise InputError(
                f"{cls.__name__}.step: agents take the steps of the schedule, each by its own "
                f"method; override one of {', '.join(sorted({name for name, _ in STEP_NUMBERS}))}"
            )
        for name, value in vars(cls).items():
            if inspect.isroutine(value) or not hasattr(Actor, name):
                _check_name(cls, name)
        for name in cls._steps:
            _check_method(cls, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._steps:
            raise InputError(f"{type(self).__name__}.{name}: override it in the class, as a method")
        if name not in self.__dict__ and not hasattr(type(self), name):
            _check_name(self, name)
        super().__setattr__(name, value)

    def __init__(self, model: Any, index: int, record: Any, draws: Any) -> None:
        super().__init__(model)
        self.columns = model.columns[self.kind]
        self.index = index
        self.record = record
        self.draws = draws

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.index}>"

    @property
    def slots(self) -> list[int]:
        """Its relationships' slots among all slots of the market."""
        return [relationship.index for relationship in self.relationships]

    @property
    def relationships(self) -> list[Relationship]:
        """What it has with each of its partners, to be read and written.

        A slot has the same object every time, so that ``is`` can compare them.
        """
        raise NotImplementedError

    @property
    def relationship_count(self) -> int:
        """How many relationships it has."""
        return len(self.relationships)

    @property
    def mean_trust(self) -> float:
        """Its trust in its partners, on average; ``nan`` if it has none."""
        trust = self.model.columns["relationship"][self._trust][self.slots]
        return float(trust.mean()) if len(trust) else float("nan")

    _trust: str
    _steps: frozenset[str] = frozenset()

    def take(self, submodel: str) -> None:
        """Take this agent's step of a submodel, compiled."""
        self.model.walk_one(STEP_NUMBERS[submodel, self.kind], self.index)
