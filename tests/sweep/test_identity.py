"""Custom code is part of a sweep: edited, it does not go on in the old file."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sweeps import small_plan

from relsim import Buyer, Parameters, Salesperson, load
from relsim.design.custom_code import UNSEEN, parts_of
from relsim.io.errors import InputError
from relsim.sweep import merge, run

HELPERS = """
STEP = 0.5
def half(x):
    return STEP * x
"""
SOURCE = """
import functools, math
import numpy as np
from relsim import Buyer
import helpers
from helpers import half

SHARE = 1.0
TABLE = {"a": [1, 2], "b": np.array([1.0, 2.0])}
calls = 0

@functools.lru_cache
def cached(x):
    return x + 1

class Base(Buyer):
    rate = 0.1

    @property
    def wanted(self):
        return self.need

class Mine(Base):
    "Orders."

    def ordering(self):
        "Order."
        global calls
        calls += 1
        super().ordering()
        for r in self.relationships:
            r.units = SHARE * self.wanted * TABLE["b"][0] + self.extra(math.sqrt(cached(3)))

    @staticmethod
    def extra(x, y=2):
        from helpers import half as other
        return half(x) + y + sum(other(each) for each in [x])

class Apart(Buyer):
    def ordering(self):
        pass

UNUSED = 5
"""

EDITS = {
    "a constant": ("SHARE = 1.0", "SHARE = 0.5"),
    "an array": ("np.array([1.0", "np.array([3.0"),
    "a base": ("rate = 0.1", "rate = 0.2"),
    "a method of a base": ("return self.need", "return 2 * self.need"),
    "a method": ("super().ordering()", "super().ordering(); self.take('audit')"),
    "a default": ("y=2", "y=3"),
    "a function behind a cache": ("x + 1", "x + 2"),
    "a constant in another module": ("STEP = 0.5", "STEP = 0.25"),
    "a function in another module": ("STEP * x", "STEP * x + 1"),
    "what is inherited": ("class Mine(Base)", "class Mine(Buyer)"),
    "an import in a method": ("from helpers import half as", "from helpers import STEP as"),
}
SAME = {
    "a text about it": ("Orders.", "Orders a lot."),
    "a comment": ('"Order."', '"Order"  # and pay'),
    "lines": ("SHARE = 1.0", "\n\n\nSHARE = 1.0"),
    "what it does not use": ("UNUSED = 5", "UNUSED = 6"),
    "another class": ("        pass", "        self.take('ordering')"),
    "what it counts itself": ("calls = 0", "calls = 7"),
}


def mine(edit: tuple[str, str] = ("", ""), *, name: str = "own_module") -> Any:
    """The class ``Mine`` of a module and its helper, after an edit of either."""
    for module, text in (("helpers", HELPERS), (name, SOURCE)):
        made = ModuleType(module)
        sys.modules[module] = made
        exec(compile(text.replace(*edit), f"<{module}>", "exec"), vars(made))  # noqa: S102
    return sys.modules[name].Mine  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def no_modules_left(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("helpers", "own_module"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_whatever_a_class_uses_is_seen(edit: str) -> None:
    assert any(
        new in SOURCE.replace(*EDITS[edit]) + HELPERS.replace(*EDITS[edit])
        for new in EDITS[edit][1:]
    )
    assert parts_of(mine()) != parts_of(mine(EDITS[edit]))


@pytest.mark.parametrize("edit", SAME)
def test_an_edit_of_what_it_does_not_use_is_none(edit: str) -> None:
    assert parts_of(mine()) == parts_of(mine(SAME[edit]))


def few(**changes: Any) -> Any:
    base = {"parameters": {"candour": [0.1, 0.9]}, "keep": ["runs"], "replicates": 1, "periods": 3}
    return small_plan(**{**base, **changes})


def test_an_edited_class_does_not_go_on_in_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    run(few(arms=["loyal", mine()]), path)
    assert run(few(arms=["loyal", mine(SAME["a comment"])]), path).computed == 0
    edited = few(arms=["loyal", mine(EDITS["a constant"])], replicates=2)
    with pytest.raises(InputError, match=r"other code of own_module:Mine .*own_module\.SHARE\)"):
        run(edited, path, extend=True)
    assert len(load(path).runs) == 4
    assert run(edited, path, extend=True, changed_code=True).computed == 4
    assert run(edited, path).computed == 0
    with pytest.raises(InputError, match="other code of"):
        run(few(arms=["loyal", mine()], replicates=2), path)


def test_the_plan_of_a_file_does_not_run_with_an_edited_class(tmp_path: Path) -> None:
    run(few(arms=[mine()]), tmp_path / "a.duckdb")
    mine(EDITS["a constant"])
    found = load(tmp_path / "a.duckdb")
    assert found.runs["arm"].eq("Mine (neutral)").all()
    edited = r"arm Mine \(neutral\): .*edited since \(own_module\.SHARE\)"
    with pytest.raises(InputError, match=edited):
        run(found.plan, tmp_path / "b.duckdb")
    mine()
    assert run(load(tmp_path / "a.duckdb").plan, tmp_path / "b.duckdb").done == 2


def test_parts_of_an_edited_class_are_not_merged(tmp_path: Path) -> None:
    for part, edit in ((1, ("", "")), (2, EDITS["a base"])):
        run(few(arms=[mine(edit)]), tmp_path / f"{part}.duckdb", part=(part, 2))
    with pytest.raises(InputError, match=r"other code of own_module:Mine .*Base\.rate"):
        merge([tmp_path / "1.duckdb", tmp_path / "2.duckdb"], tmp_path / "all.duckdb")
    assert not (tmp_path / "all.duckdb").exists()


def test_an_edited_salesperson_is_one_too(tmp_path: Path) -> None:
    def silent(value: float) -> type:
        return type("Silent", (Salesperson,), {"__module__": "nowhere", "hours": value})

    run(few(arms=[silent(1.0)]), tmp_path / "a.duckdb")
    with pytest.raises(InputError, match=r"nowhere\.Silent\.hours"):
        run(few(arms=[silent(2.0)]), tmp_path / "a.duckdb")
    with pytest.raises(InputError, match="import nowhere first"):
        run(load(tmp_path / "a.duckdb").plan, tmp_path / "b.duckdb")


@dataclass(frozen=True)
class Scaled:
    """A task with a number of its own."""

    scale: float = 1.0
    name: str = "scaled"
    columns: tuple[str, ...] = ("told",)
    sources: str = "0f"
    notes: dict[str, Any] = field(default_factory=dict)

    def __call__(self, parameters: Parameters, seed: int) -> list[float]:
        return [self.scale * parameters.candour]


@dataclass(frozen=True)
class Doubled(Scaled):
    def __call__(self, parameters: Parameters, seed: int) -> list[float]:
        return [2.0 * self.scale * parameters.candour]


@pytest.mark.parametrize("other", [Scaled(2.0), Doubled()])
def test_an_edited_task_does_not_go_on_in_the_old_file(other: Scaled, tmp_path: Path) -> None:
    run(few(task=Scaled()), tmp_path / "a.duckdb")
    assert run(few(task=Scaled()), tmp_path / "a.duckdb").computed == 0
    with pytest.raises(InputError, match="other code of scaled"):
        run(few(task=other), tmp_path / "a.duckdb")


def test_what_cannot_be_looked_into_is_said(tmp_path: Path) -> None:
    class Locked(Buyer):
        guard = threading.Lock()

    assert [name for name, digest in parts_of(Locked).items() if digest.endswith(UNSEEN)] == [
        f"{__name__}.{Locked.__qualname__}.guard"
    ]
    with pytest.warns(UserWarning, match=r"an edit of .*Locked\.guard would not be noticed"):
        run(few(arms=[Locked]), tmp_path / "a.duckdb")
    with pytest.warns(UserWarning, match="would not be noticed"):
        assert run(few(arms=[Locked]), tmp_path / "a.duckdb").computed == 0


SCRIPT = """
import json
from relsim import Buyer
from relsim.design.custom_code import parts_of

SHARE = 1.0

class Mine(Buyer):
    def ordering(self):
        super().ordering()
        for r in self.relationships:
            r.units = SHARE * self.need


before = parts_of(Mine)
SHARE = 0.5
print(json.dumps([before, parts_of(Mine)]))
"""


@pytest.mark.parametrize(("way", "times"), [("-c", 1), ("script", 2), ("prompt", 1)])
def test_however_a_program_is_started_its_classes_are_looked_into(
    way: str, times: int, tmp_path: Path
) -> None:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    given = {"-c": ["-c", SCRIPT], "script": ["script.py"], "prompt": ["-i", "-q"]}[way]
    told = [
        subprocess.run(
            [sys.executable, *given],
            input=SCRIPT if way == "prompt" else "",
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=True,
        ).stdout
        for _ in range(times)
    ]
    assert len(set(told)) == 1
    before, edited = json.loads(told[0])
    assert {name for name in before if before[name] != edited[name]} == {"__main__.SHARE"}
