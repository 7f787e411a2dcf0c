"""Weekly windows in a person's own time, as minutes of one week in UTC."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core.hours import WEEK, minutes_in_common, week_of
from beenthere.matching.core.people import Window

MONDAY = date(2025, 1, 6)
DAY = 24 * 60


def test_a_window_stands_at_its_time_in_utc():
    assert week_of((Window(0, 18 * 60, 21 * 60),), "America/New_York", MONDAY) == ((23 * 60, 26 * 60),)
    assert week_of((Window(0, 18 * 60, 21 * 60),), "Asia/Kolkata", MONDAY) == ((12 * 60 + 30, 15 * 60 + 30),)


def test_a_window_over_midnight_goes_on():
    assert week_of((Window(1, 23 * 60, 25 * 60),), "UTC", MONDAY) == ((DAY + 23 * 60, DAY + 25 * 60),)


def test_the_week_begins_on_any_day_and_cuts_what_reaches_beyond():
    over_midnight = (Window(1, 23 * 60, 25 * 60),)
    wednesday = MONDAY + timedelta(days=2)
    assert week_of(over_midnight, "UTC", wednesday) == ((0, 60), (WEEK - 60, WEEK))


def test_far_zones_reach_into_the_week_from_both_sides():
    assert week_of((Window(0, 0, 60),), "Pacific/Kiritimati", MONDAY) == ((WEEK - 14 * 60, WEEK - 13 * 60),)
    assert week_of((Window(6, 23 * 60, 24 * 60),), "Pacific/Pago_Pago", MONDAY) == ((10 * 60, 11 * 60),)


def test_a_clock_put_forward_shortens_and_put_back_lengthens():
    night = (Window(6, 0, 6 * 60),)
    spring, autumn = date(2025, 3, 24), date(2025, 10, 20)
    assert sum(b - a for a, b in week_of(night, "Europe/Madrid", spring)) == 5 * 60
    assert sum(b - a for a, b in week_of(night, "Europe/Madrid", autumn)) == 7 * 60


def test_the_day_of_the_change_has_both_offsets():
    windows = (Window(5, 12 * 60, 13 * 60), Window(6, 12 * 60, 13 * 60))
    assert week_of(windows, "Europe/Madrid", date(2025, 3, 24)) == (
        (5 * DAY + 11 * 60, 5 * DAY + 12 * 60),
        (6 * DAY + 10 * 60, 6 * DAY + 11 * 60),
    )


def test_windows_that_touch_or_overlap_are_one():
    windows = (Window(0, 60, 120), Window(0, 120, 180), Window(0, 150, 160))
    assert week_of(windows, "UTC", MONDAY) == ((60, 180),)


def test_no_zone_no_hours_and_no_crash_at_the_ends_of_the_calendar():
    window = (Window(0, 60, 120),)
    assert week_of(window, "", MONDAY) == ()
    assert week_of(window, "UTC", date.max) == week_of(window, "UTC", date.min) == ()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)), max_size=3),
    st.sampled_from(("UTC", "Europe/Madrid", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia")),
    st.dates(date(2024, 1, 1), date(2026, 1, 1)),
)
def test_every_minute_is_right(rows, zone, on):
    """Against the obvious: walk every tenth minute of the week and ask what the clock there shows."""
    windows = tuple(Window(day, start, start + length) for day, start, length in rows)
    spans = week_of(windows, zone, on)
    start = datetime(on.year, on.month, on.day, tzinfo=UTC)
    changes = {(start + timedelta(days=day)).astimezone(ZoneInfo(zone)).utcoffset() for day in range(-3, 10)}
    if len(changes) > 1:
        return  # the hour that comes twice has two readings: tested by hand above
    for minute in range(0, WEEK, 10):
        local = (start + timedelta(minutes=minute)).astimezone(ZoneInfo(zone))
        now = local.weekday() * DAY + local.hour * 60 + local.minute
        is_open = any(0 <= (now - day * DAY - begin) % WEEK < length for day, begin, length in rows)
        assert any(a <= minute < b for a, b in spans) == is_open


def test_minutes_in_common():
    assert minutes_in_common(((0, 60), (100, 200)), ((30, 110), (190, 300))) == 30 + 10 + 10
    assert minutes_in_common((), ((0, 60),)) == 0
