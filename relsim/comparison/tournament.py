"""A tournament of ways to buy, after Axelrod (1984): all against all, and two by two.

Suppliers' goods, hours and ideas are what buyers compete for. Three kinds of markets are run:
*mixed*, which all strategies share; *shared* by two of them, half and half; and *alone*, where all
buyers follow one. In each replicate every market meets the same random draws. It is run once for
each strategy in it: buyers are dealt out in an order drawn anew by replicate, and from one run to
the next every buyer takes up the next strategy, so that the size of firms decides nothing.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import interval
from relsim.comparison.replicates import Progress, run_all
from relsim.design.arms import Arm, arm, different, distinct, seeds
from relsim.design.strategies import STRATEGIES
from relsim.engine.versions import versions
from relsim.io.console import joined
from relsim.io.errors import InputError, known, shown
from relsim.model.agents import Buyer
from relsim.model.draws import check_seed
from relsim.model.observation import MEASURES, evaluate, totals
from relsim.model.simulation import simulate
from relsim.model.supervision import ExitError, have_compiled, supervised
from relsim.parameters import Parameters
from relsim.parameters.stances import BUYER_STANCES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

COST = MEASURES["total_cost_per_unit"]
DEALING = 1
"""Key of the draws that deal strategies out to buyers, beside those of the market."""

OPENING = "trusting"
"""Stance of a custom buyer that is given without one: Axelrod's best players begin by trusting."""


@dataclass(frozen=True)
class Tournament:
    """What came out of a tournament.

    Attributes
    ----------
    names : tuple of str
        Strategies, in the order given.
    base : Parameters
        The market, but for its buyers' stances.
    seed, replicates : int
        With them, the same tournament can be held again.
    left_out : int
        Replicates that do not count, since some strategy got nothing delivered in a market.
    mixed : array of strategies x replicates
        Total cost of a unit of each in the market of all.
    pairs : array of strategies x opponents x replicates
        The same in markets of two; on the diagonal, in a market of its own.
    """

    names: tuple[str, ...]
    base: Parameters
    seed: int
    replicates: int
    mixed: NDArray[np.float64]
    pairs: NDArray[np.float64]
    left_out: int = 0

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """A row a strategy, the cheapest in the mixed market first.

        ``rank``, ``strategy``, ``cost`` of a unit in the mixed market; ``difference`` from the
        replicate's mean over strategies, with ``low`` and ``high`` (95%); ``against_others``, its
        cost less the opponent's in markets of two, over all opponents, with ``against_low`` and
        ``against_high``; ``alone``, its cost where all buyers follow it.
        """
        import pandas as pd

        difference = self.mixed - self.mixed.mean(axis=0)
        gaps = self.pairs - self.pairs.swapaxes(0, 1)
        against = gaps.sum(axis=1) / (len(self.names) - 1)
        columns: dict[str, Any] = {"strategy": self.names, "cost": self.mixed.mean(axis=1)}
        columns |= zip(("difference", "low", "high"), interval(difference.T), strict=True)
        named = ("against_others", "against_low", "against_high")
        columns |= zip(named, interval(against.T), strict=True)
        columns["alone"] = self.pairs.diagonal().mean(axis=0)
        table = pd.DataFrame(columns).sort_values("difference", kind="stable", ignore_index=True)
        table.insert(0, "rank", table["difference"].rank(method="min").astype(int))
        return table

    @cached_property
    def matches(self) -> pd.DataFrame:
        """A row a strategy and opponent: ``cost``, ``difference`` (less the opponent's), 95%."""
        import pandas as pd

        rows = []
        for one, other in itertools.permutations(range(len(self.names)), 2):
            gap = interval(self.pairs[one, other] - self.pairs[other, one])
            rows.append(
                {
                    "strategy": self.names[one],
                    "opponent": self.names[other],
                    "cost": float(self.pairs[one, other].mean()),
                    **dict(zip(("difference", "low", "high"), map(float, gap), strict=True)),
                }
            )
        return pd.DataFrame(rows)

    @property
    def finding(self) -> str:
        """What came out, in one sentence."""
        order = [self.names.index(name) for name in self.ranking["strategy"]]
        best, second, last = order[0], order[1], order[-1]
        if self.mixed.shape[1] == 1:
            ahead = float(self.mixed[second, 0] - self.mixed[best, 0])
            return (
                f"In the one replicate that counts, a unit costs least with {self.names[best]}, "
                f"{ahead:.2f} less than with {self.names[second]}, the next; one replicate says "
                "nothing of the uncertainty."
            )
        leads = {one: interval(self.mixed[one] - self.mixed[best]) for one in order[1:]}
        tied = [self.names[best], *(self.names[one] for one in leads if not leads[one][1] > 0.0)]
        if len(tied) == 1:
            return (
                f"With all in one market, {tied[0]} buys cheapest: a unit costs "
                f"{leads[second][0]:.2f} less than with {self.names[second]}, the next."
            )
        if self.names[last] in tied:
            return "With all in one market, no strategy can be told apart from the cheapest."
        return (
            f"With all in one market, {joined(tied)} buy cheapest; with "
            f"{self.names[last]} a unit costs {leads[last][0]:.2f} more than with {tied[0]}."
        )

    @property
    def how(self) -> str:
        """How many replicates of what, with which seed."""
        empty = f" ({self.left_out} in which a strategy got nothing delivered left out)"
        runs = "1 replicate" if self.replicates == 1 else f"{self.replicates} replicates"
        sure = "no intervals" if self.mixed.shape[1] == 1 else "intervals hold 95% over replicates"
        return (
            f"{runs}{empty if self.left_out else ''} of {self.base.buyers} "
            f"buyers over {self.base.periods} months, seed {self.seed}; {sure}"
        )

    def record(self) -> dict[str, Any]:
        """All that is needed to hold the same tournament again; of custom buyers, their names."""
        return record_of(self.names, self.base, self.seed, self.replicates)

    def plot(self) -> Figure:
        """Draw the ranking and the markets of two."""
        from relsim.plots.tournament import tournament as draw

        drawn: Figure = draw(self.ranking, self.matches, self.finding, self.how)
        return drawn


def tournament(
    *strategies: Any,
    base: Parameters | None = None,
    replicates: int = 10,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = False,
) -> Tournament:
    """Let ways to buy compete for the lowest total cost of a unit.

    Parameters
    ----------
    *strategies : str, type or Arm
        Stances by name, strategies of ``relsim.design.strategies`` by name, subclasses of
        ``relsim.Buyer`` (with the stance ``trusting``), an ``Arm`` for a class and a stance. All
        stances and strategies that relsim knows if none is given.
    base : Parameters, optional
        The market, but for its buyers' stances; the defaults if none.
    replicates : int
        Runs of every market, each as often as there are strategies in it.
    seed : int
        From 0 to 2**53 - 1; the seeds of the replicates follow from it.
    workers : int, optional
        Threads, by default one a processor. Results do not depend on it.
    progress : bool or callable
        See ``compare``.

    Returns
    -------
    Tournament
        Its ranking and its matches as tables.

    Raises
    ------
    InputError
        If there are fewer than two strategies, more than buyers, or one is not understood; if in
        no replicate every strategy got something delivered.

    Examples
    --------
    >>> small = Parameters(buyers=6, salespeople=6, periods=12)
    >>> result = tournament("aggressive", "trusting", "tit_for_tat", base=small, replicates=2)
    >>> result.ranking["rank"].tolist(), len(result.matches)
    ([1, 2, 3], 6)
    """
    chosen, entrants = entered(strategies, base)
    run_seeds = seeds(seed, replicates)
    if any(one.buyer for one in entrants):
        have_compiled(custom=True)
    singles = [(one,) for one in entrants]
    pairs = list(itertools.combinations(range(len(entrants)), 2))
    markets = [entrants, *singles, *((entrants[a], entrants[b]) for a, b in pairs)]
    found = run_all(markets, run_seeds, _costs, workers, progress)
    costs = [np.array(each).T for each in found]
    matrix = np.empty((len(entrants), len(entrants), len(run_seeds)))
    for place, alone in enumerate(costs[1 : len(entrants) + 1]):
        matrix[place, place] = alone[0]
    for (a, b), (first, second) in zip(pairs, costs[len(entrants) + 1 :], strict=True):
        matrix[a, b], matrix[b, a] = first, second
    names = tuple(one.name for one in entrants)
    counts = np.isfinite(costs[0]).all(axis=0) & np.isfinite(matrix).all(axis=(0, 1))
    if not counts.any():
        raise InputError(
            "in each replicate some strategy got nothing delivered, so that it has no cost of a "
            "unit; see lead_time, service_life and periods"
        )
    left_out = len(run_seeds) - int(counts.sum())
    return Tournament(
        names,
        chosen,
        check_seed(seed),
        len(run_seeds),
        costs[0][:, counts],
        matrix[..., counts],
        left_out,
    )


def entered(
    strategies: Sequence[Any], base: Parameters | None
) -> tuple[Parameters, tuple[Arm, ...]]:
    """Understand who competes in which market, see ``tournament``."""
    if not isinstance(base, Parameters | None):
        raise InputError(f"base = {shown(base)}: allowed is a relsim.Parameters")
    chosen = (base or Parameters()).with_values(
        buyer_stances=None, aggressiveness=None, stance_items={}
    )
    given = strategies or (*BUYER_STANCES, *STRATEGIES)
    entrants = distinct([entrant(one, chosen) for one in given])
    if not 2 <= len(entrants) <= chosen.buyers:
        raise InputError(
            f"{len(entrants)} strategies: allowed are 2 to {chosen.buyers}, one a buyer"
        )
    return chosen, entrants


def record_of(names: Sequence[str], base: Parameters, seed: int, replicates: int) -> dict[str, Any]:
    """All that a tournament follows from, known before it is held; of custom buyers, the names."""
    return {
        "kind": "relsim tournament",
        "strategies": list(names),
        "seed": seed,
        "replicates": replicates,
        "base": base.model_dump(mode="json"),
        "versions": versions(),
    }


def entrant(given: Any, base: Parameters) -> Arm:
    """Understand a strategy: an arm of which nothing counts but its buyers and their stance.

    Raises
    ------
    InputError
        If it is none.
    """
    if isinstance(given, str) and given in STRATEGIES:
        given = Arm(given, buyer=STRATEGIES[given], stance=OPENING)
    elif isinstance(given, str) and given not in BUYER_STANCES:
        known("strategy", [given], [*BUYER_STANCES, *STRATEGIES])
    elif isinstance(given, type):
        given = Arm(given.__name__, buyer=given, stance=OPENING)
    understood = arm(given, base)
    stance = understood.parameters.buyer_stances
    beside = different(understood.parameters, base).keys() - {"buyer_stances"}
    if not isinstance(stance, str) or beside or understood.salesperson is not None:
        raise InputError(
            f"strategy {shown(understood.name)}: allowed is a class of buyers, a named stance of "
            "buyers, or an Arm of both and nothing else"
        )
    return understood


def _costs(market: Sequence[Arm], seed: int, stop: threading.Event) -> NDArray[np.float64]:
    """Total cost of a unit of each strategy in a market, over all ways to deal them out."""
    if all(one.buyer is None for one in market):
        return _dealt(market, seed, stop)
    try:
        return supervised(lambda: _dealt(market, seed, stop), stop=stop)
    except ExitError as error:
        names = ", ".join(one.name for one in market)
        raise ExitError(f"market of {names}, seed {seed}: {error}") from error.__cause__


def _dealt(market: Sequence[Arm], seed: int, stop: threading.Event) -> NDArray[np.float64]:
    base, count = market[0].parameters, len(market)
    dealing = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(DEALING,)))
    place = dealing.permutation(base.buyers)
    costs = np.empty((count, count))
    for turn in range(count):
        whose = (place + turn) % count
        buyers = [market[one] for one in whose.tolist()]
        stances = [one.parameters.buyer_stances for one in buyers]
        classes: Any = [one.buyer or Buyer for one in buyers]
        run = simulate(
            base.with_values(buyer_stances=stances),
            seed,
            buyer=None if set(classes) == {Buyer} else classes,
            stop=stop,
        )
        for one in range(count):
            ledger = totals(run.buyer_ledgers[whose == one])
            costs[turn, one] = float(evaluate(COST, ledger)[0])
    mean: NDArray[np.float64] = costs.mean(axis=0)
    return mean
