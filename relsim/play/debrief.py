"""The debrief: three sentences' worth of numbers from the ledgers, as keys and values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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

MOST_NAMED = 4
"""Parts of the cost that a sentence names before it sums up the others."""

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
        ``{"key": ..., "values": {...}}``: the cost against the neutral twin; in which parts one
        paid less and more than the cheaper of the other two ghosts; who stopped disclosing.
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
    """The difference to a ghost, and parts that it is made of: what is said adds up to it."""
    difference = shown_difference(mine[COST], other[COST])
    more = difference if mine[COST] > other[COST] else -difference
    parts = {part: round(each, DECIMALS) for part, each in differences(mine, other).items()}
    named = _named(parts, more)
    return _said(
        "ghost_even" if difference == 0.0 else "ghost_cheaper" if more > 0.0 else "ghost_dearer",
        ghost=stance,
        difference=difference,
        favour={part: -parts[part] for part in named if parts[part] < 0.0},
        against={part: parts[part] for part in named if parts[part] > 0.0},
        rest=_left(parts, named, more),
    )


def _named(parts: Mapping[str, float], more: float) -> list[str]:
    """Which parts to name: the largest on each side, and others until little is left.

    >>> _named({"a": -0.8, "b": 0.6, "c": 0.5, "d": 0.9, "e": -0.1}, 1.1)
    ['d', 'a', 'b']
    """
    by_size = sorted((part for part in parts if parts[part]), key=lambda part: -abs(parts[part]))
    saved = [part for part in by_size if parts[part] < 0.0]
    lost = [part for part in by_size if parts[part] > 0.0]
    named = saved[:1] + lost[:1]
    for part in by_size:
        small = min((abs(parts[each]) for each in named), default=0.0)
        if len(named) >= MOST_NAMED or abs(_left(parts, named, more)) < small:
            break
        if part not in named:
            named.append(part)
    return sorted(named, key=by_size.index)


def _left(parts: Mapping[str, float], named: Iterable[str], more: float) -> float:
    """What all parts that are not named come to together; positive where one paid more."""
    return round(more - sum(parts[part] for part in named), DECIMALS)


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
