"""The server: a session a browser tab, all of them on one engine."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import threading
from typing import TYPE_CHECKING, Any

import bokeh
from bokeh.core.templates import FILE
from bokeh.events import ConnectionLost, DocumentReady
from bokeh.models import ColumnDataSource, CustomJS

from relsim.app import page, pictures, settings, views
from relsim.app.engine import AT_REST, Answer, Engine
from relsim.app.lessons import lesson
from relsim.app.settings import Settings
from relsim.app.texts import text
from relsim.errors import InputError

if TYPE_CHECKING:
    from bokeh.document import Document
    from bokeh.server.server import Server

CONNECT = "relsim.connect({inbox, status, sources});"
LOST = "relsim.warn(relsim.config.texts.lost);"

# Of Bokeh's scripts only the one that draws: tables, widgets and formulas are not used.
SCRIPTS = f'<script src="static/js/bokeh.min.js?v={bokeh.__version__}"></script>'
TEMPLATE = FILE.environment.from_string(page.SKELETON)


class Session:
    """One browser tab: what it is set to, its numbers, its place in the queue."""

    def __init__(self, document: Document, engine: Engine, query: str) -> None:
        self._document = document
        error = ""
        try:
            self.settings = opened(query)
        except InputError as problem:
            self.settings = Settings()
            error = text("bad_link", message=str(problem))
        self._sources = {
            name: source
            for name, source in pictures.sources().items()
            if name not in pictures.PAGE_ONLY
        }
        self._inbox = ColumnDataSource({"query": [settings.link(self.settings)]}, name="inbox")
        self._status = ColumnDataSource({"text": [""], "error": [""]}, name="status")
        self._client = engine.open(self._deliver)
        self._lock = threading.Lock()
        self._newest: list[tuple[views.Views, dict[str, list[str]]]] = []
        self._ask(self.settings, settings.link(self.settings))
        with self._lock:
            ready = bool(self._newest)
        if ready:
            # Somebody has looked at these settings before: the page comes with its numbers.
            self._show()
        self._publish(error)
        self._inbox.on_change("data", self._asked)
        document.on_session_destroyed(lambda _: self._end())

    def _publish(self, error: str) -> None:
        """Put into the document what page and server exchange."""
        document = self._document
        # Only what a root refers to belongs to the document, and is kept alike on both sides.
        self._inbox.tags = [self._status, *self._sources.values()]
        document.add_root(self._inbox)
        shared = {"inbox": self._inbox, "status": self._status, "sources": self._sources}
        document.js_on_event(DocumentReady, CustomJS(args=shared, code=CONNECT))
        document.js_on_event(ConnectionLost, CustomJS(code=LOST))
        document.title = text("title")
        document.template = TEMPLATE
        document.template_variables["head"] = page.head(SCRIPTS)
        document.template_variables["body"] = page.body(self.settings, error)

    def _end(self) -> None:
        """The tab is closed."""
        self._client.close()
        give_back()

    def _asked(self, _name: str, _old: Any, new: dict[str, list[str]]) -> None:
        """What the page asks for when something was moved."""
        query = new["query"][0]
        try:
            chosen = opened(query)
        except InputError as problem:
            message = text("bad_value", message=str(problem))
            self._status.data = {"text": [""], "error": [message]}
            return
        self._ask(chosen, query)

    def _ask(self, chosen: Settings, query: str) -> None:
        self.settings = chosen
        self._client.ask(query, settings.arms(chosen), chosen.seed)

    def _deliver(self, answer: Answer) -> None:
        """On a thread of the engine: prepare everything, then let the document take it over."""
        if answer.comparison is None:
            shown: views.Views = {}
            status = {"text": [""], "error": [text("bad_value", message=answer.error)]}
        else:
            shown = views.of_comparison(answer.comparison)
            # As the page wrote it: so it knows what the numbers belong to.
            shown["words"]["query"] = [answer.question]
            if answer.drawn:
                shown |= views.of_portraits(*answer.drawn)
            name = "at_rest" if answer.drawn else "moving"
            count = answer.comparison.replicates
            status = {"text": [text(name, count=count)], "error": [""]}
        with self._lock:
            first = not self._newest
            # What is drawn only at rest must not be lost to the next answer while it moves.
            kept = self._newest.pop()[0] if self._newest else {}
            self._newest.append(({**kept, **shown}, status))
        if first:
            self._document.add_next_tick_callback(self._show)

    def _show(self) -> None:
        """Give the newest numbers to the page."""
        with self._lock:
            if not self._newest:
                return
            shown, status = self._newest.pop()
        words = shown.pop("words", None)
        for name, columns in shown.items():
            self._sources[name].data = columns
        self._status.data = status
        if words:
            # Last: the page takes it for the sign that all is there.
            self._sources["words"].data = words


def give_back() -> None:
    """Give the memory of a closed session back: its document is full of circles."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)  # what the C library of Linux keeps for itself


def opened(query: str) -> Settings:
    """Settings of a link; ``lesson=key`` alone opens a lesson as it is written.

    Raises
    ------
    InputError
        If something in it is not understood.
    """
    chosen = settings.parse(query)
    if chosen.lesson and query.removeprefix("?").count("=") - ("theme=" in query) == 1:
        chosen = lesson(chosen.lesson).opened._replace(theme=chosen.theme)
    if chosen.lesson:
        lesson(chosen.lesson)
    return chosen


def make_server(port: int = 5006, address: str = "localhost", threads: int | None = None) -> Server:
    """A server that is ready to be started.

    Parameters
    ----------
    port : int
        0 for any that is free.
    address : str
        ``0.0.0.0`` for everybody in the room.
    threads : int, optional
        Of the engine, by default one a processor.

    Returns
    -------
    bokeh.server.server.Server
        Its ``port`` says where.
    """
    from bokeh.server.server import Server

    engine = Engine(threads)

    def open_page(document: Document) -> None:
        """Begin a session."""
        context = document.session_context
        request = getattr(context, "request", None)
        Session(document, engine, _query(request))

    # Bokeh warns of the wildcard below; it is meant, and nothing here is worth keeping from others.
    logging.getLogger("bokeh.server.util").setLevel(logging.ERROR)
    server = Server(
        {"/": open_page},
        port=port,
        address=address,
        # Pages come from whatever name the room knows this computer by.
        allow_websocket_origin=["*"],
        unused_session_lifetime_milliseconds=15_000,
        check_unused_sessions_milliseconds=5_000,
    )
    warm = engine.open(lambda _: None)
    warm.ask(None, settings.arms(Settings()), Settings().seed)
    return server


def _query(request: Any) -> str:
    """The query of a request, as it was typed."""
    from urllib.parse import quote

    if request is None:
        return ""
    return "&".join(
        f"{quote(name)}={quote(value.decode('utf-8', 'replace'))}"
        for name, values in request.arguments.items()
        for value in values
        if not name.startswith("bokeh-")
    )


__all__ = ["AT_REST", "Session", "make_server", "opened"]
