"""Quiet hours: no mail leaves in them, on one's own clock and in the nights in which it is changed; it leaves
after."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult
from hypothesis import example, given
from hypothesis import strategies as some

from beenthere.foundation import clock
from beenthere.foundation.refs import SITE, new_ref
from beenthere.foundation.worker import run_next_task
from beenthere.people.actions import change_oneself, confirm_mail_address, give_mail_address, sign_in
from beenthere.people.actions.mail import CONFIRM, carry, tell_waiting
from beenthere.people.core.quiet import is_quiet, quiet_until, time_in
from beenthere.people.models import MailAddress
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ZONES = [
    "UTC",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
]
# Nights in which one of those clocks is changed, and others.
MOMENTS = some.sampled_from(
    [
        datetime(2026, 3, 28, 12),
        datetime(2026, 10, 24, 12),
        datetime(2026, 3, 7, 20),
        datetime(2026, 10, 31, 20),
    ]
    + [datetime(2026, 4, 4, 6), datetime(2026, 10, 3, 6), datetime(2026, 2, 14, 12), datetime(2026, 7, 1)]
)
TIMES = some.times().map(lambda one: one.replace(second=0, microsecond=0))
NIGHT = {"quiet_since": "22:00", "quiet_until": "07:00"}


@given(MOMENTS, some.integers(0, 36 * 3600), TIMES, TIMES, some.sampled_from(ZONES))
@example(datetime(2026, 3, 28, 12), 46800, time(22), time(1, 30), "Europe/London")  # 01:30 never comes
@example(datetime(2026, 10, 24, 12), 44400, time(0, 30), time(1, 30), "Europe/London")  # it comes twice
def test_it_goes_by_what_the_clock_shows(moment, seconds, since, until, zone):
    """What comes back is the first whole minute at which the clock shows a time outside."""
    at, wall = moment.replace(tzinfo=UTC) + timedelta(seconds=seconds), ZoneInfo(zone)
    hours = {"since": since, "until": until, "zone": wall}
    end = quiet_until(at, **hours)
    assert (end is not None) == is_quiet(at, **hours)
    if end is not None:
        assert end > at
        assert (end.second, end.microsecond, end.tzinfo) == (0, 0, UTC)
        assert not is_quiet(end, **hours)
        step = at
        while step < end:
            assert is_quiet(step, **hours)
            step = min(end, step.replace(second=0, microsecond=0) + timedelta(minutes=1))


def test_the_same_time_twice_is_never():
    assert not is_quiet(
        datetime(2026, 1, 1, 12, tzinfo=UTC), since=time(12), until=time(12), zone=ZoneInfo("UTC")
    )


@pytest.mark.parametrize("text", ["", "7:00", "25:00", None, 7, "07:00:00", "ab:cd"])
def test_what_is_no_time(text):
    assert time_in(text) is None


@pytest.fixture
def ana():
    """Somebody in New York who has mail, and is not here."""
    with clock.stopped_at(datetime(2031, 1, 10, 12, tzinfo=UTC)):
        one = person("Ana", timezone="America/New_York")
        give_mail_address(address="ana@canary.example", by=one)
        row = MailAddress.objects.get()
        confirm_mail_address(token=carry({"row": row.ref, "of": row.address_digest}, purpose=CONFIRM))
    DBTaskResult.objects.all().delete()
    change_oneself(prefers=NIGHT, by=one)
    return one


def told_at(one, hour: datetime, *, noted: str = "") -> tuple[bool, list]:
    """Whether a mail left at that hour, and when it is tried again."""
    with clock.stopped_at(hour):
        sent = tell_waiting(person_ref=one.ref, noted_at=noted, by=SITE)
    return sent, list(DBTaskResult.objects.values_list("run_after", flat=True))


NIGHT_THERE = datetime(2031, 1, 12, 4, 30, tzinfo=UTC)  # 23:30 in New York
MORNING = datetime(2031, 1, 12, 12, tzinfo=UTC)  # 07:00


def test_it_waits_for_the_morning(ana):
    assert told_at(ana, NIGHT_THERE) == (False, [MORNING])
    assert mail.outbox == []
    row = DBTaskResult.objects.get()
    assert row.args_kwargs["args"] == [ana.ref, NIGHT_THERE.isoformat()], "refs and times alone"
    assert not run_next_task(new_ref()), "it is not ready before"
    assert told_at(ana, MORNING, noted=NIGHT_THERE.isoformat())[0]
    assert [message.subject for message in mail.outbox] == ["Something is waiting for you"]
    assert told_at(ana, MORNING, noted=NIGHT_THERE.isoformat())[0] is False, "twice in a night is once"


def test_by_day_it_leaves_at_once(ana):
    assert told_at(ana, datetime(2031, 1, 12, 2, 30, tzinfo=UTC)) == (True, [])  # 21:30 there


def test_who_looked_in_the_night_is_not_told(ana):
    with clock.stopped_at(NIGHT_THERE + timedelta(hours=1)):
        sign_in(person=ana, device="A browser", by=ana)
    assert told_at(ana, MORNING, noted=NIGHT_THERE.isoformat()) == (False, [])


def test_none_chosen_none_kept(ana):
    change_oneself(prefers={"quiet_since": "", "quiet_until": ""}, by=ana)
    assert told_at(ana, NIGHT_THERE) == (True, [])


def test_they_are_set_on_a_page_of_ones_own(ana):
    browser = signed_in(Client(), ana)
    assert 'value="22:00"' in browser.get("/me/quiet/").content.decode()
    assert "America/New York" in browser.get("/me/quiet/").content.decode()
    half = browser.post("/me/quiet/", {"since": "21:00", "until": ""})
    assert (half.status_code, "Please say both" in half.content.decode()) == (422, True)
    assert browser.post("/me/quiet/", {"since": "x", "until": "07:00"}).status_code == 422
    assert browser.post("/me/quiet/", {"since": "21:00", "until": "06:30"})["Location"] == "/me/"
    assert "From 21:00 until 06:30 no mail leaves to you." in browser.get("/me/").content.decode()
    assert browser.post("/me/quiet/", {"since": "", "until": ""}).status_code == 302
    assert "A mail may leave at any hour." in browser.get("/me/").content.decode()
