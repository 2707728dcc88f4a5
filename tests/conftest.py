"""What many tests share, and which are quick: less than a minute for all, once compiled."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import IO

import pytest

QUICK = (
    "experiments/test_study_trust_cost.py",
    "submodels",
    "sweep/test_plan.py",
    "test_baseline.py",
    "test_conditions.py",
    "test_curves.py",
    "test_files.py",
    "test_indices.py",
    "test_initialization.py",
    "test_layout.py",
    "test_observation.py",
    "test_odd.py",
    "test_parameters.py",
    "test_pcg64.py",
    "test_presets.py",
    "test_records.py",
    "test_schedule.py",
    "test_simulation.py",
    "test_use.py",
)
"""Files and folders of tests that take little and see most of the model."""

TESTS = Path(__file__).parent


def pytest_configure() -> None:
    """Let programs that tests start hear Ctrl-C, also where the tests run in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick."""
    for item in items:
        if any(item.path.is_relative_to(TESTS / name) for name in QUICK):
            slow = any(item.get_closest_marker(name) for name in ("slow", "browser"))
            if not slow:
                item.add_marker("quick")
