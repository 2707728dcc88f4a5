"""Running a comparison: every arm once a replicate, on threads; and a saved one again."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from relsim.comparison.record import kept_arms, read_record, record_file
from relsim.comparison.replicates import Progress, run_each, threads
from relsim.comparison.result import Comparison, Outcome
from relsim.design.arms import Arm, arm, distinct, seeds, two_things
from relsim.engine.versions import versions
from relsim.io.errors import InputError, shown
from relsim.model.initialization import check_seed
from relsim.model.memory import check_market, check_memory, market_bytes
from relsim.model.observation import BUYER_MEASURES
from relsim.model.simulation import simulate
from relsim.model.supervision import ExitError, have_compiled, supervised
from relsim.parameters import Parameters

if TYPE_CHECKING:
    from relsim.model.agents import Buyer, Salesperson


def run_arm(one: Arm, seed: int, stop: threading.Event | None = None) -> Outcome:
    """Run an arm once.

    Parameters
    ----------
    one : Arm
        What to run.
    seed : int
        Of this replicate, one of ``seeds``.
    stop : threading.Event, optional
        See ``simulate``.

    Returns
    -------
    Outcome
        For ``Comparison.take``.
    """
    run = simulate(one.parameters, seed, buyer=one.buyer, salesperson=one.salesperson, stop=stop)
    return Outcome(
        measures=list(run.measures.values()),
        series=np.column_stack([run.series_values, run.cumulative_cost]),
        buyers=run.buyer_values,
        stances=run.stances,
        aggressiveness=run.aggressiveness,
    )


def _is_custom(one: Arm) -> bool:
    return one.buyer is not None or one.salesperson is not None


def _watched(one: Arm, seed: int, stop: threading.Event) -> Outcome:
    """Run an arm once, with its custom code, if any, where it can be left."""
    if not _is_custom(one):
        return run_arm(one, seed, stop)
    try:
        return supervised(lambda: run_arm(one, seed, stop), stop=stop)
    except ExitError as error:
        raise ExitError(f"arm {one.name}, seed {seed}: {error}") from error.__cause__


def compare(
    *arms: Any,
    base: Parameters | None = None,
    replicates: int = 200,
    seed: int = 0,
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
        If there are fewer than two arms, one is not understood, or they need more memory than
        there is.

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
        raise InputError(f"{len(arms)} arms to compare: allowed are two or more")
    chosen = Parameters() if base is None else base
    if not isinstance(chosen, Parameters):
        raise InputError(f"base = {chosen!r}: allowed is a relsim.Parameters")
    understood = distinct([arm(specification, chosen) for specification in arms])
    for given, other in zip(arms[1:], understood[1:], strict=True):
        # Who gives an Arm has said both.
        alone = isinstance(given, type) or isinstance(arms[0], type)
        if alone and (both := two_things(understood[0], other)):
            warnings.warn(both, stacklevel=2)
    return _compare(understood, replicates, seed, workers, progress)


def _compare(
    arms: tuple[Arm, ...], replicates: int, seed: int, workers: int | None, progress: Progress
) -> Comparison:
    seed = check_seed(seed)
    run_seeds = seeds(seed, replicates)
    _check_memory(arms, len(run_seeds), threads(workers))
    if any(map(_is_custom, arms)):
        have_compiled(custom=True)
    result = Comparison(arms, seed, run_seeds)
    run_each(arms, run_seeds, _watched, result.take, workers, progress)
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
    workers: int | None = None,
    progress: Progress = False,
) -> Comparison:
    """Run a saved comparison again.

    Parameters
    ----------
    path : str or Path
        A ``run.json``, or the folder it is in.
    buyers, salespeople : mapping of str to type, optional
        The classes, by name, if arms had agents of their own; a file keeps their names only.
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
        If there is no such file, it is not one of ``Comparison.save``, or a class is missing.
    """
    file = record_file(path)
    kept = read_record(file)
    for argument, classes in (("buyers", buyers), ("salespeople", salespeople)):
        if not isinstance(classes, Mapping | None):
            raise InputError(f"{argument} = {shown(classes)}: allowed is {{name: class}}")
    own = {"buyer": dict(buyers or {}), "salesperson": dict(salespeople or {})}
    arms = kept_arms(file, kept["arms"], own)
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
    return _compare(arms, kept["replicates"], kept["seed"], workers, progress)
