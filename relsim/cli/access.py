"""What the steps of a period read and write, and how equations name it: found in their sources.

Follows calls into the helper functions of the submodels. Records are known by the array that they
are taken from, or by the usual name of an argument.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from relsim.model import submodels
from relsim.model.schedule import SCHEDULE

ARRAYS = {
    "buyers": "buyer",
    "salespeople": "salesperson",
    "relationships": "relationship",
    "orders": "order",
    "equipment": "equipment",
    "spells": "spell",
    "clock": "clock",
    "buyer_months": "buyer ledger",
    "salesperson_months": "salesperson ledger",
    "parameters": "parameters",
}
ARGUMENTS = {"r": "relationship", "buyer": "buyer", "seller": "salesperson", "p": "parameters"}
BOOKS = {
    "book_relationship": "buyer ledger",
    "value_hours": "buyer ledger",
    "book_departures": "buyer ledger",
    "book_account": "salesperson ledger",
    "book_salesperson": "salesperson ledger",
}
"""Whose ledger an argument called ``month`` is."""

LINKS = frozenset(
    {
        ("buyer", "first_slot"),
        ("buyer", "end_slot"),
        ("buyer", "next_applicant"),
        ("salesperson", "first_account"),
        ("salesperson", "end_account"),
        ("salesperson", "first_applicant"),
        ("salesperson", "firm"),
        ("relationship", "seller"),
        ("relationship", "firm"),
        ("relationship", "start"),
    }
)
"""Variables that only say who stands where."""

ACQUAINTED = frozenset({"known"})
"""Names of records that belong to acquaintances."""

Field = tuple[str, str]


class Access(NamedTuple):
    """Variables that a function reads and writes, each as (entity, variable)."""

    reads: frozenset[Field]
    writes: frozenset[Field]


def trees() -> dict[str, ast.Module]:
    """The submodels by their names, parsed."""
    folder = Path(submodels.__file__).parent
    return {path.stem: ast.parse(path.read_text("utf-8")) for path in sorted(folder.glob("*.py"))}


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """Functions of all submodels: helpers by their names, steps as ``trust.buyer_step``."""
    found = {}
    for module, tree in trees().items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found[f"{module}.{node.name}"] = node
                found.setdefault(node.name, node)
    return found


def _array(node: ast.expr) -> str | None:
    """The entity that ``market.buyers[b]`` or ``market.clock[0]`` is a record of."""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        return ARRAYS.get(node.value.attr)
    return None


def _records(function: ast.FunctionDef) -> dict[str, str]:
    """Names of records in a function, and the entity of each."""
    names = {a.arg: ARGUMENTS[a.arg] for a in function.args.args if a.arg in ARGUMENTS}
    if function.name in BOOKS:
        names["month"] = BOOKS[function.name]
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            entity = _array(node.value)
            if entity:
                names[node.targets[0].id] = entity
    return names


def _fields(function: ast.FunctionDef) -> Iterator[tuple[Field, bool, bool]]:
    """Every variable in a function: its field, whether it is read, whether it is written."""
    records = _records(function)
    grown = {id(node.target) for node in ast.walk(function) if isinstance(node, ast.AugAssign)}
    for node in ast.walk(function):
        if not isinstance(node, ast.Attribute):
            continue
        owner = records.get(node.value.id) if isinstance(node.value, ast.Name) else None
        entity = owner or _array(node.value)
        if entity:
            stored = isinstance(node.ctx, ast.Store)
            yield (entity, node.attr), not stored or id(node) in grown, stored


@cache
def access(name: str, without: frozenset[str] = frozenset()) -> Access:
    """What a function reads and writes, helpers included unless they are in ``without``."""
    function = functions()[name]
    reads: set[Field] = set()
    writes: set[Field] = set()
    for field, read, written in _fields(function):
        reads |= {field} if read else set()
        writes |= {field} if written else set()
    for helper in _helpers(function) - without:
        inner = access(helper, without)
        reads |= inner.reads
        writes |= inner.writes
    return Access(frozenset(reads), frozenset(writes))


def _helpers(function: ast.FunctionDef) -> set[str]:
    """Functions of submodels that a function calls."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name)} & functions().keys()


STEPS = tuple(f"{step.submodel}.{step.agent}_step" for step in SCHEDULE if step.agent != "market")


@cache
def written_by(kind: str) -> frozenset[Field]:
    """What the steps of buyers, or of salespeople, write when a relationship stands."""
    found: set[Field] = set()
    for step in STEPS:
        if step.endswith(f".{kind}_step"):
            found |= access(step, frozenset({"begin"})).writes
    return frozenset(found)


def heard(function: ast.FunctionDef) -> set[Field]:
    """What a function reads of acquaintances: they are found through the networks."""
    known = {name: entity for name, entity in _records(function).items() if name in ACQUAINTED}
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute):
            entity = known.get(node.value.id) if isinstance(node.value, ast.Name) else None
            if _array(node.value) and "contacts.other" in ast.unparse(node.value):
                entity = _array(node.value)
            if entity:
                found.add((entity, node.attr))
    return found


@cache
def hearsay(name: str) -> frozenset[Field]:
    """What a function, helpers included, reads of acquaintances."""
    function = functions()[name]
    return frozenset(heard(function).union(*map(hearsay, _helpers(function))))


def read_of_others(step: str) -> frozenset[Field]:
    """What a step reads that others wrote: their records, what lies between the two, hearsay."""
    kind, other = ("buyer", "salesperson")
    if step.endswith(".salesperson_step"):
        kind, other = other, kind
    found = access(step, frozenset({"begin"}))
    return frozenset(
        field
        for field in found.reads - LINKS
        if field in hearsay(step)
        or field[0] == other
        or (field[0] == "relationship" and field in written_by(other))
    )


def written(step: str) -> frozenset[Field]:
    """What a step writes; of one that begins relationships, not all that it sets in a new one."""
    return access(step, frozenset({"begin"})).writes
