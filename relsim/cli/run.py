"""``relsim run``: one market as tables, one relationship as a story."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.cli.arguments import (
    Assignments,
    Measures,
    Out,
    Periods,
    Preset,
    Seed,
    market,
    own_measures,
)
from relsim.cli.folders import deliver, out_folder, settings
from relsim.cli.follow import as_graphml, followed_pair, followed_tables, picture_of
from relsim.cli.text import NOTHING_DELIVERED, run_text
from relsim.io.console import as_csv
from relsim.io.errors import whole
from relsim.io.records import check_not_another

if TYPE_CHECKING:
    from relsim.design.measures import OwnMeasure
    from relsim.parameters import Parameters

RECORD = "market.json"
NETWORK = "network.graphml"
TABLES = ("series", "buyers", "salespeople", "relationships", "spells")


def register(app: typer.Typer) -> None:
    """Add the command to the ``relsim`` command."""
    app.command()(run)


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
    folder = out_folder(out, parts, [*(f"{name}.csv" for name in TABLES), RECORD])
    record = record_of(parameters, start_seed, own)
    check_not_another(folder, RECORD, record)
    done = simulate(parameters, start_seed, history=pair is not None)
    story = done.story(*pair) if pair else None
    values = dict(zip(own, measured(own, done), strict=True))
    for name, value in values.items():
        record["measures"][name]["value"] = value
    contents = {f"{name}.csv": as_csv(getattr(done, name)) for name in TABLES}
    contents[RECORD] = json.dumps(record, indent=2) + "\n"
    if pair:
        contents |= followed_tables(done, pair)
    if graphml:
        contents[NETWORK] = as_graphml(done.network())
    drawn = ("pair-{}-{}.png".format(*pair), picture_of(done, pair)) if pair else ()
    shown = story or run_text(done, values)
    delivered = done.buyer_ledgers["delivered"].sum()
    warning = "" if delivered else f"relsim: {NOTHING_DELIVERED}"
    deliver(folder, contents, *drawn, shown=shown, warning=warning, main="series.csv")


def record_of(
    parameters: Parameters, seed: int, measures: Mapping[str, OwnMeasure]
) -> dict[str, Any]:
    """Everything that a run follows from, and what is measured of it."""
    from relsim.design.measures import recorded
    from relsim.engine.versions import versions

    return {
        "kind": "relsim run",
        "seed": seed,
        "parameters": parameters.model_dump(mode="json"),
        "measures": {name: recorded(function) for name, function in measures.items()},
        "versions": versions(),
    }
