"""Hashes of relsim's sources: what machine code and stored results are valid for.

Not every file counts for everything: a file of results may go on after an edit of a figure, not
after one of a submodel.
"""

import functools
import hashlib
from fnmatch import fnmatchcase
from pathlib import Path

__all__ = [
    "PACKAGE",
    "has_effect",
    "hash_of",
    "hash_of_files",
    "hash_of_model",
    "model_hash",
    "source_files",
    "source_hash",
]

PACKAGE = Path(__file__).resolve().parent

# Files that no number of a run depends on: they show, store, hand out or analyse
# runs.  Whatever is not named here counts as part of the model, so that a file
# that is forgotten makes too much anew, never too little.  A test compares this
# with what the run of a sweep imports.
WITHOUT_EFFECT = (
    "__init__.py",
    "__main__.py",
    "analysis_commands.py",
    "app/*",
    "appearance.py",
    "arguments.py",
    "claims/*",
    "cli.py",
    "comparison/__init__.py",
    "comparison/result.py",
    "comparison/running.py",
    "comparison/statistics.py",
    "console.py",
    "curves.py",
    "files.py",
    "indices.py",
    "odd.py",
    "outcomes.py",
    "plots/*",
    "replication.py",
    "reporting.py",
    "samples.py",
    "studies/*",
    "sweep/__init__.py",
    "sweep/beside.py",
    "sweep/chunks.py",
    "sweep/commands.py",
    "sweep/extending.py",
    "sweep/integrity.py",
    "sweep/joining.py",
    "sweep/layout.py",
    "sweep/opening.py",
    "sweep/progress.py",
    "sweep/results.py",
    "sweep/runner.py",
    "sweep/store.py",
    "sweep/underway.py",
    "sweep/workers.py",
    "versions.py",
)


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
    return hash_of_model()


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


def hash_of_model() -> str:
    """Return what `model_hash` would be of the files as they are now."""
    return hash_of_files({name: file for name, file in source_files().items() if has_effect(name)})


def has_effect(name: str) -> bool:
    """Whether the numbers of a run can depend on a file of this package, by its name in it."""
    return not any(fnmatchcase(name, pattern) for pattern in WITHOUT_EFFECT)


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
