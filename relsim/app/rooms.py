"""Requests of rooms: JSON in, JSON out, each bounded in size and rate.

What students write is kept as text and written as text.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from relsim.app.hall import Hall, Held, is_this_computer
from relsim.app.lessons import GUESSES, LESSONS
from relsim.app.requests import JsonRequest, Rate
from relsim.app.room_pages import RoomPage
from relsim.app.texts import words
from relsim.io.errors import known
from relsim.play import catalogue
from relsim.play.refusals import RefusedError
from relsim.play.room import Room

OF_STUDENT = (40.0, 8.0)
"""Requests of one phone at once, and how many more each second."""

OF_ADDRESS = (200.0, 20.0)
"""The same for all who have not joined yet, from one address: a class may share one."""


Asked = Mapping[str, Any]


def _join(room: Room, asked: Asked, _: str) -> dict[str, Any]:
    return {"token": room.join(asked.get("name"))}


def _view(room: Room, asked: Asked, language: str) -> dict[str, Any]:
    return {**room.view(asked.get("token"), language), **_titles(room, language)}


def _guess(room: Room, asked: Asked, _: str) -> dict[str, Any]:
    room.guess(asked.get("token"), asked.get("guess"))
    return {}


def _decide(room: Room, asked: Asked, _: str) -> dict[str, Any]:
    room.decide(asked.get("token"), asked.get("year"), asked.get("decisions"))
    return {}


def _answer(room: Room, asked: Asked, _: str) -> dict[str, Any]:
    room.answer(asked.get("token"), asked.get("question"), asked.get("answer"))
    return {}


def _show(room: Room, asked: Asked, language: str) -> dict[str, Any]:
    room.check_key(asked.get("key"))
    return {**room.projector(), **_titles(room, language)}


def _csv(room: Room, asked: Asked, _: str) -> dict[str, Any]:
    room.check_key(asked.get("key"))
    return {"csv": room.table()}


def _lead(room: Room, asked: Asked, _: str) -> dict[str, Any]:
    room.check_key(asked.get("key"))
    action = asked.get("action")
    known("action", [action], ACTIONS)
    ACTIONS[str(action)](room, asked)
    return {}


def _ask(room: Room, asked: Asked) -> None:
    known("lesson", [asked.get("lesson")], [one.key for one in LESSONS])
    room.ask(asked["lesson"], len(GUESSES))


ACTIONS: Mapping[str, Callable[[Room, Asked], None]] = MappingProxyType(
    {
        "next": lambda room, asked: room.next(asked.get("seen")),
        "reveal": lambda room, _: room.reveal(),
        "flip": lambda room, asked: room.flip(asked.get("scenario")),
        "remove": lambda room, asked: room.remove(asked.get("student")),
        "hide": lambda room, asked: room.hide(asked.get("hidden")),
        "ask": _ask,
        "show_answers": lambda room, _: room.show_answers(),
        "close_question": lambda room, _: room.ask(None),
    }
)
"""What a lecturer can do."""

REQUESTS: Mapping[str, Callable[[Room, Asked, str], dict[str, Any]]] = MappingProxyType(
    {
        "join": _join,
        "view": _view,
        "guess": _guess,
        "decide": _decide,
        "answer": _answer,
        "show": _show,
        "lead": _lead,
        "csv": _csv,
    }
)
"""By the last part of their addresses; ``news`` besides, which waits."""


def _titles(room: Room, language: str) -> dict[str, Any]:
    """Words that depend on what the room does: its scenario and its question."""
    news = room.news
    told, texts = catalogue.words(language), words(language)
    key = news["question"]
    return {
        "title": told(f"scenario.{news['scenario']}"),
        "about": told(f"about.{news['scenario']}"),
        "asked": key
        and {
            "key": key,
            "question": texts(f"lessons.{key}.question"),
            "options": [texts(f"lessons.{key}.{option}") for option in GUESSES],
        },
    }


class Request(JsonRequest):
    """A request in JSON."""

    def initialize(self, hall: Hall, rates: tuple[Rate, Rate]) -> None:
        """Called by Tornado for each request."""
        self._hall, (self._of_student, self._of_address) = hall, rates
        self._gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def on_connection_close(self) -> None:
        """Whoever waited for news is there no more."""
        if not self._gone.done():
            self._gone.set_result(None)

    async def post(self, code: str = "", request: str = "") -> None:
        """Answer it."""
        await self.respond(self._answered(code, request))

    async def _answered(self, code: str, request: str) -> dict[str, Any]:
        asked = self._asked()
        held = self._found(code, asked)
        if held is None:
            return self._opened()
        if request == "news":
            who = asked.get("key")
            if who is None:
                who = held.room.students.of(asked.get("token")).token
            else:
                held.room.check_key(who)
            return await held.news(who, asked.get("version"), self._gone)
        if request not in REQUESTS:
            raise RefusedError("request")
        work = self._hall.run(REQUESTS[request], held.room, asked, self.language)
        if request == "join":
            told = await work
            held.hear(told["token"])
            return told
        if request != "lead":
            return await work
        await held.going_on(asyncio.create_task(work))
        return {}

    def _asked(self) -> Asked:
        asked = self.read()
        # Another type can be sent from pages of other servers without asking this one.
        plain = self.request.headers.get("Content-Type", "").partition(";")[0]
        if plain != "application/json" or not isinstance(asked, dict):
            raise RefusedError("request")
        return asked

    def _found(self, code: str, asked: Asked) -> Held | None:
        """The room; whoever has not joined it shares the rate of an address."""
        now, token = time.monotonic(), asked.get("token")
        try:
            held = self._hall.find(code) if code else None
        except RefusedError:
            held = None
            if not self._of_address.allows(self.request.remote_ip or "", now):
                raise RefusedError("rate") from None
            raise
        joined = held is not None and token in held.room.students
        rate, who = (
            (self._of_student, str(token))
            if joined
            else (self._of_address, self.request.remote_ip or "")
        )
        if not rate.allows(who, now):
            raise RefusedError("rate")
        if joined and held is not None:
            held.hear(who)
        return held

    def _opened(self) -> dict[str, Any]:
        if not is_this_computer(self.request.remote_ip or ""):
            raise RefusedError("place")
        room = self._hall.open()
        return {"code": room.code, "key": room.key}


def routes(hall: Hall) -> list[Any]:
    """Addresses of rooms, for an application of Tornado."""
    rates = (Rate(*OF_STUDENT), Rate(*OF_ADDRESS))
    served, asked = {"hall": hall}, {"hall": hall, "rates": rates}
    room = r"/room/([A-Za-z0-9]{1,12})"
    return [
        (r"/rooms", Request, asked),
        (r"/room", RoomPage, served),
        (room, RoomPage, served),
        (rf"{room}/(projector)", RoomPage, served),
        (rf"{room}/(\w{{1,20}})", Request, asked),
    ]
