"""What does trust do to cost? Three curves on one pair of axes that say different things.

The same as ``relsim trust-cost``. Only the curve of clamped trust shows what trust itself does; the
others show what one would see between markets, or among the buyers of one market.

``python experiments/trust_versus_cost.py`` takes half a minute and writes to ``results/``;
``--full`` has 200 replicates, ``--figures`` writes to ``experiments/figures/`` instead.
"""

import sys
from pathlib import Path

from relsim import plots, trust_versus_cost


def main(replicates: int, folder: Path) -> None:
    result = trust_versus_cost(replicates=replicates, progress=True)
    folder.mkdir(exist_ok=True)
    result.table.to_csv(folder / "trust_versus_cost.csv", index=False, float_format="%.6g")
    text = plots.trust_versus_cost_text(result.table, result.finding)
    plots.save(result.plot(), folder / "trust_versus_cost.png", text)
    print(result.finding, *result.contrasts(), sep="\n")


if __name__ == "__main__":
    committed = Path(__file__).with_name("figures")
    folder = committed if "--figures" in sys.argv[1:] else Path("results")
    main(200 if "--full" in sys.argv[1:] else 30, folder)
