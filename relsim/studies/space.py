"""Parameter space: where in it one way of buying beats another, and what decides that.

Points of a Sobol sequence fill the ranges of all parameters that say how agents and goods behave;
how many there are, how long a run takes and what kind of goods is bought stay as they are. At every
point all arms meet the same random draws. The share of points is then the share of that space, as
far as the ranges of the parameters mean anything: they are assumptions too, each with its reason in
the table of parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import estimate, share_of
from relsim.design.plan import Plan
from relsim.design.samples import Range
from relsim.parameters import Entry, table
from relsim.studies.clamped import MARKETS as MARKETS
from relsim.studies.clamped import clamped_trust as clamped_trust

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

STRUCTURE = frozenset(
    [
        # how many, how long, who hears from whom
        "buyers",
        "salespeople",
        "suppliers_per_buyer",
        "periods",
        "warm_up",
        "contacts",
        # the kind of goods: presets compare those
        "purchase_interval",
        "lead_time",
        "service_life",
        # no trait of a market: meant for interventions
        "betrayal_by_buyer",
    ]
)
"""Parameters that stay as they are at all points."""

ARMS = ("aggressive", "trusting")


def dimensions(names: Sequence[str] | None = None) -> tuple[Entry, ...]:
    """Parameters that vary from point to point.

    >>> "value_per_idea" in {entry.name for entry in dimensions()}
    True
    """
    return tuple(
        entry
        for entry in table()
        if (entry.name not in STRUCTURE if names is None else entry.name in names)
    )


def points(exponent: int = 10, seed: int = 0, names: Sequence[str] | None = None) -> pd.DataFrame:
    """Points of a scrambled Sobol sequence over the ranges.

    Parameters
    ----------
    exponent : int
        There are ``2 ** exponent`` points.
    seed : int
        Of the scrambling.
    names : sequence of str, optional
        Parameters to vary; all of ``dimensions()`` if none.

    Returns
    -------
    DataFrame
        A row a point, a column a parameter.

    Examples
    --------
    >>> points(2, names=["value_per_idea"]).shape
    (4, 1)
    """
    import pandas as pd
    from scipy.stats import qmc

    entries = dimensions(names)
    random = np.random.default_rng(seed)
    unit = qmc.Sobol(len(entries), rng=random).random_base2(exponent)
    return pd.DataFrame(
        {
            entry.name: Range(entry.low, entry.high).at(share, entry.integer)
            for entry, share in zip(entries, unit.T, strict=True)
        }
    )


def plan(
    exponent: int = 10,
    replicates: int = 8,
    arms: Sequence[Any] = ARMS,
    seed: int = 0,
    base: Mapping[str, Any] | None = None,
    names: Sequence[str] | None = None,
) -> Plan:
    """Plan of a sweep over parameter space: all measures of all arms at every point, for any claim.

    Parameters
    ----------
    exponent : int
        There are ``2 ** exponent`` points.
    replicates : int
        Runs of each arm at each point.
    arms : sequence
        What ``relsim.compare`` compares.
    seed : int
        Of the points and the replicates; random draws are the same at all points.
    base : mapping, optional
        Parameters that hold at every point, such as those of a small market.
    names : sequence of str, optional
        Parameters to vary, see ``points``.

    Returns
    -------
    relsim.sweep.Plan
        For ``relsim.sweep.run``, which can be stopped and resumed.

    Examples
    --------
    >>> plan(3, replicates=2, names=["value_per_idea"]).runs
    32
    """
    # The sweep's own Sobol design is for Sobol indices: it takes points by the hundred for each
    # parameter. Here plain points of the sequence are wanted, which is a table.
    return Plan(
        design="table",
        parameters=points(exponent, seed, names),
        arms=list(arms),
        replicates=replicates,
        seed=seed,
        base=dict(base or {}),
    )


def gaps(runs: pd.DataFrame, measure: str = "total_cost_per_unit") -> pd.DataFrame:
    """Compare two arms at every point of a stored sweep, replicate by replicate.

    Parameters
    ----------
    runs : DataFrame
        ``runs`` of ``relsim.sweep.load``; the first two arms are compared.
    measure : str
        What is compared.

    Returns
    -------
    DataFrame
        A row a point: mean of either arm, their ``difference`` (first minus second), ``low`` and
        ``high`` (95%, of the replicates at that point); ``nan`` where nothing was to be measured.
    """
    import pandas as pd

    names = list(runs["arm"].unique())[:2]
    rows = []
    for point, here in runs.groupby("point", sort=True):
        values = here.pivot_table(index="replicate", columns="arm", values=measure, dropna=False)
        # An arm in which nothing could be measured at this point has no column.
        first, second = (values.reindex(columns=names)[n].to_numpy(float) for n in names)
        found = estimate(second, first)
        rows.append([point, found.second, found.first, *found[2:5]])
    return pd.DataFrame(rows, columns=["point", *names, "difference", "low", "high"])


def deciding(design: pd.DataFrame, wins: NDArray[np.bool_]) -> pd.DataFrame:
    """Rank parameters by how far they decide who wins (regional sensitivity analysis).

    For each parameter, its values where the arm wins are compared with those where it does not:
    the greatest distance of the two distributions (Kolmogorov, Smirnov; Hornberger & Spear 1981).
    It asks for the outcome itself, wins or not, and needs no further runs.

    Parameters
    ----------
    design : DataFrame
        A row a point.
    wins : ndarray of bool
        Whether the arm wins there.

    Returns
    -------
    DataFrame
        A row a parameter, the most deciding first: ``distance`` (0 to 1), ``wins_where``
        (``high`` or ``low`` values), ``p`` adjusted for the number of parameters (Benjamini,
        Hochberg: 5% of those below 0.05 are expected to be chance).

    Examples
    --------
    >>> import pandas as pd
    >>> line = pd.DataFrame({"a": np.arange(20.0), "b": np.tile([0.0, 1.0], 10)})
    >>> deciding(line, np.arange(20) > 9).iloc[0].to_dict()["parameter"]
    'a'
    """
    import pandas as pd
    from scipy.stats import false_discovery_control, ks_2samp

    found = []
    for name in design.columns:
        values = design[name].to_numpy(float)
        test = ks_2samp(values[wins], values[~wins])
        high = values[wins].mean() > values[~wins].mean()
        found.append((name, float(test.statistic), "high" if high else "low", float(test.pvalue)))
    ranked = pd.DataFrame(found, columns=["parameter", "distance", "wins_where", "p"])
    ranked["p"] = false_discovery_control(ranked["p"].to_numpy(float))
    return ranked.sort_values("distance", ascending=False, ignore_index=True)


def map_of(x: Floats, y: Floats, wins: NDArray[np.bool_], cells: int = 4) -> pd.DataFrame:
    """Share of points that an arm wins, in cells of two parameters with equal ranges.

    Parameters
    ----------
    x, y : ndarray
        The two parameters at every point.
    wins : ndarray of bool
        Whether the arm wins there.
    cells : int
        How many along each side.

    Returns
    -------
    DataFrame
        A row a cell: its middle (``x``, ``y``), ``share`` with ``low`` and ``high``, ``points``.
    """
    import pandas as pd

    edges = [np.linspace(side.min(), side.max(), cells + 1) for side in (x, y)]
    places = [
        np.clip(np.searchsorted(edge, side, "right") - 1, 0, cells - 1)
        for edge, side in zip(edges, (x, y), strict=True)
    ]
    rows = []
    for i in range(cells):
        for j in range(cells):
            here = wins[(places[0] == i) & (places[1] == j)]
            found = share_of(here)
            rows.append(
                {
                    "x": (edges[0][i] + edges[0][i + 1]) / 2,
                    "y": (edges[1][j] + edges[1][j + 1]) / 2,
                    "share": found.share,
                    "low": found.low,
                    "high": found.high,
                    "points": found.points,
                }
            )
    return pd.DataFrame(rows)
