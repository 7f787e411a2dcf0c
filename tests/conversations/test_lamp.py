"""I'm here, for a while; and a wish that fades after a day."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from re2 import findall

from beenthere.conversations.actions import end_conversation
from beenthere.conversations.actions.lamp import hide_wish, light_lamp, put_out_lamp, show_wish
from beenthere.conversations.core.lamp import about, is_lit, wish_ends
from beenthere.conversations.models import Membership
from beenthere.foundation import clock, wire
from beenthere.people.actions import block
from tests.cast import person, signed_in

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
with_database = pytest.mark.django_db(databases=["default", "keys"])


@settings(deadline=None)
@given(st.integers(0, 86_400_000_000))
def test_about_is_the_nearest_five_minutes(microseconds):
    at = NOON + timedelta(microseconds=microseconds)
    told = about(at)
    assert (told.minute % 5, told.second, told.microsecond) == (0, 0, 0)
    assert abs(told - at) <= timedelta(seconds=150)


def test_a_lamp_and_a_wish_end():
    bit = timedelta(microseconds=1)
    assert [is_lit(until, NOON) for until in (None, NOON - bit, NOON, NOON + bit)] == [
        False,
        False,
        False,
        True,
    ]
    day = timedelta(hours=24)
    assert wish_ends("heard", NOON, NOON + day - bit) == NOON + day
    assert [wish_ends(*one, NOON + day) for one in (("heard", NOON), ("", NOON), ("heard", None))] == [
        None
    ] * 3


def whole(who, talk) -> str:
    return signed_in(Client(), who).get(f"/talk/{talk.ref}/").content.decode()


def lines(who, talk) -> list[str]:
    """What stands beside the words just now, its markup left out."""
    shown = whole(who, talk).split('class="disclosure"')[0]
    found = findall(r"(?s)data-line>.*?<span>(.*?)</span>", shown)
    return [one.replace("<bdi>", "").replace("</bdi>", "").strip() for one in found]


@with_database
def test_both_see_the_lamp(ana, ben, talk):
    with clock.stopped_at(NOON) as hands:
        light_lamp(conversation=talk, minutes=15, by=ben)
        assert lines(ana, talk) == ["Robin is here until about 12:15. Nothing need be written."]
        assert lines(ben, talk) == ["You are here until about 12:15. Nothing need be written."]
        light_lamp(conversation=talk, minutes=60, by=ana)
        both = ["You are both here until about 12:15. Nothing need be written."]
        assert lines(ana, talk) == lines(ben, talk) == both
        hands.move(15 * 60)
        assert lines(ana, talk) == ["You are here until about 13:00. Nothing need be written."]
        put_out_lamp(conversation=talk, by=ana)
        assert lines(ana, talk) == lines(ben, talk) == []


@with_database
def test_the_two_circles_are_lit_when_both_are_here(ana, ben, talk):
    def lit():
        shown = signed_in(Client(), ana).get(f"/talk/{talk.ref}/").content.decode()
        return 'class="line lit"' in shown

    light_lamp(conversation=talk, minutes=15, by=ana)
    assert not lit()
    light_lamp(conversation=talk, minutes=15, by=ben)
    assert lit()


@with_database
def test_a_wish_is_shown_for_a_day(ana, ben, talk):
    with clock.stopped_at(NOON) as hands:
        show_wish(conversation=talk, wish="hopeful", by=ben)
        assert lines(ana, talk) == ["Robin wishes for something hopeful (Monday, 12:00)."]
        assert lines(ben, talk) == []
        assert "Shown since Monday, 12:00: something hopeful." in whole(ben, talk)
        show_wish(conversation=talk, wish="heard", by=ben)
        hands.move(24 * 3600 - 1)
        assert lines(ana, talk) == ["Robin wishes just to be heard (Monday, 12:00)."]
        hands.move(1)
        assert lines(ana, talk) == lines(ben, talk) == []
        show_wish(conversation=talk, wish="heard", by=ben)
        hide_wish(conversation=talk, by=ben)
        assert lines(ana, talk) == lines(ben, talk) == []


@with_database
def test_only_what_can_be_chosen(ana, talk):
    with pytest.raises(ValueError, match="15, 60 or 120"):
        light_lamp(conversation=talk, minutes=600, by=ana)
    with pytest.raises(ValueError, match="this wish"):
        show_wish(conversation=talk, wish="love", by=ana)


@with_database
@pytest.mark.parametrize("how", ["ended", "blocked", "stranger"])
def test_who_reaches_nobody_lights_nothing(ana, ben, talk, how):
    by = ben
    if how == "ended":
        end_conversation(conversation=talk, by=ana)
    elif how == "blocked":
        block(other=ben, by=ana)
    else:
        by = person("Cleo")
    with pytest.raises(Http404):
        light_lamp(conversation=talk, minutes=15, by=by)
    with pytest.raises(Http404):
        show_wish(conversation=talk, wish="heard", by=by)
    posted = signed_in(Client(), by).post(f"/talk/{talk.ref}/beside/", {"do": "lamp 15"})
    assert posted.status_code == 404
    assert list(Membership.objects.values_list("here_until", "wish").distinct()) == [(None, "")]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_open_pages_hear_of_it(ana, talk, monkeypatch):
    heard = []
    monkeypatch.setattr(wire, "publish", lambda topic, ref="": heard.append((topic, ref)))
    light_lamp(conversation=talk, minutes=15, by=ana)
    put_out_lamp(conversation=talk, by=ana)
    show_wish(conversation=talk, wish="heard", by=ana)
    hide_wish(conversation=talk, by=ana)
    assert heard == [("talk.changed", talk.ref)] * 4
