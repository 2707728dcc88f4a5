"""Paths of files of results: those that DuckDB can take, and what lies beside them.

DuckDB writes to a log of the same name first, and reads whatever log it finds there. What relsim
makes aside has a name of its own each time, so that two that make one file never meet; what a
process that was killed has left is removed by whoever makes or writes that file next.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from relsim.io.errors import InputError, shown

if sys.platform != "win32":
    import fcntl

_LOG_ENDINGS = (".wal", ".wal.checkpoint", ".wal.recovery")


def the_path(given: Any) -> Path:
    """A path, of whatever type.

    Raises
    ------
    InputError
        If it is none, or one that DuckDB cannot open.
    """
    if not isinstance(given, str | os.PathLike) or not isinstance(os.fspath(given), str):
        raise InputError(f"path = {shown(given)}: allowed is the path of a file")
    path = Path(given)
    whole = str(path.absolute())
    if "\0" in whole or not _is_text(whole):
        raise InputError(f"path = {shown(str(path))}: allowed are names that are text in UTF-8")
    if os.sep == "/" and "\\" in whole:
        raise InputError(
            f"{path}: DuckDB takes a backslash for the end of a folder's name; allowed is a path "
            "without"
        )
    try:
        path.exists()
    except OSError as error:
        raise InputError(f"path = {shown(str(path))}: {error.strerror}") from None
    return path


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def quoted(path: Path) -> str:
    """A path as SQL has it: from the root on, since some beginnings mean more than a name."""
    place = str(path.absolute()).replace("'", "''")
    return f"'{place}'"


def check_folder_name(path: Path) -> None:
    """See that DuckDB can write a log beside a file.

    Raises
    ------
    InputError
        If it would look for that in another folder.
    """
    if "?" in str(path.absolute().parent):
        raise InputError(
            f"{path}: DuckDB cannot write in a folder with a question mark in its name; allowed "
            "is a folder without"
        )


def logs(path: Path) -> list[Path]:
    """DuckDB's logs of a file, those that are there.

    A question mark in a name splits it: the log of ``a?b`` is ``a.wal?b``.
    """
    found = []
    # Of a link the log is here or there, as DuckDB's version has it.
    for place in dict.fromkeys((path.absolute(), _real(path))):
        stem, mark, rest = place.name.partition("?")
        for ending in _LOG_ENDINGS:
            log = place.with_name(f"{stem}{ending}{mark}{rest}")
            found += [log] if os.path.exists(log) else []  # noqa: PTH110 - never raises
    return found


def check_no_log(path: Path) -> None:
    """See that a new file will not be taken for the one that a log was written for.

    Raises
    ------
    InputError
        Naming the log.
    """
    found = logs(path)
    # Where there is a file, somebody else has made it meanwhile, and the log is its own.
    if found and not path.exists():
        log = found[0]
        raise InputError(
            f"{path}: cannot be made, since {log} is left of another file of this name, which is "
            "gone; allowed is to move or delete that log first, or another name"
        )


def aside(path: Path) -> Path:
    """A new name beside a file, for what is to become it."""
    return _beside(path, secrets.token_hex(4))


@contextlib.contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Be the only one, of all threads and processes, that makes a file or clears up beside it.

    Yields
    ------
    bool
        Whether that is certain; not every system can tell.

    Raises
    ------
    InputError
        If somebody else is at it.
    """
    if sys.platform == "win32":
        # Files in use cannot be removed there, which is what this is for.
        yield True
        return
    lock = _beside(path, "lock")
    with contextlib.ExitStack() as opened:
        certain = True
        while True:
            stream = opened.enter_context(lock.open("a"))
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InputError(
                    f"{path}: another thread or process is making it; wait for it or stop it"
                ) from None
            except OSError:
                certain = False
            # Whoever had it before may have removed it since: then it keeps nobody out.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(stream.fileno()), lock.stat()):
                    break
        try:
            yield certain
        finally:
            lock.unlink(missing_ok=True)


def clear(path: Path, spared: Path | None = None) -> None:
    """Remove what killed processes have left beside a file; to be called ``alone``.

    Parameters
    ----------
    path : Path
        Of the file.
    spared : Path, optional
        Something of one's own.
    """
    first, lock = _beside(path, ""), _beside(path, "lock")
    for entry in list(first.parent.iterdir()):
        if not entry.name.startswith(first.name) or entry in (lock, spared):
            continue
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                entry.unlink()


def _beside(path: Path, what: str) -> Path:
    real = _real(path)
    return real.with_name(f".{real.name}.relsim-{what}")


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
