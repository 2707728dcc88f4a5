"""relsim: an agent-based simulation of buyer-seller relationships in business markets.

The public names are imported when they are first used, so that ``import relsim`` takes little
time and a command waits only for what it needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

# At once, not when first used: importing the module later would put the module in place of the
# mapping.
from relsim.presets import presets
from relsim.versions import __version__

if TYPE_CHECKING:
    from relsim.agents import Buyer, Salesperson
    from relsim.comparison import Arm, Comparison, compare
    from relsim.curves import curve
    from relsim.errors import InputError
    from relsim.indices import Sensitivity, sensitivity
    from relsim.model import RelationshipModel
    from relsim.parameters import Parameters
    from relsim.replication import replicates
    from relsim.run import Run
    from relsim.simulation import simulate
    from relsim.sweep.results import Results, load

__all__ = [
    "Arm",
    "Buyer",
    "Comparison",
    "InputError",
    "Parameters",
    "RelationshipModel",
    "Results",
    "Run",
    "Salesperson",
    "Sensitivity",
    "__version__",
    "compare",
    "curve",
    "load",
    "presets",
    "replicates",
    "sensitivity",
    "simulate",
]

_HOMES = {
    "Arm": "comparison",
    "Buyer": "agents",
    "Comparison": "comparison",
    "InputError": "errors",
    "Parameters": "parameters",
    "RelationshipModel": "model",
    "Results": "sweep.results",
    "Run": "run",
    "Salesperson": "agents",
    "Sensitivity": "indices",
    "compare": "comparison",
    "curve": "curves",
    "load": "sweep.results",
    "replicates": "replication",
    "sensitivity": "indices",
    "simulate": "simulation",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module, once."""
    if name in _HOMES:
        value = getattr(importlib.import_module(f"relsim.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module 'relsim' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted({*globals(), *__all__})
