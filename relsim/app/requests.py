"""Requests in JSON, and those of the page of the game: bounded in rate and size.

A request is refused in a sentence, in the language of the page that asked.
"""

from __future__ import annotations

import json
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable
from concurrent.futures import Executor
from typing import Any

from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from relsim.app import pages
from relsim.app.desk import Desk
from relsim.app.texts import preferred
from relsim.io.errors import InputError
from relsim.play.catalogue import LANGUAGES
from relsim.play.characters import face_of
from relsim.play.refusals import RefusedError

MAX_BODY = 20_000
"""Bytes of a request: two links and the decisions of a year have fewer."""

BURST, A_SECOND = 60.0, 6.0
"""Requests of one client at once, and how many more it may make each second."""

HEAVY = {"result": 4.0}
"""Requests that count as several: four games are replayed."""

MAX_CLIENTS = 1_000

log = logging.getLogger(__name__)


class Rate:
    """How many requests each of the last clients may still make.

    Examples
    --------
    >>> rate = Rate(burst=2, a_second=1)
    >>> [rate.allows("phone", now) for now in (0.0, 0.0, 0.0, 1.0)]
    [True, True, False, True]
    """

    def __init__(self, burst: float = BURST, a_second: float = A_SECOND) -> None:
        self._burst, self._a_second = burst, a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, client: str, now: float, weight: float = 1.0) -> bool:
        """Whether a client may make another one now, in seconds; it counts if so."""
        left, seen = self._left.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - seen) * self._a_second)
        allowed = left >= weight
        self._left[client] = (left - weight if allowed else left, now)
        while len(self._left) > MAX_CLIENTS:
            self._left.popitem(last=False)
        return allowed


STATUS = {
    "room": 404,
    "token": 403,
    "removed": 410,
    "key": 403,
    "place": 403,
    "size": 413,
    "rate": 429,
}
"""Status of a refusal by its key, where that is not 400."""


class JsonRequest(RequestHandler):
    """A request that is answered in JSON, or refused in a sentence.

    Attributes
    ----------
    language : str
        Of the page that asks, as soon as that is known; before, what its browser prefers.
    """

    def prepare(self) -> None:
        """Called by Tornado before anything else."""
        self.language = preferred(self.request.headers.get("Accept-Language", ""))

    async def respond(self, work: Awaitable[dict[str, Any] | bytes]) -> None:
        """Write what comes of some work, or why nothing does."""
        try:
            told = await work
        except InputError as problem:
            refused = RefusedError.of(problem)
            self.refuse(STATUS.get(refused.key, 400), refused.said(self.language))
        except Exception:
            log.exception("a request could not be answered")
            self.refuse(500, RefusedError("failed").said(self.language))
        else:
            self.write_json(told)

    def read(self) -> Any:
        """What is asked, and the language of the page that asks."""
        if len(self.request.body) > MAX_BODY:
            raise RefusedError("size")
        try:
            asked = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise RefusedError("request") from None
        if isinstance(asked, dict) and asked.get("language") in LANGUAGES:
            self.language = asked["language"]
        return asked

    def _log(self) -> None:
        """Write of a refusal nothing to the lecturer's terminal."""
        if self.get_status() >= 500:
            super()._log()

    def refuse(self, status: int, message: str) -> None:
        """Say in a line what is wrong."""
        self.set_status(status)
        self.write_json({"error": " ".join(message.split())})

    def write_json(self, told: dict[str, Any] | bytes) -> None:
        """Write an answer, which nobody keeps."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(told if isinstance(told, bytes) else json.dumps(told, allow_nan=False))


class Asked(JsonRequest):
    """A request of the page of the game, and its answer, in JSON."""

    def initialize(self, desk: Desk, rate: Rate, threads: Executor) -> None:
        """Called by Tornado for each request."""
        self._desk, self._rate, self._threads = desk, rate, threads

    async def post(self, request: str) -> None:
        """Answer it."""
        await self.respond(self._answered(request))

    async def _answered(self, request: str) -> bytes:
        client, weight = self.request.remote_ip or "", HEAVY.get(request, 1.0)
        if not self._rate.allows(client, time.monotonic(), weight):
            raise RefusedError("rate")
        asked = self.read()
        loop = IOLoop.current()
        return await loop.run_in_executor(self._threads, self._written, request, asked)

    def _written(self, request: str, asked: Any) -> bytes:
        return json.dumps(self._desk.answer(request, asked), allow_nan=False).encode()


class Face(RequestHandler):
    """The face of a firm's salesperson."""

    def get(self, firm: str) -> None:
        """Draw it: nothing of it ever changes."""
        self.set_header("Content-Type", "image/svg+xml")
        self.set_header("Cache-Control", "max-age=3600")
        self.finish(pages.ENVIRONMENT.get_template("face.svg").render(face=face_of(int(firm))))
