"""The table of claims: what the sources say, each as arms, a measure and a smallest effect.

A new claim is one new row, in the file of its subject. The smallest effects of interest were
written down before the claims were first run, and are not changed for what came out. Where no
source gives a size they follow one yardstick (all assumptions): a hundredth of the list price (1
money/unit) for what a unit costs; a twentieth (0.05) for trust and for shares of relationships; two
accounts in a hundred a year (0.02) for what is lost or kept; half a layer of disclosure, since KJ22
pairs three layers with three phases; half an hour a month for the hours of one relationship, about
a sixth of what transaction matters take; one idea in ten relationship years. Other sizes give their
own reason.
"""

from relsim.claims.forms import Claim
from relsim.claims.table.after_sale import AFTER_SALE
from relsim.claims.table.buying import BUYING
from relsim.claims.table.deepening import DEEPENING
from relsim.claims.table.deepest import DEEPEST_PHASE
from relsim.claims.table.trust import TRUST
from relsim.claims.table.upkeep import UPKEEP

CLAIMS: tuple[Claim, ...] = (*DEEPENING, *DEEPEST_PHASE, *AFTER_SALE, *UPKEEP, *TRUST, *BUYING)
"""All claims, in the order of the evidence."""
