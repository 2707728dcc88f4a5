"""Which way of buying is the cheapest where all meet all? A tournament after Axelrod (1984).

Buyers with the stances of relsim, with strategies of the literature and with one of our own share
one market; and each two share a market, half and half. Buyers take up all strategies in turn.

``python experiments/tournament.py`` takes some minutes, ``--full`` five times that.

It writes to ``results/``, with ``--figures`` to ``experiments/figures/``.
"""

import sys
from pathlib import Path

from relsim import Arm, Buyer, Parameters, plots, tournament

FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else Path("results")


class Patient(Buyer):
    """Bargains hard with newcomers, and trusts those who have been there for two years."""

    def exploitation(self) -> None:
        """Choose a stance for each supplier."""
        for supplier in self.relationships:
            known = self.model.period - supplier.start >= 24
            supplier.stance = "trusting" if known else "aggressive"
        super().exploitation()


STRATEGIES = (
    "aggressive",
    "trusting",
    "loyal",
    "tit_for_tat",
    "generous_tit_for_tat",
    "grudger",
    Arm("patient", buyer=Patient, stance="trusting"),
)


def main(replicates: int, market: Parameters | None = None, folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    result = tournament(*STRATEGIES, base=market, replicates=replicates, progress=True)
    result.ranking.to_csv(folder / "tournament.csv", index=False, float_format="%.6g")
    result.matches.to_csv(folder / "tournament_pairs.csv", index=False, float_format="%.6g")
    plots.save(result.plot(), folder / "tournament.png", result.finding)
    print(result.finding, result.how, sep="\n")
    print(result.ranking.round(2).to_string(index=False))


if __name__ == "__main__":
    main(replicates=50 if "--full" in sys.argv[1:] else 10)
