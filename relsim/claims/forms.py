"""What a claim consists of: arms, a reading, a contrast, a direction and an ablation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.statistics import signed_crossing
from relsim.claims.readings.base import Reading
from relsim.claims.statistics import HOLDS
from relsim.comparison import Arm
from relsim.parameters import Parameters

Floats = NDArray[np.float64]
Kind = Literal["emergent", "assumed", "calibrated"]
Setting = Literal["between markets", "within one market", "over time"]


NEUTRAL = Arm("neutral")
"""The base as it is."""


@dataclass(frozen=True)
class Ablation:
    """What is taken away: mechanisms switched off, outputs clamped at their mean, values set."""

    without: tuple[str, ...] = ()
    hold: tuple[str, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """In a few words.

        >>> Ablation(without=("ideas",), hold=("trust",)).name
        'without ideas, trust clamped'
        """
        words = [f"without {name.replace('_', ' ')}" for name in self.without]
        words += [f"{name.replace('_', ' ')} clamped" for name in self.hold]
        words += [f"{name} = {value}" for name, value in self.changes.items()]
        return ", ".join(words)

    def applied(self, parameters: Parameters, levels: Mapping[str, float]) -> Parameters:
        """Parameters with it taken away, in mid-run interventions too.

        Parameters
        ----------
        parameters : Parameters
            Of an arm.
        levels : mapping
            What to clamp each output at, by name.
        """
        interventions = tuple(
            (
                when,
                dict(change) | {"without": sorted({*change["without"], *self.without})}
                if "without" in change
                else dict(change),
            )
            for when, change in parameters.interventions
        )
        clamped = dict(parameters.hold)
        if "trust" in clamped and not {"buyer_trust", "seller_trust"}.isdisjoint(self.hold):
            # An arm that clamps the trust of both sides keeps that of the side not taken away.
            both = clamped.pop("trust")
            clamped |= {"buyer_trust": both, "seller_trust": both}
        return parameters.with_values(
            **{
                "without": parameters.without | set(self.without),
                "hold": clamped | {name: levels[name] for name in self.hold},
                "interventions": interventions,
                **self.changes,
            }
        )


BOTH_TRUSTS = ("buyer_trust", "seller_trust")
TRUST_CLAMPED = Ablation(hold=BOTH_TRUSTS)
KNOWN_CLAMPED = Ablation(hold=(*BOTH_TRUSTS, "understanding"))

Combine = Callable[[Sequence[Floats]], Floats]


@dataclass(frozen=True)
class Contrast:
    """From the readings of the arms to one effect a replicate.

    Parameters
    ----------
    kind : str
        Difference, level, slope, curve or order: the form of the effect.
    text : str
        What is subtracted from what.
    combine : callable
        From one array an arm, its first axis the replicates, to an array of effects.
    """

    kind: Literal["difference", "level", "slope", "curve", "order"]
    text: str
    combine: Combine


DIFFERENCE = Contrast("difference", "second arm minus first", lambda arms: arms[1] - arms[0])
LEVEL = Contrast("level", "against zero", lambda arms: arms[0])
GROUPS = Contrast("slope", "between groups of one market", lambda arms: arms[0])
ORDER = Contrast("order", "against zero", lambda arms: arms[0])
BETWEEN_TWO = Contrast(
    "difference", "second reading minus first, of one market", lambda arms: arms[1] - arms[0]
)
RELATIVE = Contrast(
    "difference", "second arm over first, minus 1", lambda arms: arms[1] / arms[0] - 1.0
)
INTERACTION = Contrast(
    "slope",
    "(fourth arm minus third) minus (second minus first)",
    lambda arms: (arms[3] - arms[2]) - (arms[1] - arms[0]),
)


def away_from(level: float) -> Contrast:
    """How far from a stated level."""
    return Contrast("level", f"minus {level:g}", lambda arms: arms[0] - level)


def from_month(first: int, last: int) -> Contrast:
    """Second curve minus the first, mean over some months.

    >>> from_month(0, 2).combine([np.zeros((1, 3)), np.array([[1.0, 3.0, 9.0]])])
    array([2.])
    """
    return Contrast(
        "curve",
        f"second arm minus first, months {first} to {last - 1}",
        lambda arms: (arms[1] - arms[0])[:, first:last].mean(axis=1),
    )


def slowing(early: tuple[int, int], late: tuple[int, int]) -> Contrast:
    """What a curve gains in an early stretch minus what it gains in a late one."""

    def combine(arms: Sequence[Floats]) -> Floats:
        """Gain of the early stretch minus that of the late one, a value a replicate."""
        gains = [arms[0][:, last] - arms[0][:, first] for first, last in (early, late)]
        return gains[0] - gains[1]

    return Contrast(
        "curve",
        f"gain of months {early[0]} to {early[1]} minus gain of months {late[0]} to {late[1]}",
        combine,
    )


def _crossings(arms: Sequence[Floats]) -> Floats:
    """Month in which the second arm becomes the dearer for good, a replicate each; or ``nan``."""
    months = (signed_crossing(*curves) for curves in zip(*arms, strict=True))
    return np.array([month if month > 0 else np.nan for month in months], np.float64)


CROSSED = Contrast(
    "curve",
    "replicates in which the second arm is cheaper at first and dearer in the end, minus one half",
    lambda arms: (~np.isnan(_crossings(arms))).astype(np.float64) - 0.5,
)
CROSSING_MONTH = Contrast("curve", "month in which the second arm becomes the dearer", _crossings)


class Smallest(NamedTuple):
    """The smallest effect of interest, fixed before any result was seen, and why that one."""

    effect: float
    reason: str


class Expected(NamedTuple):
    """What an effect must be for a part to hold: its sign, and how large at least or at most."""

    direction: int
    smallest: Smallest


def more_by(smallest: Smallest) -> Expected:
    """Expect an effect above zero, by at least the smallest of interest."""
    return Expected(1, smallest)


def less_by(smallest: Smallest) -> Expected:
    """Expect an effect below zero, by at least the smallest of interest."""
    return Expected(-1, smallest)


def within(smallest: Smallest) -> Expected:
    """Expect an effect of either sign no larger than the smallest of interest."""
    return Expected(0, smallest)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that a claim says and that runs can contradict.

    Parameters
    ----------
    says : str
        What it says.
    reading : Reading or tuple of Reading
        What is read off every arm; if several, one an arm in turn.
    expects : Expected
        Sign that the effect should have and the smallest one of interest: ``more_by``, ``less_by``
        or ``within``.
    arms : tuple of Arm
        The markets it looks at.
    form : Contrast, optional
        From readings to an effect; by default the difference of two arms, or between groups of one.
    ablation : Ablation, optional
        What must make it vanish when taken away; none where the contrast itself takes it away.
    counts : bool
        Whether the verdict on the claim depends on it; if not it is only reported.
    ours : bool
        Whether it is a reading of ours and no source says it; then it is only reported.
    where_holds : str
        Id of another claim that must hold for this part to count, see ``counting``.
    """

    says: str
    reading: Reading | tuple[Reading, ...]
    expects: Expected
    arms: tuple[Arm, ...] = (NEUTRAL,)
    form: Contrast | None = None
    ablation: Ablation | None = None
    counts: bool = True
    ours: bool = False
    where_holds: str = ""

    def __post_init__(self) -> None:
        """Only what a source says decides a verdict."""
        if self.ours:
            object.__setattr__(self, "counts", False)

    @property
    def direction(self) -> int:
        """Sign that the effect should have; 0 if it should be no larger than ``smallest``."""
        return self.expects.direction

    @property
    def smallest(self) -> Smallest:
        """Smallest effect of interest."""
        return self.expects.smallest

    @property
    def contrast(self) -> Contrast:
        """From readings to an effect."""
        return self.form or (GROUPS if len(self.arms) == 1 else DIFFERENCE)

    def pairs(self) -> tuple[tuple[Arm, Reading], ...]:
        """Every arm with what is read off it."""
        if isinstance(self.reading, Reading):
            return tuple((arm, self.reading) for arm in self.arms)
        if len(self.arms) == 1:
            return tuple((self.arms[0], reading) for reading in self.reading)
        return tuple(zip(self.arms, self.reading, strict=True))

    @property
    def unit(self) -> str:
        """Unit of the effect."""
        if self.contrast in (CROSSED, RELATIVE):
            return "share"
        return "month" if self.contrast is CROSSING_MONTH else self.pairs()[0][1].unit


def counting(parts: Sequence[Part], verdicts: Mapping[str, str]) -> list[bool]:
    """Which parts of a claim its verdict depends on, by the verdicts on claims judged with it.

    A part that asks for another claim to hold (``where_holds``) does not count where that claim was
    judged too and does not hold. If no such part is left, there was nothing to be seen, and none
    counts: the claim is inconclusive.
    """
    there = [part.counts and verdicts.get(part.where_holds, HOLDS) == HOLDS for part in parts]
    asking = [counts for counts, part in zip(there, parts, strict=True) if part.where_holds]
    return there if any(asking) or not asking else [False] * len(parts)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A claim of the sources, as something that can fail.

    Parameters
    ----------
    id : str
        As in the evidence: ``A1`` to ``A8``, ``B1`` to ``B22``.
    statement : str
        In the project's own words.
    source : str
        Key of the bibliography.
    kind : {"emergent", "assumed", "calibrated"}
        Whether a rule states it, see ODD.md.
    setting : {"between markets", "within one market", "over time"}
        What is compared.
    parts : tuple of Part
        What it says, the most important first. All that count must hold.
    note : str
        What is not carried by the model, or read in our own way.
    """

    id: str
    statement: str
    source: str
    kind: Kind
    setting: Setting
    parts: tuple[Part, ...]
    note: str = ""


CLAMP_LEVELS: Mapping[str, Callable[[Mapping[str, float]], float]] = MappingProxyType(
    {
        "buyer_trust": lambda m: m["trust_in_suppliers"],
        "seller_trust": lambda m: m["suppliers_trust_in_buyer"],
        "understanding": lambda m: m["understanding"],
        "attention": lambda m: m["attention"],
        "service": lambda m: m["service"],
        "quality": lambda m: m["quality"],
        "contract_months": lambda m: 12.0 / m["negotiations_per_year"],
        "clauses": lambda m: m["clauses_per_contract"],
    }
)
"""What an output is clamped at: its mean over the arms of a claim, read off their measures."""
