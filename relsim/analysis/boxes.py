"""Scenario discovery: the region of parameter space in which a condition holds, as boxes.

A box is a limit or two on each of a few parameters. A small decision tree (CART, scikit-learn) cuts
parameter space into boxes; how many is decided by cross-validation. Of each box there are (Bryant &
Lempert 2010, Technological Forecasting and Social Change 77(1), 34-49)

- ``density``: the share of its points at which the condition holds;
- ``coverage``: the share of all points at which it holds that are in the box.

A box that was looked for is always dense among the points it was found with. So the search is
repeated five times, each time without a fifth of the points, and if it finds the box again, that is
judged on the fifth that it has not seen: ``tested``. Only boxes that are found again most times,
and are denser there than all points together, beyond chance, are reported.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from relsim.analysis.conditions import Condition
from relsim.analysis.outcomes import Stored, parameters_of, replicates_there, stored
from relsim.analysis.statistics import Share, share_of
from relsim.analysis.trees import (
    MAX_BOXES,
    Box,
    Truths,
    as_numbers,
    boxes_of,
    check_library,
    folds,
    overlap,
    tree_of,
)
from relsim.io.errors import InputError, within

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIN_POINTS, MIN_SHARE = 10, 0.05
"""Points that a box must have: so many, and this share of all."""

ALIKE = 0.5
"""Overlap (Jaccard) from which a box that is found without some points is the same one."""

MIN_AGAIN = 3
"""Of the five repetitions, those that must find a box again."""


class Where:
    """Where a condition holds.

    Attributes
    ----------
    condition : str
        The condition.
    judged : str
        How it was judged at a point.
    points : DataFrame
        A row a point at which it could be judged: ``point``, its parameters, ``holds``.
    left_out : int
        Points at which nothing was measured.
    boxes : DataFrame
        A row a box, the one that gathers most first: ``box`` (its limits in words), ``points``,
        ``share`` of all points, ``density``, ``coverage``, ``tested`` with ``low`` and ``high``
        (95%).
    """

    def __init__(self, condition: str, judged: str, points: pd.DataFrame, left_out: int) -> None:
        self.condition, self.judged = condition, judged
        self.points, self.left_out = points, left_out
        self._columns = as_numbers(points.drop(columns=["point", "holds"]))
        self._holds = points["holds"].to_numpy(bool)
        self._least = max(MIN_POINTS, math.ceil(MIN_SHARE * len(points)))
        self.overall = share_of(self._holds)
        self._found = self._search()
        self.boxes = pd.DataFrame(
            [self._row(box, tested) for box, tested in self._found],
            columns=[
                *("box", "points", "share", "density", "coverage", "tested", "low", "high"),
            ],
        )

    def __repr__(self) -> str:
        return f"<Where {self.condition}: {self.sentence}>"

    @property
    def sentence(self) -> str:
        """What came out, in a sentence."""
        share, hits, count = self.overall.share, self.overall.hits, self.overall.points
        if hits in (0, count):
            return f"Holds at {'none' if hits == 0 else 'all'} of {count} points."
        whole = f"Holds at {share:.0%} of {count} points"
        if not len(self.boxes):
            return f"{whole}; no box was found in which it is surely more often so."
        best = self.boxes.iloc[0]
        return (
            f"{whole}; in the box {best['box']} ({best['share']:.0%} of points) at "
            f"{best['tested']:.0%} when tested on points not used to find it (density "
            f"{best['density']:.0%}), which has {best['coverage']:.0%} of all such points "
            "(coverage)."
        )

    @cached_property
    def deciding(self) -> list[str]:
        """Parameters in the order of how much they decide; those of the best box first."""
        own = list(self._found[0][0].limits) if self._found else []
        tree = tree_of(self._columns, self._holds, self._least, MAX_BOXES) if self._mixed else None
        weights = tree.feature_importances_ if tree is not None else np.zeros(len(self._columns.T))
        ranked = [str(self._columns.columns[i]) for i in np.argsort(-weights, kind="stable")]
        order = sorted(own, key=ranked.index)
        return order + [name for name in ranked if name not in order]

    def plot(self) -> Figure:
        """Draw the points over the two parameters that decide most, and the best box."""
        from relsim.plots import boxes

        limits = self._found[0][0].limits if self._found else {}
        return boxes.where(
            self._columns, self._holds, self.deciding[:2], limits, (self._title, self._note)
        )

    @property
    def _title(self) -> str:
        """The condition, and where it holds."""
        if not len(self.boxes):
            return f"{self.condition}\n{self.sentence.rstrip('.')}"
        best = self.boxes.iloc[0]
        return (
            f"{self.condition}\nholds at {best['tested']:.0%} of points where {best['box']}, at "
            f"{self.overall.share:.0%} of all"
        )

    @property
    def _note(self) -> str:
        """How the figure is to be read."""
        words = [f"{len(self._holds)} points, judged {self.judged}."]
        if len(self.boxes):
            best = self.boxes.iloc[0]
            words.append(
                f"Box: {best['share']:.0%} of points, coverage {best['coverage']:.0%}, density "
                f"{best['density']:.0%}; on points not used to find it {best['tested']:.0%} "
                f"(95% interval {best['low']:.0%} to {best['high']:.0%})."
            )
            if others := set(self._found[0][0].limits) - set(self.deciding[:2]):
                words.append(
                    f"Pale: points outside of its limits of {' and '.join(sorted(others))}."
                )
        return " ".join(words)

    # --- looking for boxes ------------------------------------------------------------------------

    @property
    def _mixed(self) -> bool:
        """Whether there are points enough of either kind to look for a box."""
        hits = int(self._holds.sum())
        return min(hits, len(self._holds) - hits) >= self._least

    def _search(self) -> list[tuple[Box, Share]]:
        """Boxes that stand the test, the one first that gathers most."""
        if not self._mixed:
            return []
        every = np.ones(len(self._holds), bool)
        found = [
            (box, share_of(self._tested(box)))
            for box in boxes_of(self._columns, self._holds, every, self._least)
        ]
        sure = [(box, test) for box, test in found if test.low > self.overall.share]
        return sorted(sure, key=lambda pair: -self._gathered(pair[0]))

    def _gathered(self, box: Box) -> float:
        """Points at which it holds beyond what as many points have on average."""
        return float((self._holds[box.inside] - self.overall.share).sum())

    def _tested(self, box: Box) -> Truths:
        """Outcomes at points in this box when it is found again without them."""
        seen = []
        for kept, others in self._repeated:
            overlaps = [overlap(other.inside, box.inside) for other in others]
            if max(overlaps, default=0.0) >= ALIKE:
                again = others[int(np.argmax(overlaps))]
                seen.append(self._holds[again.inside & ~kept])
        return np.concatenate(seen) if len(seen) >= MIN_AGAIN else np.zeros(0, bool)

    @cached_property
    def _repeated(self) -> list[tuple[Truths, list[Box]]]:
        """The search without a part of the points, once for each part."""
        found = []
        for kept in folds(self._holds):
            least = max(MIN_POINTS // 2, int(self._least * kept.mean()))
            found.append((kept, boxes_of(self._columns, self._holds, kept, least)))
        return found

    def _row(self, box: Box, tested: Share) -> list[Any]:
        inside = self._holds[box.inside]
        words = " and ".join(
            limit_text(name, self._columns[name], *ends) for name, ends in box.limits.items()
        )
        coverage = float(inside.sum() / self._holds.sum())
        return [words, len(inside), box.inside.mean(), inside.mean(), coverage, *tested[:3]]


def where(results: Stored, condition: str, share: float | None = None) -> Where:
    """Find where in a sweep's parameter space a condition on its measures holds.

    Parameters
    ----------
    results : Stored
        A stored sweep.
    condition : str
        See ``relsim.analysis.conditions``.
    share : float, optional
        Judge the condition in every replicate: it holds at a point if it does in this share of
        them. If not given, means over replicates are judged.

    Returns
    -------
    Where
        ``sentence``, ``boxes``, ``points`` and ``plot()``.

    Raises
    ------
    InputError
        If the condition is not understood, or scikit-learn is not installed.
    """
    check_library()
    if share is not None:
        within("share", share, 0.0, 1.0)
    read = Condition(condition, stored(results))
    holds = read.holds(share)
    there = ~np.isnan(holds)
    if not there.any():
        raise InputError(f"condition {read.text!r}: there is no point at which it could be judged")
    points = results.points[["point", *parameters_of(results)]][there].reset_index(drop=True)
    runs, seed = replicates_there(results, points["point"]), f"seed {results.plan.seed}"
    judged = f"on means over {runs}, {seed}"
    if share is not None:
        judged = f"in single replicates ({runs}, {seed}); in {share:.0%} of them it must hold"
    left = int((~there).sum())
    return Where(read.text, judged, points.assign(holds=holds[there].astype(bool)), left)


def limit_text(name: str, values: pd.Series, low: float, high: float) -> str:
    """A limit in words, whole numbers as such.

    >>> limit_text("horizon", pd.Series([1, 30]), 20.5, math.inf)
    'horizon > 20'
    >>> limit_text("preset is services", pd.Series([False, True]), -math.inf, 0.5)
    'not preset is services'
    """
    if values.dtype.kind == "b":
        return name if low > 0.0 else f"not {name}"
    if values.dtype.kind == "i":
        low, high = (np.floor(end) for end in (low, high))
    upper = f"{name} <= {_short(high)}" if high < math.inf else name
    if low == -math.inf:
        return upper
    return f"{_short(low)} < {upper}" if high < math.inf else f"{name} > {_short(low)}"


def _short(value: float) -> str:
    """Three figures of a number.

    >>> _short(0.17654), _short(6453.2)
    ('0.177', '6,450')
    """
    return f"{float(f'{value:.3g}'):,g}"
