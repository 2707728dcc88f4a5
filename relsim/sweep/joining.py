"""Chunks that come in together, stored as one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from relsim.sweep.chunks import Outcome, Rows


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """What came of several chunks, as if they had been one."""
    if len(outcomes) == 1:
        return outcomes[0]
    return Outcome(
        items=tuple(item for each in outcomes for item in each.items),
        measures=np.concatenate([each.measures for each in outcomes]),
        parameters=[text for each in outcomes for text in each.parameters],
        seconds=[one for each in outcomes for one in each.seconds],
        failures=[one for each in outcomes for one in each.failures],
        buyers=_stacked(outcomes, [each.buyers for each in outcomes]),
        stances=[name for each in outcomes for name in each.stances],
        series=_stacked(outcomes, [each.series for each in outcomes]),
    )


def _stacked(outcomes: Sequence[Outcome], tables: Sequence[Rows | None]) -> Rows | None:
    """Rows of several chunks, whose runs are counted through."""
    before = itertools.accumulate((len(each.items) for each in outcomes), initial=0)
    there = [
        rows._replace(run=rows.run + first)
        for first, rows in zip(before, tables, strict=False)
        if rows is not None
    ]
    if not there:
        return None
    return Rows(*(np.concatenate(columns) for columns in zip(*there, strict=True)))
