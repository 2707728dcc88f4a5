"""What goes to workers and what comes back: plain data, whoever and wherever they are."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.design.arms import Arm
from relsim.design.measures import OwnMeasure
from relsim.design.points import plain, with_point
from relsim.design.task import Task
from relsim.model.observation import BUYER_MEASURES
from relsim.parameters import Parameters

BUYER_MEASURE_NAMES = tuple(measure.name for measure in BUYER_MEASURES)


class OtherCodeError(RuntimeError):
    """A worker has another relsim than whoever sent it work."""


class Item(NamedTuple):
    """One run of a chunk: where it belongs, and its seed."""

    point: int
    arm: int
    replicate: int
    seed: int


class Chunk(NamedTuple):
    """Some runs of a sweep, and all that they need."""

    arms: tuple[Arm, ...]
    points: dict[int, dict[str, Any]]
    items: tuple[Item, ...]
    measures: tuple[str, ...]
    keep: tuple[str, ...]
    model: str
    task: Task | None = None
    own: Mapping[str, OwnMeasure] | None = None
    time_limit: float | None = None


class Failure(NamedTuple):
    """A run that raised, did not end in time, or ended the process that it was in."""

    item: Item
    parameters: str
    error: str
    traceback: str


class Rows(NamedTuple):
    """Rows that several runs have of a table: whose they are, and columns of values."""

    run: NDArray[np.int64]
    number: NDArray[np.int64]
    cells: NDArray[np.float64]


class Outcome(NamedTuple):
    """What came of a chunk. ``run`` in rows counts the items that did not fail."""

    items: tuple[Item, ...]
    measures: NDArray[np.float64]
    parameters: list[str]
    seconds: list[float]
    failures: list[Failure]
    buyers: Rows | None
    stances: list[str]
    series: Rows | None


def written(parameters: Parameters) -> str:
    """All that was set of some parameters, as JSON; ``Parameters(**json)`` are the same again.

    Examples
    --------
    >>> written(Parameters(buyers=4, buyer_stances="loyal"))
    '{"buyer_stances": "loyal", "buyers": 4}'
    """
    given = {name: getattr(parameters, name) for name in sorted(parameters.model_fields_set)}
    return json.dumps(
        {name: value for name, value in given.items() if value is not None}, default=plain
    )


def lost(chunk: Chunk, reason: str) -> Outcome:
    """What came of a chunk of one run that ended the process it was in, each time."""
    (item,) = chunk.items
    values = chunk.points[item.point]
    text = json.dumps(values)
    with contextlib.suppress(Exception):
        text = written(with_point(chunk.arms[item.arm].parameters, values))
    nothing = np.empty((0, len(chunk.measures)))
    return Outcome((), nothing, [], [], [Failure(item, text, reason, reason)], None, [], None)
