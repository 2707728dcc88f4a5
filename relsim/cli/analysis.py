"""Commands that read a stored sweep: ``relsim sensitivity``, ``curve`` and ``replicates``.

Each prints a table, and writes a figure with the numbers behind it. They are added to the command
by ``register``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.cli.arguments import Out
from relsim.cli.folders import deliver, out_folder, results_name
from relsim.io.console import aligned, as_csv, number
from relsim.io.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from relsim.analysis.outcomes import Stored

File = Annotated[Path, typer.Argument(metavar="RESULTS", help="What relsim sweep wrote.")]
Name = Annotated[str, typer.Option("--measure", help="A measure that the sweep kept.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (sensitivity, curve, replicates):
        app.command()(command)


def sensitivity(
    results: File,
    measure: Name,
    arm: Annotated[str | None, typer.Option(help="One arm; all if not given.")] = None,
    minus: Annotated[
        str | None, typer.Option(metavar="ARM", help="An arm to subtract from --arm, run by run.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(help="sobol, morris or ranking; what the design is made for.")
    ] = None,
    out: Out = None,
) -> None:
    """Show which parameters a measure depends on: Sobol or Morris indices, or a ranking."""
    from relsim.analysis.sensitivity import sensitivity as analysed

    what = [measure, *filter(None, (arm, minus and f"minus-{minus}", method))]
    folder = place(out, results, "sensitivity", *what)
    found = analysed(loaded(results), measure, arm, minus, method)
    unit = f" ({found.unit})" if found.method == "morris" and found.unit else ""
    print(f"{measure}{unit}: {found.method} indices from {found.points} points\n")
    print(indices_text(found.table))
    print("\nvalue and 95% interval; - where there is none")
    if found.left_out:
        print(f"left out: {found.left_out} points without a result, or beside one without")
    for name, share in found.random_share.items():
        print(draws_text(name, share))

    def draw(sweeps: Any) -> tuple[Figure, str]:
        """Draw the indices, and say in words what is drawn."""
        return found.plot(), sweeps.sensitivity_text(found.table, measure)

    write(folder, "sensitivity", found.table, draw)


def curve(
    results: File,
    x: Annotated[str, typer.Option("--x", help="A parameter, a measure, or period.")],
    y: Annotated[str, typer.Option("--y", help="A measure that the sweep kept.")],
    by: Annotated[
        str, typer.Option(help="A curve for each: arm, a parameter of few values, or none.")
    ] = "arm",
    minus: Annotated[
        str | None,
        typer.Option(metavar="ARM", help="Draw differences from this arm, run by run."),
    ] = None,
    buyers: Annotated[
        bool, typer.Option("--buyers", help="Compare buyers within their markets, by rank of x.")
    ] = False,
    out: Out = None,
) -> None:
    """Draw one thing over another, with 95% bands, from the rows of a sweep."""
    from relsim.analysis.curves import curve as read
    from relsim.analysis.outcomes import parameters_of, sample_size

    what = [y, f"over-{x}", f"by-{by}", *([f"minus-{minus}"] if minus else [])]
    folder = place(out, results, "curve", *what, *(["buyers"] if buyers else []))
    stored = loaded(results)
    table = read(stored, x, y, by, minus=minus, of_buyers=buyers)
    columns = ["by"] if table["by"].any() else []
    less = f" minus that of {minus}" if minus else ""
    print(f"{y}{less}, by {x}: mean and 95% interval\n")
    print(table_text(table[[*columns, "x", "mean", "low", "high", "count"]]))
    if stored.plan.replicates == 1 and table["low"].isna().all():
        print("\nOne replicate: there are no intervals; more replicates have them")
    words = with_unit(x, parameters_of(stored)), with_unit(y)

    def draw(sweeps: Any) -> tuple[Figure, str]:
        """Draw the curve, and say in words what is drawn."""
        figure = sweeps.curve(table, *words, minus or "", sample_size(stored))
        return figure, sweeps.curve_text(table, *words)

    write(folder, "curve", table, draw)


def replicates(
    results: File,
    measure: Name,
    within: Annotated[
        str | None,
        typer.Option(metavar="WIDTH", help="Say how many make an interval of plus or minus this."),
    ] = None,
    out: Out = None,
) -> None:
    """Show how the interval of a measure shrinks with the number of replicates."""
    from relsim.analysis.outcomes import arm_name, outcomes, pairs, sample_size
    from relsim.analysis.replication import needed, spread
    from relsim.analysis.replication import replicates as read

    width = None if within is None else a_number("--within", within)
    folder = place(out, results, "replicates", measure)
    stored = loaded(results)
    table = read(stored, measure)
    print(f"95% interval of {measure} at a point: plus or minus half_width\n")
    print(table_text(table[["arm", "replicates", "kind", "half_width"]]))
    if width is not None:
        print()
        for arm, minus in pairs(stored):
            count = needed(spread(outcomes(stored, measure, arm, minus)), width)
            print(f"{arm_name(arm, minus)}: {count} replicates for plus or minus {width:g}")

    def draw(_: Any) -> tuple[Figure, str]:
        """Draw how the interval narrows, and say in words what is drawn."""
        from relsim.plots import replication

        figure = replication.replicates(table, measure, unit_of(measure), sample_size(stored))
        return figure, replication.replicates_text(table, measure)

    write(folder, "replicates", table, draw)


# --- what is read ---------------------------------------------------------------------------------


def loaded(results: Path) -> Stored:
    """Open a stored sweep; say on stderr if runs of it are missing."""
    from relsim.analysis.outcomes import unfinished
    from relsim.sweep import load

    stored = load(results)
    if missing := unfinished(stored):
        print(f"relsim: {missing}", file=sys.stderr)
    return stored


# --- what is shown --------------------------------------------------------------------------------


def indices_text(table: pd.DataFrame) -> str:
    """Indices side by side, a row an arm and parameter, for a terminal."""
    indices = list(dict.fromkeys(table["index"]))
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for row in table.to_dict("records"):
        text = number(row["value"])
        if row["low"] == row["low"]:
            text += f" ({number(row['low'])} to {number(row['high'])})"
        rows.setdefault((row["arm"], row["parameter"]), {})[row["index"]] = text
    cells = [[*key, *(found.get(index, "-") for index in indices)] for key, found in rows.items()]
    return aligned(["arm", "parameter", *indices], cells, text_columns=(0, 1))


def draws_text(arm: str, share: float) -> str:
    """How much of what is explained is due to random draws, and what to do about it."""
    if share != share:
        return f"{arm}: one replicate, so that random draws cannot be told from what is explained"
    advice = "; more replicates would sharpen the indices" if share > 0.1 else ""
    return f"{arm}: {share:.0%} of the variance between points is due to random draws{advice}"


def table_text(table: pd.DataFrame) -> str:
    """A table for a terminal."""
    kinds = [kind.kind for kind in table.dtypes]
    cells = [
        [number(value) if kind == "f" else str(value) for value in column]
        for kind, (_, column) in zip(kinds, table.items(), strict=True)
    ]
    words = [place for place, kind in enumerate(kinds) if kind not in "fi"]
    return aligned(list(table), list(zip(*cells, strict=True)), text_columns=words)


def unit_of(name: str, swept: Collection[str] = ()) -> str:
    """Unit of a measure or, where it is swept, of the parameter; nothing if it has none."""
    from relsim.model.observation import MEASURES
    from relsim.parameters import table

    if name in MEASURES and name not in swept:
        return MEASURES[name].unit
    return next((entry.unit for entry in table() if entry.name == name), "")


def with_unit(name: str, swept: Collection[str] = ()) -> str:
    """Name and unit, as an axis has them."""
    unit = "month" if name == "period" else unit_of(name, swept)
    return f"{name}, {unit}" if unit else name


def a_number(option: str, text: str) -> float:
    """A number as typed.

    Raises
    ------
    InputError
        If it is none.
    """
    try:
        return float(text)
    except ValueError:
        raise InputError(f"{option} {text}: allowed is a number") from None


# --- what is written ------------------------------------------------------------------------------


def place(out: str | None, results: Path, name: str, *what: str) -> Path:
    """Check where a command writes: if not said, a folder for each file and question."""
    return out_folder(out, [results_name(results), name, *what], files(name))


def files(name: str) -> tuple[str, str]:
    """Names of the files that a command writes."""
    return f"{name}.png", f"{name}.csv"


def write(
    folder: Path, name: str, table: pd.DataFrame, draw: Callable[[Any], tuple[Figure, str]]
) -> None:
    """Write numbers, then draw them with ``relsim.plots.sweeps``, which takes time to import."""

    def drawn() -> tuple[Figure, str]:
        """Draw, with what takes time to import."""
        from relsim.plots import sweeps

        return draw(sweeps)

    png, csv = files(name)
    deliver(folder, {csv: as_csv(table)}, png, drawn)
