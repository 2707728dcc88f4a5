"""What does trust do to cost? Three curves that look alike and say different things.

- Between markets: all buyers of a market bargain alike, from trusting to aggressive. Trust differs,
  and so does everything else that bargaining does.
- Within one mixed market: buyers ranked by their suppliers' trust share suppliers and random
  draws. Trusted buyers may be cheap for other reasons.
- Trust clamped: one market of middling buyers in which everybody trusts as told, whatever happens.
  Only this curve shows what trust itself does.

``python experiments/trust_versus_cost.py`` takes a minute or two, ``--full`` about ten times that.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from relsim import Parameters, plots, simulate
from relsim.comparison import run_all
from relsim.plots.palette import COST_PARTS, SAVINGS

FIGURES = Path(__file__).with_name("figures")
FULL = "--full" in sys.argv[1:]
REPLICATES, LEVELS, GROUPS = (200, 11, 8) if FULL else (30, 7, 8)
LEVEL_VALUES = np.linspace(0.0, 1.0, LEVELS).round(3).tolist()
MEASURES = [m for part in (*COST_PARTS, SAVINGS) for m in part.measures]
MEASURES += ["total_cost_per_unit", "suppliers_trust_in_buyer"]


def runs(**values: object) -> list:
    """Common random numbers: replicate r has seed r."""
    # Buyers of one size: small ones pay more hours a unit, and are trusted less, for that alone.
    parameters = Parameters(volume_spread=0.0, **values)
    return run_all([parameters], range(REPLICATES), lambda one, seed, _: simulate(one, seed))[0]


def point(curve: str, rows: pd.DataFrame, trust: float | None = None) -> pd.DataFrame:
    """One point of a curve: the mean over replicates (rows) and its 95% interval."""
    mean, half = rows.mean(), 1.96 * rows.std() / np.sqrt(len(rows))
    table = pd.DataFrame({"mean": mean, "low": mean - half, "high": mean + half})
    table.insert(0, "trust", mean["suppliers_trust_in_buyer"] if trust is None else trust)
    table.insert(0, "curve", curve)
    return table.rename_axis("measure").reset_index()


def whole(results: list) -> pd.DataFrame:
    """Measures over whole runs, a row a replicate."""
    return pd.DataFrame([run.measures for run in results])[MEASURES]


points = [point("between", whole(runs(aggressiveness=level))) for level in LEVEL_VALUES]
points += [
    point("held", whole(runs(aggressiveness=0.5, hold={"trust": level})), level)
    for level in LEVEL_VALUES
]
mixed = runs(aggressiveness=np.linspace(0.0, 1.0, Parameters().buyers).tolist())
ranked = [run.buyers.sort_values("suppliers_trust_in_buyer")[MEASURES] for run in mixed]
for group in np.array_split(np.arange(Parameters().buyers), GROUPS):
    points.append(point("within", pd.DataFrame([table.iloc[group].mean() for table in ranked])))

curves = pd.concat(points, ignore_index=True)
curves.to_csv(FIGURES / "trust_versus_cost.csv", index=False, float_format="%.6g")
text = plots.trust_versus_cost_text(curves)
plots.save(plots.trust_versus_cost(curves), FIGURES / "trust_versus_cost.png", text)
print(text)
