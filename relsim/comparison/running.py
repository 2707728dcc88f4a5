"""Running a comparison: every arm once a replicate, on threads; and a saved one again."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from relsim.comparison.record import check_measures, kept_arms, read_record, record_file
from relsim.comparison.replicates import Progress, run_each, threads
from relsim.comparison.result import Comparison
from relsim.comparison.tables import Outcome
from relsim.design.arms import Arm, arm, distinct, seeds
from relsim.design.confounding import check_alike
from relsim.design.measures import OwnMeasure, measured
from relsim.design.measures import understood as understood_measures
from relsim.engine.versions import versions
from relsim.io.errors import InputError, shown
from relsim.model.draws import check_seed
from relsim.model.memory import check_market, check_memory, market_bytes
from relsim.model.observation import BUYER_MEASURES
from relsim.model.simulation import simulate
from relsim.model.supervision import ExitError, have_compiled, supervised
from relsim.parameters import Parameters

if TYPE_CHECKING:
    from relsim.model.agents import Buyer, Salesperson


def run_arm(
    one: Arm,
    seed: int,
    stop: threading.Event | None = None,
    own: Mapping[str, OwnMeasure] = MappingProxyType({}),
) -> Outcome:
    """Run an arm once.

    Parameters
    ----------
    one : Arm
        What to run.
    seed : int
        Of this replicate, one of ``seeds``.
    stop : threading.Event, optional
        See ``simulate``.
    own : mapping of str to callable
        Measures of one's own.

    Returns
    -------
    Outcome
        For ``Comparison.take``.
    """
    run = simulate(one.parameters, seed, buyer=one.buyer, salesperson=one.salesperson, stop=stop)
    return Outcome(
        measures=[*run.measures.values(), *measured(own, run)],
        series=np.column_stack([run.series_values, run.cumulative_cost]),
        buyers=run.buyer_values,
        stances=run.stances,
        aggressiveness=run.aggressiveness,
    )


def _is_custom(one: Arm) -> bool:
    return one.buyer is not None or one.salesperson is not None


def _watched(own: Mapping[str, OwnMeasure], one: Arm, seed: int, stop: threading.Event) -> Outcome:
    """Run an arm once, with its custom code, if any, where it can be left."""
    if not _is_custom(one) and not own:
        return run_arm(one, seed, stop)
    try:
        return supervised(lambda: run_arm(one, seed, stop, own), stop=stop)
    except ExitError as error:
        raise ExitError(f"arm {one.name}, seed {seed}: {error}") from error.__cause__


def compare(
    *arms: Any,
    base: Parameters | None = None,
    replicates: int = 200,
    seed: int = 0,
    measures: Mapping[str, OwnMeasure | str] | None = None,
    workers: int | None = None,
    progress: Progress = False,
) -> Comparison:
    """Compare two arms, or several with the first.

    Parameters
    ----------
    *arms : str, float, Parameters, mapping, type or Arm
        See ``arm``. A class alone keeps the stance of the base, and its name says which; if it is
        compared with another stance, a warning says that two things differ. An ``Arm`` sets both.
    base : Parameters, optional
        What holds where an arm says nothing; the defaults if none.
    replicates : int
        Runs of every arm.
    seed : int
        From 0 to 2**53 - 1; the seeds of the replicates follow from it.
    measures : mapping of str to callable, optional
        Measures of one's own by name: functions from a ``relsim.Run`` to a number, or their names
        as ``"module:function"``. They are rows of ``table`` and columns of ``runs``; not of
        ``series`` and ``buyers``.
    workers : int, optional
        Threads, by default one a processor. Results do not depend on it.
    progress : bool or callable
        Whether to show a bar on the terminal; or a function, called with a number of runs that
        have been done since.

    Returns
    -------
    Comparison
        Tables of effects, runs, series and buyers.

    Raises
    ------
    InputError
        If there are fewer than two arms, one is not understood, one sets how buyers bargain and
        another how sellers deal, they need more memory than there is, or a measure of one's own
        fails.

    Examples
    --------
    >>> small = Parameters(buyers=6, salespeople=6, periods=12)
    >>> result = compare("aggressive", "trusting", base=small, replicates=3)
    >>> result.names
    ('aggressive', 'trusting')
    >>> len(result.runs)
    6
    """
    if len(arms) < 2:
        raise InputError(f"allowed are two scenarios to compare or more, not {len(arms)}")
    chosen = Parameters() if base is None else base
    if not isinstance(chosen, Parameters):
        raise InputError(f"base = {chosen!r}: allowed is a relsim.Parameters")
    understood = distinct([arm(specification, chosen) for specification in arms])
    own = understood_measures(measures or {})
    for line in check_alike(arms, understood):
        warnings.warn(line, stacklevel=2)
    return _compare(understood, replicates, seed, own, workers, progress)


def _compare(
    arms: tuple[Arm, ...],
    replicates: int,
    seed: int,
    own: Mapping[str, OwnMeasure],
    workers: int | None,
    progress: Progress,
) -> Comparison:
    seed = check_seed(seed)
    run_seeds = seeds(seed, replicates)
    _check_memory(arms, len(run_seeds), threads(workers))
    if any(map(_is_custom, arms)):
        have_compiled(custom=True)
    result = Comparison(arms, seed, run_seeds, own)
    run_each(arms, run_seeds, partial(_watched, own), result.take, workers, progress)
    return result


def _check_memory(arms: Sequence[Arm], replicates: int, workers: int) -> None:
    """Check that there is memory for the markets that run at once and for what is kept of each.

    Raises
    ------
    InputError
        If there is not.
    """
    for one in arms:
        check_market(one.parameters)
    at_once = min(workers, replicates)
    # A number for each measure of a buyer, and once more in the table of buyers.
    kept = sum(16.0 * (len(BUYER_MEASURES) + 2) * one.parameters.buyers for one in arms)
    check_memory(
        at_once * max(market_bytes(one.parameters) for one in arms) + replicates * kept,
        f"{replicates} replicates of markets this large, {at_once} at once,",
        "fewer workers, fewer replicates or smaller markets",
    )


def again(
    path: str | Path,
    *,
    buyers: Mapping[str, type[Buyer]] | None = None,
    salespeople: Mapping[str, type[Salesperson]] | None = None,
    measures: Mapping[str, OwnMeasure | str] | None = None,
    workers: int | None = None,
    progress: Progress = False,
) -> Comparison:
    """Run a saved comparison again.

    Parameters
    ----------
    path : str or Path
        A ``run.json``, or the folder it is in.
    buyers, salespeople : mapping of str to type, optional
        The classes, by name, if arms had agents of their own; a file keeps their names only. Two
        that are called the same are told apart by their arms, as in ``"Mine of trusting"``.
    measures : mapping of str to callable, optional
        Measures of one's own that it ran with, likewise.
    workers : int, optional
        Threads, see ``compare``.
    progress : bool or callable
        Whether to show a bar on the terminal; or a function, called with a number of runs that
        have been done since.

    Returns
    -------
    Comparison
        With the same code on the same kind of machine, the same numbers to the last bit. A
        warning says if relsim's code is not the same.

    Raises
    ------
    InputError
        If there is no such file, it is not one of ``Comparison.save``, or a class or a
        measure is missing.
    """
    file = record_file(path)
    kept = read_record(file)
    for argument, given in (("buyers", buyers), ("salespeople", salespeople)):
        if not isinstance(given, Mapping | None):
            raise InputError(f"{argument} = {shown(given)}: allowed is {{name: class}}")
    classes = {"buyer": dict(buyers or {}), "salesperson": dict(salespeople or {})}
    arms = kept_arms(file, kept["arms"], classes)
    own = understood_measures(measures or {})
    check_measures(file, kept["measures"], own)
    try:
        same_seeds = list(seeds(kept["seed"], kept["replicates"])) == kept["seeds"]
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    if not same_seeds:
        raise InputError(
            f"{file}: seeds are not those of seed {kept['seed']} and {kept['replicates']} "
            "replicates; was it edited?"
        )
    if kept["versions"].get("sources") != versions()["sources"]:
        warnings.warn(f"{file}: relsim's code has changed since; numbers may differ", stacklevel=2)
    return _compare(arms, kept["replicates"], kept["seed"], own, workers, progress)
