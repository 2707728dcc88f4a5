"""A classroom served by a process of its own, as ``relsim app`` serves it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import psutil

from relsim.engine.cache import COMPILING

CODE = "import sys; from relsim.cli.main import main; sys.exit(main(sys.argv[1:]))"
SESSION = ("class", "--port", "0", "--address", "localhost", "--no-browser", "--seed", "3")


class Terminal:
    """What the server says beside its addresses."""

    def __init__(self, file: Path) -> None:
        self.file, self._seen = file, 0

    def news(self) -> list[str]:
        """Lines since this was asked before."""
        lines = self.file.read_text(encoding="utf-8").splitlines()
        new, self._seen = lines[self._seen :], len(lines)
        return [line for line in new if line != COMPILING]


class Served(NamedTuple):
    """Where it is, the number of its process, and the key of the lecturer of a class."""

    address: str
    process: int
    key: str = ""

    def memory(self) -> float:
        """Megabytes that its process has in memory."""
        return float(psutil.Process(self.process).memory_info().rss) / 1e6


@contextmanager
def served(
    *command: str, before: str = "", terminal: IO[str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A command of relsim that serves, to the end of the block.

    ``before`` is Python that its process runs first, ``terminal`` takes what it complains of.
    """
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", before + CODE, *command],
        stdout=subprocess.PIPE,
        stderr=terminal,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def said(process: subprocess.Popen[str]) -> str:
    """The address in the next line that it prints."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "http://" in line, line
    return line.split(": ", 1)[1].split()[0]


@contextmanager
def classroom(before: str = "", terminal: IO[str] | None = None) -> Iterator[Served]:
    """Serve on a free port of this computer, to the end of the block."""
    with served("app", "--port", "0", before=before, terminal=terminal) as process:
        yield Served(said(process), process.pid)


@contextmanager
def session(before: str = "", terminal: IO[str] | None = None) -> Iterator[Served]:
    """A class session: its address is that of the room."""
    with served(*SESSION, before=before, terminal=terminal) as process:
        address = said(process)
        yield Served(address, process.pid, said(process).partition("#")[2])
