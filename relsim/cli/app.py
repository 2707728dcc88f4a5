"""``relsim app``: serve the classroom, or write its lessons as one file.

Imported by the command line whether it is used or not: whatever takes time is imported inside.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from relsim.io.console import check_file
from relsim.io.errors import InputError, counted

if TYPE_CHECKING:
    from relsim.app.hall import Hall

EXTRA = 'the classroom app needs bokeh and segno: pip install "relsim[app]"'


def classroom(
    port: Annotated[str, typer.Option(metavar="N", help="Port; 0 for any free one.")] = "5006",
    address: Annotated[
        str, typer.Option(help="Who may open it: localhost, or 0.0.0.0 for the whole room.")
    ] = "localhost",
    export: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write the lessons as one HTML file that needs nothing else."
        ),
    ] = None,
) -> None:
    """Open the classroom in a browser: drag a slider, see ten years."""
    number = counted("--port", int(port) if port.isdecimal() else port, low=0, high=65535)
    if export is not None:
        check_file(export, "--export")
    try:
        import bokeh  # noqa: F401 - to say what is missing before anything else is said
        import segno  # noqa: F401
    except ImportError:
        raise InputError(EXTRA) from None
    if export is not None:
        write_file(export)
    else:
        serve(number, address)


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command("app")(classroom)


def write_file(path: Path) -> None:
    """Write the lessons as one file, and say so."""
    from relsim.app.export import write

    print("relsim: computing the lessons, some minutes ...", file=sys.stderr)
    size = write(path)
    # Beside the file, which may go to the standard output.
    print(f"Written: {path} ({size / 1e6:.1f} MB)", file=sys.stderr)


def serve(port: int, address: str) -> None:
    """Serve until Ctrl-C."""
    asyncio.run(_serve(port, address))


async def _serve(port: int, address: str) -> None:
    port = bound(port, address)
    name = "localhost" if address in ("0.0.0.0", "localhost", "::") else address  # noqa: S104
    typer.echo(f"The classroom is open: http://{name}:{port}/  (Ctrl-C closes it)")
    await asyncio.Event().wait()


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
