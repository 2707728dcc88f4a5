"""Conditions on the measures of a stored sweep, as text: which points they hold at.

``total_cost_per_unit[trusting] > total_cost_per_unit[aggressive]``: measures with the arm in
brackets (which may be left out if there is one arm only), numbers, ``+ - * /``, comparisons,
``and``, ``or``, ``not`` and parentheses. Python's parser reads the text; nothing in it is run.
"""

from __future__ import annotations

import ast
import difflib
import operator
from collections.abc import Callable, Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relsim.analysis.outcomes import Stored, arms_of, measures_of, outcomes
from relsim.io.errors import InputError, listed, shown

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

EXAMPLE = "total_cost_per_unit[trusting] > 1.02 * total_cost_per_unit[aggressive]"

LONGEST = 1000
"""Characters of a condition."""

NEAREST = 3
"""Valid names that an error offers."""

ARITHMETIC: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
}

COMPARISONS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class Condition:
    """A condition, read and checked against what a sweep holds.

    Parameters
    ----------
    text : str
        The condition.
    results : Stored
        The sweep.

    Raises
    ------
    InputError
        If it is not understood, or a measure or arm is not in the sweep.
    """

    def __init__(self, text: str, results: Stored) -> None:
        self.text = " ".join(text.split())
        self._results = results
        self._measures, self._arms = measures_of(results.runs), arms_of(results)
        self._stored: dict[tuple[str, str], Floats] = {}
        self._values = self._stored
        self._unknown: Truths = np.zeros(1, bool)
        self._body = self._read()
        try:
            # Once on every run, which reads what is named and finds whatever is wrong.
            self._truth(self._body)
        except RecursionError:
            raise self._error("nested too deep") from None
        if not self._stored:
            raise self._error("it names no measure")

    def holds(self, share: float | None = None) -> Floats:
        """Whether it holds at each point: 1, 0, or ``nan`` where nothing was measured.

        Parameters
        ----------
        share : float, optional
            If given, it is judged in every replicate, and holds at a point if it does in this share
            of them or more; else it is judged once, on means over the replicates that have all
            that it names.
        """
        there = ~np.any([np.isnan(values) for values in self._stored.values()], axis=0)
        count = there.sum(axis=1)
        if share is None:
            self._values = {
                name: np.where(there, values, 0.0).sum(axis=1) / np.maximum(count, 1)
                for name, values in self._stored.items()
            }
            there = count > 0
        self._unknown = ~there
        truth = self._truth(self._body)
        self._values = self._stored
        judged = ~self._unknown
        if share is None:
            return np.where(judged, truth, np.nan)
        number = judged.sum(axis=1)
        found = (truth & judged).sum(axis=1) / np.maximum(number, 1)
        return np.where(number == 0, np.nan, found >= share)

    # --- reading ----------------------------------------------------------------------------------

    def _error(self, why: str) -> InputError:
        return InputError(f"condition {shown(self.text)}: {why}; for instance {EXAMPLE}")

    def _read(self) -> ast.expr:
        if len(self.text) > LONGEST:
            raise self._error(f"allowed are {LONGEST} characters")
        try:
            return ast.parse(self.text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise self._error("it cannot be read") from None

    def _named(self, node: ast.Name | ast.Subscript) -> tuple[str, str]:
        """Measure and arm of a node."""
        if isinstance(node, ast.Name):
            self._known("measure", node.id, self._measures)
            if len(self._arms) > 1:
                raise self._error(f"say of which arm: {node.id}[{' or '.join(self._arms)}]")
            return node.id, self._arms[0]
        if not isinstance(node.value, ast.Name):
            raise self._error("allowed before brackets is a measure")
        self._known("measure", node.value.id, self._measures)
        # As it was typed: a name of an arm need not be one in Python.
        arm = (ast.get_source_segment(self.text, node.slice) or "").strip("'\"")
        self._known("arm", arm, self._arms)
        return node.value.id, arm

    def _known(self, kind: str, name: str, allowed: Collection[str]) -> None:
        if name not in allowed:
            # Those that have it in them, then those that are spelt much like it.
            near = [one for one in allowed if name and name in one]
            near += difflib.get_close_matches(name, set(allowed) - {*near}, NEAREST, cutoff=0.5)
            near = near[:NEAREST]
            hint = f"nearest: {', '.join(near)}" if near else f"allowed: {listed(allowed)}"
            raise InputError(f"unknown {kind} of this sweep {shown(name)}; {hint}")

    # --- judging ----------------------------------------------------------------------------------

    def _truth(self, node: ast.expr) -> Truths:
        """Where what must be true or false is true."""
        if isinstance(node, ast.BoolOp):
            parts = [self._truth(part) for part in node.values]
            both = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return np.asarray(both.reduce(parts), bool)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return ~self._truth(node.operand)
        if isinstance(node, ast.Compare):
            sides = [self._number(side) for side in (node.left, *node.comparators)]
            for side in sides:
                self._unknown = self._unknown | np.isnan(side)
            found = []
            for left, sign, right in zip(sides, node.ops, sides[1:], strict=False):
                if type(sign) not in COMPARISONS:
                    raise self._error("allowed comparisons are < <= > >=")
                found.append(COMPARISONS[type(sign)](left, right))
            return np.asarray(np.logical_and.reduce(found), bool)
        raise self._error("allowed are comparisons, joined by and, or, not")

    def _number(self, node: ast.expr) -> Any:
        """The value of what must be a number."""
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        if isinstance(node, ast.Name | ast.Subscript):
            return self._value(*self._named(node))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -self._number(node.operand)
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            calculate = ARITHMETIC[type(node.op)]
            with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
                return calculate(self._number(node.left), self._number(node.right))
        raise self._error("allowed are measures, numbers and + - * /")

    def _value(self, measure: str, arm: str) -> Floats:
        """A measure of an arm: of all runs, a row a point, or as means; see ``holds``."""
        if (measure, arm) not in self._stored:
            wide = outcomes(self._results, measure, arm)
            wide = wide.reindex(columns=range(self._results.plan.replicates))
            self._stored[measure, arm] = wide.to_numpy(float)
        return self._values[measure, arm]
