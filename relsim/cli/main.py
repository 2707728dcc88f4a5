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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.cli import analysis as analysis_commands
from relsim.cli import app as app_command
from relsim.cli import claims as claims_command
from relsim.cli import lists as list_commands
from relsim.cli import session as session_command
from relsim.cli import sweep as sweep_commands
from relsim.cli import tournament as tournament_command
from relsim.cli import trust_cost as trust_cost_command
from relsim.cli import where as where_command
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
from relsim.cli.folders import (
    RESULTS,
    found,
    out_folder,
    place_of,
    settings,
)
from relsim.cli.follow import as_graphml, followed_pair, followed_tables, picture_of
from relsim.cli.text import (
    NOTHING_DELIVERED,
    comparison_text,
    run_text,
    say_if_nothing_was_delivered,
)
from relsim.io.console import as_csv, check_folder
from relsim.io.errors import (
    InputError,
    StoppedError,
    UnfinishedError,
    shortened,
    whole,
)
from relsim.io.files import write_all
from relsim.io.records import check_not_another
from relsim.plots.writing import write_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from relsim.comparison import Comparison
    from relsim.design.measures import OwnMeasure
    from relsim.parameters import Parameters

FAILED, WRONG_INPUT, STOPPED = 1, 2, 130

app = typer.Typer(
    help="Agent-based simulation of buyer-seller relationships: trust, disclosure and cost.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sweep_commands.register(app)
analysis_commands.register(app)
where_command.register(app)
trust_cost_command.register(app)
tournament_command.register(app)
claims_command.register(app)
app_command.register(app)
session_command.register(app)
list_commands.register(app)

MARKET_RECORD = "market.json"
NETWORK = "network.graphml"
COMPARISON_FILES = ("comparison.png", "comparison.csv", "run.json")
REPLICATES = 200
AGAIN = RESULTS / "again"
TABLES = ("series", "buyers", "salespeople", "relationships", "spells")


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
    folder = out_folder(out, [*parts, f"seed{start_seed}"], COMPARISON_FILES)
    check_not_another(folder, "run.json", record)
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


@app.command()
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
    folder = check_folder(out or AGAIN / record.resolve().parent.name, COMPARISON_FILES)
    check_not_another(folder, "run.json", kept, record)
    result = compare_again(record, measures=own, progress=True)
    report(result, folder, record.parent)


def report(result: Comparison, out: Path, original: Path | None = None) -> None:
    """Write what came out of a comparison, then show it."""

    def draw() -> tuple[Figure, str]:
        """Draw the comparison; say what is seen."""
        from relsim import plots

        return result.plot(), plots.comparison_text(result)

    contents = {
        "comparison.csv": as_csv(result.table),
        "run.json": json.dumps(result.record(), indent=2) + "\n",
    }
    now, before = contents["comparison.csv"].encode(), found(out / "comparison.csv")
    paths = write_all(out, contents)
    print(comparison_text(result))
    say_if_nothing_was_delivered(result)
    figure = write_figure(out / "comparison.png", draw)
    if original is not None and (first := found(original / "comparison.csv")) is not None:
        same = "those" if first == now else "not those"
        print(f"\nThe numbers are {same} in {original}.")
    print(f"\n{place_of(out, [figure, *paths], before, now)}")


@app.command()
def run(
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    measures: Measures = None,
    seed: Seed = "0",
    out: Out = None,
    follow: Annotated[
        str | None,
        typer.Option(metavar="BUYER,SUPPLIER", help="Tell and draw what passed between the two."),
    ] = None,
    graphml: Annotated[
        bool, typer.Option("--graphml", help="Write the network too, for Gephi or networkx.")
    ] = False,
) -> None:
    """Run one market and write its tables; follow one relationship."""
    from relsim.design.measures import measured
    from relsim.model.simulation import simulate

    months, start_seed = whole("--periods", periods), whole("--seed", seed)
    pair = None if follow is None else followed_pair(follow)
    parameters, own = market(preset, assignments, months), own_measures(measures)
    parts = ["run", *settings(preset, assignments, months, own), f"seed{start_seed}"]
    folder = out_folder(out, parts, [*(f"{name}.csv" for name in TABLES), MARKET_RECORD])
    record = record_of(parameters, start_seed, own)
    check_not_another(folder, MARKET_RECORD, record)
    done = simulate(parameters, start_seed, history=pair is not None)
    story = done.story(*pair) if pair else None
    values = dict(zip(own, measured(own, done), strict=True))
    for name, value in values.items():
        record["measures"][name]["value"] = value
    contents = {f"{name}.csv": as_csv(getattr(done, name)) for name in TABLES}
    contents[MARKET_RECORD] = json.dumps(record, indent=2) + "\n"
    if pair:
        contents |= followed_tables(done, pair)
    if graphml:
        contents[NETWORK] = as_graphml(done.network())
    now, before = contents["series.csv"].encode(), found(folder / "series.csv")
    paths = write_all(folder, contents)
    if pair:
        paths.append(write_figure(folder / "pair-{}-{}.png".format(*pair), picture_of(done, pair)))
    print(story or run_text(done, values))
    if not done.buyer_ledgers["delivered"].sum():
        print(f"relsim: {NOTHING_DELIVERED}", file=sys.stderr)
    print(f"\n{place_of(folder, paths, before, now)}")


@app.command()
def odd() -> None:
    """Print the description of the model by the ODD protocol."""
    path = Path(__file__).parents[1] / "ODD.md"
    if not path.exists():
        raise InputError(f"{path.name} is not part of this installation")
    print(path.read_text(encoding="utf-8"), end="")


def record_of(
    parameters: Parameters, seed: int, measures: Mapping[str, OwnMeasure]
) -> dict[str, Any]:
    """Everything that a run follows from, and what is measured of it."""
    from relsim.design.measures import recorded
    from relsim.engine.versions import versions

    chosen = parameters.model_dump(mode="json") | {"without": sorted(parameters.without)}
    return {
        "kind": "relsim run",
        "seed": seed,
        "parameters": chosen,
        "measures": {name: recorded(function) for name, function in measures.items()},
        "versions": versions(),
    }


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
