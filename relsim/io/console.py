"""What the commands share: tables for a terminal, checks of where files are to be written.

Nothing here knows what a command does.
"""

from __future__ import annotations

import contextlib
import math
import os
import tempfile
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from relsim.io.errors import InputError, reason, shortened
from relsim.io.files import destination, obstacle

if TYPE_CHECKING:
    import pandas as pd


def aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], text_columns: Sequence[int] = (0,)
) -> str:
    """Rows under a header in aligned columns; numbers to the right, text to the left.

    >>> print(aligned(["", "price"], [["trusting", "98"], ["loyal", "101"]]))
              price
    trusting     98
    loyal       101
    """
    widths = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header))]
    lines = []
    for row in (header, *rows):
        cells = [
            cell.ljust(width) if place in text_columns else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


LINE = 100
"""Width of a terminal that lists are made for."""


def wrapped(header: Sequence[str], rows: Sequence[Sequence[str]], width: int = LINE) -> str:
    """Rows under a header, all columns of text, the last one folded to the width of a line.

    >>> print(wrapped(["name", "meaning"], [["wage", "cost of an hour of either side"]], 26))
    name  meaning
    wage  cost of an hour of
          either side
    """
    columns = range(len(header) - 1)
    taken = sum(max(len(row[place]) for row in (header, *rows)) + 2 for place in columns)
    lines = []
    for row in rows:
        last = textwrap.wrap(row[-1], max(20, width - taken)) or [""]
        lines.append([*row[:-1], last[0]])
        lines += [[*("" for _ in columns), more] for more in last[1:]]
    return aligned(header, lines, text_columns=range(len(header)))


def markdown(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""A table in Markdown.

    Examples
    --------
    >>> print(markdown(["a", "b"], [[1, "x|y"]]))
    | a | b |
    |---|---|
    | 1 | x\|y |
    """
    lines = [
        "| " + " | ".join(str(cell).replace("|", r"\|") for cell in row) + " |"
        for row in (header, *rows)
    ]
    lines.insert(1, "|---" * len(header) + "|")
    return "\n".join(lines)


def number(value: float) -> str:
    """Three figures after the point where they matter.

    >>> number(98.123), number(0.4712), number(-1234.5)
    ('98.12', '0.471', '-1234')
    """
    if not math.isfinite(value):
        return "-"
    places = max(0, min(3, 3 - math.floor(math.log10(max(abs(value), 1e-3))))) if value else 3
    return f"{value:.{places}f}"


def as_csv(table: pd.DataFrame) -> str:
    """A table as CSV, numbers to the last bit."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def check_folder(typed: str | Path, names: Iterable[str] = (), option: str = "--out") -> Path:
    """Check, before any time is spent, that results can be written to a folder.

    Parameters
    ----------
    typed : str or Path
        The folder.
    names : iterable of str
        Files that will be written there.
    option : str
        What the folder was given as.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If it is no folder and cannot become one, or cannot be written to.
    """
    if not str(typed).strip():
        raise InputError(f"{option}: nothing was given; allowed is a folder that can be written to")
    out = Path(typed)
    if ".." in out.parts:
        # A folder that is not there yet has no parent that could be gone back to.
        out = Path(os.path.realpath(out))
    created = []
    try:
        place = out
        while not place.exists():
            created.append(place)
            place = place.parent
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
        taken = [(name, why) for name in names if (why := obstacle(out / name))]
    except (OSError, ValueError) as error:
        in_the_way = isinstance(error, FileExistsError | NotADirectoryError)
        words = "a file is in the way" if in_the_way else reason(error).lower()
        raise InputError(
            f"{option} {shortened(str(out))}: {words}; allowed is a folder that can be written to"
        ) from None
    finally:
        for folder in created:
            # Not if somebody else has put something there meanwhile.
            with contextlib.suppress(OSError, ValueError):
                folder.rmdir()
    for name, why in taken:
        raise InputError(f"{option} {out}: {name} there {why}; allowed is another folder")
    return out


def check_file(path: Path, option: str) -> None:
    """Check, before any time is spent, that a file can be written.

    Parameters
    ----------
    path : Path
        Of the file.
    option : str
        What it was given as.

    Raises
    ------
    InputError
        If it cannot.
    """
    why = obstacle(path)
    if why:
        raise InputError(
            f"{option} {shortened(str(path))}: {why}; allowed is the name of a file that can be "
            "written to"
        )
    if not destination(path).stream:
        check_folder(path.parent, option=option)


def joined(words: Sequence[str], last: str = "and") -> str:
    """Words in a row, as a sentence has them.

    >>> joined(["loyal"]), joined(["a", "b"]), joined(["a", "b", "c"], "or")
    ('loyal', 'a and b', 'a, b or c')
    """
    *others, end = words
    return f"{', '.join(others)} {last} {end}" if others else end
