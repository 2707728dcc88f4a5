"""A page of the classroom, and what a hand does on it."""

from typing import Any


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
