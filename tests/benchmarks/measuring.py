"""What every part of the benchmarks uses: ratios with their targets, time, memory."""

from __future__ import annotations

import contextlib
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from relsim.parameters import Parameters

CLASS = Parameters(buyers=40, salespeople=40, suppliers_per_buyer=4, periods=120)


class Figure(NamedTuple):
    """One measured ratio, and what it should be."""

    name: str
    values: list[float]
    target: float
    at_least: bool

    def __str__(self) -> str:
        middle = statistics.median(self.values)
        met = middle >= self.target if self.at_least else middle <= self.target
        return (
            f"{self.name}: {middle:.2f} ({min(self.values):.2f} to {max(self.values):.2f}); "
            f"target {'at least' if self.at_least else 'at most'} {self.target:g}: "
            f"{'met' if met else 'MISSED'}"
        )


def seconds(action: Callable[[], object]) -> float:
    """Time that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def peak() -> float:
    """Most memory that this process has had so far, in GB."""
    with contextlib.suppress(OSError):
        # getrusage of a process that was started by another one begins with the other's memory.
        found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
        if found:
            return int(found[1]) * 1024 / 1e9
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9
