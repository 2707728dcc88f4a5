"""The equations of the submodels for ODD.md, read from their sources."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from relsim.cli import access

SUBMODELS = Path(__file__).parents[1] / "model" / "submodels"
STEPS = ("buyer_step", "salesperson_step")
SUMS = {
    ("trust", "buyer_step"): ("good", "bad"),
    ("trust", "salesperson_step"): ("good", "bad"),
    ("negotiation", "haggle"): (
        "leverage",
        "reference",
        "demand",
        "expected",
        "rounds",
        "reservation",
        "pressed",
        "r.price",
        "r.padding",
        "r.price_pressure",
    ),
}
"""What is worked out inside longer functions and is an equation of the model: told in full."""

HELPERS = {"negotiation": ("contracts",), "delivery": ("problems", "equipment")}
"""Files that belong to a submodel and have no step of their own."""


def _tree(module: str) -> ast.Module:
    return ast.parse((SUBMODELS / f"{module}.py").read_text(encoding="utf-8"))


def _functions(module: str) -> Iterator[ast.FunctionDef]:
    for node in _tree(module).body:
        if isinstance(node, ast.FunctionDef):
            yield node


def _says(function: ast.FunctionDef) -> str:
    """What the docstring says before its example, on one line."""
    text = (ast.get_docstring(function) or "").partition("\n>>> ")[0]
    return " ".join(text.split()).replace("``", "`")


def code(names: Iterable[str]) -> str:
    """Names as code in Markdown.

    >>> code(["price", "trust"])
    '`price`, `trust`'
    """
    return ", ".join(f"`{name}`" for name in names)


def _named(fields: Iterable[access.Field]) -> str:
    """Variables by the entity that they are of, in the order of the alphabet."""
    found: dict[str, list[str]] = {}
    for entity, name in sorted(fields):
        found.setdefault(entity, []).append(name)
    return "; ".join(f"of the {entity} {code(names)}" for entity, names in found.items())


def _access(step: str) -> str:
    """What a step reads that others wrote, and what it writes."""
    written = access.written(step)
    parts = [_named(field for field in written if not field[0].endswith("ledger"))]
    parts += ["the ledgers"] if any(entity.endswith("ledger") for entity, _ in written) else []
    read = _named(access.read_of_others(step)) or "nothing"
    return f"Reads what others wrote: {read}. Writes: {'; '.join(filter(None, parts))}."


def _equation(function: ast.FunctionDef) -> str:
    """The code of a function that is one expression; nothing of a longer one."""
    body = [node for node in function.body if not (isinstance(node, ast.Expr))]
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        arguments = ", ".join(argument.arg for argument in function.args.args)
        return f"\n  `{function.name}({arguments}) = {ast.unparse(body[0].value)}`"
    return ""


def _sums(module: str, function: ast.FunctionDef) -> str:
    """Equations inside a longer function, as ``SUMS`` has them, in the order of the code."""
    wanted = SUMS.get((module, function.name), ())
    return "".join(
        f"\n  - `{ast.unparse(node)}`"
        for node in sorted(
            (node for node in ast.walk(function) if isinstance(node, ast.Assign)),
            key=lambda node: node.lineno,
        )
        if ast.unparse(node.targets[0]) in wanted
    )


def _constants(module: str) -> Iterator[str]:
    """Named numbers of a file, each with the reason that stands below it."""
    body = _tree(module).body
    for node, reason in pairwise(body):
        if isinstance(node, ast.Assign) and isinstance(reason, ast.Expr):
            text = " ".join(str(ast.literal_eval(reason.value)).split()).replace("``", "`")
            yield f"- `{ast.unparse(node)}`: {text}"


def _parameters_read(modules: Iterable[str]) -> list[str]:
    """Parameters that the files of a submodel read, mechanisms and holds apart."""
    return sorted(
        {
            node.attr
            for module in modules
            for node in ast.walk(_tree(module))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "p"
            and not node.attr.startswith(("with_", "hold_"))
        }
    )


def equations(module: str) -> str:
    """The equations of a submodel, what its steps read and write, the parameters it reads."""
    files = (module, *HELPERS.get(module, ()))
    lines: list[str] = []
    for file in files:
        lines += _constants(file)
        lines += [
            f"- **`{function.name}`**: {_says(function)}{_equation(function)}"
            + _sums(file, function)
            for function in _functions(file)
            if function.name not in STEPS
        ]
    for file in files:
        lines += [
            f"- *{function.name.replace('_', ' ')}*: {_says(function)} "
            f"{_access(f'{file}.{function.name}')}{_sums(file, function)}"
            for function in _functions(file)
            if function.name in STEPS
        ]
    read = _parameters_read(files)
    if read:
        lines.append(f"- Parameters read: {code(read)}.")
    return "\n".join(lines)
