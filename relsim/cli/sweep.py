"""The commands of sweeps: ``relsim sweep``, ``relsim merge``, ``relsim export``."""

from __future__ import annotations

import contextlib
import importlib
import math
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.cli.arguments import Workers
from relsim.io.errors import InputError, StoppedError, counted, shortened, whole

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from relsim.sweep.progress import Summary

EXAMPLE = Path(__file__).with_name("example.toml")
"""A plan to start from."""

SOME_FAILED = 1
CONNECTION_SECONDS = 15


def register(app: typer.Typer) -> None:
    """Add the commands to the ``relsim`` command."""
    app.command()(sweep)
    app.command()(merge)
    app.command()(export)


def sweep(
    plan: Annotated[Path | None, typer.Argument(metavar="PLAN", help="A plan in TOML.")] = None,
    out: Annotated[Path, typer.Option(help="File of results.")] = Path("results.duckdb"),
    example: Annotated[bool, typer.Option("--example", help="Print a plan to start from.")] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print time, size and memory; run nothing."),
    ] = False,
    workers: Workers = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address of a Dask cluster.")
    ] = None,
    part: Annotated[
        str | None,
        typer.Option(metavar="K/N", help="Run only part K of N; see: relsim merge."),
    ] = None,
    extend: Annotated[
        bool,
        typer.Option("--extend", help="The plan has more replicates, points or arms."),
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Repeat the runs that failed.")
    ] = False,
    changed_code: Annotated[
        bool,
        typer.Option("--changed-code", help="Continue even though the code of relsim has changed."),
    ] = False,
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="SECONDS", help="Longest time of a run; a longer one has failed."),
    ] = None,
) -> int:
    """Run a sweep into a file. If the file exists, run what is missing.

    If plan or code changed, the run stops and lists the differences.
    """
    if example:
        print(EXAMPLE.read_text(encoding="utf-8"), end="")
        return 0
    if plan is None:
        raise InputError("PLAN is missing; allowed is a plan in TOML, see: relsim sweep --example")
    threads, share, limit = whole("--workers", workers), _part(part), _seconds(time_limit)
    from relsim.design.plan import Plan
    from relsim.sweep.runner import MOST_WORKERS, run

    if threads is not None:
        counted("--workers", threads, high=MOST_WORKERS)

    chosen = Plan.from_toml(plan)
    if dry_run:
        from relsim.sweep.forecast import forecast

        print(forecast(chosen, threads or os.cpu_count() or 1, share[1] if share else 1))
        return 0
    try:
        with _cluster(scheduler) as executor:
            done = run(
                chosen,
                out,
                executor=executor,
                workers=threads,
                progress=True,
                extend=extend,
                retry_failed=retry_failed,
                changed_code=changed_code,
                part=share,
                time_limit=limit,
            )
    except KeyboardInterrupt as stop:
        text = str(stop) or f"stopped; the same command continues what is in {out}"
        raise StoppedError(text) from None
    print(_told(done, out))
    return SOME_FAILED if done.failed else 0


def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILES...", help="Files of results.")],
    out: Annotated[Path, typer.Option(help="The file to make.")] = Path("merged.duckdb"),
) -> int:
    """Join files of one sweep, such as the parts of a job array."""
    from relsim.sweep.merging import merge as join

    done = join(list(files), out)
    print(_told(done, out))
    if done.done + done.failed < done.total:
        missing = done.total - done.done - done.failed
        print(f"{missing} runs are missing: relsim sweep PLAN --out {out} makes them")
    return SOME_FAILED if done.failed else 0


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of results.")],
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Folder for the tables.")],
    to: Annotated[str, typer.Option(help="parquet or csv.")] = "parquet",
) -> None:
    """Write the tables of a file of results for other programs."""
    from relsim.sweep.merging import export as write_out
    from relsim.sweep.results import Results

    written = write_out(file, folder, to)
    results = Results(file)
    done = int(results.sql("SELECT count(*) AS runs FROM runs")["runs"][0])
    print(f"{done} of {results.plan.runs} runs.")
    print("Written: " + ", ".join(str(path) for path in written))


# --- what was typed -------------------------------------------------------------------------------


def _part(text: str | None) -> tuple[int, int] | None:
    """Read ``K/N``."""
    from relsim.sweep.runner import MOST_PARTS

    if text is None:
        return None
    number, _, count = text.partition("/")
    digits = len(str(MOST_PARTS))
    whole_numbers = all(each.isdecimal() and len(each) <= digits for each in (number, count))
    if not (whole_numbers and 1 <= int(number) <= int(count) <= MOST_PARTS):
        raise InputError(
            f"--part {shortened(text)}: allowed is K/N with K from 1 to N, for instance 3/10, and "
            f"N up to {MOST_PARTS}"
        )
    return int(number), int(count)


def _seconds(text: str | None) -> float | None:
    """Read a number of seconds."""
    if text is None:
        return None
    seconds = math.nan
    with contextlib.suppress(ValueError):
        seconds = float(text)
    if not 0.0 < seconds <= threading.TIMEOUT_MAX:
        raise InputError(
            f"--time-limit {shortened(text)}: allowed is a number of seconds above 0, such as 60"
        )
    return seconds


@contextlib.contextmanager
def _cluster(address: str | None) -> Iterator[Executor | None]:
    """Connect to a Dask cluster, if one is named."""
    if address is None:
        yield None
        return
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise InputError(
            "--scheduler: Dask is not installed; allowed after: pip install 'relsim[cluster]'"
        ) from None
    try:
        client = distributed.Client(address, timeout=CONNECTION_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(
            f"--scheduler {address}: no Dask scheduler answers there ({reason}); "
            "allowed is tcp://host:port"
        ) from None
    try:
        yield client.get_executor()
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=2)


# --- what is shown --------------------------------------------------------------------------------


def _told(done: Summary, out: Path) -> str:
    """Say what is in a file."""
    text = f"{out}: {done.done} of {done.total} runs"
    if done.computed:
        text += f", {done.computed} of them made now"
    if done.failed:
        text += f"; {done.failed} failed, see table failures; --retry-failed runs them once more"
        print(f"relsim: {done.failed} runs failed", file=sys.stderr)
    return text
