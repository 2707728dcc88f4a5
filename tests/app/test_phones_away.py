"""Phones that are closed, that sleep and come back, as the hall counts them."""

import asyncio
from collections.abc import Callable

import pytest
from test_load import run

import relsim.app.hall as halls
from relsim.app.hall import Hall, Held


async def until(what: Callable[[], bool]) -> None:
    async with asyncio.timeout(20.0):
        while not what():
            await asyncio.sleep(0.01)


class Open:
    """A page that is open: it waits for news, again and again, as ``listen`` of its script does."""

    def __init__(self, held: Held, token: str) -> None:
        self._held, self._token = held, token
        self._asking = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        version = None
        while True:
            self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._held.hear(self._token)
            version = (await self._held.news(self._token, version, self.gone))["version"]

    def close(self) -> None:
        """What is left of a page that is closed is a connection that ends."""
        self._asking.cancel()


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halls, "AWAY", 0.3)
    monkeypatch.setattr(halls, "PATIENCE", 0.2)
    monkeypatch.setattr(halls, "PAUSE", 0.05)


def test_a_phone_that_sleeps_is_not_counted_until_it_comes_back(short: None) -> None:
    async def talk() -> None:
        hall = Hall()
        room = hall.open(3)
        held = hall.find(room.code)
        ada, bo = room.join("Ada"), room.join("Bo")
        here = Open(held, ada)
        held.hear(bo)  # joined, and closed before any news
        await until(lambda: room.news["here"] == 1)
        for _ in range(2):
            back = Open(held, bo)
            await until(lambda: room.news["here"] == 2)
            # Whoever only waits stays, for longer than any single request takes.
            await asyncio.sleep(3 * halls.AWAY)
            assert room.news["here"] == 2
            back.close()
            await until(lambda: room.news["here"] == 1)
        assert room.news["students"] == 2
        here.close()

    run(talk())


def test_a_page_that_is_loaded_again_is_not_missed(short: None) -> None:
    async def talk() -> None:
        hall = Hall()
        room = hall.open(3)
        held = hall.find(room.code)
        page = Open(held, room.join("Ada"))
        await until(lambda: len(held._here) == 1)
        version = room.news["version"]
        page.close()
        await asyncio.sleep(halls.AWAY / 3)
        page = Open(held, next(iter(room.students)).token)
        await asyncio.sleep(2 * halls.AWAY)
        assert room.news["version"] == version
        page.close()

    run(talk())
