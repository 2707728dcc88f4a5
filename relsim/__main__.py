"""The ``relsim`` command as it is started: an interruption is heard from the first import on."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the ``relsim`` command.

    Returns
    -------
    int
        See ``relsim.cli.main``.
    """
    try:
        from relsim.cli import main as command

        return command()
    except KeyboardInterrupt:
        # Before the command itself could begin, or after it had ended.
        sys.stderr.write("relsim: stopped; nothing was written\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
