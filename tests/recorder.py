"""What steps touch while they run: every number that an agent reads or writes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from relsim.compilation import plain
from relsim.schedule import SCHEDULE
from relsim.state import Market

RECORDS = (
    "clock",
    "buyers",
    "salespeople",
    "relationships",
    "orders",
    "equipment",
    "spells",
    "buyer_months",
    "salesperson_months",
)
"""Records of a market that steps can write."""


class Number(NamedTuple):
    """Where a number is: in which array of a market, of which record, which variable."""

    array: str
    index: int
    variable: str


class Turn(NamedTuple):
    """An agent's step: its number in the schedule, and the agent."""

    step: int
    agent: int


class Recorder:
    """A market in which steps run in plain Python, one turn after the other, and leave traces.

    ``read`` and ``written`` have the turns that touched a number since they were last emptied.
    """

    def __init__(self, market: Market) -> None:
        self.read: defaultdict[Number, set[Turn]] = defaultdict(set)
        self.written: defaultdict[Number, set[Turn]] = defaultdict(set)
        self.turn = Turn(0, 0)
        self.market = market._replace(
            account_slots=_Numbers(self, "account_slots", market.account_slots),
            **{name: _Records(self, name, getattr(market, name)) for name in RECORDS},
        )
        self._agents = {
            "buyer": len(market.buyers),
            "salesperson": len(market.salespeople),
            "market": 1,
        }

    def pass_month(self) -> None:
        """Take all steps in the order of the schedule; the luck is drawn before."""
        for number, step in enumerate(SCHEDULE):
            function = plain(step.function)
            for agent in range(self._agents[step.agent]):
                self.turn = Turn(number, agent)
                if step.agent == "market":
                    function(self.market)
                else:
                    function(self.market, agent)


class _Record:
    """A record whose variables leave traces."""

    def __init__(self, recorder: Recorder, name: str, index: int, record: Any) -> None:
        vars(self).update(_recorder=recorder, _name=name, _index=index, _record=record)

    def __getattr__(self, variable: str) -> Any:
        number = Number(self._name, self._index, variable)
        self._recorder.read[number].add(self._recorder.turn)
        return getattr(self._record, variable)

    def __setattr__(self, variable: str, value: Any) -> None:
        number = Number(self._name, self._index, variable)
        self._recorder.written[number].add(self._recorder.turn)
        setattr(self._record, variable, value)


class _Records:
    """An array of such records."""

    def __init__(self, recorder: Recorder, name: str, records: Any) -> None:
        self._records = [
            _Record(recorder, name, index, record) for index, record in enumerate(records)
        ]

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, index: int) -> _Record:
        return self._records[index]


class _Numbers:
    """An array of numbers that leave traces."""

    def __init__(self, recorder: Recorder, name: str, numbers: Any) -> None:
        self._recorder, self._name, self._numbers = recorder, name, numbers

    def __getitem__(self, index: int) -> Any:
        self._recorder.read[Number(self._name, index, "")].add(self._recorder.turn)
        return self._numbers[index]

    def __setitem__(self, index: int, value: Any) -> None:
        self._recorder.written[Number(self._name, index, "")].add(self._recorder.turn)
        self._numbers[index] = value
