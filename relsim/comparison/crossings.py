"""Where the cumulative cost of one arm overtakes that of another, as tables and in a sentence.

Crossings are coded by ``signed_crossing``: the period, positive where the later arm is the dearer
one in the end.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import signed_crossing

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]


def contrast_of(names: tuple[str, str]) -> str:
    """Name the contrast of two arms: the second minus the first."""
    return f"{names[1]} - {names[0]}"


def _dearer(names: tuple[str, str], code: int) -> str:
    """Name the arm that is the dearer one in the end; nothing if costs do not cross."""
    return ("", names[1], names[0])[int(np.sign(code))]


def of_replicates(names: tuple[str, str], codes: NDArray[np.int64]) -> pd.DataFrame:
    """A row a replicate, see ``Comparison.crossings``."""
    import pandas as pd

    columns = {
        "contrast": contrast_of(names),
        "replicate": np.arange(len(codes)),
        "period": np.where(codes == 0, np.nan, np.abs(codes)),
        "dearer": [_dearer(names, code) for code in codes],
    }
    return pd.DataFrame(columns)


def of_means(
    names: tuple[str, str], curves: tuple[Floats, Floats], codes: NDArray[np.int64]
) -> dict[str, Any]:
    """A row of ``Comparison.crossing``.

    Parameters
    ----------
    names : tuple of str
        Of both arms.
    curves : tuple of ndarray
        Mean cumulative cost of both.
    codes : ndarray
        Crossings of the replicates; empty if they are no pairs.
    """
    code = signed_crossing(*curves)
    period = float(abs(code)) if code else math.nan
    row = {
        "contrast": contrast_of(names),
        "dearer": _dearer(names, code),
        "share": math.nan,
        "period": period,
        "low": math.nan,
        "high": math.nan,
        "period_of_means": period,
        "cheaper": _lower(names, curves),
    }
    if code and len(codes):
        found = codes * np.sign(code)
        when = found[found > 0]
        quartiles = np.percentile(when, [25, 50, 75]) if len(when) else [math.nan] * 3
        row["share"] = len(when) / len(found)
        row["low"], row["period"], row["high"] = map(float, quartiles)
    return row


def _lower(names: tuple[str, str], curves: tuple[Floats, Floats]) -> str:
    """Name the arm whose curve is the lower one in the end, of the periods that both have."""
    end = min(map(len, curves)) - 1
    difference = curves[1][end] - curves[0][end]
    return names[1] if difference < 0.0 else names[0] if difference > 0.0 else ""


def overtaking(row: Mapping[Any, Any]) -> str:
    """When one arm's cumulative cost overtakes the other's, in a sentence.

    Parameters
    ----------
    row : mapping
        Of ``Comparison.crossing``.
    """
    if not row["dearer"]:
        if not row["cheaper"]:
            return "Cumulative cost: there is no difference to tell."
        return (
            "Cumulative cost: neither overtakes the other after the first month; "
            f"{row['cheaper']} is the cheaper all along."
        )
    month = row["period_of_means"]
    text = f"Cumulative cost: from month {month:.0f} on {row['dearer']} has cost more in all"
    if math.isnan(row["share"]):
        return f"{text} on average."
    if math.isnan(row["period"]):
        return f"{text} on average; it overtakes in no single replicate."
    return (
        f"{text}; it overtakes in {_percent(row['share'])} of replicates, "
        f"in half of these between months {row['low']:.0f} and {row['high']:.0f}."
    )


def _percent(share: float) -> str:
    """A share in whole percent, where "all" and "none" are said only of all and none.

    >>> _percent(0.5), _percent(0.995), _percent(1.0), _percent(0.005)
    ('50%', 'over 99%', '100%', 'under 1%')
    """
    if 0.0 < share <= 0.005:
        return "under 1%"
    return "over 99%" if 0.995 <= share < 1.0 else f"{share:.0%}"
