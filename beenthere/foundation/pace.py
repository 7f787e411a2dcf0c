"""How fast somebody may go on: counted in memory, so that nothing is written for it and nothing is kept.

A pail of `most` drops that fills by `each_second`. Generous: nobody who writes by hand meets it. What
must hold over days and over several processes is counted by `foundation.limits`.
"""

import threading
import time
from collections.abc import Callable

MOST_KNOWN = 50_000  # whoever was here last; others begin anew


class Pace:
    """`clock()` gives seconds that only grow."""

    def __init__(self, *, most: int, each_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.each_second, self._clock = most, each_second, clock
        self._lock = threading.Lock()
        self._left: dict[str, tuple[float, float]] = {}  # drops, and when they were counted

    def takes(self, who: str) -> bool:
        """Whether `who` may go on now; if so, one drop is taken."""
        now = self._clock()
        with self._lock:
            left, at = self._left.pop(who, (float(self.most), now))
            left = min(left + (now - at) * self.each_second, float(self.most))
            may = left >= 1
            self._left[who] = (left - 1 if may else left, now)
            while len(self._left) > MOST_KNOWN:
                self._left.pop(next(iter(self._left)))
        return may

    def forget(self) -> None:
        """Everybody begins anew."""
        with self._lock:
            self._left.clear()

    @property
    def seconds(self) -> int:
        """After so long one may go on again, whole seconds."""
        return max(1, round(1 / self.each_second))
