"""``relsim app``: serve the classroom, or write its lessons as one file; ``relsim play``: the game.

Imported by the command line whether it is used or not: whatever takes time is imported inside.
"""

from __future__ import annotations

import errno
import socket
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from relsim.io.console import check_file
from relsim.io.errors import InputError, counted, known

if TYPE_CHECKING:
    from relsim.app.hall import Hall

EXTRA = 'the classroom app needs bokeh and segno: pip install "relsim[app]"'


Port = Annotated[str, typer.Option(metavar="N", help="Port to serve on; 0 for any free port.")]
Address = Annotated[
    str,
    typer.Option(
        help="Address to serve: localhost for this computer only, 0.0.0.0 for the local network."
    ),
]


def classroom(
    port: Port = "5006",
    address: Address = "localhost",
    export: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write the lessons as one HTML file that needs nothing else."
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            show_default="en",
            help="Language of the exported file, en or it. In class each browser chooses its own.",
        ),
    ] = None,
) -> None:
    """Open the classroom in a browser: drag a slider, see ten years."""
    number = port_of(port)
    if export is not None:
        check_file(export, "--export")
    elif language is not None:
        raise InputError("--language: allowed only with --export")
    check_packages()
    if export is not None:
        write_file(export, "en" if language is None else language)
    else:
        serve(number, address)


def play(
    port: Port = "5006",
    address: Address = "localhost",
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Play ten years of buying in a browser: decide, and see who pays least."""
    number = port_of(port)
    check_packages()
    serve(number, address, page="play", browser=browser)


def register(app: typer.Typer) -> None:
    """Add the commands to the others."""
    app.command("app")(classroom)
    app.command("play")(play)


def port_of(text: str) -> int:
    """The number of a port that was typed."""
    return counted("--port", int(text) if text.isdecimal() else text, low=0, high=65535)


def check_packages() -> None:
    """Say what is missing before anything else is said."""
    try:
        import bokeh  # noqa: F401 - only to see whether they are there
        import segno  # noqa: F401
    except ImportError:
        raise InputError(EXTRA) from None


def write_file(path: Path, language: str) -> None:
    """Write the lessons as one file, and say so."""
    from relsim.app.export import write
    from relsim.play.catalogue import LANGUAGES

    known("--language", [language], LANGUAGES)
    print("relsim: computing the lessons, some minutes ...", file=sys.stderr)
    size = write(path, language=language)
    # Beside the file, which may go to the standard output.
    print(f"Written: {path} ({size / 1e6:.1f} MB)", file=sys.stderr)


def serve(port: int, address: str, page: str = "", *, browser: bool = False) -> None:
    """Serve until Ctrl-C; open a page in the browser if asked to."""
    import asyncio

    asyncio.run(_serve(port, address, page, browser))


async def _serve(port: int, address: str, page: str, browser: bool) -> None:
    import asyncio

    port = bound(port, address)
    name = "localhost" if address in ("0.0.0.0", "localhost", "::") else address  # noqa: S104
    where = f"http://{name}:{port}/{page}"
    what = "game" if page else "classroom"
    typer.echo(f"The {what} is open: {where}  (Ctrl-C closes it)")
    if browser:
        open_page(where)
    await asyncio.Event().wait()


def open_page(address: str) -> None:
    """Open a page in the browser; one in a terminal must not hold up the server."""
    import webbrowser

    Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def bound(port: int, address: str, hall: Hall | None = None) -> int:
    """Begin to serve on the event loop that runs, and return the port.

    Raises
    ------
    InputError
        If address or port cannot be had.
    """
    from relsim.app.serve import start

    try:
        return start(port, address, hall=hall)
    except OSError as error:
        of_address = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        option = f"--address {address}" if of_address else f"--port {port}"
        raise InputError(f"{option}: {error.strerror or error}; give another one") from None
