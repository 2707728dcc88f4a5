"""What was typed after ``relsim``: from text to parameters, and what does not go together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relsim.io.errors import InputError, known, shortened

if TYPE_CHECKING:
    from relsim.design.measures import OwnMeasure
    from relsim.parameters import Parameters

# Numbers come in as text, so that what is wrong with them is said in our words, see ``whole``.
Seed = Annotated[str, typer.Option(metavar="N", help="Seed of the random numbers.")]
Workers = Annotated[str | None, typer.Option(metavar="N", help="Threads; all cores if not given.")]
Out = Annotated[
    str | None,
    typer.Option(metavar="FOLDER", help="Folder; by default a new one below results."),
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        metavar="NAME=MODULE:FUNCTION",
        help="A measure of your own: a function of a relsim.Run; may be repeated.",
    ),
]
Preset = Annotated[str | None, typer.Option(help="Scenario to start from; see: relsim presets.")]
Periods = Annotated[
    str | None,
    typer.Option(metavar="N", help="Months to simulate (120 unless the preset differs)."),
]
Assignments = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Set a parameter, or an entry as in hold.trust=0.5; may be repeated.",
    ),
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
    from relsim.design.points import with_point
    from relsim.parameters import Parameters
    from relsim.parameters.presets import presets

    values = assigned(assignments)
    if periods is not None:
        if "periods" in values:
            raise InputError(f"--periods {periods}: periods is set by --set too; give it once")
        values["periods"] = periods
    return with_point(presets[preset] if preset is not None else Parameters(), values)


def assigned(assignments: Sequence[str] | None) -> dict[str, Any]:
    """Values by name, as ``--set`` gave them; entries have names as in plans: ``hold.trust``.

    Raises
    ------
    InputError
        If a name is unknown or there twice, or there is no value.
    """
    from relsim.design.points import ENTRIES
    from relsim.design.samples import bounds
    from relsim.parameters import Parameters

    values: dict[str, Any] = {}
    for text in assignments or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise InputError(
                f"--set {shortened(text)}: allowed is NAME=VALUE, for instance uncertainty=0.5"
            )
        whole = name.partition(".")[0]
        if name != whole and whole in ENTRIES:
            bounds(name)
        else:
            known("parameter", [name], Parameters.model_fields)
        if name in values:
            raise InputError(f"--set {shortened(text)}: {name} is set twice")
        values[name] = parsed(name, value)
    return values


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


def arms_of(texts: Iterable[str]) -> list[str | float]:
    """Arms as typed: a name, or a number for an aggressiveness.

    >>> arms_of(["trusting", "0.3"])
    ['trusting', 0.3]
    """
    arms: list[str | float] = []
    for text in texts:
        try:
            arms.append(float(text))
        except ValueError:
            arms.append(text)
    return arms


def check_arms(
    arms: Iterable[str | float], preset: str | None, assignments: Sequence[str] | None
) -> None:
    """Check that arms leave alone what was typed: nothing that was asked for is lost in silence.

    Raises
    ------
    InputError
        If an arm is a preset beside ``--preset``, or sets what ``--set`` sets too.
    """
    from relsim.design.arms import STANCES
    from relsim.design.confounding import BUYERS, SELLERS, what_it_sets
    from relsim.parameters.presets import presets

    typed = [text.partition("=")[0] for text in assignments or ()]
    for arm in arms:
        if isinstance(arm, str):
            known("arm", [arm], [*STANCES, *presets])
        name, sets = f"{arm:g}" if isinstance(arm, float) else arm, what_it_sets(arm)
        if sets == BUYERS:
            own: frozenset[str] = STANCE_PARAMETERS
        elif sets == SELLERS:
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
            if parameter.partition(".")[0] in own:
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


def own_measures(texts: Sequence[str] | None) -> dict[str, OwnMeasure]:
    """Measures of one's own, as ``--measure`` gave them.

    Raises
    ------
    InputError
        If a name is taken or there twice, or no function is found.
    """
    from relsim.design.measures import understood

    names: dict[str, str] = {}
    for text in texts or ():
        name, equals, function = text.partition("=")
        if not equals:
            raise InputError(
                f"--measure {shortened(text)}: allowed is NAME=MODULE:FUNCTION, for instance "
                "gini=mine:gini"
            )
        if name in names:
            raise InputError(f"--measure {shortened(text)}: {name} is there twice")
        names[name] = function
    return understood(names)
