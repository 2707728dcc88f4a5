"""Where machine code is kept on disk, and what it is valid for.

It is filed under a hash of *all* source files that the numbers of a run can depend on.  Numba's
own cache watches only the file of the function it keeps; the equations called from there may stand
in another file, and an edit of that file would silently run the old equation.  Nor does it notice
that a file is damaged, and machine code that is damaged ends the process: here a file begins with a
hash of the rest of it.
"""

import contextlib
import functools
import hashlib
import os
import pickle
import re
import shutil
import stat
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding
import numba
import numpy as np
from numba.core.caching import NullCache
from numba.core.compiler import CompileResult
from numba.core.runtime import rtsys
from numba.core.serialize import dumps

from relsim.engine.source_hash import COMPILED, PACKAGE, compiled_hash, hash_of_rooms

__all__ = ["SourceKeyedCache"]

# Cache folders that are kept: enough to go back and forth between a few
# versions of the code or of Python without compiling anew.
FOLDERS_KEPT = 6

# Settings that change the machine code without changing a source file.
COMPILER_SETTINGS = (
    "NUMBA_BOUNDSCHECK",
    "NUMBA_CPU_FEATURES",
    "NUMBA_CPU_NAME",
    "NUMBA_DEBUGINFO",
    "NUMBA_LOOP_VECTORIZE",
    "NUMBA_OPT",
    "NUMBA_SLP_VECTORIZE",
)

DIGEST_BYTES = 32

COMPILING = "relsim: compiling the model for this machine (once, half a minute or so) ..."


@functools.cache
def _folder_name() -> str:
    """Name everything that the machine code depends on, shortened to 16 digits."""
    ingredients = (
        compiled_hash(),
        sys.version,
        np.__version__,
        numba.__version__,
        llvmlite.__version__,
        # A home directory may be shared by the different nodes of a cluster.
        llvmlite.binding.get_host_cpu_name(),
        llvmlite.binding.get_host_cpu_features().flatten(),
        *(f"{name}={os.environ.get(name)}" for name in COMPILER_SETTINGS),
    )
    return hashlib.sha256("\n".join(ingredients).encode()).hexdigest()[:16]


def _folders() -> Iterator[Path]:
    """Where the machine code of this code for this machine may be, the best place first.

    Nothing is made or tried here: a folder that cannot be written to may well be full.
    """
    for base in (_user_folder(), _temporary_folder()):
        if base is not None:
            yield base / "compiled" / _folder_name()


def _user_folder() -> Path | None:
    try:
        if chosen := os.environ.get("RELSIM_CACHE_DIR"):
            return Path(chosen).expanduser()
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        # No home directory is known, as in some containers.
        return None
    return base / "relsim"


def _temporary_folder() -> Path | None:
    try:
        base = Path(tempfile.gettempdir())
        if not hasattr(os, "getuid"):
            return base / "relsim"
        folder = base / f"relsim-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        # There is none that can be used, or ours cannot be made.
        return None
    # What is loaded from here is executed, and anybody may write to the
    # temporary directory: take it only if nobody else can have made its content.
    is_private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o022
    return folder if is_private and found.st_uid == os.getuid() else None


def _prune(current: Path) -> None:
    """Remove all but the newest folders, of those that this module has made."""
    with contextlib.suppress(OSError):
        others = [
            folder
            for folder in current.parent.iterdir()
            if re.fullmatch("[0-9a-f]{16}", folder.name) and folder != current
        ]
        others.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in others[FOLDERS_KEPT - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)


# --- files --------------------------------------------------------------------


def _read(name: str) -> bytes | None:
    """Return the content of a file as it was written, from the first folder that has it."""
    for folder in _folders():
        with contextlib.suppress(OSError):
            kept = (folder / name).read_bytes()
            digest, content = kept[:DIGEST_BYTES], kept[DIGEST_BYTES:]
            if hashlib.sha256(content).digest() == digest:
                with contextlib.suppress(OSError):
                    # Marks it as in use: pruning goes by age.
                    os.utime(folder)
                return content
    return None


def _write(name: str, content: bytes) -> None:
    """Write a file to the first folder that takes it, if one does."""
    for folder in _folders():
        # Others may write the same file at the same time: each a whole one, under its own name.
        aside = folder / f"{name}.{uuid.uuid4().hex}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(hashlib.sha256(content).digest() + content)
            aside.replace(folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                aside.unlink()
            continue
        _prune(folder)
        return


# --- what numba calls -----------------------------------------------------------


class SourceKeyedCache(NullCache):
    """Machine code of one function, valid for one state of the model's sources.

    It never stands in the way: what cannot be read is compiled, what cannot be
    written is not kept.  Numba calls it under its compiler lock only.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._code = function.__code__
        self._source = Path(self._code.co_filename).resolve()

    def _is_usable(self) -> bool:
        if not self._source.is_relative_to(PACKAGE):
            return False
        if not self._source.relative_to(PACKAGE).as_posix().startswith(COMPILED):
            return False
        # A file was edited since this process imported it.  Which version of the
        # code is in memory is not known, so neither load nor keep anything.
        return hash_of_rooms(COMPILED) == compiled_hash()

    def _file(self, signature: Any) -> str:
        """Name the file of some types of arguments."""
        module = ".".join(self._source.relative_to(PACKAGE).with_suffix("").parts)
        types = hashlib.sha256(str(signature).encode()).hexdigest()[:16]
        return f"{module}-{self._code.co_name}-{self._code.co_firstlineno}-{types}.machine"

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        """Load the machine code for some types of arguments; None if there is none."""
        found = None
        if self._is_usable():
            # What machine code calls at run time. All that numba can compile, scipy with it, would
            # take another half second to import.
            rtsys.initialize(target_context)
            content = _read(self._file(signature))
            # Reading what another numba has written can raise anything.
            with contextlib.suppress(Exception):
                if content is not None:
                    found = CompileResult._rebuild(target_context, *pickle.loads(content))
        # Types that differ may have one name.
        if found is not None and tuple(found.signature.args) != tuple(signature):
            found = None
        if found is None:
            _announce()
        return found

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep the machine code for some types of arguments."""
        # Numba's own cache leaves these out too: they hold addresses of this process.
        if self._is_usable() and not (result.lifted or result.library.has_dynamic_globals):
            _write(self._file(signature), dumps(result._reduce()))


@functools.cache
def _announce() -> None:
    """Say, once in a process, why nothing happens for a while."""
    # There may be no such stream, or one that takes nothing.
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{COMPILING}\n")
            sys.stderr.flush()
