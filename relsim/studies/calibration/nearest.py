"""The setting of the tuned parameters that comes nearest to the aims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from relsim.comparison import seeds
from relsim.parameters import Parameters
from relsim.studies.calibration.targets import (
    TARGETS,
    Floats,
    bounds,
    market,
    replicates_of,
)

if TYPE_CHECKING:
    import pandas as pd


START = {
    "opening_hours": 134.0,
    "engineer_pool": 12.0,
    "contact_hours": 10.4,
    "voice_serious": -0.65,
}
"""Where the search for the tuned parameters begins, and what it is pulled to a little."""

PULL = 0.05
"""Weight of the squared distance to ``START``, in units of ``START``: settles what data do not."""


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
    random draws, so that differences between settings are theirs.

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
    low, high = bounds() / scale
    tried = []

    def objective(position: Floats) -> float:
        """Run one setting, note it, and say how far it misses."""
        setting = dict(zip(names, (position * scale).tolist(), strict=True))
        values = replicates_of([market().with_values(**setting)], run_seeds)[0].mean(axis=0)
        distance = misfit(values)
        total = distance + PULL * float(((position - 1.0) * (position - 1.0)).sum())
        reached_ = dict(zip((one.name for one in TARGETS), values.tolist(), strict=True))
        tried.append({**setting, **reached_, "misfit": distance, "objective": total})
        return total

    minimize(
        objective,
        np.ones(len(names)),
        method="Nelder-Mead",
        bounds=np.column_stack([np.minimum(low, high), np.maximum(low, high)]),
        options={"maxfev": evaluations, "xatol": 0.005, "fatol": 0.02},
    )
    return pd.DataFrame(tried)
