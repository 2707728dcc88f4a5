"""``relsim claims``: run the claims, print a line each, write table and figures."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relsim.console import as_csv, check_folder
from relsim.errors import InputError, known, whole
from relsim.files import write_atomically

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def claims(
    replicates: Annotated[str, typer.Option(metavar="N", help="Runs of each market.")] = "200",
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A claim, or several with commas; may be repeated."),
    ] = None,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Every claim without every mechanism; takes long.")
    ] = False,
    parts: Annotated[
        bool, typer.Option("--parts", help="A line for every part of a claim too.")
    ] = False,
    seed: Annotated[str, typer.Option(metavar="N", help="Seed of the random numbers.")] = "0",
    workers: Annotated[
        str | None, typer.Option(metavar="N", help="Threads; all cores if not given.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("results/claims"),
) -> int:
    """Run the claims of the sources; exit status 1 if one fails."""
    runs, start = whole("--replicates", replicates), whole("--seed", seed)
    threads = whole("--workers", workers)
    if threads is not None and threads < 1:
        raise InputError(f"--workers {threads}: allowed is a whole number from 1")

    from relsim.claims import report
    from relsim.claims.running import check
    from relsim.claims.running import matrix as every_one
    from relsim.claims.statistics import FAILS
    from relsim.claims.table import CLAIMS
    from relsim.compilation import source_hash

    wanted = [name for text in only or () for name in text.split(",")]
    known("claim", wanted, [claim.id for claim in CLAIMS])
    chosen = [claim for claim in CLAIMS if not wanted or claim.id in wanted]
    check_folder(out)

    results = check(chosen, replicates=runs, seed=start, workers=threads, progress=_Counter())
    table = report.as_table(results, runs, start, source_hash())
    write_atomically(out / "claims.csv", as_csv(table))
    for result in results:
        _save(report.figure(result), out / f"{result.claim.id}.png", report.figure_text(result))
    if matrix:
        found = every_one(chosen, replicates=runs, seed=start, workers=threads, progress=_Counter())
        text = "Share of the effect of each claim that is left without each mechanism."
        _save(report.matrix_figure(found), out / "matrix.png", text)
    sys.stdout.write(f"{report.lines(table, parts)}\n\n{report.summary(table)}\nWritten: {out}\n")
    return 1 if FAILS in report.verdicts(table).values() else 0


def _save(figure: Figure, path: Path, text: str) -> None:
    from relsim import plots

    picture = io.BytesIO()
    plots.save(figure, picture, text)
    write_atomically(path, picture.getvalue())


class _Counter:
    """Says now and then on the error stream how many runs are done."""

    EVERY = 2000

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, runs: int) -> None:
        before, self.done = self.done, self.done + runs
        if self.done // self.EVERY > before // self.EVERY:
            sys.stderr.write(f"relsim: {self.done} runs\n")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(claims)
