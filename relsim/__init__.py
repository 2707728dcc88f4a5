"""relsim: an agent-based simulation of buyer-seller relationships in business markets.

The public names are imported when they are first used, so that ``import relsim`` takes little
time and a command waits only for what it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim.engine.versions import __version__
from relsim.io.lazy import names_of

if TYPE_CHECKING:
    from relsim.analysis.curves import curve as curve
    from relsim.analysis.replication import replicates as replicates
    from relsim.analysis.sensitivity import Sensitivity as Sensitivity
    from relsim.analysis.sensitivity import sensitivity as sensitivity
    from relsim.comparison import Arm as Arm
    from relsim.comparison import Comparison as Comparison
    from relsim.comparison import compare as compare
    from relsim.comparison.tournament import Tournament as Tournament
    from relsim.comparison.tournament import tournament as tournament
    from relsim.design.strategies import GenerousTitForTat as GenerousTitForTat
    from relsim.design.strategies import Grudger as Grudger
    from relsim.design.strategies import TitForTat as TitForTat
    from relsim.io.errors import InputError as InputError
    from relsim.model.agents import Buyer as Buyer
    from relsim.model.agents import Salesperson as Salesperson
    from relsim.model.mesa_model import RelationshipModel as RelationshipModel
    from relsim.model.run import Run as Run
    from relsim.model.simulation import simulate as simulate
    from relsim.parameters import Parameters as Parameters
    from relsim.parameters.presets import presets as presets
    from relsim.studies.trust_cost import TrustCost as TrustCost
    from relsim.studies.trust_cost import trust_versus_cost as trust_versus_cost
    from relsim.sweep.results import Results as Results
    from relsim.sweep.results import load as load

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

__all__ = ["__version__", *_HOMES]

__getattr__ = names_of("relsim", _HOMES)


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted({*globals(), *__all__})
