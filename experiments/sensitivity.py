"""What the cost of buying depends on, and what the difference between two ways of buying.

Screens eight parameters over their whole ranges by Morris's method, aggressive and trusting buyers
with common random numbers. ``--full`` takes Sobol's indices of the same parameters, 81,920 runs
instead of 900. Stopped and started again, it goes on where it was.

It writes to ``results/``; with ``--figures`` tables and figures go to ``experiments/figures/``.
"""

import sys
from pathlib import Path

import pandas as pd

from relsim import load, plots, sensitivity, sweep
from relsim.parameters import table
from relsim.plots import sweeps

RESULTS = Path("results")
RESULTS.mkdir(exist_ok=True)
FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else RESULTS
FULL = "--full" in sys.argv[1:]
MEASURE = "total_cost_per_unit"
SWEPT = (
    "uncertainty",
    "markup",
    "spare_capacity",
    "candour",
    "detection",
    "initial_trust",
    "trust_loss",
    "value_per_idea",
)

design = {"design": "sobol", "points": 256} if FULL else {"design": "morris", "points": 10}
plan = sweep.Plan(
    **design,
    replicates=16 if FULL else 5,
    second_order=False,
    arms=["trusting", "aggressive"],
    measures=[MEASURE],
    parameters={e.name: {"low": e.low, "high": e.high} for e in table() if e.name in SWEPT},
)
path = RESULTS / f"sensitivity_{plan.design}.duckdb"
sweep.run(plan, path, progress=True)

results = load(path)
of_arms = sensitivity(results, MEASURE)
of_difference = sensitivity(results, MEASURE, "aggressive", minus="trusting")
found = pd.concat([of_arms.table, of_difference.table], ignore_index=True)
found.to_csv(FOLDER / "sensitivity.csv", index=False, float_format="%.6g")
text = sweeps.sensitivity_text(found, MEASURE)
figure = sweeps.sensitivity(found, MEASURE, of_arms.unit, of_arms.sample_size)
plots.save(figure, FOLDER / "sensitivity.png", text)
print(text)
for arm, share in (of_arms.random_share | of_difference.random_share).items():
    print(f"{arm}: {share:.0%} of the variance between points is due to random draws")
