"""Files of results: made whole or not at all, opened if they are whole, of a sweep, and free."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from relsim.io.errors import InputError, reason
from relsim.sweep.paths import alone, aside, check_folder_name, check_no_log, clear, logs, quoted
from relsim.sweep.schema import KIND, SCHEMA, TABLES

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

_open_here: dict[Path, os.stat_result] = {}
_opening = threading.Lock()


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
        # From the root on: some beginnings of a name, as in ``md:``, mean another kind of database.
        connection = duckdb.connect(
            str(path.absolute()), read_only=True, config=dict(CONFIGURATION)
        )
    except duckdb.Error as error:
        raise explained(path, error) from None
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
    settings: dict[str, Any] = {**CONFIGURATION, "temp_directory": str(aside(path))}
    return duckdb.connect(config=settings)


def attach(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool = False) -> None:
    """Attach a file; its tables need no prefix from then on."""
    mode = " (READ_ONLY)" if read_only else ""
    connection.execute(f"ATTACH {quoted(path)} AS {ALIAS}{mode}")
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
        check_folder_name(path)
        with reading(path):
            attach(connection, path, read_only=True)
            _check_content(path, connection)
            detach(connection)
            attach(connection, path)
            spilled = connection.execute("SELECT current_setting('temp_directory')").fetchall()
        _open_here[path.resolve()] = path.stat()
    with contextlib.suppress(InputError, OSError), alone(path) as certain:
        if certain:
            clear(path, spared=Path(spilled[0][0]))


def let_go(connection: duckdb.DuckDBPyConnection, path: Path, *, as_it_is: bool = False) -> None:
    """Close what ``hold`` has opened; if so asked, with what is in its log left there."""
    # The log of this name may be that of another file now.
    replaced = not is_held(path) and path.exists()
    try:
        with contextlib.suppress(duckdb.Error):
            if as_it_is or replaced:
                connection.execute("PRAGMA disable_checkpoint_on_shutdown")
            detach(connection)
    finally:
        with contextlib.suppress(duckdb.Error):
            connection.close()
        _open_here.pop(path.resolve(), None)


def is_held(path: Path) -> bool:
    """Whether the file of this name is the one that ``hold`` has opened, and not a later one."""
    try:
        return os.path.samestat(_open_here[path.resolve()], path.stat())
    except (KeyError, FileNotFoundError):
        return False


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in one line what DuckDB has against a file, whatever is read from it.

    Raises
    ------
    InputError
        Saying what is wrong, and what to do.
    """
    try:
        yield
    except duckdb.Error as error:
        raise explained(path, error) from None


def is_damage(error: Exception) -> bool:
    """Whether an error of DuckDB is about the content of a file, not about what was asked of it."""
    fatal = isinstance(error, duckdb.FatalException | duckdb.InternalException)
    return fatal or re.search("orrupt|checksum|not read enough", str(error)) is not None


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


def explained(path: Path, error: Exception) -> InputError:
    """One line for what DuckDB has against a file."""
    # A name may have any of the words in it that are looked for.
    text = words = str(error)
    for name in (str(path.absolute()), os.path.realpath(path)):
        words = words.replace(name, "")
    if "file handle conflict" in words or "different configuration" in words:
        return InputError(
            f"{path}: a connection of this process (PID {os.getpid()}) has it open; close that "
            "first"
        )
    if re.search(r"\block\b|used by another process", words):
        holder = re.search(r"held in (.*?) \(PID (\d+)\)", words)
        who = f"process {holder[2]} ({holder[1]})" if holder else "another process"
        return InputError(
            f"{path}: {who} has it open; while a sweep writes, nobody else can read or write: "
            "wait for it or stop it"
        )
    if "ermission denied" in words or "ead-only file system" in words:
        return InputError(f"{path}: cannot be written; allowed is a file that can")
    first = text.splitlines()[0][:200]
    if "version number" in words:
        return InputError(f"{path}: cannot be read by DuckDB {duckdb.__version__} ({first})")
    if "WAL" in words and (found := logs(path)):
        names = " and ".join(str(log) for log in found)
        return InputError(
            f"{path}: its log is damaged; both are left as they are. Move {names} away, then all "
            "but the latest runs can be read, and the same relsim sweep makes those anew"
        )
    return InputError(f"{path}: is damaged or no file of results; left as it is ({first})")


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
        raise explained(path, error) from None
    if meta.get("kind") != KIND:
        raise foreign
    if meta.get("schema") != str(SCHEMA):
        raise InputError(
            f"{path}: has schema {meta.get('schema')}; allowed is {SCHEMA}, of this version of "
            "relsim"
        )
    if path.stat().st_size < blocks * size:
        raise InputError(f"{path}: is damaged: its end is missing; left as it is")


# --- a new file ----------------------------------------------------------------------------------


def make_folder(path: Path) -> None:
    """Make the folder that a new file is to be in, if need be.

    Raises
    ------
    InputError
        If nothing can be written there, or something is there that DuckDB would take for a part of
        the new file.
    """
    check_folder_name(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        no_folder = NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        raise _unwritable(path, no_folder) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    if not os.access(path.parent, os.W_OK):
        raise _unwritable(path, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    check_no_log(path)


def _unwritable(path: Path, error: Exception) -> InputError:
    return InputError(f"{path}: cannot be written ({reason(error)}); allowed is a place that can")


@contextlib.contextmanager
def making(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Make a file aside, attached meanwhile, and give it its name at the end.

    It is never found half, and never takes the place of one that is there.

    Raises
    ------
    FileExistsError
        If one is there at the end.
    InputError
        If it cannot be written there.
    """
    # A link to a file that is not there yet stays one.
    target = Path(os.path.realpath(path))
    make_folder(target)
    new = aside(target)
    try:
        with alone(target) as certain:
            if certain:
                clear(target)
            if target.exists():
                raise FileExistsError(target)
            attach(connection, new)
            try:
                yield
            except BaseException:
                for tidy in (connection.rollback, lambda: detach(connection)):
                    with contextlib.suppress(duckdb.Error):
                        tidy()
                raise
            detach(connection)
            check_no_log(target)
            _name(new, target)
    except FileExistsError:
        raise
    except (OSError, duckdb.Error) as error:
        raise _unwritable(path, error) from None
    finally:
        for left in (new, new.with_name(f"{new.name}.wal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _name(new: Path, target: Path) -> None:
    """Give a file its name, which never takes the place of one that is there."""
    try:
        os.link(new, target)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no links.
        target.open("xb").close()
        new.replace(target)
