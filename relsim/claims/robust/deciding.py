"""What decides where a claim holds: parameters, ranked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.claims.forms import Claim
from relsim.claims.robust.judging import Judged
from relsim.claims.statistics import HOLDS
from relsim.plots.palette import beyond_chance
from relsim.studies import space

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

MIN_POINTS = 20
"""Points on either side that a ranking of what decides needs."""

DIRECTION, SIZE = "right direction", "larger effect"
"""What is asked of points where too few tell whether a claim holds; larger than the median."""

LEADING = 3
"""Parameters that a line names as deciding."""


class Deciding(NamedTuple):
    """What was asked of each point, the answers, where it could be asked, and the ranking."""

    asked: str
    answers: NDArray[np.bool_]
    there: NDArray[np.bool_]
    ranking: pd.DataFrame


def deciding(found: Judged, claim: Claim, design: pd.DataFrame) -> Deciding | None:
    """Rank the parameters by how far they decide whether a claim holds.

    Parameters
    ----------
    found : Judged
        Verdicts at every point.
    claim : Claim
        Which claim.
    design : DataFrame
        A row a point, a column a parameter.

    Returns
    -------
    Deciding or None
        By ``studies.space.deciding``. If it holds at fewer than ``MIN_POINTS`` points, or at all
        but so many, that cannot be ranked; then whether it has the right direction is, or failing
        that whether the effect of its first part is above its median. None with too few points.
    """
    everywhere = np.ones(len(design), bool)
    right = found.everywhere(claim, found.right)
    column = next(one for one in found.columns(claim) if found.part(one).counts)
    first = found.part(column)
    sign = first.direction or -1
    size = sign * (found.means if first.direction else np.abs(found.means))[:, column]
    measured = np.isfinite(size)
    middle = np.median(size[measured]) if measured.any() else math.nan
    with np.errstate(invalid="ignore"):
        above = size > middle
    for asked, answers, there in (
        (HOLDS, found.verdict(claim) == HOLDS, everywhere),
        (DIRECTION, right, everywhere),
        (SIZE, above, measured),
    ):
        if min(answers[there].sum(), (~answers[there]).sum()) >= MIN_POINTS:
            ranking = space.deciding(design[there], answers[there])
            return Deciding(asked, answers, there, ranking)
    return None


def in_words(one: Deciding | None) -> str:
    """What decides, in a few words: only what is beyond chance.

    >>> in_words(None)
    'too few points to tell'
    """
    if one is None:
        return "too few points to tell"
    sure = one.ranking[beyond_chance(one.ranking)].head(LEADING)
    names = [
        f"{name.replace('_', ' ')} ({side})"
        for name, side in zip(sure["parameter"], sure["wins_where"], strict=True)
    ]
    text = ", ".join(names) or "nothing beyond chance"
    return text if one.asked == HOLDS else f"{one.asked}: {text}"


def rankings(every: Mapping[str, Deciding | None]) -> pd.DataFrame:
    """Rankings of all claims in one table.

    Parameters
    ----------
    every : mapping
        From ``deciding``, by the id of the claim.

    Returns
    -------
    DataFrame
        A row a claim and parameter, the most deciding first: ``claim``, ``asked``, and the columns
        of ``studies.space.deciding``.
    """
    import pandas as pd

    tables = []
    for claim, one in every.items():
        if one is not None:
            rows = one.ranking.copy()
            rows.insert(0, "asked", one.asked)
            rows.insert(0, "claim", claim)
            tables.append(rows)
    columns = ["claim", "asked", "parameter", "distance", "wins_where", "p"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)
