"""``relsim tournament``: ways to buy compete for the lowest cost, after Axelrod (1984)."""

from __future__ import annotations

import json
import textwrap
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
from relsim.io.console import LINE, aligned, as_csv, number
from relsim.io.errors import InputError, shown, whole
from relsim.io.imports import imported
from relsim.io.records import check_not_another

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.comparison.tournament import Tournament

PICTURE, RECORD = "tournament.png", "tournament.json"
RANKING, MATCHES = "tournament.csv", "tournament_pairs.csv"


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command()(tournament)


def tournament(
    strategies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STRATEGY]...",
            help="Stances of buyers, tit_for_tat, generous_tit_for_tat, grudger, or MODULE:CLASS "
            "of a custom buyer; all that relsim has if none is given.",
        ),
    ] = None,
    replicates: Annotated[str, typer.Option(metavar="N", help="Replicates of each market.")] = "10",
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    seed: Seed = "0",
    workers: Workers = None,
    out: Out = None,
) -> None:
    """Rank ways to buy: all in one market, and each two in a market of theirs."""
    from relsim.comparison.tournament import entered, record_of
    from relsim.comparison.tournament import tournament as hold

    check_free("tournament", STANCE_PARAMETERS, assignments)
    months, start_seed = whole("--periods", periods), whole("--seed", seed)
    base = market(preset, assignments, months)
    parts = ["tournament", *(strategies or ()), *settings(preset, assignments, months, ())]
    parts += [f"{replicates}replicates", f"seed{start_seed}"]
    folder = out_folder(out, parts, (RANKING, MATCHES, PICTURE, RECORD))
    given = [buyer_class(one) if ":" in one else one for one in strategies or ()]
    runs, threads = whole("--replicates", replicates), whole("--workers", workers)
    free, entrants = entered(given, base)
    record = record_of([one.name for one in entrants], free, start_seed, runs)
    check_not_another(folder, RECORD, record)
    result = hold(
        *given, base=base, replicates=runs, seed=start_seed, workers=threads, progress=True
    )

    def draw() -> tuple[Figure, str]:
        """Draw the tournament; say what is seen."""
        from relsim.plots.tournament import tournament_text

        return result.plot(), tournament_text(result.ranking, result.matches, result.finding)

    contents = {
        RANKING: as_csv(result.ranking),
        MATCHES: as_csv(result.matches),
        RECORD: json.dumps(result.record(), indent=2) + "\n",
    }
    deliver(folder, contents, PICTURE, draw, shown=tournament_table(result), main=RANKING)


def buyer_class(text: str) -> type:
    """A custom buyer by its module and name.

    Raises
    ------
    InputError
        If there is none.
    """
    own = imported(text, text, "MODULE:CLASS")
    if not isinstance(own, type):
        raise InputError(f"{text} = {shown(own)}: allowed is a subclass of relsim.Buyer")
    return own


def tournament_table(result: Tournament) -> str:
    """Write what came out for a terminal."""
    header = ["", "strategy", "cost", "difference", "95% interval", "in pairs", "95%", "alone"]
    rows = [
        [
            str(row["rank"]),
            row["strategy"],
            number(row["cost"]),
            f"{row['difference']:+.2f}",
            _interval(row["low"], row["high"]),
            f"{row['against_others']:+.2f}",
            _interval(row["against_low"], row["against_high"]),
            number(row["alone"]),
        ]
        for row in result.ranking.to_dict("records")
    ]
    return "\n".join(
        [
            textwrap.fill(result.finding, LINE),
            "",
            aligned(header, rows, text_columns=(1,)),
            "",
            f"{result.how}",
            "cost: of a unit, all strategies in one market; difference: less the replicate's mean",
            "in pairs: less the opponent's in a market of two, over all opponents",
            "alone: where all buyers follow the strategy",
        ]
    )


def _interval(low: float, high: float) -> str:
    """An interval in a cell; one replicate has none.

    >>> _interval(-0.5, 1.0), _interval(float("nan"), float("nan"))
    ('-0.50 to +1.00', '-')
    """
    return "-" if low != low else f"{low:+.2f} to {high:+.2f}"
