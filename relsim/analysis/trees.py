"""Boxes of parameter space from small decision trees (CART) of scikit-learn."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from relsim.io.errors import InputError

Truths = NDArray[np.bool_]

FOLDS = 5
MAX_DEPTH = 4
"""Cuts in a row, so that a box has at most so many limits."""

MAX_BOXES = 8
SEED = 0
"""Of what is left to chance in folds and ties: the same sweep gives the same boxes."""


class Box(NamedTuple):
    """Limits on parameters: above ``low`` (exclusive) and up to ``high`` (inclusive)."""

    limits: dict[str, tuple[float, float]]
    inside: Truths


def check_library() -> None:
    """Check that scikit-learn is installed.

    Raises
    ------
    InputError
        If it is not, with what to install.
    """
    try:
        import sklearn.tree  # noqa: F401
    except ImportError:
        raise InputError(
            'where needs scikit-learn, which is not installed: pip install "relsim[where]"'
        ) from None


def as_numbers(design: pd.DataFrame) -> pd.DataFrame:
    """Parameters as numbers; of those that are names, whether they are this one, for each."""
    columns: dict[str, pd.Series] = {}
    for name, values in design.items():
        if values.dtype.kind in "iufb":
            columns[str(name)] = values
        else:
            columns |= {f"{name} is {one}": values == one for one in values.unique()}
    return pd.DataFrame(columns)


def folds(holds: Truths) -> list[Truths]:
    """Which points are kept, in turn."""
    from sklearn.model_selection import StratifiedKFold

    splits = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    found = []
    for kept, _ in splits.split(np.zeros((len(holds), 1)), holds):
        mask = np.zeros(len(holds), bool)
        mask[kept] = True
        found.append(mask)
    return found


def tree_of(columns: pd.DataFrame, holds: Truths, least: int, leaves: int) -> Any:
    """A tree of so many leaves, each with so many points at least."""
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(
        max_depth=MAX_DEPTH, min_samples_leaf=least, max_leaf_nodes=leaves, random_state=SEED
    )
    return tree.fit(columns.to_numpy(float), holds)


def _leaves(columns: pd.DataFrame, holds: Truths, least: int) -> int:
    """How many boxes have the least error (Brier) at points that they were not found with."""
    errors = np.zeros(MAX_BOXES)
    for kept in folds(holds):
        for leaves in range(1, MAX_BOXES + 1):
            expected: Any = holds[kept].mean()
            if leaves > 1:
                tree = tree_of(columns[kept], holds[kept], least, leaves)
                expected = tree.predict_proba(columns[~kept].to_numpy(float))[:, 1]
            errors[leaves - 1] += ((holds[~kept] - expected) ** 2).sum()
    return int(np.argmin(errors)) + 1


def boxes_of(columns: pd.DataFrame, holds: Truths, kept: Truths, least: int) -> list[Box]:
    """Boxes found with the points that are kept, denser than these are on average."""
    own, seen = columns[kept], holds[kept]
    leaves = _leaves(own, seen, least)
    if leaves == 1:
        return []
    found = tree_of(own, seen, least, leaves).tree_
    values = columns.to_numpy(float)
    names = [str(name) for name in columns]
    boxes: list[Box] = []

    def walk(node: int, limits: dict[str, tuple[float, float]], inside: Truths) -> None:
        """Go down to the leaves, and keep those that are dense."""
        if found.children_left[node] == found.children_right[node]:
            if holds[inside & kept].mean() > seen.mean():
                boxes.append(Box(limits, inside))
            return
        place, cut = int(found.feature[node]), float(found.threshold[node])
        low, high = limits.get(names[place], (-math.inf, math.inf))
        below = values[:, place] <= cut
        walk(found.children_left[node], {**limits, names[place]: (low, cut)}, inside & below)
        walk(found.children_right[node], {**limits, names[place]: (cut, high)}, inside & ~below)

    walk(0, {}, np.ones(len(holds), bool))
    return boxes


def overlap(first: Truths, second: Truths) -> float:
    """Points in both over points in either (Jaccard)."""
    return float((first & second).sum() / max(1, (first | second).sum()))
