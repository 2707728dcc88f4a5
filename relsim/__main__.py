"""The ``relsim`` command as it is started: with standard streams, and stopped by one Ctrl-C."""

from __future__ import annotations

import _thread
import contextlib
import logging
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

STOPPED = 130

REPEAT_SECONDS = 1.0
"""A key that is held down repeats itself: what comes so soon is still the same wish to stop."""


def main() -> int:
    """Run the ``relsim`` command.

    Returns
    -------
    int
        See ``relsim.cli.main.main``.
    """
    interruption = Interruption()
    try:
        # The first thing within: whatever is interrupted from here on is caught below.
        signal.signal(signal.SIGINT, interruption)
        open_streams()
        sys.unraisablehook = say_unless_interrupted
        name_a_temporary_folder()
        # Figures go to files and look alike everywhere: matplotlib need not take up anybody's
        # settings, nor say what is wrong with them.
        os.environ |= {"MPLBACKEND": "agg", "MATPLOTLIBRC": os.devnull}
        logging.getLogger("matplotlib").setLevel(logging.ERROR)
        from relsim.cli.main import main as command

        if interruption.heard:
            raise KeyboardInterrupt
        status = command()
    except BaseException as error:
        # What is left to do takes no time, and another interruption has nothing to stop.
        interruption.hear_no_more()
        # Libraries that are interrupted may raise something else instead.
        if not (interruption.heard or isinstance(error, KeyboardInterrupt)):
            raise
        # Before the command itself could begin, or after it had ended.
        status = STOPPED
        with contextlib.suppress(OSError):
            sys.stderr.write("relsim: stopped; nothing was written\n")
    interruption.hear_no_more()
    if status:
        # Python would wait for threads that still compile or run what nobody wants any more.
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)
    return status


def open_streams() -> None:
    """Put nothing in the place of standard streams that are closed.

    Otherwise the next file that is opened gets the number of the missing one, and whatever a
    library has to say goes into it.
    """
    for name, mode in (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            stream = os.fdopen(os.open(os.devnull, mode), "r" if mode == os.O_RDONLY else "w")
            setattr(sys, name, stream)


def name_a_temporary_folder() -> None:
    """Name a temporary folder where there is none that can be used.

    Libraries ask for its name when they are imported, and would end the command; few ever use it.
    """
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        tempfile.tempdir = str(Path.cwd())


class Interruption:
    """Ctrl-C as it is heard: once, however long the key is held down.

    Attributes
    ----------
    heard : bool
        Whether there was one.
    """

    def __init__(self) -> None:
        self.heard = False
        self._when = 0.0
        self._over = False

    def hear_no_more(self) -> None:
        """Let Ctrl-C do nothing from here on, one included that comes in this moment."""
        self._over = True
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Interrupt what is going on, unless that was done a moment ago."""
        if loads_compiled_code(frame):
            later = threading.Timer(0.05, _thread.interrupt_main)
            later.daemon = True
            later.start()
            return
        # Between two lines of these there is nothing to stop, and nobody to catch it.
        if frame is not None and frame.f_code in (
            main.__code__,
            Interruption.hear_no_more.__code__,
        ):
            self.heard = True
            return
        now = time.monotonic()
        if not self._over and (not self.heard or now - self._when >= REPEAT_SECONDS):
            self.heard, self._when = True, now
            raise KeyboardInterrupt


def loads_compiled_code(frame: FrameType | None) -> bool:
    """Whether compiled code is being loaded: some libraries end the process if interrupted."""
    while frame is not None:
        code = frame.f_code
        if code.co_name in ("create_module", "exec_module") and "importlib" in code.co_filename:
            loader = type(frame.f_locals.get("self")).__name__
            if loader == "ExtensionFileLoader":
                return True
        frame = frame.f_back
    return False


def say_unless_interrupted(unraisable: UnraisableHookArgs) -> None:
    """Say what Python could not raise, as it does itself; of an interruption, nothing.

    The next press of the key is heard.
    """
    if unraisable.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    sys.exit(main())
