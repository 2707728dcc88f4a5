"""Which code made a result: the version of relsim and of what it computes with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from relsim.engine.source_hash import model_hash, source_hash

__version__ = "0.1.0"

LIBRARIES = (
    "SALib",
    "duckdb",
    "llvmlite",
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "scipy",
)
"""What a number can depend on: how it is computed, which points are drawn, how it is kept."""


def versions() -> dict[str, str]:
    """Versions of everything that a result depends on.

    Returns
    -------
    dict
        Of relsim, the hash of its sources and of those among them that the numbers of a run can
        depend on (``model``), Python, the machine and the libraries.

    Examples
    --------
    >>> sorted(versions())[:5]
    ['SALib', 'duckdb', 'llvmlite', 'machine', 'mesa']
    """
    import platform

    return {
        "relsim": __version__,
        "sources": source_hash(),
        "model": model_hash(),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        **_libraries(),
    }


def combined(*made: Mapping[str, str | None]) -> dict[str, str]:
    """Versions of all that had a part in something, each once, in their order.

    Parameters
    ----------
    *made : mapping
        Versions of each part, as ``versions`` or this has them; other entries are left out.

    Examples
    --------
    >>> combined({"numpy": "2.3.1, 2.4.0"}, {"numpy": "2.3.1", "kind": "another"})
    {'numpy': '2.3.1, 2.4.0'}
    """
    found: dict[str, str] = {}
    for name in versions():
        several = [one for part in made for one in (part.get(name) or "").split(", ") if one]
        if several:
            found[name] = ", ".join(dict.fromkeys(several))
    return found


@cache
def _libraries() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in LIBRARIES}
