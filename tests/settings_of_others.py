"""What a user may have set matplotlib to; no picture of relsim may depend on it."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
import pytest

SETTINGS = {
    "text.usetex": True,
    "font.family": "serif",
    "font.size": 30.0,
    "figure.facecolor": "black",
    "savefig.bbox": "tight",
    "savefig.transparent": True,
    "axes.formatter.use_locale": True,
    "axes.grid": True,
    "axes.labelcolor": "red",
    "lines.linestyle": ":",
    "xtick.direction": "in",
}


@pytest.fixture
def settings_of_others() -> Iterator[None]:
    """Matplotlib as somebody else has set it."""
    with mpl.rc_context(SETTINGS):
        yield
