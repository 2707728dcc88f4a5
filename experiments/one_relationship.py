"""Follow what passed between one buyer and one supplier in ten years.

The same as ``relsim run --follow 33,8``: the story in sentences, every month and every event as
tables, and a picture.

It writes to ``results/``, with ``--figures`` to ``experiments/figures/``.
"""

import sys
from pathlib import Path

from relsim import plots, simulate

FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else Path("results")
FOLDER.mkdir(exist_ok=True)
BUYER, SUPPLIER = 33, 8

run = simulate(seed=0, history=True)
print(run.story(BUYER, SUPPLIER))
run.events(BUYER, SUPPLIER).to_csv(FOLDER / "one_relationship.csv", index=False)
figure, text = plots.pair(run, BUYER, SUPPLIER), plots.pair_text(run, BUYER, SUPPLIER)
plots.save(figure, FOLDER / "one_relationship.png", text)
