"""Designs: where in the space of parameters a sweep looks.

A sampled design is drawn in the unit cube, by SALib (Sobol, Morris) or scipy (Latin hypercube),
and then stretched to the ranges of the parameters. All are functions of their arguments alone, and
all but the Latin hypercube begin alike whatever their length, so that a longer one extends a
shorter one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.io.errors import InputError, known, shown, within
from relsim.parameters import Parameters, table
from relsim.parameters.mechanisms import HOLDS, SWITCHES
from relsim.parameters.stances import STANCE_RANGES

if TYPE_CHECKING:
    import pandas as pd

DESIGNS = ("grid", "latin_hypercube", "sobol", "morris", "table")
SAMPLED = ("latin_hypercube", "sobol", "morris")
SCALES = ("linear", "log")
MOST_POINTS = 10_000_000

PARTS = {"hold": "mechanism to hold", "stance_items": "stance item"}
"""Parameters that are mappings: swept entry by entry, as in ``hold.trust``."""


class Bounds(NamedTuple):
    """Between what a parameter can be swept."""

    low: float
    high: float
    integer: bool


class Range(NamedTuple):
    """A range of a parameter in a sampled design."""

    low: float
    high: float
    scale: str = "linear"

    def at(self, share: NDArray[np.float64], integer: bool) -> NDArray[Any]:
        """Values at shares of the way from low to high; every whole number as likely as another.

        Examples
        --------
        >>> Range(1.0, 4.0, "log").at(np.array([0.0, 0.5, 1.0]), integer=False).tolist()
        [1.0, 2.0, 4.0]
        >>> Range(1, 3).at(np.array([0.0, 0.5, 1.0]), integer=True).tolist()
        [1, 2, 3]
        """
        low, high = (self.low - 0.5, self.high + 0.5) if integer else (self.low, self.high)
        if self.scale == "log":
            # One by one: the exponential of an array may differ in its last bit between machines.
            first, last = math.log(max(low, 0.5) if integer else low), math.log(high)
            values = np.array([math.exp(first + (last - first) * each) for each in share.tolist()])
        else:
            values = low + (high - low) * share
        if integer:
            values = np.floor(values + 0.5)
        values = np.clip(values, self.low, self.high)
        found: NDArray[Any] = values.astype(np.int64) if integer else values
        return found


def bounds(name: str) -> Bounds | None:
    """Find between what a parameter can be swept.

    Parameters
    ----------
    name : str
        Of a parameter, or of an entry of one: ``hold.trust``, ``stance_items.horizon``.

    Returns
    -------
    Bounds or None
        None for parameters that are no numbers: names of stances, mechanisms.

    Raises
    ------
    InputError
        If there is no such parameter.

    Examples
    --------
    >>> bounds("uncertainty"), bounds("hold.trust"), bounds("buyer_stances")
    (Bounds(low=0.0, high=1.0, integer=False), Bounds(low=0.0, high=1.0, integer=False), None)
    """
    whole, dot, part = name.partition(".")
    if dot and whole in PARTS:
        ranges = HOLDS if whole == "hold" else STANCE_RANGES
        known(PARTS[whole], [part], ranges)
        low, high = ranges[part][:2]
        return Bounds(low, high, integer=part in SWITCHES)
    known("parameter", [name], Parameters.model_fields)
    if name in (*PARTS, "interventions"):
        hint = f"an entry of it, as in {name}.{next(iter(_parts(name)))}" if name in PARTS else ""
        raise InputError(
            f"parameters: {name} cannot be swept as a whole; allowed is "
            f"{hint or 'to set it in base'}"
        )
    if name == "aggressiveness":
        return Bounds(0.0, 1.0, integer=False)
    for entry in table():
        if entry.name == name:
            return Bounds(entry.low, entry.high, entry.integer)
    return None


def _parts(name: str) -> Sequence[str]:
    return list(HOLDS if name == "hold" else STANCE_RANGES)


def value(name: str, given: Any) -> Any:
    """Check one value of a swept parameter.

    Returns
    -------
    int, float, bool or str
        What a column of points can hold.

    Raises
    ------
    InputError
        If it is out of range or of another kind.

    Examples
    --------
    >>> value("candour", 1), value("buyers", 8.0)
    (1.0, 8)
    >>> value("candour", 1.5)
    Traceback (most recent call last):
    relsim.io.errors.InputError: parameters.candour = 1.5: allowed is a number from 0 to 1
    """
    limits = bounds(name)
    if isinstance(given, np.generic):
        given = given.item()
    if limits is None:
        if isinstance(given, str) or (isinstance(given, bool) and name != "without"):
            return given
        raise InputError(f"parameters.{name} = {shown(given)}: allowed is text, or true or false")
    kind = "a whole number" if limits.integer else "a number"
    right = isinstance(given, int | float) and not isinstance(given, bool)
    if not right or not limits.low <= given <= limits.high or (limits.integer and given % 1):
        raise InputError(
            f"parameters.{name} = {shown(given)}: allowed is {kind} from {limits.low:g} "
            f"to {limits.high:g}"
        )
    return int(given) if limits.integer else float(given)


def span(name: str, given: Mapping[str, Any]) -> Range:
    """Check a range of a swept parameter.

    Raises
    ------
    InputError
        If an end is missing or not allowed, or the scale is unknown.

    Examples
    --------
    >>> span("candour", {"low": 0.1, "high": 0.9})
    Range(low=0.1, high=0.9, scale='linear')
    """
    if bounds(name) is None:
        raise InputError(f"parameters.{name} = {shown(dict(given))}: allowed is a list of values")
    known(f"entry of parameters.{name}", given, Range._fields)
    for end in ("low", "high"):
        if end not in given:
            raise InputError(
                f"parameters.{name} = {shown(dict(given))}: allowed is {{ low = ..., high = ... }}"
            )
    low, high = value(f"{name}", given["low"]), value(f"{name}", given["high"])
    if not low < high:
        raise InputError(f"parameters.{name}: low = {low} and high = {high}: allowed is low < high")
    scale = given.get("scale", "linear")
    known(f"scale of parameters.{name}", [scale], SCALES)
    if scale == "log":
        within(f"parameters.{name}.low on a log scale", low, np.finfo(np.float64).tiny, high)
    return Range(low, high, scale)


# --- the designs --------------------------------------------------------------------------------


def size(
    design: str, parameters: Mapping[str, Any], counts: Sequence[int], second_order: bool
) -> int:
    """How many points a design has."""
    if design == "grid":
        return int(np.prod([len(content) for content in parameters.values()], dtype=float))
    if design == "table":
        return len(next(iter(parameters.values())))
    if design == "latin_hypercube":
        return sum(counts)
    swept = len(parameters)
    steps = {"morris": swept + 1, "sobol": (2 * swept if second_order else swept) + 2}
    return counts[0] * steps[design]


def lay_out(
    parameters: Mapping[str, Any], drawn: NDArray[np.float64] | None, *, every_combination: bool
) -> pd.DataFrame:
    """Points with their numbers: of values as they stand, of every combination, or of a sample."""
    import pandas as pd

    if drawn is not None:
        columns = {}
        for index, (name, span) in enumerate(parameters.items()):
            limits = bounds(name)
            assert limits is not None
            columns[name] = span.at(drawn[:, index], limits.integer)
        frame = pd.DataFrame(columns)
    elif every_combination:
        frame = grid(parameters)
    else:
        frame = pd.DataFrame({name: list(values) for name, values in parameters.items()})
    frame.insert(0, "point", np.arange(len(frame)))
    return frame


def grid(lists: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Every combination of the values; the last parameter moves fastest.

    Examples
    --------
    >>> grid({"candour": [0.1, 0.9], "buyers": [4, 8]}).values.tolist()
    [[0.1, 4.0], [0.1, 8.0], [0.9, 4.0], [0.9, 8.0]]
    """
    import pandas as pd

    # Column by column: millions of rows would take gigabytes as tuples.
    columns = {}
    slower, faster = 1, math.prod(len(values) for values in lists.values())
    for name, values in lists.items():
        faster //= len(values)
        kind = object if isinstance(values[0], str) else None
        columns[name] = np.tile(np.repeat(np.array(values, kind), faster), slower)
        slower *= len(values)
    return pd.DataFrame(columns)


def unit_sample(
    design: str, names: Sequence[str], counts: Sequence[int], seed: int, **options: Any
) -> NDArray[np.float64]:
    """Draw a sampled design in the unit cube.

    Parameters
    ----------
    design : str
        One of ``SAMPLED``.
    names : sequence of str
        Of the parameters.
    counts : sequence of int
        Points of every batch of a Latin hypercube; of the others one number, that of base points
        (Sobol) or trajectories (Morris).
    seed : int
        Of the plan.
    **options
        ``second_order`` (Sobol) and ``levels`` (Morris).

    Returns
    -------
    ndarray
        A row a point, a column a parameter.
    """
    if design == "latin_hypercube":
        return _latin_hypercube(len(names), counts, seed)
    problem = {
        "num_vars": len(names),
        "names": list(names),
        "bounds": [[0.0, 1.0]] * len(names),
    }
    if design == "sobol":
        from SALib.sample import sobol

        drawn = sobol.sample(
            problem,
            counts[0],
            calc_second_order=options["second_order"],
            seed=_seed(seed, 0),
        )
    else:
        from SALib.sample import morris

        # One by one, so that more of them begin with the same ones.
        drawn = np.vstack(
            [
                morris.sample(problem, 1, num_levels=options["levels"], seed=_seed(seed, number))
                for number in range(counts[0])
            ]
        )
    return np.asarray(drawn, np.float64)


def _latin_hypercube(dimensions: int, batches: Sequence[int], seed: int) -> NDArray[np.float64]:
    from scipy.stats import qmc

    drawn = [
        qmc.LatinHypercube(dimensions, rng=np.random.default_rng(_seed(seed, number))).random(count)
        for number, count in enumerate(batches)
    ]
    return np.vstack(drawn)


_POINTS = 2**32 - 1
"""Marks seeds of points: no replicate has this number."""


def _seed(seed: int, number: int) -> int:
    """Seed of a part of a design, independent of those of the runs; 32 bits, as SALib wants."""
    key = np.random.SeedSequence(seed, spawn_key=(_POINTS, number))
    return int(key.generate_state(1, np.uint32)[0])
