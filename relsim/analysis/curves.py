"""Curves with bands from a stored sweep, tables in and tables out.

A sweep has two kinds of chance: which points a design drew, and which random numbers the replicates
did. Where points were chosen (a grid, a table) intervals are over replicates, and say how much
chance matters for just these points. Where a design was drawn (Latin hypercube, Sobol, Morris) they
are over points too: another draw would have found other points. All hold 95%. One replicate whose
random numbers all points share says nothing of that chance: then there are no intervals.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from relsim.analysis.outcomes import (
    PERIOD,
    Stored,
    arm_name,
    arms_of,
    measures_of,
    parameters_of,
    stored,
)
from relsim.analysis.statistics import freedom_of_sum, half_width
from relsim.io.errors import InputError, counted, known

DRAWN = ("latin_hypercube", "sobol", "morris")
"""Designs whose points are a sample."""

MAX_LEVELS = 25
"""Distinct values, or points, up to which each has its own place on a curve."""

SWEPT = "swept "
"""Begins the names of columns of parameters; no measure has a space in its name."""

BINS = 8
MIN_IN_BIN = 5


class _Source(NamedTuple):
    """Rows of a sweep with their parameters, and how to read them."""

    table: pd.DataFrame
    x: str
    by: str | None
    drawn: bool
    of_buyers: bool
    units: tuple[str, ...]


def curve(
    results: Stored,
    x: str,
    y: str,
    by: str | None = "arm",
    *,
    minus: str | None = None,
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
        What has a curve for each of its values: ``arm``, or a parameter of few values; with
        ``none``, or None, there is one curve.
    minus : str, optional
        An arm. Instead of ``y`` itself its difference from this arm's is taken, replicate by
        replicate, for every other arm; over a parameter or ``period``, which both share.
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
    counted("bins", bins, low=2)
    by = None if by == "none" else by
    source = _source(stored(results), x, y, by, of_buyers)
    arms = arms_of(results)
    if minus is not None:
        known("arm of this sweep", [minus], arms)
        if x not in (*parameters_of(results), PERIOD):
            raise InputError(f"x = {x!r}: allowed with minus is a parameter or {PERIOD}")
        source = source._replace(table=_differences(source.table, y, minus))
        arms = [arm_name(arm, minus) for arm in arms if arm != minus]
    tables = []
    for name, rows in _groups(source, by, arms):
        place, units = _places(rows, source, bins)
        found = _banded(rows, source.x, y, place, units)
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
        known("by", [by], ["arm", *parameters, "none"])
    if by == x:
        raise InputError(f"by = {by!r}: allowed is another than x")
    if x in parameters and not pd.api.types.is_numeric_dtype(results.points[x]):
        raise InputError(f"x = {x!r} is no number: allowed is it as by")
    # Some parameters have the name of a measure.
    swept = {name: f"{SWEPT}{name}" for name in (x, by) if name in parameters}
    if swept:
        points = results.points[["point", *swept]].rename(columns=swept)
        table = table.merge(points, on="point")
    column, groups = swept.get(x, x), None if by is None else swept.get(by, by)
    if groups is not None and (count := table[groups].nunique()) > MAX_LEVELS:
        raise InputError(f"by = {by!r} has {count} values: allowed is one with up to {MAX_LEVELS}")
    drawn = results.plan.design in DRAWN
    return _Source(table, column, groups, drawn, of_buyers, _units(results.plan))


def _differences(table: pd.DataFrame, y: str, minus: str) -> pd.DataFrame:
    """Rows of all arms but one, with what they have more of ``y`` than that one."""
    keys = [name for name in ("point", "replicate", PERIOD) if name in table]
    base = table.loc[table["arm"] == minus, [*keys, y]].rename(columns={y: "less"})
    rows = table[table["arm"] != minus].merge(base, on=keys)
    if not len(rows):
        raise InputError(f"minus = {minus!r}: this sweep has no other arm to compare it with")
    names = {arm: arm_name(arm, minus) for arm in rows["arm"].unique()}
    return rows.assign(**{y: rows[y] - rows["less"], "arm": rows["arm"].map(names)})


def _units(plan: Any) -> tuple[str, ...]:
    """Over what intervals are: what another sweep of the kind would have drawn anew."""
    if plan.design not in DRAWN:
        return ("replicate",)
    # With draws of its own at each point, the means of points differ by chance already.
    return ("point", "replicate") if plan.draws == "shared" else ("point",)


def _groups(source: _Source, by: str | None, arms: list[str]) -> list[tuple[str, pd.DataFrame]]:
    table, column = source.table, source.by
    if column is None:
        return [("", table)]
    there = set(table[column])
    names = [name for name in arms if name in there] if by == "arm" else sorted(there)
    words = [name if by == "arm" else f"{by} = {_written(name)}" for name in names]
    return [(word, table[table[column] == name]) for word, name in zip(words, names, strict=True)]


def _written(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _places(rows: pd.DataFrame, source: _Source, bins: int) -> tuple[Any, list[Any]]:
    """Which place on the curve each row belongs to, and to which units of the interval."""
    x, units = source.x, [rows[name] for name in source.units]
    if x == PERIOD:
        return rows[x], units
    if source.of_buyers:
        rank = rows.groupby(["point", "arm", "replicate"])[x].rank(pct=True)
        return np.ceil(rank * bins), units
    if x.startswith(SWEPT) and not source.drawn and rows[x].nunique() <= MAX_LEVELS:
        return rows[x], units
    means = rows.groupby("point")[x].mean()
    if len(means) == 1:
        # One market only: what is left to look at is how its runs differ by chance.
        return _ranked(rows[x], bins), [np.arange(len(rows))]
    if not source.drawn and len(means) <= MAX_LEVELS:
        return rows["point"], units
    return rows["point"].map(_ranked(means, bins)), units


def _ranked(values: pd.Series, bins: int) -> pd.Series:
    """Groups about equally large by rank, equal values together; fewer where there are few."""
    groups = max(1, min(bins, len(values) // MIN_IN_BIN))
    if values.nunique() <= groups:
        return values.rank(method="dense")
    return np.ceil(values.rank(pct=True) * groups)


def _banded(rows: pd.DataFrame, x: str, y: str, place: Any, units: list[Any]) -> pd.DataFrame:
    """Mean and interval of every place, from the means of its units.

    Two kinds of unit, points and replicates, are crossed: the variances of both means add up (a
    little too much, since a run's own draws are in both), with Satterthwaite's degrees of freedom.
    """
    table = pd.DataFrame(
        {"place": np.asarray(place), "x": rows[x].to_numpy(float), "y": rows[y].to_numpy(float)}
        | {f"unit {number}": np.asarray(unit) for number, unit in enumerate(units)}
    ).dropna()
    variances, freedoms = [], []
    found = pd.DataFrame()
    for number in range(len(units)):
        means = table.groupby(["place", f"unit {number}"])[["x", "y"]].mean().groupby("place")
        count = means["y"].count()
        variances.append(means["y"].var() / count)
        freedoms.append(count - 1.0)
        if number == 0:
            found = means.mean().rename(columns={"y": "mean"}).assign(count=count)
    half = half_width(np.sqrt(sum(variances)), freedom_of_sum(variances, freedoms))
    found["low"], found["high"] = found["mean"] - half, found["mean"] + half
    found = found[["x", "mean", "low", "high", "count"]]
    return found.sort_values("x", ignore_index=True)
