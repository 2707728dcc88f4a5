"""How all that buyers care about changes with how aggressively they bargain.

Every market has buyers of one aggressiveness, from trusting (0) to aggressive (1), with
common random numbers, in calm and in uncertain surroundings. ``--full`` has more levels and ten
times the replicates. Stopped and started again, it goes on where it was.

It writes to ``results/``; with ``--figures`` tables and figures go to ``experiments/figures/``.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from relsim import curve, load, plots, sweep
from relsim.analysis.outcomes import sample_size
from relsim.model.observation import MEASURES
from relsim.plots import sweeps

RESULTS = Path("results")
RESULTS.mkdir(exist_ok=True)
FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else RESULTS
FULL = "--full" in sys.argv[1:]
DRAWN = ("component_price", "total_cost_per_unit", "transaction_time_share", "ideas_received")

plan = sweep.Plan(
    design="grid",
    replicates=200 if FULL else 20,
    measures=list(DRAWN),
    parameters={
        "uncertainty": [0.1, 0.3, 0.6],
        "aggressiveness": np.linspace(0.0, 1.0, 21 if FULL else 9).round(3).tolist(),
    },
)
path = RESULTS / f"aggressiveness_sweep_{plan.size}.duckdb"
sweep.run(plan, path, progress=True)

results = load(path)
found = {name: curve(results, "aggressiveness", name, by="uncertainty") for name in DRAWN}
numbers = pd.concat(found, names=["measure"]).reset_index("measure")
numbers.to_csv(FOLDER / "aggressiveness_sweep.csv", index=False, float_format="%.6g")
figure = sweeps.curves(
    {f"{name}, {MEASURES[name].unit}": rows for name, rows in found.items()},
    "aggressiveness",
    sample_size(results),
)
text = sweeps.curve_text(found["total_cost_per_unit"], "aggressiveness", "total_cost_per_unit")
plots.save(figure, FOLDER / "aggressiveness_sweep.png", text)
print(text)
