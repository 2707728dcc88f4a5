"""Compile the model's equations once, and never run an old one.

Every equation of relsim is an ordinary Python function.  Three decorators and
helpers decide how it runs:

`compiled`
    for the small functions: compiled when another compiled function calls them.
`entry_point`
    for the few functions that Python calls: compiled, and kept on disk.
`plain`
    the same function in pure Python, for tests, overrides and benchmarks.

The machine code on disk is filed under a hash of *all* source files that the
numbers of a run can depend on.  Numba's own cache watches only the file of the
function it keeps; the equations called from there may stand in another file,
and an edit of that file would silently run the old equation.

Assumptions
-----------
* Entry points are functions at the top of a module inside this package, and
  not in one of those WITHOUT_EFFECT on the numbers of a run.  One that is
  defined elsewhere is compiled afresh in every process, since the hash does not
  cover its file.
* A NamedTuple handed to an entry point is defined at the top of a module too:
  otherwise another process does not recognise its class, and compiles again.
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
import types
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeVar, cast

import llvmlite
import llvmlite.binding
import numba
import numpy as np
from numba.core.caching import CompileResultCacheImpl, FunctionCache
from numba.core.dispatcher import Dispatcher

__all__ = ["compiled", "entry_point", "hash_of", "model_hash", "plain", "source_hash"]

Function = TypeVar("Function", bound=Callable[..., Any])

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
    "files.py",
    "indices.py",
    "odd.py",
    "plots/*",
    "reporting.py",
    "studies/*",
    "summaries.py",
    "sweep/__init__.py",
    "sweep/chunks.py",
    "sweep/commands.py",
    "sweep/extending.py",
    "sweep/joining.py",
    "sweep/layout.py",
    "sweep/opening.py",
    "sweep/progress.py",
    "sweep/results.py",
    "sweep/runner.py",
    "sweep/store.py",
    "sweep/workers.py",
    "versions.py",
)

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

COMPILING = "relsim: compiling the model for this machine (once, about 20 seconds) ..."


# --- decorators ---------------------------------------------------------------


def compiled(function: Function) -> Function:
    """Compile a small function; it becomes part of whatever compiled code calls it.

    Parameters
    ----------
    function
        A function in the subset of Python that numba compiles.

    Returns
    -------
    Function
        A callable with the same signature.  Its Python original is `plain(function)`.

    Notes
    -----
    It holds no lock while it runs (`nogil`), so sweeps can use threads.  Division
    by zero gives inf or nan, as in numpy; without that, each division would
    carry a branch that raises.  Floating-point operations keep their written
    order (no `fastmath`): otherwise the plain twin would differ in the last bits.

    It makes no arrays and keeps none: it borrows those of its caller (no `_nrt`,
    numba's counting of references; making an array is a compile-time error).
    Counting those of a whole market at every call took two thirds of a run.

    It becomes part of its caller rather than being called (`forceinline`): handing
    over a whole market, array by array, took another sixth.

    Nothing is kept on disk: called from Python, it compiles in every process.
    Use `entry_point` for that.

    Examples
    --------
    >>> @compiled
    ... def halved(amount):
    ...     return amount / 2.0
    >>> halved(3.0)
    1.5
    """
    return cast(Function, _njit(function, owns_memory=False))


def _njit(function: Callable[..., Any], *, owns_memory: bool) -> Any:
    return numba.njit(
        nogil=True,
        error_model="numpy",
        fastmath=False,
        forceinline=not owns_memory,
        _nrt=owns_memory,
    )(function)


def entry_point(function: Function) -> Function:
    """Compile a function that Python calls, and keep the machine code on disk.

    Parameters
    ----------
    function
        A function at the top of a module of this package.

    Returns
    -------
    Function
        A callable with the same signature.  The first call in a process loads
        the machine code, or compiles and stores it, saying so once on stderr.

    Notes
    -----
    Threads may make the first call together: numba compiles under a lock of
    its own, and the others wait.  Processes may as well: each writes a whole
    file and then renames it.
    """
    dispatcher: Any = _njit(function, owns_memory=True)
    # With NUMBA_DISABLE_JIT set, numba hands back the Python function itself.
    if _is_compiled(dispatcher):
        dispatcher._cache = _SourceKeyedCache(function)
    return cast(Function, dispatcher)


def _is_compiled(value: object) -> bool:
    return isinstance(value, Dispatcher)


# --- the pure-Python twin -----------------------------------------------------


def plain(function: Function) -> Function:
    """Return the pure-Python twin of a compiled function.

    Parameters
    ----------
    function
        A function made by `compiled` or `entry_point`.  Any other function is
        returned as it is.

    Returns
    -------
    Function
        The Python original, in which every compiled function that it names is
        replaced by its own twin, all the way down.  Names may be imported
        (`from relsim.submodels.trust import moved`), belong to a module
        (`trust.moved`), stand in a tuple or come from an enclosing function.

    Notes
    -----
    Twin and compiled function agree to the last bit as long as the code keeps to
    `+ - * /`, `math.exp`, `math.log`, `math.sqrt`, `math.tanh`, `%`, `min`,
    `max` and the methods of numpy's Generator.  They differ where Python raises
    and compiled code does not: division of Python floats by zero,
    `math.exp(1000.0)`, `math.log(0.0)`; and in arithmetic with fields narrower
    than 64 bits, where numpy stays narrow and compiled code does not.

    The twin is made once and names are looked up at that moment: replacing a
    module's function afterwards does not reach it.

    Examples
    --------
    >>> @compiled
    ... def squared(x):
    ...     return x * x
    >>> plain(squared)(1.5) == squared(1.5)
    True
    >>> type(plain(squared)).__name__
    'function'
    """
    if not _is_compiled(function):
        return function
    if function not in _twins:
        _twins[function] = _twin(function)
    return cast(Function, _twins[function])


_twins: dict[Any, Callable[..., Any]] = {}


def _twin(dispatcher: Any) -> Callable[..., Any]:
    original: types.FunctionType = dispatcher.py_func
    cells = tuple(types.CellType() for _ in original.__closure__ or ())
    own_globals = dict(original.__globals__)
    twin = types.FunctionType(
        original.__code__, own_globals, original.__name__, original.__defaults__, cells
    )
    functools.update_wrapper(twin, original)
    # update_wrapper points to the compiled world's original; this is one of its own.
    del twin.__wrapped__  # type: ignore[attr-defined]
    twin.__kwdefaults__ = original.__kwdefaults__
    # Known before its names are replaced, so that functions may call each other
    # in a circle.
    _twins[dispatcher] = twin
    for name in _names(original.__code__) & own_globals.keys():
        own_globals[name] = _without_compilation(own_globals[name])
    for cell, outer in zip(cells, original.__closure__ or (), strict=True):
        cell.cell_contents = _without_compilation(outer.cell_contents)
    return twin


def _names(code: types.CodeType) -> set[str]:
    """Names that a function and the functions inside it look up."""
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return set(code.co_names).union(*map(_names, inner))


def _without_compilation(value: Any) -> Any:
    if _is_compiled(value):
        return plain(value)
    if type(value) is tuple:
        return tuple(_without_compilation(item) for item in value)
    if isinstance(value, types.ModuleType) and any(map(_is_compiled, vars(value).values())):
        return _PlainModule(value)
    return value


class _PlainModule:
    """A module seen through `plain`."""

    def __init__(self, module: types.ModuleType) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return _without_compilation(getattr(self._module, name))


# --- what the code is -----------------------------------------------------------


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
    return _hash_of_files(_files())


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
    return _hash_of_model()


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
    chosen = (name for name in _files() if any(fnmatchcase(name, each) for each in patterns))
    return _hash_of_files({name: _files()[name] for name in chosen})


def _hash_of_model() -> str:
    return _hash_of_files({name: file for name, file in _files().items() if _has_effect(name)})


def _has_effect(name: str) -> bool:
    return not any(fnmatchcase(name, pattern) for pattern in WITHOUT_EFFECT)


def _files() -> dict[str, Path]:
    return {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}


def _hash_of_files(files: dict[str, Path]) -> str:
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


# --- where the machine code is kept ----------------------------------------------


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
        return cls(function, file)

    def ensure_cache_path(self) -> None:
        Path(self.get_cache_path()).mkdir(parents=True, exist_ok=True)

    def get_cache_path(self) -> str:
        return str(_cache_folder())

    def get_source_stamp(self) -> str:
        return model_hash()

    def get_disambiguator(self) -> str:
        return f"{self._module}-{self._line}"


class _Implementation(CompileResultCacheImpl):
    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        # Numba takes other locators from an environment variable, if it is set;
        # they would watch one file only.
        self._locator = _Locator(function, inspect.getfile(function))

    _locator_classes = (_Locator,)


class _SourceKeyedCache(FunctionCache):
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
        if not _has_effect(file.relative_to(PACKAGE).as_posix()):
            return False
        # A file was edited since this process imported it.  Which version of the
        # code is in memory is not known, so neither load nor keep anything.
        if _hash_of_model() != model_hash():
            return False
        if not self._is_open:
            super().__init__(self._py_func)
            self._is_open = True
        return True

    def load_overload(self, signature: Any, target_context: Any) -> Any:
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
        if self._usable():
            with contextlib.suppress(OSError):
                super().save_overload(signature, result)


@functools.cache
def _announce() -> None:
    """Say, once in a process, why nothing happens for a while."""
    sys.stderr.write(f"{COMPILING}\n")
    sys.stderr.flush()
