"""Numbers that change are changed on purpose."""

import numpy as np

from tests import baseline

TOLERANCE = 1e-9
"""Relative: other processors and libraries may differ in the last bits."""


def test_all_measures_are_those_of_the_baseline() -> None:
    """Moved on purpose? python -m tests.baseline, and "Numbers moved" in CHANGELOG.md."""
    now, stored = baseline.now(), baseline.stored()
    assert list(now.index) == list(stored.index)
    assert set(now.columns) == set(stored.columns)
    kept = stored[now.columns].to_numpy(float)
    moved = ~np.isclose(now.to_numpy(float), kept, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
    cells = [
        f"{now.index[row]}, {now.columns[column]}: {kept[row, column]} -> {now.iloc[row, column]}"
        for row, column in zip(*np.nonzero(moved), strict=True)
    ]
    assert not cells, "\n".join([f"{len(cells)} numbers moved, such as", *cells[:10]])
