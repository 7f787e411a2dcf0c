"""A note on what is in a message, how long one may be, and what is said before something leads outside."""

import pytest
from django.test import Client
from re2 import findall

from beenthere.conversations.actions import withdraw_message
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models import Message, Wanted
from beenthere.conversations.models.between import DOOR
from beenthere.conversations.queries import messages_for
from tests.cast import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LEADS_OUT = "Write to me at wren@example.org, it is easier."
HEARD = r'<li data-kind="(\w+)">([^<]*)</li>'


@pytest.fixture
def at(ana) -> Client:
    return signed_in(Client(), ana)


def put(browser, talk, words, **more):
    return browser.post(f"/talk/{talk.ref}/", {"words": words, "mark": "m1", **more})


def test_the_words_stand_folded_behind_their_note_for_both(ana, ben, talk, at):
    assert put(at, talk, "She died in March.", note=" about my aunt ").status_code == 302
    for who in (ana, ben):
        shown = signed_in(Client(), who).get(f"/talk/{talk.ref}/").content.decode()
        assert '<details class="noted"><summary><bdi>about my aunt</bdi></summary>' in shown
    withdraw_message(message=Message.objects.select_related("conversation").get(), by=ana)
    assert "about my aunt" not in signed_in(Client(), ben).get(f"/talk/{talk.ref}/").content.decode()


def test_a_note_that_is_too_long_comes_back_with_the_words(talk, at):
    answer = put(at, talk, "She died in March.", note="x" * 81)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert ("longer than 80 characters" in shown, "x" * 81 in shown, "She died in March." in shown) == (
        True,
    ) * 3
    assert '<details class="disclosure" data-note open>' in shown
    assert Message.objects.count() == 0


def test_lines_count_once(ben, talk, at):
    """A form sends each end of a line as two characters."""
    words = "word\n" * 800
    assert put(at, talk, words.replace("\n", "\r\n")).status_code == 302
    assert [said.words for said in messages_for(ben, talk)] == [words]


def test_the_box_cuts_nothing_off(talk, at):
    box = at.get(f"/talk/{talk.ref}/").content.decode().split('class="composer"')[1]
    assert "maxlength" not in box.split("</form>")[0]


@pytest.mark.parametrize("given", [{"words": LEADS_OUT}, {"words": "Hello.", "note": LEADS_OUT}])
def test_what_leads_outside_comes_back_with_what_was_heard(talk, at, given):
    answer = put(at, talk, **given)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert findall(HEARD, shown) == [("mail", "This looks like an e-mail address.")]
    assert '<div class="notice outside" role="alert" data-outside>' in shown
    assert LEADS_OUT in shown
    assert "Nothing was sent, and nobody saw it." in shown
    assert Message.objects.count() == 0


def test_nothing_is_said_of_ordinary_words(talk, at):
    shown = at.get(f"/talk/{talk.ref}/").content.decode()
    assert findall(HEARD, shown) == []
    assert "data-outside hidden" in shown


def test_the_door_is_asked_for_from_the_box(ana, ben, talk, at):
    answer = put(at, talk, LEADS_OUT, note="an address", ask="door")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert (LEADS_OUT in shown, "an address" in shown, "Robin can see now that you would open" in shown) == (
        True,
    ) * 3
    assert list(Wanted.objects.values_list("membership__person", "what")) == [(ana.pk, DOOR)]
    assert Message.objects.count() == 0
    want(conversation=talk, what=DOOR, by=ben)
    assert put(at, talk, LEADS_OUT).status_code == 302
    assert [said.words for said in messages_for(ben, talk)] == [LEADS_OUT]


def test_the_second_who_asks_opens_it(ana, ben, talk, at):
    want(conversation=talk, what=DOOR, by=ben)
    assert "The door to the outside is open now." in put(at, talk, LEADS_OUT, ask="door").content.decode()
