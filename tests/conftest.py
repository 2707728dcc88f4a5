"""What many tests share, and which are quick: less than a minute for all, once compiled."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

import pytest

QUICK = {
    "submodels",
    "test_baseline",
    "test_conditions",
    "test_curves",
    "test_files",
    "test_indices",
    "test_initialization",
    "test_layout",
    "test_observation",
    "test_odd",
    "test_parameters",
    "test_pcg64",
    "test_plan",
    "test_presets",
    "test_records",
    "test_schedule",
    "test_simulation",
    "test_study_trust_cost",
    "test_use",
}
"""Files and folders of tests that take little and see most of the model, wherever they are."""

COMPILING = (
    "from relsim.model.supervision import SMALLEST, simulate; simulate(SMALLEST, 0)",
    "from relsim import Buyer; from relsim.model.supervision import SMALLEST, simulate;"
    "Own = type('Own', (Buyer,), {'ordering': lambda self: self.take('ordering')});"
    "simulate(SMALLEST, 0, buyer=Own)",
)
"""Programs that compile a half of the model each: for ordinary agents, and for custom ones."""


def pytest_configure() -> None:
    """Let programs that tests start hear Ctrl-C, also where the tests run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a worker that waits for a page or a program uses none."""
    return (os.cpu_count() or 1) + 1


def pytest_sessionstart(session: pytest.Session) -> None:
    """Have the model compiled before workers start: each would compile all of it."""
    if (session.config.getoption("numprocesses", 0) or 0) > 1:
        programs = [subprocess.Popen([sys.executable, "-c", code]) for code in COMPILING]
        for program in programs:
            program.wait()


@pytest.fixture
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is there that a test has not put there."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def quickly_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of commands are made, but not drawn: that takes longer than small runs."""

    def save(figure: object, file: IO[bytes], text: str = "") -> None:
        file.write(b"\x89PNG " + text.encode())

    monkeypatch.setattr("relsim.plots.style.save", save)


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[[Sequence[str], str], None]:
    """A check that a command says in one line what is wrong, and writes nothing."""

    def check(arguments: Sequence[str], pattern: str) -> None:
        from relsim.cli.main import main

        there = sorted(Path().iterdir())
        capsys.readouterr()
        assert main(arguments) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1, captured.err
        assert re.search(pattern, captured.err), captured.err
        assert sorted(Path().iterdir()) == there

    return check


@pytest.fixture
def soon_foretold(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a sweep will take is said from a few runs instead of three seconds of them."""
    monkeypatch.setattr("relsim.sweep.forecast.PILOT_SECONDS", 0.1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick."""
    for item in items:
        if not QUICK.isdisjoint((item.path.stem, item.path.parent.name)):
            slow = any(item.get_closest_marker(name) for name in ("slow", "browser"))
            if not slow:
                item.add_marker("quick")
