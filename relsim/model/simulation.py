"""One run: parameters and a seed in, a ``Run`` with its tables and its network out.

``simulate`` runs the whole schedule compiled and keeps the interpreter free meanwhile, so that
many runs can share a computer on threads. Buyers or salespeople of one's own (subclasses of the
Mesa agents) run through the same schedule, agent by agent where they override it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from relsim.io.errors import InputError, known, shown
from relsim.model import timeline
from relsim.model.draws import check_seed
from relsim.model.entities import RELATIONSHIP
from relsim.model.initialization import Prepared
from relsim.model.memory import check_market, check_memory
from relsim.model.run import Run
from relsim.model.schedule import advance
from relsim.model.state import Market
from relsim.parameters import Parameters

if TYPE_CHECKING:
    from relsim.model.agents import Buyer, Salesperson

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

Observer = Callable[[Market], None]


class Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """A run was told to stop before its end."""


class _Album:
    """Collects snapshots, a row a period from period 0 on; with a history, whole records."""

    def __init__(self, periods: int, places: int, names: Iterable[str], history: bool) -> None:
        self.pictures = {
            name: np.zeros((periods, places), SNAPSHOTS.get(name, RELATIONSHIP.dtype[name]))
            for name in names
        }
        self.records = np.zeros((periods, places), RELATIONSHIP.dtype) if history else None

    def take(self, market: Market) -> None:
        """Keep what stood in the period that has just passed, before its turnover."""
        period = int(market.clock.period[0]) - 1
        if period >= 0:
            for name, pictures in self.pictures.items():
                pictures[period] = market.traded[name]
            if self.records is not None:
                self.records[period] = market.traded


def _album(
    parameters: Parameters, snapshots: bool | Collection[str], history: bool
) -> _Album | None:
    """An album for what is to be kept, if anything is, and if there is the memory for it."""
    if isinstance(snapshots, str) or not isinstance(snapshots, bool | Collection):
        raise InputError(
            f"snapshots = {shown(snapshots)}: allowed is True, False or names of variables"
        )
    if not isinstance(history, bool):
        raise InputError(f"history = {shown(history)}: allowed is True or False")
    if not (snapshots or history):
        return None
    names = tuple(SNAPSHOTS if snapshots is True else snapshots or ())
    known("variable of relationships", names, RELATIONSHIP.dtype.names or ())
    places = parameters.buyers * parameters.suppliers_per_buyer
    a_place = 8 * len(names) + (RELATIONSHIP.dtype.itemsize if history else 0)
    check_memory(
        float(parameters.periods * places * a_place),
        f"{parameters.periods} periods of {places} relationships",
        "fewer variables, no history, fewer periods or a smaller market",
    )
    return _Album(parameters.periods, places, names, history)


def _walk(
    prepared: Prepared,
    parameters: Parameters,
    seed: int,
    observe: Observer | None,
    stop: threading.Event | None,
) -> Market:
    """Run the schedule compiled to the end, in slices; by the period if somebody looks on."""
    market, draws, ledgers, stream = timeline.watched(prepared) if observe else prepared
    at_once = 1 if observe else max(1, SLICE // len(market.relationships))
    for first, last in timeline.segments(parameters):
        timeline.enter(prepared, parameters, seed, first)
        period = first
        while period < last:
            _go_on(stop)
            market = timeline.with_room(market)
            advance(market, draws, ledgers, stream, min(period + at_once, last))
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
    history: bool = False,
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
    history : bool
        Whether to keep all of every relationship in every period, for ``Run.history`` and
        ``Run.events``.
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
        If parameters or seed are not what they should be, or the market needs more memory than
        there is.

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
    check_market(chosen)
    album = _album(chosen, snapshots, history)
    observe = album.take if album else None
    if buyer is None and salesperson is None:
        market = _walk(timeline.begin(chosen, seed), chosen, seed, observe, stop)
    else:
        from relsim.model.mesa_model import run_agents

        def look(market: Market) -> None:
            """Look on after a period, unless told to stop."""
            _go_on(stop)
            if observe:
                observe(market)

        market = run_agents(chosen, seed, buyer=buyer, salesperson=salesperson, observe=look)
    if album is None:
        return Run(chosen, seed, market, {})
    return Run(chosen, seed, market, album.pictures, album.records)
