"""Run what claims need, each distinct market once a replicate, on common random numbers.

Every run is reduced at once to the readings that some part asks of it, so that memory does not
grow with the number of markets. Outputs that an ablation clamps need their mean over the arms, so
the arms run first and what is clamped after them.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.claims.forms import CLAMP_LEVELS, Ablation, Claim, Part, counting
from relsim.claims.readings.base import Reading
from relsim.claims.statistics import Interval, interval, overall, vanished, verdict
from relsim.comparison import Progress, arm, run_all, seeds
from relsim.model.run import Run
from relsim.model.simulation import simulate
from relsim.parameters import Parameters

Floats = NDArray[np.float64]


def _levels(run: Run) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.array([np.float64(level(run.measures)) for level in CLAMP_LEVELS.values()])


LEVELS = Reading("what outputs are clamped at", "", _levels)


@dataclass
class _Market:
    """A market to run: parameters, and all that is read off its runs."""

    parameters: Parameters
    readings: list[Reading] = field(default_factory=list)


class Market(NamedTuple):
    """Name of a market among those of a plan."""

    key: str


class Runs:
    """Readings of markets, each distinct one run once a replicate.

    Parameters
    ----------
    run_seeds : sequence of int
        One a replicate, the same for all markets.
    workers : int, optional
        Threads, by default one a processor.
    progress : bool or callable
        As for ``relsim.compare``.
    """

    def __init__(
        self, run_seeds: Sequence[int], workers: int | None = None, progress: Progress = False
    ) -> None:
        self._seeds = run_seeds
        self._workers = workers
        self._progress = progress
        self._waiting: dict[str, _Market] = {}
        self._done: dict[tuple[str, Reading], Floats] = {}

    def want(self, parameters: Parameters, reading: Reading) -> Market:
        """Ask for a reading of a market; it is run with the next ``go``."""
        values = parameters.model_dump(mode="json")
        key = repr(sorted(values.items(), key=lambda item: item[0]))
        if (key, reading) not in self._done:
            market = self._waiting.setdefault(key, _Market(parameters))
            if reading not in market.readings:
                market.readings.append(reading)
        return Market(key)

    def go(self) -> None:
        """Run all that was asked for since."""
        asked, self._waiting = self._waiting, {}
        found = run_all(list(asked.values()), self._seeds, _read, self._workers, self._progress)
        for (key, market), runs in zip(asked.items(), found, strict=True):
            for reading, values in zip(market.readings, zip(*runs, strict=True), strict=True):
                self._done[key, reading] = np.array(values, np.float64)

    def of(self, market: Market, reading: Reading) -> Floats:
        """Return what was read off a market, first axis the replicates."""
        return self._done[market.key, reading]


def _read(market: _Market, seed: int, stop: threading.Event) -> list[float | Floats]:
    needs = tuple(sorted({name for reading in market.readings for name in reading.needs}))
    run = simulate(market.parameters, seed, snapshots=needs, stop=stop)
    return [reading.read(run) for reading in market.readings]


# --- results ---------------------------------------------------------------------------------


class ArmResult(NamedTuple):
    """What an arm read: a row a replicate."""

    name: str
    readings: Floats


class PartResult(NamedTuple):
    """What came out for a part of a claim."""

    claim: Claim
    part: Part
    arms: tuple[ArmResult, ...]
    effect: Interval
    verdict: str
    ablated_arms: tuple[ArmResult, ...]
    ablated: Interval | None

    @property
    def vanishes(self) -> bool | None:
        """Whether what is left with the mechanism taken away is too small to be of interest."""
        if self.ablated is None or self.part.direction == 0:
            return None
        if self.ablated.measured == 0:
            return None
        return vanished(self.ablated, self.part.smallest.effect)

    @property
    def share_gone(self) -> float:
        """Share of the effect that goes when the mechanism is taken away."""
        if self.ablated is None or self.effect.mean == 0.0 or self.part.direction == 0:
            return math.nan
        return 1.0 - self.ablated.mean / self.effect.mean


class ClaimResult(NamedTuple):
    """What came out for a claim."""

    claim: Claim
    parts: tuple[PartResult, ...]
    seed: int | None = None

    @property
    def verdict(self) -> str:
        """Verdict on all parts that count, if no other claim was run with it."""
        there = counting(self.claim.parts, {})
        return overall([result.verdict for result in compress(self.parts, there)])


def _asked(runs: Runs, part: Part, markets: Sequence[Parameters]) -> list[Market]:
    readings = [reading for _, reading in part.pairs()]
    return [
        runs.want(parameters, reading)
        for parameters, reading in zip(markets, readings, strict=True)
    ]


def _arms(runs: Runs, part: Part, markets: Sequence[Market]) -> tuple[ArmResult, ...]:
    alone = len(part.arms) == 1 and len(markets) > 1
    return tuple(
        ArmResult(reading.name if alone else arm.name, runs.of(market, reading))
        for (arm, reading), market in zip(part.pairs(), markets, strict=True)
    )


def _effects(part: Part, arms: Sequence[ArmResult]) -> Floats:
    """One effect a replicate."""
    return part.contrast.combine([arm.readings for arm in arms])


def _effect(part: Part, arms: Sequence[ArmResult]) -> Interval:
    return interval(_effects(part, arms))


def _clamped_at(runs: Runs, ablation: Ablation, markets: Iterable[Market]) -> dict[str, float]:
    """Pooled mean over the arms of each output that is to be clamped."""
    if not ablation.hold:
        return {}
    rows = np.vstack([runs.of(market, LEVELS) for market in markets])
    means = dict(zip(CLAMP_LEVELS, np.nanmean(rows, axis=0).tolist(), strict=True))
    return {name: means[name] for name in ablation.hold}


def check(
    claims: Sequence[Claim],
    base: Parameters | None = None,
    replicates: int = 200,
    seed: int = 0,
    workers: int | None = None,
    progress: Progress = False,
    ablate: bool = True,
) -> tuple[ClaimResult, ...]:
    """Run claims and judge them.

    Parameters
    ----------
    claims : sequence of Claim
        Which ones.
    base : Parameters, optional
        What holds where an arm says nothing; the defaults if none.
    replicates : int
        Runs of every market.
    seed : int
        The seeds of the replicates follow from it.
    workers : int, optional
        Threads, by default one a processor. Results do not depend on it.
    progress : bool or callable
        As for ``relsim.compare``.
    ablate : bool
        Whether to run the ablations too.

    Returns
    -------
    tuple of ClaimResult
        In the order of the claims.
    """
    runs = Runs(seeds(seed, replicates), workers, progress)
    chosen = Parameters() if base is None else base
    plans = [_Plan(runs, claim, part, chosen) for claim in claims for part in claim.parts]
    if ablate:
        for plan in plans:
            plan.prepare()
    runs.go()
    if ablate:
        for plan in plans:
            plan.take_away()
        runs.go()
    results = [plan.result() for plan in plans]
    return tuple(
        ClaimResult(claim, tuple(result for result in results if result.claim is claim), seed)
        for claim in claims
    )


def effects(claims: Sequence[Claim], base: Parameters, run_seeds: Sequence[int]) -> Floats:
    """Effect of every part of every claim in one market, without ablations and without verdicts.

    Parameters
    ----------
    claims : sequence of Claim
        Which ones.
    base : Parameters
        What holds where an arm says nothing.
    run_seeds : sequence of int
        One a replicate.

    Returns
    -------
    ndarray
        A row a replicate, a column a part in the order of the claims; every distinct market is run
        once a replicate. The verdicts of ``check`` follow from the columns.
    """
    runs = Runs(run_seeds, 1)
    plans = [_Plan(runs, claim, part, base) for claim in claims for part in claim.parts]
    runs.go()
    return np.column_stack([plan.effects() for plan in plans])


class _Plan:
    """The markets that a part of a claim needs, and what becomes of their readings."""

    def __init__(self, runs: Runs, claim: Claim, part: Part, base: Parameters) -> None:
        self.runs, self.claim, self.part = runs, claim, part
        self.parameters = [arm(one, base).parameters for one, _ in part.pairs()]
        self.markets = _asked(runs, part, self.parameters)
        self.ablated: list[Market] = []

    def prepare(self) -> None:
        """Ask for the ablated markets, or for the levels that are needed first."""
        if self.part.ablation is not None and self.part.ablation.hold:
            for one in self.parameters:
                self.runs.want(one, LEVELS)
        else:
            self.take_away()

    def take_away(self) -> None:
        """Ask for the ablated markets, now that what is clamped has a level."""
        ablation = self.part.ablation
        if ablation is not None and not self.ablated:
            levels = _clamped_at(self.runs, ablation, self.markets)
            taken = [ablation.applied(one, levels) for one in self.parameters]
            self.ablated = _asked(self.runs, self.part, taken)

    def effects(self) -> Floats:
        """One effect a replicate."""
        return _effects(self.part, _arms(self.runs, self.part, self.markets))

    def result(self) -> PartResult:
        """Judge what was read."""
        arms = _arms(self.runs, self.part, self.markets)
        without = _arms(self.runs, self.part, self.ablated) if self.ablated else ()
        return judged(self.claim, self.part, arms, without)


def judged(
    claim: Claim, part: Part, arms: tuple[ArmResult, ...], ablated: tuple[ArmResult, ...]
) -> PartResult:
    """Judge the readings of a part's arms.

    Parameters
    ----------
    claim : Claim
        The claim.
    part : Part
        Its part.
    arms, ablated : tuple of ArmResult
        What was read, and what with the mechanism taken away; the latter may be empty.
    """
    effect = _effect(part, arms)
    return PartResult(
        claim,
        part,
        arms,
        effect,
        verdict(effect, part.direction, part.smallest.effect),
        ablated,
        _effect(part, ablated) if ablated else None,
    )
