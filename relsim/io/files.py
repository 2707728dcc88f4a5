"""Files that are whole or not there.

Links are followed and stay; pipes, devices and open streams such as ``/dev/stdout`` get the content
and stay what they are.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import stat
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from relsim.io.errors import InputError, reason, shown
from relsim.io.records import check_not_another

STREAM = re.compile(r"/dev/(?P<name>stdout|stderr)|/(?:dev|proc/self)/fd/(?P<number>\d{1,9})")
"""Names of what this process has open."""


class Place(NamedTuple):
    """Where content goes: the file that a name leads to, or a stream that is written as it is."""

    path: Path
    stream: bool


def write_atomically(path: str | Path, content: str | bytes) -> Path:
    """Write a file so that nobody ever finds half of it.

    Parameters
    ----------
    path : str or Path
        Where to; missing folders are made.
    content : str or bytes
        All of it; text is written as UTF-8 with line feeds, on any system.

    Returns
    -------
    Path
        The file written.
    """
    target = Path(path)
    return write_all(target.parent, {target.name: content})[0]


def write_all(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """Write a set of files: all of them are whole, or all as before.

    Parameters
    ----------
    folder : Path
        Where to; made if need be.
    contents : mapping of str to str or bytes
        By name of the file; see ``write_atomically``.

    Returns
    -------
    list of Path
        The files written.

    Notes
    -----
    Each is written beside its place and renamed when all are: a program that is stopped leaves the
    old ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    places = {destination(folder / name): content for name, content in contents.items()}
    with replacing([place.path for place in places if not place.stream]) as asides:
        for place, content in places.items():
            if not place.stream:
                asides[place.path].write_bytes(_bytes(content))
    for place, content in places.items():
        if place.stream:
            _pour(place.path, _bytes(content))
    return [folder / name for name in contents]


def save_all(folder: str | Path, contents: Mapping[str, str], record: str) -> list[Path]:
    """Write a set of files to a folder that somebody named in Python, see ``write_all``.

    ``record`` is the one that says what the others are of: nothing else is replaced.

    Raises
    ------
    InputError
        If that is no folder that can be written to, or something else is kept there.
    """
    if not isinstance(folder, str | Path):
        raise InputError(f"folder = {shown(folder)}: allowed is the path of a folder")
    check_not_another(Path(folder), record, json.loads(contents[record]), where="folder =")
    try:
        return write_all(Path(folder), contents)
    except (OSError, ValueError) as error:
        raise InputError(
            f"folder = {shown(str(folder))}: {reason(error).lower()}; allowed is a folder that "
            "can be written to"
        ) from None


@contextlib.contextmanager
def replacing(paths: Iterable[Path]) -> Iterator[dict[Path, Path]]:
    """Give names beside files, whose content takes the place of these when all of it is there."""
    asides = {path: path.with_name(f".relsim-{uuid.uuid4().hex}") for path in paths}
    try:
        yield asides
        for path, aside in asides.items():
            if path.exists():
                shutil.copymode(path, aside)
            aside.replace(path)
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def destination(path: Path) -> Place:
    """Follow a name to where its content goes.

    Parameters
    ----------
    path : Path
        Whether or not something is there.

    Returns
    -------
    Place
        A regular file, there or not yet; or a pipe, a device of characters or an open stream.

    Raises
    ------
    OSError
        If a folder, a disk or a socket is there, or links lead in a circle.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    while not STREAM.fullmatch(str(path)) and path.is_symlink():
        path = path.parent / path.readlink()
    if STREAM.fullmatch(str(path)) or stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return Place(path, stream=True)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "is no file", str(path))
    return Place(path, stream=False)


def obstacle(path: Path) -> str:
    """Why a file cannot be written, as far as that does not lie in its folder.

    Parameters
    ----------
    path : Path
        Where it is to be.

    Returns
    -------
    str
        A few words; none if it can.
    """
    try:
        target, stream = destination(path)
        taken = stream or target.exists()
    except (OSError, ValueError) as error:
        return reason(error).lower()
    if taken and not os.access(target, os.W_OK):
        return "cannot be written to"
    if not stream and path.is_symlink() and not os.access(target.parent, os.W_OK):
        return f"leads to {target}, which cannot be written"
    return ""


def _pour(path: Path, data: bytes) -> None:
    """Write into what is open or waits."""
    named = STREAM.fullmatch(str(path))
    if named is None:
        path.write_bytes(data)
        return
    # Opened anew by its name, a stream that goes to a file would begin at the start of that.
    number = named["number"] or {"stdout": 1, "stderr": 2}[named["name"]]
    sys.stdout.flush()
    with os.fdopen(os.dup(int(number)), "wb") as stream:
        stream.write(data)
