"""What rows of the table share: reasons of smallest effects, arms, and what is taken away.

Where no source gives a size the smallest effects follow one yardstick, see ``relsim.claims.table``.
"""

from __future__ import annotations

import numpy as np

from relsim.claims.forms import Ablation, Arm
from relsim.claims.readings import STOP
from relsim.model.state import COLLABORATIVE, COMMERCIAL, PERSONAL

# --- reasons of the smallest effects -------------------------------------------------------------

MONEY = "1 money/unit: a hundredth of the list price (assumption)"
TRUST = "a twentieth of the scale (assumption)"
SHARE = "one relationship in twenty (assumption)"
KEPT = "two accounts in a hundred a year (assumption)"
LAYER = "half a layer: KJ22 pairs three layers with three phases, fewer would fall between two"
HOURS = "half an hour a month, about a sixth of what transaction matters take (assumption)"
IDEAS = "one idea in ten relationship years (assumption)"
PROCUREMENT = (
    "10 hours/1000 units: about a tenth of a buyer's hours in a neutral market (assumption)"
)

# --- arms ----------------------------------------------------------------------------------------

NEUTRAL = Arm("neutral")
AGGRESSIVE = Arm("aggressive", {"buyer_stances": "aggressive"})
TRUSTING = Arm("trusting", {"buyer_stances": "trusting"})
MIXED = Arm("mixed", {"aggressiveness": np.linspace(0.0, 1.0, 40).round(4).tolist()})
EIGHT = Arm("eight buyers", preset="eight_automakers")
EIGHT_ALIKE = Arm("eight alike", {"aggressiveness": [0.5] * 8}, preset="eight_automakers")
CAPITAL = Arm("capital goods", preset="capital_equipment")
YEARLY = Arm("bought yearly", {"purchase_interval": 12})
MANY = Arm("many salespeople", {"buyers": 160, "salespeople": 160})
LITTLE_TRUST = Arm("little trust", {"hold": {"trust": 0.3}})
MUCH_TRUST = Arm("much trust", {"hold": {"trust": 0.7}})
NO_CONTRACTS = frozenset({"contracts"})


def struck(name: str, **change: object) -> Arm:
    """A neutral market in which something changes for good after half of the run."""
    return Arm(name, {"interventions": [(STOP, change)]})


# --- what is taken away --------------------------------------------------------------------------

BOTH_TRUSTS = ("buyer_trust", "seller_trust")
TRUST_HELD = Ablation(hold=BOTH_TRUSTS)
KNOWN_HELD = Ablation(hold=(*BOTH_TRUSTS, "understanding"))

DEEPEST, SHALLOWER = (PERSONAL,), (COMMERCIAL, COLLABORATIVE)
BUSINESS = ("business_disclosure_by_buyer", "business_disclosure_by_seller")
PERSONS = ("personal_disclosure_by_buyer", "personal_disclosure_by_seller")
TRANSACTION = ("haggling_hours", "contract_hours", "blame_hours")
