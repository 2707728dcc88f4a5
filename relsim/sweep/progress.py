"""How far a sweep is: a bar on a terminal or in a notebook, lines elsewhere."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from relsim.io.progress import progress_bar


class Summary(NamedTuple):
    """What a call of ``run`` came to.

    Attributes
    ----------
    total : int
        Runs of the sweep.
    done : int
        Runs in the file.
    failed : int
        Failed runs in the file.
    computed : int
        Runs that this call has made, failed ones included.
    seconds : float
        How long it took.
    """

    total: int
    done: int
    failed: int
    computed: int
    seconds: float


class Status(NamedTuple):
    """How far a sweep is.

    Attributes
    ----------
    done : int
        Runs in the file, failed ones included.
    total : int
        Runs of the sweep.
    failed : int
        Runs that failed.
    computed : int
        Runs done since the sweep was started or resumed.
    seconds : float
        Time since then.
    first : int
        Runs of the first chunk that came back. It may have waited for the model to be compiled,
        so that rate and time left do not count it.
    waited : float
        Seconds until it came back.
    waiting : str
        What nobody can work without, such as workers, if that is so.
    """

    done: int
    total: int
    failed: int
    computed: int
    seconds: float
    first: int = 0
    waited: float = 0.0
    waiting: str = ""

    @property
    def rate(self) -> float:
        """Runs a second, since the first ones came back; 0 before there are others."""
        seconds = self.seconds - self.waited
        return (self.computed - self.first) / seconds if seconds > 0.0 else 0.0

    @property
    def left(self) -> float:
        """Seconds that the rest will take; infinite while nobody can tell."""
        rest = self.total - self.done
        return rest / self.rate if self.rate > 0.0 else float("inf") if rest else 0.0

    def __str__(self) -> str:
        """Write it in a line.

        >>> str(Status(done=50, total=200, failed=1, computed=50, seconds=2.0))
        '50 of 200 runs, 25.0 a second, 6 s left, 1 failed'
        """
        if self.waiting:
            return f"{self.done} of {self.total} runs, waiting: {self.waiting}"
        pace = f", {self.rate:.1f} a second" if self.rate > 0.0 else ""
        return (
            f"{self.done} of {self.total} runs{pace}, "
            f"{duration(self.left)} left, {self.failed} failed"
        )


Progress = bool | Callable[[Status], object]


def duration(seconds: float) -> str:
    """A length of time as people say it.

    >>> duration(0.2), duration(75), duration(7300), duration(3 * 86400)
    ('0 s', '1 min 15 s', '2 h 1 min', '3 d 0 h')
    """
    if seconds == float("inf"):
        return "?"
    units = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")]
    whole = int(seconds)
    for place, (size, name) in enumerate(units):
        if whole >= size:
            text = f"{whole // size} {name}"
            if place + 1 < len(units):
                smaller, smaller_name = units[place + 1]
                text += f" {whole % size // smaller} {smaller_name}"
            return text
    return "0 s"


@contextlib.contextmanager
def reporting(progress: Progress, start: Status) -> Iterator[Callable[[Status], object]]:
    """Whom to tell how far a sweep is.

    Parameters
    ----------
    progress : bool or callable
        Nobody, whoever looks at a terminal, notebook or log, or the caller.
    start : Status
        How far it is when it is started.

    Yields
    ------
    callable
        To be told every new status.
    """
    if callable(progress):
        yield progress
        return
    if not progress:
        yield lambda _: None
        return
    with progress_bar(start.total, start.done) as bar:

        def tell(status: Status) -> None:
            """Move the bar."""
            if status.computed and status.computed == status.first:
                # The clock of rate and time left starts now.
                bar.start_t = bar.last_print_t = time.time()
                bar.initial = bar.n = bar.last_print_n = status.done
            waiting = f"waiting: {status.waiting}" if status.waiting else None
            bar.set_description_str(waiting, refresh=bool(status.waiting))
            bar.set_postfix(failed=status.failed, refresh=False)
            bar.update(status.done - bar.n)

        yield tell
