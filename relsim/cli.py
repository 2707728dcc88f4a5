"""The ``relsim`` command: compare arms, run markets, print what there is.

Whatever is wrong with what was typed gets one line on the standard error stream and exit status 2.
Files are written at the very end, all of them or none.
"""

from __future__ import annotations

import io
import json
import math
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim import analysis_commands
from relsim.app import command as app_command
from relsim.claims import command as claims_command
from relsim.console import aligned, as_csv, check_folder, number, print_written, write_all
from relsim.errors import (
    InputError,
    StoppedError,
    UnfinishedError,
    known,
    shortened,
    whole,
)
from relsim.sweep import commands as sweep_commands

if TYPE_CHECKING:
    from relsim.comparison import Comparison
    from relsim.parameters import Parameters
    from relsim.simulation import Run

FAILED, WRONG_INPUT, STOPPED = 1, 2, 130

app = typer.Typer(
    help="Agent-based simulation of buyer-seller relationships: trust, disclosure and cost.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sweep_commands.register(app)
analysis_commands.register(app)
claims_command.register(app)
app_command.register(app)

Preset = Annotated[str | None, typer.Option(help="Scenario to start from; see: relsim presets.")]
# Numbers come in as text, so that what is wrong with them is said in our words, see ``whole``.
Periods = Annotated[
    str | None,
    typer.Option(metavar="N", help="Months to simulate (120 unless the preset differs)."),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be repeated."),
]
Seed = Annotated[str, typer.Option(metavar="N", help="Seed of the random numbers.")]
Out = Annotated[str, typer.Option(metavar="FOLDER", help="Folder for the results.")]


class Form(StrEnum):
    """How the table of parameters is printed."""

    text = "text"
    markdown = "markdown"
    csv = "csv"


# --- commands -------------------------------------------------------------------------------------


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Agent-based simulation of buyer-seller relationships: trust, disclosure and cost."""
    if version:
        from relsim.versions import __version__

        print(f"relsim {__version__}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="A", help="A stance of buyers, or a preset.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    replicates: Annotated[str, typer.Option(metavar="N", help="Runs of each arm.")] = "200",
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    seed: Seed = "0",
    workers: Annotated[
        str | None, typer.Option(metavar="N", help="Threads; all cores if not given.")
    ] = None,
    out: Out = "results",
) -> None:
    """Compare two arms on the same luck: a table, a figure and the numbers behind them."""
    from relsim.comparison import compare as compare_arms

    base = market(preset, assignments, whole("--periods", periods))
    check_arms((first, second), preset, assignments)
    runs, start_seed = whole("--replicates", replicates), whole("--seed", seed)
    threads = whole("--workers", workers)
    folder = check_folder(out, COMPARISON_FILES)
    with progress_bar(2 * runs) as advance:
        result = compare_arms(
            first,
            second,
            base=base,
            replicates=runs,
            seed=start_seed,
            workers=threads,
            progress=advance,
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
    with warnings.catch_warnings(record=True, action="always") as noticed:
        result = compare_again(record, progress=sys.stderr.isatty())
    for warning in noticed:
        print(f"relsim: {warning.message}", file=sys.stderr)
    report(result, folder)


def report(result: Comparison, out: Path) -> None:
    """Write what came out of a comparison, then show it."""
    from relsim import plots

    picture = io.BytesIO()
    with warnings.catch_warnings():
        # Where nothing was delivered there is nothing to draw; the last line says so in words.
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        plots.save(result.plot(), picture, plots.comparison_text(result))
    contents: dict[str, str | bytes] = {
        "comparison.png": picture.getvalue(),
        "comparison.csv": as_csv(result.table),
        "run.json": json.dumps(result.record(), indent=2) + "\n",
    }
    paths = write_all(out, contents)
    print(comparison_text(result))
    print_written(paths)
    say_if_nothing_was_delivered(result)


@app.command()
def run(
    periods: Periods = None,
    preset: Preset = None,
    assignments: Assignments = None,
    seed: Seed = "0",
    out: Out = "results",
) -> None:
    """Run one market and write its tables."""
    from relsim.simulation import simulate

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


@app.command("presets")
def list_presets() -> None:
    """List the scenarios, and the stances of buyers and sellers."""
    from relsim.presets import presets
    from relsim.stances import BUYER_STANCES, SELLER_STANCES

    print("Scenarios (relsim compare aggressive trusting --preset NAME)")
    width = max(map(len, presets))
    for name in presets:
        print(f"  {name:<{width}}  {presets.meaning(name)}")
    for side, stances in (("buyers", BUYER_STANCES), ("sellers", SELLER_STANCES)):
        items = list(next(iter(stances.values())))
        print(f"\nStances of {side}")
        rows = [
            [name, *(f"{stance[item]:g}" for item in items)] for name, stance in stances.items()
        ]
        print(aligned(["", *items], rows))


@app.command()
def parameters(
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.text,
) -> None:
    """Print every parameter: default, range, unit, meaning, source and why that range."""
    from relsim.parameters import table

    header = ["name", "default", "low", "high", "unit", "meaning", "source", "why"]
    rows = [
        [e.name, f"{e.default:g}", f"{e.low:g}", f"{e.high:g}", e.unit, e.meaning, e.source, e.why]
        for e in table()
    ]
    if form is Form.csv:
        import csv

        csv.writer(sys.stdout, lineterminator="\n").writerows([header, *rows])
    elif form is Form.markdown:
        for row in (header, ["---"] * len(header), *rows):
            print(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |")
    else:
        print(aligned(header[:6], [row[:6] for row in rows], text_columns=(0, 4, 5)))


@app.command()
def odd() -> None:
    """Print the description of the model by the ODD protocol."""
    path = Path(__file__).with_name("ODD.md")
    if not path.exists():
        raise InputError(f"{path.name} is not part of this installation")
    print(path.read_text(encoding="utf-8"), end="")


# --- what was typed -------------------------------------------------------------------------------


def market(
    preset: str | None, assignments: Sequence[str] | None, periods: int | None
) -> Parameters:
    """Parameters from a preset, ``--set`` and ``--periods``.

    Raises
    ------
    InputError
        If a name, a value or their combination is not allowed.
    """
    from relsim.parameters import Parameters
    from relsim.presets import presets

    values: dict[str, Any] = {}
    for text in assignments or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError(
                f"--set {shortened(text)}: allowed is NAME=VALUE, for instance uncertainty=0.5"
            )
        known("parameter", [name], Parameters.model_fields)
        if name in values:
            raise InputError(f"--set {shortened(text)}: {name} is set twice")
        values[name] = parsed(name, value)
    if periods is not None:
        if "periods" in values:
            raise InputError(f"--periods {periods}: periods is set by --set too; give it once")
        values["periods"] = periods
    return (presets[preset] if preset is not None else Parameters()).with_values(**values)


def check_arms(arms: Iterable[str], preset: str | None, assignments: Sequence[str] | None) -> None:
    """Check that arms leave alone what was typed: nothing that was asked for is lost in silence.

    Raises
    ------
    InputError
        If an arm is a preset beside ``--preset``, or sets what ``--set`` sets too.
    """
    from relsim.presets import presets
    from relsim.stances import BUYER_STANCES

    typed = [text.partition("=")[0] for text in assignments or ()]
    for name in arms:
        known("arm", [name], [*BUYER_STANCES, *presets])
        if name in BUYER_STANCES:
            own: frozenset[str] = STANCE_PARAMETERS
        elif preset is not None:
            raise InputError(
                f"--preset {preset}: the arm {name} is a preset itself; allowed with --preset are "
                "stances as arms"
            )
        else:
            own = frozenset(presets[name].model_fields_set)
            own |= STANCE_PARAMETERS if own & STANCE_PARAMETERS else frozenset()
        for parameter in typed:
            if parameter in own:
                raise InputError(
                    f"--set {parameter}: the arm {name} sets it too; leave it out or compare "
                    "other arms"
                )


def parsed(name: str, text: str) -> Any:
    """A value as it was meant: JSON where it is JSON, else the text itself.

    Raises
    ------
    InputError
        If it begins like a list or mapping and is none, or is nested too deep.

    Examples
    --------
    >>> parsed("buyers", "8"), parsed("buyer_stances", "loyal"), parsed("without", "ideas,bonds")
    (8, 'loyal', ['ideas', 'bonds'])
    >>> parsed("hold", '{"trust": 0.5}')
    {'trust': 0.5}
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise InputError(f"{name} = {shortened(text)}: nested too deep") from None
    except ValueError:
        if text.startswith(("{", "[")):
            raise InputError(
                f"{name} = {shortened(text)}: allowed is JSON, "
                'for instance [0.0, 1.0] or {"name": 0.5}'
            ) from None
    return text.split(",") if name == "without" else text


def check_not_taken(folder: Path, file: Path, kept: Mapping[str, Any]) -> None:
    """Check that a comparison made again replaces neither its original nor another one.

    Raises
    ------
    InputError
        If it would.
    """
    other = folder / "run.json"
    if not other.exists():
        return
    what = ""
    if other.resolve() == file.resolve():
        what = "the comparison itself"
    else:
        from relsim.comparison import read_record

        try:
            there = read_record(other)
        except InputError:
            there = {}
        if any(there.get(name) != kept[name] for name in ("seed", "replicates", "arms")):
            what = "another comparison"
    if what:
        raise InputError(f"--out {folder}: {what} is kept there; allowed is another folder")


# --- what is shown --------------------------------------------------------------------------------


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[int], None]]:
    """Show how many runs are done: a bar in a terminal, a line at each quarter elsewhere."""
    if sys.stderr.isatty():
        from tqdm import tqdm

        with tqdm(total=total, unit="run", file=sys.stderr, leave=False) as bar:
            yield lambda runs: bar.update(runs) and None
        return
    done = 0

    def say(runs: int) -> None:
        nonlocal done
        before, done = done, done + runs
        if 4 * done // total > 4 * before // total:
            print(f"relsim: {done} of {total} runs", file=sys.stderr)

    yield say


def comparison_text(result: Comparison) -> str:
    """Write the measures to look at first, and when one arm overtakes, for a terminal."""
    single = result.replicates == 1
    spread = [] if single else ["95% interval", "effect"]
    header = ["", "unit", *result.names, "difference", *spread]
    rows = []
    for row in result.summary.to_dict("records"):
        cells = [number(row[name]) for name in (*result.names, "difference")]
        there = math.isfinite(row["low"])
        interval = f"{number(row['low'])} to {number(row['high'])}" if there else "-"
        effect = f"{row['effect_size']:+.1f}" if math.isfinite(row["effect_size"]) else "-"
        rows.append([row["measure"], row["unit"], *cells, *([] if single else [interval, effect])])
    paired = all(row == "paired" for row in result.summary["pairing"])
    luck = "on the same luck" if paired else "as independent samples: their populations differ"
    return "\n".join(
        [
            f"{' against '.join(result.names)}: {result.replicates} "
            f"{'replicate' if single else 'replicates'} of "
            f"{result.arms[0].parameters.periods} months, {luck}",
            "",
            aligned(header, rows, text_columns=(0, 1)),
            "",
            "difference: second minus first; one replicate tells nothing of its uncertainty"
            if single
            else "difference: second minus first; effect: difference over standard deviation of "
            "runs",
            "total_cost_per_unit: the sum of its parts less idea_savings_per_unit",
            *(overtaking(row) for row in result.crossing.to_dict("records")),
        ]
    )


def overtaking(row: Mapping[Any, Any]) -> str:
    """When one arm's cumulative cost overtakes the other's, in plain words."""
    if not row["dearer"]:
        if not row["cheaper"]:
            return "Cumulative cost: neither arm has cost more than the other."
        return (
            "Cumulative cost: neither arm overtakes the other after the first month; "
            f"{row['cheaper']} is the cheaper all along."
        )
    month = row["period_of_means"]
    text = f"Cumulative cost: from month {month:.0f} on {row['dearer']} has cost more in all"
    if not math.isfinite(row["share"]):
        return f"{text} on average."
    if not math.isfinite(row["period"]):
        return f"{text} on average; it overtakes in no single replicate."
    return (
        f"{text}; it overtakes in {row['share']:.0%} of replicates, "
        f"in half of these between months {row['low']:.0f} and {row['high']:.0f}."
    )


def run_text(done: Run) -> str:
    """Write every measure of a run over all its periods, for a terminal."""
    from relsim.observation import MEASURES

    rows = [
        [name, MEASURES[name].unit, number(value), MEASURES[name].meaning]
        for name, value in done.measures.items()
    ]
    return aligned(["", "unit", "value", "meaning"], rows, text_columns=(0, 1, 3))


# --- what is written ------------------------------------------------------------------------------

STANCE_PARAMETERS = frozenset(["buyer_stances", "aggressiveness"])
"""What an arm that is a stance decides."""

NOTHING_DELIVERED = (
    "nothing was delivered from period 0 on, so there is no cost of a unit; "
    "see lead_time, service_life and periods"
)

MARKET_RECORD = "market.json"
COMPARISON_FILES = ("comparison.png", "comparison.csv", "run.json")
TABLES = ("series", "buyers", "salespeople", "relationships", "spells")


def record_of(done: Run) -> str:
    """Everything that a run follows from, as JSON."""
    from relsim.versions import versions

    chosen = done.parameters.model_dump(mode="json") | {"without": sorted(done.parameters.without)}
    record = {"kind": "relsim run", "seed": done.seed, "parameters": chosen, "versions": versions()}
    return json.dumps(record, indent=2) + "\n"


def say_if_nothing_was_delivered(result: Comparison) -> None:
    """Say so on the standard error stream if an arm has runs without any delivery."""
    runs = result.runs
    for name, costs in runs.groupby("arm", sort=False)["total_cost_per_unit"]:
        empty = int(costs.isna().sum())
        if empty:
            print(
                f"relsim: {name}: in {empty} of {len(costs)} runs {NOTHING_DELIVERED}",
                file=sys.stderr,
            )


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
    except OSError as error:
        return complain(f"{error.filename or 'writing'}: {error.strerror or error}", 1)
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
    print(f"relsim: {' '.join(text.split())}", file=sys.stderr)
    return status
