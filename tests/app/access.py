"""What axe, the usual checker of access for everybody, finds on a page."""

from typing import Any

import pytest


def check_access(page: Any, state: str) -> None:
    """Check that axe finds nothing wrong; ``state`` is what the page shows."""
    # what is still fading in has, for that moment, too little contrast for anybody
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => 0)"
    )
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    said = [(one["id"], [node["html"][:150] for node in one["nodes"][:3]]) for one in found]
    assert said == [], (state, said)
