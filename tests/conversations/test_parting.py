"""Leaving: at once, without a reason, and with a last word if one wishes, which is given."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from beenthere.conversations.access import get_room_for, rooms_of
from beenthere.conversations.actions import block_peer, end_conversation
from beenthere.conversations.actions import parting as acting
from beenthere.conversations.actions.parting import NotLeft, leave_with_a_last_word
from beenthere.conversations.core import NOT_HERE, OUTSIDE, TOO_LONG, UNREADABLE
from beenthere.conversations.models import Conversation, Kept, Message
from beenthere.conversations.models.between import ALONE, LAST_WORD
from beenthere.conversations.queries.parting import after_for
from beenthere.foundation import clock
from beenthere.foundation.keys.actions import destroy_key
from beenthere.people.actions import delete_person
from beenthere.safety.actions import make_report
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LAST = "Thank you for the winter."
OUTWARD = "Write to me: planted@example.org"


def page(who, address: str) -> str:
    text = signed_in(Client(), who).get(address).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "TOKEN", text)


def ended(talk) -> bool:
    return Conversation.objects.get(pk=talk.pk).ended_at is not None


@pytest.fixture
def leaving(talk, ben) -> str:
    return f"/talk/{talk.ref}/leave/"


def test_the_page_offers_both_and_a_way_to_stay(ana, talk, leaving):
    shown = page(ana, leaving)
    acts = re.findall(r'class="act[^"]*"[^>]*>([^<]+)<', shown.partition("<main")[2].partition("</main")[0])
    assert [act for act in acts if act.strip()] == [
        "Leave with this last word",
        "Leave without a word",
        "Stay",
    ]
    assert "you owe nobody a reason" in shown and "Robin keeps it, whatever you do later" in shown
    assert not ended(talk)


def test_leaving_at_once_needs_nothing(client, ana, ben, talk, leaving):
    answer = signed_in(client, ana).post(leaving)
    assert (answer.status_code, answer.url, ended(talk)) == (302, f"/talk/{talk.ref}/", True)
    assert Kept.objects.count() == 0
    assert signed_in(client, ben).get(leaving).url == f"/talk/{talk.ref}/", "it is over"
    assert signed_in(client, ben).post(leaving).status_code == 302


def test_without_a_word_what_stands_in_the_box_is_not_left(client, ana, talk, leaving):
    signed_in(client, ana).post(leaving, {"last_word": LAST, "alone": "1"})
    assert (ended(talk), Kept.objects.count()) == (True, 0)


def test_a_last_word_is_given(client, ana, ben, talk, say, leaving):
    say(ana, "Ana's own.")
    answer = signed_in(client, ben).post(leaving, {"last_word": f"  {LAST}\r\nBen ", "with": "1"})
    assert (answer.status_code, ended(talk)) == (302, True)
    kept = Kept.objects.get()
    assert (kept.person, kept.why, kept.words, len(kept.digest)) == (ana, LAST_WORD, f"{LAST}\nBen", 64)
    assert LAST in page(ana, f"/talk/{talk.ref}/")
    assert LAST not in page(ben, f"/talk/{talk.ref}/") + page(person("Cleo"), "/talk/")
    room = get_room_for(ben, talk.ref)
    assert after_for(ben, room, None)["last_word"] is None


@pytest.mark.parametrize("later", ["goes", "key gone", "blocks"])
def test_what_happens_to_the_writer_later_changes_nothing(ana, ben, talk, say, later):
    say(ana, "Ana's own.")
    say(ben, "PLANTED of Ben.")
    with clock.stopped_at(datetime(2026, 3, 1, 12, tzinfo=UTC)) as hands:
        leave_with_a_last_word(conversation=talk, words=LAST, by=ben)
        addresses = [f"/talk/{talk.ref}/", "/talk/", f"/safety/report/{talk.ref}/"]
        before = [page(ana, address) for address in addresses]
        hands.move(60)
        if later == "goes":
            delete_person(person=ben, by=ben)
        elif later == "key gone":
            destroy_key(owner=ben.ref, by=ben)
        else:
            block_peer(conversation=talk, by=ben)
        assert [page(ana, address) for address in addresses] == before
        assert LAST in before[0] and LAST in before[2]
        report = make_report(conversation=talk, numbers=[], note="", last_word=True, by=ana)
        assert [(one["words"], one["mine"], one["proven"]) for one in report.copied] == [(LAST, False, True)]


def test_it_can_be_reported_as_long_as_it_is_kept(client, ana, ben, talk, say):
    say(ben, "PLANTED of Ben.")
    with clock.stopped_at(datetime(2026, 3, 1, 12, tzinfo=UTC)) as hands:
        leave_with_a_last_word(conversation=talk, words=LAST, by=ben)
        hands.move(30 * 86400)
        address = f"/safety/report/{talk.ref}/"
        assert address in page(ana, f"/talk/{talk.ref}/")
        shown = page(ana, address)
        assert LAST in shown and 'name="chosen"' not in shown
        answer = signed_in(client, ana).post(address, {"last_word": "1", "note": ""})
        assert answer.status_code == 302
        Kept.objects.all().delete()
        assert signed_in(client, ana).get(address).status_code == 404
        assert address not in page(ana, f"/talk/{talk.ref}/")


REFUSED = {
    OUTWARD: OUTSIDE,
    "x" * 501: TOO_LONG,
    "a\ud83d": UNREADABLE,
}


@pytest.mark.parametrize("words", REFUSED)
def test_it_passes_the_same_screening(ben, talk, words):
    with pytest.raises(NotLeft) as refused:
        leave_with_a_last_word(conversation=talk, words=words, by=ben)
    assert (refused.value.code, ended(talk), Kept.objects.count()) == (REFUSED[words], False, 0)


def test_once_the_door_is_open_it_may_lead_outside(ben, talk):
    Conversation.objects.update(door_open_at=clock.now())
    leave_with_a_last_word(conversation=talk, words=OUTWARD, by=ben)
    assert Kept.objects.get().words == OUTWARD


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"last_word": OUTWARD}, "This looks like a way to the outside"),
        ({"last_word": "x" * 501}, "longer than 500 characters"),
        ({"last_word": " ", "with": "1"}, "There is nothing in the box yet."),
    ],
)
def test_what_is_refused_stands_in_the_box_again(client, ben, talk, leaving, given, said):
    answer = signed_in(client, ben).post(leaving, given)
    text = answer.content.decode()
    assert (answer.status_code, said in text, given["last_word"].strip() in text) == (422, True, True)
    assert (ended(talk), Kept.objects.count()) == (False, 0)


def test_when_it_had_just_ended_the_words_are_not_lost(client, ana, ben, talk, leaving):
    end_conversation(conversation=talk, by=ana)
    answer = signed_in(client, ben).post(leaving, {"last_word": LAST})
    assert (answer.status_code, LAST in answer.content.decode()) == (422, True)
    assert Kept.objects.count() == 0
    for who in (ben, person("Cleo")):
        with pytest.raises(NotLeft) as refused:
            leave_with_a_last_word(conversation=talk, words=LAST, by=who)
        assert refused.value.code == NOT_HERE


def test_a_block_that_stands_lets_no_last_word_through(ana, ben, talk, monkeypatch):
    """Also where no reaction ended the pair yet: the gate under the lock looks for itself."""
    monkeypatch.setattr("beenthere.foundation.events._reactions", {})
    from beenthere.people.actions import block

    block(other=ben, by=ana)
    assert not rooms_of([talk.ref])[talk.ref].is_open
    with pytest.raises(NotLeft):
        leave_with_a_last_word(conversation=talk, words=LAST, by=ben)
    assert Kept.objects.count() == 0


def test_who_leaves_this_place_at_that_moment_gets_none(ana, ben, talk, monkeypatch):
    prepared = acting._last_word

    def late(*given):
        row = prepared(*given)
        delete_person(person=ana, by=ana)
        return row

    monkeypatch.setattr(acting, "_last_word", late)
    with pytest.raises(NotLeft) as refused:
        leave_with_a_last_word(conversation=talk, words=LAST, by=ben)
    assert (refused.value.code, Kept.objects.count()) == (NOT_HERE, 0)


def test_what_one_kept_stays_on_the_page(ana, ben, talk):
    mine = Kept(
        person=ana,
        person_ref=ana.ref,
        conversation=talk.ref,
        author="",
        why=ALONE,
        words="It was the waiting.",
    )
    mine.save()
    end_conversation(conversation=talk, by=ben)
    shown = page(ana, f"/talk/{talk.ref}/")
    assert "It was the waiting." in shown and "A last word was left" not in shown
    assert 'href="/today/"' in shown.partition("<main")[2]


def test_the_last_word_is_sealed_with_the_receivers_key(ana, ben, talk):
    leave_with_a_last_word(conversation=talk, words=LAST, by=ben)
    delete_person(person=ana, by=ana)
    assert (Kept.objects.count(), Message.objects.count()) == (0, 0)
