"""What happened in relationships, as a log of events and as a story (see ``Run.events``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.model.history import History
from relsim.model.state import COLLABORATIVE, COMMERCIAL, NOBODY, PERSONAL, REASONS

if TYPE_CHECKING:
    import pandas as pd

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

YEAR = 12


class Months:
    """Every relationship in every month, with the month before.

    Parameters
    ----------
    kept : ndarray
        Records of relationships, periods x slots.
    """

    def __init__(self, kept: NDArray[Any]) -> None:
        self.now = kept
        self.there: Mask = kept["seller"] != NOBODY
        self.began: Mask = self.there & (kept["start"] == np.arange(len(kept))[:, None])
        self.lasting: Mask = self.there & ~self.began
        self.lasting[:1] = False  # nobody saw the month before the first

    def before(self, name: str) -> Floats:
        """A variable a month ago: 0 where they have just begun, ``nan`` where it is not known."""
        values = np.full(self.now.shape, np.nan)
        values[1:] = self.now[name][:-1]
        values[self.began] = 0.0
        values[~(self.began | self.lasting)] = np.nan
        return values

    def first_above(self, name: str, level: float) -> Mask:
        """Where a variable of a relationship is above a level for the first time."""
        above = self.there & (self.now[name] > level)
        months = np.vstack([np.zeros((1, above.shape[1]), np.int64), np.cumsum(above, axis=0)])
        start = np.clip(self.now["start"], 0, len(above))
        earlier = months[:-1] - months[start, np.arange(above.shape[1])]
        first: Mask = (self.began | self.lasting) & above & (earlier == 0)
        return first

    def voiced(self) -> Floats:
        """Problems that the buyer spoke of."""
        return self._sum("voiced_serious", "voiced_small")

    def swallowed(self) -> Floats:
        """Problems that did harm and of which the buyer did not speak."""
        problems = self._sum("serious_problems", "small_problems")
        return problems - self._sum("caught") - self.voiced()

    def _sum(self, *names: str) -> Floats:
        values: Floats = np.sum([self.now[name] for name in names], axis=0)
        return values


class Event(NamedTuple):
    """A kind of event: its name, where it happened, and what to say of it.

    ``sentence`` has variables of the relationship in braces, and ``months`` for those that the
    contract has left. What happens often is counted in a story; the rest is told.
    """

    name: str
    where: Callable[[Months], Mask]
    sentence: str
    often: bool = False


def _above_zero(name: str) -> Callable[[Months], Mask]:
    return lambda m: m.there & (m.now[name] > 0.0)


def _layer_reached(name: str, layer: int) -> Callable[[Months], Mask]:
    return lambda m: m.first_above(name, layer - 1.0)


def _phase(now: int, before: Callable[[Floats], Mask]) -> Callable[[Months], Mask]:
    return lambda m: m.lasting & (m.now["phase"] == now) & before(m.before("phase"))


def _layers() -> Iterator[Event]:
    """Deeper layers of business that either side opened (KJ22)."""
    for side, name in (("supplier", "seller"), ("buyer", "buyer")):
        for layer, word in ((2, "second"), (3, "third")):
            where = _layer_reached(f"business_disclosure_by_{name}", layer)
            sentence = f"The {side} began to disclose the {word} layer of its business."
            yield Event(f"{side} opened {word} layer", where, sentence)


EVENTS = (
    Event("began", lambda m: m.began, "They began to trade."),
    Event(
        "new person",
        lambda m: m.lasting & (m.now["affinity"] != m.before("affinity")),
        "A new person took over on one side, and the two had to get to know each other anew.",
    ),
    Event(
        "neglect found",
        lambda m: m.lasting & (m.now["neglect_found"] > 0.0) & (m.before("neglect_found") <= 0.0),
        "An audit of its own showed the supplier that it had neglected the account.",
        often=True,
    ),
    Event(
        "silence broken",
        _above_zero("asked"),
        "The supplier asked why it had not heard from the buyer for so long.",
        often=True,
    ),
    Event(
        "leverage found out",
        _above_zero("exploited_by_buyer"),
        "The supplier found out that the buyer had used what it had been told.",
    ),
    Event(
        "extras found out",
        _above_zero("exploited_by_seller"),
        "The buyer found out that it had paid extras, {extras:.0f} in this month.",
    ),
    Event(
        "contract",
        _above_zero("negotiated"),
        "They agreed on a price of {price:.1f} for {months} months; the quote was {quote:.1f}.",
        often=True,
    ),
    Event(
        "promise broken",
        lambda m: m.there & (m.now["promise_outcome"] < 0.0),
        "The supplier broke its promise: quality {quality:.2f}, promised {promised:.2f}.",
        often=True,
    ),
    Event(
        "problem caught",
        _above_zero("caught"),
        "Inspection caught serious problems before they did harm: {caught:.0f}.",
        often=True,
    ),
    Event(
        "problem voiced",
        lambda m: m.there & (m.voiced() > 0.0),
        "The buyer said what was wrong. Problems made good: {remedied:.0f}.",
        often=True,
    ),
    Event(
        "problem swallowed",
        lambda m: m.there & (m.swallowed() > 0.0),
        "The buyer had a problem and said nothing.",
        often=True,
    ),
    *_layers(),
    Event(
        "idea offered",
        _above_zero("ideas_received"),
        "Ideas brought by the supplier: {ideas_received:.0f}.",
        often=True,
    ),
    Event(
        "process idea offered",
        _above_zero("process_ideas_received"),
        "Ideas brought by the buyer for the supplier's processes: {process_ideas_received:.0f}.",
        often=True,
    ),
    Event(
        "bond offered",
        lambda m: m.there & (m.now["bonds"] > m.before("bonds")),
        "The supplier volunteered something that the buyer would lose by leaving.",
    ),
    Event(
        "became collaborative",
        _phase(COLLABORATIVE, lambda before: before == COMMERCIAL),
        "Both agreed to work together: the relationship became collaborative.",
    ),
    Event(
        "became personal",
        _phase(PERSONAL, lambda before: before < PERSONAL),
        "They agreed to spend free time together: it became collaborative and personal.",
    ),
    Event(
        "fell back to collaborative",
        _phase(COLLABORATIVE, lambda before: before == PERSONAL),
        "They no longer spent free time together, and went on working together.",
    ),
    Event(
        "fell back to commercial",
        _phase(COMMERCIAL, lambda before: before > COMMERCIAL),
        "One side no longer wanted to work together: it fell back to commercial.",
    ),
)
"""What can happen between two, in the order in which it happens within a month."""

ENDED = "ended"
ENDINGS = {
    "buyer left": "The buyer left for another supplier.",
    "seller left": "The supplier gave the account up.",
    "seller failed": "The supplier failed.",
}
"""What to say of an end, by its reason."""

OFTEN = frozenset(event.name for event in EVENTS if event.often)

COLUMNS = ("period", "buyer", "supplier", "event", "sentence")


def log(
    history: History, spells: pd.DataFrame, buyer: int | None, supplier: int | None
) -> pd.DataFrame:
    """Write what happened in some relationships as a log, see ``Run.events``."""
    import pandas as pd

    buyers, records, own = history.part(buyer, supplier)
    months = Months(records)
    rows: list[tuple[Any, ...]] = []
    for event in EVENTS:
        for period, place in np.argwhere(event.where(months) & own).tolist():
            row = records[period, place]
            said = _said(event.sentence, row, period)
            rows.append((period, int(buyers[place]), int(row["seller"]), event.name, said))
    ended = spells[(spells["reason"] != REASONS[0]) & (spells["end"] >= 0)]
    for end, b, s, reason in ended[["end", "buyer", "seller", "reason"]].itertuples(index=False):
        if buyer in (None, b) and supplier in (None, s):
            rows.append((end, b, s, ENDED, ENDINGS[reason]))
    # Sorting is stable: events of one month stay in the order of the month.
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["buyer", "period", "supplier"], kind="stable", ignore_index=True)


def _said(sentence: str, row: Any, period: int) -> str:
    """A sentence with the numbers of its month."""
    names = [name for name in row.dtype.names if f"{{{name}:" in sentence]
    return sentence.format(
        **{name: row[name] for name in names}, months=int(row["contract_end"]) - period
    )


def story(names: tuple[str, str], months: pd.DataFrame, log: pd.DataFrame) -> str:
    """Tell a relationship year by year, see ``Run.story``; months count from 0, as in tables.

    Parameters
    ----------
    names : tuple of str
        Of both.
    months, log : DataFrame
        Their history, and what happened.
    """
    traded = months[months["age"].notna()]
    lines = [f"{names[0]} and {names[1]}."]
    if traded["age"].iloc[0] > 0:
        lines[0] += f" They had traded for {traded['age'].iloc[0]:.0f} months when it begins."
    for year, rows in traded.groupby(traded["period"] // YEAR):
        there = log[log["period"] // YEAR == year]
        counts = there["event"].value_counts()
        last = rows.iloc[-1]
        told = [
            f"  month {row.period}: {row.sentence}"
            for row in there.itertuples()
            if row.event not in OFTEN
        ]
        lines += [
            f"Year {year + 1}. Price {_mean(rows['price']):.1f}; months in which a promise was "
            f"broken {counts.get('promise broken', 0)}, a problem voiced "
            f"{counts.get('problem voiced', 0)}, a problem swallowed "
            f"{counts.get('problem swallowed', 0)}; ideas from the supplier "
            f"{rows['ideas_received'].sum():.0f}, from the buyer "
            f"{rows['process_ideas_received'].sum():.0f}. At its end the buyer trusts at "
            f"{last['buyer_trust_in_seller']:.2f}, the supplier at "
            f"{last['seller_trust_in_buyer']:.2f}.",
            *told,
        ]
    return "\n".join(lines)


def _mean(prices: Any) -> float:
    return float(prices[prices > 0.0].mean())
