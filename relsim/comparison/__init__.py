"""Scenarios compared on common random numbers: effects with their uncertainty.

Every replicate runs each arm once with one seed. Arms with equal populations then meet the same
agents and the same random draws, so that what differs between them is the arms' doing: differences
are taken replicate by replicate (``pairing`` is ``paired``). With unequal populations a seed means
another market; such arms are compared as independent samples.

Intervals hold 95% of the uncertainty that comes from the number of replicates. They say nothing
about whether the parameters are right.
"""

from relsim.comparison.record import read_record, record_file
from relsim.comparison.replicates import Progress, run_all
from relsim.comparison.result import Comparison
from relsim.comparison.running import again, compare
from relsim.design.arms import Arm, arm, seeds

__all__ = [
    "Arm",
    "Comparison",
    "Progress",
    "again",
    "arm",
    "compare",
    "read_record",
    "record_file",
    "run_all",
    "seeds",
]
