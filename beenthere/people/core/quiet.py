"""Quiet hours: from when until when, on one's own clock, no mail leaves."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
LONGEST = timedelta(hours=27)  # 24, and what a change of the clock may add


def is_quiet(at: datetime, *, since: time, until: time, zone: ZoneInfo) -> bool:
    """Whether the clock on that wall shows a time from `since` on and before `until`, over midnight too. The
    same time twice means: never."""
    shown = at.astimezone(zone).time()
    if since <= until:
        return since <= shown < until
    return shown >= since or shown < until


def quiet_until(at: datetime, *, since: time, until: time, zone: ZoneInfo) -> datetime | None:
    """When the quiet hours around `at` are over (UTC, a whole minute); None outside of them. It goes by what
    the clock shows, also in the nights in which it is changed."""
    if not is_quiet(at, since=since, until=until, zone=zone):
        return None
    end = at.astimezone(UTC).replace(second=0, microsecond=0)
    last = end + LONGEST
    while end < last:
        end += MINUTE
        if not is_quiet(end, since=since, until=until, zone=zone):
            return end
    return end


def time_in(text: object) -> time | None:
    """The time that "22:00" says; None for anything else."""
    try:
        return time.fromisoformat(text) if isinstance(text, str) and len(text) == 5 else None
    except ValueError:
        return None
