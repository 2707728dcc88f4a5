"""The ``relsim`` command: compare arms, run markets, print what there is.

Whatever is wrong with what was typed gets one line on the standard error stream and exit status 2.
Files are written at the very end, all of them or none.
"""

from __future__ import annotations

import contextlib
import errno
import io
import json
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.cli import analysis as analysis_commands
from relsim.cli import app as app_command
from relsim.cli import claims as claims_command
from relsim.cli import lists as list_commands
from relsim.cli import sweep as sweep_commands
from relsim.cli import tournament as tournament_command
from relsim.cli.arguments import Out, Seed, Workers, check_arms, check_not_taken, market
from relsim.cli.text import (
    NOTHING_DELIVERED,
    comparison_text,
    run_text,
    say_if_nothing_was_delivered,
)
from relsim.io.console import as_csv, check_folder, print_written
from relsim.io.errors import (
    InputError,
    StoppedError,
    UnfinishedError,
    shortened,
    whole,
)
from relsim.io.files import write_all
from relsim.plots.writing import write_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.comparison import Comparison
    from relsim.model.run import Run

FAILED, WRONG_INPUT, STOPPED = 1, 2, 130

app = typer.Typer(
    help="Agent-based simulation of buyer-seller relationships: trust, disclosure and cost.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sweep_commands.register(app)
analysis_commands.register(app)
tournament_command.register(app)
claims_command.register(app)
app_command.register(app)
list_commands.register(app)

MARKET_RECORD = "market.json"
COMPARISON_FILES = ("comparison.png", "comparison.csv", "run.json")
TABLES = ("series", "buyers", "salespeople", "relationships", "spells")

Preset = Annotated[str | None, typer.Option(help="Scenario to start from; see: relsim presets.")]
Periods = Annotated[
    str | None,
    typer.Option(metavar="N", help="Months to simulate (120 unless the preset differs)."),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be repeated."),
]


# --- commands -------------------------------------------------------------------------------------


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Agent-based simulation of buyer-seller relationships: trust, disclosure and cost."""
    if version:
        from relsim.engine.versions import __version__

        print(f"relsim {__version__}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def compare(
    first: Annotated[
        str, typer.Argument(metavar="A", help="A stance of buyers or of sellers, or a preset.")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="What to compare it with.")],
    replicates: Annotated[str, typer.Option(metavar="N", help="Runs of each scenario.")] = "200",
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    seed: Seed = "0",
    workers: Workers = None,
    out: Out = "results",
) -> None:
    """Compare two scenarios with the same random draws: a table, a figure and their numbers."""
    from relsim.comparison import compare as compare_arms

    base = market(preset, assignments, whole("--periods", periods))
    check_arms((first, second), preset, assignments)
    runs, start_seed = whole("--replicates", replicates), whole("--seed", seed)
    threads = whole("--workers", workers)
    folder = check_folder(out, COMPARISON_FILES)
    result = compare_arms(
        first, second, base=base, replicates=runs, seed=start_seed, workers=threads, progress=True
    )
    report(result, folder)


@app.command()
def again(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A run.json, or its folder.")],
    out: Out = "results/again",
) -> None:
    """Make the results of a saved comparison again, from its run.json."""
    from relsim.comparison import again as compare_again
    from relsim.comparison import read_record, record_file

    record = record_file(file)
    kept = read_record(record)
    folder = check_folder(out, COMPARISON_FILES)
    check_not_taken(folder, record, kept)
    report(compare_again(record, progress=True), folder)


def report(result: Comparison, out: Path) -> None:
    """Write what came out of a comparison, then show it."""

    def draw() -> tuple[Figure, str]:
        """Draw the comparison; say what is seen."""
        from relsim import plots

        return result.plot(), plots.comparison_text(result)

    contents = {
        "comparison.csv": as_csv(result.table),
        "run.json": json.dumps(result.record(), indent=2) + "\n",
    }
    paths = write_all(out, contents)
    print(comparison_text(result))
    say_if_nothing_was_delivered(result)
    print_written([write_figure(out / "comparison.png", draw), *paths])


@app.command()
def run(
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    seed: Seed = "0",
    out: Out = "results",
) -> None:
    """Run one market and write its tables."""
    from relsim.model.simulation import simulate

    parameters = market(preset, assignments, whole("--periods", periods))
    start_seed = whole("--seed", seed)
    folder = check_folder(out, [*(f"{name}.csv" for name in TABLES), MARKET_RECORD])
    done = simulate(parameters, start_seed)
    contents = {f"{name}.csv": as_csv(getattr(done, name)) for name in TABLES}
    contents[MARKET_RECORD] = record_of(done)
    paths = write_all(folder, contents)
    print(run_text(done))
    print_written(paths)
    if not done.buyer_ledgers["delivered"].sum():
        print(f"relsim: {NOTHING_DELIVERED}", file=sys.stderr)


@app.command()
def odd() -> None:
    """Print the description of the model by the ODD protocol."""
    path = Path(__file__).parents[1] / "ODD.md"
    if not path.exists():
        raise InputError(f"{path.name} is not part of this installation")
    print(path.read_text(encoding="utf-8"), end="")


def record_of(done: Run) -> str:
    """Everything that a run follows from, as JSON."""
    from relsim.engine.versions import versions

    chosen = done.parameters.model_dump(mode="json") | {"without": sorted(done.parameters.without)}
    record = {"kind": "relsim run", "seed": done.seed, "parameters": chosen, "versions": versions()}
    return json.dumps(record, indent=2) + "\n"


# --- the command itself ---------------------------------------------------------------------------


def take_any_character() -> None:
    """A terminal or file that cannot take a character gets its code, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the ``relsim`` command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What was typed after ``relsim``; that of this process if not given.

    Returns
    -------
    int
        Exit status: 0, 1 if some runs failed or the work cannot go on, 2 if the input was wrong,
        130 if stopped by Ctrl-C.
    """
    take_any_character()
    try:
        with warnings_in_a_line():
            status = app(
                list(arguments) if arguments is not None else None,
                prog_name="relsim",
                standalone_mode=False,
            )
    except InputError as error:
        return complain(str(error), WRONG_INPUT)
    except UnfinishedError as error:
        return complain(str(error), FAILED)
    except StoppedError as error:
        return complain(str(error), STOPPED)
    except (KeyboardInterrupt, typer.Abort):
        return complain("stopped; nothing was written", STOPPED)
    except MemoryError:
        return complain("there is not enough memory for this; nothing was written", FAILED)
    except OSError as error:
        return complain_of_the_system(error)
    except Exception as error:
        # What typer itself finds wrong; its classes moved between its versions.
        if not hasattr(error, "format_message"):
            raise
        return complain(error.format_message(), WRONG_INPUT)
    if status == STOPPED:
        return complain("stopped; nothing was written", STOPPED)
    return status if isinstance(status, int) else 0


def complain(text: str, status: int) -> int:
    """Say in one line why there is no result."""
    with contextlib.suppress(OSError):
        print(f"relsim: {' '.join(text.split())}", file=sys.stderr)
    return status


def complain_of_the_system(error: OSError) -> int:
    """Say in one line what could not be read or written."""
    name, reason = str(error.filename or "writing"), error.strerror or error
    if error.errno == errno.ENAMETOOLONG:
        return complain(f"{shortened(name)}: {reason}", WRONG_INPUT)
    return complain(f"{name}: {reason}", FAILED)


@contextlib.contextmanager
def warnings_in_a_line() -> Iterator[None]:
    """Say each warning in one line, without where in the code it comes from."""

    def say(message: Warning | str, *_: Any, **__: Any) -> None:
        """Say what is warned of, and nothing else."""
        complain(str(message), 0)

    with warnings.catch_warnings():
        warnings.showwarning = say
        yield
