"""Results of the claims as they were run last, kept with the code, and the reasons found.

``relsim claims`` writes the same table; a new one takes the place of ``results.csv`` when a
submodel, a default or a claim has changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

RESULTS = Path(__file__).with_name("results.csv")
"""Table of results with 200 replicates; ``sources`` is the hash of the code that made it."""

FOUND: Mapping[str, str] = MappingProxyType({})
"""Why a claim does not hold, or holds for another reason than its sources give."""


def results() -> pd.DataFrame:
    """The stored table of results.

    Returns
    -------
    DataFrame
        A row a part of a claim, see ``report.COLUMNS``.
    """
    table = pd.read_csv(RESULTS)
    words = ["ablation", "vanishes"]
    return table.assign(**table[words].astype(object).fillna(""))
