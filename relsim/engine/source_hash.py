"""Hashes of relsim's sources: what machine code and stored results are valid for.

Not every file counts for everything: a file of results may go on after an edit of a figure, not
after one of a submodel.
"""

import functools
import hashlib
from fnmatch import fnmatchcase
from pathlib import Path

__all__ = [
    "COMPILED",
    "MODEL",
    "PACKAGE",
    "compiled_hash",
    "hash_of",
    "hash_of_files",
    "hash_of_rooms",
    "model_hash",
    "source_files",
    "source_hash",
]

PACKAGE = Path(__file__).resolve().parents[1]

MODEL = ("design/", "engine/", "model/", "parameters/", "sweep/chunks.py", "sweep/worker.py")
"""What the numbers of a run come from; a test compares it with what a sweep imports.

The other rooms show, store, hand out or analyse runs, or say what is wrong with an input.
"""

COMPILED = ("engine/", "model/", "parameters/")
"""What machine code comes from."""


@functools.cache
def source_hash() -> str:
    """Return a hash of the path and content of all source files of this package.

    Returns
    -------
    str
        64 hexadecimal digits (SHA-256), as the files were when this package was
        imported.  Equal hashes mean equal code, wherever it is installed.

    Examples
    --------
    >>> len(source_hash())
    64
    """
    return hash_of_files(source_files())


@functools.cache
def model_hash() -> str:
    """Return a hash of those source files that the numbers of a run can depend on.

    Returns
    -------
    str
        64 hexadecimal digits (SHA-256), as the files were when this package was
        imported.  Editing a figure, the classroom or a claim leaves it as it
        is; editing a submodel, a default or a measure does not.

    Examples
    --------
    >>> len(model_hash())
    64
    """
    return hash_of_rooms(MODEL)


@functools.cache
def compiled_hash() -> str:
    """Return a hash of those source files that machine code comes from, as they were imported."""
    return hash_of_rooms(COMPILED)


@functools.cache
def hash_of(*patterns: str) -> str:
    """Return a hash of some source files of this package.

    Parameters
    ----------
    *patterns : str
        Names of files within the package, ``*`` for anything.

    Returns
    -------
    str
        64 hexadecimal digits (SHA-256), as the files are now.

    Examples
    --------
    >>> hash_of("plots/*") == hash_of("plots/*"), hash_of("plots/*") == hash_of("app/*")
    (True, False)
    """
    files = source_files().items()
    return hash_of_files(
        {name: file for name, file in files if any(fnmatchcase(name, each) for each in patterns)}
    )


def hash_of_rooms(rooms: tuple[str, ...]) -> str:
    """Return a hash of the files of some rooms as they are now."""
    return hash_of_files(
        {name: file for name, file in source_files().items() if name.startswith(rooms)}
    )


def source_files() -> dict[str, Path]:
    """Return all source files of this package by their names in it."""
    return {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}


def hash_of_files(files: dict[str, Path]) -> str:
    """Return a hash of the names and contents of some files."""
    digest = hashlib.sha256()
    for name in sorted(files):
        # Git may check out other line ends on Windows; the code is the same.
        content = files[name].read_bytes().replace(b"\r\n", b"\n")
        # Lengths keep 'ab' + 'c' and 'a' + 'bc' apart.
        digest.update(f"{len(name)} {name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()


# Taken now, before the modules with the equations are imported: a file edited
# later in the life of this process must not pass for the code that was loaded.
source_hash()
model_hash()
compiled_hash()
