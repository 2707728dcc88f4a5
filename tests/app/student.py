"""A session without a browser: opens the page, sends links and takes numbers as its script does.

Thirty browsers would measure themselves; this costs little beside the server that is measured.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from typing import Any

import numpy as np
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 300.0
"""Seconds after which a session that gets nothing is given up."""


class LostError(Exception):
    """The server closed the connection."""


class Student:
    """One session: moves sliders, and notes when numbers come.

    Attributes
    ----------
    waited : list of float
        For each time that first numbers came: seconds since the oldest move without any. A move
        that was overtaken by the next one so counts with all that it waited.
    rested : list of float
        Seconds from a move to all its numbers, where no other move came between.
    shown, status : str
        The link that the newest numbers belong to, and what the page says about them.
    summary : dict
        The newest table of numbers.
    """

    def __init__(self, address: str, query: str) -> None:
        self.address, self.query = address.rstrip("/"), query
        self.waited: list[float] = []
        self.rested: list[float] = []
        self.shown = self.status = self.error = ""
        self.summary: dict[str, Any] = {}
        self._moved = 0.0
        self._open: dict[str, float] = {}
        self._socket: WebSocketClientConnection | None = None
        self._news = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Fetch the page and open the websocket, as a browser does."""
        begun = time.perf_counter()
        client = AsyncHTTPClient(force_instance=True)
        await client.fetch(f"{self.address}/sandbox?{self.query}", request_timeout=PATIENCE)
        client.close()
        self._socket = await connected(self.address)
        self._listening = asyncio.create_task(self._listen())
        await self.move(self.query, begun)

    async def move(self, query: str, since: float | None = None) -> None:
        """Move a slider: the page would send the link of its new settings."""
        assert self._socket is not None
        self.query, self._moved = query, time.perf_counter()
        self._open[query] = self._moved if since is None else since
        await self._socket.write_message(query)

    async def rest(self) -> None:
        """Wait for all numbers of the newest settings."""
        async with asyncio.timeout(PATIENCE):
            while self.shown != self.query or not self.status.startswith("50 "):
                await self.news()

    async def news(self) -> None:
        """Wait for the next numbers; raises what went wrong with the connection."""
        assert self._listening is not None
        self._news.clear()
        waiting = asyncio.create_task(self._news.wait())
        await asyncio.wait({waiting, self._listening}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._listening.done():
            self._listening.result()

    async def close(self) -> None:
        """Close the tab."""
        if self._listening is not None:
            self._listening.cancel()
        if self._socket is not None:
            self._socket.close()

    async def _listen(self) -> None:
        assert self._socket is not None
        while True:
            self._take(await received(self._socket))

    def _take(self, news: dict[str, Any]) -> None:
        self.status, self.error = news["status"]["text"], news["status"]["error"]
        if "summary" in news:
            self.summary = {name: column(values) for name, values in news["summary"].items()}
        if "words" in news:
            now, self.shown = time.perf_counter(), news["words"]["query"][0]
            if self.shown in self._open:
                self.waited.append(now - next(iter(self._open.values())))
                while self.shown in self._open:
                    del self._open[next(iter(self._open))]
            if self.shown == self.query and self.status.startswith("50 "):
                self.rested.append(now - self._moved)
            self._news.set()


async def connected(address: str) -> WebSocketClientConnection:
    """A websocket to the numbers of a classroom."""
    where = address.rstrip("/").replace("http", "ws", 1) + "/numbers"
    return await websocket_connect(where, max_message_size=100_000_000)


async def received(socket: WebSocketClientConnection) -> dict[str, Any]:
    """The next news on a websocket."""
    message = await socket.read_message()
    if message is None:
        raise LostError(f"the server closed the connection: {socket.close_code}")
    news: dict[str, Any] = json.loads(message)
    return news


def column(values: Any) -> list[Any]:
    """A column as the page has it."""
    if isinstance(values, dict):
        kind = np.dtype(values["kind"]).newbyteorder("<")
        return list(np.frombuffer(base64.b64decode(values["bytes"]), kind).tolist())
    return [np.nan if value is None else value for value in values]
