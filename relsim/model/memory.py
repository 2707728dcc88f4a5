"""How much memory a market takes, and how much there is.

A market too large for this computer is refused in a line before it is set up; without that, the
system would end the process, or everything on the computer would stand still.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import numpy as np
import psutil

from relsim.io.errors import InputError
from relsim.model.draws import BUYER_DRAWS, RELATIONSHIP_DRAWS, SALESPERSON_DRAWS
from relsim.model.entities import BUYER, EQUIPMENT, ORDER, RELATIONSHIP, SALESPERSON, SPELL
from relsim.model.initialization import equipment_per_buyer, orders_per_slot
from relsim.model.ledgers import BUYER_LEDGER, SALESPERSON_LEDGER
from relsim.model.state import SLOT
from relsim.parameters import Parameters

CONTACT_BYTES = 100
"""What an acquaintance takes while networks are drawn, as networkx keeps it: measured."""

WITH_TABLES = 3
"""How many times what becomes a table is there: in the market, as a table, and as text."""

SMALL = 100_000_000
"""Bytes of a market for which nobody looks how much memory there is: looking takes time."""


def market_bytes(parameters: Parameters) -> float:
    """Memory that a market takes while it runs and its tables are made, roughly.

    Parameters
    ----------
    parameters : Parameters
        What market.

    Returns
    -------
    float
        Bytes.

    Examples
    --------
    >>> round(market_bytes(Parameters()) / 1e6)
    1
    """
    p = parameters
    slot = (
        RELATIONSHIP.dtype.itemsize
        + RELATIONSHIP_DRAWS.dtype.itemsize
        + SPELL.dtype.itemsize
        + np.dtype(SLOT).itemsize
    )
    buyer = (
        BUYER.dtype.itemsize
        + BUYER_DRAWS.dtype.itemsize
        + 2 * BUYER_LEDGER.dtype.itemsize
        + p.suppliers_per_buyer * slot
    )
    goods = (
        equipment_per_buyer(p) * EQUIPMENT.dtype.itemsize
        + p.suppliers_per_buyer * orders_per_slot(p) * ORDER.dtype.itemsize
    )
    seller = (
        SALESPERSON.dtype.itemsize
        + SALESPERSON_DRAWS.dtype.itemsize
        + 2 * SALESPERSON_LEDGER.dtype.itemsize
    )
    period = BUYER_LEDGER.dtype.itemsize + SALESPERSON_LEDGER.dtype.itemsize
    tables = p.buyers * buyer + p.salespeople * seller + p.periods * period
    contacts = (p.buyers + p.salespeople) * p.contacts
    return float(WITH_TABLES * tables + p.buyers * goods + CONTACT_BYTES * contacts)


def free_bytes() -> float:
    """Memory that this process can still take: of the computer, the container, its own limit."""
    limits = [float(psutil.virtual_memory().available)]
    with contextlib.suppress(OSError, ValueError):
        limits.append(_of_the_container())
    if sys.platform != "win32":
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        if limit != resource.RLIM_INFINITY:
            limits.append(max(0.0, limit - psutil.Process().memory_info().vms))
    return min(limits)


def _of_the_container() -> float:
    """What Linux allows a group of processes, such as a container or a job on a cluster."""
    line = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()[-1]
    group = Path("/sys/fs/cgroup", line.split(":")[2].lstrip("/"))
    limits = [float("inf")]
    for folder in (group, *group.parents):
        with contextlib.suppress(OSError, ValueError):
            limits.append(float((folder / "memory.max").read_text(encoding="utf-8")))
    return min(limits)


def check_memory(needed: float, what: str, instead: str) -> None:
    """Check that there is the memory that something takes.

    Parameters
    ----------
    needed : float
        Bytes.
    what : str
        What takes them.
    instead : str
        What would take less.

    Raises
    ------
    InputError
        If there is less, saying both.
    """
    if needed > SMALL and needed > (free := free_bytes()):
        raise InputError(
            f"{what} would take about {amount(needed)} of memory and {amount(free)} are free; "
            f"allowed is {instead}"
        )


def check_market(parameters: Parameters) -> None:
    """Check that there is the memory for a market.

    Raises
    ------
    InputError
        If there is not.
    """
    p = parameters
    check_memory(
        market_bytes(p),
        f"a market of {p.buyers} buyers with {p.suppliers_per_buyer} suppliers each, "
        f"{p.salespeople} salespeople and {p.periods} periods",
        "a smaller market",
    )


def amount(count: float) -> str:
    """An amount of memory or of room on a disk as people write it.

    >>> amount(2_500_000), amount(3e9)
    ('2.5 MB', '3.0 GB')
    """
    return f"{count / 1e6:.1f} MB" if count < 1e9 else f"{count / 1e9:.1f} GB"
