"""Nothing is declared in vain: parameters are read, state variables written and read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import relsim
from relsim.cli import access
from relsim.model import entities
from relsim.model.draws import BUYER_DRAWS, RELATIONSHIP_DRAWS, SALESPERSON_DRAWS
from relsim.model.observation import LEDGERS, MEASURES
from relsim.parameters.stances import BUYER_ITEMS, SELLER_ITEMS

PACKAGE = Path(relsim.__file__).parent
SETTING_UP = ("initialization", "stance_allotment", "draws", "timeline", "schedule")
"""Files that set up a run or walk it."""

ENTITIES = (
    entities.CLOCK,
    entities.BUYER,
    entities.SALESPERSON,
    entities.RELATIONSHIP,
    entities.ORDER,
    entities.EQUIPMENT,
)
"""Entities whose variables carry the state from step to step; the others are for tables."""


def setting_up() -> list[ast.AST]:
    return [
        node
        for name in SETTING_UP
        for node in ast.walk(ast.parse((PACKAGE / "model" / f"{name}.py").read_text("utf-8")))
    ]


def attributes(nodes: list[ast.AST], owners: set[str], store: bool = False) -> set[str]:
    """Names behind the dot of some owners."""
    return {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in owners
        and isinstance(node.ctx, ast.Store) == store
    }


def keys(nodes: list[ast.AST]) -> set[str]:
    """Strings in files that set up a run: columns by their names."""
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


SET_UP = setting_up()
READ_IN_SUBMODELS = frozenset().union(*(access.access(step).reads for step in access.STEPS))
WRITTEN_IN_SUBMODELS = frozenset().union(*(access.access(step).writes for step in access.STEPS))
PARAMETERS_READ = {name for entity, name in READ_IN_SUBMODELS if entity == "parameters"}


VARIABLES = [(entity.name, v.name) for entity in ENTITIES for v in entity.variables]
STANCES = {item.name for item in (*BUYER_ITEMS, *SELLER_ITEMS)}
"""Variables that are written column by column, by their names in a stance."""

FOR_TABLES = {
    ("buyer", "aggressiveness"),
    ("salesperson", "stance"),
}
"""Variables that no step reads: they name a stance, for tables and pictures."""


@pytest.mark.parametrize("field", VARIABLES, ids=".".join)
def test_every_variable_is_written(field):
    _, name = field
    owners = {"clock", "r", "buyer", "seller"}
    written = attributes(SET_UP, owners, store=True) | keys(SET_UP)
    assert field in WRITTEN_IN_SUBMODELS or name in written | STANCES


@pytest.mark.parametrize("field", VARIABLES, ids=".".join)
def test_every_variable_is_read(field):
    _, name = field
    assert (
        field in READ_IN_SUBMODELS
        or field in FOR_TABLES
        or name in attributes(SET_UP, {"clock", "r", "buyer", "seller"})
    )


DRAWS = [
    (kind.name.removesuffix(" draws"), name)
    for kind in (BUYER_DRAWS, SALESPERSON_DRAWS, RELATIONSHIP_DRAWS)
    for name in kind.uniforms + kind.normals
]


@pytest.mark.parametrize(("kind", "name"), DRAWS)
def test_every_draw_is_used(kind, name):
    text = "".join(
        path.read_text("utf-8") for path in (PACKAGE / "model" / "submodels").glob("*.py")
    )
    used = re.findall(r"(?:draws|_draws\[\w+\])\.(\w+)", text)
    assert name in used, kind


FOR_CHECKS = {
    # orders against deliveries, in the tests of conservation
    ("buyer", "ordered"),
    # what is left of serious problems, beside those voiced, made good and unsettled
    ("buyer", "caught"),
}
"""Sums that no measure reads."""

SUMS = [
    (ledger, variable.name) for ledger, entity in LEDGERS.items() for variable in entity.variables
]


@pytest.mark.parametrize(("ledger", "name"), SUMS)
def test_every_sum_is_booked_and_measured(ledger, name):
    assert (f"{ledger} ledger", name) in WRITTEN_IN_SUBMODELS
    measured = {
        term.removeprefix("-")
        for measure in MEASURES.values()
        if measure.ledger == ledger
        for term in measure.numerator + measure.denominator
    }
    assert ((ledger, name) in FOR_CHECKS) != (name in measured)


def test_the_checks_find_what_they_are_for():
    assert ("buyer", "invented") not in READ_IN_SUBMODELS
    assert len(PARAMETERS_READ) > 200
