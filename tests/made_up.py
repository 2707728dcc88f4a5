"""Tables of the form that pictures draw, without a model."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from relsim.plots import palette, trust

PARTS = [m for part in (*palette.COST_PARTS, palette.SAVINGS) for m in part.measures]
SHARES = [
    "transaction_time_share",
    "information_received",
    "ideas_received",
    "collaborative_share",
    "personal_share",
]
MEASURES = [*PARTS, "total_cost_per_unit", *SHARES]
PERIODS = 24


def made_up(*names: str) -> SimpleNamespace:
    """Tables of the form that comparisons have, without a model."""
    random = np.random.default_rng(0)
    values = {m: 90.0 if m in ("component_price", "total_cost_per_unit") else 0.3 for m in MEASURES}
    series, buyers = [], []
    for place, name in enumerate(names):
        for measure, value in values.items():
            mean = value * (1.0 + 0.1 * random.random(PERIODS))
            columns = {"arm": name, "measure": measure, "period": np.arange(PERIODS), "mean": mean}
            series.append(pd.DataFrame(columns | {"low": 0.98 * mean, "high": 1.02 * mean}))
        trust = random.random(80)
        columns = {
            "suppliers_trust_in_buyer": trust,
            "total_cost_per_unit": 100.0 + 9 * place - trust,
        }
        buyers.append(pd.DataFrame({"arm": name} | columns))
    crossing = {"dearer": names[0], "period_of_means": 7.0, "share": 0.8}
    labels = [part.label for part in (*palette.COST_PARTS, palette.SAVINGS)]
    apart = np.linspace(2.0, -1.5, len(labels))
    apart = [*apart, apart.sum()]
    parts = [
        pd.DataFrame({"arm": name, "part": [*labels, "total"], "difference": apart})
        for name in names[1:]
    ]
    every = pd.concat(series, ignore_index=True)
    differences = every[every["arm"] != names[0]].copy()
    differences[["mean", "low", "high"]] -= 95.0
    return SimpleNamespace(
        names=names,
        # As comparisons do: the means of all arms, once a contrast.
        table=pd.DataFrame(
            [{"measure": m} | dict.fromkeys(names, v) for m, v in values.items()] * (len(names) - 1)
        ),
        series=every,
        differences=differences,
        parts=pd.concat(parts, ignore_index=True).assign(
            low=lambda rows: rows["difference"] - 0.1, high=lambda rows: rows["difference"] + 0.1
        ),
        finding=f"Over {PERIODS} months a unit costs 1.0 (1.1%) less with {names[-1]}.",
        replicates=40,
        seed=0,
        of_published_shares=False,
        buyers=pd.concat(buyers, ignore_index=True),
        crossing=pd.DataFrame([crossing] * (len(names) - 1)),
    )


def curves() -> pd.DataFrame:
    levels = (0.2, 0.5, 0.8)
    rows = [
        {"curve": c, "trust": t, "measure": m, "mean": 10 - t, "low": 9 - t, "high": 11 - t}
        for c in trust.CURVES
        for t in levels
        for m in MEASURES
    ]
    return pd.DataFrame(rows)


def relationships() -> pd.DataFrame:
    buyers, sellers = np.divmod(np.arange(12), 3)
    return pd.DataFrame(
        {
            "buyer": buyers,
            "seller": (buyers + sellers) % 5,
            "phase": [1, 2, 3] * 4,
            "buyer_trust_in_seller": 0.5,
            "seller_trust_in_buyer": 0.7,
        }
    )
