"""Make the README's picture of the game: ``python -m tests.app.screenshots``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import browser as chromium
from serving import classroom

from relsim.play.decisions import Decisions
from relsim.play.game import Game

FOLDER = Path(__file__).resolve().parents[2] / "experiments" / "figures"
SIZE = {"width": 1280, "height": 720}


def game_of_years(years: int) -> str:
    """Link of a game in which so many years have passed in trust."""
    game = Game("usual", 7)
    for _ in range(years):
        game.advance(Decisions.read({"default": {"bargain": "trust"}}))
    return game.link


def write(folder: Path, address: str, chrome: object) -> Path:
    """The desk of a game in its fourth year.

    Parameters
    ----------
    folder : Path
        Where to.
    address : str
        Of a classroom that is served.
    chrome : playwright.sync_api.Browser
        Which looks at it.

    Returns
    -------
    Path
        The file.
    """
    context = chrome.new_context(viewport=SIZE, color_scheme="light")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{address}play?game={game_of_years(3)}")
    page.wait_for_timeout(1500)
    file = folder / "app_play.png"
    page.screenshot(path=file)
    context.close()
    return file


def main() -> int:
    """Write it."""
    from playwright.sync_api import sync_playwright

    with classroom() as served, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium.executable(), args=list(chromium.ARGUMENTS)
        )
        file = write(FOLDER, served.address, chrome)
        chrome.close()
    sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
