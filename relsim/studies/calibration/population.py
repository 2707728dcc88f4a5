"""The family of settings that fit the calibration table equally well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from relsim.comparison import seeds
from relsim.parameters import Parameters
from relsim.studies.calibration.targets import TARGETS, Floats, bounds, market, replicates_of

if TYPE_CHECKING:
    import pandas as pd


Progress = Callable[[str], object]


STORED = Path(__file__).with_name("family.csv")
"""The family as it was found last; a row a setting."""


class Population(NamedTuple):
    """Settings that were kept, a row each: parameters, targets reached, weight, tolerance."""

    settings: Floats
    values: Floats
    weights: Floats
    tolerance: float
    tried: int


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


def _tried(settings: Floats, run_seeds: Sequence[int]) -> Floats:
    """Targets that settings reach, a row each."""
    lows, highs = bounds()
    markets = [
        market().with_values(**dict(zip(Parameters.TUNED, row, strict=True)))
        for row in (lows + settings * (highs - lows)).tolist()
    ]
    mean: Floats = replicates_of(markets, run_seeds).mean(axis=1)
    return mean


def proposals(population: Population, count: int, random: np.random.Generator) -> Floats:
    """Settings near those that were kept, all within the ranges (as shares of the ranges).

    Parameters
    ----------
    population : Population
        What was kept so far.
    count : int
        How many.
    random : numpy.random.Generator
        Where random draws come from.
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
    drawn = qmc.Sobol(len(Parameters.TUNED), rng=random).random_base2(first)
    values = _tried(drawn, run_seeds)
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
        population = _narrowed(population, run_seeds, random)
        history.append(
            {"tolerance": population.tolerance, "tried": population.tried, "kept": members}
        )
        if progress:
            progress(f"tolerance {population.tolerance:.2f}: {population.tried} tried")
    return population, pd.DataFrame(history)


def _narrowed(
    before: Population, run_seeds: Sequence[int], random: np.random.Generator
) -> Population:
    """The next round: as many settings as before, within the nearer half of what was kept."""
    members = len(before.settings)
    tolerance = max(1.0, float(np.median(distance(before.values))))
    settings: list[Floats] = []
    values: list[Floats] = []
    tried = 0
    while len(settings) < members:
        batch = proposals(before, members, random)
        results = _tried(batch, run_seeds)
        tried += len(batch)
        for place in np.flatnonzero(distance(results) <= tolerance):
            settings.append(batch[place])
            values.append(results[place])
    kept = np.array(settings[:members])
    return Population(kept, np.array(values[:members]), weights_of(kept, before), tolerance, tried)


def confirmed(population: Population, replicates: int = 200, seed: int = 1) -> pd.DataFrame:
    """Run what was kept again, on other seeds, and keep what is still inside all bands.

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

    lows, highs = bounds()
    values = _tried(population.settings, seeds(seed, replicates))
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
