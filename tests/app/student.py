"""A session without a browser: opens the page and speaks the protocol of Bokeh's own script.

Thirty browsers would measure themselves; this costs little beside the server that is measured.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

PATIENCE = 300.0
"""Seconds after which a session that gets nothing is given up."""


class LostError(Exception):
    """The server closed the connection, or said that something is wrong."""


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
        self._buffers: dict[str, Any] = {}
        self._numbers = itertools.count(1)
        self._socket: WebSocketClientConnection | None = None
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._news = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Fetch the page and open the websocket, as a browser does."""
        client = AsyncHTTPClient(force_instance=True)
        page = await client.fetch(f"{self.address}/?{self.query}", request_timeout=PATIENCE)
        client.close()
        found = re.search(r'"token":"([^"]+)"', page.body.decode())
        assert found, "the page brings no token"
        self._socket = await websocket_connect(
            self.address.replace("http", "ws", 1) + "/ws", subprotocols=["bokeh", found[1]]
        )
        assert (await self._receive())[0]["msgtype"] == "ACK"
        await self._send("PULL-DOC-REQ", {})
        while True:
            header, content = await self._receive()
            if header["msgtype"] == "PULL-DOC-REPLY":
                break
        self._ids = dict(_named(content))
        self._names = {identity: name for name, identity in self._ids.items()}
        self._listening = asyncio.create_task(self._listen())

    async def move(self, query: str) -> None:
        """Move a slider: the page would send the link of its new settings."""
        self.query, self._moved = query, time.perf_counter()
        self._open[query] = self._moved
        entries = {"type": "map", "entries": [["query", [query]]]}
        event = {
            "kind": "ModelChanged",
            "model": {"id": self._ids["inbox"]},
            "attr": "data",
            "new": entries,
        }
        await self._send("PATCH-DOC", {"events": [event]})

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

    def _decoded(self, column: Any) -> Any:
        if not isinstance(column, dict):
            return column
        raw = self._buffers[column["array"]["data"]["id"]]
        return np.frombuffer(raw, column["dtype"]).tolist()

    async def _send(self, kind: str, content: dict[str, Any]) -> None:
        assert self._socket is not None
        header = {"msgid": str(next(self._numbers)), "msgtype": kind}
        for part in (header, {}, content):
            await self._socket.write_message(json.dumps(part))

    async def _receive(self) -> tuple[dict[str, Any], Any]:
        parts = [await self._part() for _ in range(3)]
        header = json.loads(parts[0])
        buffers = {}
        for _ in range(header.get("num_buffers", 0)):
            identity = json.loads(await self._part())["id"]
            buffers[identity] = await self._part()
        self._buffers = buffers
        content = json.loads(parts[2])
        if header["msgtype"] == "ERROR":
            raise LostError(content["text"])
        return header, content

    async def _part(self) -> str | bytes:
        assert self._socket is not None
        part = await self._socket.read_message()
        if part is None:
            raise LostError("the server closed the connection")
        return part

    async def _listen(self) -> None:
        while True:
            header, content = await self._receive()
            if header["msgtype"] != "PATCH-DOC":
                continue
            for event in content["events"]:
                name = self._names.get(event.get("model", {}).get("id", ""))
                if name and event.get("attr") == "data":
                    self._take(name, _columns(event))

    def _take(self, name: str, columns: dict[str, Any]) -> None:
        if name == "status":
            self.status, self.error = columns["text"][0], columns["error"][0]
        elif name == "summary":
            self.summary = {key: self._decoded(column) for key, column in columns.items()}
        elif name == "words":
            # The last of what belongs together.
            now, self.shown = time.perf_counter(), columns["query"][0]
            if self.shown in self._open:
                self.waited.append(now - next(iter(self._open.values())))
                while self.shown in self._open:
                    del self._open[next(iter(self._open))]
            if self._moved and self.shown == self.query and self.status.startswith("50 "):
                self.rested.append(now - self._moved)
            self._news.set()


def _columns(event: dict[str, Any]) -> dict[str, Any]:
    new = event.get("new", event.get("data", {}))
    return dict(new["entries"]) if isinstance(new, dict) and "entries" in new else dict(new)


def _named(part: Any) -> Iterator[tuple[str, str]]:
    """Names and identities of the models in a document."""
    if isinstance(part, dict):
        name = part.get("attributes", {}).get("name") if "attributes" in part else None
        if name and part.get("name") == "ColumnDataSource":
            yield name, part["id"]
        for value in part.values():
            yield from _named(value)
    elif isinstance(part, list):
        for value in part:
            yield from _named(value)
