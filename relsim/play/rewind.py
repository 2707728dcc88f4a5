"""A game decided otherwise: the years after the change, and what the change was worth."""

from __future__ import annotations

from typing import Any

from relsim.play.debrief import COST, shown_difference
from relsim.play.game import Game


def play_on_as(game: Game, before: Game, player: int | None = None) -> None:
    """Decide the years that are left as they were decided before.

    Suppliers that were decided on singly and are no longer there are left out.

    Examples
    --------
    >>> from relsim.play.decisions import Decisions
    >>> before = Game("commodity", 3, {0: [Decisions()] * 10})
    >>> again = before.rewind(4)
    >>> play_on_as(again, before)
    >>> again.series() == before.series()
    True
    """
    own = game.player(player)
    for year in before.decided[own][game.year :]:
        game.advance({own: game.fitting(own, year)})


def comparison(game: Game, before: Game, player: int | None = None) -> dict[str, Any]:
    """What a game cost against the one before it, as a key with values.

    Examples
    --------
    >>> from relsim.play.decisions import Decisions
    >>> before = Game("commodity", 3, {0: [Decisions()] * 10})
    >>> comparison(before, before)["key"]
    'same'
    """
    own = game.player(player)
    mine, other = (one.measures(own)[COST] for one in (game, before))
    pairs = zip(game.decided[own], before.decided[own], strict=True)
    changed = [number for number, (now, then) in enumerate(pairs, 1) if now != then]
    if not changed:
        return {"key": "same", "values": {}}
    difference = shown_difference(mine, other)
    key = "even" if difference == 0.0 else "cheaper" if mine < other else "dearer"
    values = {"year": changed[0], "cost": mine, "before": other, "difference": difference}
    return {"key": key, "values": values}
