"""Trust enters decisions and nothing else; phases are gated by nothing but both sides' wishes.

Hours, cost, price and quality follow from actions, in functions that never see trust. Otherwise
the published shares of time could be written into a formula instead of coming out.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from relsim.model import submodels
from relsim.model.entities import RELATIONSHIP

FOLDER = Path(submodels.__file__).parent
SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py"))}

TRUST_FIELDS = frozenset({"buyer_trust_in_seller", "seller_trust_in_buyer"})

DECISIONS = {
    "attention.expected_return": "put engineers to work for this customer or for others",
    "offer.pad": "pad the opening quote or not, and how much",
    "negotiation.expected_reduction": "whether another round is expected to pay",
    "contracts.clauses_wanted": "another clause or not",
    "contracts.contract_months": "how long to be bound",
    "contracts.at_stake_in_renegotiation": "how long to be bound",
    "contracts.is_reopened": "reopen the contract or not",
    "choice.effective_weight": "believe an argument or not, when ordering",
    "choice.feared_loss": "leave for a stranger or not",
    "choice.believed_promise_value": "believe a promise or not, when ordering",
    "inspection.loss_avoided": "inspect or not",
    "complaint.blame_pays": "lay blame or not",
    "disclosure.net_gain": "tell more or not",
    "disclosure.disclose": "tell more or not",
    "disclosure.disclose_business": "tell more or not",
    "disclosure.disclose_personal": "tell more or not",
    "ideas.is_offered": "offer an idea or not",
    "evaluation.engagement_balance": "want to work together or not",
    "evaluation.personal_balance": "want to spend time as persons or not",
    "evaluation.wish_to_work": "want to work together or not",
    "evaluation.wish_to_meet": "want to spend time as persons or not",
    "trust.commitment_after": "how far to count on the relationship",
}
"""Functions that weigh an expected gain against an expected harm, and so may see trust."""

BELIEFS = {
    "trust.trust_after",
    "word_of_mouth.initial_trust",
    "attention.inherited",
    "shared.clamped",
}
"""Functions that make trust itself."""

KEEPERS = {"trust", "word_of_mouth", "turnover", "attention"}
"""Submodels that set trust: they read it to write it."""

BOOKS = {"accounting.book_relationship"}
"""Functions that only add trust up, for tables."""


def functions(sources: dict[str, str]) -> dict[str, ast.FunctionDef]:
    return {
        f"{module}.{node.name}": node
        for module, text in sources.items()
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }


def sees_trust(function: ast.FunctionDef) -> bool:
    return any("trust" in argument.arg for argument in function.args.args)


def carries_trust(expression: ast.AST, tainted: set[str]) -> bool:
    """Whether an expression reads trust other than to hand it to a decision."""
    if isinstance(expression, ast.Call) and called(expression) in ALLOWED:
        return False
    if isinstance(expression, ast.Attribute) and expression.attr in TRUST_FIELDS:
        return isinstance(expression.ctx, ast.Load)
    if isinstance(expression, ast.Name) and expression.id in tainted:
        return isinstance(expression.ctx, ast.Load)
    return any(carries_trust(child, tainted) for child in ast.iter_child_nodes(expression))


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ast.unparse(call.func)


ALLOWED = {name.split(".")[1] for name in (*DECISIONS, *BELIEFS)}


def targets_of(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, ast.AugAssign) else []


def weighed(node: ast.AST) -> ast.AST | None:
    """What a statement depends on: the value assigned or returned, the condition."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Return):
        return node.value
    return node.test if isinstance(node, ast.If | ast.While) else None


def leaks_in(function: ast.FunctionDef) -> bool:
    tainted: set[str] = set()
    # Twice: a name may be used above the line that taints it, in a loop.
    for node in (*ast.walk(function), *ast.walk(function)):
        expression = weighed(node)
        if expression is None or not carries_trust(expression, tainted):
            continue
        names = [target for target in targets_of(node) if isinstance(target, ast.Name)]
        if not names:
            return True
        tainted |= {name.id for name in names}
    return False


def leaks(sources: dict[str, str]) -> set[str]:
    """Functions in which trust reaches anything but a decision.

    A name assigned from trust is followed; ``lower = min(trust, trust)`` must reach decisions only.
    """
    return {
        name
        for name, function in functions(sources).items()
        if name.split(".")[0] not in KEEPERS
        and name not in BOOKS
        and name not in DECISIONS
        and leaks_in(function)
    }


def test_only_decisions_take_trust():
    takes = {name for name, function in functions(SOURCES).items() if sees_trust(function)}
    assert takes == set(DECISIONS) | {"trust.trust_after", "attention.inherited"}


def test_what_is_read_of_trust_goes_into_decisions_only():
    assert leaks(SOURCES) == set()


@pytest.mark.parametrize(
    "text",
    [
        "def hours(trust): return 8.0 * (1.0 - trust)",
        "def step(r, p): r.joint_hours = p.hours * r.seller_trust_in_buyer",
        "def step(r):\n    much = r.buyer_trust_in_seller\n    r.price = 100.0 - much",
        "def step(r):\n    if r.buyer_trust_in_seller > 0.7:\n        r.phase = 3",
    ],
)
def test_the_check_itself_finds_what_it_is_for(text):
    sources = {"invented": text}
    taking = any(sees_trust(function) for function in functions(sources).values())
    assert taking or leaks(sources) == {"invented.step"}


def test_the_check_itself_lets_decisions_pass():
    text = "def step(r):\n    if is_offered(r.seller_trust_in_buyer, 1.0, 2.0):\n        r.x = 1"
    assert leaks({"invented": text}) == set()


# --- phases ------------------------------------------------------------------------------------

LEVELS = {
    variable.name
    for variable in RELATIONSHIP.variables
    if "disclosure" in variable.name or "trust" in variable.name
}


def compared(text: str) -> set[str]:
    """Fields of trust or disclosure that a comparison reads."""
    return {
        inner.attr
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Compare)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and inner.attr in LEVELS
    }


def test_no_level_of_disclosure_or_trust_is_a_condition_of_engagement():
    assert compared(SOURCES["evaluation"]) == set()
    assert compared("if r.personal_disclosure_by_buyer >= 2.0: r.phase = 3") != set()


@pytest.mark.parametrize("word", ["phase", "business_engagement", "personal_engagement"])
def test_disclosure_is_not_gated_by_the_phase(word):
    assert word not in SOURCES["disclosure"]


def test_the_phase_decides_nothing():
    """It is a name for what both agreed to; hours follow from the agreement itself."""
    readers = {
        name
        for name, function in functions(SOURCES).items()
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and node.attr == "phase"
        and isinstance(node.ctx, ast.Load)
    }
    assert readers <= {
        "accounting.book_relationship",
        "evaluation.salesperson_step",
        "turnover.write_spell",
    }


STANCE = {
    "rival_quotes",
    "opening_demand",
    "rebids_per_year",
    "life_cycle_weight",
    "horizon",
    "leverage_use",
}
BARGAINING = {"choice", "exploitation", "negotiation", "ordering", "evaluation", "trust"}
"""Submodels in which a stance may count: how a buyer bargains, what it counts and how far ahead."""


def test_a_stance_sets_nothing_but_how_a_buyer_bargains():
    readers = {
        module
        for module, text in SOURCES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute)
        and node.attr in STANCE
        and isinstance(node.value, ast.Name)
        and node.value.id == "buyer"
    }
    assert readers <= BARGAINING
    assert "aggressiveness" not in "".join(SOURCES.values())
