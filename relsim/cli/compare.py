"""``relsim compare`` and ``relsim again``: scenarios on the same random draws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relsim.cli.arguments import (
    Assignments,
    Measures,
    Out,
    Periods,
    Preset,
    Seed,
    Workers,
    arms_of,
    check_arms,
    market,
    own_measures,
)
from relsim.cli.folders import RESULTS, deliver, found, out_folder, settings
from relsim.cli.text import comparison_text, nothing_delivered
from relsim.io.console import as_csv, check_folder
from relsim.io.errors import whole
from relsim.io.records import check_not_another

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.comparison import Comparison

PICTURE, TABLE, RECORD = FILES = ("comparison.png", "comparison.csv", "run.json")
REPLICATES = 200
AGAIN = RESULTS / "again"


def register(app: typer.Typer) -> None:
    """Add the commands to the ``relsim`` command."""
    app.command()(compare)
    app.command()(again)


def compare(
    arms: Annotated[
        list[str],
        typer.Argument(
            metavar="ARMS...",
            help="Stances of buyers or of sellers, numbers from 0 (trusting) to 1 (aggressive), or "
            "presets; the first is what others are compared with.",
        ),
    ],
    replicates: Annotated[str, typer.Option(metavar="N", help="Runs of each scenario.")] = str(
        REPLICATES
    ),
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    measures: Measures = None,
    seed: Seed = "0",
    workers: Workers = None,
    out: Out = None,
) -> None:
    """Compare scenarios with the same random draws: a table, a figure and their numbers."""
    from relsim.comparison import compare as compare_arms
    from relsim.comparison.record import record_of as comparison_record
    from relsim.design.arms import arm, distinct, seeds

    months = whole("--periods", periods)
    base = market(preset, assignments, months)
    chosen, own = arms_of(arms), own_measures(measures)
    check_arms(chosen, preset, assignments)
    runs, start_seed = whole("--replicates", replicates), whole("--seed", seed)
    threads = whole("--workers", workers)
    parts = [*arms, *settings(preset, assignments, months, own)]
    parts += [] if runs == REPLICATES else [f"{runs}replicates"]
    understood = distinct([arm(each, base) for each in chosen])
    record = comparison_record(understood, start_seed, seeds(start_seed, runs), own)
    folder = out_folder(out, [*parts, f"seed{start_seed}"], FILES)
    check_not_another(folder, RECORD, record)
    result = compare_arms(
        *chosen,
        base=base,
        replicates=runs,
        seed=start_seed,
        measures=own,
        workers=threads,
        progress=True,
    )
    report(result, folder)


def again(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A run.json, or its folder.")],
    measures: Measures = None,
    out: Out = None,
) -> None:
    """Make the results of a saved comparison again, from its run.json."""
    from relsim.comparison import again as compare_again
    from relsim.comparison import read_record, record_file

    record, own = record_file(file), own_measures(measures)
    kept = read_record(record)
    folder = check_folder(out or AGAIN / record.resolve().parent.name, FILES)
    check_not_another(folder, RECORD, kept, record)
    result = compare_again(record, measures=own, progress=True)
    report(result, folder, record.parent)


def report(result: Comparison, out: Path, original: Path | None = None) -> None:
    """Write what came out of a comparison, then show it."""

    def draw() -> tuple[Figure, str]:
        """Draw the comparison; say what is seen."""
        from relsim import plots

        return result.plot(), plots.comparison_text(result)

    contents = {
        TABLE: as_csv(result.table),
        RECORD: json.dumps(result.record(), indent=2) + "\n",
    }
    shown = comparison_text(result)
    if original is not None and (first := found(original / TABLE)) is not None:
        same = "those" if first == contents[TABLE].encode() else "not those"
        shown += f"\n\nThe numbers are {same} in {original}."
    warning = nothing_delivered(result)
    deliver(out, contents, PICTURE, draw, shown=shown, warning=warning, main=TABLE)
