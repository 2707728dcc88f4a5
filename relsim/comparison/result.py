"""What came out of a comparison, as tables; what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import Estimate, Moments, estimate, mean_of_known, signed_crossing
from relsim.comparison import crossings
from relsim.comparison.crossings import overtaking
from relsim.comparison.record import record_of
from relsim.design.arms import PAIRED, Arm, pairing
from relsim.io.files import save_all
from relsim.model.observation import BUYER_MEASURES, COST_PARTS, MEASURES
from relsim.model.run import MEASURE_NAMES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

CUMULATIVE_COST = "cumulative_cost_per_unit"
"""In ``series`` only: total cost a unit of all that was bought from period 0 on."""

SERIES_NAMES = (*MEASURE_NAMES, CUMULATIVE_COST)

SUMMARY = (
    *COST_PARTS,
    "total_cost_per_unit",
    "transaction_time_share",
    "inspection_share",
    "ideas_received",
    "process_ideas",
    "information_received",
    "information_given",
    "collaborative_share",
    "personal_share",
    "retention",
    "seller_margin",
)
"""Measures to look at first, in the order of the terminal's table."""


class Outcome(NamedTuple):
    """What a comparison keeps of a run."""

    measures: list[float]
    series: NDArray[np.float64]
    buyers: NDArray[np.float64]
    stances: list[str]
    aggressiveness: NDArray[np.float64]


class Comparison:
    """What came out of a comparison. Tables are made when they are first asked for.

    Attributes
    ----------
    arms : tuple of Arm
        Names and parameters of what was compared; the first is what others are compared with.
    seed : int
        Seed of the comparison.
    seeds : tuple of int
        Seed of every replicate: ``simulate(arm.parameters, seed)`` repeats a single run.
    """

    def __init__(self, arms: tuple[Arm, ...], seed: int, run_seeds: tuple[int, ...]) -> None:
        self.arms = arms
        self.seed = seed
        self.seeds = run_seeds
        count = len(run_seeds)
        self._measures = np.full((len(arms), count, len(MEASURE_NAMES)), np.nan)
        self._moments = [Moments((a.parameters.periods, len(SERIES_NAMES))) for a in arms]
        self._buyers: list[list[Outcome]] = [[] for _ in arms]
        self._crossings: list[list[int]] = [[] for _ in arms[1:]]

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

    def __repr__(self) -> str:
        names = " vs ".join(self.names)
        return f"<Comparison of {names}: {self.replicates} replicates, seed {self.seed}>"

    def __str__(self) -> str:
        """Write the summary for a terminal."""
        table = self.summary.drop(columns=["contrast", "pairing"] if len(self.arms) == 2 else [])
        lines = [table.to_string(index=False, float_format="{:.4g}".format, na_rep="-")]
        if self.replicates == 1:
            lines.append("one replicate tells nothing of the uncertainty of a difference")
        lines += [
            f"{row['contrast']}: {overtaking(row)}" for row in self.crossing.to_dict("records")
        ]
        return "\n".join(lines)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the arms."""
        return tuple(one.name for one in self.arms)

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
        return self.rows(MEASURE_NAMES)

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
                column = MEASURE_NAMES.index(name)
                found = estimate(
                    self._measures[0, :, column],
                    self._measures[place, :, column],
                    paired == PAIRED,
                )
                means = [mean_of_known(values) for values in self._measures[:, :, column]]
                rows.append(
                    {
                        "measure": name,
                        "unit": MEASURES[name].unit,
                        "contrast": crossings.contrast_of(self._two(place)),
                        **dict(zip(self.names, means, strict=True)),
                        **dict(zip(Estimate._fields[2:], found[2:], strict=True)),
                        "pairing": paired,
                    }
                )
        return pd.DataFrame(rows)

    @cached_property
    def summary(self) -> pd.DataFrame:
        """The rows of ``table`` to look at first, see ``SUMMARY``."""
        order = {name: place for place, name in enumerate(SUMMARY)}
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
            measures = pd.DataFrame(self._measures[place], columns=list(MEASURE_NAMES))
            tables.append(pd.concat([pd.DataFrame(front), measures], axis=1))
        return pd.concat(tables, ignore_index=True)

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row an arm, measure and period, with the mean over replicates and its interval.

        Columns ``arm``, ``measure``, ``period``, ``mean``, ``low``, ``high``. Beside the measures
        there is ``cumulative_cost_per_unit``.
        """
        import pandas as pd

        tables = []
        for name, moments in zip(self.names, self._moments, strict=True):
            periods = len(moments.count)
            mean, low, high = (values.T.reshape(-1) for values in moments.interval())
            columns = {
                "arm": name,
                "measure": np.repeat(SERIES_NAMES, periods),
                "period": np.tile(np.arange(periods), len(SERIES_NAMES)),
                "mean": mean,
                "low": low,
                "high": high,
            }
            tables.append(pd.DataFrame(columns))
        return pd.concat(tables, ignore_index=True)

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

    def plot(self) -> Figure:
        """Draw the comparison.

        Returns
        -------
        matplotlib.figure.Figure
            Made by ``relsim.plots`` from ``table``, ``series``, ``runs`` and ``buyers``.
        """
        from relsim import plots

        return plots.comparison(self)

    def save(self, folder: str | Path) -> list[Path]:
        """Keep the results and all that is needed to get them again.

        Parameters
        ----------
        folder : str or Path
            Made if need be.

        Returns
        -------
        list of Path
            The files written: ``comparison.csv`` (the table) and ``run.json``.

        Raises
        ------
        InputError
            If that is no folder that can be written to.
        """
        files = {
            "comparison.csv": self.table.to_csv(index=False, lineterminator="\n"),
            "run.json": json.dumps(self.record(), indent=2) + "\n",
        }
        return save_all(folder, files)

    def record(self) -> dict[str, Any]:
        """All that is needed to get these results again, as ``run.json`` keeps it.

        Returns
        -------
        dict
            Every parameter of every arm, the seeds and the versions of the code.
        """
        return record_of(self.arms, self.seed, self.seeds)
