"""``relsim class``: serve a class session to the local network.

Imported by the command line whether it is used or not: whatever takes time is imported inside.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from relsim.cli.app import Port, bound, check_packages, open_page, port_of
from relsim.io.errors import counted


def session(
    port: Port = "5006",
    address: Annotated[
        str,
        typer.Option(
            help="Address to serve: 0.0.0.0 for the local network, "
            "localhost for this computer only."
        ),
    ] = "0.0.0.0",  # noqa: S104 - it is what the command is for
    seed: Annotated[
        str | None, typer.Option(metavar="N", help="Seed of the rounds; random if not given.")
    ] = None,
    browser: Annotated[
        bool,
        typer.Option("--browser/--no-browser", help="Open the lecturer's page in the browser."),
    ] = True,
) -> None:
    """Play with a class: students join with their phones, the lecturer's page is projected."""
    number = port_of(port)
    drawn = None
    if seed is not None:
        drawn = counted("--seed", int(seed) if seed.isdecimal() else seed, low=0, high=2**31)
    check_packages()
    import asyncio

    asyncio.run(_serve(number, address, drawn, browser))


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command("class")(session)


async def _serve(port: int, address: str, seed: int | None, browser: bool) -> None:
    import asyncio

    import segno

    from relsim.app.hall import Hall

    hall = Hall(address)
    port = bound(port, address, hall)
    name = "localhost" if hall.for_everybody else address
    room = hall.open(seed)
    join = hall.address(f"{name}:{port}", room.code)
    page = f"http://{name}:{port}/room/{room.code}/projector#{room.key}"
    typer.echo(f"Students join: {join}  (room {room.code}; Ctrl-C ends the session)")
    typer.echo(f"Lecturer's page, not for students: {page}")
    if sys.stdout.isatty():
        segno.make(join, error="m").terminal(compact=True)
    if browser:
        open_page(page)
    await asyncio.Event().wait()
