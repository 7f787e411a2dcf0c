"""Weekly windows in a person's own time as minutes of one week in UTC."""

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from beenthere.matching.core.people import Window

WEEK = 7 * 24 * 60
_FIRST_DAY, _PAST_DAY = -3, 9  # local days whose windows can reach into the week: zones, and nights


def week_of(windows: tuple[Window, ...], timezone: str, on: date) -> tuple[tuple[int, int], ...]:
    """The spans, in minutes from midnight UTC of `on`, in which these windows are open during the seven
    days that begin there; sorted, without overlap, each [from, until) within 0..WEEK. A clock that is
    put forward or back makes a window shorter or longer, as it does for whoever waits in it."""
    if not windows or not timezone or not MINYEAR < on.year < MAXYEAR:
        return ()  # a calendar has no week around its own ends
    zone = ZoneInfo(timezone)
    start = datetime(on.year, on.month, on.day, tzinfo=UTC)
    spans = []
    for ahead in range(_FIRST_DAY, _PAST_DAY):
        day = on + timedelta(days=ahead)
        midnight = datetime(day.year, day.month, day.day)
        for window in windows:
            if window.weekday == day.weekday():
                opens = _minute(midnight + timedelta(minutes=window.start), zone, start)
                closes = _minute(midnight + timedelta(minutes=window.until), zone, start)
                spans.append((max(opens, 0), min(closes, WEEK)))
    return joined_spans(spans)


def _minute(local: datetime, zone: ZoneInfo, start: datetime) -> int:
    return (local.replace(tzinfo=zone).astimezone(UTC) - start) // timedelta(minutes=1)


def joined_spans(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same minutes as sorted spans of which none touches the next; empty ones are left out."""
    joined: list[list[int]] = []
    for opens, closes in sorted(spans):
        if opens >= closes:
            continue
        if joined and opens <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], closes)
        else:
            joined.append([opens, closes])
    return tuple((opens, closes) for opens, closes in joined)


def minutes_in_common(mine: tuple[tuple[int, int], ...], theirs: tuple[tuple[int, int], ...]) -> int:
    return sum(
        max(0, min(my_end, their_end) - max(my_start, their_start))
        for my_start, my_end in mine
        for their_start, their_end in theirs
    )
