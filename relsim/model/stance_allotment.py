"""Who has which stance: one for all, one each, or shares of a mixture in drawn order (ODD 5)."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from relsim.io.errors import InputError, known, shown, within
from relsim.model.draws import stream_of
from relsim.model.state import Market
from relsim.parameters import Parameters
from relsim.parameters.stances import (
    BUYER_STANCES,
    NEUTRAL,
    NEUTRAL_AGGRESSIVENESS,
    STANCE_RANGES,
    interpolated,
)


def aggressiveness_of_buyers(
    parameters: Parameters, order: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Aggressiveness of each buyer, ``nan`` where it follows a stance that is not on the line."""
    count = parameters.buyers
    if parameters.aggressiveness is not None:
        return np.broadcast_to(np.asarray(parameters.aggressiveness, float), count).copy()
    return np.array([number_of(name) for name in stance_of_buyers(parameters, order)])


def number_of(stance: str | float) -> float:
    """Aggressiveness of a stance; ``nan`` if it is not on that line.

    >>> number_of("trusting"), number_of(0.3), number_of("loyal")
    (0.0, 0.3, nan)
    """
    on_the_line = {"trusting": 0.0, "aggressive": 1.0, NEUTRAL: NEUTRAL_AGGRESSIVENESS}
    return on_the_line.get(stance, math.nan) if isinstance(stance, str) else float(stance)


def allotted(stances: Any, order: NDArray[np.int64]) -> list[str]:
    """A stance name for each agent: the same for all, one each, or a mixture in drawn order."""
    count = len(order)
    if isinstance(stances, str):
        return [stances] * count
    if isinstance(stances, list):
        return list(stances)
    bounds = np.cumsum(list(stances.values())) * count
    names = list(stances)
    chosen = np.searchsorted(np.round(bounds), np.arange(count), side="right")
    drawn = np.empty(count, object)
    drawn[order] = np.array(names, object)[np.minimum(chosen, len(names) - 1)]
    return cast("list[str]", drawn.tolist())


def stance_of_buyers(parameters: Parameters, order: NDArray[np.int64]) -> list[str]:
    """Name of each buyer's stance; buyers on the continuum have none but their number."""
    if parameters.aggressiveness is not None:
        values = np.broadcast_to(np.asarray(parameters.aggressiveness, float), len(order))
        return [f"aggressiveness {value:.2f}" for value in values]
    if parameters.buyer_stances is None:
        return [NEUTRAL] * len(order)
    return allotted(parameters.buyer_stances, order)


@functools.lru_cache(maxsize=16)
def _order_of_stances(buyers: int, seed: int) -> NDArray[np.int64]:
    """Order in which a mixture of stances is dealt out to the buyers."""
    order = stream_of(seed, "stances").permutation(buyers)
    order.setflags(write=False)
    return order


def drawn_stances(parameters: Parameters, seed: int) -> list[str]:
    """Name of each buyer's stance from period 0 on, in the order of the buyers."""
    return stance_of_buyers(parameters, _order_of_stances(parameters.buyers, seed))


def items_of(stance: str | float, parameters: Parameters) -> dict[str, float]:
    """Items of a stance by its name, or by its number on the line; those set for all hold.

    Raises
    ------
    InputError
        If there is no such stance.

    Examples
    --------
    >>> items_of("trusting", Parameters())["horizon"], items_of(0.0, Parameters())["horizon"]
    (36.0, 36.0)
    >>> items_of("aggressive", Parameters(stance_items={"horizon": 9.0}))["horizon"]
    9.0
    """
    if isinstance(stance, bool) or not isinstance(stance, str | int | float):
        raise InputError(
            f"stance = {shown(stance)}: allowed is a name or an aggressiveness from 0 to 1"
        )
    return {**_items_of(stance), **parameters.stance_items}


def items_set(
    stance: str | float | Mapping[str, float], parameters: Parameters
) -> dict[str, float]:
    """Items that somebody sets: of a stance, or single ones by name; all are checked.

    Raises
    ------
    InputError
        If there is no such stance or item, or a value is out of its range.

    Examples
    --------
    >>> items_set({"horizon": 9.0}, Parameters()), len(items_set("loyal", Parameters()))
    ({'horizon': 9.0}, 6)
    """
    if not isinstance(stance, Mapping):
        return items_of(stance.item() if isinstance(stance, np.generic) else stance, parameters)
    known("item of a stance", stance, STANCE_RANGES)
    for name, value in stance.items():
        within(name, value, *STANCE_RANGES[name])
    return dict(stance)


def named(items: dict[str, float], parameters: Parameters) -> str | dict[str, float]:
    """The name of the stance that has these items, or the items if none has.

    >>> named(items_of("loyal", Parameters()), Parameters())
    'loyal'
    """
    for name in (*BUYER_STANCES, NEUTRAL):
        there = items_of(name, parameters)
        # The ends of the line of aggressiveness are named stances but for rounding.
        if all(math.isclose(items[item], there[item], abs_tol=1e-9) for item in STANCE_RANGES):
            return name
    return items


@functools.lru_cache(maxsize=1024)
def _items_of(stance: str | float) -> Mapping[str, float]:
    if not isinstance(stance, str):
        within("aggressiveness", stance, 0.0, 1.0)
        return interpolated(stance)
    known("stance", [stance], [*BUYER_STANCES, NEUTRAL])
    return BUYER_STANCES.get(stance) or interpolated(NEUTRAL_AGGRESSIVENESS)


def set_stances(market: Market, parameters: Parameters, seed: int, neutral: bool) -> None:
    """Give every buyer its stance, or the neutral one while the market warms up."""
    buyers = market.buyers
    if neutral:
        buyers["aggressiveness"] = NEUTRAL_AGGRESSIVENESS
        stance = interpolated(NEUTRAL_AGGRESSIVENESS)
        for item in STANCE_RANGES:
            buyers[item] = stance[item]
        return
    order = _order_of_stances(parameters.buyers, seed)
    names = stance_of_buyers(parameters, order)
    numbers = aggressiveness_of_buyers(parameters, order)
    # A stance by its name, or by its number on the line: names there are rounded.
    chosen: list[str | float] = [
        name if name in BUYER_STANCES else number
        for name, number in zip(names, numbers.tolist(), strict=True)
    ]
    number_of = {stance: n for n, stance in enumerate(dict.fromkeys(chosen))}
    stances = [items_of(stance, parameters) for stance in number_of]
    numbers_of = np.array([number_of[stance] for stance in chosen])
    buyers["aggressiveness"] = numbers
    for item in STANCE_RANGES:
        buyers[item] = np.array([stance[item] for stance in stances])[numbers_of]
