"""What claims read off a run: each reading takes a run and gives a number, or one a month.

Measures come from ``observation``; what no ledger keeps (who was silent before leaving, which side
told more first) is read off snapshots of all relationships. A reading that finds nothing to
measure gives ``nan``.
"""

from relsim.claims.readings.accounts import (
    SILENCE_HAZARD,
    accounts_apart,
    accounts_by_stance,
    customers_won,
    lasting_by,
)
from relsim.claims.readings.base import STRONG, YEAR, Floats, Reading, mean_of, ratio
from relsim.claims.readings.disclosure import ANSWERS, BY_AGE, STOP, cohort
from relsim.claims.readings.interviews import (
    FOUND,
    FOUND_FALSELY,
    INTERVIEWS,
    TESTS_SEE_FALSELY,
    study_sees,
)
from relsim.claims.readings.ledgers import (
    CONTRACT_MONTHS,
    CUMULATIVE_COST,
    SERVICE_LOSS,
    buyer_at,
    buyer_stances_apart,
    buyers_apart,
    curve,
    of_group,
    ranked_buyers,
    seller_stances_apart,
    sellers_apart,
    whole,
    with_stance,
)
from relsim.claims.readings.phases import (
    BALANCE_OVER_TIME,
    BUSINESS_FIRST,
    CLOSED_BUT_COLLABORATIVE,
    CONFIDENCE,
    DEEPENED_BY_BALANCE,
    NEVER_PERSONAL,
    PASSED_IN_ORDER,
    personal_by,
)
from relsim.claims.readings.snapshots import (
    by_phase,
    phase_shares,
    same_pair,
    stands,
    sum_of,
    two_halves,
)

__all__ = [
    "ANSWERS",
    "BALANCE_OVER_TIME",
    "BUSINESS_FIRST",
    "BY_AGE",
    "CLOSED_BUT_COLLABORATIVE",
    "CONFIDENCE",
    "CONTRACT_MONTHS",
    "CUMULATIVE_COST",
    "DEEPENED_BY_BALANCE",
    "FOUND",
    "FOUND_FALSELY",
    "INTERVIEWS",
    "NEVER_PERSONAL",
    "PASSED_IN_ORDER",
    "SERVICE_LOSS",
    "SILENCE_HAZARD",
    "STOP",
    "STRONG",
    "TESTS_SEE_FALSELY",
    "YEAR",
    "Floats",
    "Reading",
    "accounts_apart",
    "accounts_by_stance",
    "buyer_at",
    "buyer_stances_apart",
    "buyers_apart",
    "by_phase",
    "cohort",
    "curve",
    "customers_won",
    "lasting_by",
    "mean_of",
    "of_group",
    "personal_by",
    "phase_shares",
    "ranked_buyers",
    "ratio",
    "same_pair",
    "seller_stances_apart",
    "sellers_apart",
    "stands",
    "study_sees",
    "sum_of",
    "two_halves",
    "whole",
    "with_stance",
]
