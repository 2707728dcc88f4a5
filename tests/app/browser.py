"""A headless Chromium for tests, or the reason why there is none."""

from __future__ import annotations

import os
import shutil

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

REQUIRED = "RELSIM_BROWSER_REQUIRED"
"""Set where tests must not be skipped for want of a browser."""


def executable() -> str | None:
    """Path of a Chromium, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def missing() -> str:
    """Why tests in a browser cannot run here; empty if they can."""
    try:
        import playwright.sync_api  # noqa: F401 - only to see whether it is there
    except ImportError:
        return "playwright is not installed"
    return "" if executable() else f"none of {', '.join(NAMES)} is installed"


def required() -> bool:
    return bool(os.environ.get(REQUIRED))
