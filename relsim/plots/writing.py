"""A figure beside the numbers behind it: whole, or not there."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from relsim.io.errors import StoppedError, UnfinishedError
from relsim.io.files import write_atomically

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def write_figure(path: Path, draw: Callable[[], tuple[Figure, str]]) -> Path:
    """Draw a figure into a file; the numbers behind it have been written before.

    Parameters
    ----------
    path : Path
        The file, in the folder of the numbers.
    draw : callable
        Returns the figure, and in words what is seen in it.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UnfinishedError, StoppedError
        If it cannot be drawn, or that was interrupted. Then there is none, not even an older one:
        it would show other numbers than those beside it.
    """
    path.unlink(missing_ok=True)
    there = f"the numbers behind it are in {path.parent}"
    try:
        from relsim.plots.style import save

        picture = io.BytesIO()
        figure, text = draw()
        save(figure, picture, text)
        return write_atomically(path, picture.getvalue())
    except KeyboardInterrupt:
        raise StoppedError(f"stopped before {path} was drawn; {there}") from None
    except Exception as error:
        raise UnfinishedError(f"{path}: could not be drawn ({error}); {there}") from error
