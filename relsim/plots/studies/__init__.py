"""Pictures of the studies, in the look of ``relsim.plots``: tables in, figures out, no model."""

from relsim.plots.studies.base import dress
from relsim.plots.studies.calibration import family_pairs, target_and_reached
from relsim.plots.studies.flows import Flow, phases
from relsim.plots.studies.interviews import seen_by_size
from relsim.plots.studies.space import (
    deciding_bars,
    share_map,
    where_trust_loses,
    where_trust_loses_text,
)

__all__ = [
    "Flow",
    "deciding_bars",
    "dress",
    "family_pairs",
    "phases",
    "seen_by_size",
    "share_map",
    "target_and_reached",
    "where_trust_loses",
    "where_trust_loses_text",
]
