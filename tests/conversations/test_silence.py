"""A silence: the silent one is asked, the other gets a kind note, and neither learns what the other does."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from beenthere.conversations.actions import (
    end_conversation,
    mark_read,
    open_conversation,
    pause_conversation,
    withdraw_message,
)
from beenthere.conversations.actions.parting import ask_about_silences, make_room, take_room_back
from beenthere.conversations.core.silence import ASKED, WAITS, silence_of
from beenthere.conversations.models import Agreement, Conversation, Membership, Message
from beenthere.conversations.queries import parting as asking
from beenthere.conversations.tasks import holding as jobs
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.matching.queries.places import count_pairs_of, rooms
from beenthere.people.actions import (
    block,
    choose_capacity,
    delete_person,
    give_mail_address,
    tell_waiting,
)
from beenthere.people.models import MailAddress, Person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = 86400
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASK = "Only you are asked"
KIND = "Silence has many reasons, most of them not you."


@pytest.fixture
def hands(ana, ben):
    Person.objects.update(made_at=NOON - timedelta(days=30))
    with clock.stopped_at(NOON) as hands:
        yield hands


@pytest.fixture
def quiet(hands, ana, ben, talk, say):
    """Ana wrote last: Ben is the silent one. The clock stands a second before two weeks are over."""
    say(ben, "Hello.")
    say(ana, "Hello. How are you?")
    hands.move(14 * DAY - 1)
    return talk


@pytest.fixture
def unspoken(hands, talk):
    """Nobody said anything yet."""
    Conversation.objects.update(made_at=NOON)
    return talk


def body(who, address: str) -> str:
    text = signed_in(Client(), who).get(address).content.decode()
    return re.sub(r'name="(csrfmiddlewaretoken|mark)" value="[^"]*"', "TOKEN", text)


def told(who, talk) -> tuple:
    """What the page of the conversation and Today say of the silence."""
    pages = [body(who, address) for address in (f"/talk/{talk.ref}/", "/today/")]
    return tuple((ASK in page, KIND in page) for page in pages)


def agreed(talk, who, days: int, *, at=None) -> Agreement:
    row = Agreement(
        conversation=talk,
        author=Membership.objects.get(conversation=talk, person=who),
        author_ref=who.ref,
        told={"pace": "", "leave_out": "", "crisis": "", "ending": "", "silence_days": days},
        agreed_at=at or clock.now(),
    )
    row.save()
    return row


NOTHING, IS_ASKED, IS_TOLD = ((False, False),) * 2, ((True, False),) * 2, ((False, True),) * 2


def test_after_two_weeks_each_is_told_by_who_spoke_last(ana, ben, quiet, hands):
    assert (told(ana, quiet), told(ben, quiet)) == (NOTHING, NOTHING)
    hands.move(1)
    assert (told(ana, quiet), told(ben, quiet)) == (IS_TOLD, IS_ASKED)


def test_words_end_it(ana, ben, quiet, say, hands):
    hands.move(1)
    say(ben, "I am here.")
    assert (told(ana, quiet), told(ben, quiet)) == (NOTHING, NOTHING)
    hands.move(14 * DAY)
    assert (told(ana, quiet), told(ben, quiet)) == (IS_ASKED, IS_TOLD), "now Ana was spoken to last"


def test_where_nobody_ever_spoke_both_are_asked_alike(ana, ben, unspoken, hands):
    hands.move(14 * DAY - 1)
    assert (told(ana, unspoken), told(ben, unspoken)) == (NOTHING, NOTHING)
    hands.move(1)
    assert (told(ana, unspoken), told(ben, unspoken)) == (IS_ASKED, IS_ASKED)
    pages = [body(who, f"/talk/{unspoken.ref}/") for who in (ana, ben)]
    assert all("Nothing was said here yet, and that is all right." in page for page in pages)


@pytest.mark.parametrize("days", [7, 14, 30, 0])
def test_the_pair_agreed_after_how_many_days(ana, ben, talk, say, hands, days):
    say(ana, "Hello.")
    agreed(talk, ben, 30 if days != 30 else 7, at=NOON - timedelta(days=1))  # an older one
    agreed(talk, ana, days)
    waiting = agreed(talk, ben, 7)
    Agreement.objects.filter(pk=waiting.pk).update(agreed_at=None)  # only proposed
    hands.move((days or 60) * DAY - 1)
    assert told(ben, talk) == NOTHING
    hands.move(1)
    assert told(ben, talk) == (IS_ASKED if days else NOTHING)
    assert ask_about_silences(by=SITE) == (1 if days else 0)


def test_what_one_sees_never_depends_on_what_the_other_chose(ana, ben, quiet, say, hands):
    """Worlds that differ only in what the other did, without words."""
    hands.move(1)
    addresses = [f"/talk/{quiet.ref}/", "/today/", "/talk/"]
    mine = {who: [body(who, address) for address in addresses] for who in (ana, ben)}
    ask_about_silences(by=SITE)
    pause_conversation(conversation=quiet, by=ben)
    mark_read(conversation=quiet, number=2, by=ben)
    choose_capacity(people=0, by=ben)
    assert [body(ana, address) for address in addresses] == mine[ana]
    Membership.objects.update(paused_at=None)
    make_room(conversation=quiet, by=ana)
    pause_conversation(conversation=quiet, by=ana)
    assert [body(ben, "/talk/"), body(ben, f"/talk/{quiet.ref}/")] == [mine[ben][2], mine[ben][0]]
    assert told(ben, quiet) == IS_ASKED


def test_a_pause_is_an_answer_to_being_asked(ana, ben, quiet, hands):
    hands.move(1)
    pause_conversation(conversation=quiet, by=ben)
    pause_conversation(conversation=quiet, by=ana)
    assert (told(ana, quiet), told(ben, quiet)) == (IS_TOLD, NOTHING)


@pytest.mark.parametrize("ends", ["leaves", "block", "goes"])
def test_after_an_ending_nobody_is_asked(ana, ben, quiet, hands, ends, monkeypatch):
    hands.move(1)
    if ends == "leaves":
        end_conversation(conversation=quiet, by=ana)
    elif ends == "goes":
        delete_person(person=ana, by=ana)
    else:
        monkeypatch.setattr("beenthere.foundation.events._reactions", {})  # the gates look for themselves
        block(other=ben, by=ana)
    assert (told(ben, quiet), ask_about_silences(by=SITE)) == (NOTHING, 0)


def test_one_mail_in_a_silence_and_only_to_who_is_asked(ana, ben, quiet, hands, say, monkeypatch):
    noted = []
    monkeypatch.setattr(
        "beenthere.conversations.actions.parting.note_waiting",
        lambda *, person_ref, by: noted.append(person_ref),
    )
    for moved in (0, 1, 1, 5 * DAY):
        hands.move(moved)
        jobs.ask_about_silences()
    assert noted == [ben.ref]
    say(ben, "I am here.")
    hands.move(14 * DAY)
    jobs.ask_about_silences()
    jobs.ask_about_silences()
    assert noted == [ben.ref, ana.ref], "another silence"
    assert sorted(Membership.objects.values_list("asked_at", flat=True))[1] == clock.now()


def test_where_both_are_silent_both_are_asked_once(ana, ben, unspoken, hands):
    hands.move(14 * DAY)
    assert [ask_about_silences(by=SITE) for _ in range(2)] == [2, 0]


def test_who_paused_is_not_called(ana, ben, quiet, hands):
    hands.move(1)
    pause_conversation(conversation=quiet, by=ben)
    assert ask_about_silences(by=SITE) == 0


def test_the_mail_has_no_content(ana, ben, quiet, hands, mailoutbox):
    give_mail_address(address="ben@example.org", by=ben)
    MailAddress.objects.update(confirmed_at=clock.now())
    hands.move(1)
    ask_about_silences(by=SITE)
    mailoutbox.clear()
    tell_waiting(person_ref=ben.ref, by=SITE)
    (mail,) = mailoutbox
    assert mail.subject == "Something is waiting for you"
    assert [word for word in ("quiet", "silen", "Ana", "Robin", quiet.ref) if word in mail.body] == []


def test_many_are_asked_some_at_a_time(ana, hands, monkeypatch):
    monkeypatch.setattr(asking, "CHUNK", 2)
    for number in range(5):
        open_conversation(people=[(ana, "Ana"), (person(f"P{number}"), "P")], by=SITE)
    hands.move(14 * DAY)
    assert [ask_about_silences(by=SITE) for _ in range(2)] == [10, 0]


def test_room_for_somebody_new(client, ana, ben, quiet, hands):
    choose_capacity(people=1, by=ana)
    choose_capacity(people=1, by=ben)
    assert set(rooms()) == set()
    make_room(conversation=quiet, by=ana)
    assert (set(rooms()), count_pairs_of(ana)) == (set(), 1), "it is not quiet yet"
    hands.move(1)
    answer = signed_in(client, ana).post(f"/talk/{quiet.ref}/room/")
    assert answer.url == f"/talk/{quiet.ref}/"
    assert (set(rooms()), count_pairs_of(ana), count_pairs_of(ben)) == ({ana.ref}, 0, 1)
    assert rooms([ana.ref])[ana.ref].free == 1
    shown = body(ana, f"/talk/{quiet.ref}/")
    assert "You made room for somebody new." in shown and 'href="/today/"' in shown.partition("<main")[2]
    signed_in(client, ana).post(f"/talk/{quiet.ref}/room/", {"do": "back"})
    assert (set(rooms()), count_pairs_of(ana)) == (set(), 1)


@pytest.mark.parametrize("writer", ["ana", "ben"])
def test_words_take_the_place_again(request, ana, ben, quiet, say, hands, writer):
    choose_capacity(people=1, by=ana)
    hands.move(1)
    make_room(conversation=quiet, by=ana)
    hands.move(1)
    say(request.getfixturevalue(writer), "I am here.")
    assert (set(rooms([ana.ref])), count_pairs_of(ana)) == (set(), 1)
    hands.move(14 * DAY)
    assert count_pairs_of(ana) == 1, "another silence, in which no room was made"


def test_only_who_is_in_it_makes_room(client, ana, ben, quiet, hands):
    hands.move(1)
    cleo = person("Cleo")
    assert signed_in(client, cleo).post(f"/talk/{quiet.ref}/room/").status_code == 404
    for act in (make_room, take_room_back):
        act(conversation=quiet, by=cleo)
    assert set(Membership.objects.values_list("made_room_at", flat=True)) == {None}


def test_what_was_withdrawn_was_still_said(ana, ben, quiet, hands):
    withdraw_message(message=Message.objects.get(number=2), by=ana)
    hands.move(1)
    assert (told(ana, quiet), told(ben, quiet)) == (IS_TOLD, IS_ASKED)


def test_the_pages_ask_a_constant_number_of_times(ana, hands, django_assert_num_queries):
    talks = [open_conversation(people=[(ana, "Ana"), (person("B"), "B")], by=SITE) for _ in range(3)]
    assert len(talks) == 3
    with django_assert_num_queries(0):
        assert asking.silences_of(ana) == []
    ana.refresh_from_db()
    with django_assert_num_queries(1):
        assert asking.silences_of(ana) == []
    hands.move(14 * DAY)
    for row in talks[1:]:
        end_conversation(conversation=row, by=SITE)
    with django_assert_num_queries(7):
        assert len(asking.silences_of(ana)) == 1
    for row in talks[1:]:
        type(row).objects.filter(pk=row.pk).update(ended_at=None)
    with django_assert_num_queries(7):
        assert len(asking.silences_of(ana)) == 3


@given(
    days=st.sampled_from([None, 7, 14, 30, 0]),
    passed=st.integers(0, 60 * DAY),
    last_by=st.sampled_from([None, "a", "b"]),
)
def test_the_rule_is_the_same_from_both_sides(days, passed, last_by):
    """Swapping the two changes nothing, and never are both left waiting."""
    facts = {"since": NOON, "days": days, "now": NOON + timedelta(seconds=passed)}
    swapped = {"a": "b", "b": "a", None: None}[last_by]
    one, other = (silence_of(me, last_by=last_by, **facts) for me in "ab")
    assert (other, one) == tuple(silence_of(me, last_by=swapped, **facts) for me in "ab")
    due = days != 0 and passed >= (14 if days is None else days) * DAY
    assert {one, other} == ({None} if not due else {ASKED} if last_by is None else {ASKED, WAITS})
