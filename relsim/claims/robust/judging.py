"""From runs to shares of points, and what decides them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import share_of
from relsim.claims.forms import Claim, Part, counting
from relsim.claims.robust.task import Effects, parts_of
from relsim.claims.statistics import FAILS, HOLDS, OPEN, Interval, interval, overall, verdict
from relsim.io.console import aligned

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

Floats = NDArray[np.float64]


class Judged(NamedTuple):
    """Mean effects with their 95% intervals, and verdicts: a row a point, a column a part."""

    claims: tuple[Claim, ...]
    means: Floats
    halves: Floats
    verdicts: NDArray[np.object_]

    def part(self, column: int) -> Part:
        """The part of a column."""
        return parts_of(self.claims)[column][2]

    def columns(self, claim: Claim) -> list[int]:
        """Columns of the parts of a claim."""
        owners = [owner for owner, _, _ in parts_of(self.claims)]
        return [column for column, owner in enumerate(owners) if owner is claim]

    def counts(self, claim: Claim) -> NDArray[np.bool_]:
        """Whether each part of a claim counts at every point."""
        asked = {part.where_holds for part in claim.parts}
        others = {one.id: self.verdict(one) for one in self.claims if one.id in asked}
        rows = range(len(self.verdicts))
        return np.array(
            [counting(claim.parts, {name: v[row] for name, v in others.items()}) for row in rows]
        )

    def verdict(self, claim: Claim) -> NDArray[np.object_]:
        """Verdict on a claim at every point."""
        parts = zip(self.verdicts[:, self.columns(claim)], self.counts(claim), strict=True)
        return np.array([overall(list(row[there])) for row, there in parts], object)

    def right(self, column: int) -> NDArray[np.bool_]:
        """Where the mean effect of a part has the right sign, or lies within its margin."""
        part = self.part(column)
        with np.errstate(invalid="ignore"):
            if part.direction == 0:
                return np.abs(self.means[:, column]) <= part.smallest.effect
            found: NDArray[np.bool_] = part.direction * self.means[:, column] > 0.0
        return found

    def large(self, column: int) -> NDArray[np.bool_]:
        """Where it is also as large as the smallest effect of interest."""
        part = self.part(column)
        if part.direction == 0:
            return self.right(column)
        with np.errstate(invalid="ignore"):
            return self.right(column) & (
                part.direction * self.means[:, column] >= part.smallest.effect
            )

    def everywhere(
        self, claim: Claim, of_part: Callable[[int], NDArray[np.bool_]]
    ) -> NDArray[np.bool_]:
        """Where something is so of all parts of a claim that count, and some do."""
        counts = self.counts(claim)
        so = np.column_stack([of_part(column) for column in self.columns(claim)])
        found: NDArray[np.bool_] = np.all(so | ~counts, axis=1) & np.any(counts, axis=1)
        return found

    def measured(self, column: int) -> NDArray[np.bool_]:
        """Where there was something to measure."""
        return np.isfinite(self.means[:, column])


def judged(runs: pd.DataFrame, claims: Sequence[Claim], points: int) -> Judged:
    """Judge every part of every claim at every point.

    Parameters
    ----------
    runs : DataFrame
        ``runs`` of a sweep with the task ``Effects``.
    claims : sequence of Claim
        Whose effects they are.
    points : int
        How many points there are; where all runs failed nothing was measured.
    """
    all_parts = [part for _, _, part in parts_of(claims)]
    columns = list(Effects(tuple(claims)).columns)
    shape = (points, len(all_parts))
    means, halves = np.full(shape, np.nan), np.full(shape, np.nan)
    verdicts = np.full(shape, OPEN, object)
    for point, here in runs.groupby("point", sort=True):
        for column, values in enumerate(here[columns].to_numpy(float).T):
            found = interval(values)
            part = all_parts[column]
            means[point, column] = found.mean
            halves[point, column] = _half(found)
            verdicts[point, column] = verdict(found, part.direction, part.smallest.effect)
    return Judged(tuple(claims), means, halves, verdicts)


def _half(found: Interval) -> float:
    return (found.high - found.low) / 2.0


# --- shares ---------------------------------------------------------------------------------------


def shares(
    found: Judged,
    replicates: int,
    seed: int,
    sources: str,
    decided_by: Mapping[str, str] | None = None,
    weights: Floats | None = None,
) -> pd.DataFrame:
    """Share of points at which claims and their parts hold, with Wilson intervals.

    Parameters
    ----------
    found : Judged
        Verdicts at every point.
    replicates, seed : int
        What they were run with.
    sources : str
        Hash of the code that ran them.
    decided_by : mapping, optional
        What decides each claim, in words.
    weights : ndarray, optional
        Of the points, where they are a weighted sample: ``weighted`` is the share with them.

    Returns
    -------
    DataFrame
        A row a claim (``part`` 0), and one for each of its parts below it; ``effect`` and
        ``half_width`` (of a 95% interval at one point) are medians over the points.
    """
    import pandas as pd

    rows: list[dict[str, object]] = []
    made = {"replicates": replicates, "seed": seed, "sources": sources}
    for claim in found.claims:
        front = {"claim": claim.id, "part": 0, "says": claim.statement, "kind": claim.kind}
        rows.append(
            front
            | {"counts": True}
            | _shares(
                found.verdict(claim),
                found.everywhere(claim, found.right),
                found.everywhere(claim, found.large),
                found.everywhere(claim, found.measured),
                weights,
            )
            | {"effect": math.nan, "half_width": math.nan, "smallest": math.nan, "unit": ""}
            | {"decided_by": (decided_by or {}).get(claim.id, ""), **made}
        )
        for column, (owner, place, part) in enumerate(parts_of(found.claims)):
            if owner is not claim:
                continue
            means = found.means[:, column]
            rows.append(
                front
                | {"part": place, "says": part.says, "counts": part.counts}
                | _shares(
                    found.verdicts[:, column],
                    found.right(column),
                    found.large(column),
                    found.measured(column),
                    weights,
                )
                | {
                    "effect": _median(means),
                    "half_width": _median(found.halves[:, column]),
                    "smallest": part.smallest.effect,
                    "unit": part.unit,
                    "decided_by": "",
                }
                | made
            )
    return pd.DataFrame(rows)


def _shares(
    verdicts: NDArray[np.object_],
    right: NDArray[np.bool_],
    large: NDArray[np.bool_],
    measured: NDArray[np.bool_],
    weights: Floats | None,
) -> dict[str, object]:
    holding, leaning = share_of(verdicts == HOLDS), share_of(right)
    return {
        "points": len(verdicts),
        "measured": int(measured.sum()),
        "holds": holding.share,
        "holds_low": holding.low,
        "holds_high": holding.high,
        "fails": float((verdicts == FAILS).mean()),
        "right": leaning.share,
        "right_low": leaning.low,
        "right_high": leaning.high,
        "large": float(large.mean()),
        "weighted": math.nan
        if weights is None
        else float(weights[verdicts == HOLDS].sum() / weights.sum()),
    }


def _median(values: Floats) -> float:
    there = values[np.isfinite(values)]
    return float(np.median(there)) if len(there) else math.nan


def lines(table: pd.DataFrame, parts: bool = False) -> str:
    """One line a claim: where it holds, has the right direction, fails, and what decides it.

    Parameters
    ----------
    table : DataFrame
        From ``shares``.
    parts : bool
        Whether to add a line for every part.
    """
    header = ["claim", "kind", "holds", "(95%)", "right direction", "fails", "measured", ""]
    rows = [
        [
            str(row["claim"]) if row["part"] == 0 else "",
            str(row["kind"]) if row["part"] == 0 else "",
            f"{row['holds']:.1%}",
            f"{row['holds_low']:.0%} to {row['holds_high']:.0%}",
            f"{row['right']:.1%}",
            f"{row['fails']:.1%}",
            f"{row['measured']}",
            _last(row),
        ]
        for row in table.to_dict("records")
        if parts or row["part"] == 0
    ]
    return aligned(header, rows, text_columns=(0, 1, 7))


def _last(row: Mapping[str, Any]) -> str:
    """What decides a claim; of a part what it says, and how far one point can tell."""
    if row["part"] == 0:
        return str(row["decided_by"])
    reported = "" if row["counts"] else " (reported only)"
    smallest = float(row["smallest"])
    within = (
        f"; +-{row['half_width'] / smallest:.1f} of the smallest effect of interest"
        if smallest > 0.0
        else ""
    )
    return f"{row['says']}{reported}{within}"
