"""What came out of a comparison, in one sentence made from the data."""

from __future__ import annotations

import math
from typing import Any

from relsim.comparison.tables import Tables
from relsim.design.confounding import BUYERS, SELLERS, what_it_sets
from relsim.io.console import joined, number

COST = "total_cost_per_unit"

MOST_NAMED = 3
"""How many scenarios that cannot be told from the cheapest are named."""

SIDES = {BUYERS: "buyers", SELLERS: "sellers"}


def finding(result: Tables) -> str:
    """Say what a unit costs more or less, how sure that is, and who has paid more in all.

    Parameters
    ----------
    result : Comparison
        Of two or more arms.
    """
    rows = result.rows([COST])
    means = [float(rows[name][0]) for name in result.names]
    if any(map(math.isnan, means)):
        return "There is no cost of a unit to compare: one scenario had nothing delivered."
    if len(result.names) == 2:
        return _of_two(result, rows.to_dict("records")[0])
    return _of_many(result, means)


def _of_two(result: Tables, row: dict[Any, Any]) -> str:
    first, second = result.names
    if row["difference"] == 0.0 and not row["low"] < 0.0:
        return f"{_over(result)} a unit costs the same {_both(first, second, 'and')}."
    if math.isnan(row["low"]):
        return (
            f"{_over(result, 'In one run of')} a unit costs {_more(row, row[first])} "
            f"{_both(second, first)}; one run says nothing of the uncertainty."
        )
    if not _clear(row):
        return (
            f"{_over(result)} there is no clear difference in what a unit costs "
            f"{_both(first, second, 'and')} ({_more(row, row[first])} with {_named(second)}, 95% "
            f"interval {_from_to(row)})."
        )
    text = f"{_over(result)} a unit costs {_more(row, row[first])} {_both(second, first)}"
    return f"{text} (95% interval {_from_to(row)}){_in_all(result)}."


def _of_many(result: Tables, means: list[float]) -> str:
    """Compare the cheapest scenario with the next, or with all that it cannot be told from."""
    least, *others = sorted(range(len(means)), key=lambda place: means[place])
    rows = [result.contrast(COST, other, least)._asdict() for other in others]
    text = (
        f"{_over(result, f'Of {len(means)} scenarios over')} a unit costs least with "
        f"{_named(result.names[least])}: {number(means[least])}"
    )
    row, named = rows[0], [_named(result.names[other]) for other in others]
    if math.isnan(row["low"]):
        return (
            f"{text}, {_more(row, means[others[0]])} than with {named[0]}, the next; one run says "
            "nothing of the uncertainty."
        )
    tied = [name for name, one in zip(named, rows, strict=True) if not _clear(one)]
    if len(tied) > MOST_NAMED:
        return f"{text}, but not clearly less than with {len(tied)} of the others."
    if tied:
        interval = f" (95% interval {_from_to(row)})" if tied == named[:1] else ""
        return f"{text}, but not clearly less than with {joined(tied, 'or')}{interval}."
    return (
        f"{text}, {_more(row, means[others[0]])} than with {named[0]}, the next (95% interval "
        f"{_from_to(row)})."
    )


def _clear(row: dict[Any, Any]) -> bool:
    """Whether an interval leaves zero out."""
    return bool(row["low"] > 0.0 or row["high"] < 0.0)


def _over(result: Tables, word: str = "Over") -> str:
    lengths = {one.parameters.periods for one in result.arms}
    if len(lengths) > 1:
        return f"{word} {min(lengths)} to {max(lengths)} months"
    return f"{word} {lengths.pop()} months"


def _more(row: dict[Any, Any], reference: float) -> str:
    """How much more or less, also as a share."""
    share = f" ({abs(row['difference'] / reference):.1%})" if reference > 0.0 else ""
    return f"{number(abs(row['difference']))}{share} {'more' if row['difference'] > 0 else 'less'}"


def _from_to(row: dict[Any, Any]) -> str:
    """An interval without signs: both ends are more, or less, or said so."""
    low, high = row["low"], row["high"]
    if _clear(row):
        ends = sorted((abs(low), abs(high)))
        return f"{number(ends[0])} to {number(ends[1])}"
    return f"from {number(abs(low))} less to {number(abs(high))} more"


def _side(name: str) -> str:
    return SIDES.get(what_it_sets(name) or "", "")


def _named(name: str) -> str:
    """An arm as a sentence has it.

    >>> _named("over_promising"), _named("aggressiveness=0.3"), _named("services")
    ('over-promising sellers', 'aggressiveness=0.3', 'services')
    """
    side = _side(name)
    return f"{name.replace('_', '-')} {side}" if side else name


def _both(one: str, other: str, word: str = "than") -> str:
    """Two arms in a sentence; what they have in common is said once."""
    if _side(one) and _side(one) == _side(other):
        return f"with {one.replace('_', '-')} {word} with {_named(other)}"
    return f"with {_named(one)} {word} with {_named(other)}"


def _in_all(result: Tables) -> str:
    """Who has paid more in all, and from when on."""
    (row,) = result.crossing.to_dict("records")
    name = row["dearer"] or row["cheaper"]
    if not name:
        return ""
    who, more = _named(name), "more" if row["dearer"] else "less"
    when = f"month {row['period_of_means']:.0f}" if row["dearer"] else "the first month"
    if _side(name) == "buyers":
        return f"; from {when} on {who} have paid {more} in all"
    return f"; from {when} on a unit has cost {more} in all with {who}"
