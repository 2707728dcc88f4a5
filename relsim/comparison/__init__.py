"""Scenarios compared on common random numbers: effects with their uncertainty.

Every replicate runs each arm once with one seed. Arms with equal populations then meet the same
agents and the same random draws, so that what differs between them is the arms' doing: differences
are taken replicate by replicate (``pairing`` is ``paired``). With unequal populations a seed means
another market; such arms are compared as independent samples.

Intervals hold 95% of the uncertainty that comes from the number of replicates. They say nothing
about whether the parameters are right.
"""

from relsim.analysis.statistics import CONFIDENCE, Estimate, crossing, estimate
from relsim.comparison.crossings import overtaking
from relsim.comparison.record import KIND, read_record, record_file
from relsim.comparison.replicates import Progress, run_all, run_each
from relsim.comparison.result import (
    CUMULATIVE_COST,
    SERIES_NAMES,
    SUMMARY,
    Comparison,
    Outcome,
)
from relsim.comparison.running import again, compare, run_arm
from relsim.design.arms import INDEPENDENT, MOST_REPLICATES, PAIRED, Arm, arm, pairing, seeds

__all__ = [
    "CONFIDENCE",
    "CUMULATIVE_COST",
    "INDEPENDENT",
    "KIND",
    "MOST_REPLICATES",
    "PAIRED",
    "SERIES_NAMES",
    "SUMMARY",
    "Arm",
    "Comparison",
    "Estimate",
    "Outcome",
    "Progress",
    "again",
    "arm",
    "compare",
    "crossing",
    "estimate",
    "overtaking",
    "pairing",
    "read_record",
    "record_file",
    "run_all",
    "run_arm",
    "run_each",
    "seeds",
]
