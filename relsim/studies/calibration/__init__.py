"""Calibration: what was aimed at, what is reached, and all settings that would do as well.

Four published numbers, four tuned parameters (``Parameters.TUNED``), and nothing else: all other
published numbers are left to check the model from outside. Four numbers do not identify a model,
so besides the setting that comes nearest there is a *family* of settings that fit equally well.
Claims should hold over the family, not only at the defaults.

The family is found by rejection: draw settings, run them, keep those inside all four bands
(approximate Bayesian computation with uniform priors over the ranges). Four parameters and runs
of milliseconds need no emulator and no likelihood, and the answer is a plain sample that anybody
can run a claim over. Since only a few in a thousand settings drawn from the whole ranges fit,
the draws are narrowed step by step: population Monte Carlo, which proposes settings around those
kept so far and weighs each by how much likelier it was to be proposed than drawn.
"""

from relsim.studies.calibration.nearest import fit
from relsim.studies.calibration.population import STORED, confirmed, family, search, settings
from relsim.studies.calibration.targets import TARGETS, market, reached

__all__ = [
    "STORED",
    "TARGETS",
    "confirmed",
    "family",
    "fit",
    "market",
    "reached",
    "search",
    "settings",
]
