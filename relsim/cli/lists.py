"""Commands that list what there is: scenarios, stances, parameters, mechanisms, measures; ODD."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relsim.cli.text import entry_cells, stance_rows
from relsim.io.console import aligned, markdown, wrapped
from relsim.io.errors import InputError, known, shown

if TYPE_CHECKING:
    from relsim.parameters import Entry


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
    for command in (presets, parameters, mechanisms, measures, odd):
        app.command()(command)


def _with(word: str | None, what: str, rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Rows with a word somewhere in them; all of them without one."""
    found = [row for row in rows if word is None or word.lower() in " ".join(row).lower()]
    if not found:
        near = difflib.get_close_matches(str(word), [row[0] for row in rows], n=1)
        hint = f"; the nearest is {near[0]}" if near else ""
        raise InputError(f"no {what} has {shown(word)} in its name or meaning{hint}")
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
    from relsim.parameters.stances import (
        BUYER_STANCES,
        NEUTRAL,
        NEUTRAL_AGGRESSIVENESS,
        SELLER_STANCES,
        interpolated,
    )

    print("Scenarios (relsim compare aggressive trusting --preset NAME)", end="")
    print(wrapped(["", ""], [[f"  {name}", presets.meaning(name)] for name in presets]))
    buyers = {**BUYER_STANCES, NEUTRAL: interpolated(NEUTRAL_AGGRESSIVENESS)}
    for side, stances in (("buyers", buyers), ("sellers", SELLER_STANCES)):
        print(f"\nStances of {side}")
        header, *rows = stance_rows(stances)
        print(aligned(header, rows))


STARTS = {
    "buyers": "Population and time",
    "volume": "Who they are",
    "wage": "Money and hours",
    "uncertainty": "Environment",
    "audit_interval": "Audit",
    "selling_hours": "Attention",
    "exploitation_rate": "Exploitation",
    "padding_rate": "Offer",
    "round_hours": "Negotiation",
    "purchase_interval": "Ordering",
    "lead_time": "Delivery",
    "inspection_hours_per_unit": "Inspection",
    "voice_serious": "Complaint",
    "contact_hours": "Meeting",
    "disclosure_risk": "Disclosure",
    "idea_rate": "Ideas",
    "initial_trust": "Trust",
    "salience": "Accounting",
    "balance_weight": "Evaluation",
    "max_accounts": "Turnover and word of mouth",
    "rival_quotes": "Stances of buyers",
    "overpromising": "Stances of sellers",
}
"""The first parameter of each group, in the order of the table: by submodel, stances last."""


def groups() -> dict[str, list[Entry]]:
    """Put every number that can be set under the heading of its submodel."""
    from relsim.parameters import table
    from relsim.parameters.stances import BUYER_ITEMS, SELLER_ITEMS

    found: dict[str, list[Entry]] = {}
    heading = ""
    for entry in (*table(), *BUYER_ITEMS, *SELLER_ITEMS):
        heading = STARTS.get(entry.name, heading)
        found.setdefault(heading, []).append(entry)
    return found


def parameters(
    word: Word = None,
    group: Annotated[
        str | None, typer.Option(help="Only those of a submodel, such as negotiation.")
    ] = None,
    form: Printed = Form.text,
) -> None:
    """Print every number that can be set, by submodel: range, unit, meaning, source, why."""
    names = {heading.lower(): heading for heading in groups()}
    if group is not None:
        known("group", [group.lower()], names)
    headings = {
        entry.name: heading
        for heading, entries in groups().items()
        for entry in entries
        if group is None or heading == names[group.lower()]
    }
    cells = [
        entry_cells(entry)
        for entries in groups().values()
        for entry in entries
        if entry.name in headings
    ]
    found = _with(word, "parameter", cells)
    if form is Form.text:
        header = ["name", "default", "low", "high", "unit", "meaning (source)"]
        rows = [[*row[:5], f"{row[5]} ({row[6]})"] for row in found]
        _print_under(headings, header, rows)
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
    from relsim.analysis.headings import under_headings
    from relsim.model.observation import MEASURES

    header = ["name", "unit", "meaning"]
    rows = [[name, measure.unit, measure.meaning] for name, measure in MEASURES.items()]
    found = _with(word, "measure", rows)
    if form is not Form.text:
        _print(header, found, form)
        return
    cells = {row[0]: row for row in found}
    headings = {name: heading for heading, names in under_headings(cells).items() for name in names}
    _print_under(headings, header, [cells[name] for name in headings])


def _print_under(
    headings: Mapping[str, str], header: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Print rows, a line before those under another heading than the row before."""
    first, *lines = wrapped(header, [[f"  {row[0]}", *row[1:]] for row in rows]).split("\n")
    print(first)
    before = ""
    for line in lines:
        # A folded meaning goes on in the last column.
        name = line[2:].partition(" ")[0]
        if name and headings[name] != before:
            before = headings[name]
            print(before)
        print(line)


def odd() -> None:
    """Print the description of the model by the ODD protocol."""
    path = Path(__file__).parents[1] / "ODD.md"
    if not path.exists():
        raise InputError(f"{path.name} is not part of this installation")
    print(path.read_text(encoding="utf-8"), end="")
