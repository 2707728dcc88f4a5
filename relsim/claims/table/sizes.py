"""Smallest effects of interest that rows of the table share, see ``relsim.claims.table``."""

from relsim.claims.forms import Smallest

MONEY = Smallest(1.0, "1 money/unit: a hundredth of the list price (assumption)")
TRUST = Smallest(0.05, "a twentieth of the scale (assumption)")
SHARE = Smallest(0.05, "one relationship in twenty (assumption)")
KEPT = Smallest(0.02, "two accounts in a hundred a year (assumption)")
LAYER = Smallest(
    0.5, "half a layer: KJ22 pairs three layers with three phases, fewer would fall between two"
)
HOURS = Smallest(
    0.15, "a sixth, rounded: half an hour of the three that transaction matters take (assumption)"
)
IDEAS = Smallest(0.1, "one idea in ten relationship years (assumption)")
PROCUREMENT = Smallest(0.1, "a tenth of a buyer's hours (assumption)")
MOSTLY = Smallest(0.0, "more often than not")
