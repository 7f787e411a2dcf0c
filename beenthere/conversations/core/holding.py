"""How long words that went are held: seven whole days, by the calendar of UTC. Days are ISO dates, which
sort as text."""

from datetime import UTC, datetime, timedelta

WHOLE_DAYS = timedelta(days=7)
MOST_TOLD = 100_000  # characters


def day_of(at: datetime) -> str:
    """The day under whose key something that went `at` is held."""
    return at.astimezone(UTC).date().isoformat()


def oldest_day(now: datetime) -> str:
    """The first day whose key is still there: one that is seven days back; those before are over."""
    return day_of(now - WHOLE_DAYS)


def door_stands(ended_at: datetime | None, now: datetime) -> bool:
    """Whether what was said in a conversation can still be reported: while it is open, and after its ending
    until the eighth day begins. The same for every ending."""
    return ended_at is None or day_of(ended_at) >= oldest_day(now)


def oldest_moment(now: datetime) -> datetime:
    """When the first day began whose key is still there."""
    return datetime.fromisoformat(oldest_day(now)).replace(tzinfo=UTC)


def all_there_was(earlier: str, now: str) -> str:
    """What was to be read in the place of one piece: `earlier` words, then those `now`."""
    if not earlier or now in earlier:
        return earlier or now
    return f"{earlier}\n\n{now}"[:MOST_TOLD]
