"""The plain twin of a compiled function gives its bits, and compiles nothing."""

import importlib
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np
import pytest

from relsim.engine.compilation import compiled, entry_point, plain


class Market(NamedTuple):
    relationships: np.recarray
    weights: np.ndarray


@compiled
def moved(belief, outcome, rate=0.1):
    return belief + rate * (outcome - belief)


@compiled
def is_even(number):
    return True if number == 0 else is_odd(number - 1)


@compiled
def is_odd(number):
    return False if number == 0 else is_even(number - 1)


@compiled
def update(relationship, draw):
    gap = moved(relationship.trust, draw) - relationship.trust
    relationship.trust = moved(relationship.trust, draw, rate=0.2)
    relationship.effort = abs(gap) / (1.0 + relationship.effort)


@entry_point
def advance(market, generator, periods):
    total = 0.0
    for _ in range(periods):
        for i in range(market.relationships.size):
            update(market.relationships[i], generator.random() + 0.1 * generator.normal())
            total += market.weights[i] * market.relationships[i].trust
    return total


def market() -> Market:
    records = np.zeros(7, [("trust", np.float64), ("effort", np.float64)]).view(np.recarray)
    return Market(records, np.linspace(0.0, 1.0, 7))


def test_plain_twin_gives_the_same_bits() -> None:
    fast, slow = market(), market()
    fast_total = advance(fast, np.random.default_rng(0), 50)
    slow_total = plain(advance)(slow, np.random.default_rng(0), 50)
    assert fast_total == slow_total
    assert fast.relationships.tobytes() == slow.relationships.tobytes()


def test_plain_twin_compiles_nothing_all_the_way_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a compiled function was called")

    twin = plain(update)
    assert twin.__globals__["moved"] is plain(moved)
    assert update.__wrapped__.__globals__["moved"] is moved, "the original must stay as it was"
    monkeypatch.setattr(numba.core.dispatcher.Dispatcher, "__call__", refuse, raising=False)
    monkeypatch.setattr(numba.core.dispatcher.Dispatcher, "_compile_for_args", refuse)
    twin(market().relationships[0], 0.5)


def test_plain_keeps_defaults_name_and_document() -> None:
    assert plain(moved)(1.0, 0.0) == 0.9
    assert plain(moved).__name__ == "moved"
    assert plain(moved) is plain(moved)
    assert plain(plain(moved)) is plain(moved)


def test_plain_of_functions_that_call_each_other() -> None:
    assert plain(is_even)(10)
    assert not plain(is_odd)(10)


def test_plain_of_module_attributes_tuples_and_enclosing_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules_of_trust.py").write_text(
        "from relsim.engine.compilation import compiled\n"
        "@compiled\ndef kept(x):\n    return 2.0 * x\n"
    )
    (tmp_path / "order_of_events.py").write_text(
        "import rules_of_trust\n"
        "from relsim.engine.compilation import compiled\n"
        "STEPS = (rules_of_trust.kept,)\n"
        "@compiled\n"
        "def named(x):\n"
        "    return rules_of_trust.kept(x)\n"
        "@compiled\n"
        "def listed(x):\n"
        "    return STEPS[0](x)\n"
        "def made():\n"
        "    inner = rules_of_trust.kept\n"
        "    @compiled\n"
        "    def enclosed(x):\n"
        "        return inner(x)\n"
        "    return enclosed\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    order = importlib.import_module("order_of_events")
    kept = importlib.import_module("rules_of_trust").kept
    for function in (order.named, order.listed, order.made()):
        assert plain(function)(1.5) == 3.0
    assert not kept.signatures, "the compiled function was called"


def test_plain_leaves_python_functions_alone() -> None:
    assert plain(market) is market
