"""The inbox of a year: a few messages from the records of the run, none of them invented.

A message is a kind, the supplier it is of and the numbers it names; the catalogues have a sentence
for each kind. Of all that happened the inbox has those that stand first in ``KINDS``, of each kind
the one of the supplier with the largest order, of each supplier at most ``MOST_OF_ONE`` and at most
``MOST`` in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.model.events import EVENTS, Mask, Months
from relsim.model.relationship import Relationship
from relsim.model.state import COLLABORATIVE, NOBODY, PERSONAL, REASONS
from relsim.model.submodels.choice import months_bound
from relsim.play.game import Game
from relsim.play.scenarios import MONTHS

MOST = 4
"""Messages of a year."""

MOST_OF_ONE = 2
"""Messages of one supplier in a year."""

KINDS = (
    "supplier_failed",
    "supplier_left",
    "extras_found",
    "leverage_found",
    "became_personal",
    "became_collaborative",
    "fell_back",
    "replaced",
    "told_deeper",
    "went_silent",
    "ideas_offered",
    "ideas_stopped",
    "promise_broken",
    "problems",
    "asked",
    "problem_caught",
    "new_person",
    "new_supplier",
    "quote",
    "promises_kept",
)
"""Kinds of messages, the most important first: ends, then betrayals, then what both agreed to, then
what is told or offered, then trouble, then business as usual."""

ENDINGS = {"buyer left": "replaced", "seller left": "supplier_left", "seller failed": KINDS[0]}

WITHIN = 0.5
"""Share of what was disclosed at the height that a supplier which went silent is below."""

BY_NAME = {event.name: event for event in EVENTS}


class Message(NamedTuple):
    """Something that the player hears of.

    Attributes
    ----------
    kind : str
        One of ``KINDS``.
    supplier : int
        Number of the firm.
    values : dict of str to float
        Numbers that its sentence names.
    """

    kind: str
    supplier: int
    values: dict[str, float]


class Year(NamedTuple):
    """The months of a year among all so far, and where each event happened in them."""

    months: Months
    first: int

    def where(self, *events: str) -> Mask:
        """Where one of some events happened, months so far x slots; False before the year."""
        found = np.any([BY_NAME[name].where(self.months) for name in events], axis=0)
        found[: self.first] = False
        mask: Mask = found
        return mask


def inbox(game: Game, player: int | None = None, year: int | None = None) -> list[Message]:
    """What a player hears at the end of a year; of the last one if none is named.

    Before the first year it has the terms that each supplier is bound to.
    """
    number = game.year if year is None else year
    if number == 0:
        return opening(game, player)
    records = game.records(player)[: number * MONTHS]
    return chosen(list(_all(game, player, Year(Months(records), (number - 1) * MONTHS))))


def opening(game: Game, player: int | None = None) -> list[Message]:
    """Terms at the start: price and months that the contract still binds."""
    return [
        Message("terms", int(one.firm), {"price": one.price, **binding(one, 0)})
        for one in game.buyer(player).relationships
    ]


def binding(supplier: Relationship, period: int) -> dict[str, float]:
    """What binds a player to a supplier: see ``bound``."""
    return bound(supplier.contract_end, period, broken=supplier.promise_outcome == "broken")


def bound(contract_end: int, period: int, *, broken: bool) -> dict[str, float]:
    """Months that a contract still binds; ``breach`` is 1 where only a broken promise sets free.

    >>> bound(30, 10, broken=False), bound(30, 10, broken=True)
    ({'months_left': 20, 'breach': 0}, {'months_left': 0, 'breach': 1})
    """
    left = months_bound(contract_end, period, -1.0 if broken else 1.0)
    return {"months_left": int(left), "breach": int(broken and contract_end > period)}


def chosen(messages: list[Message]) -> list[Message]:
    """The most important messages: see the rule above."""
    kept: list[Message] = []
    for spare in (False, True):
        for message in sorted(messages, key=lambda one: KINDS.index(one.kind)):
            of_kind = any(one.kind == message.kind for one in kept)
            of_supplier = sum(one.supplier == message.supplier for one in kept)
            if message in kept or (of_kind and not spare) or of_supplier >= MOST_OF_ONE:
                continue
            if len(kept) < MOST:
                kept.append(message)
    return sorted(kept, key=lambda one: KINDS.index(one.kind))


def _all(game: Game, player: int | None, year: Year) -> Iterator[Message]:
    """All that could be told of a year, for each kind the largest suppliers first."""
    last = len(year.months.now)
    for spell in game.spells(player):
        if year.first <= spell["end"] < last:
            kind = ENDINGS[REASONS[spell["reason"]]]
            months = int(spell["end"] - max(0, spell["start"])) + 1
            yield Message(kind, int(spell["firm"]), {"months": months})
    at_end = year.months.now[-1]
    for slot in np.argsort(-at_end["units"], kind="stable"):
        if at_end[slot]["seller"] != NOBODY:
            account = Account(year, int(slot))
            for part in (_vulnerable, _engaged, _told, _ideas, _trouble, _trade):
                yield from part(account)


class Account:
    """Whoever holds a slot at the end of a year, and what happened between the two.

    Attributes
    ----------
    holder : numpy.record
        The relationship at the end of the year.
    before, this : ndarray
        Its records of earlier years, and of this one.
    """

    def __init__(self, year: Year, slot: int) -> None:
        now = year.months.now[:, slot]
        self.year, self.slot, self.now, self.holder = year, slot, now, now[-1]
        here = (now["firm"] == self.holder["firm"]) & (now["start"] == self.holder["start"])
        here &= now["seller"] != NOBODY
        passed = np.arange(len(now)) < year.first
        self._in_year = here & ~passed
        self.before, self.this = now[here & passed], now[self._in_year]

    def happened(self, *events: str) -> NDArray[Any]:
        """Its months of the year in which one of some events happened."""
        found: NDArray[Any] = self.now[self.months_of(*events)]
        return found

    def months_of(self, *events: str) -> NDArray[np.int64]:
        """Numbers of these months."""
        return np.flatnonzero(self.year.where(*events)[:, self.slot] & self._in_year)

    def says(self, kind: str, **values: Any) -> Message:
        """A message of it."""
        plain = {name: _plain(value) for name, value in values.items()}
        return Message(kind, int(self.holder["firm"]), plain)


def _vulnerable(account: Account) -> Iterator[Message]:
    if len(rows := account.happened("extras found out")):
        yield account.says("extras_found", extras=rows["extras"].sum(), count=len(rows))
    if len(rows := account.happened("leverage found out")):
        yield account.says("leverage_found", count=len(rows))


def _engaged(account: Account) -> Iterator[Message]:
    phase = account.holder["phase"]
    if len(account.happened("became personal")) and phase == PERSONAL:
        yield account.says("became_personal")
    elif len(account.happened("became collaborative")) and phase == COLLABORATIVE:
        yield account.says("became_collaborative")
    elif len(account.happened("fell back to commercial", "fell back to collaborative")):
        yield account.says("fell_back")


def _told(account: Account) -> Iterator[Message]:
    told = account.this["business_disclosure_by_seller"][-1]
    if len(account.happened("supplier opened second layer", "supplier opened third layer")):
        yield account.says("told_deeper", layers=told)
    if len(account.before):
        earlier = account.before["business_disclosure_by_seller"]
        height = earlier.max()
        if height > 1.0 and earlier[-1] >= WITHIN * height > told:
            yield account.says("went_silent", layers=told, height=height)
    if len(account.happened("silence broken")):
        yield account.says("asked")


def _ideas(account: Account) -> Iterator[Message]:
    offered = account.this["ideas_received"].sum()
    earlier = account.before[-MONTHS:]["ideas_received"].sum()
    if offered > 0.0:
        saving = account.holder["idea_value"]
        yield account.says("ideas_offered", count=offered, saving=saving)
    elif earlier > 0.0:
        yield account.says("ideas_stopped", count=earlier)


def _trouble(account: Account) -> Iterator[Message]:
    months = len(account.this)
    if broken := len(account.happened("promise broken")):
        yield account.says("promise_broken", count=broken, months=months)
    else:
        yield account.says("promises_kept", months=months)
    if (problems := account.this["serious_problems"].sum()) > 0.0:
        yield account.says("problems", count=problems, remedied=account.this["remedied"].sum())
    if len(rows := account.happened("problem caught")):
        yield account.says("problem_caught", count=rows["caught"].sum())


def _trade(account: Account) -> Iterator[Message]:
    if len(account.happened("new person")):
        yield account.says("new_person")
    if len(account.happened("began")):
        yield account.says("new_supplier", price=account.holder["price"])
    elif len(rows := account.happened("contract")):
        end, outcome = (account.holder[name] for name in ("contract_end", "promise_outcome"))
        left = bound(int(end), len(account.now), broken=outcome < 0.0)
        yield account.says("quote", quote=rows[-1]["quote"], price=rows[-1]["price"], **left)


def _plain(value: Any) -> float:
    """A number as JSON has it: whole ones without a point."""
    number = float(value)
    return int(number) if number.is_integer() else number
