"""The one clock. Everything that stores or compares a time asks here, so that a test can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_set: list["Hands"] = []


def now() -> datetime:
    """The time, aware and in UTC."""
    return _set[-1].at if _set else datetime.now(UTC)


class Hands:
    """The hands of a stopped clock."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def move(self, seconds: float) -> None:
        """Afterwards it is `seconds` later (or earlier, if negative), in every thread."""
        self.at += timedelta(seconds=seconds)


@contextmanager
def stopped_at(at: datetime) -> Iterator[Hands]:
    """Stops the clock of this process at `at` (aware) until the block ends. For tests."""
    hands = Hands(at)
    _set.append(hands)
    try:
        yield hands
    finally:
        _set.remove(hands)
