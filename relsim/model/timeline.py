"""The course of a run: what changes between periods, and when (ODD 3, 5).

Within a period the schedule rules. Between periods three things can happen: the warm-up ends at
period 0, where buyers take up their stances (and contracts end, if ``reset_contracts``); an
intervention changes parameters in mid-run; a market is set up before its first period. Whoever
walks the schedule, compiled or agent by agent, calls ``enter`` before each period in which
something changes, and so follows the same course.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from relsim.model.entities import RELATIONSHIP, SPELL
from relsim.model.initialization import Prepared, initialize, parameter_record
from relsim.model.schedule import begin_relationships
from relsim.model.stance_allotment import set_stances
from relsim.model.state import Market
from relsim.parameters import Parameters


def changes(parameters: Parameters) -> tuple[int, ...]:
    """Periods before which something changes.

    Parameters
    ----------
    parameters : Parameters
        With its interventions.

    Returns
    -------
    tuple of int
        In ascending order, each once; period 0, where stances begin, is always among them.

    Examples
    --------
    >>> changes(Parameters(interventions=[(60, {"contact_hours": 3.0}), (-6, {"erosion": 0.1})]))
    (-6, 0, 60)
    """
    return tuple(sorted({0, *(period for period, _ in parameters.interventions)}))


def segments(parameters: Parameters) -> Iterator[tuple[int, int]]:
    """Stretches of periods in which nothing is changed from outside.

    Parameters
    ----------
    parameters : Parameters
        With its interventions.

    Yields
    ------
    tuple of int
        First period of a stretch, and the one after its last.

    Examples
    --------
    >>> list(segments(Parameters(warm_up=24, periods=120)))
    [(-24, 0), (0, 120)]
    >>> list(segments(Parameters(warm_up=0, interventions=[(60, {"erosion": 0.1})])))
    [(0, 60), (60, 120)]
    """
    bounds = sorted({-parameters.warm_up, *changes(parameters), parameters.periods})
    yield from itertools.pairwise(bounds)


def in_force(parameters: Parameters, period: int) -> Parameters:
    """Parameters as interventions up to a period, that one included, have left them.

    Parameters
    ----------
    parameters : Parameters
        With its interventions; of one period, the later in the list wins.
    period : int
        A period of the run.

    Returns
    -------
    relsim.Parameters
        What holds in that period.

    Examples
    --------
    >>> changing = Parameters(interventions=[(60, {"contact_hours": 3.0})])
    >>> in_force(changing, 59).contact_hours, in_force(changing, 60).contact_hours
    (10.4, 3.0)
    """
    current = parameters
    for when, change in sorted(parameters.interventions, key=lambda item: item[0]):
        if when <= period:
            current = current.changed(change)
    return current


def begin(parameters: Parameters, seed: int) -> Prepared:
    """Set up a market and begin its first relationships.

    Parameters
    ----------
    parameters : Parameters
        What market to set up.
    seed : int
        From 0 to 2**53 - 1.

    Returns
    -------
    Prepared
        Ready for ``enter`` and the first period, ``-warm_up``.
    """
    prepared = initialize(parameters, seed)
    begin_relationships(prepared.market)
    return prepared


def watched(prepared: Prepared) -> Prepared:
    """A market that keeps, every month, its relationships as they stood before turnover.

    Parameters
    ----------
    prepared : Prepared
        The market.

    Returns
    -------
    Prepared
        The same records, with room in ``traded``.
    """
    market = prepared.market
    traded = RELATIONSHIP.empty(len(market.relationships))
    return prepared._replace(market=market._replace(traded=traded))


def enter(prepared: Prepared, parameters: Parameters, seed: int, period: int) -> None:
    """Apply whatever changes before a period; most periods, nothing.

    Parameters
    ----------
    prepared : Prepared
        The market, changed in place.
    parameters : Parameters
        Those the market was set up with.
    seed : int
        The seed it was set up with.
    period : int
        The period that is about to begin.
    """
    market = prepared.market
    if period == 0:
        set_stances(market, parameters, seed, neutral=False)
        if parameters.reset_contracts:
            market.relationships["contract_end"] = 0
    if any(period == when for when, _ in parameters.interventions):
        market.parameters[:] = parameter_record(in_force(parameters, period))


def with_room(market: Market) -> Market:
    """A market with room for more spells, if another period might not find enough.

    Parameters
    ----------
    market : Market
        Its relationships can end once a period in every place.

    Returns
    -------
    Market
        The same records; the spells moved to an array twice as long if they were short.
    """
    spells = market.spells
    if len(spells) - market.clock.spells[0] >= len(market.relationships):
        return market
    grown = SPELL.empty(2 * len(spells))
    grown[: len(spells)] = spells
    return market._replace(spells=grown)
