"""Sweeps: any design of parameters, every core or a cluster, stopped and resumed at will.

A ``Plan`` says what to run; ``run`` runs it into a file; ``load`` reads that file.

The public names are imported when they are first used: reading a plan needs no database, and the
``relsim`` command waits only for what it needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from relsim.sweep.joining import export, merge
    from relsim.sweep.plan import Plan
    from relsim.sweep.results import Results, load
    from relsim.sweep.runner import run
    from relsim.sweep.underway import Summary

__all__ = ["Plan", "Results", "Summary", "export", "load", "merge", "run"]

_HOMES = {
    "Plan": "plan",
    "Results": "results",
    "Summary": "underway",
    "export": "joining",
    "load": "results",
    "merge": "joining",
    "run": "runner",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module, once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'relsim.sweep' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"relsim.sweep.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
