"""Problems: how many of a kind a delivery brings.

Part of delivery. The sources tell of problems and what follows from them (B8), not how many there
are.

Assumption of ours: the number is a Poisson draw, at a rate that falls exponentially with quality
and grows with the units that can fail.
"""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled

MAX_QUALITY = 3.0
"""Quality, of either sign, beyond which problems get no rarer or more frequent: a factor of 20."""

MAX_EVENTS = 20.0
"""Problems of one kind in a month beyond which they are not counted: the sum must end."""


@compiled
def proneness(quality: float) -> float:
    """How much more often than at the market's mean there are problems: ``exp(-quality)``.

    >>> proneness(0.0), round(proneness(0.5), 4)
    (1.0, 0.6065)
    """
    return math.exp(-max(-MAX_QUALITY, min(MAX_QUALITY, quality)))


@compiled
def problem_rate(
    rate: float, units_at_risk: float, units_per_account: float, proneness: float
) -> float:
    """Expected problems in a month: ``rate * units_at_risk / units_per_account * proneness``.

    >>> problem_rate(0.25, 50.0, 50.0, 0.5)
    0.125
    """
    return rate * units_at_risk / units_per_account * proneness


@compiled
def poisson(mean: float, uniform: float) -> float:
    """Number of events, by inverting the distribution, at most ``MAX_EVENTS``.

    >>> poisson(0.25, 0.5), poisson(0.25, 0.9), poisson(2.0, 0.7)
    (0.0, 1.0, 3.0)
    """
    none = math.exp(-min(MAX_EVENTS, mean))
    term = 1.0
    terms = 1.0
    events = 0.0
    while uniform > none * terms and events < MAX_EVENTS:
        events += 1.0
        term = term * (mean / events)
        terms += term
    return events


@compiled
def poisson_of_few(mean: float, uniform: float) -> float:
    """Number of events where there are mostly none: ``poisson``, at less cost.

    >>> poisson_of_few(0.25, 0.5), poisson_of_few(0.25, 0.9)
    (0.0, 1.0)
    """
    # The chance of none is at least 1 - mean: that spares most exponentials.
    return 0.0 if uniform <= 1.0 - mean else poisson(mean, uniform)
