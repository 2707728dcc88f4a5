"""What do ten years of aggressive, or of trusting, buying do? The main job, from Python.

The same as ``relsim compare aggressive trusting``: two markets with the same buyers, salespeople,
networks and random draws, 200 times over; only how the buyers bargain differs.

It writes to ``results/``, with ``--figures`` to ``experiments/figures/``.
"""

import sys
from pathlib import Path

from relsim import Parameters, compare, plots

FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else Path("results")
FOLDER.mkdir(exist_ok=True)

result = compare("aggressive", "trusting", base=Parameters(), replicates=200, seed=0)
result.table.to_csv(FOLDER / "aggressive_vs_trusting.csv", index=False, float_format="%.6g")
plots.save(result.plot(), FOLDER / "aggressive_vs_trusting.png", plots.comparison_text(result))

shown = ["component_price", "total_cost_per_unit", "transaction_time_share", "ideas_received"]
print(result.table.set_index("measure").loc[shown].round(3).to_string())
print(plots.comparison_text(result))
