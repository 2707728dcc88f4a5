"""What is run: the effects of claims at points of parameter space, as the task of a sweep."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from relsim.claims.forms import Claim, Part
from relsim.claims.running import effects
from relsim.claims.table import CLAIMS
from relsim.design.plan import Plan
from relsim.engine.source_hash import hash_of
from relsim.parameters import Parameters
from relsim.studies import calibration, space

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

POINTS, REPLICATES = 1000, 8
"""Points of parameter space, and runs of every market at each."""


@dataclass(frozen=True)
class Effects:
    """The task of the sweep: effects of all parts of some claims, in one market and its arms.

    Examples
    --------
    >>> Effects(CLAIMS).columns[:3]
    ('A1.1', 'A1.2', 'A1.3')
    """

    claims: tuple[Claim, ...]
    name: str = "claims"

    @property
    def columns(self) -> tuple[str, ...]:
        """A column a part."""
        return tuple(f"{claim.id}.{place}" for claim, place, _ in parts_of(self.claims))

    @property
    def sources(self) -> str:
        """Hash of the files that say what is read off a run."""
        return hash_of(
            "claims/forms.py",
            "claims/running.py",
            "claims/table/*",
            "claims/readings/*",
            "studies/interviews.py",
            "studies/questions.py",
            "analysis/statistics.py",
        )

    def __call__(self, parameters: Parameters, seed: int) -> list[float]:
        """Run every distinct market of the claims once."""
        found: list[float] = effects(self.claims, parameters, [seed])[0].tolist()
        return found

    def __reduce__(self) -> tuple[Callable[..., Effects], tuple[tuple[str, ...]]]:
        # Readings are functions that do not travel; the table is at the other end too.
        return of_table, (tuple(claim.id for claim in self.claims),)


def of_table(ids: Sequence[str]) -> Effects:
    """The task of some claims of the table, by their ids."""
    return Effects(tuple(claim for claim in CLAIMS if claim.id in ids))


def parts_of(claims: Sequence[Claim]) -> list[tuple[Claim, int, Part]]:
    """Every part with its claim and its place in it, from 1."""
    return [
        (claim, place, part) for claim in claims for place, part in enumerate(claim.parts, start=1)
    ]


def over_space(
    claims: Sequence[Claim] = CLAIMS,
    points: int = POINTS,
    replicates: int = REPLICATES,
    seed: int = 0,
    base: Mapping[str, Any] | None = None,
    names: Sequence[str] | None = None,
) -> Plan:
    """Plan of the claims over the first points of a Sobol sequence through parameter space.

    Parameters
    ----------
    claims : sequence of Claim
        Which ones.
    points : int
        How many points; more of them begin with the same ones.
    replicates : int
        Runs of every market at every point.
    seed : int
        Of the points and the replicates.
    base : mapping, optional
        Parameters that hold at every point unless an arm says otherwise.
    names : sequence of str, optional
        Parameters to vary; ``studies.space.dimensions()`` if none.

    Examples
    --------
    >>> over_space(points=3, names=["value_per_idea"]).runs
    24
    """
    exponent = max(0, math.ceil(math.log2(points)))
    return _plan(claims, space.points(exponent, seed, names).head(points), replicates, seed, base)


def over_family(
    claims: Sequence[Claim] = CLAIMS,
    replicates: int = REPLICATES,
    seed: int = 0,
    base: Mapping[str, Any] | None = None,
) -> Plan:
    """Plan of the claims over the stored family of settings that fit the calibration equally well.

    Parameters
    ----------
    claims, replicates, seed, base
        As for ``over_space``.
    """
    import pandas as pd

    return _plan(claims, pd.DataFrame(calibration.settings()), replicates, seed, base)


def _plan(
    claims: Sequence[Claim],
    points: pd.DataFrame,
    replicates: int,
    seed: int,
    base: Mapping[str, Any] | None,
) -> Plan:
    return Plan(
        design="table",
        parameters=points,
        replicates=replicates,
        seed=seed,
        base=dict(base or {}),
        task=Effects(tuple(claims)),
    )
