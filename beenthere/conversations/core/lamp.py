"""A lamp that is on for a while, and a wish that fades."""

from datetime import datetime, timedelta

LIT_FOR = (15, 60, 120)  # minutes
FADES = timedelta(hours=24)
STEP = timedelta(minutes=5)


def is_lit(until: datetime | None, now: datetime) -> bool:
    return until is not None and now < until


def wish_ends(wish: str, at: datetime | None, now: datetime) -> datetime | None:
    """When a wish that is shown now fades; None when none is shown."""
    if not wish or at is None or now >= at + FADES:
        return None
    return at + FADES


def about(at: datetime) -> datetime:
    """The nearest five minutes: a lamp is no clock."""
    past = timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)
    return at - past + (STEP if 2 * past >= STEP else timedelta())
