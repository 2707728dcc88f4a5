"""Pictures of the studies, in the look of ``relsim.plots``: tables in, figures out, no model."""

from typing import TYPE_CHECKING

from relsim.io.lazy import names_of

if TYPE_CHECKING:
    from relsim.plots.studies.base import dress, readable
    from relsim.plots.studies.calibration import (
        BAND,
        TARGET_NAMES,
        family_pairs,
        target_and_reached,
    )
    from relsim.plots.studies.flows import Flow, flow, phases
    from relsim.plots.studies.interviews import CLAIM_COLOURS, seen_by_size
    from relsim.plots.studies.space import (
        WINNERS,
        deciding_bars,
        share_map,
        where_trust_loses,
        where_trust_loses_text,
    )

__all__ = [
    "BAND",
    "CLAIM_COLOURS",
    "TARGET_NAMES",
    "WINNERS",
    "Flow",
    "deciding_bars",
    "dress",
    "family_pairs",
    "flow",
    "phases",
    "readable",
    "seen_by_size",
    "share_map",
    "target_and_reached",
    "where_trust_loses",
    "where_trust_loses_text",
]

_HOMES = {
    "BAND": "relsim.plots.studies.calibration",
    "CLAIM_COLOURS": "relsim.plots.studies.interviews",
    "Flow": "relsim.plots.studies.flows",
    "TARGET_NAMES": "relsim.plots.studies.calibration",
    "WINNERS": "relsim.plots.studies.space",
    "deciding_bars": "relsim.plots.studies.space",
    "dress": "relsim.plots.studies.base",
    "family_pairs": "relsim.plots.studies.calibration",
    "flow": "relsim.plots.studies.flows",
    "phases": "relsim.plots.studies.flows",
    "readable": "relsim.plots.studies.base",
    "seen_by_size": "relsim.plots.studies.interviews",
    "share_map": "relsim.plots.studies.space",
    "target_and_reached": "relsim.plots.studies.calibration",
    "where_trust_loses": "relsim.plots.studies.space",
    "where_trust_loses_text": "relsim.plots.studies.space",
}

__getattr__ = names_of("relsim.plots.studies", _HOMES)
