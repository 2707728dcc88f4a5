"""What came out of a run: tables and a network, made when they are first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim.io.errors import InputError
from relsim.model.entities import BUYER_TRAITS, RELATIONSHIP, SALESPERSON_TRAITS
from relsim.model.events import log, story
from relsim.model.history import History
from relsim.model.network import network_of
from relsim.model.observation import (
    BUYER_MEASURES,
    MEASURES,
    SALESPERSON_MEASURES,
    evaluate,
    running_totals,
    table_of,
    totals,
)
from relsim.model.stance_allotment import drawn_stances
from relsim.model.state import NEVER, NOBODY, REASONS, Market
from relsim.parameters import Parameters
from relsim.parameters.stances import SELLER_STANCES

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from matplotlib.figure import Figure

MEASURE_NAMES = tuple(m.name for m in (*BUYER_MEASURES, *SALESPERSON_MEASURES))
"""Columns that every table of a whole run or of its periods has, in this order."""

_LINKS = frozenset({"seller", "firm"})


class Run:
    """What came out of a run. Tables are made when they are first asked for.

    Attributes
    ----------
    parameters : Parameters
        What market it was.
    seed : int
        The seed it ran with.
    snapshots : dict of str to ndarray
        Empty, or an array of periods x relationships for every variable asked for, those of
        ``SNAPSHOTS`` if none was named. A row is of the relationship that stood in that period,
        also if it ended with it; whoever follows has its first row in the next. An empty place
        has ``seller == -1`` and nothing else.
    records : ndarray or None
        With ``history=True`` the records of all relationships, periods x slots; see ``history``.

    Notes
    -----
    A buyer's or a salesperson's measures, and those of the whole run, are ratios of sums from
    period 0 on; what happened while the market warmed up is not in them. States in
    ``relationships`` are those at the end.
    """

    def __init__(
        self,
        parameters: Parameters,
        seed: int,
        market: Market,
        snapshots: dict[str, NDArray[Any]],
        records: NDArray[Any] | None = None,
    ) -> None:
        self.parameters = parameters
        self.seed = seed
        self.snapshots = snapshots
        self.records = records
        self._buyers = market.buyers
        self._salespeople = market.salespeople
        self._relationships = market.relationships
        self._spells = market.spells[: int(market.clock.spells[0])].copy()
        self.buyer_ledgers: NDArray[Any] = market.buyer_ledgers
        self.salesperson_ledgers: NDArray[Any] = market.salesperson_ledgers
        self._buyer_series = market.buyer_series
        self._salesperson_series = market.salesperson_series

    def __repr__(self) -> str:
        p = self.parameters
        return (
            f"<Run of {p.periods} periods, {p.buyers} buyers, {p.salespeople} salespeople, "
            f"seed {self.seed}>"
        )

    @cached_property
    def measures(self) -> dict[str, float]:
        """Every measure over the whole run."""
        values = np.concatenate(
            [
                table_of(BUYER_MEASURES, totals(self.buyer_ledgers))[0],
                table_of(SALESPERSON_MEASURES, totals(self.salesperson_ledgers))[0],
            ]
        )
        return dict(zip(MEASURE_NAMES, values.tolist(), strict=True))

    @cached_property
    def series_values(self) -> NDArray[np.float64]:
        """Every measure in every period: an array of periods x ``MEASURE_NAMES``."""
        return np.hstack(
            [
                table_of(BUYER_MEASURES, self._buyer_series),
                table_of(SALESPERSON_MEASURES, self._salesperson_series),
            ]
        )

    @cached_property
    def cumulative_cost(self) -> NDArray[np.float64]:
        """Total cost a unit of all that was bought so far, at the end of every period."""
        return evaluate(MEASURES["total_cost_per_unit"], running_totals(self._buyer_series))

    @cached_property
    def series(self) -> pd.DataFrame:
        """A row a period: ``period`` and every measure, all buyers and sellers together."""
        import pandas as pd

        table = pd.DataFrame(self.series_values, columns=list(MEASURE_NAMES))
        table.insert(0, "period", np.arange(len(table)))
        return table

    @cached_property
    def relationships(self) -> pd.DataFrame:
        """A row a relationship that lasts at the end, with all that is between the two.

        ``age`` is in months; ``commitment`` and ``dependence`` are means of the two sides, whose
        own are beside them. Where ``age`` is 0, agreed at the end of the last period, there has
        been no month yet, and nothing has been traded.
        """
        import pandas as pd

        records = self._relationships
        lasting = np.flatnonzero(records["seller"] != NOBODY)
        columns: dict[str, Any] = {
            "buyer": lasting // self.parameters.suppliers_per_buyer,
            "seller": records["seller"][lasting],
            "firm": records["firm"][lasting],
        }
        for variable in RELATIONSHIP.variables:
            if variable.name not in _LINKS:
                columns[variable.name] = _dated(variable.name, records[variable.name][lasting])
        table = pd.DataFrame(columns)
        # One that was agreed at the end of the last period has not had a month yet.
        table.insert(3, "age", self.parameters.periods - table["start"])
        for name in ("commitment", "dependence"):
            table[name] = (table[f"buyer_{name}"] + table[f"seller_{name}"]) / 2.0
        return table

    @cached_property
    def spells(self) -> pd.DataFrame:
        """A row a relationship, ended or lasting, warm-up included.

        ``start`` and ``end`` are its first and last period, ``months`` its length, ``reason`` why
        it ended; ``lasting`` and ``censored`` where the run ended before it did. ``months`` is 0
        for one that was agreed at the end of the last period and has not had a month of trade yet:
        leave such rows out where lengths are compared.
        """
        import pandas as pd

        ended, lasting = self._spells, self.relationships
        table = pd.DataFrame(
            {name: _dated(name, ended[name]) for name in ended.dtype.names if name != "reason"}
        )
        table["reason"] = [REASONS[code] for code in ended["reason"]]
        still = lasting[[name for name in table.columns if name in lasting.columns]].copy()
        still["end"] = self.parameters.periods - 1
        still["reason"] = REASONS[0]
        still = still[table.columns]
        table = pd.concat([table, still], ignore_index=True) if len(table) else still
        table["censored"] = table["reason"] == REASONS[0]
        # One that is agreed at the end of the last period has not had a month yet.
        table["months"] = table["end"] - table["start"] + 1
        return table

    @cached_property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer: stance, traits, and every measure of buyers over the whole run."""
        import pandas as pd

        traits = {name: self._buyers[name] for name in BUYER_TRAITS}
        measures = pd.DataFrame(self.buyer_values, columns=[m.name for m in BUYER_MEASURES])
        front = pd.DataFrame(
            {"buyer": np.arange(len(self._buyers)), "stance": self.stances, **traits}
        )
        return pd.concat([front, measures], axis=1)

    @cached_property
    def buyer_values(self) -> NDArray[np.float64]:
        """Every measure of every buyer: an array of buyers x ``BUYER_MEASURES``."""
        return table_of(BUYER_MEASURES, self.buyer_ledgers)

    @cached_property
    def aggressiveness(self) -> NDArray[np.float64]:
        """Aggressiveness of every buyer; ``nan`` for stances that are not on that line."""
        return np.array(self._buyers["aggressiveness"])

    @cached_property
    def stances(self) -> list[str]:
        """Name of every buyer's stance, as the run begins."""
        return drawn_stances(self.parameters, self.seed)

    @cached_property
    def salespeople(self) -> pd.DataFrame:
        """A row a salesperson: stance, traits, accounts at the end, and every measure of sellers.

        Measures are of the place: a firm that failed and the one that replaced it count together.
        """
        import pandas as pd

        records = self._salespeople
        names = list(SELLER_STANCES)
        columns: dict[str, Any] = {
            "salesperson": np.arange(len(records)),
            "stance": [names[code] for code in records["stance"]],
        }
        columns |= {name: records[name] for name in SALESPERSON_TRAITS if name != "cash"}
        columns["accounts_at_end"] = records["accounts"]
        columns["cash_at_end"] = records["cash"]
        measures = pd.DataFrame(
            table_of(SALESPERSON_MEASURES, self.salesperson_ledgers),
            columns=[m.name for m in SALESPERSON_MEASURES],
        )
        return pd.concat([pd.DataFrame(columns), measures], axis=1)

    def history(self, buyer: int | None = None, supplier: int | None = None) -> pd.DataFrame:
        """What passed between two, month by month; the run must have been made with ``history``.

        Parameters
        ----------
        buyer, supplier : int, optional
            Numbers of both, for one relationship; of one side or neither, for many.

        Returns
        -------
        DataFrame
            Of two: a row for every month of the run, ``nan`` where they did not trade. Of more: a
            row for every month in which two of them did. ``phase`` and ``promise_outcome`` are
            names, ``age`` is the months that a relationship had stood; the other columns are
            variables of the relationship, as ``relsim odd`` describes them.

        Raises
        ------
        InputError
            If no history was kept, or there is no such buyer or supplier.

        Examples
        --------
        >>> from relsim import simulate
        >>> run = simulate(Parameters(buyers=4, salespeople=4, periods=12), seed=1, history=True)
        >>> months = run.history(buyer=1, supplier=2)
        >>> len(months), months["phase"].iloc[0]
        (12, 'commercial')
        """
        return self._kept_history().table(buyer, supplier)

    def _kept_history(self) -> History:
        if self.records is None:
            raise InputError("this run kept no history; allowed is simulate(..., history=True)")
        return History(self.records, self.parameters)

    def events(self, buyer: int | None = None, supplier: int | None = None) -> pd.DataFrame:
        """What happened between two, or between many, as a log; see ``history``.

        Returns
        -------
        DataFrame
            A row an event, in the order in which they happened: ``period``, ``buyer``,
            ``supplier``, ``event`` (its name) and ``sentence``.

        Raises
        ------
        InputError
            If no history was kept, or there is no such buyer or supplier.
        """
        return log(self._kept_history(), self.spells, buyer, supplier)

    def story(self, buyer: int, supplier: int) -> str:
        """Tell year by year what happened between two, months counted from 0; see ``events``.

        Raises
        ------
        InputError
            If no history was kept, or the two never traded.
        """
        if buyer is None or supplier is None:
            raise InputError("story: allowed are the numbers of a buyer and of a supplier")
        months = self.history(buyer, supplier)
        if not months["age"].notna().any():
            partners = sorted(self.history(buyer)["supplier"].unique())
            raise InputError(
                f"buyer {buyer} and supplier {supplier} never traded; allowed for buyer {buyer} "
                f"are suppliers {', '.join(map(str, partners))}"
            )
        stances = self.stances[buyer], self.salespeople["stance"][supplier].replace("_", " ")
        names = f"Buyer {buyer} ({stances[0]})", f"supplier {supplier} ({stances[1]})"
        return story(names, months, self.events(buyer, supplier))

    def plot(self) -> Figure:
        """Draw who trades with whom at the end: colour is the phase, width is trust."""
        from relsim import plots

        return plots.network(self.relationships)

    def network(self) -> nx.Graph:
        """Who trades with whom at the end.

        Returns
        -------
        networkx.Graph
            Bipartite: nodes ``"buyer 0"`` (``bipartite=0``) and ``"salesperson 0"``
            (``bipartite=1``) with their stance and traits; an edge a relationship, with every
            field of ``relationships``.
        """
        return network_of(self.buyers, self.salespeople, self.relationships)


def _dated(name: str, values: NDArray[Any]) -> NDArray[Any]:
    """Periods of what never happened as ``nan``, everything else as it is."""
    if not name.endswith("_since"):
        return values
    return np.where(values == NEVER, np.nan, values.astype(np.float64))
