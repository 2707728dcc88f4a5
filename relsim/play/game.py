"""A game: a market of the model in which one or several buyers are played, year by year.

A game is its scenario, its seed and what was decided: it replays to the bit and fits a link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.io.errors import InputError, known, shortened, shown, whole
from relsim.model.agents import Buyer, Salesperson
from relsim.model.draws import check_seed
from relsim.model.ledgers import BUYER_LEDGER
from relsim.model.mesa_model import RelationshipModel
from relsim.parameters.stances import NEUTRAL, NEUTRAL_AGGRESSIVENESS
from relsim.play.decisions import Decisions, decode_years, encode_years
from relsim.play.player import Player
from relsim.play.refusals import RefusedError
from relsim.play.scenarios import BUYERS, MONTHS, YEARS, check_buyers, scenario_of
from relsim.play.series import Line, lines

RULES = "1"
"""Version of the rules: raised when a link of before would no longer give the same game."""

STANCES = {"aggressive": 1.0, NEUTRAL: NEUTRAL_AGGRESSIVENESS, "trusting": 0.0}
"""Stances that a buyer can be given instead of decisions, and their aggressiveness."""

MOST_CHARACTERS = 100_000
"""Characters of a link."""

PART = "~"

Years = tuple[Decisions, ...]


class Game:
    """A market that is played.

    Parameters
    ----------
    scenario : str
        Key of one of ``SCENARIOS``.
    seed : int
        From 0 to 2**53 - 1.
    players : mapping of int to sequence of Decisions, optional
        By the index of their buyer, what they decided in the years so far, all of equally many;
        the scenario's own buyer, which has not decided yet, if none.
    buyers : int
        Of the market.
    stances : mapping of int to str, optional
        Buyers that are not played but have one of ``STANCES`` for all of the game, and that are
        looked at like players.
    recorded : collection of int, optional
        Buyers of these whose records are kept month by month; all if none is given. Measures of
        the whole game there are of every one.

    Attributes
    ----------
    year : int
        Years that have passed, 0 to 10.
    decided : dict of int to tuple of Decisions
        By player.

    Raises
    ------
    InputError
        In one line, what is wrong and what is allowed.

    Examples
    --------
    >>> game = Game("commodity", 3)
    >>> game.advance(Decisions())
    >>> game.year, game.link
    (1, '1~commodity~3~8~0.fuuuu')
    >>> Game.from_link(game.link).series() == game.series()
    True
    """

    def __init__(
        self,
        scenario: str,
        seed: int,
        players: Mapping[int, Sequence[Decisions]] | None = None,
        *,
        buyers: int = BUYERS,
        stances: Mapping[int, str] | None = None,
        recorded: Collection[int] | None = None,
    ) -> None:
        self.scenario = scenario_of(scenario)
        self.seed = check_seed(seed)
        self.buyers = check_buyers(buyers)
        chosen = {self.scenario.buyer: ()} if players is None else players
        self.stances = dict(stances or {})
        known("stance", self.stances.values(), STANCES)
        for player in (*chosen, *self.stances):
            self._check_index(player)
        history = {player: tuple(years) for player, years in sorted(chosen.items())}
        years = {len(each) for each in history.values()} or {0}
        if len(years) > 1:
            raise InputError("players have decided on different years: allowed are equally many")
        self.decided: dict[int, Years] = dict.fromkeys(history, ())
        self.year = 0
        kept = [b for b in self._looked_at() if recorded is None or b in recorded]
        self._ledgers: dict[int, list[NDArray[Any]]] = {b: [] for b in kept}
        self._records: dict[int, list[NDArray[Any]]] = {b: [] for b in kept}
        self._model = self._begin()
        for year in range(years.pop()):
            self.advance({player: each[year] for player, each in history.items()})

    def _looked_at(self) -> Iterator[int]:
        yield from (*self.decided, *self.stances)

    def _check_index(self, player: Any) -> None:
        whole = isinstance(player, int) and not isinstance(player, bool)
        if not whole or not 0 <= player < self.buyers:
            raise InputError(
                f"player {shown(player)}: allowed is the index of a buyer, 0 to {self.buyers - 1}"
            )

    def _begin(self) -> RelationshipModel:
        """The market after its warm-up."""
        parameters = self.scenario.parameters(self.buyers)
        line = [STANCES[self.stances.get(b, "neutral")] for b in range(self.buyers)]
        return RelationshipModel(
            parameters.with_values(aggressiveness=line),
            buyer=dict.fromkeys(self.decided, Player),
            rng=self.seed,
            collect=False,
            watched=True,
        )

    @property
    def parameters(self) -> Any:
        """Parameters of the market."""
        return self._model.parameters

    @property
    def is_over(self) -> bool:
        """Whether all years have passed."""
        return self.year >= YEARS

    def player(self, player: int | None = None) -> int:
        """The index of a player's buyer; of the only one if none is given.

        Raises
        ------
        InputError
            If there is no such player.
        """
        looked_at = list(self._looked_at())
        if player is None and len(looked_at) == 1:
            return looked_at[0]
        if player not in looked_at:
            raise InputError(
                f"player {shown(player)}: allowed is one of {', '.join(map(str, looked_at))}"
            )
        return player

    def buyer(self, player: int | None = None) -> Buyer:
        """The buyer of a player in the model."""
        return self._model.buyers[self.player(player)]

    def salesperson(self, index: int) -> Salesperson:
        """A salesperson in the model: not for the eyes of players before the end."""
        return self._model.salespeople[index]

    def firms(self, player: int | None = None) -> list[int]:
        """Numbers of the firms that supply a player, in the order of its slots."""
        return [int(each.firm) for each in self.buyer(player).relationships]

    def advance(self, decisions: Decisions | Mapping[int, Decisions] | None = None) -> None:
        """Let a year pass.

        Parameters
        ----------
        decisions : Decisions or mapping, optional
            What is decided for the year: by the only player, or by player. Who is not named goes
            on as before.

        Raises
        ------
        InputError
            If the game is over, or somebody is decided on who supplies that player no more.
        """
        if self.is_over:
            raise RefusedError("over", f"the game is over: allowed are {YEARS} years")
        if isinstance(decisions, Decisions):
            decisions = {self.player(): decisions}
        given = dict(decisions or {})
        for player, each in given.items():
            if player not in self.decided:
                raise InputError(
                    f"player {shown(player)}: allowed is one of "
                    f"{', '.join(map(str, self.decided)) or 'none'}"
                )
            self.check(player, each)
        for player, years in self.decided.items():
            agent = self._model.buyers[player]
            assert isinstance(agent, Player)
            agent.decisions = given.get(player) or self._again(player)
            self.decided[player] = (*years, agent.decisions)
        for _ in range(MONTHS):
            self._model.step()
            for b in self._records:
                self._keep(b)
        self.year += 1

    def check(self, player: int, decisions: Decisions) -> None:
        """Refuse decisions on who does not supply a player now."""
        if not isinstance(decisions, Decisions):
            raise InputError(f"decisions of player {player}: allowed is a Decisions")
        firms = self.firms(player)
        for firm in decisions.suppliers:
            if firm not in firms:
                raise InputError(
                    f"supplier {firm} of player {player}: allowed is one of "
                    f"{', '.join(map(str, firms))}"
                )

    def _again(self, player: int) -> Decisions:
        """The decisions of the year before, for those suppliers that are still there."""
        before = self.decided[player][-1] if self.decided[player] else Decisions()
        return self.fitting(player, before)

    def fitting(self, player: int, decisions: Decisions) -> Decisions:
        """Decisions for those suppliers of a player that are still there."""
        firms = self.firms(player)
        single = {firm: one for firm, one in decisions.suppliers.items() if firm in firms}
        return Decisions(decisions.default, single)

    def _keep(self, b: int) -> None:
        """Keep what has passed between a buyer and its suppliers in the month."""
        market = self._model.market
        own = self._model.buyers[b]
        self._ledgers[b].append(np.array(market.buyer_ledgers[b : b + 1]))
        self._records[b].append(np.array(market.traded[own.first_slot : own.end_slot]))

    # --- what a player may see --------------------------------------------------------------------

    def records(self, player: int | None = None) -> NDArray[Any]:
        """A player's relationships month by month, as they stood before any ended that month.

        Returns
        -------
        ndarray
            Months so far x slots.
        """
        kept = self._records[self.player(player)]
        return np.array(kept) if kept else np.empty((0, 0))

    def spells(self, player: int | None = None) -> NDArray[Any]:
        """A player's relationships that have ended since the game began."""
        market = self._model.market
        spells = market.spells[: int(market.clock.spells[0])]
        mine = (spells["buyer"] == self.player(player)) & (spells["end"] >= 0)
        return np.array(spells[mine])

    def ledgers(self, player: int | None = None) -> NDArray[Any]:
        """A player's ledger at the end of each month, summed from the first on."""
        kept = self._ledgers[self.player(player)]
        return np.concatenate(kept) if kept else BUYER_LEDGER.empty(0)

    def measures(self, player: int | None = None) -> dict[str, float]:
        """Every measure of a player over the game so far."""
        return self.buyer(player).measures

    def series(self, player: int | None = None) -> dict[str, Line]:
        """A player's own line: measures of each month, and the cost of a unit so far.

        Returns
        -------
        dict of str to list
            By the names of ``SHOWN`` and ``cost_so_far``; None where a month has no such number.
        """
        return lines(self.ledgers(player))

    # --- replay -----------------------------------------------------------------------------------

    def rewind(self, year: int) -> Game:
        """The game as it was when so many years had passed.

        Raises
        ------
        InputError
            If that year has not been.
        """
        whole = isinstance(year, int) and not isinstance(year, bool)
        if not whole or not 0 <= year <= self.year:
            raise InputError(f"year = {shown(year)}: allowed is 0 to {self.year}")
        players = {player: years[:year] for player, years in self.decided.items()}
        return Game(self.scenario.key, self.seed, players, buyers=self.buyers)

    @property
    def link(self) -> str:
        """The game as text for a link: ``from_link`` replays it."""
        players = [f"{b}.{encode_years(years)}" for b, years in self.decided.items()]
        return PART.join([RULES, self.scenario.key, str(self.seed), str(self.buyers), *players])

    @classmethod
    def from_link(cls, text: str) -> Game:
        """Replay a game from its link.

        Raises
        ------
        InputError
            In one line, what is wrong and what is allowed.

        Examples
        --------
        >>> Game.from_link("1~comodity~3~8~0.fuuuu")
        Traceback (most recent call last):
        relsim.io.errors.InputError: unknown scenario 'comodity'; did you mean 'commodity'?
        """
        parts = text.split(PART, 5 + 64) if isinstance(text, str) else []
        if len(parts) < 5 or len(text) > MOST_CHARACTERS:
            raise InputError(
                f"game {shortened(str(text)[:1000])}: allowed is rules~scenario~seed~buyers~player."
                "decisions"
            )
        rules, scenario, seed, buyers, *players = parts
        if rules != RULES:
            raise RefusedError("rules", f"rules {shortened(rules)}: allowed is {RULES}")
        scenario_of(scenario)
        decided: dict[int, Years] = {}
        for each in players:
            number, _, years = each.partition(".")
            player = whole("player =", number)
            if player in decided:
                raise InputError(f"player {player} is there twice: allowed is once")
            decided[player] = decode_years(years, YEARS)
        return cls(scenario, whole("seed =", seed), decided, buyers=whole("buyers =", buyers))
