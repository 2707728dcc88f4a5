"""What tests of comparisons share."""

from relsim.comparison import Comparison
from relsim.parameters import Parameters

SMALL = Parameters(buyers=6, salespeople=5, suppliers_per_buyer=2, periods=18, warm_up=4)


def same(one: Comparison, other: Comparison) -> bool:
    """Say whether two comparisons agree in every number."""
    names = ("table", "runs", "series", "buyers", "crossing", "crossings")
    return all(getattr(one, name).equals(getattr(other, name)) for name in names)
