"""Sweeps: any design of parameters, every core or a cluster, stopped and resumed at will.

A ``Plan`` says what to run; ``run`` runs it into a file; ``load`` reads that file.

The public names are imported when they are first used: reading a plan needs no database, and the
``relsim`` command waits only for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim.io.lazy import names_of

if TYPE_CHECKING:
    from relsim.design.plan import Plan as Plan
    from relsim.sweep.merging import export as export
    from relsim.sweep.merging import merge as merge
    from relsim.sweep.progress import Summary as Summary
    from relsim.sweep.results import Results as Results
    from relsim.sweep.results import load as load
    from relsim.sweep.runner import run as run

_HOMES = {
    "Plan": "relsim.design.plan",
    "Results": "relsim.sweep.results",
    "Summary": "relsim.sweep.progress",
    "export": "relsim.sweep.merging",
    "load": "relsim.sweep.results",
    "merge": "relsim.sweep.merging",
    "run": "relsim.sweep.runner",
}

__all__ = list(_HOMES)

__getattr__ = names_of("relsim.sweep", _HOMES)
