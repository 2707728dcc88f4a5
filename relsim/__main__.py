"""The ``relsim`` command as it is started: an interruption is heard from the first import on."""

from __future__ import annotations

import os
import sys

STOPPED = 130


def main() -> int:
    """Run the ``relsim`` command.

    Returns
    -------
    int
        See ``relsim.cli.main``.
    """
    try:
        from relsim.cli import main as command

        status = command()
    except KeyboardInterrupt:
        # Before the command itself could begin, or after it had ended.
        sys.stderr.write("relsim: stopped; nothing was written\n")
        status = STOPPED
    if status:
        # Python would wait for threads that still compile or run what nobody wants any more.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
