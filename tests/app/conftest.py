"""One server and one browser for all tests; a fresh tab, and a fresh room, for each."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import browser as chromium
from phones import asked
from serving import Served, session
from test_load import run

from relsim.engine.cache import COMPILING

# Tests open more rooms than a server has.
ROOMS = "import relsim.app.hall; relsim.app.hall.MOST_ROOMS = 1000\n"


class Terminal:
    """What the server says beside its addresses."""

    def __init__(self, file: Path) -> None:
        self.file, self._seen = file, 0

    def news(self) -> list[str]:
        """Lines since this was asked before."""
        lines = self.file.read_text(encoding="utf-8").splitlines()
        new, self._seen = lines[self._seen :], len(lines)
        return [line for line in new if line != COMPILING]


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


class Tab:
    """A page, and all that went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, url: str) -> "Tab":
        """Open a page and wait until it shows numbers."""
        self.page.goto(url)
        self.page.wait_for_function(
            "document.documentElement.dataset.ready && relsim.updates > 0", timeout=180_000
        )
        return self

    def settle(self, replicates: str = "50") -> None:
        """Wait for the numbers of what is set now: those at rest, unless it need not be all."""
        self.page.wait_for_function(
            "document.documentElement.dataset.shown === relsim.query()"
            f" && /^{replicates} /.test(document.getElementById('status').textContent)",
            timeout=60_000,
        )

    def set(self, arm: str, name: str, value: float) -> None:
        """Move a slider as a hand does, and wait for new numbers."""
        before = self.page.evaluate("relsim.updates")
        self.page.evaluate(
            """([arm, name, value]) => {
                const input = document.querySelector(
                    `input[data-arm=${arm}][data-name=${name}]`);
                input.value = value;
                input.dispatchEvent(new Event("input", {bubbles: true}));
            }""",
            [arm, name, value],
        )
        self.page.wait_for_function(f"relsim.updates > {before}", timeout=60_000)

    def guess(self, choice: int = 1) -> None:
        """Answer the question of a lesson, which shows the rest of the page."""
        self.page.click(f"[data-guess='{choice}']")

    def numbers(self) -> dict[str, list[Any]]:
        """All rows of the table, in full precision."""
        found: dict[str, list[Any]] = self.page.evaluate("relsim.numbers()")
        return found


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
