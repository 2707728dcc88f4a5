"""Make the README's picture of the classroom: ``python -m tests.app.screenshots``."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import browser as chromium
from conftest import Tab
from serving import classroom

FOLDER = Path(__file__).resolve().parents[2] / "experiments" / "figures"
SIZE = {"width": 1440, "height": 900}


def write(folder: Path, address: str, chrome: object) -> list[Path]:
    """Free play in light colours, a lesson after its guess in dark ones.

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
    list of Path
        The files.
    """
    files = []
    for name, query, scheme in (("app_compare", "", "light"),):
        context = chrome.new_context(viewport=SIZE, color_scheme=scheme)  # type: ignore[attr-defined]
        tab = Tab(context.new_page()).open(f"{address}sandbox{query}")
        tab.settle()
        if query:
            tab.guess()
        tab.page.wait_for_timeout(500)
        files.append(folder / f"{name}.png")
        tab.page.screenshot(path=files[-1])
        context.close()
    return files


def main() -> int:
    """Write it."""
    from playwright.sync_api import sync_playwright

    with classroom() as served, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=chromium.executable(), args=list(chromium.ARGUMENTS)
        )
        files = write(FOLDER, served.address, chrome)
        chrome.close()
    for file in files:
        sys.stdout.write(f"{file}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
