"""Lists and mappings that cannot change: what has been checked stays as it was checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn


def _refused(self: object, *_: Any, **__: Any) -> NoReturn:
    """Refuse a change."""
    raise TypeError("parameters cannot be changed: use with_values(...), which makes a copy")


class FrozenList(list[Any]):
    """A list that cannot be changed, and so can be a key."""

    __slots__ = ()

    append = extend = insert = pop = remove = clear = sort = reverse = _refused
    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refused

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type, tuple[list[Any]]]:
        return FrozenList, (list(self),)


class FrozenDict(dict[str, Any]):
    """A mapping that cannot be changed, and so can be a key."""

    __slots__ = ()

    clear = pop = popitem = setdefault = update = _refused
    __setitem__ = __delitem__ = __ior__ = _refused

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any]]]:
        return FrozenDict, (dict(self),)


def frozen(value: Any) -> Any:
    """A value all of whose lists, sets and mappings cannot be changed.

    Examples
    --------
    >>> frozen({"trust": 0.5})
    {'trust': 0.5}
    >>> frozen({"trust": 0.5})["trust"] = 7.0
    Traceback (most recent call last):
    TypeError: parameters cannot be changed: use with_values(...), which makes a copy
    """
    if isinstance(value, Mapping):
        return FrozenDict({name: frozen(one) for name, one in value.items()})
    if isinstance(value, tuple):
        return tuple(frozen(one) for one in value)
    if isinstance(value, list):
        return FrozenList([frozen(one) for one in value])
    return frozenset(value) if isinstance(value, set) else value
