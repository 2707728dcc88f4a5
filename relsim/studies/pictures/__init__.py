"""Pictures of the studies, in the look of ``relsim.plots``: tables in, figures out, no model."""

from relsim.studies.pictures.base import dress, readable
from relsim.studies.pictures.calibration import BAND, TARGET_NAMES, family_pairs, target_and_reached
from relsim.studies.pictures.flows import Flow, flow, phases
from relsim.studies.pictures.interviews import CLAIM_COLOURS, power_curves
from relsim.studies.pictures.space import (
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
    "power_curves",
    "readable",
    "share_map",
    "target_and_reached",
    "where_trust_loses",
    "where_trust_loses_text",
]
