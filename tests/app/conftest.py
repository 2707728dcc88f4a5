"""One server and one browser for all tests; a fresh tab, and a fresh room, for each."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import browser as chromium
from phones import asked
from serving import Served, Terminal, session
from tab import Tab
from test_load import run

# Tests open more rooms than a server has.
ROOMS = "import relsim.app.hall; relsim.app.hall.MOST_ROOMS = 1000\n"


@pytest.fixture(scope="session")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return Terminal(tmp_path_factory.mktemp("server") / "terminal")


@pytest.fixture(scope="session")
def server(terminal: Terminal) -> Iterator[Served]:
    """It serves as ``relsim class`` does, and so all that ``relsim app`` serves."""
    with terminal.file.open("w", encoding="utf-8") as file, session(ROOMS, file) as served:
        yield served
    assert "Traceback" not in terminal.file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def address(server: Served) -> str:
    """Of the first page."""
    return server.address.partition("room/")[0]


@pytest.fixture
def served(server: Served, address: str) -> Served:
    """A room of its own."""
    room = run(asked(f"{address}rooms", {}))
    return server._replace(address=f"{address}room/{room['code']}", key=room["key"])


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    """Closed after a module: while it is open an event loop runs, and no other can start."""
    reason = chromium.missing()
    if reason:
        if chromium.required():
            pytest.fail(f"tests in a browser must run here, but {reason}")
        pytest.skip(f"no tests in a browser: {reason}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium.executable(), args=list(chromium.ARGUMENTS)
        )
        yield launched
        launched.close()


@pytest.fixture
def new_tab(chrome: Any) -> Iterator[Callable[..., Tab]]:
    contexts = []

    def make(**options: Any) -> Tab:
        context = chrome.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        return Tab(context.new_page())

    yield make
    for context in contexts:
        context.close()
