"""The debrief: three sentences' worth of numbers from the ledgers, as keys and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from relsim.model.observation import COST_PARTS
from relsim.model.state import NOBODY
from relsim.parameters.stances import NEUTRAL
from relsim.play.game import Game
from relsim.play.scenarios import MONTHS

COST = "total_cost_per_unit"

DECIMALS = 1
"""Of the numbers that a page shows: two costs that it would show alike are told as equal."""

DEDUCTED = COST_PARTS[-1]

STOPPED = 0.5
"""Share of its height that what a supplier discloses has fallen below when it has stopped."""


def debrief(
    game: Game, ghosts: Mapping[str, Game], player: int | None = None
) -> list[dict[str, Any]]:
    """What decided the game, as three keys with values.

    Parameters
    ----------
    game : Game
        As far as it was played.
    ghosts : mapping of str to Game
        By stance, see ``ghosts``.
    player : int, optional
        Which one; the only one if none is given.

    Returns
    -------
    list of dict
        ``{"key": ..., "values": {...}}``: the cost against the neutral twin; what was saved and
        what was lost most against the cheaper of the other two ghosts; who stopped disclosing.
    """
    own = game.player(player)
    mine = game.measures(own)
    twin = ghosts[NEUTRAL].measures(own)
    rivals = {stance: each for stance, each in ghosts.items() if stance != NEUTRAL}
    best = min(rivals, key=lambda stance: rivals[stance].measures(own)[COST])
    return [
        _against_twin(mine[COST], twin[COST]),
        _against_ghost(mine, rivals[best].measures(own), best),
        _who_stopped(game, own),
    ]


def _said(key: str, **values: Any) -> dict[str, Any]:
    return {"key": key, "values": values}


def _against_twin(mine: float, twin: float) -> dict[str, Any]:
    difference = shown_difference(mine, twin)
    if difference == 0.0:
        return _said("twin_even", cost=mine)
    key = "twin_cheaper" if mine < twin else "twin_dearer"
    return _said(key, cost=mine, twin=twin, difference=difference)


def shown_difference(one: float, other: float) -> float:
    """How far two numbers differ as they are shown, so that a sentence with all three adds up.

    >>> shown_difference(76.66, 76.14), shown_difference(76.06, 76.14)
    (0.6, 0.0)
    """
    return abs(round(round(one, DECIMALS) - round(other, DECIMALS), DECIMALS))


def differences(mine: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """What each part of the cost of a unit is more than another's; negative where it is less."""
    return {
        part: (other[part] - mine[part]) if part == DEDUCTED else (mine[part] - other[part])
        for part in COST_PARTS
    }


def _against_ghost(
    mine: Mapping[str, float], other: Mapping[str, float], stance: str
) -> dict[str, Any]:
    more = differences(mine, other)
    saved, lost = min(more, key=lambda part: more[part]), max(more, key=lambda part: more[part])
    values = {
        "ghost": stance,
        "saved_on": saved,
        "saved": max(0.0, -more[saved]),
        "lost_on": lost,
        "lost": max(0.0, more[lost]),
        "difference": shown_difference(mine[COST], other[COST]),
    }
    return _said("ghost_cheaper" if other[COST] < mine[COST] else "ghost_dearer", **values)


def _who_stopped(game: Game, player: int) -> dict[str, Any]:
    """The supplier whose disclosure fell most below its height, and the year in which it did."""
    largest, found = 0.0, _said("nobody_stopped")
    records = game.records(player)
    for slot in range(records.shape[1]):
        column = records[:, slot]
        for firm, start in sorted(
            {(int(r["firm"]), int(r["start"])) for r in column if r["seller"] != NOBODY}
        ):
            here = (column["firm"] == firm) & (column["start"] == start)
            here &= column["seller"] != NOBODY
            told = column["business_disclosure_by_seller"][here]
            months = np.flatnonzero(here)
            height = int(told.argmax())
            below = np.flatnonzero(told[height:] < STOPPED * told[height])
            fall = float(told[height] - told[-1])
            if len(below) and told[-1] < STOPPED * told[height] and fall > largest:
                largest = fall
                year = int(months[height + below[0]]) // MONTHS + 1
                found = _said("stopped", supplier=firm, year=year, height=float(told[height]))
    return found
