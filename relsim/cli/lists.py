"""Commands that list what there is: scenarios, stances, parameters, mechanisms, measures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from relsim.cli.text import entry_cells
from relsim.io.console import aligned, markdown, wrapped
from relsim.io.errors import InputError, shown


class Form(StrEnum):
    """How a list is printed."""

    text = "text"
    markdown = "markdown"
    csv = "csv"


Word = Annotated[
    str | None,
    typer.Argument(help="Only what has this in its name or meaning.", show_default=False),
]
Printed = Annotated[Form, typer.Option("--format", help="How to print it.")]


def register(app: typer.Typer) -> None:
    """Add the commands to ``relsim``."""
    for command in (presets, parameters, mechanisms, measures):
        app.command()(command)


def _with(word: str | None, what: str, rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Rows with a word somewhere in them; all of them without one."""
    found = [row for row in rows if word is None or word.lower() in " ".join(row).lower()]
    if not found:
        raise InputError(f"no {what} has {shown(word)} in its name or meaning")
    return found


def _print(header: Sequence[str], rows: Sequence[Sequence[str]], form: Form) -> None:
    if form is Form.csv:
        import csv

        csv.writer(sys.stdout, lineterminator="\n").writerows([header, *rows])
    elif form is Form.markdown:
        print(markdown(header, rows))
    else:
        print(wrapped(header, rows))


def presets() -> None:
    """List the scenarios, and the stances of buyers and sellers."""
    from relsim.parameters.presets import presets
    from relsim.parameters.stances import BUYER_STANCES, SELLER_STANCES

    width = max(map(len, presets))
    print("Scenarios (relsim compare aggressive trusting --preset NAME)")
    for name in presets:
        print(f"  {name:<{width}}  {presets.meaning(name)}")
    for side, stances in (("buyers", BUYER_STANCES), ("sellers", SELLER_STANCES)):
        items = list(next(iter(stances.values())))
        print(f"\nStances of {side}")
        rows = [
            [name, *(f"{stance[item]:g}" for item in items)] for name, stance in stances.items()
        ]
        print(aligned(["", *items], rows))


def parameters(word: Word = None, form: Printed = Form.text) -> None:
    """Print every number that can be set, stances last: range, unit, meaning, source, why."""
    from relsim.parameters import table
    from relsim.parameters.stances import BUYER_ITEMS, SELLER_ITEMS

    cells = [entry_cells(entry) for entry in (*table(), *BUYER_ITEMS, *SELLER_ITEMS)]
    found = _with(word, "parameter", cells)
    if form is Form.text:
        header = ["name", "default", "low", "high", "unit", "meaning (source)"]
        rows = [[*row[:5], f"{row[5]} ({row[6]})"] for row in found]
        _print(header, rows, form)
    else:
        header = ["name", "default", "low", "high", "unit", "meaning", "source", "why"]
        _print(header, found, form)


def mechanisms(word: Word = None, form: Printed = Form.text) -> None:
    """List what can be switched off (without) or clamped to one value for everybody (hold)."""
    from relsim.parameters.mechanisms import HOLDS, MECHANISMS

    rows = [[name, "without", meaning] for name, meaning in MECHANISMS.items()]
    rows += [
        [name, f"hold, {low:g} to {high:g}", meaning]
        for name, (low, high, meaning) in HOLDS.items()
    ]
    _print(["name", "how", "meaning"], _with(word, "mechanism", rows), form)


def measures(word: Word = None, form: Printed = Form.text) -> None:
    """List the measures of a run, as tables, figures and claims name them."""
    from relsim.model.observation import MEASURES

    rows = [[name, measure.unit, measure.meaning] for name, measure in MEASURES.items()]
    _print(["name", "unit", "meaning"], _with(word, "measure", rows), form)
