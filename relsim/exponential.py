"""The exponential function, as one short stretch of arithmetic.

A call of the C library's would interrupt the compiled run four times a relationship and month, and
its numbers differ from one system to another in the last bit. This one becomes part of the equation
that uses it and has the same bits everywhere.

``e**x`` is ``2**whole * 2**part * e**rest``: steps of 1/64 of a power of two, tabled, and a rest so
small that five terms of the series are exact to the last bit or so.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np

from relsim.compilation import compiled

FARTHEST = 88.0
"""Largest exponent of either sign; powers of two are tabled as far as that."""

BITS = 6
PARTS = 1 << BITS
"""Steps into which every power of two is divided: a power of two itself."""

WHOLES = 256
"""Powers of two that are tabled, half of them below one: a power of two as well."""

with localcontext() as _context:
    _context.prec = 40
    _STEP = Decimal(2).ln() / PARTS
    STEPS = float(1 / _STEP)
    # A step in two pieces: the first so short that a number of steps times it is exact.
    LONG_PIECE = float(np.floor(float(_STEP) * 2.0**38) / 2.0**38)
    SHORT_PIECE = float(_STEP - Decimal(LONG_PIECE))
    POWERS_OF_PARTS = np.array([float(Decimal(2) ** (Decimal(n) / PARTS)) for n in range(PARTS)])

POWERS_OF_WHOLES = np.array([2.0**n for n in range(-WHOLES // 2, WHOLES // 2)])

ROUNDING = 1.5 * 2.0**52
"""Added and taken away again, it leaves the nearest whole number."""


@compiled
def exponential(x: float) -> float:
    """``e**x``, within two units of the last place.

    Parameters
    ----------
    x : float
        Exponent, from ``-FARTHEST`` to ``FARTHEST``.

    Returns
    -------
    float
        Above 0. Beyond the range a wrong number.

    Examples
    --------
    >>> exponential(0.0), round(exponential(1.0), 12)
    (1.0, 2.718281828459)
    """
    steps = (x * STEPS + ROUNDING) - ROUNDING
    rest = (x - steps * LONG_PIECE) - steps * SHORT_PIECE
    place = int(steps) + WHOLES // 2 * PARTS
    power = POWERS_OF_WHOLES[(place >> BITS) & (WHOLES - 1)] * POWERS_OF_PARTS[place & (PARTS - 1)]
    square = rest * rest
    series = rest + square * ((1 / 2 + rest * (1 / 6)) + square * (1 / 24 + rest * (1 / 120)))
    result: float = power + power * series
    return result
