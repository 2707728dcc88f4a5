"""Whether a plan goes with what is in a file, and what it adds if it is to extend it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from relsim.design.identity import check_same_code, without_code
from relsim.design.plan import Plan
from relsim.design.points import plain_rows
from relsim.io.errors import InputError

EXTENDABLE = ("points", "replicates", "parameters", "arms")
"""Fields of a plan that may say more than the file has."""


def check_same(
    path: Path,
    old: dict[str, Any],
    new: dict[str, Any],
    extend: bool,
    changed_code: bool = False,
) -> bool:
    """Compare the record of a plan with that in a file.

    Parameters
    ----------
    path : Path
        Of the file.
    old, new : dict
        Record of the plan in the file, and of the one that is to go on.
    extend : bool
        Whether the new one may have more replicates, points or arms.
    changed_code : bool
        Whether its custom code may be other code.

    Returns
    -------
    bool
        Whether they are the same; if not, the file may be extended.

    Raises
    ------
    InputError
        If they differ in what may not differ.
    """
    if changed_code:
        old, new = without_code(old), without_code(new)
    check_same_code(path, old, new)
    different = [name for name in new | old if old.get(name) != new.get(name)]
    if not different:
        return True
    forbidden = [name for name in different if name not in EXTENDABLE]
    if forbidden or not extend:
        name = (forbidden or different)[0]
        hint = "" if forbidden else "--extend if it only adds replicates, points or arms, or "
        raise InputError(
            f"{path}: the plan differs: {name} = {_short(new.get(name))}, there "
            f"{_short(old.get(name))}; allowed is {hint}another file"
        )
    if new["replicates"] < old["replicates"]:
        raise InputError(
            f"replicates = {new['replicates']}: {path} has {old['replicates']}; extending only adds"
        )
    _check_arms(path, old["arms"], new["arms"])
    return False


def _check_arms(path: Path, old: list[Any], new: list[Any]) -> None:
    """See that the arms that were there are there still, and mean the same."""
    # Without arms there is one, which other arms would take the place of.
    gone = [one for one in old if one not in new] if old else new
    if gone:
        raise InputError(
            f"arms = {_short(new)}: {path} has {_short(old) if old else 'none'}; extending only "
            "adds"
        )


def new_points(path: Path, plan: Plan, kept: pd.DataFrame) -> pd.DataFrame:
    """Points that a plan has and a file has not.

    Parameters
    ----------
    path : Path
        Of the file.
    plan : Plan
        That is to go on.
    kept : DataFrame
        Points of the file, by number.

    Returns
    -------
    DataFrame
        Numbered on from those.

    Raises
    ------
    InputError
        If the plan sweeps something else, or lacks points that are there.
    """
    names = list(plan.names)
    if set(kept.columns) != {"point", *names}:
        raise InputError(
            f"parameters: {path} sweeps {', '.join(c for c in kept if c != 'point')}; "
            "extending adds no parameter"
        )
    # Points may be there twice: in a table, in a Morris design.
    left = Counter(_keys(kept, names))
    added = []
    for row in _keys(plan.points(), names):
        if left[row] > 0:
            left[row] -= 1
        else:
            added.append(row)
    gone = left.total()
    if gone:
        raise InputError(
            f"points: {gone} of those in {path} are not in the plan; extending only adds"
            + ("; allowed is a list, as in points = [200, 100]" if plan.counts else "")
        )
    frame = pd.DataFrame(added, columns=names)
    frame.insert(0, "point", np.arange(len(kept), len(kept) + len(added)))
    return frame


def _keys(points: pd.DataFrame, names: Sequence[str]) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in plain_rows(points, names)]


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
