"""What a client may send: a link, or anything else, which gets one plain line or none."""

import asyncio
import contextlib
import socket
import struct
import time
from typing import Any
from urllib.parse import urlsplit

import pytest
from serving import Terminal
from student import Student, connected, received
from test_load import run
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import WebSocketClosedError

LINK = "seed=3&a.stance=aggressive&b.stance=trusting"

UNREADABLE = [
    "{}",
    '{"query": []}',
    '{"events": [{"kind": "ModelChanged", "attr": "data", "new": {}}]}',
    "[1, 2]",
    "null",
    "\0",
    "%ff%fe",
    "<script>alert(1)</script>",
    "x" * 20_000,
    "x" * 500_000,
    b"",
    b"\xff\x00",
    "seed=" + "9" * 5_000,
    "seed=1_0",
    "seed=\u0663",
    "a.uncertainty=1e999",
    "a.uncertainty=" + "lots" * 5_000,
    "a.uncertainty=\n\n",
    "a.buyers=1e400",
    "a.buyers=1e308",
    "a.without=" + "nothing," * 2_000,
    "a.hold=1",
    "lesson=../../etc/passwd",
    "preset=__class__",
    "theme=%0a",
    "&".join(f"name{number}=0" for number in range(2_000)),
]

REQUESTS = [
    b"GET /?%ff%fe=\xff HTTP/1.1",
    b"GET /?bokeh-token=abc HTTP/1.1",
    b"GET /?{}[]%zz&&==; HTTP/1.1",
    b"GET /?" + b"x" * 30_000 + b" HTTP/1.1",
    b"GET /../../etc/passwd HTTP/1.1",
    b"GET /static/js/../../__init__.py HTTP/1.1",
    b"GET /static/js/bokeh.min.js/.. HTTP/1.1",
    b"GET /sandbox?%ff%fe=\xff HTTP/1.1",
    b"GET /sandbox?bokeh-token=abc HTTP/1.1",
    b"GET /sandbox?" + b"x" * 30_000 + b" HTTP/1.1",
    b"GET /play?lang=%0d%0aSet-Cookie:x HTTP/1.1",
    b"GET /?seed=%0d%0aSet-Cookie:x HTTP/1.1",
    b"GET /numbers HTTP/1.1",
    b"GET /ws HTTP/1.1",
    b"POST / HTTP/1.1\r\nContent-Length: 3",
    b"DELETE /numbers HTTP/1.1",
    b"\x00\x01 HTTP/1.1",
]

SECRETS = ("Traceback", "site-packages", "relsim/", ".py", 'File "')
"""What tells a client about the server."""


def test_what_is_not_understood_gets_one_line_and_the_session_goes_on(address: str) -> None:
    async def talk() -> list[dict[str, Any]]:
        websocket = await connected(address)
        answers = []
        for message in UNREADABLE:
            await websocket.write_message(message, binary=isinstance(message, bytes))
            answers.append(await asyncio.wait_for(received(websocket), 60))
        await websocket.write_message(LINK)
        answers.append(await asyncio.wait_for(received(websocket), 120))
        websocket.close()
        return answers

    *refused, last = run(talk())
    for message, answer in zip(UNREADABLE, refused, strict=True):
        error = answer["status"]["error"]
        assert list(answer) == ["status"], message
        assert error.startswith("Not computed. "), message
        assert "\n" not in error, message
        assert len(error) < 500, message
        assert not any(secret in error for secret in SECRETS), message
    assert last["words"]["query"] == [LINK]
    assert last["status"]["error"] == ""


def test_a_message_of_any_size_costs_its_sender_only_the_connection(address: str) -> None:
    async def talk() -> tuple[Any, int | None, str]:
        websocket = await connected(address)
        # The server may have closed it before the last byte is sent.
        with contextlib.suppress(WebSocketClosedError):
            await websocket.write_message("x" * 3_000_000)
        told = await asyncio.wait_for(websocket.read_message(), 60)
        student = Student(address, LINK)
        await student.open()
        await student.news()
        await student.close()
        return told, websocket.close_code, student.shown

    told, code, shown = run(talk())
    assert (told, shown) == (None, LINK)
    assert code in (1009, None)


@pytest.mark.parametrize("request_line", REQUESTS, ids=range(len(REQUESTS)))
def test_no_request_tells_of_the_server(address: str, request_line: bytes) -> None:
    where = urlsplit(address)
    assert where.hostname is not None
    with socket.create_connection((where.hostname, where.port or 0), timeout=60) as connection:
        connection.sendall(request_line + b"\r\nHost: here\r\nConnection: close\r\n\r\nabc")
        parts = []
        while part := connection.recv(1_000_000):
            parts.append(part)
    head, _, body = b"".join(parts).decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 "), head
    assert not head.startswith("HTTP/1.1 5"), head
    # The page itself names files in its texts; an error must not.
    told = body.partition('"error": "')[2].partition('"')[0] if "relsim-config" in body else body
    assert not any(secret in told for secret in SECRETS), told


def test_lost_pages_and_bad_messages_leave_the_terminal_clean(
    address: str, terminal: Terminal
) -> None:
    """Whatever a room of telephones does, the lecturer's terminal shows no error."""

    def raw(*parts: bytes) -> None:
        where = urlsplit(address)
        with socket.create_connection((where.hostname or "", where.port or 0), 60) as connection:
            connection.sendall(
                b"GET /numbers HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\n"
                b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            )
            connection.recv(1000)
            for part in parts:
                connection.sendall(part)
            # Reset, as by a telephone that is switched off.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    async def talk() -> None:
        for message in ("x" * 3_000_000, b"\xff", "lesson=nothing", LINK, LINK):
            page = await connected(address)
            with contextlib.suppress(WebSocketClosedError):
                await page.write_message(message, binary=isinstance(message, bytes))
            page.stream.close() if hasattr(page, "stream") else page.close()
        last = Student(address, LINK)
        await last.open()
        await last.news()
        await last.close()

    link = LINK.encode()
    asked = bytes([0x81, 0x80 | len(link)]) + bytes(4) + link
    terminal.news()
    raw(asked)
    raw(asked[:10])
    raw(b"\x81\x82\0\0\0\0\xff\xfe", b"\xff" * 100)
    raw(b"\xff\xff\xff\xff")
    run(talk())
    assert terminal.news() == []


def test_a_client_that_reads_nothing_and_asks_all_the_time_holds_up_nobody(address: str) -> None:
    async def talk() -> Student:
        deaf = await connected(address)
        other = Student(address, LINK)
        for number in range(300):
            await deaf.write_message(f"seed={number}")
        await other.open()
        await other.rest()
        await other.close()
        deaf.close()
        return other

    student = run(talk())
    assert student.shown == LINK
    assert student.error == ""


def test_nobody_waits_because_a_room_of_others_closes_its_pages(address: str) -> None:
    async def talk() -> list[float]:
        pages = [await connected(address) for _ in range(30)]
        for page in pages:
            await page.write_message(LINK)
        for page in pages:
            await asyncio.wait_for(received(page), 120)
        client = AsyncHTTPClient(force_instance=True)
        waits = []
        for page in pages:
            page.close()
        for _ in range(10):
            begun = time.perf_counter()
            await client.fetch(f"{address}?{LINK}", request_timeout=60)
            waits.append(time.perf_counter() - begun)
        client.close()
        return waits

    assert max(run(talk())) < 2.0
