"""Buyers and salespeople as Mesa agents: thin faces over the records of a market.

An agent has no state of its own. Its attributes are the variables of its record (ODD 2), read and
written in place, and each of its methods takes one submodel's step for it (ODD 7), compiled. To
give an agent a mind of its own, override the method of that name in plain Python; all the rest
stays compiled.

Examples
--------
A buyer that orders all it needs from whoever is cheapest:

>>> import relsim
>>> class Miser(Buyer):
...     def ordering(self):
...         super().ordering()
...         cheapest = min(self.relationships, key=lambda r: r.price, default=None)
...         for relationship in self.relationships:
...             relationship.units = self.need if relationship is cheapest else 0.0
>>> small = relsim.Parameters(buyers=4, salespeople=4, periods=6)
>>> run = relsim.simulate(small, seed=1, buyer=Miser)
>>> len(run.series)
6
"""

from __future__ import annotations

import functools
import inspect
from typing import Any

import mesa

from relsim.io.errors import InputError
from relsim.model.attributes import Face, nearest, with_variables_of
from relsim.model.choices import Choices
from relsim.model.entities import BUYER, SALESPERSON
from relsim.model.observation import BUYER_MEASURES, table_of
from relsim.model.relationship import Relationship
from relsim.model.schedule import SCHEDULE
from relsim.model.state import NOBODY

STEP_NUMBERS = {(step.submodel, step.agent): number for number, step in enumerate(SCHEDULE)}
"""Number in the schedule of the step that a kind of agent has in a submodel."""


def _check_name(agent: Actor | type[Actor], name: str) -> None:
    """Refuse a name that is nearly, but not quite, a step or variable: it would do nothing.

    Raises
    ------
    InputError
        With the name that it is near to.
    """
    cls = agent if isinstance(agent, type) else type(agent)
    kind = next((base for base in (Buyer, Salesperson) if issubclass(cls, base)), None)
    if kind is None or name.startswith("_"):
        return
    near = _near(kind, name)
    if near:
        raise InputError(
            f"{cls.__name__}.{name}: a {kind.__name__} has nothing of that name; "
            f"did you mean {near!r}? (Names of one's own must differ more.)"
        )


@functools.cache
def _near(kind: type[Actor], name: str) -> str | None:
    """The step or variable of a kind of agent that a name is a slip of, if it is."""
    entity = BUYER if kind is Buyer else SALESPERSON
    own = [submodel for submodel, agent in STEP_NUMBERS if agent == kind.kind]
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
        if cls.__module__ == __name__:
            return
        if "step" in vars(cls):
            raise InputError(
                f"{cls.__name__}.step: agents take the steps of the schedule, each by its own "
                f"method; override one of {', '.join(sorted({name for name, _ in STEP_NUMBERS}))}"
            )
        for name, value in vars(cls).items():
            if inspect.isroutine(value) or not hasattr(Actor, name):
                _check_name(cls, name)

    def __setattr__(self, name: str, value: Any) -> None:
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

    def take(self, submodel: str) -> None:
        """Take this agent's step of a submodel, compiled."""
        self.model.walk_one(STEP_NUMBERS[submodel, self.kind], self.index)


@with_variables_of(BUYER)
class Buyer(Choices, Actor):
    """A firm that buys, with the person who buys for it.

    Every variable of a buyer's record is an attribute, ``buyer.volume`` for one.
    """

    kind = "buyer"
    _trust = "buyer_trust_in_seller"

    @property
    def relationships(self) -> list[Relationship]:
        """What it has with each of its suppliers, empty slots left out; see ``Relationship``."""
        own = self.model.relationships[self.first_slot : self.end_slot]
        return [relationship for relationship in own if relationship.seller != NOBODY]

    @property
    def suppliers(self) -> list[Salesperson]:
        """The salespeople that it buys from, in the order of ``relationships``."""
        return [self.model.salespeople[r.seller] for r in self.relationships]

    @property
    def measures(self) -> dict[str, float]:
        """Every measure of its own, over the whole run so far."""
        ledger = self.model.market.buyer_ledgers[self.index : self.index + 1]
        names = [measure.name for measure in BUYER_MEASURES]
        return dict(zip(names, table_of(BUYER_MEASURES, ledger)[0].tolist(), strict=True))

    def environment(self) -> None:
        """See its needs shift, and what its suppliers deliver adapt."""
        self.take("environment")

    def audit(self) -> None:
        """Read its records on each supplier when a review is due."""
        self.take("audit")

    def attention(self) -> None:
        """Now and then have a new person buy; the firm and its stance stay."""
        self.take("attention")

    def exploitation(self) -> None:
        """Decide of each supplier whether to use what it disclosed against it."""
        self.take("exploitation")

    def negotiation(self) -> None:
        """Negotiate each contract that has run out, or that a side wants reopened."""
        self.take("negotiation")

    def ordering(self) -> None:
        """Order what it needs, and consider one newcomer for its worst slot."""
        self.take("ordering")

    def delivery(self) -> None:
        """Install capital goods that have arrived, and keep its equipment running."""
        self.take("delivery")

    def inspection(self) -> None:
        """Decide of each delivery whether to inspect it."""
        self.take("inspection")

    def complaint(self) -> None:
        """Voice or swallow this period's problems with each supplier."""
        self.take("complaint")

    def meeting(self) -> None:
        """Spend the hours of the month with each supplier."""
        self.take("meeting")

    def disclosure(self) -> None:
        """Answer each salesperson; what both know then is their understanding."""
        self.take("disclosure")

    def ideas(self) -> None:
        """Bring suppliers ideas for their processes and delivery."""
        self.take("ideas")

    def trust(self) -> None:
        """Learn how far each supplier can be trusted."""
        self.take("trust")

    def accounting(self) -> None:
        """Close its books and learn from them what suppliers really cost."""
        self.take("accounting")

    def evaluation(self) -> None:
        """Weigh each supplier and say how far it wants to engage."""
        self.take("evaluation")

    def turnover(self) -> None:
        """Lose suppliers that failed, and move to the one that took it on."""
        self.take("turnover")

    def word_of_mouth(self) -> None:
        """Ask around about each supplier that is new to it."""
        self.take("word_of_mouth")


@with_variables_of(SALESPERSON)
class Salesperson(Actor):
    """A supplier firm, with the person who sells for it.

    Every variable of a salesperson's record is an attribute, ``salesperson.confidence`` for one.
    """

    kind = "salesperson"
    _trust = "seller_trust_in_buyer"

    @property
    def relationships(self) -> list[Relationship]:
        """What it has with each of its customers; see ``Relationship``."""
        slots = self.model.market.account_slots[self.first_account : self.end_account]
        return [self.model.relationships[slot] for slot in slots.tolist()]

    @property
    def customers(self) -> list[Buyer]:
        """The buyers that it sells to, in the order of ``relationships``."""
        return [self.model.buyers[r.buyer] for r in self.relationships]

    def audit(self) -> None:
        """Audit its accounts when that is due, and ask the silent."""
        self.take("audit")

    def attention(self) -> None:
        """Spread its hours over its accounts; now and then a new person takes its place."""
        self.take("attention")

    def exploitation(self) -> None:
        """Decide of each customer whether to take extras."""
        self.take("exploitation")

    def offer(self) -> None:
        """Quote, promise and argue."""
        self.take("offer")

    def delivery(self) -> None:
        """Deliver to every account what is due."""
        self.take("delivery")

    def complaint(self) -> None:
        """Make good what it hears of, as far as care and service go."""
        self.take("complaint")

    def disclosure(self) -> None:
        """Speak first: tell each customer more, as much, or less."""
        self.take("disclosure")

    def improvement(self) -> None:
        """Learn to work for each customer."""
        self.take("improvement")

    def ideas(self) -> None:
        """Bring customers ideas for design and production of the part."""
        self.take("ideas")

    def trust(self) -> None:
        """Learn how far each customer can be trusted, and how well it does itself."""
        self.take("trust")

    def accounting(self) -> None:
        """Close its books: profit of each account, and what is left."""
        self.take("accounting")

    def evaluation(self) -> None:
        """Weigh each customer; engage where both want it; offer bonds."""
        self.take("evaluation")

    def turnover(self) -> None:
        """Take on applicants while there is room, or fail and be replaced."""
        self.take("turnover")

    def word_of_mouth(self) -> None:
        """Ask around about each customer that is new to it."""
        self.take("word_of_mouth")
