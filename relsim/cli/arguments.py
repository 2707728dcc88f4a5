"""What was typed after ``relsim``: from text to parameters, and what does not go together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.io.errors import InputError, known, shortened

if TYPE_CHECKING:
    from relsim.parameters import Parameters

# Numbers come in as text, so that what is wrong with them is said in our words, see ``whole``.
Seed = Annotated[str, typer.Option(metavar="N", help="Seed of the random numbers.")]
Workers = Annotated[str | None, typer.Option(metavar="N", help="Threads; all cores if not given.")]
Out = Annotated[str, typer.Option(metavar="FOLDER", help="Folder for the results.")]
Preset = Annotated[str | None, typer.Option(help="Scenario to start from; see: relsim presets.")]
Periods = Annotated[
    str | None,
    typer.Option(metavar="N", help="Months to simulate (120 unless the preset differs)."),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be repeated."),
]

STANCE_PARAMETERS = frozenset(["buyer_stances", "aggressiveness"])
"""What an arm that is a stance decides."""


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
    from relsim.parameters.presets import presets

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


def check_free(command: str, names: Iterable[str], assignments: Sequence[str] | None) -> None:
    """Check that nothing was typed that a command sets itself.

    Raises
    ------
    InputError
        If there was.
    """
    for text in assignments or ():
        if (name := text.partition("=")[0]) in names:
            raise InputError(f"--set {name}: {command} sets it itself; leave it out")


def check_arms(arms: Iterable[str], preset: str | None, assignments: Sequence[str] | None) -> None:
    """Check that arms leave alone what was typed: nothing that was asked for is lost in silence.

    Raises
    ------
    InputError
        If an arm is a preset beside ``--preset``, or sets what ``--set`` sets too.
    """
    from relsim.parameters.presets import presets
    from relsim.parameters.stances import BUYER_STANCES, SELLER_STANCES

    typed = [text.partition("=")[0] for text in assignments or ()]
    for name in arms:
        known("arm", [name], [*BUYER_STANCES, *SELLER_STANCES, *presets])
        if name in BUYER_STANCES:
            own: frozenset[str] = STANCE_PARAMETERS
        elif name in SELLER_STANCES:
            own = frozenset({"seller_stances"})
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
