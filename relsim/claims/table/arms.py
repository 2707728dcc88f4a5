"""Markets that rows of the table share."""

from __future__ import annotations

from typing import Any

import numpy as np

from relsim.claims.readings.disclosure import STOP
from relsim.comparison import Arm
from relsim.parameters import Parameters
from relsim.parameters.presets import presets


def market(name: str, **changes: Any) -> Arm:
    """A market with parameters that differ from the base."""
    return Arm(name, Parameters(**changes))


def struck(name: str, **change: Any) -> Arm:
    """A neutral market in which something changes for good after half of the run."""
    return market(name, interventions=[(STOP, change)])


AGGRESSIVE = market("aggressive", buyer_stances="aggressive")
TRUSTING = market("trusting", buyer_stances="trusting")
MIXED = market("mixed", aggressiveness=np.linspace(0.0, 1.0, 40).round(4).tolist())
EIGHT = Arm("eight buyers", presets["eight_automakers"])
EIGHT_ALIKE = Arm("eight alike", EIGHT.parameters.with_values(aggressiveness=[0.5] * 8))
CAPITAL = Arm("capital goods", presets["capital_equipment"])
YEARLY = market(
    "bought yearly",
    purchase_interval=12,
    # income comes in lumps, as with capital goods: firms need the means to wait for it
    **{
        name: getattr(presets["capital_equipment"], name)
        for name in ("working_capital", "smoothing")
    },
)
MANY = market("many salespeople", buyers=160, salespeople=160)
LITTLE_TRUST = market("little trust", hold={"trust": 0.3})
MUCH_TRUST = market("much trust", hold={"trust": 0.7})
