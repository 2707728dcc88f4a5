"""What came out of a comparison, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.headings import SUMMARY, units_of
from relsim.analysis.statistics import Estimate, Moments, estimate, mean_of_known, signed_crossing
from relsim.comparison import crossings
from relsim.design.arms import PAIRED, Arm, pairing
from relsim.design.measures import OwnMeasure
from relsim.model.observation import BUYER_MEASURES, CUMULATIVE_COST
from relsim.model.run import MEASURE_NAMES
from relsim.parameters.presets import presets
from relsim.plots.palette import COST_PARTS, SAVINGS, TOTAL

if TYPE_CHECKING:
    import pandas as pd

SERIES_NAMES = (*MEASURE_NAMES, CUMULATIVE_COST)


class Outcome(NamedTuple):
    """What a comparison keeps of a run."""

    measures: list[float]
    series: NDArray[np.float64]
    buyers: NDArray[np.float64]
    stances: list[str]
    aggressiveness: NDArray[np.float64]


PARTS_OF_COST = {
    **{part.label: dict.fromkeys(part.measures, 1.0) for part in COST_PARTS},
    SAVINGS.label: dict.fromkeys(SAVINGS.measures, -1.0),
    TOTAL: {"total_cost_per_unit": 1.0},
}
"""What the cost of a unit is made of, as figures show it: measures of each part, with a sign."""


def _tidy(name: str, *columns: NDArray[np.float64]) -> pd.DataFrame:
    """A row a measure and period of an arm; mean, low and high are periods x measures."""
    import pandas as pd

    periods = len(columns[0])
    mean, low, high = (values.T.reshape(-1) for values in columns)
    return pd.DataFrame(
        {
            "arm": name,
            "measure": np.repeat(SERIES_NAMES, periods),
            "period": np.tile(np.arange(periods), len(SERIES_NAMES)),
            "mean": mean,
            "low": low,
            "high": high,
        }
    )


class Tables:
    """What came out of a comparison. Tables are made when they are first asked for.

    Attributes
    ----------
    arms : tuple of Arm
        Names and parameters of what was compared; the first is what others are compared with.
    seed : int
        Seed of the comparison.
    seeds : tuple of int
        Seed of every replicate: ``simulate(arm.parameters, seed)`` repeats a single run.
    own : dict of str to callable
        Measures of one's own.
    """

    def __init__(
        self,
        arms: tuple[Arm, ...],
        seed: int,
        run_seeds: tuple[int, ...],
        own: Mapping[str, OwnMeasure] = MappingProxyType({}),
    ) -> None:
        self.arms = arms
        self.seed = seed
        self.seeds = run_seeds
        self.own = dict(own)
        count = len(run_seeds)
        self._measures = np.full((len(arms), count, len(self.measure_names)), np.nan)
        self._moments = [Moments((a.parameters.periods, len(SERIES_NAMES))) for a in arms]
        self._buyers: list[list[Outcome]] = [[] for _ in arms]
        self._crossings: list[list[int]] = [[] for _ in arms[1:]]
        months = [min(a.parameters.periods, arms[0].parameters.periods) for a in arms[1:]]
        self._paired = [Moments((count, len(SERIES_NAMES))) for count in months]

    def take(self, number: int, outcomes: Sequence[Outcome]) -> None:
        """Take in a replicate: for whoever runs the arms in another order than ``compare``.

        Parameters
        ----------
        number : int
            Of the replicate. They must come in order, from 0, and all before any table is asked
            for.
        outcomes : sequence of Outcome
            One an arm.
        """
        for place, outcome in enumerate(outcomes):
            self._measures[place, number] = outcome.measures
            self._moments[place].add(outcome.series)
            # The series is summed up already.
            self._buyers[place].append(outcome._replace(series=np.empty(0)))
        costs = [outcome.series[:, -1] for outcome in outcomes]
        for place, cost in enumerate(costs[1:]):
            self._crossings[place].append(signed_crossing(costs[0], cost))
            both = len(self._paired[place].count)
            apart = outcomes[place + 1].series[:both] - outcomes[0].series[:both]
            self._paired[place].add(apart)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the arms."""
        return tuple(one.name for one in self.arms)

    @property
    def measure_names(self) -> tuple[str, ...]:
        """Names of all measures, those of one's own last."""
        return (*MEASURE_NAMES, *self.own)

    @property
    def replicates(self) -> int:
        """Runs of every arm."""
        return len(self.seeds)

    def pairing(self, place: int) -> str:
        """Whether an arm met the same random draws as the first: ``paired`` or ``independent``."""
        return pairing(self.arms[0], self.arms[place])

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row a measure (and contrast, if there are more than two arms).

        ``measure``, ``unit``, ``contrast``, a column of means an arm, ``difference`` (that arm
        minus the first), ``low`` and ``high`` (95%), ``effect_size``, ``pairing``.
        """
        return self.rows(self.measure_names)

    def rows(self, names: Sequence[str]) -> pd.DataFrame:
        """Some rows of ``table``, which takes as much longer as it has more.

        Parameters
        ----------
        names : sequence of str
            Measures.
        """
        import pandas as pd

        rows = []
        for place in range(1, len(self.arms)):
            paired = self.pairing(place)
            for name in names:
                found = self.contrast(name, 0, place)
                column = self.measure_names.index(name)
                means = [mean_of_known(values) for values in self._measures[:, :, column]]
                rows.append(
                    {
                        "measure": name,
                        "unit": units_of([name]),
                        "contrast": crossings.contrast_of(self._two(place)),
                        **dict(zip(self.names, means, strict=True)),
                        **dict(zip(Estimate._fields[2:], found[2:], strict=True)),
                        "pairing": paired,
                    }
                )
        return pd.DataFrame(rows)

    def contrast(self, name: str, first: int, second: int) -> Estimate:
        """Compare two arms, by their places, in one measure: the second minus the first."""
        values = self._measures[:, :, self.measure_names.index(name)]
        paired = pairing(self.arms[first], self.arms[second]) == PAIRED
        return estimate(values[first], values[second], paired)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """The rows of ``table`` to look at first, see ``SUMMARY``, and measures of one's own."""
        order = {name: place for place, name in enumerate((*SUMMARY, *self.own))}
        table = self.table[self.table["measure"].isin(order)]
        return table.sort_values(
            by="measure", key=lambda names: names.map(order), kind="stable", ignore_index=True
        )

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row a run: ``arm``, ``replicate``, ``seed``, every measure."""
        import pandas as pd

        tables = []
        for place, name in enumerate(self.names):
            front = {"arm": name, "replicate": np.arange(self.replicates), "seed": self.seeds}
            measures = pd.DataFrame(self._measures[place], columns=list(self.measure_names))
            tables.append(pd.concat([pd.DataFrame(front), measures], axis=1))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row an arm, measure and period, with the mean over replicates and its interval.

        Columns ``arm``, ``measure``, ``period``, ``mean``, ``low``, ``high``. Beside the measures
        there is ``cumulative_cost_per_unit``.
        """
        import pandas as pd

        tables = [
            _tidy(name, *moments.interval())
            for name, moments in zip(self.names, self._moments, strict=True)
        ]
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """A row an arm but the first, measure and period: that arm minus the first.

        Columns ``arm``, ``measure``, ``period``, ``mean``, ``low``, ``high``, over the periods that
        both have. Replicates are taken in pairs where both met the same random draws; elsewhere
        the interval adds the squares of either arm's.
        """
        import pandas as pd

        tables = []
        for place, name in enumerate(self.names[1:], start=1):
            mean, low, high = self._paired[place - 1].interval()
            if self.pairing(place) != PAIRED:
                ends = [self._moments[arm].interval() for arm in (0, place)]
                halves = [(end[2] - end[0])[: len(mean)] for end in ends]
                half = np.sqrt(halves[0] ** 2 + halves[1] ** 2)
                mean = ends[1][0][: len(mean)] - ends[0][0][: len(mean)]
                low, high = mean - half, mean + half
            tables.append(_tidy(name, mean, low, high))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """A row an arm but the first and part of its cost: what it adds to the difference.

        Columns ``arm``, ``part``, ``difference`` (that arm minus the first, money per unit),
        ``low``, ``high``. The last part of each arm is ``total``, the sum of the others.
        """
        import pandas as pd

        rows = []
        for place, name in enumerate(self.names[1:], start=1):
            for label, signs in PARTS_OF_COST.items():
                columns = [self.measure_names.index(measure) for measure in signs]
                values = self._measures[:, :, columns] @ np.array(list(signs.values()))
                found = estimate(values[0], values[place], self.pairing(place) == PAIRED)
                rows.append((name, label, found.difference, found.low, found.high))
        return pd.DataFrame(rows, columns=["arm", "part", "difference", "low", "high"])

    @property
    def of_published_shares(self) -> bool:
        """Whether every arm is the market of which shares of transaction time were published."""
        market = presets["eight_automakers"]
        ours = {name: getattr(market, name) for name in market.model_fields_set}
        ours.pop("aggressiveness")
        return all(
            getattr(one.parameters, name) == value
            for one in self.arms
            for name, value in ours.items()
        )

    @cached_property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer of a run.

        Columns ``arm``, ``replicate``, ``buyer``, ``stance``, ``aggressiveness``, and every measure
        of buyers, over the whole run.
        """
        import pandas as pd

        tables = []
        for name, outcomes in zip(self.names, self._buyers, strict=True):
            count = len(outcomes[0].buyers)
            table = pd.DataFrame(
                np.concatenate([outcome.buyers for outcome in outcomes]),
                columns=[measure.name for measure in BUYER_MEASURES],
            )
            front = pd.DataFrame(
                {
                    "arm": name,
                    "replicate": np.repeat(np.arange(len(outcomes)), count),
                    "buyer": np.tile(np.arange(count), len(outcomes)),
                    "stance": [stance for outcome in outcomes for stance in outcome.stances],
                    "aggressiveness": np.concatenate([o.aggressiveness for o in outcomes]),
                }
            )
            tables.append(pd.concat([front, table], axis=1))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def crossings(self) -> pd.DataFrame:
        """A row a replicate (and contrast): where cumulative cost a unit crosses for good.

        ``contrast``, ``replicate``, ``period`` and ``dearer``, the arm that is the dearer from then
        to the end; ``nan`` and nothing where one arm is dearer throughout. An early crossing can be
        chance: in the first months little has been bought. Empty for unequal populations, whose
        replicates are no pairs.
        """
        import pandas as pd

        return pd.concat(
            [
                crossings.of_replicates(self._two(place), self._codes(place))
                for place in range(1, len(self.names))
            ],
            ignore_index=True,
        )

    @cached_property
    def crossing(self) -> pd.DataFrame:
        """A row a contrast: where one arm's cumulative cost a unit overtakes the other's for good.

        ``dearer`` is the arm whose mean curve does, and ``period_of_means`` the first period from
        which it stays above; nothing and ``nan`` if one arm is the dearer throughout. ``share``
        counts the replicates in which that arm overtakes too, ``period`` is the median of the
        periods in which they cross, ``low`` and ``high`` their quartiles. Replicates of unequal
        populations are no pairs: ``share`` is ``nan``, and ``period`` that of the mean curves.
        ``cheaper`` is the arm whose mean curve is the lower one at the end, nothing if they are
        equal or nothing was bought.
        """
        import pandas as pd

        curves = [moments.interval()[0][:, -1] for moments in self._moments]
        rows = [
            crossings.of_means(self._two(place), (curves[0], curves[place]), self._codes(place))
            for place in range(1, len(self.arms))
        ]
        return pd.DataFrame(rows)

    def _two(self, place: int) -> tuple[str, str]:
        """Names of the arms of a contrast."""
        return self.names[0], self.names[place]

    def _codes(self, place: int) -> NDArray[np.int64]:
        """Where costs cross, with a sign, a replicate each; nothing if replicates are no pairs."""
        found = np.array(self._crossings[place - 1], np.int64)
        return found if self.pairing(place) == PAIRED else found[:0]
