"""What the model gives today: all measures of a few runs, kept in ``baseline.csv``.

A change that moves them on purpose refreshes the file with ``python -m tests.baseline`` and says so
under "Numbers moved" in CHANGELOG.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from relsim import Arm, Buyer, Parameters, compare, presets, simulate
from relsim.parameters.stances import BUYER_STANCES, SELLER_STANCES

FILE = Path(__file__).with_name("baseline.csv")
SEED = 20


class EvenHanded(Buyer):
    """Orders the same from each of its suppliers."""

    def ordering(self) -> None:
        """Share the need out."""
        super().ordering()
        for relationship in self.relationships:
            relationship.units = self.need / len(self.relationships)


def cases() -> Iterator[tuple[str, Mapping[str, float]]]:
    """Name and measures of every run that is kept."""
    for preset, start in presets.items():
        market = start.with_values(buyers=min(8, start.buyers), salespeople=8, periods=60)
        changes: dict[str, dict[str, object]] = {
            "neutral": {},
            **{f"buyers {name}": {"buyer_stances": name} for name in BUYER_STANCES},
            **{f"sellers {name}": {"seller_stances": name} for name in SELLER_STANCES},
            "trust held": {"hold": {"trust": 0.7}},
            "without ideas": {"without": ["ideas"]},
        }
        for name, change in changes.items():
            yield f"{preset}: {name}", simulate(market.with_values(**change), SEED).measures
    small = Parameters(buyers=6, salespeople=6, periods=24)
    yield "custom buyers", simulate(small, SEED, buyer=EvenHanded).measures
    arms = ["trusting", "aggressive", Arm("even", buyer=EvenHanded, stance="trusting")]
    table = compare(*arms, base=small, replicates=3, seed=SEED).table
    for contrast, rows in table.groupby("contrast", sort=False):
        for column in ("difference", "low", "high"):
            yield f"{contrast}: {column}", rows.set_index("measure")[column].to_dict()


def now() -> pd.DataFrame:
    """A row a run, a column a measure."""
    return pd.DataFrame.from_dict(dict(cases()), orient="index")


def stored() -> pd.DataFrame:
    """The same as it was kept."""
    return pd.read_csv(FILE, index_col=0)


if __name__ == "__main__":
    now().to_csv(FILE, float_format="%.15g", lineterminator="\n")
    sys.stdout.write(f"written: {FILE.name}\n")
