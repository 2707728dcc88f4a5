"""Docstrings of the submodels say what the code does: arguments, what a step reads and sets."""

from __future__ import annotations

import ast
import re

import access
import pytest

EQUATIONS = [
    f"{module}.{node.name}"
    for module, tree in access.trees().items()
    for node in tree.body
    if isinstance(node, ast.FunctionDef) and not node.name.endswith("_step")
]


def sections(name: str) -> dict[str, str]:
    text = ast.get_docstring(access.functions()[name]) or ""
    summary, *rest = re.split(r"\n\n(\w+)\n-{4,}\n", text)
    return {"": summary} | dict(zip(rest[::2], rest[1::2], strict=True))


@pytest.mark.parametrize("name", EQUATIONS)
def test_every_argument_and_the_value_are_described(name):
    function = access.functions()[name]
    described = re.findall(r"^(\w+(?:, \w+)*) : (\w+)\n    \S", sections(name)["Parameters"], re.M)
    found = [(one, kind) for names, kind in described for one in names.split(", ")]
    wanted = [(a.arg, ast.unparse(a.annotation)) for a in function.args.args]
    assert sorted(found) == sorted(wanted)
    value = ast.unparse(function.returns)
    returned = sections(name).get("Returns", "None").split("\n")[0]
    assert returned == value


def named(text: str) -> set[access.Field]:
    """Variables named after the entity that they are of."""
    found = set()
    for part in text.split(" of the ")[1:]:
        entity = part.split(" ``")[0]
        found |= {(entity, name) for name in re.findall(r"``(\w+)``", part)}
    return found


def set_apart(fields: frozenset[access.Field]) -> set[access.Field]:
    return {field for field in fields if not field[0].endswith("ledger")}


@pytest.mark.parametrize("step", access.STEPS)
def test_a_step_says_what_it_reads_of_others_and_what_it_writes(step):
    notes = " ".join(sections(step)["Notes"].split())
    reads, writes = notes.removeprefix("Reads what others wrote:").split(" Writes:")
    assert named(reads) == access.read_of_others(step)
    assert named(writes) == set_apart(access.written(step))
    books = any(entity.endswith("ledger") for entity, _ in access.written(step))
    assert ("ledgers" in writes) == books
