"""Opening a file of results: only one that is whole, of a sweep, and free."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from pathlib import Path

import duckdb

from relsim.errors import InputError

KIND, SCHEMA = "relsim sweep", 2
TABLES = ("points", "runs", "buyers", "series", "failures")
CONFIGURATION = {
    # No other format is to be guessed, and nothing is to be fetched for it.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Simulations need the processors and the memory.
    "threads": "1",
    "memory_limit": "200MB",
}

_open_here: set[Path] = set()
_opening = threading.Lock()


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open a file of results that is there.

    Parameters
    ----------
    path : Path
        Of the file.
    read_only : bool
        Whether nothing is to be written.

    Returns
    -------
    duckdb.DuckDBPyConnection
        To a file that is whole and of a sweep.

    Raises
    ------
    InputError
        If it is not there, of another kind, damaged, or in use by somebody else.
    """
    _check_file(path)
    connection = _connected(path, read_only=True)
    try:
        _check_content(path, connection)
        if read_only:
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return _connected(path, read_only=False)


def _check_file(path: Path) -> None:
    if not path.exists():
        raise InputError(f"{path}: no such file; allowed is a file that relsim sweep has written")
    if not path.is_file():
        raise InputError(f"{path}: is no file; allowed is a file that relsim sweep has written")
    with contextlib.suppress(OSError), path.open("rb") as stream:
        if stream.read(12)[8:] != b"DUCK":
            raise InputError(f"{path}: is not a file of results of relsim sweep; left as it is")


def _connected(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    if path.resolve() in _open_here:
        raise InputError(f"{path}: a sweep of this process (PID {os.getpid()}) is writing it")
    try:
        return duckdb.connect(str(path), read_only=read_only, config=dict(CONFIGURATION))
    except duckdb.Error as error:
        raise _explained(path, error) from None


def _explained(path: Path, error: Exception) -> InputError:
    """One line for what DuckDB has against a file."""
    text = str(error)
    if "lock" in text.lower():
        holder = re.search(r"held in (.*?) \(PID (\d+)\)", text)
        who = f"process {holder[2]} ({holder[1]})" if holder else "another process"
        return InputError(
            f"{path}: {who} has it open; while a sweep writes, nobody else can read or write: "
            "wait for it or stop it"
        )
    if "ermission denied" in text or "ead-only file system" in text:
        return InputError(f"{path}: cannot be written; allowed is a file that can")
    first = text.splitlines()[0]
    return InputError(f"{path}: is damaged or no file of results; left as it is ({first[:200]})")


def _check_content(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    try:
        there = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
        meta = dict(connection.execute("SELECT * FROM meta").fetchall()) if "meta" in there else {}
        blocks, size = connection.execute(
            "SELECT total_blocks, block_size FROM pragma_database_size()"
        ).fetchall()[0]
    except duckdb.Error as error:
        raise _explained(path, error) from None
    if meta.get("kind") != KIND or not there.issuperset(TABLES):
        raise InputError(f"{path}: is not a file of results of relsim sweep; left as it is")
    if meta["schema"] != str(SCHEMA):
        raise InputError(
            f"{path}: has schema {meta['schema']}; allowed is {SCHEMA}, of this version of relsim"
        )
    if path.stat().st_size < blocks * size:
        raise InputError(f"{path}: is damaged: its end is missing; left as it is")


def hold(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file of results to write it, and tell whoever asks in this process so."""
    with _opening:
        connection = connect(path, read_only=False)
        _open_here.add(path.resolve())
    return connection


def let_go(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Close what ``hold`` has opened."""
    try:
        with contextlib.suppress(duckdb.Error):
            connection.close()
    finally:
        _open_here.discard(path.resolve())
