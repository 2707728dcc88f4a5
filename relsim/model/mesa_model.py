"""The market as a Mesa model: the same schedule as the compiled run, open to agents of one's own.

``RelationshipModel.step`` walks the steps of a period in their order. A stretch of steps that no
agent overrides runs compiled; a step that some agents override is taken agent by agent, in the
order of their index. With or without overrides, a model and ``simulate`` give the same numbers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import mesa

from relsim.engine.compilation import prepared
from relsim.io.errors import InputError, shown
from relsim.model import timeline
from relsim.model.actor import Actor
from relsim.model.agent_classes import Classes, Someone, one_each
from relsim.model.agents import Buyer, Salesperson
from relsim.model.attributes import columns_of
from relsim.model.draws import MAXIMUM_SEED, check_seed
from relsim.model.memory import check_market
from relsim.model.observation import BUYER_MEASURES, MEASURES, SALESPERSON_MEASURES, table_of
from relsim.model.plausibility import check_step
from relsim.model.relationship import Relationship
from relsim.model.schedule import SCHEDULE, begin_period, end_period, take_part, walk
from relsim.model.state import NOBODY, Market
from relsim.parameters import Parameters

AGENT_REPORTERS = {
    "kind": "kind",
    "index": "index",
    "relationships": "relationship_count",
    "trust": "mean_trust",
}
"""What the data collector keeps of every agent in every period."""

Observer = Callable[[Market], None]


class Stretch(NamedTuple):
    """Steps of the schedule, all compiled."""

    first: int
    last: int


class OwnStep(NamedTuple):
    """A step that some agents override: for each agent its method, or None if compiled."""

    number: int
    methods: list[Callable[[], None] | None]


class RelationshipModel(mesa.Model):
    """Buyers and salespeople in a market, month by month.

    Parameters
    ----------
    parameters : Parameters, optional
        What market to run. Or give single ones by name, ``RelationshipModel(uncertainty=0.5)``.
    buyer, salesperson : class, sequence or mapping
        The class of all agents of a kind; or one for each of them; or classes by index, where
        the others are plain. What they override counts from period 0 on: the warm-up, in which
        everybody is neutral, is the same for all.
    rng, seed : int, optional
        From 0 to 2**53 - 1, under either name; the same seed gives the same run. A new one is
        drawn if there is none, to be read from ``seed``.
    collect : bool
        Whether to keep measures and states of agents each period, in ``datacollector``.
    watched : bool
        Whether ``market.traded`` has, after every period, its relationships as they stood before
        some of them ended.
    **kwargs
        Single parameters by name. (Mesa's visualisation goes by this very word.)

    Attributes
    ----------
    parameters : Parameters
        Those in force: interventions change them.
    period : int
        The month that is about to begin, or in ``step`` the one under way.
    buyers, salespeople : list
        The agents, by index.
    relationships : list of Relationship
        One for every slot, those that are empty included.
    columns : dict
        For each kind of records (buyer, salesperson, relationship) its variables as arrays.
    market : relsim.model.state.Market
        All records.
    steps : int
        Months since period 0: the warm-up is over when the model has been made.

    Raises
    ------
    InputError
        If a parameter, the seed or a class is not what it should be.

    Examples
    --------
    >>> model = RelationshipModel(buyers=4, salespeople=4, periods=12, rng=1)
    >>> model.step()
    >>> model.steps, model.period, model.buyers
    (1, 1, [<Buyer 0>, <Buyer 1>, <Buyer 2>, <Buyer 3>])
    """

    def __init__(
        self,
        parameters: Parameters | None = None,
        *,
        buyer: Classes[Buyer] = Buyer,
        salesperson: Classes[Salesperson] = Salesperson,
        rng: int | None = None,
        seed: int | None = None,
        collect: bool = True,
        watched: bool = False,
        **kwargs: Any,
    ) -> None:
        if rng is not None and seed is not None:
            raise InputError("rng and seed are two names of the same: give one")
        given = seed if rng is None else rng
        number = secrets.randbelow(MAXIMUM_SEED) if given is None else check_seed(given)
        if not isinstance(parameters, Parameters | None):
            raise InputError(f"parameters = {shown(parameters)}: allowed is a relsim.Parameters")
        super().__init__(rng=number)
        self.seed = number
        self._given = (parameters or Parameters()).with_values(**kwargs)
        self.parameters = self._given
        check_market(self._given)
        self._prepared = timeline.begin(self._given, number)
        self._walk = prepared(walk, self.market, 0, 0, NOBODY)
        while self.period < 0:
            self._pass_month([Stretch(0, len(SCHEDULE))])
        if watched:
            self._prepared = timeline.watched(self._prepared)
        self.columns = {
            "buyer": columns_of(self.market.buyers),
            "salesperson": columns_of(self.market.salespeople),
            "relationship": columns_of(self.market.relationships),
        }
        slots = range(len(self.market.relationships))
        self.relationships = [Relationship(self, slot) for slot in slots]
        self.buyers = self._agents_of("buyer", buyer, Buyer)
        self.salespeople = self._agents_of("salesperson", salesperson, Salesperson)
        # Mesa 3.3 numbers agents by model in a table that would keep every model for ever.
        getattr(mesa.Agent, "_ids", {}).pop(self, None)
        self._plan = self._walk_plan()
        self.datacollector = mesa.DataCollector(
            # With the seed, since mesa.batch_run does not always tell it.
            model_reporters={"seed": "seed"} | {name: _reporter(name) for name in MEASURES},
            agent_reporters=dict(AGENT_REPORTERS),
        )
        self._collects = collect

    @property
    def market(self) -> Market:
        """All records of the market."""
        return self._prepared.market

    @property
    def period(self) -> int:
        """The month that is about to begin, or in ``step`` the one under way."""
        return int(self.market.clock["period"][0])

    @property
    def measures(self) -> dict[str, float]:
        """Every measure in the month that has just passed; empty before the first."""
        last = self.period - 1
        if last < 0:
            return {}
        values: dict[str, float] = {}
        for chosen, series in (
            (BUYER_MEASURES, self.market.buyer_series),
            (SALESPERSON_MEASURES, self.market.salesperson_series),
        ):
            row = table_of(chosen, series[last : last + 1])[0].tolist()
            values |= {measure.name: value for measure, value in zip(chosen, row, strict=True)}
        return values

    def step(self) -> None:
        """Let a month pass."""
        if self.period >= self._given.periods:
            raise InputError(
                f"all {self._given.periods} periods have passed: a longer run needs more periods"
            )
        self._pass_month(self._plan)
        self.running = self.period < self._given.periods
        if self._collects:
            self._measured = self.measures
            self.datacollector.collect(self)

    def walk_one(self, step: int, agent: int) -> None:
        """Let one agent take one step of the schedule, compiled."""
        self._walk(self._prepared.market, step, step + 1, agent)

    def take_part(self, part: int, slot: int, choice: float) -> None:
        """Take a part of a buyer's step for one of its slots, compiled; see ``Buyer.inspect``."""
        self._take_part(self._prepared.market, part, slot, choice)

    @cached_property
    def _take_part(self) -> Callable[..., None]:
        """Made when it is first needed, since most models never do."""
        return prepared(take_part, self.market, 0, 0, 0.0)

    def __deepcopy__(self, memo: dict[int, Any]) -> RelationshipModel:
        raise InputError(_NO_COPY)

    def __copy__(self) -> RelationshipModel:
        raise InputError(_NO_COPY)

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise InputError(_NO_COPY)

    def _pass_month(self, plan: Sequence[Stretch | OwnStep]) -> None:
        """Take all steps of the schedule, compiled where nobody has one of their own."""
        self._change_from_outside()
        market, draws, ledgers, stream = self._prepared
        begin_period(draws, stream)
        for part in plan:
            if isinstance(part, Stretch):
                self._walk(market, part.first, part.last, NOBODY)
                continue
            for agent, method in enumerate(part.methods):
                if method is None:
                    self.walk_one(part.number, agent)
                else:
                    method()
            step = SCHEDULE[part.number]
            check_step(step, market, self.buyers if step.agent == "buyer" else self.salespeople)
        end_period(market, ledgers)

    def _change_from_outside(self) -> None:
        """Apply what the timeline has for this period, and find room for what may end in it."""
        timeline.enter(self._prepared, self._given, self.seed, self.period)
        self.parameters = timeline.in_force(self._given, self.period)
        self._prepared = self._prepared._replace(market=timeline.with_room(self.market))

    def _agents_of(
        self, kind: str, classes: Classes[Someone], plain: type[Someone]
    ) -> list[Someone]:
        """Make the agents of a kind."""
        plural = "buyers" if kind == "buyer" else "salespeople"
        records = getattr(self.market, plural)
        draws = getattr(self.market, f"{kind}_draws")
        chosen = one_each(kind, classes, plain, len(records))
        return [cls(self, i, records[i], draws[i]) for i, cls in enumerate(chosen)]

    def _walk_plan(self) -> list[Stretch | OwnStep]:
        """Find what of the schedule can run compiled, and what goes agent by agent."""
        plan: list[Stretch | OwnStep] = []
        first = 0
        for number, step in enumerate(SCHEDULE):
            methods = self._own_methods(step.submodel, step.agent)
            if any(methods):
                plan += [Stretch(first, number), OwnStep(number, methods)]
                first = number + 1
        plan.append(Stretch(first, len(SCHEDULE)))
        return [part for part in plan if isinstance(part, OwnStep) or part.first < part.last]

    def _own_methods(self, submodel: str, kind: str) -> list[Callable[[], None] | None]:
        """For each agent of a kind the method it overrides in a submodel, or None."""
        if kind == "market":
            return []
        agents: Sequence[Actor] = self.buyers if kind == "buyer" else self.salespeople
        plain = getattr(Buyer if kind == "buyer" else Salesperson, submodel)
        return [
            None if getattr(type(agent), submodel) is plain else getattr(agent, submodel)
            for agent in agents
        ]


_NO_COPY = (
    "a RelationshipModel cannot be copied or pickled: its agents share memory with its records; "
    "make another with the same parameters and seed, and step it as far"
)


def _reporter(name: str) -> Callable[[RelationshipModel], float]:
    """Make a reporter of a measure; all are evaluated together, once a period."""
    return lambda model: model._measured[name]


def run_agents(
    parameters: Parameters,
    seed: int,
    *,
    buyer: Classes[Buyer] | None = None,
    salesperson: Classes[Salesperson] | None = None,
    observe: Observer | None = None,
) -> Market:
    """Run a market with agents of one's own to the end.

    Parameters
    ----------
    parameters : Parameters
        What market to run.
    seed : int
        From 0 to 2**53 - 1.
    buyer, salesperson : class, sequence or mapping, optional
        See ``RelationshipModel``.
    observe : callable, optional
        Called with the market after every period from 0 on.

    Returns
    -------
    Market
        All records at the end.
    """
    model = RelationshipModel(
        parameters,
        buyer=Buyer if buyer is None else buyer,
        salesperson=Salesperson if salesperson is None else salesperson,
        rng=seed,
        collect=False,
        watched=observe is not None,
    )
    while model.running:
        model.step()
        if observe:
            observe(model.market)
    return model.market
