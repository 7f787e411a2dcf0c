"""A person at the hub: their sockets, and how much they may send however many these are."""

from .door import Limits


class Bucket:
    """`amount` in any `seconds`, refilled evenly."""

    __slots__ = ("amount", "seconds", "level", "at")

    def __init__(self, amount: int, seconds: float) -> None:
        self.amount, self.seconds = amount, seconds
        self.level, self.at = float(amount), 0.0

    def take(self, now: float) -> bool:
        """Takes one; False when there is none. `now` in seconds, never going back."""
        self._refill(now)
        if self.level < 1:
            return False
        self.level -= 1
        return True

    def is_full(self, now: float) -> bool:
        self._refill(now)
        return self.level >= self.amount

    def _refill(self, now: float) -> None:
        self.level = min(self.amount, self.level + (now - self.at) * self.amount / self.seconds)
        self.at = now


class Presence:
    """Stays a little longer than the last socket: else a new one would come with a full bucket."""

    def __init__(self, limits: Limits) -> None:
        self.sockets: set = set()
        self.says = Bucket(limits.says, limits.seconds)
        self.opens = Bucket(limits.opens, limits.seconds)
        self.signs = Bucket(limits.signs, limits.seconds)

    def can_be_forgotten(self, now: float) -> bool:
        return not self.sockets and all(one.is_full(now) for one in (self.says, self.opens, self.signs))
