"""Pages of rooms: that of a student, and that of the lecturer, which is projected."""

from __future__ import annotations

import segno
from tornado.web import RequestHandler

from relsim.app import desk, pages
from relsim.app.hall import Hall
from relsim.app.lessons import LESSONS
from relsim.app.texts import words
from relsim.play import catalogue
from relsim.play.refusals import RefusedError
from relsim.play.scores import COLUMNS

MAX_QUERY = 1_000
"""Characters of a query that are looked at."""


class RoomPage(RequestHandler):
    """A page of a room: that of a student, or of the lecturer."""

    def initialize(self, hall: Hall) -> None:
        """Called by Tornado for each request."""
        self._hall = hall

    def get(self, code: str = "", projector: str = "") -> None:
        """Write it; without a room, ask for its code."""
        accepted = self.request.headers.get("Accept-Language", "")
        look = pages.look_of(self.request.query[:MAX_QUERY])
        language = pages.language_of(look.get("lang", ""), accepted).language
        missing = False
        try:
            code = self._hall.find(code).room.code if code else ""
        except RefusedError:
            code, projector, missing = "", "", True
            self.set_status(404)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")
        depth = self.request.path.count("/") - 1
        address = self._hall.address(self.request.host, code)
        self.finish(
            page("projector" if projector else "room", code, language, address, depth, missing)
        )


def page(
    name: str, code: str, language: str, address: str, depth: int = 1, missing: bool = False
) -> str:
    """A page of a room as HTML.

    Parameters
    ----------
    name : str
        ``room`` or ``projector``.
    code : str
        Of the room; empty to ask for one.
    language : str
        Of its words.
    address : str
        Where students find the room.
    depth : int
        Folders between the page and the start of the site.
    missing : bool
        Whether a room was asked for that is not there.
    """
    told, texts = catalogue.words(language), words(language)
    known_to_scripts = {
        **desk.config(language),
        "words": {key: told.sentence(key) for key in told.sentences},
        "code": code,
        "missing": missing,
        "lessons": [[one.key, texts(f"lessons.{one.key}.title")] for one in LESSONS],
    }
    made = pages.PAGES[name]
    return pages.render(
        made.template,
        texts,
        {},
        [],
        styles=made.styles,
        say=lambda key: told(f"class.{key}"),
        columns=[(name, told(f"column.{name}")) for name in COLUMNS],
        entry="../" * depth + f"web/{made.entry}",
        code=code,
        address=address,
        drawn=segno.make(address, error="m").svg_inline(omitsize=True, border=2, light="#fff"),
        config=known_to_scripts,
    )
