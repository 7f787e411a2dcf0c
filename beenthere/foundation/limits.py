"""Limits: how often something may be done, counted in the database by keyed digest in sliding windows.

A window of `seconds` is counted in two buckets; the older one weighs by the part of it that still lies in the
window. Nothing readable is kept, and counts go soon after their window.
"""

from datetime import UTC, datetime, timedelta

from django.db.models import F

from beenthere.foundation import clock
from beenthere.foundation.digests import digest
from beenthere.foundation.models import Count
from beenthere.foundation.writing import writing

A_PART = 1e-9  # of one count
A_MOMENT = 1e-6  # seconds: below, it is what counting in fractions leaves over


def within(action: str, *, of: str, most: float, seconds: float) -> bool:
    """Whether `action` may be done once more by or to `of` (any text); if so, counts it. With `most` 1 it
    also tells what was used before."""
    key, window = _key(action, of, seconds), _window(seconds)
    with writing():
        Count.objects.get_or_create(
            key=key, window=window, defaults={"ends_at": _at((window + 2) * seconds), "number": 0}
        )
        list(Count.objects.select_for_update().filter(key=key, window=window))  # who races waits here
        if _counted(key, seconds) + 1 > most + A_PART:
            return False
        Count.objects.filter(key=key, window=window).update(number=F("number") + 1)
    return True


def seconds_to_wait(action: str, *, of: str, most: float, seconds: float) -> float:
    """Until `within` would say yes; 0 when it would now. Counts nothing."""
    key, window = _key(action, of, seconds), _window(seconds)
    numbers = _numbers(key, window)
    here, before = numbers.get(window, 0), numbers.get(window - 1, 0)
    into, room = clock.now().timestamp() - window * seconds, most - 1 - here
    if room < 0:  # this bucket alone is full: until it is the older one and weighs little enough
        return seconds - into + seconds * (1 - (most - 1) / here)
    wait = seconds * (1 - room / before) - into if before else 0.0
    return wait if wait > A_MOMENT else 0.0


def forget(action: str, *, of: str, seconds: float) -> None:
    """Afterwards nothing is counted of it."""
    with writing():
        Count.objects.filter(key=_key(action, of, seconds)).delete()


def prune_counts() -> int:
    """Deletes what no window needs; returns how many rows."""
    with writing():
        return Count.objects.filter(ends_at__lte=clock.now()).delete()[0]


def _counted(key: str, seconds: float) -> float:
    window = _window(seconds)
    numbers = _numbers(key, window)
    into = clock.now().timestamp() - window * seconds
    return numbers.get(window, 0) + numbers.get(window - 1, 0) * (1 - into / seconds)


def _numbers(key: str, window: int) -> dict[int, int]:
    rows = Count.objects.filter(key=key, window__in=(window - 1, window))
    return dict(rows.values_list("window", "number"))


def _key(action: str, of: str, seconds: float) -> str:
    return digest(f"limit {action} {seconds:g}", of)


def _window(seconds: float) -> int:
    return int(clock.now().timestamp() // seconds)


def _at(timestamp: float) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=timestamp)
