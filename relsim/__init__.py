"""relsim: an agent-based simulation of buyer-seller relationships in business markets.

The public names are imported when they are first used, so that ``import relsim`` takes little
time and a command waits only for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim.engine.versions import __version__
from relsim.io.lazy import names_of

if TYPE_CHECKING:
    from relsim.analysis.curves import curve
    from relsim.analysis.replication import replicates
    from relsim.analysis.sensitivity import Sensitivity, sensitivity
    from relsim.comparison import Arm, Comparison, compare
    from relsim.comparison.tournament import Tournament, tournament
    from relsim.design.strategies import GenerousTitForTat, Grudger, TitForTat
    from relsim.io.errors import InputError
    from relsim.model.agents import Buyer, Salesperson
    from relsim.model.mesa_model import RelationshipModel
    from relsim.model.run import Run
    from relsim.model.simulation import simulate
    from relsim.parameters import Parameters
    from relsim.parameters.presets import presets
    from relsim.studies.trust_cost import TrustCost, trust_versus_cost
    from relsim.sweep.results import Results, load

__all__ = [
    "Arm",
    "Buyer",
    "Comparison",
    "GenerousTitForTat",
    "Grudger",
    "InputError",
    "Parameters",
    "RelationshipModel",
    "Results",
    "Run",
    "Salesperson",
    "Sensitivity",
    "TitForTat",
    "Tournament",
    "TrustCost",
    "__version__",
    "compare",
    "curve",
    "load",
    "presets",
    "replicates",
    "sensitivity",
    "simulate",
    "tournament",
    "trust_versus_cost",
]

_HOMES = {
    "Arm": "relsim.comparison",
    "Buyer": "relsim.model.agents",
    "Comparison": "relsim.comparison",
    "GenerousTitForTat": "relsim.design.strategies",
    "Grudger": "relsim.design.strategies",
    "InputError": "relsim.io.errors",
    "Parameters": "relsim.parameters",
    "RelationshipModel": "relsim.model.mesa_model",
    "Results": "relsim.sweep.results",
    "Run": "relsim.model.run",
    "Salesperson": "relsim.model.agents",
    "Sensitivity": "relsim.analysis.sensitivity",
    "TrustCost": "relsim.studies.trust_cost",
    "TitForTat": "relsim.design.strategies",
    "Tournament": "relsim.comparison.tournament",
    "compare": "relsim.comparison",
    "curve": "relsim.analysis.curves",
    "load": "relsim.sweep.results",
    "presets": "relsim.parameters.presets",
    "replicates": "relsim.analysis.replication",
    "sensitivity": "relsim.analysis.sensitivity",
    "simulate": "relsim.model.simulation",
    "tournament": "relsim.comparison.tournament",
    "trust_versus_cost": "relsim.studies.trust_cost",
}


__getattr__ = names_of("relsim", _HOMES)


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted({*globals(), *__all__})
