"""Phones and a lecturer without browsers: they ask as the scripts of a room do."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import numpy as np
from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from relsim.play.decisions import FOR_ALL

TIMEOUT = 60.0


class RefusedError(Exception):
    """What the server did not do, and why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status} {message}")
        self.status, self.message = status, message


async def asked(
    address: str, values: Any, *, kind: str = "application/json", raw: bytes | None = None
) -> dict[str, Any]:
    """An answer, or why there is none."""
    body = json.dumps(values).encode() if raw is None else raw
    client = AsyncHTTPClient(max_clients=1000)
    try:
        answer = await client.fetch(
            address,
            method="POST",
            body=body,
            headers={"Content-Type": kind},
            request_timeout=TIMEOUT,
            connect_timeout=TIMEOUT,
        )
    except HTTPClientError as error:
        text = error.response.body.decode() if error.response and error.response.body else ""
        told = json.loads(text)["error"] if text.startswith("{") else error.message
        raise RefusedError(error.code, told) from None
    except OSError:
        # What is much too large is not even read to its end.
        raise RefusedError(413, "the connection was closed") from None
    told: dict[str, Any] = json.loads(answer.body)
    return told


class Lecturer:
    """Who has the key of a room."""

    def __init__(self, address: str, key: str) -> None:
        self.address, self.key = address, key

    async def ask(self, request: str, **values: Any) -> dict[str, Any]:
        """A request of the projector's page."""
        return await asked(f"{self.address}/{request}", {"key": self.key, **values})

    async def lead(self, action: str, **values: Any) -> None:
        """Press a button."""
        await self.ask("lead", action=action, **values)

    async def until(self, *phases: str) -> dict[str, Any]:
        """Wait until the room is in one of some phases."""
        news = await self.ask("news", version=None)
        while news["phase"] not in phases:
            news = await self.ask("news", version=news["version"])
        return news


class Phone:
    """A student: joins, decides as soon as a year begins, drops out and comes back.

    Attributes
    ----------
    waited : list of float
        Seconds from sending a request to its answer, those for news apart.
    years : dict
        Round and year of all that was decided and accepted, and when that was sent.
    arrived : dict
        Round and year of all that were seen, and when; without those met on coming back.
    """

    def __init__(self, address: str, name: str, seed: int) -> None:
        self.address, self.name = address, name
        self.random = np.random.default_rng(seed)
        self.token = ""
        self.waited: list[float] = []
        self.years: dict[tuple[int, int], float] = {}
        self.arrived: dict[tuple[int, int], float] = {}
        self.seen: dict[str, Any] = {}

    async def ask(self, request: str, **values: Any) -> dict[str, Any]:
        """A request of the student's page."""
        begun = time.perf_counter()
        told = await asked(f"{self.address}/{request}", {"token": self.token, **values})
        if request != "news":
            self.waited.append(time.perf_counter() - begun)
        return told

    async def join(self) -> None:
        """Come in, and look around."""
        self.token = (await self.ask("join", name=self.name))["token"]
        self.seen = await self.ask("view")

    def choice(self) -> dict[str, Any]:
        """Some decisions: for all suppliers, and otherwise for one of them."""
        default = {name: str(self.random.choice(list(each))) for name, each in FOR_ALL.items()}
        firms = [str(each["firm"]) for each in self.seen["desk"]["suppliers"]]
        single = {str(self.random.choice(firms)): {"order": "more"}} if firms else {}
        return {"default": default, "suppliers": single}

    async def in_time(self, request: str, **values: Any) -> bool:
        """A request, unless the room has gone on meanwhile."""
        try:
            await self.ask(request, **values)
        except RefusedError as problem:
            if problem.status != 400 or "gone on" not in problem.message:
                raise
            return False
        return True

    async def decide(self) -> None:
        """Decide for the year that is on."""
        place, sent = (self.seen["round"], self.seen["year"]), time.perf_counter()
        if await self.in_time("decide", year=place[1], decisions=self.choice()):
            self.years[place] = sent

    async def play(self, end: asyncio.Event, drops: float = 0.0) -> None:
        """Until the end: decide once a year, and guess once a round."""
        version, done = None, None
        while not end.is_set():
            dropped = self.random.random() < drops
            if dropped:
                await asyncio.sleep(float(self.random.uniform(0.0, 2.0)))
                version = None
            news = await self.ask("news", version=version)
            version = news["version"]
            place = (news["round"], news["phase"], news["year"])
            if place == done or news["phase"] == "passing":
                continue
            self.seen = await self.ask("view")
            done = (self.seen["round"], self.seen["phase"], self.seen["year"])
            if not dropped:
                self.arrived.setdefault((done[0], done[2]), time.perf_counter())
            if self.seen["phase"] == "year" and self.seen["desk"] and not self.seen["has_decided"]:
                await self.decide()
            if self.seen["phase"] == "guess" and not self.seen["guess"]:
                await self.in_time("guess", guess="neutral")
