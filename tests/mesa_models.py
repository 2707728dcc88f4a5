"""Small models that step."""

from typing import Any

from relsim.model.mesa_model import RelationshipModel
from relsim.parameters import Parameters

SMALL = {"buyers": 6, "salespeople": 5, "suppliers_per_buyer": 2, "periods": 6, "warm_up": 3}
PARAMETERS = Parameters(**SMALL)


def finished(**given: Any) -> RelationshipModel:
    """A model after its last month."""
    model = RelationshipModel(PARAMETERS, **{"rng": 1, **given})
    while model.running:
        model.step()
    return model
