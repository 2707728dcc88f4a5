"""What custom code consists of, so that a sweep does not go on with other code in the old file.

Looked at is what Python holds and would run, not a file: so it is found in scripts, modules,
notebooks and at a prompt alike. From a class or a task on, it is followed through bases, methods
and attributes, and through the functions, classes and values that these use by name, as far as
they are the user's own. Of libraries, relsim among them, names count. Nobody can see what code
reads from a file, or finds by a name that it makes up while it runs.
"""

from __future__ import annotations

import dis
import functools
import hashlib
import importlib
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any

UNSEEN = "?"
"""Ends the digest of a part of which something cannot be looked into."""

_PLAIN = (type(None), bool, float, complex, str, type(Ellipsis))
_LOADS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
_OF_PYTHON = frozenset(
    [
        "__abstractmethods__",
        "__annotate__",
        "__annotate_func__",
        "__annotations__",
        "__annotations_cache__",
        "__classdictcell__",
        "__dict__",
        "__doc__",
        "__firstlineno__",
        "__module__",
        "__parameters__",
        "__qualname__",
        "__static_attributes__",
        "__weakref__",
        "_abc_impl",
        "_datasets",
    ]
)
"""Attributes of classes that Python or Mesa makes, or that change nothing."""


def parts_of(thing: Any) -> dict[str, str]:
    """Find what a class, function or object of the user's consists of.

    Parameters
    ----------
    thing : Any
        A custom class or task.

    Returns
    -------
    dict
        A digest of every part by its name; nothing if it belongs to relsim itself. Digests are
        those of one version of Python, which is a part too.

    Examples
    --------
    >>> from relsim.model.agents import Buyer
    >>> Mine = type("Mine", (Buyer,), {"__module__": "mine", "rate": 0.5})
    >>> sorted(parts_of(Mine)), parts_of(Buyer)
    (['Python', 'mine.Mine', 'mine.Mine.rate'], {})
    """
    return _Reader(thing).parts


class _Reader:
    """Follows what a thing consists of."""

    def __init__(self, thing: Any) -> None:
        self.parts: dict[str, str] = {}
        kind = thing if isinstance(thing, type | FunctionType) else type(thing)
        self._top = kind.__module__.partition(".")[0]
        # With the things themselves: a number that names one is given away when it is gone.
        self._known: dict[int, tuple[Any, Any]] = {}
        self._unseen = False
        if self._top == "relsim":
            return
        self.parts["Python"] = "{}.{}".format(*sys.version_info)
        if isinstance(thing, type | FunctionType):
            self._value(thing)
        else:
            self._add(f"{kind.__module__}.{kind.__qualname__}()", thing)

    def _add(self, name: str, thing: Any, content: Callable[[], Any] | None = None) -> None:
        """Add a part of some name; several of one name make one."""
        outside, self._unseen = self._unseen, False
        try:
            found = json.dumps(self._value(thing) if content is None else content())
        except RecursionError:
            found, self._unseen = "", True
        digest = hashlib.sha256((self.parts.get(name, "") + found).encode()).hexdigest()[:16]
        self.parts[name] = digest + (UNSEEN if self._unseen else "")
        self._unseen = outside

    def _value(self, given: Any) -> Any:
        """What a value consists of, in JSON; a part with a name becomes one by the way."""
        kind = type(given)
        if kind is int:
            return ["int", hex(given)]
        if kind in _PLAIN:
            return [kind.__name__, given if kind is str else repr(given)]
        if kind in (bytes, bytearray):
            return [kind.__name__, hashlib.sha256(given).hexdigest()]
        if id(given) not in self._known:
            # For what contains itself.
            named = kind is FunctionType or isinstance(given, type)
            self._known[id(given)] = given, ["name", _name(given) if named else kind.__name__]
            self._known[id(given)] = given, self._compound(given)
        return self._known[id(given)][1]

    def _compound(self, given: Any) -> Any:
        kind = type(given)
        if kind in (list, tuple):
            return [kind.__name__, *map(self._value, given)]
        if kind in (set, frozenset):
            return [kind.__name__, *sorted(json.dumps(self._value(each)) for each in given)]
        if kind in (dict, MappingProxyType):
            pairs = given.items()
            return ["dict", *([self._value(key), self._value(value)] for key, value in pairs)]
        if kind is CodeType:
            return self._code(given, None)
        if isinstance(given, ModuleType):
            return ["module", given.__name__]
        if isinstance(given, FunctionType | type):
            return self._named(given)
        inner = _inside(given)
        return [kind.__qualname__, *map(self._value, inner)] if inner else self._object(given)

    def _named(self, given: FunctionType | type) -> Any:
        name = _name(given)
        if self._is_own(given.__module__ or ""):
            if isinstance(given, type):
                self._add(name, given, lambda: self._class(given, name))
            else:
                self._add(name, given, lambda: self._function(given))
        return ["name", name]

    def _class(self, given: type, name: str) -> Any:
        for attribute, value in vars(given).items():
            if attribute in _OF_PYTHON:
                continue
            if isinstance(value, FunctionType):
                self._value(value)
            else:
                self._add(f"{name}.{attribute}", value)
        attributes = [attribute for attribute in vars(given) if attribute not in _OF_PYTHON]
        return [sorted(attributes), *map(self._value, (type(given), *given.__bases__))]

    def _function(self, given: FunctionType) -> Any:
        for module, used, value in _used(given):
            if isinstance(value, FunctionType | type | ModuleType):
                self._value(value)
            elif self._is_own(module):
                self._add(f"{module}.{used}", value)
        cells = [_content(cell) for cell in given.__closure__ or ()]
        own = {key: value for key, value in vars(given).items() if key != "__wrapped__"}
        code = self._code(given.__code__, given.__doc__)
        defaults = given.__defaults__, given.__kwdefaults__
        return [code, *map(self._value, (*defaults, cells, own))]

    def _code(self, code: CodeType, documentation: str | None) -> Any:
        constants = [
            self._value(None if each == documentation else each) for each in code.co_consts
        ]
        names = code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars
        counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags
        return [code.co_code.hex(), code.co_exceptiontable.hex(), *names, *counts, constants]

    def _object(self, given: Any) -> Any:
        """An object, as it would be written to be made again."""
        kind = type(given)
        try:
            made = given.__reduce_ex__(4)
        except Exception:  # noqa: BLE001 - objects refuse in many ways
            state = getattr(given, "__dict__", None)
            self._unseen |= state is None
            return [self._value(kind), self._value(state)]
        if isinstance(made, str):
            return ["name", f"{kind.__module__}.{made}"]
        lists = [list(each) if isinstance(each, Iterator) else each for each in made]
        return [self._value(each) for each in lists]

    def _is_own(self, module: str) -> bool:
        """Whether a module is the user's, not of a library."""
        top = module.partition(".")[0]
        return top == self._top or not _is_library(top)


def _name(given: FunctionType | type) -> str:
    return f"{given.__module__}.{given.__qualname__}"


def _inside(given: Any) -> tuple[Any, ...]:
    """What some things of Python's hold that cannot be written otherwise."""
    if isinstance(given, property):
        return given.fget, given.fset, given.fdel
    if isinstance(given, MethodType):
        return given.__func__, given.__self__
    if isinstance(given, functools.cached_property):
        return (given.func,)
    # Static and class methods, cached functions, functions to be compiled by numba.
    wrapped = getattr(given, "__wrapped__", None)
    return () if wrapped is None else (wrapped,)


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        # Not filled yet.
        return None


def _codes(code: CodeType) -> Iterator[CodeType]:
    """A piece of code and all within."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _used(function: FunctionType) -> Iterator[tuple[str, str, Any]]:
    """What a function uses by name: module, name and value, also of modules of the user's own."""
    names = function.__globals__
    codes = list(_codes(function.__code__))
    steps = [step for code in codes for step in dis.get_instructions(code)]
    loaded = {step.argval for step in steps if step.opname in _LOADS}
    # What it changes itself is no part of it.
    loaded -= {step.argval for step in steps if step.opname == "STORE_GLOBAL"}
    own = names.get("__name__") or ""
    found = [(own, name, names[name]) for name in sorted(loaded & names.keys())]
    for number, step in enumerate(steps):
        if step.opname == "IMPORT_NAME":
            module = _imported(step.argval, steps[number - 2].argval, names.get("__package__"))
            found += [("", step.argval, module)] if module is not None else []
    mentioned = {name for code in codes for name in code.co_names}
    seen: list[ModuleType] = []
    while found:
        place, name, value = found.pop(0)
        yield place, name, value
        if not isinstance(value, ModuleType) or value in seen:
            continue
        seen.append(value)
        if not _is_library(value.__name__.partition(".")[0]):
            inside = mentioned & vars(value).keys()
            found += [(value.__name__, each, vars(value)[each]) for each in sorted(inside)]


def _imported(name: str, level: Any, package: Any) -> ModuleType | None:
    """A module that a function imports, unless it is of a library: it would be imported anyway."""
    try:
        whole = importlib.util.resolve_name("." * level + name, package) if level else name
        if _is_library(whole.partition(".")[0]):
            return None
        return importlib.import_module(whole)
    except Exception:  # noqa: BLE001 - the function may be prepared for it
        return None


@functools.cache
def _is_library(top: str) -> bool:
    """Whether a package belongs to Python, to relsim or to what is installed."""
    if top in sys.stdlib_module_names or top == "relsim":
        return True
    if top == "__main__":
        return False
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError):
        return False
    if spec is None:
        return False
    places = [spec.origin or "", *(spec.submodule_search_locations or ())]
    return any({"site-packages", "dist-packages"} & set(Path(each).parts) for each in places)
