"""Draws of the compiled run, against numpy's generator."""

from __future__ import annotations

import numpy as np
import pytest

from relsim.engine.compilation import plain
from relsim.engine.pcg64 import fill, state_of, uniform
from tests.benchmarks.plain_mesa import generator_at


def by_numpy(generator: np.random.Generator, rows: int, uniforms: int, normals: int) -> list[bytes]:
    """Rows of draws, number by number."""
    return [
        np.array(
            [generator.random() for _ in range(uniforms)]
            + [generator.standard_normal() for _ in range(normals)]
        ).tobytes()
        for _ in range(rows)
    ]


@pytest.mark.parametrize("seed", [0, 1, 2**53 - 1])
@pytest.mark.parametrize(
    ("count", "uniforms", "normals"),
    [(4000, 3, 0), (4000, 0, 5), (4000, 4, 3), (0, 2, 2), (5, 0, 1), (5, 1, 0)],
)
def test_they_are_numpys_to_the_last_bit(
    seed: int, count: int, uniforms: int, normals: int
) -> None:
    generator = np.random.Generator(np.random.PCG64(seed))
    stream = state_of(generator)
    rows = np.zeros((count, uniforms + normals))
    fill(rows, uniforms, stream)
    assert [row.tobytes() for row in rows] == by_numpy(generator, len(rows), uniforms, normals)
    assert (stream == state_of(generator)).all()


def test_the_tail_and_the_edges_of_layers_too() -> None:
    """One normal in 3,700 lies in the tail of the ziggurat: a million have some hundreds."""
    generator = np.random.Generator(np.random.PCG64(8))
    stream = state_of(generator)
    rows = np.zeros((1000, 1000))
    fill(rows, 0, stream)
    assert (rows == generator.standard_normal(rows.shape)).all()
    assert (abs(rows) > 3.66).sum() > 100


def test_they_are_the_same_in_python() -> None:
    generator = np.random.Generator(np.random.PCG64(5))
    streams = [state_of(generator) for _ in range(2)]
    compiled, plainly = (np.zeros((300, 20)) for _ in range(2))
    fill(compiled, 6, streams[0])
    plain(fill)(plainly, 6, streams[1])
    assert compiled.tobytes() == plainly.tobytes()
    assert (streams[0] == streams[1]).all()


def test_a_state_can_be_handed_back_to_numpy() -> None:
    generator = np.random.Generator(np.random.PCG64(6))
    generator.random(7)
    assert generator_at(state_of(generator)).random() == generator.random()


def test_uniforms_are_below_one() -> None:
    assert plain(uniform)(2**64 - 1) == 1.0 - 2.0**-53
