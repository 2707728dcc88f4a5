"""Compile the model's equations once, and never run an old one.

Every equation of relsim is an ordinary Python function.  A few decorators and
helpers decide how it runs:

`compiled`
    for the small functions: compiled when another compiled function calls them.
`compiled_apart`
    for a long stretch of them: not joined to its caller, its arrays known apart.
`entry_point`
    for the few functions that Python calls: compiled, and kept on disk, valid for
    the sources that it was made from (`relsim.engine.cache`).
`prepared`
    one of these for arguments of given types, without looking them up at each call.
`plain`
    the same function in pure Python, for tests, overrides and benchmarks.

Assumptions
-----------
* Entry points are functions at the top of a module inside this package, and
  not in one of those without effect on the numbers of a run.  One that is
  defined elsewhere is compiled afresh in every process, since the hash does not
  cover its file.
* A NamedTuple handed to an entry point is defined at the top of a module too:
  otherwise another process does not recognise its class, and compiles again.
"""

import functools
import types
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba.core.compiler import Compiler
from numba.core.dispatcher import Dispatcher

from relsim.engine.cache import SourceKeyedCache
from relsim.engine.parts import CAN_KEEP_PARTS, PartCompiler, WholeCompiler

__all__ = ["compiled", "compiled_apart", "entry_point", "plain", "prepared"]

Function = TypeVar("Function", bound=Callable[..., Any])


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
    return cast(Function, _part(function, Compiler, PartCompiler, forceinline=True))


def compiled_apart(function: Function) -> Function:
    """Compile a function of its own, no two arrays of which overlap.

    Parameters
    ----------
    function
        As for `compiled`.  No array that it is given may share memory with another.

    Returns
    -------
    Function
        A callable with the same signature.

    Notes
    -----
    Otherwise, after each number that is written to one array, whatever was read from the others
    is read again.  For a month of a market that is a twentieth of the time.  The order of
    operations, and so every bit, stays the same.

    Examples
    --------
    >>> import numpy as np
    >>> @compiled_apart
    ... def add_twice(sums, amounts):
    ...     sums[0] += amounts[0]
    ...     sums[1] += amounts[0]
    >>> total = np.zeros(2)
    >>> add_twice(total, np.array([1.5]))
    >>> total
    array([1.5, 1.5])
    """
    return cast(Function, _part(function, _Apart, _PartApart))


class _Apart(Compiler):  # type: ignore[misc]
    """Numba's compiler, told that arrays do not overlap: it has no option for that."""

    def define_pipelines(self) -> Any:
        """Set the flag before anything is compiled."""
        self.state.flags.noalias = True
        return super().define_pipelines()


class _PartApart(_Apart, PartCompiler):
    """The same for a function that becomes part of others."""


def _njit(function: Callable[..., Any], *, owns_memory: bool, **options: Any) -> Any:
    return numba.njit(nogil=True, error_model="numpy", fastmath=False, _nrt=owns_memory, **options)(
        function
    )


def _part(function: Callable[..., Any], alone: type, part: type, **options: Any) -> Any:
    """A function that Python may call and, compiled otherwise, compiled functions."""
    dispatcher = _njit(function, owns_memory=False, pipeline_class=alone, **options)
    # With NUMBA_DISABLE_JIT set, numba hands back the Python function itself.
    if _is_compiled(dispatcher) and CAN_KEEP_PARTS:
        inner = _njit(function, owns_memory=False, pipeline_class=part, **options)
        # These two are what numba asks for when compiled code calls the function.
        dispatcher.get_call_template = inner.get_call_template
        dispatcher.get_overload = inner.get_overload
    return dispatcher


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
    dispatcher: Any = _njit(function, owns_memory=True, pipeline_class=WholeCompiler)
    # With NUMBA_DISABLE_JIT set, numba hands back the Python function itself.
    if _is_compiled(dispatcher):
        dispatcher._cache = SourceKeyedCache(function)
    return cast(Function, dispatcher)


def prepared(function: Callable[..., Any], *arguments: Any) -> Callable[..., Any]:
    """Machine code of a function for arguments of the types of these, to be called many times.

    Parameters
    ----------
    function
        A function made by `entry_point`.
    *arguments
        Such as it will be called with; it is not called now.

    Returns
    -------
    callable
        To be called with arguments of exactly these types.

    Notes
    -----
    A call of the function itself looks up the type of each array of a market: 47 microseconds,
    where the call takes three.
    """
    if not _is_compiled(function):
        return function
    dispatcher: Any = function
    code = dispatcher.compile(tuple(dispatcher.typeof_pyval(one) for one in arguments))
    return cast(Callable[..., Any], code)


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
        (`from relsim.model.submodels.trust import moved`), belong to a module
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
