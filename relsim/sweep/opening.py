"""Opening a file of results: only one that is whole, of a sweep, and free."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from pathlib import Path
from typing import Any

import duckdb

from relsim.errors import InputError, shown

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

ALIAS = "results"
"""What an attached file is called in SQL."""

_open_here: set[Path] = set()
_opening = threading.Lock()


def the_path(given: Any) -> Path:
    """A path, of whatever type.

    Raises
    ------
    InputError
        If it is none.
    """
    if not isinstance(given, str | os.PathLike):
        raise InputError(f"path = {shown(given)}: allowed is the path of a file")
    return Path(given)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a file of results to read it.

    Parameters
    ----------
    path : Path
        Of the file.

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
    try:
        connection = duckdb.connect(str(path), read_only=True, config=dict(CONFIGURATION))
    except duckdb.Error as error:
        raise _explained(path, error) from None
    try:
        _check_content(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection


def engine(path: Path) -> duckdb.DuckDBPyConnection:
    """Start a database in memory, to which a file can be attached.

    Starting one takes longer than attaching a file, and a file that is made or written is attached
    two or three times.
    """
    settings: dict[str, Any] = {**CONFIGURATION, "temp_directory": f"{path}.tmp"}
    return duckdb.connect(config=settings)


def attach(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool = False) -> None:
    """Attach a file; its tables need no prefix from then on."""
    # From the root on: some beginnings of a name, as in ``md:``, mean another kind of database.
    place = str(path.absolute()).replace("'", "''")
    mode = " (READ_ONLY)" if read_only else ""
    connection.execute(f"ATTACH '{place}' AS {ALIAS}{mode}")
    connection.execute(f"USE {ALIAS}")


def detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Close the file that is attached: all of it is in it then."""
    connection.execute("USE memory")
    connection.execute(f"DETACH {ALIAS}")


def hold(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach a file of results to write it, and tell whoever asks in this process so.

    Raises
    ------
    InputError
        As ``connect`` does; the file is as it was then.
    """
    with _opening:
        _check_file(path)
        try:
            attach(connection, path, read_only=True)
            _check_content(path, connection)
            detach(connection)
            attach(connection, path)
        except duckdb.Error as error:
            raise _explained(path, error) from None
        _open_here.add(path.resolve())


def let_go(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Close what ``hold`` has opened."""
    try:
        with contextlib.suppress(duckdb.Error):
            detach(connection)
    finally:
        with contextlib.suppress(duckdb.Error):
            connection.close()
        _open_here.discard(path.resolve())


def _check_file(path: Path) -> None:
    if not path.exists():
        raise InputError(f"{path}: no such file; allowed is a file that relsim sweep has written")
    if not path.is_file():
        raise InputError(f"{path}: is no file; allowed is a file that relsim sweep has written")
    if path.resolve() in _open_here:
        raise InputError(f"{path}: a sweep of this process (PID {os.getpid()}) is writing it")
    with contextlib.suppress(OSError), path.open("rb") as stream:
        if stream.read(12)[8:] != b"DUCK":
            raise InputError(f"{path}: is not a file of results of relsim sweep; left as it is")


def _explained(path: Path, error: Exception) -> InputError:
    """One line for what DuckDB has against a file."""
    text = str(error)
    if "file handle conflict" in text or "different configuration" in text:
        return InputError(
            f"{path}: a connection of this process (PID {os.getpid()}) has it open; close that "
            "first"
        )
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
    foreign = InputError(f"{path}: is not a file of results of relsim sweep; left as it is")
    try:
        meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
        # Cheaper than a look at the catalogue, which DuckDB would have to fill first.
        connection.execute(f"SELECT 0 FROM {', '.join(TABLES)} LIMIT 0")  # noqa: S608 - our names
        blocks, size = connection.execute(
            # Free blocks at the end are given back: only those in use must be there.
            "SELECT used_blocks, block_size FROM pragma_database_size() "
            "WHERE database_name = current_database()"
        ).fetchall()[0]
    except (duckdb.CatalogException, duckdb.BinderException):
        raise foreign from None
    except duckdb.Error as error:
        raise _explained(path, error) from None
    if meta.get("kind") != KIND:
        raise foreign
    if meta.get("schema") != str(SCHEMA):
        raise InputError(
            f"{path}: has schema {meta.get('schema')}; allowed is {SCHEMA}, of this version of "
            "relsim"
        )
    if path.stat().st_size < blocks * size:
        raise InputError(f"{path}: is damaged: its end is missing; left as it is")
