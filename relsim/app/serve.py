"""The server: pages, and a websocket for each browser tab, all of them on one engine.

A page sends the link of its settings as it stands in the address, and gets numbers back; nothing
else is understood. Whatever takes time is done on other threads than the one that serves, so that
nobody waits because somebody else came, went or asked.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bokeh import __version__ as bokeh_version
from bokeh.settings import settings as bokeh_settings
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from relsim.app import follow, messages, page, pages, rooms, settings, texts
from relsim.app.desk import Desk
from relsim.app.drawing import drawing
from relsim.app.engine import Engine
from relsim.app.hall import Hall
from relsim.app.jobs import FAILED, Answer, Problem
from relsim.app.lessons import lesson
from relsim.app.messages import Question
from relsim.app.requests import Asked, Face, JsonRequest, Rate
from relsim.app.settings import Settings
from relsim.app.texts import Words
from relsim.io.errors import InputError, shortened
from relsim.play.catalogue import LANGUAGES
from relsim.play.refusals import RefusedError, refusing

MAX_LINK = 25_000
"""Characters of the longest link; one that sets every parameter of both arms has fewer."""

MAX_MESSAGE = 1_000_000
"""Bytes after which the server no longer listens to what a page says, and closes its websocket."""

PING = 20.0
"""Seconds between signs of life: a tab whose computer is gone is closed after one without."""

GAME_THREADS = 2
"""Requests of the game that are computed at the same time."""

# Of Bokeh's scripts only the one that draws: tables, widgets and formulas are not used.
SCRIPTS = f'<script src="static/js/bokeh.min.js?v={bokeh_version}"></script>'

SAFE = "%=&,.;:+-_~"
"""Characters of a query that an address may have as they are."""

log = logging.getLogger(__name__)


class Site(RequestHandler):
    """A page that computes nothing: the landing page, or the one to play on."""

    async def get(self, name: str) -> None:
        """Write it; an old link, with settings at the first address, goes to the sandbox."""
        query, accepted = self.request.query, asked_for(self)
        if name == "" and any(part.partition("=")[0] not in pages.LOOK for part in parts_of(query)):
            self.redirect(f"sandbox?{quote(query, safe=SAFE)}")
            return
        loop = IOLoop.current()
        self.finish(await loop.run_in_executor(None, pages.of_site, name, query, accepted))


class Sandbox(RequestHandler):
    """The page that compares two markets, set to what its address says."""

    async def get(self) -> None:
        """Write it."""
        query, accepted = self.request.query, asked_for(self)
        self.finish(await IOLoop.current().run_in_executor(None, page_of, query, accepted))


class Script(StaticFileHandler):
    """A script of the page: after an update, nobody's browser may go on with the old one."""

    def set_extra_headers(self, path: str) -> None:
        """Let browsers ask whether theirs is the newest."""
        del path
        self.set_header("Cache-Control", "no-cache")


class Followed(JsonRequest):
    """One relationship of a market that a link describes, in finished words."""

    def initialize(self, rate: Rate, threads: Executor) -> None:
        """Called by Tornado for each request."""
        self._rate, self._threads = rate, threads

    async def post(self) -> None:
        """Answer it."""
        await self.respond(self._answered())

    async def _answered(self) -> dict[str, Any]:
        if not self._rate.allows(self.request.remote_ip or "", time.monotonic()):
            raise RefusedError("rate")
        asked = self.read()
        return await IOLoop.current().run_in_executor(self._threads, self._told, asked)

    def _told(self, asked: Any) -> dict[str, Any]:
        if not isinstance(asked, dict) or not isinstance(asked.get("link"), str):
            raise RefusedError("request")
        return follow.story(opened(asked["link"]), asked, texts.words(self.language))


class Session(WebSocketHandler):
    """One browser tab: its place in the queue, and the news that it has not got yet."""

    def initialize(self, engine: Engine) -> None:
        """Called by Tornado for each tab."""
        self._engine = engine
        self._loop = IOLoop.current()
        self._news: dict[str, Any] = {}
        self._sending = False
        self._accepted = asked_for(self)

    def check_origin(self, origin: str) -> bool:
        """Pages come from whatever name the room knows this computer by."""
        return True

    def open(self, *_: str, **__: str) -> None:
        """The tab is there."""
        self.set_nodelay(True)
        self._client = self._engine.open(self._deliver)

    def on_close(self) -> None:
        """The tab is closed."""
        self._client.close()
        self._news.clear()

    async def on_message(self, message: str | bytes) -> None:
        """What the page asks for when something was moved; the next one waits until it is taken."""
        await self._loop.run_in_executor(None, self._take, message)

    def _take(self, message: str | bytes) -> None:
        words = pages.language_of("", self._accepted)
        try:
            if not isinstance(message, str):
                raise InputError("a message of bytes; allowed is a link")
            words = words_of(message, self._accepted)
            chosen = opened(message)
            question = Question(message, chosen, words)
            self._client.ask(question, settings.arms(chosen), chosen.seed)
        except InputError as problem:
            told = Problem("status.bad_value", RefusedError.of(problem))
            self._give(messages.of_problem(told, words))
        except Exception:
            log.exception("a message could not be handled")
            self._give(messages.of_problem(FAILED, words))

    def _deliver(self, answer: Answer) -> None:
        """On a thread of the engine: prepare everything."""
        self._give(messages.of_answer(answer))

    def _give(self, news: dict[str, Any]) -> None:
        self._loop.add_callback(self._send, news)

    async def _send(self, news: dict[str, Any]) -> None:
        """Send what is new; what comes while a page is slow waits, the newest of each kind."""
        # What is drawn only at rest is so not lost to the next answer while it moves.
        self._news |= news
        if self._sending:
            return
        self._sending = True
        with contextlib.suppress(WebSocketClosedError):
            while self._news:
                newest, self._news = self._news, {}
                await self.write_message(json.dumps(newest, allow_nan=False))
        self._sending = False


def asked_for(request: RequestHandler) -> str:
    """Languages that the browser of a request asks for."""
    accepted: str = request.request.headers.get("Accept-Language", "")
    return accepted


def parts_of(query: str) -> list[str]:
    """What a query sets."""
    return [part for part in query.split("&") if part]


def words_of(query: str, accepted: str) -> Words:
    """Words in the language of a link, whatever else is wrong with that."""
    return pages.language_of(pages.look_of(query[:MAX_LINK]).get("lang", ""), accepted)


def page_of(query: str, accepted: str = "") -> str:
    """The page that an address opens: the opening one, with a message, if that is wrong."""
    words = words_of(query, accepted)
    try:
        chosen, error = opened(query), ""
    except InputError as problem:
        chosen = Settings()._replace(**dict[str, Any](pages.look_of(query[:MAX_LINK])))
        error = words("status.bad_link", message=RefusedError.of(problem).said(words.language))
    return page.html(SCRIPTS, chosen, words, error)


def opened(query: str) -> Settings:
    """Settings of a link; ``lesson=key`` alone opens a lesson as it is written.

    Raises
    ------
    InputError
        If something in it is not understood.
    """
    if len(query) > MAX_LINK:
        raise RefusedError(
            "link_long", f"a link of {len(query)} characters; allowed are {MAX_LINK}"
        )
    chosen = settings.parse(query)
    with refusing("link_value", name="lesson", value=shortened(chosen.lesson)):
        shown = lesson(chosen.lesson) if chosen.lesson else None
    look = {name: getattr(chosen, name) for name in pages.LOOK}
    if shown and {part.partition("=")[0] for part in parts_of(query)} <= {"lesson", *look}:
        return shown.opened._replace(**look)
    return chosen


def start(
    port: int = 5006,
    address: str = "localhost",
    threads: int | None = None,
    hall: Hall | None = None,
) -> int:
    """Begin to serve on the event loop that runs.

    Parameters
    ----------
    port : int
        0 for any that is free.
    address : str
        ``0.0.0.0`` for everybody in the room.
    threads : int, optional
        Of the engine, by default one a processor.
    hall : Hall, optional
        Rooms of class sessions; one without any if none is given.

    Returns
    -------
    int
        The port.

    Raises
    ------
    OSError
        If that cannot be had.
    """
    sockets = bind_sockets(port, address)
    engine = Engine(threads)
    for language in LANGUAGES:
        drawing(language)
    scripts = {"path": str(Path(bokeh_settings.bokehjs_path()) / "js")}
    desk, pool = Desk(), ThreadPoolExecutor(GAME_THREADS)
    game = {"desk": desk, "rate": Rate(), "threads": pool}
    application = Application(
        [
            (rf"/({'|'.join(pages.SITE)})", Site),
            (r"/sandbox", Sandbox),
            (r"/play/(\w+)", Asked, game),
            (r"/play/face/([0-9]{1,6})\.svg", Face),
            *rooms.routes(hall or Hall(address)),
            (r"/numbers", Session, {"engine": engine}),
            (r"/follow", Followed, {"rate": Rate(), "threads": ThreadPoolExecutor(1)}),
            (r"/web/(\w+\.js)", Script, {"path": str(pages.WEB)}),
            (r"/static/js/(bokeh\.min\.js)", StaticFileHandler, scripts),
        ],
        websocket_ping_interval=PING,
        websocket_max_message_size=MAX_MESSAGE,
    )
    server = HTTPServer(application, max_body_size=MAX_MESSAGE)
    server.add_sockets(sockets)
    # The first game of all loads the compiled model.
    pool.submit(desk.answer, "new", {})
    warm = engine.open(_settle)
    warm.ask(None, settings.arms(Settings()), Settings().seed)
    port_had: int = sockets[0].getsockname()[1]
    return port_had


def _settle(answer: Answer) -> None:
    """The model is loaded: none of what is there by now has to be looked through for garbage again.

    That takes half a second, in which nobody would be served.
    """
    if answer.drawn:
        gc.collect()
        gc.freeze()
