"""What trust does to cost: clamped at each level, beside two curves that mix it with other things.

All three are differences from one reference, the market of neutral buyers with the same seed, so
that they share their axes and their slopes can be compared:

- ``clamped``: the same market with everybody's trust clamped at a level. Only this is causal.
- ``between``: markets in which all buyers bargain alike, from trusting to aggressive. Trust
  differs, and so does everything else that bargaining does.
- ``within``: the buyers of one mixed market, from trusting to aggressive, by rank of their
  suppliers' trust. From each one's cost the cost of the same buyer in the neutral market is taken
  away: without that small buyers are dear and large ones cheap, whoever trusts them.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import CONFIDENCE, interval
from relsim.comparison.replicates import Progress, run_each
from relsim.design.arms import seeds
from relsim.engine.versions import versions
from relsim.io.errors import InputError
from relsim.io.files import save_all
from relsim.model.draws import check_seed
from relsim.model.memory import check_market
from relsim.model.observation import BUYER_MEASURES, COST_PARTS
from relsim.model.simulation import simulate
from relsim.parameters import Parameters
from relsim.parameters.stances import NEUTRAL_AGGRESSIVENESS
from relsim.studies.clamped import rising, with_trust

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]

LEVELS = tuple(round(0.1 * place, 1) for place in range(11))
TOTAL, TRUST = "total_cost_per_unit", "suppliers_trust_in_buyer"
MEASURES = (TOTAL, *COST_PARTS, TRUST)
CLAMPED, BETWEEN, WITHIN = "clamped", "between", "within"
WORDS = {BETWEEN: "Between markets", WITHIN: "Within one mixed market"}
GROUPS = 8
"""Groups of buyers of a mixed market, by rank of trust; fewer if there are fewer buyers."""

FILES = ("trust_cost.csv", "trust_cost.json")

_COLUMNS = [[measure.name for measure in BUYER_MEASURES].index(name) for name in MEASURES]


class _Outcome(NamedTuple):
    """What is kept of a run: measures of the market, and of each buyer."""

    market: Floats
    buyers: Floats


class TrustCost:
    """What came out: a table, the finding in a sentence, a figure.

    Attributes
    ----------
    base : Parameters
        The market, without the stance of its buyers.
    levels : tuple of float
        At which trust was clamped.
    seed : int
        Of the study.
    seeds : tuple of int
        Of every replicate.
    """

    def __init__(
        self, base: Parameters, levels: tuple[float, ...], seed: int, run_seeds: tuple[int, ...]
    ) -> None:
        self.base, self.levels, self.seed, self.seeds = base, levels, seed, run_seeds
        self.groups = min(GROUPS, base.buyers)
        neutral = base.with_values(aggressiveness=NEUTRAL_AGGRESSIVENESS)
        self.markets = (
            neutral,
            base.with_values(aggressiveness=np.linspace(0.0, 1.0, base.buyers).tolist()),
            *(with_trust(neutral, level) for level in levels),
            *(base.with_values(aggressiveness=level) for level in levels),
        )
        sizes = {CLAMPED: len(levels), BETWEEN: len(levels), WITHIN: self.groups}
        self._values = {
            curve: np.full((2, len(run_seeds), size, len(MEASURES)), np.nan)
            for curve, size in sizes.items()
        }

    def __repr__(self) -> str:
        return f"<TrustCost: {len(self.seeds)} replicates, seed {self.seed}; {self.finding}>"

    def take(self, number: int, outcomes: Sequence[_Outcome]) -> None:
        """Take in a replicate, one outcome a market."""
        neutral, mixed, *others = outcomes
        count = len(self.levels)
        for curve, runs in ((CLAMPED, others[:count]), (BETWEEN, others[count:])):
            found = np.array([run.market for run in runs])
            self._values[curve][:, number] = found, found - neutral.market
        # Each buyer beside its neutral twin; some may have bought nothing.
        gap = mixed.buyers - neutral.buyers
        there = ~np.isnan(gap).any(axis=1)
        own, gap = mixed.buyers[there], gap[there]
        order = np.argsort(own[:, MEASURES.index(TRUST)], kind="stable")
        for place, group in enumerate(np.array_split(order, self.groups)):
            if len(group):
                self._values[WITHIN][:, number, place] = own[group].mean(0), gap[group].mean(0)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a curve, point and measure.

        ``curve``, ``level`` (of clamped trust, of aggressiveness, or the number of the group),
        ``trust`` (clamped, or the suppliers' in their buyers), ``measure``, ``value`` (mean over
        replicates), and its difference from the neutral market with the same seed: ``mean``,
        ``low`` and ``high`` (95%, pairs of replicates).
        """
        import pandas as pd

        tables = []
        for curve, (values, gaps) in self._values.items():
            means = interval(values)[0]
            levels = np.arange(self.groups) if curve == WITHIN else np.array(self.levels)
            trust = levels if curve == CLAMPED else means[:, MEASURES.index(TRUST)]
            columns = {
                "curve": curve,
                "level": np.repeat(levels, len(MEASURES)),
                "trust": np.repeat(trust, len(MEASURES)),
                "measure": np.tile(MEASURES, len(levels)),
                "value": means.ravel(),
            }
            sides = zip(("mean", "low", "high"), interval(gaps), strict=True)
            tables.append(pd.DataFrame(columns | {name: side.ravel() for name, side in sides}))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def cheapest(self) -> tuple[float, ...]:
        """Levels of clamped trust whose cost cannot be told from the lowest.

        By paired intervals that hold together at 95% (Bonferroni).
        """
        costs = self._costs
        gaps = costs - costs[:, [int(np.argmin(interval(costs)[0]))]]
        low = interval(gaps, 1.0 - (1.0 - CONFIDENCE) / max(1, len(self.levels) - 1))[1]
        return tuple(np.array(self.levels)[~(low > 0.0)].tolist())

    @property
    def _costs(self) -> Floats:
        """Cost with trust clamped, a row a replicate; only those where every level has one."""
        costs: Floats = self._values[CLAMPED][0, :, :, 0]
        return costs[~np.isnan(costs).any(axis=1)]

    @property
    def finding(self) -> str:
        """Where cost is lowest if trust is clamped, and by how much, without a full stop."""
        costs = self._costs
        if not len(costs):
            return "Nothing was delivered, so there is no cost of a unit to compare"
        means = costs.mean(axis=0)
        gap = _money(means.max() - means.min())
        if len(costs) == 1:
            return f"One replicate: cost differs by {gap} with clamped trust, which may be chance"
        if len(self.cheapest) == len(self.levels):
            return f"No level of trust is clearly the cheapest: cost differs by {gap} at most"
        ends = [place for place in (0, -1) if self.levels[place] not in self.cheapest]
        dearer = np.where(np.isin(self.levels, self.cheapest), -np.inf, means)
        gaps = [
            f"{_money(means[place] - means.min())} less than at {self.levels[place]:g}"
            for place in ends or [int(np.argmax(dearer))]
        ]
        where = _places(self.cheapest, self.levels)
        return f"A unit costs least where trust is clamped at {where}: {', '.join(gaps)}"

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """How much cost changes along each confounded curve, and if trust is clamped as far.

        A row a curve: ``curve``, ``trust_from``, ``trust_to``, ``change`` along the curve, and
        ``clamped_change`` between the same two levels, read off the curve of clamped trust;
        ``nan`` where the curve went farther than trust was clamped.
        """
        import pandas as pd

        costs = self.table[self.table["measure"] == TOTAL].sort_values("trust")
        causal = costs[costs["curve"] == CLAMPED]
        rows = []
        for curve in (BETWEEN, WITHIN):
            own = costs[costs["curve"] == curve].iloc[[0, -1]]
            clamped = np.interp(
                own["trust"], causal["trust"], causal["mean"], left=np.nan, right=np.nan
            )
            ends = own["trust"].tolist()
            rows.append([curve, *ends, np.diff(own["mean"])[0], np.diff(clamped)[0]])
        names = ["curve", "trust_from", "trust_to", "change", "clamped_change"]
        return pd.DataFrame(rows, columns=names)

    def contrasts(self) -> list[str]:
        """How far the confounded curves are from what trust itself does, a sentence each."""
        return [
            f"{WORDS[row['curve']]} cost changes by {row['change']:+.1f} from trust "
            f"{row['trust_from']:.2f} to {row['trust_to']:.2f}; with trust clamped there, by "
            f"{row['clamped_change']:+.1f}."
            for row in self.ranges.dropna().to_dict("records")
        ]

    @property
    def note(self) -> str:
        """What the figure is of: replicates, seed, and what bands are."""
        count = len(self.seeds)
        return (
            f"{count} {'replicate' if count == 1 else 'replicates'}, seed {self.seed}, "
            f"{self.base.periods} months. Band: 95% interval of the mean difference from the "
            "neutral market with the same random draws."
        )

    def plot(self) -> Figure:
        """Draw the three curves, and the parts of cost that change with clamped trust."""
        from relsim import plots

        note = "\n".join([self.note, *self.contrasts()])
        return plots.trust_versus_cost(self.table, self.finding, note)

    def record(self) -> dict[str, Any]:
        """All that is needed to get these results again."""
        return {"finding": self.finding, **self.asked()}

    def asked(self) -> dict[str, Any]:
        """All that the results follow from, known before there are any."""
        return {
            "kind": "relsim trust-cost",
            "seed": self.seed,
            "replicates": len(self.seeds),
            "levels": list(self.levels),
            "base": self.base.model_dump(mode="json"),
            "seeds": list(self.seeds),
            "versions": versions(),
        }

    def files(self) -> dict[str, str]:
        """Content of the table and of the record, by the name of the file."""
        table = self.table.to_csv(index=False, lineterminator="\n")
        return dict(zip(FILES, (table, json.dumps(self.record(), indent=2) + "\n"), strict=True))

    def save(self, folder: str | Path) -> list[Path]:
        """Write ``trust_cost.csv`` (the table) and ``trust_cost.json`` (the record) to a folder.

        Raises
        ------
        InputError
            If that is no folder that can be written to, or other curves are kept there.
        """
        return save_all(folder, self.files(), FILES[1])


def _money(amount: float) -> str:
    """An amount as a sentence has it.

    >>> _money(12.345), _money(0.0345)
    ('12.3', '0.03')
    """
    return f"{amount:.1f}" if amount >= 0.1 else f"{amount:.1g}"


def _places(some: Sequence[float], levels: Sequence[float]) -> str:
    """Some of the levels in words: from one to another if there is none between them.

    >>> _places([0.4, 0.5], [0.3, 0.4, 0.5]), _places([0.3, 0.5], [0.3, 0.4, 0.5])
    ('0.4 to 0.5', '0.3 or 0.5')
    """
    first, last = levels.index(some[0]), levels.index(some[-1])
    if len(some) > 1 and last - first == len(some) - 1:
        return f"{some[0]:g} to {some[-1]:g}"
    return " or ".join(f"{level:g}" for level in some)


def trust_versus_cost(
    base: Parameters | None = None,
    *,
    levels: Sequence[float] = LEVELS,
    replicates: int = 200,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = False,
) -> TrustCost:
    """Find what trust does to cost: a causal curve, and two that are not.

    Parameters
    ----------
    base : Parameters, optional
        The market; the defaults if none. How its buyers bargain is set here, whatever it says.
    levels : sequence of float
        What trust is clamped at, and how aggressive all buyers are, from 0 to 1.
    replicates : int
        Runs of every market; all markets of a replicate meet the same random draws.
    seed : int
        The seeds of the replicates follow from it, as in ``compare``.
    workers : int, optional
        Threads, by default one a processor. Results do not depend on it.
    progress : bool or callable
        As for ``relsim.compare``.

    Returns
    -------
    TrustCost
        ``table``, ``finding``, ``plot()``, ``record()`` and ``save(folder)``.

    Raises
    ------
    InputError
        If levels are no different numbers from 0 to 1, or the base clamps trust itself.

    Examples
    --------
    >>> small = Parameters(buyers=6, salespeople=6, periods=12)
    >>> result = trust_versus_cost(small, levels=(0.1, 0.9), replicates=2)
    >>> sorted(set(result.table["curve"]))
    ['between', 'clamped', 'within']
    """
    result = plan(base, levels, replicates, seed)
    check_market(result.base)
    run_each(result.markets, result.seeds, _run, result.take, workers, progress)
    return result


def plan(base: Parameters | None, levels: Sequence[float], replicates: int, seed: int) -> TrustCost:
    """Check what ``trust_versus_cost`` is asked for; nothing has been run yet."""
    chosen = Parameters() if base is None else base
    if not isinstance(chosen, Parameters):
        raise InputError(f"base = {chosen!r}: allowed is a relsim.Parameters")
    chosen = chosen.with_values(buyer_stances=None, aggressiveness=None, stance_items={})
    return TrustCost(chosen, rising(levels), check_seed(seed), seeds(seed, replicates))


def _run(market: Parameters, seed: int, stop: threading.Event) -> _Outcome:
    """Run a market, and keep what is measured of it and of its buyers."""
    run = simulate(market, seed, stop=stop)
    measures = np.array([run.measures[name] for name in MEASURES])
    return _Outcome(measures, run.buyer_values[:, _COLUMNS])
