"""One run: parameters and a seed in, tables and a network out.

``simulate`` runs the whole schedule compiled and keeps the interpreter free meanwhile, so that
many runs can share a computer on threads. Buyers or salespeople of one's own (subclasses of the
Mesa agents) run through the same schedule, agent by agent where they override it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim import course
from relsim.errors import InputError, known, shown
from relsim.initialization import Prepared, check_seed, drawn_stances
from relsim.observation import (
    BUYER_MEASURES,
    MEASURES,
    SALESPERSON_MEASURES,
    evaluate,
    running_totals,
    table_of,
    totals,
)
from relsim.parameters import Parameters
from relsim.schedule import advance
from relsim.stances import SELLER_STANCES
from relsim.state import NEVER, NOBODY, REASONS, RELATIONSHIP, STANCE, Market

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from relsim.agents import Buyer, Salesperson

MEASURE_NAMES = tuple(m.name for m in (*BUYER_MEASURES, *SALESPERSON_MEASURES))
"""Columns that every table of a whole run or of its periods has, in this order."""

BUYER_TRAITS = (
    "aggressiveness",
    *(item.name for item in STANCE),
    "volume",
    "candour",
    "monitors",
    "integrity",
    "personal_boundary",
)

SALESPERSON_TRAITS = (
    "firm",
    "unit_cost",
    "markup",
    "capability",
    "capacity",
    "overpromising",
    "opportunism",
    "partnership",
    "prices_service",
    "audits",
    "contacts_silent",
    "account_owner",
    "customer_time",
    "personal_boundary",
    "cash",
)

SNAPSHOTS = {
    "seller": np.int64,
    "buyer_trust_in_seller": np.float64,
    "seller_trust_in_buyer": np.float64,
    "phase": np.int8,
}
"""What ``simulate(..., snapshots=True)`` keeps of every relationship in every period."""

SLICE = 400_000
"""Months of single relationships that are run in one compiled call: about a second.

Between two calls an interruption is heard. Numbers do not depend on where a run is cut.
"""

_LINKS = frozenset({"seller", "firm", "next_account"})
Observer = Callable[[Market], None]


class Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """A run was told to stop before its end."""


class Run:
    """What came out of a run. Tables are made when they are first asked for.

    Attributes
    ----------
    parameters : Parameters
        What market it was.
    seed : int
        The seed it ran with.
    snapshots : dict of str to ndarray
        Empty, or an array of periods x relationships for every variable asked for, those of
        ``SNAPSHOTS`` if none was named; an empty place has ``seller == -1`` and ``phase == 0``.

    Notes
    -----
    A buyer's or a salesperson's measures, and those of the whole run, are ratios of sums from
    period 0 on; what happened while the market warmed up is not in them. States in
    ``relationships`` are those at the end.
    """

    def __init__(
        self,
        parameters: Parameters,
        seed: int,
        market: Market,
        snapshots: dict[str, NDArray[Any]],
    ) -> None:
        self.parameters = parameters
        self.seed = seed
        self.snapshots = snapshots
        self._buyers = market.buyers
        self._salespeople = market.salespeople
        self._relationships = market.relationships
        self._spells = market.spells[: int(market.clock.spells[0])].copy()
        self.buyer_ledgers: NDArray[Any] = market.buyer_ledgers
        self.salesperson_ledgers: NDArray[Any] = market.salesperson_ledgers
        self._buyer_series = market.buyer_series
        self._salesperson_series = market.salesperson_series

    def __repr__(self) -> str:
        p = self.parameters
        return (
            f"<Run of {p.periods} periods, {p.buyers} buyers, {p.salespeople} salespeople, "
            f"seed {self.seed}>"
        )

    @cached_property
    def measures(self) -> dict[str, float]:
        """Every measure over the whole run."""
        values = np.concatenate(
            [
                table_of(BUYER_MEASURES, totals(self.buyer_ledgers))[0],
                table_of(SALESPERSON_MEASURES, totals(self.salesperson_ledgers))[0],
            ]
        )
        return dict(zip(MEASURE_NAMES, values.tolist(), strict=True))

    @cached_property
    def series_values(self) -> NDArray[np.float64]:
        """Every measure in every period: an array of periods x ``MEASURE_NAMES``."""
        return np.hstack(
            [
                table_of(BUYER_MEASURES, self._buyer_series),
                table_of(SALESPERSON_MEASURES, self._salesperson_series),
            ]
        )

    @cached_property
    def cumulative_cost(self) -> NDArray[np.float64]:
        """Total cost a unit of all that was bought so far, at the end of every period."""
        return evaluate(MEASURES["total_cost_per_unit"], running_totals(self._buyer_series))

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row a period: ``period`` and every measure, all buyers and sellers together."""
        import pandas as pd

        table = pd.DataFrame(self.series_values, columns=list(MEASURE_NAMES))
        table.insert(0, "period", np.arange(len(table)))
        return table

    @cached_property
    def relationships(self) -> pd.DataFrame:
        """A row a relationship that lasts at the end, with all that is between the two."""
        import pandas as pd

        records = self._relationships
        lasting = np.flatnonzero(records["seller"] != NOBODY)
        columns: dict[str, Any] = {
            "buyer": lasting // self.parameters.suppliers_per_buyer,
            "seller": records["seller"][lasting],
            "firm": records["firm"][lasting],
        }
        for variable in RELATIONSHIP.variables:
            if variable.name not in _LINKS:
                columns[variable.name] = _dated(variable.name, records[variable.name][lasting])
        return pd.DataFrame(columns)

    @cached_property
    def spells(self) -> pd.DataFrame:
        """A row a relationship, ended or lasting, warm-up included.

        ``start`` and ``end`` are its first and last period, ``months`` its length, ``reason`` why
        it ended; ``lasting`` and ``censored`` where the run ended before it did. ``months`` is 0
        for one that was agreed at the end of the last period and has not had a month of trade yet:
        leave such rows out where lengths are compared.
        """
        import pandas as pd

        ended, lasting = self._spells, self.relationships
        table = pd.DataFrame(
            {name: _dated(name, ended[name]) for name in ended.dtype.names if name != "reason"}
        )
        table["reason"] = [REASONS[code] for code in ended["reason"]]
        still = lasting[[name for name in table.columns if name in lasting.columns]].copy()
        still["end"] = self.parameters.periods - 1
        still["reason"] = REASONS[0]
        still = still[table.columns]
        table = pd.concat([table, still], ignore_index=True) if len(table) else still
        table["censored"] = table["reason"] == REASONS[0]
        # One that is agreed at the end of the last period has not had a month yet.
        table["months"] = table["end"] - table["start"] + 1
        return table

    @cached_property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer: stance, traits, and every measure of buyers over the whole run."""
        import pandas as pd

        traits = {name: self._buyers[name] for name in BUYER_TRAITS}
        measures = pd.DataFrame(self.buyer_values, columns=[m.name for m in BUYER_MEASURES])
        front = pd.DataFrame(
            {"buyer": np.arange(len(self._buyers)), "stance": self.stances, **traits}
        )
        return pd.concat([front, measures], axis=1)

    @cached_property
    def buyer_values(self) -> NDArray[np.float64]:
        """Every measure of every buyer: an array of buyers x ``BUYER_MEASURES``."""
        return table_of(BUYER_MEASURES, self.buyer_ledgers)

    @cached_property
    def aggressiveness(self) -> NDArray[np.float64]:
        """Aggressiveness of every buyer; ``nan`` for stances that are not on that line."""
        return np.array(self._buyers["aggressiveness"])

    @cached_property
    def stances(self) -> list[str]:
        """Name of every buyer's stance."""
        return drawn_stances(self.parameters, self.seed)

    @cached_property
    def salespeople(self) -> pd.DataFrame:
        """A row a salesperson: stance, traits, accounts at the end, and every measure of sellers.

        Measures are of the place: a firm that failed and the one that replaced it count together.
        """
        import pandas as pd

        records = self._salespeople
        names = list(SELLER_STANCES)
        columns: dict[str, Any] = {
            "salesperson": np.arange(len(records)),
            "stance": [names[code] for code in records["stance"]],
        }
        columns |= {name: records[name] for name in SALESPERSON_TRAITS if name != "cash"}
        columns["accounts_at_end"] = records["accounts"]
        columns["cash_at_end"] = records["cash"]
        measures = pd.DataFrame(
            table_of(SALESPERSON_MEASURES, self.salesperson_ledgers),
            columns=[m.name for m in SALESPERSON_MEASURES],
        )
        return pd.concat([pd.DataFrame(columns), measures], axis=1)

    def network(self) -> nx.Graph:
        """Who trades with whom at the end.

        Returns
        -------
        networkx.Graph
            Bipartite: nodes ``"buyer 0"`` (``bipartite=0``) and ``"salesperson 0"``
            (``bipartite=1``) with their stance and traits; an edge a relationship, with every
            field of ``relationships``.
        """
        import networkx as nx

        graph = nx.Graph()
        for kind, side, table, traits in (
            ("buyer", 0, self.buyers, BUYER_TRAITS),
            ("salesperson", 1, self.salespeople, SALESPERSON_TRAITS),
        ):
            kept = [
                name for name in ("stance", *traits, "accounts_at_end") if name in table.columns
            ]
            for number, row in enumerate(table[kept].to_dict("records")):
                graph.add_node(f"{kind} {number}", bipartite=side, kind=kind, **row)
        for row in self.relationships.to_dict("records"):
            graph.add_edge(f"buyer {row.pop('buyer')}", f"salesperson {row.pop('seller')}", **row)
        return graph


def _dated(name: str, values: NDArray[Any]) -> NDArray[Any]:
    """Periods of what never happened as ``nan``, everything else as it is."""
    if not name.endswith("_since"):
        return values
    return np.where(values == NEVER, np.nan, values.astype(np.float64))


class _Album:
    """Collects snapshots, a row a period from period 0 on."""

    def __init__(self, periods: int, places: int, names: Iterable[str]) -> None:
        self.pictures = {
            name: np.zeros((periods, places), SNAPSHOTS.get(name, RELATIONSHIP.dtype[name]))
            for name in names
        }

    def take(self, market: Market) -> None:
        """Keep the state at the end of the period that has just passed."""
        period = int(market.clock.period[0]) - 1
        if period >= 0:
            for name, pictures in self.pictures.items():
                pictures[period] = market.relationships[name]


def _walk(
    prepared: Prepared,
    parameters: Parameters,
    seed: int,
    observe: Observer | None,
    stop: threading.Event | None,
) -> Market:
    """Run the schedule compiled to the end, in slices; by the period if somebody looks on."""
    market, draws, generator = prepared
    at_once = 1 if observe else max(1, SLICE // len(market.relationships))
    for first, last in course.segments(parameters):
        course.enter(prepared, parameters, seed, first)
        period = first
        while period < last:
            _go_on(stop)
            market = course.with_room(market)
            advance(market, draws, generator, min(period + at_once, last))
            period = int(market.clock.period[0])
            if observe:
                observe(market)
    return market


def _go_on(stop: threading.Event | None) -> None:
    """Go on unless told to stop."""
    if stop is not None and stop.is_set():
        raise Stopped


def simulate(
    parameters: Parameters | None = None,
    seed: int = 0,
    *,
    snapshots: bool | Collection[str] = False,
    buyer: type[Buyer] | None = None,
    salesperson: type[Salesperson] | None = None,
    stop: threading.Event | None = None,
) -> Run:
    """Run a market.

    Parameters
    ----------
    parameters : Parameters, optional
        What market to run; the defaults if none.
    seed : int
        From 0 to 2**53 - 1. The same parameters and seed give the same run, bit for bit.
    snapshots : bool or collection of str
        Whether to keep who trades with whom, trust and phase in every period; or the variables of
        relationships to keep.
    buyer, salesperson : type, optional
        Subclasses of ``relsim.Buyer`` and ``relsim.Salesperson`` to run instead; slower.
    stop : threading.Event, optional
        Set it in another thread to end the run early, with ``Stopped``.

    Returns
    -------
    Run
        Its tables and its network.

    Raises
    ------
    InputError
        If parameters or seed are not what they should be.

    Examples
    --------
    >>> run = simulate(Parameters(buyers=4, salespeople=4, periods=12), seed=1)
    >>> len(run.series)
    12
    >>> run
    <Run of 12 periods, 4 buyers, 4 salespeople, seed 1>
    """
    chosen = Parameters() if parameters is None else parameters
    if not isinstance(chosen, Parameters):
        raise InputError(f"parameters = {shown(chosen)}: allowed is a relsim.Parameters")
    for name, own in (("buyer", buyer), ("salesperson", salesperson)):
        if isinstance(own, str) or not isinstance(own, type | Mapping | Sequence | None):
            raise InputError(
                f"{name} = {shown(own)}: allowed is a subclass of relsim.{name.capitalize()}"
            )
    seed = check_seed(seed)
    album = None
    if snapshots:
        names = tuple(SNAPSHOTS) if isinstance(snapshots, bool) else tuple(snapshots)
        known("variable of relationships", names, RELATIONSHIP.dtype.names or ())
        album = _Album(chosen.periods, chosen.buyers * chosen.suppliers_per_buyer, names)
    observe = album.take if album else None
    if buyer is None and salesperson is None:
        market = _walk(course.begin(chosen, seed), chosen, seed, observe, stop)
    else:
        from relsim.model import run_agents

        def look(market: Market) -> None:
            _go_on(stop)
            if observe:
                observe(market)

        market = run_agents(chosen, seed, buyer=buyer, salesperson=salesperson, observe=look)
    return Run(chosen, seed, market, album.pictures if album else {})
