"""How far runs are: tqdm's bar in a terminal or notebook, its lines in a log."""

from __future__ import annotations

import io
import sys
import threading
import warnings
from typing import Any

SECONDS_A_LINE = 10.0
PACE = "{rate_fmt}, {remaining} left{postfix}"


def progress_bar(total: int | None, done: int = 0) -> Any:
    """Make a bar of ``tqdm``, whose ``update`` is told how many runs were done since.

    Parameters
    ----------
    total : int, optional
        Runs, if that is known.
    done : int
        Those that were done before.

    Returns
    -------
    tqdm.tqdm
        A context manager. Where nobody looks, as in a log, it prints a line now and then.
    """
    with warnings.catch_warnings():
        # A notebook without its widgets gets a bar of text, without a word about it.
        warnings.simplefilter("ignore")
        from tqdm import tqdm as plain
        from tqdm.auto import tqdm

    # Its own lock is for several processes, which would be told of it when a command is stopped.
    plain.set_lock(threading.RLock())

    class Lines(plain):  # type: ignore[misc,type-arg,unused-ignore]
        """A bar that prints lines."""

        def display(self, msg: str | None = None, pos: int | None = None) -> None:
            """Print where it stands."""
            del msg, pos
            pace = self.format_meter(**{**self.format_dict, "prefix": "", "bar_format": PACE})
            of = f" of {self.total}" if self.total else ""
            line = f"relsim: {self.n}{of} runs, {self.desc or pace}\n"
            sys.stderr.write(line)
            sys.stderr.flush()

    options = {"total": total, "initial": done, "unit": "run", "smoothing": 0.1}
    if sys.stderr is None:
        return plain(**options, disable=True)
    if sys.stderr.isatty() or in_notebook():
        return tqdm(**options)
    return Lines(**options, file=io.StringIO(), mininterval=SECONDS_A_LINE, maxinterval=0)


def in_notebook() -> bool:
    """Whether this runs in Jupyter."""
    shell = sys.modules.get("IPython")
    found: Any = shell.get_ipython() if shell is not None else None
    return found is not None and "IPKernelApp" in getattr(found, "config", {})
