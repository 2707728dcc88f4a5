"""Where machine code is kept on disk, and what it is valid for.

It is filed under a hash of *all* source files that the numbers of a run can depend on.  Numba's
own cache watches only the file of the function it keeps; the equations called from there may stand
in another file, and an edit of that file would silently run the old equation.
"""

import contextlib
import functools
import hashlib
import inspect
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import llvmlite
import llvmlite.binding
import numba
import numpy as np
from numba.core.caching import CompileResultCacheImpl, FunctionCache

from relsim.sources import PACKAGE, has_effect, hash_of_model, model_hash

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

COMPILING = "relsim: compiling the model for this machine (once, half a minute or so) ..."


def _folder_name() -> str:
    """Name everything that the machine code depends on, shortened to 16 digits."""
    ingredients = (
        model_hash(),
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


@functools.cache
def _cache_folder() -> Path | None:
    """Return a folder, made if need be, for this code on this machine, or None."""
    for base in (_user_folder(), _temporary_folder()):
        if base is None:
            continue
        folder = base / "compiled" / _folder_name()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            # Marks it as in use: pruning goes by age.
            os.utime(folder)
        except OSError:
            continue
        _prune(folder)
        return folder
    return None


def _user_folder() -> Path | None:
    chosen = os.environ.get("RELSIM_CACHE_DIR")
    if chosen:
        return Path(chosen).expanduser()
    try:
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
    if not hasattr(os, "getuid"):
        return Path(tempfile.gettempdir()) / "relsim"
    folder = Path(tempfile.gettempdir()) / f"relsim-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
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


class _Locator:
    """Tells numba where a function's machine code is kept, and what it is valid for."""

    def __init__(self, function: Callable[..., Any], file: str) -> None:
        self._py_file = file  # numba names it in a warning
        self._line = function.__code__.co_firstlineno
        self._module = ".".join(Path(file).resolve().relative_to(PACKAGE).with_suffix("").parts)

    @classmethod
    def from_function(cls, function: Callable[..., Any], file: str) -> "_Locator":
        """Make the one of a function in a file."""
        return cls(function, file)

    def ensure_cache_path(self) -> None:
        """Make the folder if it is not there."""
        Path(self.get_cache_path()).mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        """Return the folder."""
        return str(_cache_folder())

    def get_source_stamp(self) -> str:
        """Return what the machine code is valid for."""
        return model_hash()

    def get_disambiguator(self) -> str:
        """Return what tells the function from others in the folder."""
        return f"{self._module}-{self._line}"


class _Implementation(CompileResultCacheImpl):
    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        # Numba takes other locators from an environment variable, if it is set;
        # they would watch one file only.
        self._locator = _Locator(function, inspect.getfile(function))

    _locator_classes = (_Locator,)


class SourceKeyedCache(FunctionCache):
    """Numba's cache of one function, valid for one state of the model's sources.

    It is opened by the first call, not on import, and never stands in the way:
    what cannot be read is compiled, what cannot be written is not kept.  Numba
    calls it under its compiler lock only.
    """

    _impl_class = _Implementation
    _cache_path = None
    _is_open = False

    def __init__(self, function: Callable[..., Any]) -> None:
        self._py_func = function

    def _usable(self) -> bool:
        file = Path(inspect.getfile(self._py_func)).resolve()
        if not file.is_relative_to(PACKAGE) or _cache_folder() is None:
            return False
        if not has_effect(file.relative_to(PACKAGE).as_posix()):
            return False
        # A file was edited since this process imported it.  Which version of the
        # code is in memory is not known, so neither load nor keep anything.
        if hash_of_model() != model_hash():
            return False
        if not self._is_open:
            super().__init__(self._py_func)
            self._is_open = True
        return True

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        """Load the machine code for some types of arguments; None if there is none."""
        found = None
        if self._usable():
            try:
                found = super().load_overload(signature, target_context)
            except Exception:  # noqa: BLE001 - reading a damaged entry can raise anything
                # Forget the index, so that the new entry can be written.
                with contextlib.suppress(OSError):
                    self.flush()
        # Two processes that compile different signatures at once may have named
        # their files alike.
        if found is not None and tuple(found.signature.args) != tuple(signature):
            found = None
        if found is None:
            _announce()
        return found

    def save_overload(self, signature: Any, result: Any) -> None:
        """Keep the machine code for some types of arguments."""
        if self._usable():
            with contextlib.suppress(OSError):
                super().save_overload(signature, result)


@functools.cache
def _announce() -> None:
    """Say, once in a process, why nothing happens for a while."""
    sys.stderr.write(f"{COMPILING}\n")
    sys.stderr.flush()
