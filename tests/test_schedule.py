"""The order of a period is written once as a list, and the code is that list."""

from __future__ import annotations

import ast
import re

import pytest

from relsim import schedule
from relsim.compilation import plain
from relsim.schedule import SCHEDULE, link_applicants, list_accounts

SOURCE = ast.parse(open(schedule.__file__, encoding="utf-8").read())  # noqa: SIM115, PTH123


def numbered_list() -> list[str]:
    """The submodels as the docstring numbers them."""
    lines = re.findall(r"^ ?(\d+)\. ([a-z ]+?) +- ", schedule.__doc__ or "", re.MULTILINE)
    assert [int(number) for number, _ in lines] == list(range(1, len(lines) + 1))
    return [name.replace(" ", "_") for _, name in lines]


def chain_of(function: str) -> dict[int, str]:
    """What the if-chain of a function calls at each step, as written."""
    (definition,) = (
        node for node in SOURCE.body if isinstance(node, ast.FunctionDef) and node.name == function
    )
    (chain,) = (node for node in definition.body if isinstance(node, ast.If))
    found: dict[int, str] = {}
    node: ast.stmt = chain
    while isinstance(node, ast.If):
        test = node.test
        assert isinstance(test, ast.Compare)
        assert ast.unparse(test.left) == "step"
        assert isinstance(test.ops[0], ast.Eq)
        (number,) = (c.value for c in test.comparators if isinstance(c, ast.Constant))
        (statement,) = node.body
        assert isinstance(statement, ast.Expr)
        call = statement.value
        assert isinstance(call, ast.Call)
        called = ast.unparse(call.func)
        found[int(number)] = ast.unparse(call.args[0]) if called == "each" else called
        if not node.orelse:
            break
        (node,) = node.orelse
    return found


def test_docstring_names_eighteen_submodels():
    assert len(numbered_list()) == 18


def test_schedule_follows_the_numbered_list():
    order = list(dict.fromkeys(step.submodel for step in SCHEDULE))
    assert order == numbered_list()


def test_each_submodel_runs_in_one_stretch():
    stretches = [
        step.submodel
        for place, step in enumerate(SCHEDULE)
        if place == 0 or SCHEDULE[place - 1].submodel != step.submodel
    ]
    assert len(stretches) == len(set(stretches))


@pytest.mark.parametrize(("place", "step"), list(enumerate(SCHEDULE)))
def test_compiled_chain_is_the_schedule(place, step):
    written = {
        "market": step.function.__name__,
        "buyer": f"{step.submodel}.buyer_step",
        "salesperson": f"{step.submodel}.salesperson_step",
    }[step.agent]
    assert chain_of("take_step")[place] == written


def test_compiled_chain_has_no_more_steps():
    assert sorted(chain_of("take_step")) == list(range(len(SCHEDULE)))


def test_functions_are_the_ones_they_are_called():
    for step in SCHEDULE:
        name = plain(step.function).__name__
        module = plain(step.function).__module__
        if step.agent == "market":
            assert step.function in (list_accounts, link_applicants)
        else:
            assert name == f"{step.agent}_step"
            assert module == f"relsim.submodels.{step.submodel}"


@pytest.mark.parametrize("agent", ["buyer", "salesperson"])
def test_an_agent_has_one_step_a_submodel(agent):
    steps = [step.submodel for step in SCHEDULE if step.agent == agent]
    assert len(steps) == len(set(steps))
