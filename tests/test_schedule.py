"""The order of a period is written once as a list, and the code is that list."""

from __future__ import annotations

import ast
import itertools
import re

import pytest
from access import access, functions, heard

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


NAMES = [
    step.function.__name__ if step.agent == "market" else f"{step.submodel}.{step.agent}_step"
    for step in SCHEDULE
]
OTHER = {"buyer": "salesperson", "salesperson": "buyer"}


def rounds() -> list[list[str]]:
    """The steps that agents take at one go in a compiled month, round by round."""
    (month,) = (
        node
        for node in SOURCE.body
        if isinstance(node, ast.FunctionDef) and node.name == "pass_month"
    )
    calls = (
        [ast.unparse(node.func) for node in ast.walk(statement) if isinstance(node, ast.Call)]
        for statement in month.body
        if isinstance(statement, ast.For) or "(market)" in ast.unparse(statement)
    )
    return list(calls)


def test_a_compiled_month_takes_every_step_once():
    assert sorted(itertools.chain.from_iterable(rounds())) == sorted(NAMES)


def test_only_steps_that_touch_nothing_in_common_change_places():
    taken = list(itertools.chain.from_iterable(rounds()))
    swapped = [
        (later, earlier)
        for later, earlier in itertools.combinations(taken, 2)
        if NAMES.index(later) > NAMES.index(earlier)
    ]
    assert swapped
    for later, earlier in swapped:
        one, other = access(later), access(earlier)
        assert not one.writes & (other.reads | other.writes), (later, earlier)
        assert not other.writes & one.reads, (later, earlier)


@pytest.mark.parametrize("steps", [steps for steps in rounds() if len(steps) > 1])
def test_what_is_taken_at_one_go_touches_no_other_agent(steps):
    """An agent's second step comes before the first of those behind it."""
    (kind,) = {SCHEDULE[NAMES.index(name)].agent for name in steps}
    for one, other in itertools.permutations(steps, 2):
        beyond = heard(functions()[other]) | {
            field for field in access(other).reads if field[0] == OTHER[kind]
        }
        assert not access(one).writes & beyond, (one, other)
