"""The rooms of a server: opened, found by their code, told on when there is news, forgotten.

Requests of rooms have threads of their own, so that nobody else waits for a class. The neutral
twins are caught up on one more, while the students think.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from relsim.play.refusals import RefusedError
from relsim.play.room import Room

T = TypeVar("T")

MOST_ROOMS = 8

IDLE = 4 * 3600.0
"""Seconds after which a room that nobody asks for is forgotten."""

PAUSE = 0.4
"""Seconds between news: what a whole class does in the same moment is one piece of news."""

PATIENCE = 20.0
"""Seconds that a request for news waits for some."""

PROMPT = 2.0
"""Seconds after which a lecturer's request is answered, also if it is not done yet."""

AWAY = 10.0
"""Seconds without a request after which a phone is not counted as here. An open page always waits
for news; one that is loaded again, or whose network drops for a moment, is back sooner."""

MOST_WAITING = 4
"""Requests for news of one phone at a time."""

GAME_THREADS, REQUEST_THREADS = 2, 4

EVERYBODY = ("0.0.0.0", "::", "")  # noqa: S104
"""Addresses that serve the whole network."""

log = logging.getLogger(__name__)


class Held:
    """A room that is served.

    Parameters
    ----------
    hall : Hall
        That it belongs to.
    seed : int, optional
        Of its rounds.
    """

    def __init__(self, hall: Hall, seed: int | None = None) -> None:
        self._hall, self._loop = hall, asyncio.get_running_loop()
        self._waiting: dict[asyncio.Future[None], str] = {}
        self._told = self._catching_up = False
        self._heard: dict[str, float] = {}
        self._here: frozenset[str] = frozenset()
        self._next_look: asyncio.TimerHandle | None = None
        self._attending: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._works: set[asyncio.Task[Any]] = set()
        self.seen = time.monotonic()
        self.room = Room(seed, spread=hall.games.map)
        self.room.changed = self._changed

    def _changed(self) -> None:
        """On whatever thread: tell everybody soon."""
        self._loop.call_soon_threadsafe(self._soon)

    def _soon(self) -> None:
        if not self._told:
            self._told = True
            self._loop.call_later(PAUSE, self._tell)
        if not self._catching_up:
            self._catching_up = True
            self._task = self._loop.create_task(self._catch_up())

    def _tell(self) -> None:
        self._told = False
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def _catch_up(self) -> None:
        """Let the twins' years pass, one after the other."""
        try:
            while await self._loop.run_in_executor(self._hall.twins, self.room.catch_up):
                pass
        except Exception:
            log.exception("a twin could not be computed")
        self._catching_up = False

    def hear(self, token: str) -> None:
        """Note that a phone is here: it has asked for something, or has just been answered."""
        self._heard[token] = self._loop.time()
        if token not in self._here:
            self._look_around()
        elif self._next_look is None:
            self._next_look = self._loop.call_later(AWAY, self._look_around)

    def _look_around(self) -> None:
        """Find out whose phones are here, and look again when the first of them may have gone."""
        if self._next_look is not None:
            self._next_look.cancel()
            self._next_look = None
        gone = self._loop.time() - AWAY
        waiting = set(self._waiting.values())
        self._heard = {who: at for who, at in self._heard.items() if at > gone}
        if left := [at for who, at in self._heard.items() if who not in waiting]:
            self._next_look = self._loop.call_at(min(left) + AWAY, self._look_around)
        here = frozenset(waiting | set(self._heard))
        if here != self._here:
            self._here = here
            if self._attending is None:
                self._attending = self._loop.create_task(self._attend())

    async def _attend(self) -> None:
        """Tell the room, which may have to finish a year before it listens."""
        try:
            told = None
            while told != self._here:
                told = self._here
                await self._hall.run(self.room.attend, told)
        except Exception:
            log.exception("the room could not be told who is here")
            self._here = frozenset()
        finally:
            self._attending = None

    async def going_on(self, work: asyncio.Task[T]) -> None:
        """Wait for what the lecturer asked for, but not long: the news tell when it is done."""
        self._works.add(work)
        work.add_done_callback(self._works.discard)
        done, _ = await asyncio.wait({work}, timeout=PROMPT)
        if done:
            work.result()
        else:
            work.add_done_callback(_complain)

    async def news(self, who: str, version: Any, gone: asyncio.Future[None]) -> dict[str, Any]:
        """The news, as soon as they are not those that are known.

        Parameters
        ----------
        who : str
            Token or key.
        version : object
            Of the news that are known.
        gone : Future
            Done when whoever asks is there no more, or there is news.
        """
        if version == self.room.news["version"]:
            if Counter(self._waiting.values())[who] >= MOST_WAITING:
                raise RefusedError("rate")
            self._waiting[gone] = who
            try:
                await asyncio.wait_for(asyncio.shield(gone), PATIENCE)
            except TimeoutError:
                pass
            finally:
                del self._waiting[gone]
                if who in self.room.students:
                    self.hear(who)
        return self.room.news


class Hall:
    """All rooms of a server; made where its event loop runs.

    Parameters
    ----------
    address : str
        That is served.
    """

    def __init__(self, address: str = "localhost") -> None:
        self.for_everybody = address in EVERYBODY
        self.games = ThreadPoolExecutor(GAME_THREADS, "games of a class")
        self.twins = ThreadPoolExecutor(1, "twins of a class")
        self._requests = ThreadPoolExecutor(REQUEST_THREADS, "requests of a class")
        self._rooms: dict[str, Held] = {}

    def open(self, seed: int | None = None) -> Room:
        """Open a room.

        Raises
        ------
        RefusedError
            If there are too many.
        """
        now = time.monotonic()
        self._rooms = {code: one for code, one in self._rooms.items() if now - one.seen < IDLE}
        if len(self._rooms) >= MOST_ROOMS:
            raise RefusedError("rooms", most=MOST_ROOMS)
        held = Held(self, seed)
        self._rooms[held.room.code] = held
        return held.room

    def find(self, code: str) -> Held:
        """The room of a code, in whatever case it is typed.

        Raises
        ------
        RefusedError
            If there is none.
        """
        held = self._rooms.get(code.upper())
        if held is None:
            raise RefusedError("room")
        held.seen = time.monotonic()
        return held

    async def run(self, work: Callable[..., T], *values: Any) -> T:
        """Do what may take a while, on a thread for requests."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._requests, work, *values)

    def address(self, host: str, code: str) -> str:
        """Where students find a room, given the name that the server was asked under.

        >>> import asyncio
        >>> Hall().address("localhost:5006", "ABC346")
        'http://localhost:5006/room/ABC346'
        """
        name, colon, port = host.rpartition(":")
        if not port.isdecimal():
            name, colon, port = host, "", ""
        if self.for_everybody and is_this_computer(name.strip("[]")):
            name = own_address()
        return f"http://{name}{colon}{port}/room/{code}"


def _complain(work: asyncio.Task[Any]) -> None:
    """What went wrong after it was answered."""
    if not work.cancelled() and (problem := work.exception()) is not None:
        log.error("what the lecturer asked for failed", exc_info=problem)


def is_this_computer(name: str) -> bool:
    """Whether a name or an address is the loopback.

    >>> is_this_computer("127.0.0.1"), is_this_computer("::1"), is_this_computer("192.168.1.5")
    (True, True, False)
    """
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def own_address() -> str:
    """Address of this computer on the local network; the loopback if it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            # Nothing is sent: the system only says which of its addresses it would use.
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        found: str = asking.getsockname()[0]
        return found
