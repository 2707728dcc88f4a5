"""Stored sweeps made up of known functions, for tests that need no market."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from relsim.sweep import Plan

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]

MEASURE = "total_cost_per_unit"
SWEPT = ("candour", "work_weight", "uncertainty")
RANGES = {name: {"low": 0.0, "high": 1.0} for name in SWEPT}


def ishigami(unit: Floats) -> Floats:
    """Ishigami & Homma 1990, a = 7 and b = 0.1, from the unit cube; its indices are known."""
    x1, x2, x3 = ((2.0 * unit - 1.0) * np.pi).T
    return np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1)


def linear(unit: Floats) -> Floats:
    """1 and -2 for the whole range of the first two parameters, nothing for the third."""
    return unit @ np.array([1.0, -2.0, 0.0])


def sweep(
    functions: Mapping[str, Function] | None = None, noise: float = 0.0, **plan: Any
) -> SimpleNamespace:
    """A sweep whose measure is a known function, plus noise.

    That of a replicate is the same in all its runs, and a run has half as much of its own.
    """
    chosen = functions or {"base": ishigami}
    made = Plan(**{"design": "latin_hypercube", "parameters": RANGES, "replicates": 1, **plan})
    points = made.points()
    unit = made.unit_sample() if "points" in plan else points[list(made.names)].to_numpy(float)
    generator = np.random.default_rng(0)
    shared = generator.standard_normal(made.replicates)
    tables = []
    for arm, function in chosen.items():
        exact = function(unit)
        for replicate in range(made.replicates):
            own = generator.standard_normal(len(unit))
            columns = {
                "point": points["point"],
                "arm": arm,
                "replicate": replicate,
                "seed": 1000 + replicate,
                MEASURE: exact + noise * (shared[replicate] + 0.5 * own),
                "suppliers_trust_in_buyer": unit[:, 0],
            }
            tables.append(pd.DataFrame(columns))
    return SimpleNamespace(
        plan=made,
        points=points,
        runs=pd.concat(tables, ignore_index=True),
        buyers=pd.DataFrame(),
        series=pd.DataFrame(),
    )


GRID = {"candour": [0.0, 0.5, 1.0], "work_weight": [0.2, 0.8], "uncertainty": [0.1]}


def on_grid(noise: float = 1.0, runs: int = 8) -> SimpleNamespace:
    """Two arms on a grid; the second is dearer by one."""
    functions = {"aggressive": linear, "trusting": lambda unit: linear(unit) + 1.0}
    return sweep(
        functions,
        noise,
        design="grid",
        parameters=GRID,
        replicates=runs,
        arms=["aggressive", "trusting"],
    )
