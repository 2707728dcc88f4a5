"""What each decision of the game is worth: ``python -m tests.play_values commodity --seeds 100``.

Total cost of a unit over ten years of a policy, minus that of the same game with every decision as
usual: mean over seeds and its 95% interval.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping

import numpy as np

from relsim.play.decisions import OPTIONS, Choice, Decisions
from relsim.play.game import Game
from relsim.play.scenarios import SCENARIOS, YEARS

COST = "total_cost_per_unit"
FIRST_SEED = 20_000
"""Seeds were chosen before anything was looked at."""

Policy = Callable[[Game], Decisions]


def always(**options: str) -> Policy:
    """The same for all suppliers in all years."""
    decisions = Decisions(Choice(**options))
    return lambda game: decisions


def by_trust(best: str = "usual", worst: str = "usual") -> Policy:
    """Order otherwise from the supplier trusted most, and from the one trusted least."""

    def decide(game: Game) -> Decisions:
        ranked = sorted(game.buyer().relationships, key=lambda each: each.buyer_trust_in_seller)
        if not game.year or len(ranked) < 2:
            return Decisions()
        chosen = {ranked[-1].firm: Choice(order=best), ranked[0].firm: Choice(order=worst)}
        return Decisions(suppliers={int(firm): each for firm, each in chosen.items()})

    return decide


def answering(best: str, worst: str) -> Policy:
    """Trust whom one trusts most and press the one trusted least."""

    def decide(game: Game) -> Decisions:
        ranked = sorted(game.buyer().relationships, key=lambda each: each.buyer_trust_in_seller)
        if not game.year or len(ranked) < 2:
            return Decisions()
        chosen = {ranked[-1].firm: Choice(bargain=best), ranked[0].firm: Choice(bargain=worst)}
        return Decisions(suppliers={int(firm): each for firm, each in chosen.items()})

    return decide


def adaptive(game: Game) -> Decisions:
    """Be an open partner for two years, and press from then on if nobody has brought an idea.

    Looks only at what a player sees.
    """
    if game.year >= 2 and game.records()["ideas_received"].sum() == 0.0:
        return Decisions(Choice("press", disclose="open"))
    return Decisions(Choice("trust", disclose="open"))


POLICIES: Mapping[str, Policy] = {
    **{
        f"{name}: {option}": always(**{name: option})
        for name, options in OPTIONS.items()
        for option in options
        if name != "order" and option not in ("usual", "fair")
    },
    "order: more from the one trusted most": by_trust(best="more"),
    "order: less from the one trusted least": by_trust(worst="less"),
    "order: replace the one trusted least": by_trust(worst="drop"),
    "bargain: trust the best, press the worst": answering("trust", "press"),
    "always an open partner": always(bargain="trust", disclose="open"),
    "adaptive": adaptive,
}


def cost(scenario: str, seed: int, policy: Policy) -> float:
    """What a unit costs over ten years of a policy."""
    game = Game(scenario, seed)
    while game.year < YEARS:
        game.advance(policy(game))
    return game.measures()[COST]


def interval(differences: np.ndarray) -> str:
    """A mean with its 95% interval."""
    half = 1.96 * differences.std(ddof=1) / len(differences) ** 0.5
    return (
        f"{differences.mean():+.2f} ({differences.mean() - half:+.2f} to "
        f"{differences.mean() + half:+.2f})"
    )


def show(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Print the table of a scenario."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scenario", choices=SCENARIOS)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--policies", nargs="*", default=list(POLICIES), choices=POLICIES)
    given = parser.parse_args()
    seeds = range(FIRST_SEED, FIRST_SEED + given.seeds)
    usual = np.array([cost(given.scenario, seed, always()) for seed in seeds])
    show(f"| {given.scenario} | as usual {usual.mean():.2f} |")
    for name in given.policies:
        costs = np.array([cost(given.scenario, seed, POLICIES[name]) for seed in seeds])
        cheaper = (costs < usual).mean()
        show(f"| {name} | {interval(costs - usual)} | {cheaper:.0%} |")


if __name__ == "__main__":
    main()
