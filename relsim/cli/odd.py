"""The generated parts of ODD.md: tables and equations that stand in the code already.

``python -m relsim.cli.odd`` writes them anew, between ``<!-- generated: name -->`` and
``<!-- end -->``.
Equations are read from the sources of the submodels, so that the description cannot say anything
else than the code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from relsim.claims import report, stored
from relsim.cli.equations import code, equations
from relsim.cli.text import entry_cells, stance_rows
from relsim.io.console import markdown, number
from relsim.io.errors import InputError, known
from relsim.io.files import write_atomically
from relsim.model.draws import BUYER_DRAWS, RELATIONSHIP_DRAWS, SALESPERSON_DRAWS
from relsim.model.entities import BUYER, CLOCK, EQUIPMENT, ORDER, RELATIONSHIP, SALESPERSON, SPELL
from relsim.model.glossary import ARGUMENTS
from relsim.model.observation import MEASURES
from relsim.model.records import Entity
from relsim.model.schedule import SCHEDULE
from relsim.parameters import Entry, Parameters, table
from relsim.parameters.mechanisms import HOLDS, MECHANISMS
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_ITEMS, BUYER_STANCES, SELLER_ITEMS, SELLER_STANCES

if TYPE_CHECKING:
    import pandas as pd

PACKAGE = Path(__file__).parents[1]
DESCRIPTION = PACKAGE / "ODD.md"
PART = re.compile(r"(<!-- generated: ([a-z_ ]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


# --- parameters, state, measures ---------------------------------------------------------------


def named(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table whose rows begin with a name of the code."""
    return markdown(header, ([f"`{name}`", *cells] for name, *cells in rows))


def entries(which: Iterable[Entry]) -> str:
    """Numbers that can be set, a row each."""
    header = ["name", "default", "from", "to", "unit", "meaning", "source", "reason of the range"]
    return named(header, map(entry_cells, which))


def parameters() -> str:
    """Every numeric parameter; then those that are no numbers."""
    numbers = {entry.name for entry in table()}
    fields = Parameters.model_fields.items()
    others = [(name, field.description) for name, field in fields if name not in numbers]
    tuned = f"Tuned on the calibration table: {code(Parameters.TUNED)}."
    return f"{entries(table())}\n\n{named(['parameter', 'meaning'], others)}\n\n{tuned}"


def variables(entity: Entity) -> str:
    """The state variables of an entity."""
    rows = ((v.name, v.unit, v.meaning) for v in entity.variables)
    return named(["variable", "unit", "meaning"], rows)


def draws() -> str:
    """The draws of a period."""
    return markdown(
        ["for each", "uniform", "standard normal"],
        (
            [kind.name.removesuffix(" draws"), code(kind.uniforms), code(kind.normals)]
            for kind in (BUYER_DRAWS, SALESPERSON_DRAWS, RELATIONSHIP_DRAWS)
        ),
    )


def arguments() -> str:
    """What equations take that is neither a parameter nor a state variable."""
    return markdown(
        ["arguments", "unit", "meaning"],
        ([code(names), unit, text] for names, unit, text in ARGUMENTS),
    )


def measures() -> str:
    """Every measure with its formula over the ledgers."""
    header = ["measure", "unit", "meaning", "formula", "ledger"]
    every = MEASURES.values()
    return named(header, ((m.name, m.unit, m.meaning, f"`{m.formula}`", m.ledger) for m in every))


def mechanisms() -> str:
    """What can be switched off."""
    return named(["mechanism", "what it does"], MECHANISMS.items())


def holds() -> str:
    """What can be clamped to one value."""
    rows = ((name, f"{low:g}", f"{high:g}", text) for name, (low, high, text) in HOLDS.items())
    return named(["hold", "from", "to", "what is clamped"], rows)


def stances() -> str:
    """Items of stances, then the stances of buyers and sellers by name."""
    parts = [entries([*BUYER_ITEMS, *SELLER_ITEMS])]
    for kind, stances in (("buyer", BUYER_STANCES), ("seller", SELLER_STANCES)):
        (_, *items), *rows = stance_rows(stances)
        parts.append(named([kind, *(f"`{item}`" for item in items)], rows))
    return "\n\n".join(parts)


def scenarios() -> str:
    """Presets and what they set apart from the defaults."""
    rows = (
        (name, presets.meaning(name), code(sorted(presets[name].model_fields_set)) or "nothing")
        for name in presets
    )
    return named(["preset", "what it stands for", "sets"], rows)


def schedule() -> str:
    """The steps of a period, as they are walked."""
    return markdown(
        ["step", "submodel", "taken by", "function"],
        (
            [
                number,
                step.submodel.replace("_", " "),
                "once" if step.agent == "market" else f"each {step.agent}",
                f"`{getattr(step.function, '__name__', '')}`",
            ]
            for number, step in enumerate(SCHEDULE, 1)
        ),
    )


# --- what came out ---------------------------------------------------------------------------


def _what_counts(direction: int, smallest: float) -> str:
    """The smallest effect that counts, as a condition."""
    if direction == 0:
        return f"within {number(smallest)}"
    return f"{'at least' if direction > 0 else 'at most'} {number(direction * smallest)}"


def claims() -> str:
    """Every part of every claim with what came out when they were run last, and why."""
    table = stored.results()
    verdicts = report.verdicts(table)
    body = []
    for row in table.to_dict("records"):
        first = row["part"] == 1
        gone = "" if row["ablation"] == "" else f"{row['ablation']}: {report.gone(row)}"
        body.append(
            [
                f"**{row['claim']}** {verdicts[row['claim']]}" if first else "",
                row["kind"] if first else "",
                row["says"] if row["counts"] else f"{row['says']} (reported only)",
                f"{number(row['effect'])} ({number(row['low'])} to "
                f"{number(row['high'])}) {row['unit']}",
                _what_counts(int(row["direction"]), float(row["smallest"])),
                row["verdict"],
                gone,
            ]
        )
    header = [
        "claim",
        "kind",
        "what it says",
        "effect (95% interval)",
        "counts if",
        "came out",
        "taken away: share of the effect that goes",
    ]
    why = "\n".join(f"- **{claim}**: {reason}" for claim, reason in stored.findings().items())
    return (
        f"{report.summary(table)} {table['replicates'][0]} replicates, seed {table['seed'][0]}, "
        f"sources `{table['sources'][0]}`.\n\n{markdown(header, body)}\n\n"
        f"Reasons found, and what the model would need:\n\n{why}"
    )


def where() -> str:
    """Where in parameter space, and over the family of calibrations, claims hold."""
    found = {name: stored.study(name) for name in stored.STUDIES}
    names = {"robust": "Parameter space", "family": "Settings that fit the calibration as well"}
    lines = []
    for name, title in names.items():
        table = found[name]
        if isinstance(table, str):
            lines.append(f"{title}: {table}.")
            continue
        first = table.iloc[0]
        lines.append(
            f"{title}: {first['points']} points, {first['replicates']} replicates each, "
            f"seed {first['seed']}."
        )
        lines.append(markdown(*_where(table, decided=name == "robust")))
    return "\n\n".join(lines)


def _where(table: pd.DataFrame, decided: bool) -> tuple[list[str], list[list[object]]]:
    """Header and rows of a table of shares: a row a claim, and one for each of its parts."""
    header = ["claim", "what it says", "holds (95% interval)", "right direction", "fails"]
    header += ["not measured", "one point tells within"]
    body: list[list[object]] = []
    for row in table.to_dict("records"):
        whole = row["part"] == 0
        within = row["half_width"] / row["smallest"] if row["smallest"] > 0.0 else float("nan")
        cells: list[object] = [
            f"**{row['claim']}**" if whole else "",
            "all that counts" if whole else row["says"] + ("" if row["counts"] else " (reported)"),
            f"{row['holds']:.0%} ({row['holds_low']:.0%} to {row['holds_high']:.0%})",
            f"{row['right']:.0%}",
            f"{row['fails']:.0%}",
            f"{1.0 - row['measured'] / row['points']:.0%}",
            "" if whole else f"{number(within)} of the smallest effect of interest",
        ]
        body.append([*cells, row["decided_by"]] if decided else cells)
    return ([*header, "decided by"] if decided else header), body


# --- the description ---------------------------------------------------------------------------

PARTS: dict[str, Callable[[], str]] = {
    "parameters": parameters,
    "measures": measures,
    "mechanisms": mechanisms,
    "holds": holds,
    "stances": stances,
    "presets": scenarios,
    "schedule": schedule,
    "arguments": arguments,
    "draws": draws,
    "claims": claims,
    "where claims hold": where,
    **{
        f"variables {entity.name}": partial(variables, entity)
        for entity in (CLOCK, BUYER, SALESPERSON, RELATIONSHIP, ORDER, EQUIPMENT, SPELL)
    },
    **{
        f"equations {module}": partial(equations, module)
        for module in (*dict.fromkeys(step.submodel for step in SCHEDULE), "shared")
    },
}
"""Generated parts by the name in their marker."""


def refreshed(text: str) -> str:
    """A description with its generated parts written anew.

    Raises
    ------
    InputError
        If a marker names no part.
    """

    def part(found: re.Match[str]) -> str:
        """Write one generated part between its markers."""
        known("generated part", [found[2]], PARTS)
        return f"{found[1]}\n{PARTS[found[2]]()}\n\n{found[3]}"

    return PART.sub(part, text)


def main() -> int:
    """Write the generated parts of ODD.md anew."""
    before = DESCRIPTION.read_text(encoding="utf-8")
    try:
        after = refreshed(before)
    except InputError as error:
        sys.stderr.write(f"{DESCRIPTION.name}: {error}\n")
        return 2
    if after != before:
        write_atomically(DESCRIPTION, after)
    return 0


if __name__ == "__main__":
    sys.exit(main())
