"""Equations that several submodels use."""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.state import LAYERS

NEUTRAL = 0.5
"""Middle of a scale from 0 to 1: what speaks neither for nor against."""


@compiled
def held(value: float, hold: float) -> float:
    """The value, or what it is held at where that is a number (``nan`` holds nothing).

    Parameters
    ----------
    value : float
        Any number.
    hold : float
        What it is held at; ``nan`` if it is not.

    Returns
    -------
    float
        In the unit of ``value``.

    Examples
    --------
    >>> held(0.5, 0.8), held(0.5, float("nan"))
    (0.8, 0.5)
    """
    return hold if hold == hold else value


@compiled
def moved(value: float, target: float, rate: float) -> float:
    """A moving average one step on: ``value + rate * (target - value)``.

    Parameters
    ----------
    value, target : float
        Average so far and newest value, in one unit.
    rate : float
        Weight of the newest, 0 to 1.

    Returns
    -------
    float
        Between the two, in their unit.

    Examples
    --------
    >>> moved(4.0, 8.0, 0.25)
    5.0
    """
    return value + rate * (target - value)


@compiled
def power(base: float, count: float) -> float:
    """``base ** floor(count)`` by multiplying: so it has the same bits compiled and in Python.

    Parameters
    ----------
    base : float
        Any number.
    count : float
        From 0.

    Returns
    -------
    float
        The product; 1 where ``count`` is below 1.

    Examples
    --------
    >>> power(0.5, 3.0), power(0.5, 3.9), power(0.5, 0.0)
    (0.125, 0.125, 1.0)
    """
    product = 1.0
    for _ in range(int(count)):
        product = product * base
    return product


@compiled
def steps_while_marginal_gain(gain: float, factor: float, cost: float, most: float) -> float:
    """How many steps somebody takes who goes on while the next one pays.

    Step ``n + 1`` is taken if ``gain * factor**n > cost``.

    Parameters
    ----------
    gain : float
        What the first step is expected to give, money, of either sign.
    factor : float
        What the next one gives, over the last one, 0 to 1.
    cost : float
        What a step costs, money, above 0.
    most : float
        Most steps, from 0.

    Returns
    -------
    float
        Whole number, 0 to ``most`` (rounded up).

    Examples
    --------
    >>> steps_while_marginal_gain(100.0, 0.5, 20.0, 12.0)
    3.0
    >>> steps_while_marginal_gain(100.0, 0.5, 20.0, 2.0)
    2.0
    """
    steps = 0
    share = 1.0
    while gain * share > cost and steps < most:
        steps += 1
        share = share * factor
    return min(float(steps), float(math.ceil(most)))


@compiled
def worth(balance: float, horizon: float, replacement: float) -> float:
    """What a relationship is worth to a side: what ending it would forgo and cost (B1, B14).

    ``max(0, balance) * horizon + replacement``: what it gives a month over the horizon, if
    anything, and the cost of replacing it.

    Parameters
    ----------
    balance : float
        What it gives, money/month, of either sign.
    horizon : float
        How far ahead the side counts, months, above 0.
    replacement : float
        Cost of replacing it, money, from 0.

    Returns
    -------
    float
        Money, from 0.

    Examples
    --------
    >>> worth(100.0, 24.0, 0.0), worth(-50.0, 24.0, 1500.0)
    (2400.0, 1500.0)
    """
    return max(0.0, balance) * horizon + replacement


@compiled
def share_told(told: float) -> float:
    """Disclosure as a share of all there is to tell.

    Parameters
    ----------
    told : float
        Disclosure in a domain, layers, 0 to 3.

    Returns
    -------
    float
        Share, 0 to 1.

    Examples
    --------
    >>> share_told(1.5)
    0.5
    """
    # Multiplied, not divided: seven times a relationship and month, and dividing takes four times
    # as long.
    return told * (1.0 / LAYERS)


@compiled
def told_by_both(by_buyer: float, by_seller: float) -> float:
    """How much of a domain both have told each other: the mean of what each told (A6, B10).

    Parameters
    ----------
    by_buyer, by_seller : float
        Disclosure of either side in the domain, layers, 0 to 3.

    Returns
    -------
    float
        Share of all there is to tell, 0 to 1.

    Examples
    --------
    >>> told_by_both(3.0, 1.5)
    0.75
    """
    return share_told(0.5 * (by_buyer + by_seller))


@compiled
def shortened(hours: float, understanding: float, saving: float) -> float:
    """Hours that a matter takes two who understand each other: ``h * (1 - saving * u)`` (A6).

    Parameters
    ----------
    hours : float
        Hours it takes two strangers, from 0.
    understanding : float
        What both know of each other, 0 to 1.
    saving : float
        Share of hours that full understanding saves, 0 to 1.

    Returns
    -------
    float
        Hours, from 0.

    Examples
    --------
    >>> shortened(2.0, 0.5, 0.5)
    1.5
    """
    return hours * (1.0 - saving * understanding)
