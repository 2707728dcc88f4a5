"""Running a comparison: every arm once a replicate, on threads; and a saved one again."""

from __future__ import annotations

import contextlib
import json
import os
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from relsim.comparison.arms import Arm, arm, distinct, seeds
from relsim.comparison.result import KIND, Comparison, Outcome
from relsim.errors import InputError
from relsim.parameters import Parameters
from relsim.simulation import simulate
from relsim.versions import versions

if TYPE_CHECKING:
    from relsim.agents import Buyer

Progress = bool | Callable[[int], object]


def run_arm(one: Arm, seed: int) -> Outcome:
    """Run an arm once.

    Parameters
    ----------
    one : Arm
        What to run.
    seed : int
        Of this replicate, one of ``seeds``.

    Returns
    -------
    Outcome
        For ``Comparison.take``.
    """
    run = simulate(one.parameters, seed, buyer=one.buyer)
    return Outcome(
        measures=list(run.measures.values()),
        series=np.column_stack([run.series_values, run.cumulative_cost]),
        buyers=run.buyer_values,
        stances=run.stances,
        aggressiveness=run.aggressiveness,
    )


def _replicates(
    arms: Sequence[Arm], run_seeds: Sequence[int], workers: int
) -> Iterator[list[Outcome]]:
    """All arms of every replicate, in the order of the replicates whoever is done first."""

    def replicate(seed: int) -> list[Outcome]:
        return [run_arm(one, seed) for one in arms]

    pool = ThreadPoolExecutor(workers)
    try:
        yield from pool.map(replicate, run_seeds)
    finally:
        # After an error or an interruption, what has not begun need not begin.
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _reporting(progress: Progress, runs: int) -> Iterator[Callable[[int], object]]:
    """Whom to tell how many runs are done: nobody, a bar on the terminal, or the caller."""
    if callable(progress):
        yield progress
    elif progress:
        from tqdm import tqdm

        with tqdm(total=runs, unit=" runs") as bar:
            yield bar.update
    else:
        yield lambda _: None


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
    *arms : str, float, Parameters, mapping or type
        See ``arm``.
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
        If there are fewer than two arms, or one is not understood.

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
    return _compare(understood, replicates, seed, workers, progress)


def _compare(
    arms: tuple[Arm, ...], replicates: int, seed: int, workers: int | None, progress: Progress
) -> Comparison:
    run_seeds = seeds(seed, replicates)
    threads = (os.cpu_count() or 1) if workers is None else workers
    if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
        raise InputError(f"workers = {workers!r}: allowed is a whole number from 1")
    result = Comparison(arms, seed, run_seeds)
    with _reporting(progress, len(arms) * len(run_seeds)) as report:
        for number, outcomes in enumerate(_replicates(arms, run_seeds, threads)):
            result.take(number, outcomes)
            report(len(arms))
    return result


def again(
    path: str | Path,
    *,
    buyers: Mapping[str, type[Buyer]] | None = None,
    workers: int | None = None,
    progress: Progress = False,
) -> Comparison:
    """Run a saved comparison again.

    Parameters
    ----------
    path : str or Path
        A ``run.json``, or the folder it is in.
    buyers : mapping of str to type, optional
        The classes, by name, if arms had buyers of their own; a file keeps their names only.
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
    file = Path(path)
    if file.is_dir():
        file = file / "run.json"
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be read as a saved comparison ({error})") from None
    if not isinstance(kept, dict) or kept.get("kind") != KIND:
        raise InputError(f"{file}: is no saved comparison; allowed is run.json of Comparison.save")
    classes = dict(buyers or {})
    arms = []
    for one in kept["arms"]:
        if one["buyer"] is not None and one["buyer"] not in classes:
            raise InputError(f"{file}: give buyers={{{one['buyer']!r}: class}}, which it ran with")
        parameters = Parameters(**one["parameters"])
        arms.append(Arm(one["name"], parameters, classes.get(one["buyer"])))
    if kept["versions"]["sources"] != versions()["sources"]:
        warnings.warn(f"{file}: relsim's code has changed since; numbers may differ", stacklevel=2)
    return _compare(tuple(arms), kept["replicates"], kept["seed"], workers, progress)
