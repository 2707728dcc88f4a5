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
from relsim.io.console import aligned, check_folder, number, print_written
from relsim.io.errors import whole
from relsim.io.files import write_all
from relsim.plots.writing import write_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.studies.trust_cost import TrustCost

FIGURE = "trust_cost.png"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("trust-cost")(trust_cost)


def trust_cost(
    replicates: Annotated[str, typer.Option(metavar="N", help="Runs of each market.")] = "200",
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    seed: Seed = "0",
    workers: Workers = None,
    out: Out = "results",
) -> None:
    """Draw cost against trust: trust clamped at each level, and two curves that are not causal."""
    check_free("trust-cost", STANCE_PARAMETERS, assignments)
    base = market(preset, assignments, whole("--periods", periods))
    runs, start_seed = whole("--replicates", replicates), whole("--seed", seed)
    threads = whole("--workers", workers)

    from relsim.studies.trust_cost import FILES, trust_versus_cost

    folder = check_folder(out, (FIGURE, *FILES))
    result = trust_versus_cost(
        base, replicates=runs, seed=start_seed, workers=threads, progress=True
    )

    def draw() -> tuple[Figure, str]:
        """Draw the curves; say what is seen."""
        from relsim import plots

        return result.plot(), plots.trust_versus_cost_text(result.table, result.finding)

    paths = write_all(folder, result.files())
    print(shown(result))
    print_written([write_figure(folder / FIGURE, draw), *paths])


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
