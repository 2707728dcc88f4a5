"""Where a command writes: a folder of its own for each experiment, none replaced in silence."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from relsim.io.console import check_folder
from relsim.io.files import write_all
from relsim.plots.writing import write_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RESULTS = Path("results")

MOST_CHARACTERS = 80
"""Of the beginning and of the end of a folder's name; of longer ones a digest is between."""


def folder_name(*parts: str) -> str:
    """Name a folder after what an experiment consists of.

    >>> folder_name("aggressive", "trusting", "hold.trust=0.5", "seed0")
    'aggressive-trusting-hold.trust=0.5-seed0'
    >>> folder_name("run", 'hold={"trust": 0.5}', "seed0")
    'run-hold=_trust_0.5-318481c7-seed0'
    """
    plain = [re.sub(r"[^\w.=+-]+", "_", part, flags=re.ASCII).strip("_.") for part in parts]
    text = "-".join(filter(None, plain))
    if len(text) <= MOST_CHARACTERS and plain == list(parts):
        return text
    # What is cut, or cannot be in a name, may be the only difference from another experiment.
    digest = hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
    first, last = "-".join(filter(None, plain[:-1])), plain[-1]
    return "-".join(filter(None, (first[:MOST_CHARACTERS], digest, last[:MOST_CHARACTERS])))


def results_name(results: Path) -> str:
    """Name a file of results as part of a folder's name: one of another folder, by its place too.

    >>> results_name(Path("costs.duckdb"))
    'costs'
    """
    if str(results) == f"{results.stem}.duckdb":
        return results.stem
    return f"{results.stem}.{hashlib.sha256(str(results.absolute()).encode()).hexdigest()[:6]}"


def out_folder(typed: str | None, parts: Iterable[str], names: Iterable[str]) -> Path:
    """Check the folder that was typed, or one below ``results`` named after an experiment."""
    return check_folder(RESULTS / folder_name(*parts) if typed is None else typed, names)


def settings(
    preset: str | None,
    assignments: Iterable[str] | None,
    periods: int | None,
    measures: Iterable[str],
) -> list[str]:
    """What was typed about a market and what is measured, as parts of a folder's name."""
    months = [] if periods is None else [f"{periods}months"]
    return [*([] if preset is None else [preset]), *(assignments or ()), *months, *measures]


def deliver(
    folder: Path,
    contents: Mapping[str, str],
    picture: str | None = None,
    draw: Callable[[], tuple[Figure, str]] | None = None,
    *,
    shown: str = "",
    warning: str = "",
    main: str | None = None,
) -> None:
    """Write what came out and show it, then draw it, and say where all of it is.

    Numbers are written and shown first: whether or not they can be drawn, they are there.

    Parameters
    ----------
    folder : Path
        Where to.
    contents : mapping of str to str
        By name of the file.
    picture, draw : str and callable, optional
        Name of the figure's file, and what draws it, see ``write_figure``.
    shown, warning : str
        What is printed, and what is said on the standard error stream after it.
    main : str, optional
        Name of the table that tells whether the same numbers were there already.
    """
    before = found(folder / main) if main else None
    paths = write_all(folder, contents)
    if shown:
        print(shown)
    if warning:
        print(warning, file=sys.stderr)
    if picture and draw:
        paths.insert(0, write_figure(folder / picture, draw))
    print(f"\n{place_of(folder, paths, before, contents[main].encode() if main else b'')}")


def place_of(folder: Path, written: Iterable[Path], before: bytes | None, now: bytes) -> str:
    """Say where results are, and whether the same were there already.

    Parameters
    ----------
    folder : Path
        Where they are.
    written : iterable of Path
        The files.
    before, now : bytes
        The main table as it was found, if it was there, and as it is.
    """
    files = ", ".join(path.name for path in written)
    place = f"{folder}: {files}" if files else str(folder)
    if before is None:
        return f"Written to {place}"
    if before == now:
        return "The same numbers were there already" + (
            f"; {folder} has {files}" if files else f": {folder}"
        )
    return f"The code has changed, and so have the numbers; written anew to {place}"


def found(file: Path) -> bytes | None:
    """What is in a file; None if there is none."""
    return file.read_bytes() if file.is_file() else None
