"""Find what a user names as ``module:name``, on the command line or in a plan."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from relsim.io.errors import InputError, known, reason


def imported(text: str, where: str, allowed: str) -> Any:
    """Import something by its module and name; modules of the current folder are found.

    Parameters
    ----------
    text : str
        ``module:name``; a name may have dots.
    where : str
        What a message begins with.
    allowed : str
        What a message says would be right.

    Raises
    ------
    InputError
        If the module cannot be imported, or has nothing of that name.

    Examples
    --------
    >>> imported("math:pi", "--measure", "module:function")
    3.141592653589793
    """
    module, _, path = text.partition(":")
    if not module or not path:
        raise InputError(f"{where}: allowed is {allowed}")
    if (here := str(Path.cwd())) not in sys.path:
        sys.path.insert(0, here)
    try:
        found: Any = importlib.import_module(module)
    except Exception as error:
        words = f"{type(error).__name__}: {reason(error)}"
        raise InputError(f"{where}: {module} cannot be imported ({words})") from error
    for part in path.split("."):
        known(f"name in {module}", [part], [n for n in vars(found) if not n.startswith("__")])
        found = getattr(found, part)
    return found
