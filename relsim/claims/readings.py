"""What claims read off a run: each reading takes a run and gives a number, or one a month.

Measures come from ``observation``; what no ledger keeps (who was silent before leaving, which side
told more first) is read off snapshots of all relationships. A reading that finds nothing to
measure gives ``nan``.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.observation import MEASURES, evaluate, totals
from relsim.simulation import MEASURE_NAMES, Run
from relsim.state import COLLABORATIVE, NOBODY, PERSONAL

Floats = NDArray[np.float64]
Pictures = dict[str, NDArray[Any]]

YEAR = 12
"""Months in a year."""

STRONG = (COLLABORATIVE, PERSONAL)
"""Phases of what the sources call strong relationships."""


@dataclass(frozen=True)
class Reading:
    """A number, or a curve over the months, read off a run.

    Parameters
    ----------
    name : str
        What it is, in a few words.
    unit : str
        Its unit.
    read : callable
        From a run to a number, or to an array of one a month.
    needs : tuple of str
        Variables of relationships that must be kept for every month.
    """

    name: str
    unit: str
    read: Callable[[Run], float | Floats]
    needs: tuple[str, ...] = ()


def _ratio(above: float, below: float) -> float:
    return float(above / below) if below > 0.0 else math.nan


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean()) if len(values) else math.nan


# --- off the ledgers -----------------------------------------------------------------------------


@functools.cache
def whole(measure: str) -> Reading:
    """A measure over the whole run."""
    return Reading(measure, MEASURES[measure].unit, lambda run: run.measures[measure])


@functools.cache
def curve(measure: str) -> Reading:
    """A measure in every month."""
    column = MEASURE_NAMES.index(measure)
    return Reading(measure, MEASURES[measure].unit, lambda run: run.series_values[:, column])


CUMULATIVE_COST = Reading(
    "total cost of all bought so far", "money/unit", lambda run: run.cumulative_cost
)

CONTRACT_MONTHS = Reading(
    "months between contracts",
    "month",
    lambda run: _ratio(12.0, run.measures["negotiations_per_year"]),
)

SERVICE_LOSS = Reading(
    "paid for later service, problems and delay",
    "money/unit",
    lambda run: sum(
        run.measures[name]
        for name in ("later_service_per_unit", "failure_per_unit", "delay_per_unit")
    ),
)


def _of_group(measure: str, ledgers: NDArray[Any], chosen: NDArray[Any]) -> float:
    """A measure of a group, weighted as ``observation`` weighs it."""
    return float(evaluate(MEASURES[measure], totals(ledgers[chosen]))[0])


def ranked_buyers(run: Run, trust: str) -> NDArray[np.intp]:
    """Buyers from the least to the most trusted; of equals the more aggressive one first.

    Where trust is held all are equals, and what remains is the order of their bargaining.
    """
    names = [name for name in MEASURE_NAMES if MEASURES[name].ledger == "buyer"]
    level = run.buyer_values[:, names.index(trust)].round(6)
    return np.lexsort((-np.nan_to_num(run.aggressiveness), level))


@functools.cache
def buyer_at(measure: str, trust: str, place: int) -> Reading:
    """A measure of the buyer at a place in the order of trust, ``-1`` the highest."""

    def read(run: Run) -> float:
        return _of_group(measure, run.buyer_ledgers, ranked_buyers(run, trust)[[place]])

    which = "least" if place == 0 else "most"
    return Reading(f"{measure}, {which} trusted buyer", MEASURES[measure].unit, read)


@functools.cache
def buyers_apart(measure: str, trust: str, share: float = 0.25) -> Reading:
    """A measure of the buyers highest in a kind of trust, minus that of the lowest."""

    def read(run: Run) -> float:
        ranked = ranked_buyers(run, trust)
        size = max(1, round(share * len(ranked)))
        high = _of_group(measure, run.buyer_ledgers, ranked[-size:])
        return high - _of_group(measure, run.buyer_ledgers, ranked[:size])

    return Reading(f"{measure}, top minus bottom by {trust}", MEASURES[measure].unit, read)


@functools.cache
def buyer_stances_apart(measure: str, first: str, second: str) -> Reading:
    """A measure of the buyers of one stance minus that of another, in one market."""

    def read(run: Run) -> float:
        stances = np.array(run.stances)
        one, other = (
            _of_group(measure, run.buyer_ledgers, np.flatnonzero(stances == name))
            for name in (first, second)
        )
        return one - other

    return Reading(f"{measure}, {first} minus {second}", MEASURES[measure].unit, read)


@functools.cache
def sellers_apart(measure: str, trait: str) -> Reading:
    """A measure of the sellers with a trait minus that of those without it, in one market."""

    def read(run: Run) -> float:
        has = run.salespeople[trait].to_numpy() > 0.0
        if has.all() or not has.any():
            return math.nan
        books = run.salesperson_ledgers
        return _of_group(measure, books, has) - _of_group(measure, books, ~has)

    return Reading(f"{measure}, with minus without {trait}", MEASURES[measure].unit, read)


def _seller_stance(run: Run, stance: str) -> NDArray[Any]:
    return np.flatnonzero(run.salespeople["stance"].to_numpy() == stance)


@functools.cache
def seller_stances_apart(measure: str, first: str, second: str) -> Reading:
    """A measure of the sellers of one stance minus that of another, in one market."""

    def read(run: Run) -> float:
        one, other = (_seller_stance(run, name) for name in (first, second))
        if not len(one) or not len(other):
            return math.nan
        books = run.salesperson_ledgers
        return _of_group(measure, books, one) - _of_group(measure, books, other)

    return Reading(f"{measure}, {first} minus {second}", MEASURES[measure].unit, read)


# --- off spells ----------------------------------------------------------------------------------


@functools.cache
def customers_won(first: str, second: str) -> Reading:
    """New customers a year of the sellers of one stance minus those of another."""

    def read(run: Run) -> float:
        spells = run.spells
        sellers = spells["seller"].to_numpy()[spells["start"].to_numpy() >= 0]
        years = run.parameters.periods / YEAR
        rates = []
        for stance in (first, second):
            group = _seller_stance(run, stance)
            rates.append(_ratio(float(np.isin(sellers, group).sum()), len(group) * years))
        return rates[0] - rates[1]

    return Reading(f"new customers, {first} minus {second}", "1/seller year", read)


def _long_spells(run: Run, months: int) -> Any:
    spells = run.spells
    return spells[spells["months"] >= months]


def _passed_in_order(run: Run) -> float:
    spells = _long_spells(run, 5 * YEAR)
    begun, joint = spells["start"], spells["collaborative_since"]
    return _mean(((joint > begun) & (spells["personal_since"] > joint)).to_numpy())


PASSED_IN_ORDER = Reading("long relationships through all three phases", "share", _passed_in_order)

NEVER_PERSONAL = Reading(
    "long relationships never in the personal phase",
    "share",
    lambda run: _mean(_long_spells(run, 5 * YEAR)["personal_since"].isna().to_numpy()),
)


# --- off snapshots -------------------------------------------------------------------------------


def _standing(pictures: Pictures) -> NDArray[np.bool_]:
    standing: NDArray[np.bool_] = pictures["seller"] != NOBODY
    return standing


def _same(pictures: Pictures, month: int, later: int) -> NDArray[np.bool_]:
    """Places where the relationship of one month still stands in a later one."""
    same: NDArray[np.bool_] = (
        (pictures["seller"][month] != NOBODY)
        & (pictures["seller"][month] == pictures["seller"][later])
        & (pictures["start"][month] == pictures["start"][later])
    )
    return same


def _sum_of(pictures: Pictures, names: Sequence[str]) -> Floats:
    total: Floats = sum((pictures[name].astype(np.float64) for name in names), np.zeros(1))
    return total


@functools.cache
def by_phase(
    name: str,
    unit: str,
    above: tuple[str, ...],
    below: tuple[str, ...],
    phases: tuple[int, ...],
    others: tuple[int, ...],
    scale: float = 1.0,
) -> Reading:
    """A ratio of sums over relationship months in some phases, minus that in others.

    Without variables ``below`` it is a mean over the months of what ``above`` adds up to.
    """

    def read(run: Run) -> float:
        kept = run.snapshots
        values = _sum_of(kept, above)
        divisor = _sum_of(kept, below) if below else np.ones_like(values)
        ratios = []
        for group in (phases, others):
            inside = np.isin(kept["phase"], group)
            ratios.append(scale * _ratio(values[inside].sum(), divisor[inside].sum()))
        return ratios[0] - ratios[1]

    return Reading(name, unit, read, ("seller", "phase", *above, *below))


@functools.cache
def accounts_apart(name: str, unit: str, variable: str, trait: str, scale: float = 1.0) -> Reading:
    """Mean of a variable over the accounts of sellers with a trait minus those without it."""

    def read(run: Run) -> float:
        kept = run.snapshots
        sellers, values = kept["seller"], kept[variable]
        has = run.salespeople[trait].to_numpy() > 0.0
        standing = sellers != NOBODY
        with_it = standing & has[sellers]
        return scale * (_mean(values[with_it]) - _mean(values[standing & ~has[sellers]]))

    return Reading(name, unit, read, ("seller", variable))


@functools.cache
def accounts_by_stance(name: str, unit: str, variable: str, first: str, second: str) -> Reading:
    """Mean of a variable over the accounts of sellers of one stance minus those of another."""

    def read(run: Run) -> float:
        kept = run.snapshots
        one, other = (
            _mean(kept[variable][np.isin(kept["seller"], _seller_stance(run, stance))])
            for stance in (first, second)
        )
        return one - other

    return Reading(name, unit, read, ("seller", variable))


def _business_first(run: Run) -> float:
    """Of relationships begun in the run that engaged as persons: business first, or persons."""
    kept = run.snapshots
    standing = _standing(kept) & (kept["start"] >= 0)
    # A relationship is told from the one before in its place by the month of its start.
    place = np.broadcast_to(np.arange(standing.shape[1]), standing.shape)
    month = np.broadcast_to(np.arange(standing.shape[0])[:, None], standing.shape)
    key = kept["start"].astype(np.int64) * standing.shape[1] + place
    firsts = []
    for engaged in ("business_engagement", "personal_engagement"):
        inside = standing & (kept[engaged] > 0.0)
        found, position = np.unique(key[inside], return_index=True)
        firsts.append(dict(zip(found.tolist(), month[inside][position].tolist(), strict=True)))
    business, personal = firsts
    never = run.parameters.periods
    signs = [np.sign(when - business.get(pair, never)) for pair, when in personal.items()]
    return float(np.mean(signs)) if signs else math.nan


BUSINESS_FIRST = Reading(
    "business before persons minus persons before business",
    "share",
    _business_first,
    ("seller", "start", "business_engagement", "personal_engagement"),
)


def _answers(run: Run) -> float:
    """How much more a buyer tells in a month where it is behind than where it is ahead.

    Within layers, since the first are told more easily than the last.
    """
    kept = run.snapshots
    own, other = (kept[f"business_disclosure_by_{side}"] for side in ("buyer", "seller"))
    stays = (
        _standing(kept)[:-1]
        & (kept["seller"][:-1] == kept["seller"][1:])
        & (kept["start"][:-1] == kept["start"][1:])
    )
    told = own[1:] - own[:-1]
    lead = other[:-1] - own[:-1]
    gaps, weights = [], []
    for layer in range(3):
        here = stays & (own[:-1].astype(np.int64) == layer)
        behind, ahead = told[here & (lead > 0.25)], told[here & (lead < -0.25)]
        if len(behind) and len(ahead):
            gaps.append(behind.mean() - ahead.mean())
            weights.append(min(len(behind), len(ahead)))
    return float(np.average(gaps, weights=weights)) if gaps else math.nan


ANSWERS = Reading(
    "told a month by a buyer that is behind, over one that is ahead",
    "layers/month",
    _answers,
    ("seller", "start", "business_disclosure_by_buyer", "business_disclosure_by_seller"),
)


def _by_age(run: Run) -> Floats:
    """Mean business disclosure by month of life, of relationships begun in the run.

    Only those that last three years, so that a change with age is no change of who is left.
    """
    kept, months = run.snapshots, 3 * YEAR
    level = (kept["business_disclosure_by_buyer"] + kept["business_disclosure_by_seller"]) / 2.0
    last = level.shape[0] - months
    rows = [
        level[month : month + months, place]
        for month in range(1, last)
        for place in np.flatnonzero(
            _same(kept, month, month + months - 1) & (kept["start"][month] == month)
        )
    ]
    return np.mean(rows, axis=0) if rows else np.full(months, math.nan)


BY_AGE = Reading(
    "business disclosure by month of life",
    "layers",
    _by_age,
    ("seller", "start", "business_disclosure_by_buyer", "business_disclosure_by_seller"),
)

STOP = 60
"""Month in which interventions strike: after half of a run."""


@functools.cache
def cohort(name: str, unit: str, variables: tuple[str, ...], share: bool = False) -> Reading:
    """Mean of variables over relationships that stand from before an intervention to 3 years on.

    With ``share`` over its level in the month before.
    """

    def read(run: Run) -> Floats:
        kept = run.snapshots
        inside = _same(kept, STOP - 1, STOP + 3 * YEAR - 1)
        if not inside.any():
            return np.full(run.parameters.periods, math.nan)
        levels: Floats = _sum_of(kept, variables)[:, inside].mean(axis=1) / len(variables)
        return levels / levels[STOP - 1] if share else levels

    return Reading(name, unit, read, ("seller", "start", *variables))


def _halves(values: NDArray[Any], inside: NDArray[np.bool_]) -> tuple[Any, Any]:
    middle = np.median(values[inside]) if inside.any() else 0.0
    return inside & (values > middle), inside & (values <= middle)


def _deepening(run: Run) -> tuple[float, float]:
    """Change of phase within a year: by the balance within ages, by age within balances."""
    kept = run.snapshots
    by_balance: list[float] = []
    by_age: list[float] = []
    for month in range(0, run.parameters.periods - YEAR, YEAR):
        same = _same(kept, month, month + YEAR)
        change = kept["phase"][month + YEAR].astype(float) - kept["phase"][month]
        balance = kept["buyer_balance"][month] + kept["seller_balance"][month]
        age = month - kept["start"][month]
        for gaps, sorting, within in ((by_balance, balance, age), (by_age, age, balance)):
            for stratum in _halves(within, same):
                high, low = _halves(sorting, stratum)
                if high.any() and low.any():
                    gaps.append(change[high].mean() - change[low].mean())
    return (
        float(np.mean(by_balance)) if by_balance else math.nan,
        float(np.mean(by_age)) if by_age else math.nan,
    )


_BALANCE = ("seller", "start", "phase", "buyer_balance", "seller_balance")

DEEPENED_BY_BALANCE = Reading(
    "change of phase in a year, better minus worse balance at equal age",
    "phases",
    lambda run: _deepening(run)[0],
    _BALANCE,
)

BALANCE_OVER_TIME = Reading(
    "effect of the balance minus effect of age on the change of phase",
    "phases",
    lambda run: _deepening(run)[0] - abs(_deepening(run)[1]),
    _BALANCE,
)


def _old_pairs(run: Run) -> Any:
    """Relationships at the end that have lasted three years, with both persons' boundaries."""
    pairs = run.relationships
    pairs = pairs[run.parameters.periods - pairs["start"] >= 3 * YEAR]
    of_buyers = run.buyers["personal_boundary"].to_numpy()[pairs["buyer"]]
    of_sellers = run.salespeople["personal_boundary"].to_numpy()[pairs["seller"]]
    return pairs.assign(
        boundary=np.maximum(of_buyers, of_sellers),
        trust=np.minimum(pairs["buyer_trust_in_seller"], pairs["seller_trust_in_buyer"]),
    )


@functools.cache
def personal_by(reason: str) -> Reading:
    """Share of old pairs in the personal phase: highest minus lowest third in some trait."""

    def read(run: Run) -> float:
        pairs = _old_pairs(run).sort_values(reason, kind="stable")
        third = len(pairs) // 3
        if third == 0:
            return math.nan
        personal = (pairs["phase"] == PERSONAL).to_numpy()
        return float(personal[-third:].mean() - personal[:third].mean())

    return Reading(f"personal phase, highest minus lowest third in {reason}", "share", read)


def _closed_and_collaborative(run: Run) -> float:
    pairs = _old_pairs(run).sort_values("boundary", kind="stable")
    return _mean((pairs["phase"].to_numpy() == COLLABORATIVE)[-(len(pairs) // 3 or 1) :])


CLOSED_BUT_COLLABORATIVE = Reading(
    "pairs with the firmest boundaries that are collaborative", "share", _closed_and_collaborative
)


def _seller_shares(run: Run, phase: int) -> tuple[Floats, Floats]:
    """Months of every salesperson with accounts, and the share of them in a phase."""
    kept = run.snapshots
    standing = _standing(kept)
    count = len(run.salesperson_ledgers)
    months = np.bincount(kept["seller"][standing], minlength=count).astype(float)
    inside = np.bincount(kept["seller"][standing & (kept["phase"] == phase)], minlength=count)
    return months, inside / np.maximum(months, 1.0)


def _confidence(run: Run) -> float:
    """Self-confidence of the third of salespeople with most personal accounts, minus the least."""
    _, personal = _seller_shares(run, PERSONAL)
    ranked = np.argsort(personal, kind="stable")
    third = max(1, len(ranked) // 3)
    books = run.salesperson_ledgers
    high = _of_group("confidence", books, ranked[-third:])
    return high - _of_group("confidence", books, ranked[:third])


CONFIDENCE = Reading(
    "self-confidence, most minus fewest personal accounts",
    "0 to 1",
    _confidence,
    ("seller", "phase"),
)

INTERVIEWS = 47
"""Salespeople whom KJ22 interviewed."""


def _interviewed(run: Run, permuted: bool) -> float:
    """Whether 47 of a market's salespeople show that trust goes with the personal phase.

    Rank correlation of the share of personal accounts and mean trust in both directions, at 0.05
    on one side.
    """
    from scipy.stats import spearmanr

    kept = run.snapshots
    months, personal = _seller_shares(run, PERSONAL)
    standing = _standing(kept)
    trust = (kept["buyer_trust_in_seller"] + kept["seller_trust_in_buyer"]) / 2.0
    mean = np.bincount(kept["seller"][standing], trust[standing], len(months)) / np.maximum(
        months, 1.0
    )
    generator = np.random.default_rng(run.seed)
    there = np.flatnonzero(months > 0.0)
    chosen = generator.choice(there, min(INTERVIEWS, len(there)), replace=False)
    labels = personal[chosen]
    if permuted:
        labels = generator.permutation(labels)
    if np.ptp(labels) == 0.0:
        return 0.0
    return float(spearmanr(labels, mean[chosen], alternative="greater").pvalue < 0.05)


_INTERVIEW = ("seller", "phase", "buyer_trust_in_seller", "seller_trust_in_buyer")
FOUND = Reading(
    "47 interviews show it", "share", lambda run: _interviewed(run, permuted=False), _INTERVIEW
)
FOUND_FALSELY = Reading(
    "47 interviews show it, labels permuted",
    "share",
    lambda run: _interviewed(run, permuted=True),
    _INTERVIEW,
)


@functools.cache
def lasting_by(variable: str, sign: int) -> Reading:
    """Relationships that last two years more: the best third in a variable minus the worst.

    Within the larger and the smaller half of accounts: who buys more has more of everything.
    ``sign`` is -1 where less of the variable is better.
    """

    def read(run: Run) -> float:
        kept, ahead = run.snapshots, 2 * YEAR
        gaps = []
        for month in range(0, run.parameters.periods - ahead, YEAR):
            lasts = _same(kept, month, month + ahead)
            for half in _halves(kept["usual_units"][month], _standing(kept)[month]):
                there = np.flatnonzero(half)
                ranked = there[np.argsort(kept[variable][month, there], kind="stable")]
                third = len(ranked) // 3
                if third:
                    gaps.append(lasts[ranked[-third:]].mean() - lasts[ranked[:third]].mean())
        return sign * float(np.mean(gaps)) if gaps else math.nan

    name = f"still customer after two years, by {variable} at equal size"
    return Reading(name, "share", read, ("seller", "start", variable, "usual_units"))


def _silence(run: Run) -> float:
    """Hazard within half a year of the silent minus that of others with equal problems and phase.

    Only with sellers that do not ask the silent: being asked ends a silence.
    """
    kept, half, long = run.snapshots, YEAR // 2, run.parameters.silence_threshold
    asks = run.salespeople["contacts_silent"].to_numpy() > 0.0
    ends: list[NDArray[Any]] = []
    silent: list[NDArray[Any]] = []
    strata: list[NDArray[Any]] = []
    for month in range(half, run.parameters.periods - half, half):
        old = _same(kept, month - half, month)
        here = old & ~asks[kept["seller"][month]]
        problems = kept["serious_problems"][month - half + 1 : month + 1].sum(axis=0)
        ends.append(~_same(kept, month, month + half)[here])
        silent.append((kept["silent_months"][month] >= long)[here])
        strata.append((np.minimum(problems, 3.0) * 4.0 + kept["phase"][month])[here])
    end, quiet, stratum = (np.concatenate(parts) for parts in (ends, silent, strata))
    gaps, weights = [], []
    for value in np.unique(stratum):
        inside = stratum == value
        spoke = inside & ~quiet
        hushed = inside & quiet
        if spoke.any() and hushed.any():
            gaps.append(end[hushed].mean() - end[spoke].mean())
            weights.append(spoke.sum() * hushed.sum() / inside.sum())
    return float(np.average(gaps, weights=weights)) if gaps else math.nan


SILENCE_HAZARD = Reading(
    "ended within half a year, silent minus not, at equal problems and phase",
    "share",
    _silence,
    ("seller", "start", "phase", "serious_problems", "silent_months"),
)
