"""How often somebody may ask for something."""

from __future__ import annotations

from collections import OrderedDict

MAX_CLIENTS = 1_000


class Rate:
    """How many requests each of the last clients may still make.

    Parameters
    ----------
    burst, a_second : float
        Requests of one client at once, and how many more it may make each second.

    Examples
    --------
    >>> rate = Rate(burst=2, a_second=1)
    >>> [rate.allows("phone", now) for now in (0.0, 0.0, 0.0, 1.0)]
    [True, True, False, True]
    """

    def __init__(self, burst: float, a_second: float) -> None:
        self._burst, self._a_second = burst, a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, client: str, now: float) -> bool:
        """Whether a client may make another one now, in seconds; it counts if so."""
        left, seen = self._left.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - seen) * self._a_second)
        allowed = left >= 1.0
        self._left[client] = (left - allowed, now)
        while len(self._left) > MAX_CLIENTS:
            self._left.popitem(last=False)
        return allowed
