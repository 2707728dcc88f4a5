"""Custom code in the record of a plan: written down, found again, and compared."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from relsim.design.custom_code import UNSEEN, parts_of
from relsim.io.errors import InputError


def recorded(agents: type) -> dict[str, Any]:
    """Write a class of agents down as JSON values: where it is, and what it consists of."""
    record: dict[str, Any] | None = vars(agents).get("RECORD")
    if record is not None and issubclass(agents, _Absent):
        return record
    return {
        "class": f"{agents.__module__}:{agents.__qualname__}",
        "kind": getattr(agents, "kind", ""),
        "code": parts_of(agents),
    }


def revived(arm: Any) -> Any:
    """Read an arm of a recorded plan: classes by their names, if they are here and as they were."""
    if isinstance(arm, str) and ":" in arm:
        arm = {"class": arm, "kind": "buyer", "code": None}
    if not isinstance(arm, Mapping):
        return arm
    if arm.keys() == {"class", "kind", "code"}:
        return _class_of(arm)
    return {
        name: revived(each) if isinstance(each, Mapping) else each for name, each in arm.items()
    }


def _class_of(record: Mapping[str, Any]) -> type:
    """A class that was recorded; one that only has its name, if it is not here any more."""
    from relsim.model.agents import Buyer, Salesperson

    module, _, name = record["class"].partition(":")
    # Not imported: a file of results must not decide which code is run.
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    here = isinstance(found, type) and issubclass(found, Buyer | Salesperson)
    if here and record["code"] in (None, recorded(found)["code"]):
        live: type = found
        return live
    why = f"import {module} first"
    if here:
        why = f"it was edited since ({_listed(_changed(record['code'], recorded(found)['code']))})"
    names = {"__module__": module, "__qualname__": name, "RECORD": dict(record), "WHY": why}
    kind = Salesperson if record["kind"] == Salesperson.kind else Buyer
    return type(name.rpartition(".")[2], (_Absent, kind), names)


class _Absent:
    """Stands for custom agents that are not here as they were: they can be read, not run."""

    WHY = ""


def check_present(arms: Iterable[Any]) -> None:
    """Check that the agents of all arms can be run.

    Raises
    ------
    InputError
        If an arm came from a file and its class is not here.
    """
    for arm in arms:
        for agents in (arm.buyer, arm.salesperson):
            if agents is not None and issubclass(agents, _Absent):
                raise InputError(f"arm {arm.name}: its class is not here; {agents.WHY}")


def unseen(record: Mapping[str, Any]) -> list[str]:
    """Parts of the custom code of a recorded plan whose edits nobody would notice."""
    codes = _codes_in(record).values()
    return sorted({name for code in codes for name in code if code[name].endswith(UNSEEN)})


def check_same_code(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Check that the custom code of two recorded plans is the same, where both have it.

    Raises
    ------
    InputError
        Naming what has changed.
    """
    before, now = _codes_in(old), _codes_in(new)
    for name in before.keys() & now.keys():
        changed = _changed(before[name], now[name])
        if changed:
            raise InputError(
                f"{path}: was made with other code of {name} (other now: {_listed(changed)}); "
                "allowed is another file, or changed_code=True"
            )


def without_code(record: Any) -> Any:
    """A recorded plan, or a part of one, without what its custom code consists of."""
    if isinstance(record, Mapping):
        return {
            # A task also tells a hash of its own.
            name: None if name in ("code", "sources") else without_code(record[name])
            for name in record
        }
    return [without_code(each) for each in record] if isinstance(record, list) else record


def _codes_in(record: Any) -> dict[str, dict[str, str]]:
    """The custom code of a recorded plan, by the name of its class or task."""
    if isinstance(record, list):
        record = dict(enumerate(record))
    if not isinstance(record, Mapping):
        return {}
    if isinstance(record.get("code"), Mapping):
        return {record.get("class") or record.get("name") or "": dict(record["code"])}
    return {name: code for each in record.values() for name, code in _codes_in(each).items()}


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*before, *now} if before.get(name) != now.get(name))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
