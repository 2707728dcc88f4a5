"""``relsim where``: the region of a sweep's parameter space in which a condition holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from relsim.cli.analysis import File, a_number, loaded, table_text
from relsim.cli.arguments import Out
from relsim.cli.folders import deliver, out_folder, results_name
from relsim.io.console import as_csv

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILES = ("where.png", "where.csv", "where_points.csv")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(where)


def where(
    results: File,
    when: Annotated[
        str,
        typer.Option(
            metavar="CONDITION",
            help="For instance 'total_cost_per_unit[trusting] > total_cost_per_unit[aggressive]': "
            "measures with their arm, numbers, + - * /, comparisons, and, or, not.",
        ),
    ],
    share: Annotated[
        str | None,
        typer.Option(
            metavar="SHARE",
            help="Judge each replicate: the share of them that is needed. Else means are judged.",
        ),
    ] = None,
    out: Out = None,
) -> None:
    """Find the box in parameter space in which a condition holds (scenario discovery)."""
    from relsim.analysis.boxes import where as find

    needed = None if share is None else a_number("--share", share)
    judged = [] if share is None else [f"share{share}"]
    folder = out_folder(out, [results_name(results), "where", *judged, when], FILES)
    found = find(loaded(results), when, needed)
    print(found.sentence)
    if len(found.boxes):
        print(f"\n{table_text(found.boxes)}\n")
        print("share: of all points; density: share of the box at which it holds; coverage: share")
        print("of all such points that is in the box; tested: density on points not used to find")
        print("it, with its 95% interval")
    print(f"\n{found.condition}: judged {found.judged}")
    if found.left_out:
        print(f"left out: {found.left_out} points without a result")

    def draw() -> tuple[Figure, str]:
        """Draw points and box; say what is seen."""
        return found.plot(), f"{found.condition}. {found.sentence}"

    contents = dict(zip(FILES[1:], map(as_csv, (found.boxes, found.points)), strict=True))
    deliver(folder, contents, FILES[0], draw)
