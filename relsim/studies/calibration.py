"""Calibration: what was aimed at, what is reached, and all settings that would do as well.

Four published numbers, four tuned parameters (``Parameters.TUNED``), and nothing else: all other
published numbers are left to check the model from outside. Four numbers do not identify a model,
so besides the setting that comes nearest there is a *family* of settings that fit equally well.
Claims should hold over the family, not only at the defaults.

The family is found by rejection: draw settings, run them, keep those inside all four bands
(approximate Bayesian computation with uniform priors over the ranges). Four parameters and runs
of milliseconds need no emulator and no likelihood, and the answer is a plain sample that anybody
can run a claim over. Since only a few in a thousand settings drawn from the whole ranges fit,
the draws are narrowed step by step: population Monte Carlo, which proposes settings around those
kept so far and weighs each by how much likelier it was to be proposed than drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.comparison import seeds
from relsim.parameters import Parameters, table
from relsim.presets import presets
from relsim.simulation import simulate

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Progress = Callable[[str], object]

STORED = Path(__file__).with_name("family.csv")
"""The family as it was found last; a row a setting."""


class Target(NamedTuple):
    """A published number: its band, where tuning aims, and the unit that misses are counted in."""

    name: str
    meaning: str
    low: float
    high: float
    aim: float | None
    unit: float
    source: str


TARGETS = (
    Target(
        "time_of_least_trusted",
        "share of time face to face on transaction matters, least trusted of eight buyers",
        0.45,
        0.49,
        0.47,
        0.01,
        "DC03",
    ),
    Target(
        "time_of_most_trusted",
        "share of time face to face on transaction matters, most trusted of eight buyers",
        0.23,
        0.27,
        0.25,
        0.01,
        "ASR, DC03",
    ),
    Target("serious_voiced", "serious problems voiced", 0.10, 0.25, 0.16, 0.03, "GO"),
    Target("small_voiced", "small problems voiced", 0.01, 0.05, None, 0.01, "GO"),
)
"""The calibration table. The last has no aim: no tuned parameter moves it, it only must hold."""

START = {"round_hours": 0.8, "opening_hours": 2.0, "rebid_value": 0.004, "voice_serious": -0.8}
"""Where the search for the tuned parameters begins, and what it is pulled to a little."""

PULL = 0.05
"""Weight of the squared distance to ``START``, in units of ``START``: settles what data do not."""


class Population(NamedTuple):
    """Settings that were kept, a row each: parameters, targets reached, weight, tolerance."""

    settings: Floats
    values: Floats
    weights: Floats
    tolerance: float
    tried: int


def market() -> Parameters:
    """The market that is calibrated: eight buyers that share suppliers.

    >>> market().buyers
    8
    """
    return presets["eight_automakers"]


def shares_by_rank(run: Any) -> Floats:
    """Share of transaction time of each buyer, from the least to the most trusted.

    Parameters
    ----------
    run : relsim.Run
        Any market.

    Returns
    -------
    ndarray
        Buyers ranked by their suppliers' mean trust over the run (DC03).
    """
    buyers = run.buyers
    order = np.argsort(buyers["suppliers_trust_in_buyer"].to_numpy(float), kind="stable")
    shares: Floats = buyers["transaction_time_share"].to_numpy(float)[order]
    return shares


def targets_of(parameters: Parameters, seed: int) -> Floats:
    """One replicate of all targets, in the order of ``TARGETS``.

    >>> targets_of(market().with_values(periods=12), 0).shape
    (4,)
    """
    run = simulate(parameters, seed)
    ranked = shares_by_rank(run)
    measures = run.measures
    return np.array(
        [ranked[0], ranked[-1], measures["serious_voiced"], measures["small_voiced"]], np.float64
    )


def replicates_of(
    parameters: Parameters, run_seeds: Sequence[int], pool: Executor | None = None
) -> Floats:
    """All targets of several replicates: an array of replicates x ``TARGETS``."""
    if pool is None:
        with ThreadPoolExecutor() as own:
            return replicates_of(parameters, run_seeds, own)
    return np.array(list(pool.map(lambda seed: targets_of(parameters, seed), run_seeds)))


def reached(parameters: Parameters | None = None, replicates: int = 200, seed: int = 0) -> Any:
    """Target and reached, with the interval of the mean over replicates.

    Parameters
    ----------
    parameters : Parameters, optional
        Calibrated market; ``market()`` if none.
    replicates : int
        Runs.
    seed : int
        Of the replicates.

    Returns
    -------
    DataFrame
        A row a target: its band, ``mean``, ``low`` and ``high`` (95%), and whether ``inside``.
    """
    import pandas as pd
    from scipy.stats import t

    values = replicates_of(parameters or market(), seeds(seed, replicates))
    mean = values.mean(axis=0)
    half = t.ppf(0.975, len(values) - 1) * values.std(axis=0, ddof=1) / np.sqrt(len(values))
    rows = pd.DataFrame(
        [one._asdict() for one in TARGETS],
    )[["name", "meaning", "source", "low", "high"]]
    rows = rows.rename(columns={"low": "target_low", "high": "target_high"})
    rows["mean"], rows["low"], rows["high"] = mean, mean - half, mean + half
    rows["inside"] = (mean >= rows["target_low"]) & (mean <= rows["target_high"])
    return rows


# --- the setting that comes nearest ---------------------------------------------------------------


def misfit(values: Floats) -> float:
    """Squared distance to the aims, each in its unit.

    >>> misfit(np.array([0.47, 0.26, 0.16, 0.02]))
    1.0
    """
    total = 0.0
    for target, value in zip(TARGETS, values, strict=True):
        if target.aim is not None:
            step = (float(value) - target.aim) / target.unit
            total += step * step
    return round(total, 12)


def fit(
    replicates: int = 48,
    evaluations: int = 60,
    seed: int = 0,
    start: Mapping[str, float] = START,
) -> pd.DataFrame:
    """Find the setting of the tuned parameters that comes nearest to the aims.

    Nelder-Mead, since a mean over few runs has no gradient to follow; every setting meets the same
    luck, so that differences between settings are theirs.

    Parameters
    ----------
    replicates : int
        Runs of a setting.
    evaluations : int
        Settings tried.
    seed : int
        Of the replicates.
    start : mapping of str to float
        Where to begin.

    Returns
    -------
    DataFrame
        A row a setting in the order tried: parameters, targets reached, ``misfit``, ``objective``
        (misfit and pull to the start). The setting found is the one with the least objective.
    """
    import pandas as pd
    from scipy.optimize import minimize

    names = list(Parameters.TUNED)
    scale = np.array([start[name] for name in names])
    run_seeds = seeds(seed, replicates)
    low, high = _bounds() / scale
    tried = []

    def objective(position: Floats, pool: Executor) -> float:
        setting = dict(zip(names, (position * scale).tolist(), strict=True))
        values = replicates_of(market().with_values(**setting), run_seeds, pool).mean(axis=0)
        distance = misfit(values)
        total = distance + PULL * float(((position - 1.0) * (position - 1.0)).sum())
        reached_ = dict(zip((one.name for one in TARGETS), values.tolist(), strict=True))
        tried.append({**setting, **reached_, "misfit": distance, "objective": total})
        return total

    with ThreadPoolExecutor() as pool:
        minimize(
            objective,
            np.ones(len(names)),
            args=(pool,),
            method="Nelder-Mead",
            bounds=np.column_stack([np.minimum(low, high), np.maximum(low, high)]),
            options={"maxfev": evaluations, "xatol": 0.005, "fatol": 0.02},
        )
    return pd.DataFrame(tried)


# --- the family -----------------------------------------------------------------------------------


def _bounds() -> Floats:
    """Least and greatest value of each tuned parameter: an array of 2 x parameters."""
    entries = {entry.name: entry for entry in table()}
    return np.array([[entries[n].low, entries[n].high] for n in Parameters.TUNED]).T


def distance(values: Floats) -> Floats:
    """How far targets are missed: 1 at the edge of a band, 0 in its middle; the worst counts.

    >>> distance(np.array([[0.47, 0.27, 0.175, 0.03], [0.47, 0.29, 0.175, 0.03]])).round(6).tolist()
    [1.0, 2.0]
    """
    low = np.array([target.low for target in TARGETS])
    high = np.array([target.high for target in TARGETS])
    parts = np.abs(values - (low + high) / 2.0) / ((high - low) / 2.0)
    # A setting under which nobody ever had a problem to voice fits nothing.
    worst: Floats = np.where(np.isnan(parts), np.inf, parts).max(axis=-1)
    return worst


def _tried(settings: Floats, run_seeds: Sequence[int], pool: Executor) -> Floats:
    """Targets that settings reach, a row each."""
    lows, highs = _bounds()

    def one(unit: Floats) -> Floats:
        setting = dict(zip(Parameters.TUNED, (lows + unit * (highs - lows)).tolist(), strict=True))
        parameters = market().with_values(**setting)
        mean: Floats = np.mean([targets_of(parameters, seed) for seed in run_seeds], axis=0)
        return mean

    return np.array(list(pool.map(one, settings)))


def proposals(population: Population, count: int, random: np.random.Generator) -> Floats:
    """Settings near those that were kept, all within the ranges (as shares of the ranges).

    Parameters
    ----------
    population : Population
        What was kept so far.
    count : int
        How many.
    random : numpy.random.Generator
        Where luck comes from.
    """
    spread = _spread(population)
    drawn: list[Floats] = []
    while len(drawn) < count:
        parent = population.settings[random.choice(len(population.weights), p=population.weights)]
        child = random.multivariate_normal(parent, spread)
        if child.min() >= 0.0 and child.max() <= 1.0:
            drawn.append(child)
    return np.array(drawn)


def _spread(population: Population) -> Floats:
    """Covariance of proposals: twice that of the settings kept (Beaumont et al. 2009)."""
    covariance = np.cov(population.settings.T, aweights=population.weights)
    spread: Floats = 2.0 * covariance + 1e-9 * np.eye(len(covariance))
    return spread


def weights_of(settings: Floats, before: Population) -> Floats:
    """Weights that make up for where settings were proposed: uniform over density of proposing.

    The density of a proposal near an edge is slightly greater than the kernel's, since children
    beyond the ranges are drawn again; that is left out.
    """
    from scipy.stats import multivariate_normal

    spread = _spread(before)
    density = np.zeros(len(settings))
    for parent, weight in zip(before.settings, before.weights, strict=True):
        density += weight * multivariate_normal.pdf(settings, parent, spread)
    weights: Floats = 1.0 / density
    weights /= weights.sum()
    return weights


def search(
    members: int = 64,
    first: int = 9,
    replicates: int = 24,
    seed: int = 0,
    rounds: int = 12,
    progress: Progress | None = None,
) -> tuple[Population, pd.DataFrame]:
    """Draw settings and narrow down to those inside all four bands.

    Parameters
    ----------
    members : int
        Settings to keep.
    first : int
        The first round draws ``2 ** first`` settings from a Sobol sequence over the whole ranges.
    replicates : int
        Runs of a setting.
    seed : int
        Of the draws and the replicates.
    rounds : int
        Most rounds; the search ends when the tolerance is 1, at the edges of the bands.
    progress : callable, optional
        Told a line a round.

    Returns
    -------
    Population
        Those kept in the last round.
    DataFrame
        A row a round: ``tolerance``, settings ``tried`` and ``kept``.
    """
    import pandas as pd
    from scipy.stats import qmc

    random = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    run_seeds = seeds(seed, replicates)
    with ThreadPoolExecutor() as pool:
        drawn = qmc.Sobol(len(Parameters.TUNED), rng=random).random_base2(first)
        values = _tried(drawn, run_seeds, pool)
        nearest = np.argsort(distance(values), kind="stable")[:members]
        population = Population(
            drawn[nearest],
            values[nearest],
            np.full(members, 1.0 / members),
            max(1.0, float(distance(values[nearest]).max())),
            len(drawn),
        )
        inside = int((distance(values) <= 1.0).sum())
        history = [{"tolerance": population.tolerance, "tried": len(drawn), "kept": members}]
        if progress:
            progress(f"{inside} of {len(drawn)} settings drawn from the whole ranges fit")
        while population.tolerance > 1.0 and len(history) < rounds:
            population = _narrowed(population, run_seeds, random, pool)
            history.append(
                {"tolerance": population.tolerance, "tried": population.tried, "kept": members}
            )
            if progress:
                progress(f"tolerance {population.tolerance:.2f}: {population.tried} tried")
    return population, pd.DataFrame(history)


def _narrowed(
    before: Population, run_seeds: Sequence[int], random: np.random.Generator, pool: Executor
) -> Population:
    """The next round: as many settings as before, within the nearer half of what was kept."""
    members = len(before.settings)
    tolerance = max(1.0, float(np.median(distance(before.values))))
    settings: list[Floats] = []
    values: list[Floats] = []
    tried = 0
    while len(settings) < members:
        batch = proposals(before, members, random)
        results = _tried(batch, run_seeds, pool)
        tried += len(batch)
        for place in np.flatnonzero(distance(results) <= tolerance):
            settings.append(batch[place])
            values.append(results[place])
    kept = np.array(settings[:members])
    return Population(kept, np.array(values[:members]), weights_of(kept, before), tolerance, tried)


def confirmed(population: Population, replicates: int = 200, seed: int = 1) -> pd.DataFrame:
    """Run what was kept again, on other luck, and keep what is still inside all bands.

    Parameters
    ----------
    population : Population
        Found by ``search``.
    replicates : int
        Runs of a setting.
    seed : int
        Of the replicates, another than that of the search.

    Returns
    -------
    DataFrame
        A row a setting: the tuned parameters, ``weight``, the targets reached.
    """
    import pandas as pd

    lows, highs = _bounds()
    with ThreadPoolExecutor() as pool:
        values = _tried(population.settings, seeds(seed, replicates), pool)
    fits = distance(values) <= 1.0
    rows = pd.DataFrame(
        lows + population.settings[fits] * (highs - lows), columns=list(Parameters.TUNED)
    )
    rows["weight"] = population.weights[fits] / population.weights[fits].sum()
    rows[[target.name for target in TARGETS]] = values[fits]
    return rows


def family() -> pd.DataFrame:
    """Read the stored family.

    Returns
    -------
    DataFrame
        A row a setting that fits the calibration table: the tuned parameters, ``weight`` and the
        targets reached. ``Parameters(**row[list(Parameters.TUNED)])`` runs with it.

    Examples
    --------
    >>> list(family().columns[:4]) == list(Parameters.TUNED)
    True
    """
    import pandas as pd

    return pd.read_csv(STORED)


def settings() -> list[dict[str, float]]:
    """The stored family as values for ``Parameters.with_values``, one mapping a setting."""
    rows = family()[list(Parameters.TUNED)]
    return [
        {str(name): float(value) for name, value in row.items()} for row in rows.to_dict("records")
    ]
