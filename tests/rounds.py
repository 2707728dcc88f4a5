"""The rounds of a compiled month, and whether they come to the same as the schedule."""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Mapping, Sequence, Set
from functools import cache

from relsim.compilation import plain
from relsim.schedule import SCHEDULE, pass_month
from tests.recorder import Number, Turn

NAMES = tuple(
    plain(step.function).__name__
    if step.agent == "market"
    else f"{step.submodel}.{step.agent}_step"
    for step in SCHEDULE
)
"""The steps of the schedule, as ``pass_month`` calls them."""

LOOPS = {("b", "buyers"): "buyer", ("s", "salespeople"): "salesperson"}

Rounds = Sequence[Sequence[str]]


@cache
def compiled_rounds() -> Rounds:
    """Names of the steps that agents take at one go in ``pass_month``, round by round."""
    (month,) = ast.parse(inspect.getsource(plain(pass_month))).body
    assert isinstance(month, ast.FunctionDef)
    docstring, *statements = month.body
    assert isinstance(docstring, ast.Expr)
    found = []
    for statement in statements:
        if isinstance(statement, ast.Assign):
            names = ("buyers", "salespeople")
            assert ast.unparse(statement) in [f"{n} = range(len(market.{n}))" for n in names]
        elif isinstance(statement, ast.For):
            agent, agents = ast.unparse(statement.target), ast.unparse(statement.iter)
            kind = LOOPS[agent, agents]
            calls = [
                ast.unparse(call).removesuffix(f"(market, {agent})") for call in statement.body
            ]
            assert all(call.endswith(f".{kind}_step") for call in calls), calls
            found.append(calls)
        else:
            found.append([ast.unparse(statement).removesuffix("(market)")])
    return found


def conflicts(
    read: Mapping[Number, Set[Turn]], written: Mapping[Number, Set[Turn]], rounds: Rounds
) -> set[tuple[str, str, str]]:
    """Pairs of steps, and the variable that rounds would let them touch in another order.

    A pair of turns counts if one writes a number that the other reads or writes, and the rounds
    take them the other way round than the schedule does.
    """
    place = {
        NAMES.index(name): (number, position)
        for number, names in enumerate(rounds)
        for position, name in enumerate(names)
    }

    def taken(turn: Turn) -> tuple[int, int, int]:
        """When the rounds take a turn."""
        number, position = place[turn.step]
        return number, turn.agent, position

    found = set()
    for number, writers in written.items():
        for writer, other in itertools.product(writers, writers | read.get(number, set())):
            first, second = sorted((writer, other))
            if taken(first) > taken(second):
                found.add((NAMES[first.step], NAMES[second.step], number.variable))
    return found
