"""Ghosts: the player's own firm, with the same suppliers and draws, in the hands of a stance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relsim.play.decisions import Decisions
from relsim.play.game import STANCES, Game


def ghost(game: Game, stance: str, player: int | None = None) -> Game:
    """The same market in which a player's firm has a stance; other players decide as they did.

    Parameters
    ----------
    game : Game
        As far as it has been played.
    stance : str
        ``aggressive``, ``neutral`` or ``trusting``.
    player : int, optional
        Which one; the only one if none is given.

    Examples
    --------
    >>> game = Game("commodity", 3)
    >>> game.advance()
    >>> ghost(game, "neutral").series() == game.series()
    True
    """
    own = game.player(player)
    others: dict[int, tuple[Decisions, ...]] = {e: () for e in game.decided if e != own}
    stances = {**game.stances, own: stance}
    twin = Game(game.scenario.key, game.seed, others, buyers=game.buyers, stances=stances)
    while twin.year < game.year:
        follow(twin, game.decided)
    return twin


def follow(twin: Game, decided: Mapping[int, Sequence[Decisions]]) -> None:
    """Let a year pass in a twin: its players decide as they did, on whom they deal with there."""
    year = twin.year
    twin.advance({player: twin.fitting(player, decided[player][year]) for player in twin.decided})


def ghosts(game: Game, player: int | None = None) -> dict[str, Game]:
    """All ghosts of a player, by their stance."""
    return {stance: ghost(game, stance, player) for stance in STANCES}
