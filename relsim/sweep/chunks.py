"""What is missing of a sweep, cut into chunks as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.design.plan import Plan
from relsim.engine.source_hash import model_hash
from relsim.sweep.worker import Chunk, Item


def beginning(
    plan: Plan, part: tuple[int, int]
) -> Iterator[tuple[dict[int, dict[str, Any]], NDArray[np.int64]]]:
    """All runs of a sweep of which nothing is done yet, those of a point and replicate at a time.

    In the order in which ``Store.missing`` finds them.
    """
    for point in range(plan.size):
        values = {point: plan.settings([point])[0]}
        for replicate in range(plan.replicates):
            if (point + replicate) % part[1] == part[0]:
                rows = [(point, place, replicate) for place in range(len(plan.variants))]
                yield values, np.array(rows)


class Chunks:
    """Cuts what is missing into chunks.

    Parameters
    ----------
    plan : Plan
        Of the sweep.
    found : iterator
        Values of some points by number, and rows of point, place of the arm, and replicate: what
        ``Store.missing`` looks up, or ``beginning``.
    time_limit : float, optional
        Seconds that a run may take.
    """

    def __init__(
        self,
        plan: Plan,
        found: Iterator[tuple[dict[int, dict[str, Any]], NDArray[np.int64]]],
        time_limit: float | None = None,
    ) -> None:
        self._plan = plan
        self._time_limit = time_limit
        self._found = found
        self._points: dict[int, dict[str, Any]] = {}
        self._rows: NDArray[np.int64] = np.empty((0, 3), np.int64)

    def take(self, count: int) -> Chunk | None:
        """Make a chunk of so many runs, or fewer at the end of some points."""
        if not len(self._rows):
            following = next(self._found, None)
            if following is None:
                return None
            self._points, self._rows = following
        rows, self._rows = self._rows[:count].tolist(), self._rows[count:]
        return Chunk(
            arms=self._plan.variants,
            points={row[0]: self._points[row[0]] for row in rows},
            items=tuple(
                # By the values in the file: a plan that extends it may number its points otherwise.
                Item(p, a, r, self._plan.seed_of(self._points[p], r))
                for p, a, r in rows
            ),
            measures=self._plan.measures,
            keep=self._plan.keep,
            model=model_hash(),
            task=self._plan.task,
            time_limit=self._time_limit,
        )


def single(chunk: Chunk) -> list[Chunk]:
    """Cut a chunk into chunks of one run."""
    return [chunk._replace(items=(item,)) for item in chunk.items]
