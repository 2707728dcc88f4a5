"""A small wave of students: ``python -m tests.app.load`` sends thirty, and times how they wait."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import load
import pytest

from relsim import compare
from relsim.app.settings import arms, parse

SESSIONS, SECONDS = 6, 5.0


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """On a thread of its own: the one of the tests may have a browser's event loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_in_a_wave_everybody_is_served_and_nobody_is_lost(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hands are quicker here than those of students."""
    monkeypatch.setattr(load, "BETWEEN", (0.3, 0.8))
    monkeypatch.setattr(load, "STAY", (1.5, 3.0))
    done = run(load.wave(address, SESSIONS, SECONDS, 1))
    assert done.lost == []
    assert done.astray == 0
    assert done.moves >= 2 * SESSIONS
    assert len(done.waited) >= SESSIONS


def test_every_session_ends_on_the_numbers_of_its_own_settings(address: str) -> None:
    """Those of ``compare`` for the link that it sent last."""

    async def both() -> list[load.Student]:
        done = await asyncio.gather(*(load.attend(address, seed, 3.0) for seed in (71, 72)))
        return [visits[-1] for visits, _, _ in done]

    for student in run(both()):
        chosen = parse(student.query)
        first, second = (arm.parameters for arm in arms(chosen))
        table = compare(first, second, replicates=50, seed=chosen.seed).table.set_index("measure")
        names = student.summary["measure"]
        assert student.summary["difference"] == table.loc[names, "difference"].tolist()
