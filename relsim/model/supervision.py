"""Custom code that may exit or never end: it runs in a thread of its own, which can be left.

A thread cannot be killed. One that runs Python can be interrupted between two instructions; one
that waits in a call of another language is left behind, and ends with the process at the latest.
"""

from __future__ import annotations

import ctypes
import functools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

from relsim.model.simulation import Stopped, simulate
from relsim.parameters import Parameters

LOOK_SECONDS = 0.1
"""How often to look whether to stop."""

GRACE_SECONDS = 3.0
"""How long a thread that was interrupted may take to end: compiled code runs on for a second."""

AGAIN_SECONDS = 0.5
"""After how long a thread that goes on is interrupted again: it may have something to put away."""

SMALLEST = Parameters(buyers=1, salespeople=1, suppliers_per_buyer=1, periods=1, warm_up=0)
"""A market that is run for nothing but to have the model compiled."""

Result = TypeVar("Result")


class OverTimeError(RuntimeError):
    """A run took longer than it may."""


class ExitError(RuntimeError):
    """A run tried to end more than itself, as ``sys.exit()`` does."""


class _Interruption(SystemExit):
    """Ends a thread; Python does not report it as an error of the thread."""


def supervised(
    work: Callable[[], Result], *, limit: float | None = None, stop: threading.Event | None = None
) -> Result:
    """Do something in a thread of its own, but no longer than wanted.

    Parameters
    ----------
    work : callable
        What to do.
    limit : float, optional
        Seconds that it may take.
    stop : threading.Event, optional
        Set it in another thread to end it early.

    Returns
    -------
    Any
        What ``work`` returns. Its errors are raised here.

    Raises
    ------
    OverTimeError
        If it takes too long.
    ExitError
        If it raises what would end the whole program, such as ``SystemExit``.
    Stopped
        If it was told to stop.

    Examples
    --------
    >>> import sys
    >>> supervised(lambda: 2 + 2)
    4
    >>> supervised(lambda: sys.exit(3))
    Traceback (most recent call last):
    relsim.model.supervision.ExitError: it raised SystemExit(3)
    """
    outcome: Future[Result] = Future()

    def act() -> None:
        """Do the work, whatever comes of it."""
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is handed on
            outcome.set_exception(error)

    thread = threading.Thread(target=act, name="relsim custom code", daemon=True)
    end = None if limit is None else time.monotonic() + limit
    thread.start()
    try:
        while not _done_soon(outcome, end):
            if stop is not None and stop.is_set():
                raise Stopped
            if end is not None and time.monotonic() >= end:
                _interrupt(thread, GRACE_SECONDS)
                raise OverTimeError(f"it took longer than the limit of {limit:g} seconds")
    finally:
        if not outcome.done():
            _interrupt(thread)
    error = outcome.exception()
    if error is not None and not isinstance(error, Exception):
        raise ExitError(f"it raised {said(error)}") from error
    return outcome.result()


def said(error: BaseException) -> str:
    """Write an error, of whatever kind.

    >>> said(ValueError("too few"))
    "ValueError('too few')"
    """
    try:
        return repr(error)
    except Exception:  # noqa: BLE001 - custom code may have errors of its own
        return type(error).__name__


def _done_soon(outcome: Future[Result], end: float | None) -> bool:
    """Wait for a moment, and say whether it is done."""
    left = LOOK_SECONDS if end is None else max(0.0, min(LOOK_SECONDS, end - time.monotonic()))
    return bool(wait([outcome], timeout=left).done)


def _interrupt(thread: threading.Thread, patience: float = 0.0) -> None:
    """Raise an exception in a thread as soon as it runs Python, again until it ends.

    Once is not enough: Python drops what is raised while it collects garbage.
    """
    end = time.monotonic() + patience
    while thread.is_alive() and thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(_Interruption)
        )
        left = end - time.monotonic()
        if left <= 0.0:
            return
        thread.join(min(AGAIN_SECONDS, left))


@functools.cache
def have_compiled(*, custom: bool) -> None:
    """Have the model compiled, once in a process: no run is to be interrupted in that, or to wait.

    Parameters
    ----------
    custom : bool
        Whether also what custom agents need.
    """
    simulate(SMALLEST, 0)
    if custom:
        # Mesa takes half a second to import: only where somebody needs it.
        from relsim.model.agents import Buyer

        class Compiling(Buyer):
            """Takes a step by itself."""

            def ordering(self) -> None:
                """Order as usual."""
                super().ordering()

        simulate(SMALLEST, 0, buyer=Compiling)
