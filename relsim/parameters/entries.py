"""The table of parameters as data: what tables, sliders, sweeps and messages need of each."""

from __future__ import annotations

import functools
from typing import NamedTuple

from relsim.parameters.fields import Fields


class Entry(NamedTuple):
    """One number that can be set, as the tables, sliders and sweeps need it."""

    name: str
    default: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    why: str
    integer: bool
    fixed: bool = False
    monthly: str = ""

    @property
    def changeable(self) -> bool:
        """Whether an intervention can change it in mid-run."""
        return not self.fixed


@functools.cache
def table() -> tuple[Entry, ...]:
    """All numeric parameters in the order of the submodels."""
    entries = []
    for name, field in Fields.model_fields.items():
        extra = field.json_schema_extra
        if not isinstance(extra, dict):
            continue
        bounds: dict[str, float] = {}
        for item in field.metadata:
            bounds |= {k: getattr(item, k) for k in ("ge", "le") if hasattr(item, k)}
        entries.append(
            Entry(
                name=name,
                default=field.default,
                low=bounds["ge"],
                high=bounds["le"],
                unit=str(extra["unit"]),
                meaning=str(field.description),
                source=str(extra["source"]),
                why=str(extra["why"]),
                integer=field.annotation is int,
                fixed=bool(extra["fixed"]),
                monthly=str(extra["monthly"]),
            )
        )
    return tuple(entries)


TUNED = tuple(entry.name for entry in table() if entry.source == "calibrated")
"""Parameters that were tuned on the calibration table."""

FIXED = frozenset(entry.name for entry in table() if entry.fixed)
"""Parameters that are used when a run is set up, so that changing them later would do nothing."""

HALF_LIVES = {entry.monthly: entry.name for entry in table() if entry.monthly}
"""What is left after a month, by its name in equations, and the half-life it follows from."""
