"""Numbers read off ledgers by the definitions of the measures, row by row and many at a time."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.model.observation.definitions import measures
from relsim.model.observation.measure import LEDGERS, Ledger, Measure


def evaluate(measure: Measure, ledger: NDArray[Any]) -> NDArray[np.float64]:
    """Evaluate a measure row by row.

    Parameters
    ----------
    measure : Measure
        One of ``MEASURES``.
    ledger : ndarray
        Structured array of the measure's ledger; a row a period, a buyer or a salesperson.

    Returns
    -------
    ndarray
        One number a row; ``nan`` where nothing was there to divide by, whatever was spent, or so
        little that the ratio is beyond the numbers of a computer.

    Examples
    --------
    >>> from relsim.model.observation import MEASURES
    >>> from relsim.model.ledgers import BUYER_LEDGER
    >>> ledger = BUYER_LEDGER.empty(2)
    >>> ledger["purchase"], ledger["delivered"] = [500.0, 0.0], [5.0, 0.0]
    >>> evaluate(MEASURES["component_price"], ledger)
    array([100.,  nan])
    """
    return table_of((measure,), ledger)[:, 0]


def _ratio(value: NDArray[np.float64], divisor: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quotients; ``nan`` where there is no finite one."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        quotient = value / divisor
    return np.where(np.isfinite(quotient), quotient, np.nan)


def _lasting_a_year(monthly_loss: NDArray[np.float64]) -> NDArray[np.float64]:
    """``(1 - monthly_loss) ** 12``, in an order of multiplications that is the same anywhere."""
    lasting = 1.0 - monthly_loss
    squared = lasting * lasting
    fourth = squared * squared
    return fourth * fourth * fourth


class _Terms(NamedTuple):
    """The terms that several sums have at one place: which sums, fields and signs."""

    sums: NDArray[np.intp]
    fields: NDArray[np.intp]
    signs: NDArray[np.float64]


def _terms(kind: Ledger, sums: Sequence[Sequence[str]]) -> tuple[_Terms, ...]:
    """First terms of all sums, then second terms, and so on: as far as the longest one goes."""
    positions = LEDGERS[kind].positions
    found = []
    for position in range(max(map(len, sums), default=0)):
        longer = [(i, terms[position]) for i, terms in enumerate(sums) if len(terms) > position]
        found.append(
            _Terms(
                np.array([number for number, _ in longer], np.intp),
                np.array([positions[term.removeprefix("-")] for _, term in longer], np.intp),
                np.array([-1.0 if term.startswith("-") else 1.0 for _, term in longer]),
            )
        )
    return tuple(found)


class _Plan(NamedTuple):
    """How several measures of a ledger are computed at a time."""

    numerators: tuple[_Terms, ...]
    denominators: tuple[_Terms, ...]
    scales: NDArray[np.float64]
    divided: NDArray[np.intp]
    surviving: tuple[int, ...]


@functools.cache
def _plan(names: tuple[str, ...]) -> _Plan:
    # By name, since hashing the measures themselves would take longer than evaluating them.
    chosen = measures(names)
    kind = chosen[0].ledger
    return _Plan(
        _terms(kind, [m.numerator for m in chosen]),
        _terms(kind, [m.denominator for m in chosen]),
        np.array([m.scale for m in chosen]),
        np.array([place for place, m in enumerate(chosen) if m.denominator], np.intp),
        tuple(place for place, m in enumerate(chosen) if m.survives_a_year),
    )


def _sums(terms: Sequence[_Terms], fields: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    sums = np.zeros((len(fields), count))
    for term in terms:
        sums[:, term.sums] += term.signs * fields[:, term.fields]
    return sums


def table_of(chosen: Sequence[Measure], ledger: NDArray[Any]) -> NDArray[np.float64]:
    """Evaluate several measures at a time, fast.

    Parameters
    ----------
    chosen : sequence of Measure
        Some of ``MEASURES``, all of one ledger.
    ledger : ndarray
        Structured array, see ``evaluate``.

    Returns
    -------
    ndarray
        A row a row of the ledger, a column a measure.
    """
    plan = _plan(tuple(measure.name for measure in chosen))
    fields = _matrix(ledger)
    count = len(plan.scales)
    values = _sums(plan.numerators, fields, count) * plan.scales
    divisors = _sums(plan.denominators, fields, count)[:, plan.divided]
    values[:, plan.divided] = _ratio(values[:, plan.divided], divisors)
    for place in plan.surviving:
        values[:, place] = _lasting_a_year(values[:, place])
    return values


def _matrix(ledger: NDArray[Any]) -> NDArray[np.float64]:
    """All fields of a ledger are 8-byte floats, so that it is also a matrix."""
    rows = np.ascontiguousarray(ledger)
    return rows.view(np.float64).reshape(len(rows), -1)


def totals(ledger: NDArray[Any]) -> NDArray[Any]:
    """Sum of all rows of a ledger.

    Parameters
    ----------
    ledger : ndarray
        Structured array with a row a period, buyer or salesperson.

    Returns
    -------
    ndarray
        A ledger of one row. The rows are added in their order.
    """
    total: NDArray[Any] = np.add.reduce(_matrix(ledger), axis=0).view(ledger.dtype)
    return total


def running_totals(series: NDArray[Any]) -> NDArray[Any]:
    """Sum of all rows of a ledger up to each of them.

    Parameters
    ----------
    series : ndarray
        Structured array with a row a period.

    Returns
    -------
    ndarray
        A ledger of as many rows: what had come together at the end of every period.
    """
    sums: NDArray[Any] = np.add.accumulate(_matrix(series), axis=0).view(series.dtype)
    return sums.reshape(len(series))
