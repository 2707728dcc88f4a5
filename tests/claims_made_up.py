"""Claims and runs of them, made up for tests of what is counted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from relsim.claims.forms import LEVEL, NEUTRAL, Claim, Part, Smallest, more_by
from relsim.claims.readings.ledgers import whole
from relsim.claims.robust import judging
from relsim.claims.robust.task import Effects

SMALLEST = Smallest(1.0, "for a test")


def part(says: str = "it is above zero", **changes: object) -> Part:
    values = {
        "says": says,
        "arms": (NEUTRAL,),
        "reading": whole("component_price"),
        "expects": more_by(SMALLEST),
        "form": LEVEL,
    }
    return Part(**{**values, **changes})  # type: ignore[arg-type]


def claim(*parts: Part, name: str = "T1") -> Claim:
    return Claim(
        id=name,
        statement=f"Statement {name}.",
        source="ASR",
        kind="emergent",
        setting="between markets",
        parts=parts,
    )


def made_up(values: np.ndarray, claims: tuple[Claim, ...]) -> pd.DataFrame:
    """Runs of a sweep: points x replicates x columns of effects."""
    points, replicates, _ = values.shape
    columns = Effects(claims).columns
    rows = pd.DataFrame(values.reshape(points * replicates, -1), columns=list(columns))
    rows.insert(0, "point", np.repeat(np.arange(points), replicates))
    return rows


def planted(strength: float, noise: float = 0.3) -> tuple[judging.Judged, pd.DataFrame, Claim]:
    """A claim that holds where ``c`` is low."""
    random = np.random.default_rng(0)
    design = pd.DataFrame(random.random((300, 8)), columns=list("abcdefgh"))
    level = strength * (0.4 - design["c"].to_numpy())
    effects = level[:, None] + noise * random.standard_normal((300, 8))
    one = claim(part())
    return judging.judged(made_up(effects[:, :, None], (one,)), (one,), 300), design, one
