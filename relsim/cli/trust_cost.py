"""``relsim trust-cost``: what trust does to cost, and what merely goes along with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relsim.cli.arguments import (
    STANCE_PARAMETERS,
    Assignments,
    Out,
    Periods,
    Preset,
    Seed,
    Workers,
    check_free,
    market,
)
from relsim.cli.folders import deliver, out_folder, settings
from relsim.io.console import aligned, number
from relsim.io.errors import whole
from relsim.io.records import check_not_another

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.studies.trust_cost import TrustCost

FIGURE, TABLE, RECORD = "trust_cost.png", "trust_cost.csv", "trust_cost.json"
REPLICATES = 200


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trust-cost")(trust_cost)


def trust_cost(
    replicates: Annotated[str, typer.Option(metavar="N", help="Runs of each market.")] = str(
        REPLICATES
    ),
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    seed: Seed = "0",
    workers: Workers = None,
    out: Out = None,
) -> None:
    """Draw cost against trust: trust clamped at each level, and two curves that are not causal."""
    check_free("trust-cost", STANCE_PARAMETERS, assignments)
    months = whole("--periods", periods)
    base = market(preset, assignments, months)
    runs, start_seed = whole("--replicates", replicates), whole("--seed", seed)
    threads = whole("--workers", workers)

    from relsim.studies.trust_cost import FILES, LEVELS, plan, trust_versus_cost

    parts = ["trust-cost", *settings(preset, assignments, months, ())]
    parts += [] if runs == REPLICATES else [f"{runs}replicates"]
    folder = out_folder(out, [*parts, f"seed{start_seed}"], (FIGURE, *FILES))
    check_not_another(folder, RECORD, plan(base, LEVELS, runs, start_seed).asked())
    result = trust_versus_cost(
        base, replicates=runs, seed=start_seed, workers=threads, progress=True
    )

    def draw() -> tuple[Figure, str]:
        """Draw the curves; say what is seen."""
        from relsim import plots

        return result.plot(), plots.trust_versus_cost_text(result.table, result.finding)

    deliver(folder, result.files(), FIGURE, draw, shown=shown(result), main=TABLE)


def shown(result: TrustCost) -> str:
    """What came out, for a terminal: the finding first."""
    from relsim.studies.trust_cost import TOTAL

    rows = [
        [
            row["curve"],
            f"{row['trust']:.2f}",
            *(number(row[name]) for name in ("value", "mean", "low", "high")),
        ]
        for row in result.table[result.table["measure"] == TOTAL].to_dict("records")
    ]
    header = ["curve", "trust", "total cost", "difference", "low", "high"]
    return "\n".join(
        [
            f"{result.finding}.",
            *result.contrasts(),
            "",
            aligned(header, rows),
            "",
            "clamped: trust of everybody, causal; between: all buyers alike, from trusting to "
            "aggressive;",
            "within: buyers of one mixed market by rank of trust, less themselves in the neutral "
            "market.",
            f"difference: from the neutral market with the same draws. {result.note}",
        ]
    )
