"""Curves and intervals from a stored sweep, tables in and tables out.

A sweep has two kinds of chance: which points a design drew, and which luck the replicates met.
Where points were chosen (a grid, a table) intervals are over replicates, and say how much the luck
matters for just these points. Where a design was drawn (Latin hypercube, Sobol, Morris) they are
over points too: another draw would have found other points. All hold 95%.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from relsim.comparison import CONFIDENCE
from relsim.errors import InputError, known

Floats = NDArray[np.float64]

DRAWN = ("latin_hypercube", "sobol", "morris")
"""Designs whose points are a sample."""

PERIOD = "period"
MOST_LEVELS = 25
"""Distinct values, or points, up to which each has its own place on a curve."""

BINS = 8
LEAST_IN_BIN = 5

KEYS = ("point", "arm", "replicate", "seed", "seconds", "buyer", PERIOD)
"""Columns of a sweep's tables that are no measures."""

ROUND = (1, 2, 5)
LEAST_REPLICATES = 5
"""From which the table begins: intervals of fewer say little, and differ wildly."""

MOST_REPLICATES = 1_000_000


class Stored(Protocol):
    """What a stored sweep must offer to be read; see ``relsim.load``."""

    @property
    def plan(self) -> Any:
        """What was to be run; see ``relsim.sweep.Plan``."""

    @property
    def points(self) -> pd.DataFrame:
        """A row a design point: ``point`` and a column a parameter that differs."""

    @property
    def runs(self) -> pd.DataFrame:
        """A row a run: ``point``, ``arm``, ``replicate``, ``seed`` and every measure kept."""

    @property
    def buyers(self) -> pd.DataFrame:
        """A row a buyer of a run; empty if not kept."""

    @property
    def series(self) -> pd.DataFrame:
        """A row a period of a run; empty if not kept."""


# --- what was stored ------------------------------------------------------------------------------


def parameters_of(results: Stored) -> list[str]:
    """Names of the parameters that differ between points, in the order of the design."""
    return [name for name in results.points.columns if name != "point"]


def arms_of(results: Stored) -> list[str]:
    """Names of the arms, in the order of the plan."""
    return list(results.plan.arm_names)


def measures_of(table: pd.DataFrame) -> list[str]:
    """Names of the measures in one of a sweep's tables."""
    return [
        name
        for name in table.columns
        if name not in KEYS and pd.api.types.is_numeric_dtype(table[name])
    ]


def outcomes(
    results: Stored, measure: str, arm: str | None = None, minus: str | None = None
) -> pd.DataFrame:
    """One measure of one arm, or of the difference of two, by point and replicate.

    Parameters
    ----------
    results : Stored
        A stored sweep.
    measure : str
        One of those that it kept.
    arm : str, optional
        Which; may be left out where there is one only.
    minus : str, optional
        Another arm, to be subtracted run by run: both met the same luck.

    Returns
    -------
    DataFrame
        A row a point of the design, a column a replicate; ``nan`` where a run failed or is yet to
        be made.

    Raises
    ------
    InputError
        If measure or arm are not in the sweep.
    """
    known("measure in this sweep", [measure], measures_of(results.runs))
    arms = arms_of(results)
    if arm is None:
        if len(arms) > 1:
            raise InputError(f"arm = None: allowed is one of {', '.join(arms)}")
        arm = arms[0]
    known("arm of this sweep", [arm] if minus is None else [arm, minus], arms)
    if arm == minus:
        raise InputError(f"{arm!r} minus itself is nothing: allowed are two different arms")
    found = _wide(results, measure, arm)
    return found if minus is None else found - _wide(results, measure, minus)


def _wide(results: Stored, measure: str, arm: str) -> pd.DataFrame:
    runs = results.runs
    chosen = runs[runs["arm"] == arm]
    # pivot_table would take the mean of a run that is there twice; this raises.
    wide = chosen.pivot(index="point", columns="replicate", values=measure)  # noqa: PD010
    return wide.reindex(results.points["point"]).astype(float)


def arm_name(arm: str, minus: str | None = None) -> str:
    """Name of an arm, or of the difference of two, as tables and pictures have it.

    >>> arm_name("trusting", "aggressive")
    'trusting - aggressive'
    """
    return arm if minus is None else f"{arm} - {minus}"


def half_widths(deviation: Any, count: Any) -> Floats:
    """Half the width of t intervals of means.

    Parameters
    ----------
    deviation : array_like
        Standard deviations of single values.
    count : array_like
        How many values each mean is of.

    Returns
    -------
    ndarray
        ``nan`` where there are fewer than two.

    Examples
    --------
    >>> half_widths(1.0, [1, 10]).round(4)
    array([   nan, 0.7154])
    """
    from scipy.special import stdtrit

    number = np.asarray(count, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        width = stdtrit(number - 1.0, 0.5 + CONFIDENCE / 2.0) * deviation / np.sqrt(number)
    return np.where(number > 1.0, width, np.nan)


# --- curves ---------------------------------------------------------------------------------------


class _Source(NamedTuple):
    """Rows of a sweep with their parameters, and how to read them."""

    table: pd.DataFrame
    drawn: bool
    of_buyers: bool
    units: tuple[str, ...]


def curve(
    results: Stored,
    x: str,
    y: str,
    by: str | None = "arm",
    *,
    of_buyers: bool = False,
    bins: int = BINS,
) -> pd.DataFrame:
    """Find how one thing goes with another in a stored sweep.

    Parameters
    ----------
    results : Stored
        A stored sweep.
    x : str
        A parameter, a measure, or ``period`` (of a sweep that kept series).
    y : str
        A measure.
    by : str, optional
        What has a curve for each of its values: ``arm``, or a parameter of few values.
    of_buyers : bool
        Whether to compare buyers of one market with each other, by the rank of their ``x`` within
        it, instead of whole markets; of a sweep that kept rows per buyer.
    bins : int
        How many groups, equally large, where ``x`` has too many values for a place each.

    Returns
    -------
    DataFrame
        A row a place of a curve: ``by`` (text), ``x``, ``mean``, ``low``, ``high`` (95%) and
        ``count``, how many points, or of a chosen design replicates, it is of.

    Raises
    ------
    InputError
        If a name is unknown, or the rows it needs were not kept.
    """
    if isinstance(bins, bool) or not isinstance(bins, int) or bins < 2:
        raise InputError(f"bins = {bins!r}: allowed is a whole number from 2")
    source = _source(results, x, y, by, of_buyers)
    parameters = parameters_of(results)
    tables = []
    for name, rows in _groups(source.table, by, arms_of(results)):
        place, units = _places(rows, x, source, x in parameters, bins)
        found = _banded(rows, x, y, place, units)
        found.insert(0, "by", name)
        tables.append(found)
    return pd.concat(tables, ignore_index=True)


def _source(results: Stored, x: str, y: str, by: str | None, of_buyers: bool) -> _Source:
    kind = "buyers" if of_buyers else "series" if x == PERIOD else "runs"
    table: pd.DataFrame = getattr(results, kind)
    if not len(table):
        raise InputError(f'this sweep has no rows in {kind}: its plan must keep = ["{kind}"]')
    parameters = parameters_of(results)
    measures = measures_of(table)
    over = [*measures, *((PERIOD,) if kind == "series" else () if of_buyers else parameters)]
    known(f"x in {kind} of this sweep", [x], over)
    known(f"measure in {kind} of this sweep", [y], measures)
    if by is not None:
        known("by", [by], ["arm", *parameters])
    if by == x:
        raise InputError(f"by = {by!r}: allowed is another than x")
    if x in parameters and not pd.api.types.is_numeric_dtype(results.points[x]):
        raise InputError(f"x = {x!r} is no number: allowed is it as by")
    added = [name for name in (x, by) if name in parameters and name not in table]
    if added:
        table = table.merge(results.points[["point", *dict.fromkeys(added)]], on="point")
    if by is not None and table[by].nunique() > MOST_LEVELS:
        raise InputError(
            f"by = {by!r} has {table[by].nunique()} values: allowed is one with up to {MOST_LEVELS}"
        )
    return _Source(table, results.plan.design in DRAWN, of_buyers, _units(results.plan))


def _units(plan: Any) -> tuple[str, ...]:
    """Over what intervals are: what another sweep of the kind would have drawn anew."""
    if plan.design not in DRAWN:
        return ("replicate",)
    # With luck of its own at each point, the means of points differ by luck already.
    shared = plan.luck == "shared" and plan.replicates > 1
    return ("point", "replicate") if shared else ("point",)


def _groups(table: pd.DataFrame, by: str | None, arms: list[str]) -> list[tuple[str, pd.DataFrame]]:
    if by is None:
        return [("", table)]
    there = set(table[by])
    names = [name for name in arms if name in there] if by == "arm" else sorted(there)
    words = [name if by == "arm" else f"{by} = {_written(name)}" for name in names]
    return [(word, table[table[by] == name]) for word, name in zip(words, names, strict=True)]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _places(
    rows: pd.DataFrame, x: str, source: _Source, is_parameter: bool, bins: int
) -> tuple[Any, list[Any]]:
    """Which place on the curve each row belongs to, and to which units of the interval."""
    units = [rows[name] for name in source.units]
    if x == PERIOD:
        return rows[x], units
    if source.of_buyers:
        rank = rows.groupby(["point", "replicate"])[x].rank(method="first", pct=True)
        return np.ceil(rank * bins), units
    if is_parameter and not source.drawn and rows[x].nunique() <= MOST_LEVELS:
        return rows[x], units
    means = rows.groupby("point")[x].mean()
    if len(means) == 1:
        # One market only: what is left to look at is how its runs differ by luck.
        return _ranked(rows[x], bins), [np.arange(len(rows))]
    if not source.drawn and len(means) <= MOST_LEVELS:
        return rows["point"], units
    return rows["point"].map(_ranked(means, bins)), units


def _ranked(values: pd.Series, bins: int) -> pd.Series:
    """Groups of equal size by rank, fewer where there are too few values."""
    groups = max(1, min(bins, len(values) // LEAST_IN_BIN))
    return np.ceil(values.rank(method="first", pct=True) * groups)


def _banded(rows: pd.DataFrame, x: str, y: str, place: Any, units: list[Any]) -> pd.DataFrame:
    """Mean and interval of every place, from the means of its units.

    Two kinds of unit, points and replicates, are crossed: the variances of both means add up (a
    little too much, since a run's own luck is in both), with Satterthwaite's degrees of freedom.
    """
    from scipy.special import stdtrit

    table = pd.DataFrame(
        {"place": np.asarray(place), "x": rows[x].to_numpy(float), "y": rows[y].to_numpy(float)}
        | {f"unit {number}": np.asarray(unit) for number, unit in enumerate(units)}
    ).dropna()
    variance: Any = 0.0
    spent: Any = 0.0
    found = pd.DataFrame()
    for number in range(len(units)):
        means = table.groupby(["place", f"unit {number}"])[["x", "y"]].mean().groupby("place")
        count = means["y"].count()
        part = means["y"].var() / count
        variance, spent = variance + part, spent + part * part / (count - 1.0)
        if number == 0:
            found = means.mean().rename(columns={"y": "mean"}).assign(count=count)
    # Of no variance at all any number of degrees will do.
    freedom = (variance * variance / spent).where(variance > 0.0, 1.0)
    half = stdtrit(freedom, 0.5 + CONFIDENCE / 2.0) * np.sqrt(variance)
    found["low"], found["high"] = found["mean"] - half, found["mean"] + half
    found = found[["x", "mean", "low", "high", "count"]]
    return found.sort_values("x", ignore_index=True)


# --- how many replicates --------------------------------------------------------------------------


def replicates(results: Stored, measure: str) -> pd.DataFrame:
    """Find how the interval of a measure shrinks with the number of replicates.

    Parameters
    ----------
    results : Stored
        A stored sweep with two replicates or more.
    measure : str
        One of those that it kept.

    Returns
    -------
    DataFrame
        A row a number of replicates, for every arm, and for the differences from the first arm on
        the same luck: ``arm``, ``replicates``, ``kind``, ``half_width`` of the 95% interval of a
        point's mean. ``stored``: of the first so many replicates, the median over points, with
        their quartiles ``low`` and ``high``. ``expected``: what the spread of all stored replicates
        lets expect of more.

    Raises
    ------
    InputError
        If the measure was not kept, or there is one replicate only.
    """
    return pd.concat(
        [
            _shrinking(arm_name(arm, minus), outcomes(results, measure, arm, minus))
            for arm, minus in pairs(results)
        ],
        ignore_index=True,
    )


def pairs(results: Stored) -> list[tuple[str, str | None]]:
    """Arms one by one, then each later one with the first, to be subtracted from it."""
    first, *others = arms_of(results)
    alone: list[tuple[str, str | None]] = [(name, None) for name in (first, *others)]
    return alone + [(name, first) for name in others]


def _shrinking(name: str, wide: pd.DataFrame) -> pd.DataFrame:
    values = wide.to_numpy()
    stored = values.shape[1]
    if stored < 2:
        raise InputError("this sweep has one replicate: allowed is one with two or more")
    rows: list[dict[str, Any]] = []
    least = min(LEAST_REPLICATES, stored)
    for count in sorted({*_round_numbers(least, stored), stored}):
        part = pd.DataFrame(values[:, :count])
        half = half_widths(part.std(axis=1), part.count(axis=1))
        low, middle, high = np.nanpercentile(half, [25, 50, 75])
        rows.append(
            {"replicates": count, "kind": "stored", "half_width": middle, "low": low, "high": high}
        )
    numbers = _round_numbers(least, 10 * stored)
    widths = half_widths(spread(wide), numbers)
    rows += [
        {"replicates": number, "kind": "expected", "half_width": width}
        for number, width in zip(numbers, widths, strict=True)
    ]
    table = pd.DataFrame(rows)
    table.insert(0, "arm", name)
    return table


def spread(wide: pd.DataFrame) -> float:
    """Standard deviation of single runs of one point, pooled over points.

    >>> spread(pd.DataFrame([[1.0, 4.0], [5.0, 9.0]]))
    2.5
    """
    return math.sqrt(wide.var(axis=1).mean())


def _round_numbers(low: int, high: int) -> list[int]:
    """1, 2, 5, 10 and so on between two numbers.

    >>> _round_numbers(2, 120)
    [2, 5, 10, 20, 50, 100]
    """
    found = [step * 10**power for power in range(7) for step in ROUND]
    return [number for number in found if low <= number <= high]


def needed(deviation: float, half_width: float) -> int:
    """Find how many replicates make the interval of a mean as narrow as wanted.

    Parameters
    ----------
    deviation : float
        Standard deviation of single runs, see ``spread``.
    half_width : float
        Half the width that the 95% interval may have.

    Returns
    -------
    int
        The least number.

    Examples
    --------
    >>> needed(1.0, 0.7155)
    10
    """
    if not half_width > 0.0:
        raise InputError(f"half width = {half_width!r}: allowed is a number above 0")
    low, high = 2, MOST_REPLICATES
    if half_widths(deviation, high) > half_width:
        raise InputError(f"half width = {half_width:g} would take more than {high} replicates")
    while low < high:
        middle = (low + high) // 2
        if half_widths(deviation, middle) <= half_width:
            high = middle
        else:
            low = middle + 1
    return low
