"""numpy's generator PCG64 in compiled code: the same numbers, in two thirds of the time.

A sixth of a run is drawing. Compiled code that draws from a ``numpy.random.Generator`` calls a
function of numpy for every number, which finds its state in memory and leaves it there again. Here
the state stays where it is computed with, from the first number of a table to its last.

What is drawn is what ``Generator.random`` and ``Generator.standard_normal`` would draw, to the last
bit: uniforms from the upper 53 bits of a word, normals by the ziggurat of Marsaglia and Tsang
(2000) with numpy's tables of 256 layers.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload
from numba.np.random import _constants as ziggurat
from numpy.typing import NDArray

from relsim.engine.compilation import compiled

MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
"""Factor from one state to the next, modulo 2**128."""

LOWER_HALF = (1 << 64) - 1
SPACING = 2.0**-53
"""Distance between neighbouring uniforms."""

LAYER = 255
"""Bits of a word that choose the layer of the ziggurat; the next one is the sign."""

SIGNED_LAYER = 511
SIZE = (1 << 52) - 1
"""Bits above those: where in the layer."""

WIDTHS = np.concatenate([ziggurat.wi_double, -ziggurat.wi_double])
INSIDE = ziggurat.ki_double.astype(np.int64)
HEIGHTS = ziggurat.fi_double
TAIL = float(ziggurat.ziggurat_nor_r)
TAIL_SCALE = float(ziggurat.ziggurat_nor_inv_r)


def state_of(generator: np.random.Generator) -> NDArray[np.uint64]:
    """State of a generator, from which ``fill`` goes on.

    Parameters
    ----------
    generator : numpy.random.Generator
        On a ``PCG64``. It stays where it is.

    Returns
    -------
    array of uint64, shape (4,)
        State and increment, upper half first.
    """
    numbers = generator.bit_generator.state["state"]
    halves = [numbers[name] >> shift & LOWER_HALF for name in ("state", "inc") for shift in (64, 0)]
    return np.array(halves, np.uint64)


def next_word(high: int, low: int, step_high: int, step_low: int) -> tuple[int, int, int]:
    """The next state and the word of 64 bits that comes of it (O'Neill 2014, XSL-RR).

    Parameters
    ----------
    high, low : int
        Halves of the state.
    step_high, step_low : int
        Halves of the increment.

    Returns
    -------
    tuple of int
        Halves of the next state, and the word.
    """
    state = (int(high) << 64 | int(low)) * MULTIPLIER + (int(step_high) << 64 | int(step_low))
    high, low = state >> 64 & LOWER_HALF, state & LOWER_HALF
    turn = high >> 58
    mixed = high ^ low
    return high, low, (mixed >> turn | mixed << (64 - turn)) & LOWER_HALF


@intrinsic  # type: ignore[untyped-decorator]
def _next_word(context: Any, high: Any, low: Any, step_high: Any, step_low: Any) -> Any:
    """``next_word`` with a product of 128 bits, which compiled Python does not have."""
    word = types.uint64

    def generate(context: Any, builder: Any, signature: Any, halves: Any) -> Any:
        """Write the machine's instructions."""
        half, whole = ir.IntType(64), ir.IntType(128)
        shift = ir.Constant(whole, 64)
        upper, lower = (ir.Constant(half, MULTIPLIER >> move & LOWER_HALF) for move in (64, 0))

        def joined(high: Any, low: Any) -> Any:
            """Two halves as one number."""
            return builder.or_(
                builder.shl(builder.zext(high, whole), shift), builder.zext(low, whole)
            )

        # The upper half takes what the lower product carries and two products of 64 bits. In this
        # order a state waits for the last one as long as one product and one addition take.
        from_low = builder.add(
            builder.mul(builder.zext(halves[1], whole), builder.zext(lower, whole)),
            joined(halves[2], halves[3]),
        )
        low = builder.trunc(from_low, half)
        carried = builder.add(
            builder.trunc(builder.lshr(from_low, shift), half), builder.mul(halves[1], upper)
        )
        high = builder.add(builder.mul(halves[0], lower), carried)
        mixed = builder.xor(high, low)
        turn = builder.lshr(high, ir.Constant(half, 58))
        back = builder.and_(builder.neg(turn), ir.Constant(half, 63))
        turned = builder.or_(builder.lshr(mixed, turn), builder.shl(mixed, back))
        return context.make_tuple(builder, signature.return_type, [high, low, turned])

    return types.UniTuple(word, 3)(word, word, word, word), generate


@overload(next_word, inline="always")  # type: ignore[untyped-decorator]
def _compiled_next_word(high: Any, low: Any, step_high: Any, step_low: Any) -> Any:
    def call(high: Any, low: Any, step_high: Any, step_low: Any) -> Any:
        """Stand in for ``next_word`` where it is compiled."""
        return _next_word(high, low, step_high, step_low)

    return call


@compiled
def uniform(word: int) -> float:
    """A uniform number from a word, as ``Generator.random`` makes it.

    Parameters
    ----------
    word : int
        64 random bits.

    Returns
    -------
    float
        From 0, below 1.

    Examples
    --------
    >>> uniform(0), uniform(1 << 62)
    (0.0, 0.25)
    """
    return (word >> 11) * SPACING


@compiled
def fill(rows: NDArray[np.float64], uniforms: int, state: NDArray[np.uint64]) -> None:
    """Fill rows of draws: the first columns uniform, the others standard normal.

    Parameters
    ----------
    rows : array of float, shape (rows, columns)
        Where they go.
    uniforms : int
        How many columns are uniform.
    state : array of uint64, shape (4,)
        State of the generator (``state_of``); moved on.
    """
    high, low, step_high, step_low = state[0], state[1], state[2], state[3]
    columns = rows.shape[1]
    for row in range(rows.shape[0]):
        for column in range(uniforms):
            high, low, word = next_word(high, low, step_high, step_low)
            rows[row, column] = uniform(word)
        column = uniforms
        while column < columns:
            # A loop of its own, without anything that is rare.
            while column < columns:
                high, low, word = next_word(high, low, step_high, step_low)
                layer = word & LAYER
                size = word >> 9 & SIZE
                value = size * WIDTHS[word & SIGNED_LAYER]
                if size >= INSIDE[layer]:
                    break
                rows[row, column] = value
                column += 1
            if column == columns:
                break
            # One in a hundred is at the edge of its layer, and few of those in the tail.
            if layer > 0:
                high, low, word = next_word(high, low, step_high, step_low)
                drop = HEIGHTS[layer - 1] - HEIGHTS[layer]
                height = drop * uniform(word) + HEIGHTS[layer]
                if height < math.exp(-0.5 * value * value):
                    rows[row, column] = value
                    column += 1
            else:
                beyond, margin = 1.0, 0.0
                while margin + margin <= beyond * beyond:
                    high, low, word = next_word(high, low, step_high, step_low)
                    beyond = -TAIL_SCALE * math.log1p(-uniform(word))
                    high, low, word = next_word(high, low, step_high, step_low)
                    margin = -math.log1p(-uniform(word))
                rows[row, column] = -(TAIL + beyond) if size >> 8 & 1 else TAIL + beyond
                column += 1
    state[0] = high
    state[1] = low
