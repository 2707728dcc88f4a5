"""Which code made a result: the version of relsim and of what it computes with."""

from __future__ import annotations

from functools import cache

from relsim.sources import model_hash, source_hash

__version__ = "0.1.0"

LIBRARIES = ("llvmlite", "networkx", "numba", "numpy", "scipy")
"""What a number can depend on to its last bits; ``mesa`` only arranges the calls."""


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
    ['llvmlite', 'machine', 'model', 'networkx', 'numba']
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


@cache
def _libraries() -> dict[str, str]:
    from importlib.metadata import version

    return {name: version(name) for name in LIBRARIES}
