"""The two kinds of rounds that a class plays, and what each student's decisions come to.

A student's score is the cost of a unit minus that of the own neutral twin: the same firm, suppliers
and draws, and the same decisions of everybody else. Costs as such are size and draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from relsim.io.errors import known
from relsim.parameters.stances import NEUTRAL
from relsim.play.debrief import shown_difference
from relsim.play.decisions import Decisions, encode_years
from relsim.play.game import STANCES, Game
from relsim.play.ghosts import follow
from relsim.play.scenarios import BUYERS, MOST_BUYERS

GHOSTS = tuple(stance for stance in STANCES if stance != NEUTRAL)
"""Stances that a round shows beside the students."""

MOST_STUDENTS = MOST_BUYERS - len(GHOSTS)
"""In one room: all must find a place in one market, beside the ghosts."""

ROUNDS = (("fair", "usual"), ("market", "usual"), ("market", "commodity"))
"""Kind and scenario of a session's rounds; beyond these the last one is repeated."""

MOST_ROUNDS = 12
"""Of a session."""

SPARE = 2
"""Buyers of a market kept for students who come late; they buy as neutral ones until then."""

Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""``map``, or that of a pool of threads."""


def usual_round(number: int) -> tuple[str, str]:
    """Kind and scenario of a session's round, counted from 1, unless the lecturer says otherwise.

    >>> usual_round(2), usual_round(7)
    (('market', 'usual'), ('market', 'commodity'))
    """
    return ROUNDS[min(number, len(ROUNDS)) - 1]


class Dot(NamedTuple):
    """A place in the scatter.

    Attributes
    ----------
    cost, twin : float
        Of a unit, for the student and for the neutral twin.
    trust : float
        Suppliers' trust in the buyer, 0 to 1.
    """

    cost: float
    twin: float
    trust: float

    @property
    def difference(self) -> float:
        """Cost minus that of the twin; negative is cheaper."""
        return self.cost - self.twin

    @property
    def shown(self) -> float:
        """The same as it is shown, so that it goes with both costs as they are shown."""
        return math.copysign(shown_difference(self.cost, self.twin), self.difference)


def dot(game: Game, player: int, twin: Game) -> Dot:
    """What a buyer's game came to."""
    mine, other = game.measures(player), twin.measures(player)
    cost = "total_cost_per_unit"
    return Dot(mine[cost], other[cost], mine["suppliers_trust_in_buyer"])


class Fair:
    """Everybody has the same firm, suppliers and draws, each in a separate market.

    Parameters
    ----------
    scenario : str
        Key of one of ``SCENARIOS``.
    seed : int
        Of all games.
    students : iterable of int
        Their numbers.
    spread : callable
        Does the games one by one, or several at once.
    """

    kind = "fair"

    def __init__(
        self, scenario: str, seed: int, students: Iterable[int], spread: Spread = map
    ) -> None:
        self.scenario, self.seed, self._spread = scenario, seed, spread
        self._games: dict[int, Game] = {}
        self.year = 0
        # Also the game of who comes late begins as this one.
        self._neutral = Game(scenario, seed)
        self.buyer = self._neutral.player()
        self.ghosts = {
            stance: Game(scenario, seed, {}, stances={self.buyer: stance}) for stance in STANCES
        }
        for student in students:
            self.seat(student)

    def seat(self, student: int) -> bool:
        """Give a student a game; years that have passed were played as a neutral buyer does."""
        if student not in self._games:
            game = Game(self.scenario, self.seed)
            while game.year < self.year:
                game.advance()
            self._games[student] = game
        return True

    def leave(self, student: int) -> None:
        """End a student's game."""
        self._games.pop(student, None)

    def game(self, student: int) -> tuple[Game, int] | None:
        """A student's game and the index of the buyer."""
        game = self._games.get(student)
        return (game, self.buyer) if game else None

    def advance(self, decided: Mapping[int, Decisions]) -> None:
        """Let a year pass; who has not decided goes on as before."""

        def one(student: int) -> None:
            """A year of one game, unless it has passed: another's may have failed before."""
            own, game = decided.get(student), self._games[student]
            if game.year == self.year:
                game.advance({} if own is None else own)

        list(self._spread(one, list(self._games)))
        self.year += 1

    def catch_up(self) -> bool:
        """Let a year of one ghost pass; False if all are there."""
        for ghost in self.ghosts.values():
            if ghost.year < self.year:
                ghost.advance()
                return True
        return False

    @property
    def left(self) -> int:
        """Years of twins that have not passed yet."""
        return sum(self.year - ghost.year for ghost in self.ghosts.values())

    def dots(self) -> dict[int, Dot]:
        """By student; all twins must be there."""
        twin = self.ghosts[NEUTRAL]
        return {student: dot(game, self.buyer, twin) for student, game in self._games.items()}

    def ghost_dots(self) -> dict[str, Dot]:
        """By stance; all twins must be there."""
        twin = self.ghosts[NEUTRAL]
        return {stance: dot(self.ghosts[stance], self.buyer, twin) for stance in GHOSTS}

    def code(self, student: int) -> str:
        """What a student has decided, as in the link of a game."""
        return encode_years(self._games[student].decided[self.buyer])


class Market:
    """The students are the buyers of one market, share its suppliers and hear of each other.

    Two more buyers are the ghosts: one always presses, one always trusts. A few are spare, for
    students who come late.

    Parameters
    ----------
    scenario : str
        Key of one of ``SCENARIOS``.
    seed : int
        Of the market.
    students : iterable of int
        Their numbers.
    spread : callable
        Not used: there is one game.
    """

    kind = "market"

    def __init__(
        self, scenario: str, seed: int, students: Iterable[int], spread: Spread = map
    ) -> None:
        del spread
        there = list(students)
        wanted = len(there) + SPARE + len(GHOSTS)
        buyers = min(MOST_BUYERS, max(BUYERS, wanted))
        self.scenario, self.seed, self.buyers = scenario, seed, buyers
        self._ghosts = dict(enumerate(GHOSTS, buyers - len(GHOSTS)))
        free = [buyer for buyer in range(buyers) if buyer not in self._ghosts]
        self._market = Game(
            scenario, seed, dict.fromkeys(free, ()), buyers=buyers, stances=self._ghosts
        )
        self._free = free
        self._seats: dict[int, int] = {}
        self._twins: dict[int, Game] = {}
        for student in there:
            self.seat(student)

    @property
    def year(self) -> int:
        """Years that have passed."""
        return self._market.year

    def seat(self, student: int) -> bool:
        """Make a student one of the buyers; False if none is left."""
        if student not in self._seats and self._free:
            self._seats[student] = self._free.pop(0)
        return student in self._seats

    def leave(self, student: int) -> None:
        """Count a student no more; the firm is played on by the last decisions."""
        self._seats.pop(student, None)

    def game(self, student: int) -> tuple[Game, int] | None:
        """The market and the index of a student's buyer; None for who has none."""
        buyer = self._seats.get(student)
        return None if buyer is None else (self._market, buyer)

    def advance(self, decided: Mapping[int, Decisions]) -> None:
        """Let a year pass; who has not decided goes on as before."""
        seats = self._seats
        self._market.advance({seats[s]: own for s, own in decided.items() if s in seats})

    def catch_up(self) -> bool:
        """Let a year pass for the neutral twin of one buyer; False if all are there."""
        for buyer in self._shown():
            twin = self._twins.get(buyer) or self._twin(buyer)
            if twin.year < self.year:
                self._twins[buyer] = twin
                follow(twin, self._market.decided)
                return True
        return False

    @property
    def left(self) -> int:
        """Years of twins that have not passed yet."""
        passed = {buyer: twin.year for buyer, twin in list(self._twins.items())}
        return sum(self.year - passed.get(buyer, 0) for buyer in self._shown())

    def _shown(self) -> Iterator[int]:
        yield from list(self._seats.values())
        yield from self._ghosts

    def _twin(self, buyer: int) -> Game:
        """The market before its first year in which a buyer is a neutral one."""
        others: dict[int, tuple[Decisions, ...]] = {
            other: () for other in self._market.decided if other != buyer
        }
        stances = {**self._ghosts, buyer: NEUTRAL}
        return Game(
            self.scenario, self.seed, others, buyers=self.buyers, stances=stances, recorded=()
        )

    def dots(self) -> dict[int, Dot]:
        """By student; all twins must be there."""
        return {
            student: dot(self._market, buyer, self._twins[buyer])
            for student, buyer in self._seats.items()
        }

    def ghost_dots(self) -> dict[str, Dot]:
        """By stance; all twins must be there."""
        return {
            stance: dot(self._market, buyer, self._twins[buyer])
            for buyer, stance in self._ghosts.items()
        }

    def code(self, student: int) -> str:
        """What a student has decided, as in the link of a game."""
        return encode_years(self._market.decided[self._seats[student]])


KINDS: Mapping[str, type[Fair] | type[Market]] = {Fair.kind: Fair, Market.kind: Market}


def begin(
    kind: str, scenario: str, seed: int, students: Iterable[int], spread: Spread = map
) -> Fair | Market:
    """A round of a kind, before its first year.

    Raises
    ------
    InputError
        If there is no such kind or scenario.
    """
    known("kind of round", [kind], KINDS)
    return KINDS[kind](scenario, seed, students, spread)
