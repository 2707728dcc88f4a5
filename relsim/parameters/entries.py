"""The table of parameters as data: what tables, sliders, sweeps and messages need of each."""

from __future__ import annotations

import functools
from typing import NamedTuple

from relsim.parameters.fields import Fields


class Entry(NamedTuple):
    """One numeric parameter, as the tables, sliders and sweeps need it."""

    name: str
    default: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    why: str
    integer: bool

    @property
    def changeable(self) -> bool:
        """Whether an intervention can change it in mid-run."""
        return self.name not in FIXED


FIXED = frozenset(
    [
        "buyers",
        "salespeople",
        "suppliers_per_buyer",
        "periods",
        "warm_up",
        "buyer_contacts",
        "salesperson_contacts",
        "rewiring",
        "volume",
        "volume_spread",
        "candour",
        "candour_spread",
        "integrity",
        "integrity_spread",
        "monitoring_share",
        "markup",
        "markup_spread",
        "audit_share",
        "silent_contact_share",
        "key_account_manager_share",
        "customer_time_share",
        "service_in_price_share",
        "purchase_interval",
        "lead_time",
        "service_life",
        "initial_loss",
    ]
)
"""Parameters that are used when a run is set up, so that changing them later would do nothing."""


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
            )
        )
    return tuple(entries)
