"""Two arms on the same luck: effects with their uncertainty.

Every replicate runs each arm once with one seed. Arms with equal populations then meet the same
agents and the same luck, so that what differs between them is the arms' doing: differences are
taken replicate by replicate (``pairing`` is ``paired``). With unequal populations a seed means
another market; such arms are compared as independent samples.

Intervals hold 95% of the uncertainty that comes from the number of replicates. They say nothing
about whether the parameters are right.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.errors import InputError, known
from relsim.files import write_atomically
from relsim.initialization import check_seed
from relsim.observation import BUYER_MEASURES, COST_PARTS, MEASURES
from relsim.parameters import Parameters
from relsim.simulation import MEASURE_NAMES, simulate
from relsim.stances import BUYER_STANCES
from relsim.versions import versions

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from relsim.agents import Buyer

CONFIDENCE = 0.95
MOST_REPLICATES = 1_000_000

CUMULATIVE_COST = "cumulative_cost_per_unit"
"""In ``series`` only: total cost a unit of all that was bought from period 0 on."""

SERIES_NAMES = (*MEASURE_NAMES, CUMULATIVE_COST)

SUMMARY = (
    *COST_PARTS,
    "total_cost_per_unit",
    "transaction_time_share",
    "inspection_share",
    "ideas_received",
    "process_ideas",
    "information_received",
    "information_given",
    "collaborative_share",
    "personal_share",
    "retention",
    "seller_margin",
)
"""Measures to look at first, in the order of the terminal's table."""

PAIRED, INDEPENDENT = "paired", "independent"

Progress = bool | Callable[[int], object]

_POPULATION = ("buyers", "salespeople", "suppliers_per_buyer", "warm_up")


class Arm(NamedTuple):
    """What one side of a comparison runs: its name, parameters, and its own buyers if any."""

    name: str
    parameters: Parameters
    buyer: type[Buyer] | None = None


class Estimate(NamedTuple):
    """Mean of either arm, their difference (second minus first), its interval, its size."""

    first: float
    second: float
    difference: float
    low: float
    high: float
    effect_size: float


def seeds(seed: int, replicates: int) -> tuple[int, ...]:
    """Seeds of replicates: the same whatever the arms, and a longer list begins with a shorter.

    Parameters
    ----------
    seed : int
        Of the comparison, from 0 to 2**53 - 1.
    replicates : int
        How many.

    Returns
    -------
    tuple of int
        From 0 to 2**53 - 1.

    Examples
    --------
    >>> seeds(0, 3) == seeds(0, 5)[:3]
    True
    """
    entropy = check_seed(seed)
    if isinstance(replicates, bool) or not isinstance(replicates, int | np.integer):
        raise InputError(f"replicates = {replicates!r}: allowed is a whole number from 1")
    if not 1 <= replicates <= MOST_REPLICATES:
        raise InputError(f"replicates = {replicates}: allowed is 1 to {MOST_REPLICATES}")
    keys = (np.random.SeedSequence(entropy, spawn_key=(number,)) for number in range(replicates))
    return tuple(int(key.generate_state(1, np.uint64)[0]) >> 11 for key in keys)


# --- what the arms are -----------------------------------------------------------------------


def arm(specification: Any, base: Parameters) -> Arm:
    """Understand what somebody wants to compare.

    Parameters
    ----------
    specification : str, float, Parameters, mapping or type
        The name of a buyers' stance (all buyers alike) or of a preset; an aggressiveness;
        parameters, or some that differ from the base; a subclass of ``relsim.Buyer``.
    base : Parameters
        What holds where the arm says nothing.

    Returns
    -------
    Arm
        Named after what it differs in.

    Raises
    ------
    InputError
        If it is none of these.

    Examples
    --------
    >>> arm("trusting", Parameters()).parameters.buyer_stances
    'trusting'
    >>> arm({"uncertainty": 0.6}, Parameters()).name
    'uncertainty=0.6'
    >>> arm("agressive", Parameters())
    Traceback (most recent call last):
    relsim.errors.InputError: unknown arm 'agressive'; did you mean 'aggressive'?
    """
    if isinstance(specification, str):
        return _named_arm(specification, base)
    if isinstance(specification, Parameters):
        return Arm(_differences(specification, base), specification)
    if isinstance(specification, Mapping):
        parameters = base.with_values(**specification)
        return Arm(_written(specification), parameters)
    if isinstance(specification, int | float) and not isinstance(specification, bool):
        parameters = base.with_values(aggressiveness=float(specification))
        return Arm(f"aggressiveness={specification:g}", parameters)
    if isinstance(specification, type):
        from relsim.agents import Buyer

        if issubclass(specification, Buyer):
            return Arm(specification.__name__, base, specification)
    raise InputError(
        f"unknown arm {specification!r}; allowed: a stance, a preset, an aggressiveness, "
        "Parameters, a dict of parameters or a subclass of relsim.Buyer"
    )


def _named_arm(name: str, base: Parameters) -> Arm:
    if name in BUYER_STANCES:
        return Arm(name, base.with_values(buyer_stances=name))
    from relsim.presets import presets

    known("arm", [name], [*BUYER_STANCES, *presets])
    preset = presets[name]
    return Arm(name, base.with_values(**{n: getattr(preset, n) for n in preset.model_fields_set}))


def _differences(parameters: Parameters, base: Parameters) -> str:
    changed = {
        name: getattr(parameters, name)
        for name in Parameters.model_fields
        if getattr(parameters, name) != getattr(base, name)
    }
    return _written(changed)


def _written(changes: Mapping[str, Any]) -> str:
    text = ", ".join(f"{name}={value}" for name, value in changes.items())
    return text if len(text) <= 60 else f"{text[:57]}..."


def _distinct(arms: Sequence[Arm]) -> tuple[Arm, ...]:
    """Arms with names that tell them apart."""
    seen: Counter[str] = Counter()
    distinct = []
    for one in arms:
        name = one.name or "base"
        seen[name] += 1
        number = f" ({seen[name]})" if seen[name] > 1 else ""
        distinct.append(one._replace(name=name + number))
    return tuple(distinct)


# --- estimates -------------------------------------------------------------------------------


def _half_width(deviation: float, count: float, freedom: float) -> float:
    """Half the width of a t interval."""
    from scipy.special import stdtrit

    if count < 2.0:
        return math.nan
    return float(stdtrit(freedom, 0.5 + CONFIDENCE / 2.0)) * deviation / math.sqrt(count)


def estimate(
    first: NDArray[np.float64], second: NDArray[np.float64], paired: bool = True
) -> Estimate:
    """Compare the replicates of two arms.

    Parameters
    ----------
    first, second : ndarray
        A value a replicate; ``nan`` where there was nothing to measure.
    paired : bool
        Whether replicate ``i`` of both arms met the same luck.

    Returns
    -------
    Estimate
        ``effect_size`` is the difference over the pooled standard deviation of single runs, paired
        or not: common luck sharpens the interval, it does not make an effect larger.

    Examples
    --------
    >>> estimate(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.5]))[:3]
    (2.0, 3.1666666666666665, 1.1666666666666667)
    """
    if paired:
        both = ~(np.isnan(first) | np.isnan(second))
        first, second = first[both], second[both]
    else:
        first, second = first[~np.isnan(first)], second[~np.isnan(second)]
    n, m = len(first), len(second)
    if n == 0 or m == 0:
        return Estimate(*[math.nan] * 6)
    means = float(first.mean()), float(second.mean())
    if n < 2 or m < 2:
        difference = means[1] - means[0]
        return Estimate(*means, difference, math.nan, math.nan, math.nan)
    variances = float(first.var(ddof=1)), float(second.var(ddof=1))
    if paired:
        differences = second - first
        difference = float(differences.mean())
        half = _half_width(float(differences.std(ddof=1)), n, n - 1.0)
    else:
        difference = means[1] - means[0]
        parts = variances[0] / n, variances[1] / m
        error = sum(parts)
        freedom = (
            error * error / (parts[0] * parts[0] / (n - 1) + parts[1] * parts[1] / (m - 1))
            if error > 0.0
            else math.inf
        )
        half = _half_width(math.sqrt(error * n), n, freedom)
    spread = math.sqrt(sum(variances) / 2.0)
    size = difference / spread if spread > 0.0 else math.nan
    return Estimate(*means, difference, difference - half, difference + half, size)


def crossing(difference: NDArray[np.float64]) -> int | None:
    """Find where a difference changes sign for good.

    Parameters
    ----------
    difference : ndarray
        A value a period.

    Returns
    -------
    int or None
        The first period after the last one of the opposite sign to that of the end; None if there
        is none, or if the end is zero or unknown.

    Examples
    --------
    >>> crossing(np.array([-2.0, 1.0, -1.0, 0.5, 2.0]))
    3
    >>> crossing(np.array([1.0, 2.0])) is None
    True
    """
    end = difference[-1]
    opposite = np.flatnonzero(difference < 0.0 if end > 0.0 else difference > 0.0)
    if not (end > 0.0 or end < 0.0) or len(opposite) == 0:
        return None
    return int(opposite[-1]) + 1


class _Moments:
    """Mean and spread of arrays that come one by one, ignoring what is ``nan`` (Welford)."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.count = np.zeros(shape)
        self.mean = np.zeros(shape)
        self.squares = np.zeros(shape)

    def add(self, values: NDArray[np.float64]) -> None:
        there = ~np.isnan(values)
        self.count += there
        step = np.where(there, values - self.mean, 0.0)
        self.mean += step / np.maximum(self.count, 1.0)
        self.squares += step * np.where(there, values - self.mean, 0.0)

    def interval(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Mean, and the ends of its t interval."""
        from scipy.special import stdtrit

        with np.errstate(divide="ignore", invalid="ignore"):
            error = np.sqrt(self.squares / (self.count - 1.0) / self.count)
            half = stdtrit(self.count - 1.0, 0.5 + CONFIDENCE / 2.0) * error
        mean = np.where(self.count > 0.0, self.mean, np.nan)
        half = np.where(self.count > 1.0, half, np.nan)
        return mean, mean - half, mean + half


# --- running ---------------------------------------------------------------------------------


class _Outcome(NamedTuple):
    """What is kept of a run."""

    measures: list[float]
    series: NDArray[np.float64]
    buyers: NDArray[np.float64]
    stances: list[str]
    aggressiveness: NDArray[np.float64]


def _outcome(one: Arm, seed: int) -> _Outcome:
    run = simulate(one.parameters, seed, buyer=one.buyer)
    return _Outcome(
        measures=list(run.measures.values()),
        series=np.column_stack([run.series_values, run.cumulative_cost]),
        buyers=run.buyer_values,
        stances=run.stances,
        aggressiveness=run.aggressiveness,
    )


def _replicates(
    arms: Sequence[Arm], run_seeds: Sequence[int], workers: int
) -> Iterator[list[_Outcome]]:
    """All arms of every replicate, in the order of the replicates whoever is done first."""

    def replicate(seed: int) -> list[_Outcome]:
        return [_outcome(one, seed) for one in arms]

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
    understood = _distinct([arm(specification, chosen) for specification in arms])
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
            result._take(number, outcomes)
            report(len(arms))
    return result


# --- results ---------------------------------------------------------------------------------


class Comparison:
    """What came out of a comparison. Tables are made when they are first asked for.

    Attributes
    ----------
    arms : tuple of Arm
        Names and parameters of what was compared; the first is what others are compared with.
    seed : int
        Seed of the comparison.
    seeds : tuple of int
        Seed of every replicate: ``simulate(arm.parameters, seed)`` repeats a single run.
    """

    def __init__(self, arms: tuple[Arm, ...], seed: int, run_seeds: tuple[int, ...]) -> None:
        self.arms = arms
        self.seed = seed
        self.seeds = run_seeds
        count = len(run_seeds)
        self._measures = np.full((len(arms), count, len(MEASURE_NAMES)), np.nan)
        self._moments = [_Moments((a.parameters.periods, len(SERIES_NAMES))) for a in arms]
        self._buyers: list[list[_Outcome]] = [[] for _ in arms]
        self._crossings: list[list[int]] = [[] for _ in arms[1:]]

    def _take(self, number: int, outcomes: Sequence[_Outcome]) -> None:
        """Take in a replicate; they come in order."""
        for place, outcome in enumerate(outcomes):
            self._measures[place, number] = outcome.measures
            self._moments[place].add(outcome.series)
            # The series is summed up already.
            self._buyers[place].append(outcome._replace(series=np.empty(0)))
        costs = [outcome.series[:, -1] for outcome in outcomes]
        for place, cost in enumerate(costs[1:]):
            self._crossings[place].append(_signed_crossing(costs[0], cost))

    def __repr__(self) -> str:
        names = " vs ".join(self.names)
        return f"<Comparison of {names}: {self.replicates} replicates, seed {self.seed}>"

    def __str__(self) -> str:
        """Write the summary for a terminal."""
        table = self.summary.drop(columns=["contrast", "pairing"] if len(self.arms) == 2 else [])
        lines = [table.to_string(index=False, float_format=lambda value: f"{value:.4g}")]
        lines += [_told(row) for row in self.crossing.to_dict("records")]
        return "\n".join(lines)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the arms."""
        return tuple(one.name for one in self.arms)

    @property
    def replicates(self) -> int:
        """Runs of every arm."""
        return len(self.seeds)

    def pairing(self, place: int) -> str:
        """Whether an arm met the same luck as the first: ``paired`` or ``independent``."""
        first, other = self.arms[0].parameters, self.arms[place].parameters
        equal = all(getattr(first, name) == getattr(other, name) for name in _POPULATION)
        return PAIRED if equal else INDEPENDENT

    def _contrast(self, place: int) -> str:
        return f"{self.names[place]} - {self.names[0]}"

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a measure (and contrast, if there are more than two arms).

        ``measure``, ``unit``, ``contrast``, a column of means an arm, ``difference`` (that arm
        minus the first), ``low`` and ``high`` (95%), ``effect_size``, ``pairing``.
        """
        import pandas as pd

        rows = []
        for place in range(1, len(self.arms)):
            pairing = self.pairing(place)
            for column, name in enumerate(MEASURE_NAMES):
                found = estimate(
                    self._measures[0, :, column],
                    self._measures[place, :, column],
                    pairing == PAIRED,
                )
                means = {
                    arm_name: _mean(self._measures[other, :, column])
                    for other, arm_name in enumerate(self.names)
                }
                rows.append(
                    {
                        "measure": name,
                        "unit": MEASURES[name].unit,
                        "contrast": self._contrast(place),
                        **means,
                        "difference": found.difference,
                        "low": found.low,
                        "high": found.high,
                        "effect_size": found.effect_size,
                        "pairing": pairing,
                    }
                )
        return pd.DataFrame(rows)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """The rows of ``table`` to look at first, see ``SUMMARY``."""
        order = {name: place for place, name in enumerate(SUMMARY)}
        table = self.table[self.table["measure"].isin(order)]
        return table.sort_values(
            by="measure", key=lambda names: names.map(order), kind="stable", ignore_index=True
        )

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a run: ``arm``, ``replicate``, ``seed``, every measure."""
        import pandas as pd

        tables = []
        for place, name in enumerate(self.names):
            table = pd.DataFrame(self._measures[place], columns=list(MEASURE_NAMES))
            table.insert(0, "seed", self.seeds)
            table.insert(0, "replicate", np.arange(self.replicates))
            table.insert(0, "arm", name)
            tables.append(table)
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row an arm, measure and period, with the mean over replicates and its interval.

        Columns ``arm``, ``measure``, ``period``, ``mean``, ``low``, ``high``. Beside the measures
        there is ``cumulative_cost_per_unit``.
        """
        import pandas as pd

        tables = []
        for name, moments in zip(self.names, self._moments, strict=True):
            periods = len(moments.count)
            mean, low, high = (values.T.reshape(-1) for values in moments.interval())
            columns = {
                "arm": name,
                "measure": np.repeat(SERIES_NAMES, periods),
                "period": np.tile(np.arange(periods), len(SERIES_NAMES)),
                "mean": mean,
                "low": low,
                "high": high,
            }
            tables.append(pd.DataFrame(columns))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer of a run.

        Columns ``arm``, ``replicate``, ``buyer``, ``stance``, ``aggressiveness``, and every measure
        of buyers, over the whole run.
        """
        import pandas as pd

        tables = []
        for name, outcomes in zip(self.names, self._buyers, strict=True):
            count = len(outcomes[0].buyers)
            table = pd.DataFrame(
                np.concatenate([outcome.buyers for outcome in outcomes]),
                columns=[measure.name for measure in BUYER_MEASURES],
            )
            front = pd.DataFrame(
                {
                    "arm": name,
                    "replicate": np.repeat(np.arange(len(outcomes)), count),
                    "buyer": np.tile(np.arange(count), len(outcomes)),
                    "stance": [stance for outcome in outcomes for stance in outcome.stances],
                    "aggressiveness": np.concatenate([o.aggressiveness for o in outcomes]),
                }
            )
            tables.append(pd.concat([front, table], axis=1))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def crossings(self) -> pd.DataFrame:
        """A row a replicate (and contrast): where cumulative cost a unit crosses for good.

        ``contrast``, ``replicate``, ``period`` and ``dearer``, the arm that is the dearer from then
        to the end; ``nan`` and nothing where one arm is dearer throughout. An early crossing can be
        luck: in the first months little has been bought. Empty for unequal populations, whose
        replicates are no pairs.
        """
        import pandas as pd

        tables = []
        for place in range(1, len(self.names)):
            found = np.array(self._crossings[place - 1])
            if self.pairing(place) == INDEPENDENT:
                found = found[:0]
            columns = {
                "contrast": self._contrast(place),
                "replicate": np.arange(len(found)),
                "period": np.where(found == 0, np.nan, np.abs(found)),
                # Coded with a sign: positive where the later arm is the dearer one in the end.
                "dearer": [("", self.names[place], self.names[0])[np.sign(code)] for code in found],
            }
            tables.append(pd.DataFrame(columns))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def crossing(self) -> pd.DataFrame:
        """A row a contrast: where one arm's cumulative cost a unit overtakes the other's for good.

        ``dearer`` is the arm whose mean curve does, and ``period_of_means`` the first period from
        which it stays above; nothing and ``nan`` if one arm is the dearer throughout. ``share``
        counts the replicates in which that arm overtakes too, ``period`` is the median of the
        periods in which they cross, ``low`` and ``high`` their quartiles. Replicates of unequal
        populations are no pairs: ``share`` is ``nan``, and ``period`` that of the mean curves.
        """
        import pandas as pd

        curves = [moments.interval()[0][:, -1] for moments in self._moments]
        rows = []
        for place in range(1, len(self.arms)):
            code = _signed_crossing(curves[0], curves[place])
            period = float(abs(code)) if code else math.nan
            row: dict[str, Any] = {
                "contrast": self._contrast(place),
                "dearer": ("", self.names[place], self.names[0])[int(np.sign(code))],
                "share": math.nan,
                "period": period,
                "low": math.nan,
                "high": math.nan,
                "period_of_means": period,
            }
            if code and self.pairing(place) == PAIRED:
                found = np.array(self._crossings[place - 1]) * np.sign(code)
                when = found[found > 0]
                quartiles = np.percentile(when, [25, 50, 75]) if len(when) else [math.nan] * 3
                row["share"] = len(when) / len(found)
                row["low"], row["period"], row["high"] = map(float, quartiles)
            rows.append(row)
        return pd.DataFrame(rows)

    def plot(self) -> Figure:
        """Draw the comparison.

        Returns
        -------
        matplotlib.figure.Figure
            Made by ``relsim.plots`` from ``table``, ``series``, ``runs`` and ``buyers``.
        """
        from relsim import plots

        return plots.comparison(self)

    def save(self, folder: str | Path) -> list[Path]:
        """Keep the results and all that is needed to get them again.

        Parameters
        ----------
        folder : str or Path
            Made if need be.

        Returns
        -------
        list of Path
            The files written: ``comparison.csv`` (the table) and ``run.json``.
        """
        target = Path(folder)
        table = self.table.to_csv(index=False, lineterminator="\n")
        return [
            write_atomically(target / "comparison.csv", table),
            write_atomically(target / "run.json", json.dumps(self.record(), indent=2) + "\n"),
        ]

    def record(self) -> dict[str, Any]:
        """All that is needed to get these results again, as ``run.json`` keeps it.

        Returns
        -------
        dict
            Every parameter of every arm, the seeds and the versions of the code.
        """
        return {
            "kind": KIND,
            "seed": self.seed,
            "replicates": self.replicates,
            "arms": [
                {
                    "name": one.name,
                    "buyer": one.buyer.__name__ if one.buyer else None,
                    "parameters": _plain(one.parameters),
                }
                for one in self.arms
            ],
            "seeds": list(self.seeds),
            "versions": versions(),
        }


KIND = "relsim comparison"


def _signed_crossing(first: NDArray[np.float64], second: NDArray[np.float64]) -> int:
    """Period from which one curve stays above the other, negative if the first does; or 0.

    Never period 0: before it nothing was bought that could be overtaken.
    """
    common = min(len(first), len(second))
    difference = second[:common] - first[:common]
    period = crossing(difference)
    if period is None:
        return 0
    return period if difference[-1] > 0.0 else -period


def _mean(values: NDArray[np.float64]) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else math.nan


def _told(row: Mapping[Any, Any]) -> str:
    """Say a row of ``crossing`` in a sentence."""
    if not row["dearer"]:
        return f"{row['contrast']}: the mean cumulative costs do not cross"
    text = (
        f"{row['contrast']}: from period {row['period_of_means']:.0f} on {row['dearer']} has cost "
        "more in all"
    )
    if math.isnan(row["share"]):
        return text
    return (
        f"{text}; it overtakes in {row['share']:.0%} of replicates "
        f"(half of them between periods {row['low']:.0f} and {row['high']:.0f})"
    )


def _plain(parameters: Parameters) -> dict[str, Any]:
    """Parameters as JSON can keep them."""
    values: dict[str, Any] = parameters.model_dump(mode="json")
    values["without"] = sorted(values["without"])
    return values


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
