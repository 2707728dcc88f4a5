"""Imported by what forks the processes of pools: they have the compiled model from the start."""

import relsim.sweep.worker  # noqa: F401 - so that it is there
from relsim.model.supervision import have_compiled

have_compiled(custom=True)
