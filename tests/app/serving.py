"""A classroom served by a process of its own, as ``relsim app`` serves it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

CODE = "import sys; from relsim.cli.main import main; sys.exit(main(['app', '--port', '0']))"


class Served(NamedTuple):
    """Where it is, and the number of its process."""

    address: str
    process: int


@contextmanager
def classroom(before: str = "", terminal: IO[str] | None = None) -> Iterator[Served]:
    """Serve on a free port of this computer, to the end of the block.

    ``before`` is Python that its process runs first, ``terminal`` takes what it complains of.
    """
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", before + CODE],
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert "http://" in line, line
        yield Served(line.split(": ", 1)[1].split()[0], process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
