"""The record of a comparison, from which it can be run again: written, read and checked."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from relsim.design.arms import Arm, is_name
from relsim.design.measures import OwnMeasure, recorded
from relsim.engine.versions import versions
from relsim.io.errors import InputError, reason, shortened, shown
from relsim.io.reading import read_text
from relsim.parameters import Parameters

KIND = "relsim comparison"


def record_of(
    arms: Sequence[Arm],
    seed: int,
    run_seeds: Sequence[int],
    own: Mapping[str, OwnMeasure],
) -> dict[str, Any]:
    """All that is needed to run a comparison again, see ``Comparison.record``."""
    return {
        "kind": KIND,
        "seed": seed,
        "replicates": len(run_seeds),
        "arms": [
            {
                "name": one.name,
                "buyer": _class_name(one, "buyer", arms),
                "salesperson": _class_name(one, "salesperson", arms),
                "parameters": one.parameters.model_dump(mode="json"),
            }
            for one in arms
        ],
        "measures": {name: recorded(function) for name, function in own.items()},
        "seeds": list(run_seeds),
        "versions": versions(),
    }


def _class_name(arm: Arm, agent: str, arms: Sequence[Arm]) -> str | None:
    """Name of a class of agents, and whose it is if another arm's is called the same."""
    own = getattr(arm, agent)
    if own is None:
        return None
    others = {getattr(one, agent) for one in arms} - {own, None}
    taken = own.__name__ in {other.__name__ for other in others}
    return f"{own.__name__} of {arm.name}" if taken else str(own.__name__)


_RECORD = {"seed": int, "replicates": int, "arms": list, "seeds": list, "versions": dict}
"""What a record must hold, and of which type."""

_WORDS = {int: "a whole number", list: "a list", dict: "a mapping", str: "a text"}


def record_file(path: str | Path) -> Path:
    """Find the record of a comparison: a file, or ``run.json`` in a folder.

    Raises
    ------
    InputError
        If it is no path, or a folder without one.
    """
    if not isinstance(path, str | Path):
        raise InputError(f"path = {shown(path)}: allowed is a run.json, or its folder")
    file = Path(path)
    if not file.is_dir():
        return file
    if not (file / "run.json").exists():
        raise InputError(
            f"{file}: allowed is a folder with the run.json of a comparison; what another command "
            "made is made again by that command"
        )
    return file / "run.json"


def read_record(file: Path) -> dict[str, Any]:
    """Read the record of a comparison and check its form.

    Parameters
    ----------
    file : Path
        A ``run.json``.

    Returns
    -------
    dict
        See ``Comparison.record``.

    Raises
    ------
    InputError
        Naming the file and what is wrong in it.
    """
    try:
        kept = json.loads(read_text(file))
    except RecursionError:
        raise InputError(
            f"{file}: cannot be read as a saved comparison (nested too deep)"
        ) from None
    except (OSError, ValueError) as error:
        words = shortened(reason(error))
        raise InputError(f"{file}: cannot be read as a saved comparison ({words})") from None
    if not isinstance(kept, dict) or kept.get("kind") != KIND:
        raise InputError(f"{file}: is no saved comparison; allowed is run.json of Comparison.save")
    for name, kind in _RECORD.items():
        _check_kept(file, kept, name, kind)
    _check_kept_measures(file, kept)
    for number, one in enumerate(kept["arms"]):
        where = f"arms[{number}]"
        if not isinstance(one, dict):
            raise InputError(f"{file}: {where} = {shown(one)}: allowed is a mapping")
        for name, kind in {"name": str, "parameters": dict}.items():
            _check_kept(file, one, name, kind, f"{where}.")
        # Who sells was not kept at first: nobody could be chosen.
        one.setdefault("salesperson", None)
        for agent in ("buyer", "salesperson"):
            if not isinstance(one.get(agent, 0), str | None):
                raise InputError(f"{file}: {where}.{agent} is missing or no name of a class")
    return kept


def _check_kept_measures(file: Path, kept: dict[str, Any]) -> None:
    # Measures of one's own were not kept at first: there were none.
    kept.setdefault("measures", {})
    _check_kept(file, kept, "measures", dict)
    for name, one in kept["measures"].items():
        if not isinstance(one, dict) or not isinstance(one.get("name"), str):
            raise InputError(f"{file}: measures.{name} = {shown(one)}: allowed is a record of it")


def _check_kept(
    file: Path, kept: Mapping[str, Any], name: str, kind: type, where: str = ""
) -> None:
    if name not in kept:
        raise InputError(f"{file}: {where}{name} is missing")
    value = kept[name]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise InputError(f"{file}: {where}{name} = {shown(value)}: allowed is {_WORDS[kind]}")


def kept_arms(
    file: Path, kept: Sequence[Mapping[str, Any]], classes: Mapping[str, Mapping[str, type[Any]]]
) -> tuple[Arm, ...]:
    """Arms of a record, with every parameter that they had."""
    if len(kept) < 2:
        raise InputError(f"{file}: allowed are two scenarios to compare or more, not {len(kept)}")
    arms: list[Arm] = []
    for one in kept:
        name, values = one["name"], one["parameters"]
        if not is_name(name) or name in [other.name for other in arms]:
            raise InputError(f"{file}: arm {shown(name)}: allowed is a name of its own")
        for agent, argument in (("buyer", "buyers"), ("salesperson", "salespeople")):
            if one[agent] is not None and one[agent] not in classes[agent]:
                raise InputError(
                    f"{file}: give {argument}={{{one[agent]!r}: class}}, which it ran with"
                )
        # A default of today need not be what it was then.
        missing = [field for field in Parameters.model_fields if field not in values]
        if missing:
            raise InputError(f"{file}: arm {shown(name)} is incomplete: {missing[0]} is missing")
        try:
            parameters = Parameters(**values)
        except InputError as error:
            raise InputError(f"{file}: arm {shown(name)}: {error}") from None
        buyer, salesperson = (
            None if one[agent] is None else classes[agent][one[agent]] for agent in classes
        )
        arms.append(Arm(name, parameters, buyer, salesperson))
    return tuple(arms)


def check_measures(
    file: Path, kept: Mapping[str, Mapping[str, Any]], own: Mapping[str, OwnMeasure]
) -> None:
    """Check that the measures given are those that a record names; say so if one was edited.

    Raises
    ------
    InputError
        If one is missing, or one too many.
    """
    for name in own:
        if name not in kept:
            raise InputError(f"{file}: ran without the measure {name}; leave it out")
    for name, one in kept.items():
        if name not in own:
            raise InputError(
                f"{file}: ran with the measure {name} ({one['name']}); give it "
                f"(--measure {name}={one['name']}; in Python measures={{{name!r}: function}})"
            )
        if one.get("code") != recorded(own[name])["code"]:
            warnings.warn(
                f"{file}: the measure {name} was edited since; numbers may differ", stacklevel=3
            )
