"""Which parameters matter: indices with intervals, from a stored sweep, through SALib.

- A ``sobol`` design gives Sobol's indices: the share of a measure's variance between points that a
  parameter explains by itself (first order), with all its interactions (total), and, where the
  design has the points for it, a pair beyond both (second order). Saltelli et al. 2010.
- A ``morris`` design gives elementary effects: by how much the measure changes when a parameter
  goes through its whole range (mean of sizes ``mu_star``; ``mu`` with signs; ``sigma``, how much
  the effect depends on where the others are). Morris 1991, Campolongo et al. 2007.
- Any drawn design gives a ranking that needs no special points: first-order shares by RBD-FAST
  (Tarantola et al. 2006, Plischke 2010), and PAWN, how far the whole distribution of the measure
  moves when a parameter is known (Pianosi & Wagener 2018), beside what chance alone would show.

The model is the mean over replicates. ``random_share`` tells how much of the variance between these
means is due to chance: it ends up in total indices and in the size of effects, so that much of it
asks for more replicates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from relsim.analysis.design_points import MORRIS, RANKING, SEED, SOBOL, Sample, sample
from relsim.analysis.outcomes import Stored, arm_name, arms_of, outcomes, sample_size, stored
from relsim.analysis.statistics import CONFIDENCE
from relsim.io.errors import InputError, known
from relsim.model.observation import MEASURES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]

METHODS = {
    SOBOL: ("sobol",),
    MORRIS: ("morris",),
    RANKING: ("latin_hypercube", "sobol", "table"),
}
"""Methods, and the designs that allow them."""

FIRST_ORDER, TOTAL, SECOND_ORDER = "first_order", "total", "second_order"
MU_STAR, MU, SIGMA = "mu_star", "mu", "sigma"
PAWN, CHANCE = "pawn", "pawn_by_chance"

RESAMPLES = 300
"""Bootstrap samples behind an interval of SALib."""

RANKING_RESAMPLES, SHUFFLES = 50, 100
"""Bootstrap samples behind an interval of PAWN, and shuffles behind what chance shows."""

LEAST_BLOCKS = 4
LEAST_POINTS = 40

NORMAL = 1.96
"""Standard deviations in half an interval of 95%."""

_HARMONICS = 10
_SLICES = 10


class Sensitivity(NamedTuple):
    """What came out of a sensitivity analysis.

    Attributes
    ----------
    table : DataFrame
        A row an index: ``arm``, ``index``, ``parameter``, ``value``, ``low``, ``high`` (95%;
        ``nan`` where SALib gives none).
    measure, unit : str
        What of, and its unit.
    method : str
        ``sobol``, ``morris`` or ``ranking``.
    points : int
        Points that were used.
    left_out : int
        Points that were not, since they, or others that they belong with, have no result.
    random_share : dict of str to float
        By arm: the share of the variance between points that is due to random draws.
    sample_size : str
        Points, replicates and seed of the sweep, in words.
    """

    table: pd.DataFrame
    measure: str
    unit: str
    method: str
    points: int
    left_out: int
    random_share: dict[str, float]
    sample_size: str

    def plot(self) -> Figure:
        """Draw the indices with their intervals."""
        from relsim.plots import sweeps

        return sweeps.sensitivity(self.table, self.measure, self.unit, self.sample_size)


def sensitivity(
    results: Stored,
    measure: str,
    arm: str | None = None,
    minus: str | None = None,
    method: str | None = None,
) -> Sensitivity:
    """Find which parameters a measure depends on.

    Parameters
    ----------
    results : Stored
        A stored sweep, see ``relsim.load``.
    measure : str
        One of those that it kept.
    arm : str, optional
        Which; all of them if none.
    minus : str, optional
        An arm to subtract run by run, both having met the same draws: what does the difference
        between two ways of buying depend on? Needs ``arm``.
    method : str, optional
        ``sobol``, ``morris`` or ``ranking``; what the design was made for if none.

    Returns
    -------
    Sensitivity
        Its ``table``, and how much of it is chance.

    Raises
    ------
    InputError
        If the design does not allow it (saying which do), a name is unknown, or too few points
        have a result.
    """
    chosen = _method(stored(results).plan.design, method)
    if minus is not None and arm is None:
        raise InputError(f"minus = {minus!r}: give the arm to subtract it from too")
    points = sample(chosen, results)
    tables, shares, used = [], {}, int(points.chosen.sum())
    for name in arms_of(results) if arm is None else [arm]:
        wide = outcomes(results, measure, name, minus)
        means = wide.mean(axis=1).to_numpy(float)
        usable = _usable(means, points)
        title = arm_name(name, minus)
        _check_values(means[usable], measure, title, points.block)
        used = min(used, int(usable.sum()))
        shares[title] = random_share(wide[usable])
        found = _ANALYSES[chosen](points, points.inputs[usable], means[usable])
        found.insert(0, "arm", title)
        tables.append(found)
    unit = MEASURES[measure].unit if measure in MEASURES else ""
    table = pd.concat(tables, ignore_index=True)
    left_out = int(points.chosen.sum()) - used
    return Sensitivity(table, measure, unit, chosen, used, left_out, shares, sample_size(results))


def _method(design: str, method: str | None) -> str:
    if method is not None:
        known("method", [method], METHODS)
    allowed = [name for name, designs in METHODS.items() if design in designs]
    if not allowed:
        designs = list(dict.fromkeys(one for several in METHODS.values() for one in several))
        raise InputError(f"a {design} design gives no indices; allowed: {', '.join(designs)}")
    if method is None:
        return allowed[0]
    if method not in allowed:
        raise InputError(
            f"method {method!r} needs a design of {', '.join(METHODS[method])}; "
            f"this one is {design}"
        )
    return method


def _check_values(values: Floats, measure: str, arm: str, block: int) -> None:
    of_arm = f" of {arm}" if arm else ""
    least = LEAST_POINTS if block == 1 else LEAST_BLOCKS * block
    if len(values) < least:
        raise InputError(
            f"{measure}{of_arm}: {len(values)} points with a result can be used; allowed is "
            f"{least} or more"
        )
    if np.ptp(values) == 0.0:
        raise InputError(f"{measure}{of_arm} is {values[0]:g} at every point: nothing to explain")


def random_share(wide: pd.DataFrame) -> float:
    """Share of the variance between points' means that is due to the replicates' random draws.

    Parameters
    ----------
    wide : DataFrame
        A row a point, a column a replicate.

    Returns
    -------
    float
        0 to 1; ``nan`` for one replicate. What moved all points alike is taken out: with the
        draws shared over points it tells no point from another.

    Examples
    --------
    >>> random_share(pd.DataFrame([[1.0, 2.0], [5.0, 6.0]]))
    0.0
    """
    points, replicates = wide.shape
    if replicates < 2 or points < 2:
        return float("nan")
    means = wide.mean(axis=1)
    rest = wide.sub(means, axis=0)
    rest = rest - rest.mean(axis=0)
    count = float(wide.count().sum())
    freedom = count - points - replicates + 1.0
    between = float(means.var())
    if freedom <= 0.0 or between == 0.0:
        return float("nan")
    squares = float((rest * rest).to_numpy()[wide.notna()].sum())
    share: float = squares / freedom / (count / points) / between
    return min(1.0, share)


def _usable(values: Floats, points: Sample) -> NDArray[np.bool_]:
    """Points of blocks that are whole: one without a result makes its block useless."""
    whole = np.isfinite(values).reshape(-1, points.block).all(axis=1)
    usable: NDArray[np.bool_] = points.chosen & np.repeat(whole, points.block)
    return usable


# --- the analyses ---------------------------------------------------------------------------------


def _problem(names: list[str], inputs: Floats) -> dict[str, Any]:
    bounds = list(zip(inputs.min(axis=0), inputs.max(axis=0), strict=True))
    return {"num_vars": len(names), "names": names, "bounds": bounds}


def _rows(index: str, names: list[str], values: Any, half: Any = np.nan) -> pd.DataFrame:
    value, width = np.asarray(values, float), np.asarray(half, float)
    columns = {"value": value, "low": value - width, "high": value + width}
    return pd.DataFrame({"index": index, "parameter": names, **columns})


def _sobol(points: Sample, inputs: Floats, values: Floats) -> pd.DataFrame:
    from SALib.analyze import sobol

    names = points.names
    found = sobol.analyze(
        _problem(names, inputs),
        values,
        calc_second_order=points.second_order,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=SEED,
    )
    tables = [
        _rows(FIRST_ORDER, names, found["S1"], found["S1_conf"]),
        _rows(TOTAL, names, found["ST"], found["ST_conf"]),
    ]
    if points.second_order:
        first, second = np.triu_indices(len(names), k=1)
        pairs = [f"{names[i]} & {names[j]}" for i, j in zip(first, second, strict=True)]
        of_pairs = found["S2"][first, second], found["S2_conf"][first, second]
        tables.append(_rows(SECOND_ORDER, pairs, *of_pairs))
    return pd.concat(tables, ignore_index=True)


def _morris(points: Sample, inputs: Floats, values: Floats) -> pd.DataFrame:
    from SALib.analyze import morris

    names = points.names
    found = morris.analyze(
        _problem(names, inputs),
        inputs,
        values,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        num_levels=points.levels,
        seed=SEED,
    )
    tables = [
        _rows(MU_STAR, names, found["mu_star"], found["mu_star_conf"]),
        _rows(MU, names, found["mu"]),
        _rows(SIGMA, names, found["sigma"]),
    ]
    return pd.concat(tables, ignore_index=True)


def _ranking(points: Sample, inputs: Floats, values: Floats) -> pd.DataFrame:
    from SALib.analyze import rbd_fast

    names = points.names
    problem = _problem(names, inputs)
    share = rbd_fast.analyze(
        problem,
        inputs,
        values,
        M=min(_HARMONICS, len(values) // 8),
        num_resamples=RANKING_RESAMPLES,
        conf_level=CONFIDENCE,
        seed=SEED,
    )
    generator = np.random.default_rng(SEED)
    pawn = _pawn(problem, inputs, values)
    again = np.empty((RANKING_RESAMPLES, len(names)))
    for turn in range(RANKING_RESAMPLES):
        drawn = generator.integers(len(values), size=len(values))
        again[turn] = _pawn(problem, inputs[drawn], values[drawn])
    # Shuffled, any parameter is as good as another: it says nothing.
    one = inputs[:, :1]
    alone = _problem(names[:1], one)
    shuffled = [_pawn(alone, one, generator.permutation(values))[0] for _ in range(SHUFFLES)]
    tables = [
        _rows(FIRST_ORDER, names, share["S1"], share["S1_conf"]),
        # Resampling repeats points, which pulls slices apart: only its spread is used.
        _rows(PAWN, names, pawn, NORMAL * again.std(axis=0, ddof=1)),
        _rows(CHANCE, names, np.full(len(names), np.quantile(shuffled, CONFIDENCE))),
    ]
    return pd.concat(tables, ignore_index=True)


def _pawn(problem: dict[str, Any], inputs: Floats, values: Floats) -> Floats:
    from SALib.analyze import pawn

    slices = min(_SLICES, len(values) // 12)
    return np.asarray(pawn.analyze(problem, inputs, values, S=slices)["median"], float)


_ANALYSES: dict[str, Callable[[Sample, Floats, Floats], pd.DataFrame]] = {
    SOBOL: _sobol,
    MORRIS: _morris,
    RANKING: _ranking,
}
