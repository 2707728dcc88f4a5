"""``relsim claims``: run the claims, print a line each, write table and figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.cli.arguments import Out, Seed, Workers
from relsim.cli.folders import out_folder, place_of
from relsim.cli.text import folded
from relsim.io.console import as_csv
from relsim.io.errors import InputError, StoppedError, counted, known, whole
from relsim.io.files import write_atomically
from relsim.plots.writing import write_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.claims.forms import Claim
    from relsim.design.plan import Plan

MOST_POINTS = 1_000_000
REPLICATES = 200
TABLE = "claims.csv"


def claims(
    replicates: Annotated[
        str | None,
        typer.Option(metavar="N", help="Runs of each market: 200, at every point 8 if not given."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A claim, or several with commas; may be repeated."),
    ] = None,
    matrix: Annotated[
        bool,
        typer.Option(
            "--matrix", help="Each claim with each mechanism switched off in turn; takes long."
        ),
    ] = False,
    robust: Annotated[
        bool, typer.Option("--robust", help="Where in parameter space claims hold; takes long.")
    ] = False,
    points: Annotated[
        str | None, typer.Option(metavar="N", help="Points for --robust: 1000 if not given.")
    ] = None,
    family: Annotated[
        bool, typer.Option("--family", help="Over settings that fit the calibration as well.")
    ] = False,
    changed_code: Annotated[
        bool, typer.Option("--changed-code", help="Continue even though relsim has changed since.")
    ] = False,
    parts: Annotated[
        bool, typer.Option("--parts", help="A line for every part of a claim too.")
    ] = False,
    seed: Seed = "0",
    workers: Workers = None,
    out: Out = None,
) -> int:
    """Run the claims of the sources; exit status 1 if one fails.

    With --robust or --family they are run at many points instead, into a file that the same command
    continues after a stop; exit status 1 if a run failed.
    """
    runs, start = whole("--replicates", replicates), whole("--seed", seed)
    threads, count = whole("--workers", workers), whole("--points", points)
    _check_options(robust, family, matrix, threads, count)
    if runs is not None and (robust or family):
        counted("--replicates", runs, low=2)

    from relsim.claims.table import CLAIMS

    wanted = [name for text in only or () for name in text.split(",")]
    known("claim", wanted, [claim.id for claim in CLAIMS])
    chosen = [claim for claim in CLAIMS if not wanted or claim.id in wanted]
    ids = [claim.id for claim in chosen]
    named = ["claims"]
    if not (robust or family):
        named += wanted
        named += [f"{runs}replicates"] if runs not in (None, REPLICATES) else []
        named += [f"seed{start}"] if start else []
    folder = out_folder(out, named, _names(ids, matrix=matrix, robust=robust, family=family))
    if not (robust or family):
        runs = runs or REPLICATES
        _check_not_others(folder, ids, runs, start)
        return _at_the_defaults(chosen, runs, start, threads, matrix, parts, folder)

    from relsim.claims.robust import task

    runs = runs or task.REPLICATES
    plans = {}
    if robust:
        plans["robust"] = task.over_space(chosen, count or task.POINTS, runs, start)
    if family:
        plans["family"] = task.over_family(chosen, runs, start)
    done = [
        _at_points(name, plan, threads, changed_code, parts, folder) for name, plan in plans.items()
    ]
    return max(done)


def _names(ids: Sequence[str], *, matrix: bool, robust: bool, family: bool) -> list[str]:
    """Files that will be written."""
    names = []
    if not (robust or family):
        names = [TABLE, *(f"{one}.png" for one in ids)]
    if matrix:
        names += ["matrix.csv", "matrix.png"]
    if robust:
        names += ["robust.csv", "robust.png", "robust_deciding.csv"]
        names += [f"{one}_robust.png" for one in ids]
    if family:
        names += ["family.csv", "family.png"]
    return names


def _numbers(folder: Path) -> bytes | None:
    """The table of claims in a folder, without the hash of the code that made it."""
    import pandas as pd

    file = folder / TABLE
    return as_csv(pd.read_csv(file).drop(columns="sources")).encode() if file.is_file() else None


def _check_not_others(folder: Path, ids: Sequence[str], runs: int, seed: int) -> None:
    """Check that claims in a folder are those that are to be run, with as many replicates."""
    import pandas as pd

    file = folder / TABLE
    if not file.is_file():
        return
    try:
        there = pd.read_csv(file)
        same = list(there["claim"].unique()) == list(ids)
        same &= {*there["replicates"]} == {runs} and {*there["seed"]} == {seed}
    except (KeyError, ValueError):
        same = False
    if not same:
        raise InputError(
            f"--out {folder}: other claims, replicates or another seed are kept there; allowed is "
            "another folder"
        )


def _check_options(
    robust: bool, family: bool, matrix: bool, threads: int | None, count: int | None
) -> None:
    if threads is not None:
        counted("--workers", threads)
    if count is not None:
        if not robust:
            raise InputError("--points: allowed with --robust")
        counted("--points", count, high=MOST_POINTS)
    if matrix and (robust or family):
        raise InputError("--matrix: allowed without --robust and --family")


def _at_the_defaults(
    chosen: Sequence[Claim],
    runs: int,
    seed: int,
    threads: int | None,
    matrix: bool,
    parts: bool,
    out: Path,
) -> int:
    """Run claims with their ablations in one market, the defaults."""
    from relsim.claims import matrix_report, report
    from relsim.claims.matrix import matrix as every_one
    from relsim.claims.running import check
    from relsim.claims.statistics import FAILS
    from relsim.engine.source_hash import source_hash

    before = _numbers(out)
    results = check(chosen, replicates=runs, seed=seed, workers=threads, progress=True)
    table = report.as_table(results, runs, seed, source_hash())
    write_atomically(out / TABLE, as_csv(table))
    notes = (
        f"{runs} replicates, seed {seed}. Effect and interval are of a claim's first part, the "
        "verdict in brackets counts parts that hold; gone without: share of the effect that goes "
        "with the mechanism of the claim."
    )
    for text in (report.lines(table, parts), folded(notes), folded(report.summary(table))):
        sys.stdout.write(f"{text}\n\n")
    for result in results:
        _draw(out / f"{result.claim.id}.png", report.figure, report.figure_text, result)
    if matrix:
        try:
            found = every_one(chosen, replicates=runs, seed=seed, workers=threads, progress=True)
        except KeyboardInterrupt:
            text = f"stopped; the claims are in {out}, the matrix is not"
            raise StoppedError(text) from None
        write_atomically(out / "matrix.csv", as_csv(matrix_report.as_table(found)))
        _draw(out / "matrix.png", matrix_report.figure, matrix_report.text, found)
    now = _numbers(out)
    sys.stdout.write(f"{place_of(out, [], before, now or b'')}\n")
    return 1 if FAILS in report.verdicts(table).values() else 0


def _at_points(
    name: str, plan: Plan, threads: int | None, changed_code: bool, parts: bool, out: Path
) -> int:
    """Run claims at many points, as far as they are not there yet; say where they hold."""
    from relsim.claims.robust import judging, study

    store = out / f"{name}.duckdb"
    try:
        done = study.carry_out(
            plan,
            store,
            workers=threads,
            progress=True,
            changed_code=changed_code,
            say=lambda text: sys.stderr.write(f"relsim: {text}\n"),
        )
    except KeyboardInterrupt as stop:
        text = str(stop) or f"stopped; the same command continues what is in {store}"
        raise StoppedError(text) from None
    table = study.write(store, out, name)
    text = f"{judging.lines(table, parts)}\n"
    if done.failed:
        text += f"{done.failed} of {done.total} runs failed, see the table failures in {store}\n"
    sys.stdout.write(f"{text}Written to {out}\n")
    return 1 if done.failed else 0


def _draw(
    path: Path, figure: Callable[[Any], Figure], text: Callable[[Any], str], found: Any
) -> None:
    write_figure(path, lambda: (figure(found), text(found)))


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(claims)
