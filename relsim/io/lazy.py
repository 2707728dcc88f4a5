"""Public names that are imported when they are first used, so that nobody waits for the others."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any


def names_of(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a package: it imports a public name from its module, once.

    Parameters
    ----------
    package : str
        Name of the package.
    homes : mapping of str to str
        Module that each public name is in.

    Returns
    -------
    callable
        From a name to its value; ``AttributeError`` if there is none.

    Examples
    --------
    >>> names_of("relsim", {"InputError": "relsim.io.errors"})("InputError").__name__
    'InputError'
    """

    def look_up(name: str) -> Any:
        """Import the name from its module."""
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(homes[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return look_up
