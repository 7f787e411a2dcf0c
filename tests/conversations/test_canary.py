"""Words are nowhere to be found in plain: not in a database, a log of it, a copy, a message of ours."""

import logging

import pytest

from beenthere.conversations.actions import Draft, end_conversation, send_messages, sending, withdraw_message
from beenthere.conversations.models import Message
from beenthere.foundation.keys.copies import copy_store
from beenthere.people.actions import delete_person
from tests.foundation.test_canary import everything_stored

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
# Letters alone: what has figures in it may look like a way to the outside.
CANARIES = [f"Palabra{chr(97 + number % 26)}{chr(97 + number // 26)}Plantada" for number in range(30)]


def found_in(content: bytes) -> list[str]:
    forms = {one: (one.encode(), one.encode().hex().encode()) for one in CANARIES}
    return [one for one, (plain, hexed) in forms.items() if plain in content or hexed in content]


def test_no_word_is_stored_or_logged_in_plain(ana, ben, talk, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    drafts = [Draft(ana.ref, talk.ref, f"m{number}", words) for number, words in enumerate(CANARIES[:20])]
    drafts += [Draft(ben.ref, talk.ref, f"m{number}", words) for number, words in enumerate(CANARIES[20:])]
    outcomes = send_messages([*drafts, Draft(ana.ref, talk.ref, "long", CANARIES[0] * 400)])
    assert [one.refused for one in outcomes] == [None] * 30 + ["too_long"]
    monkeypatch.setattr(sending, "_add", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError) as raised:
        send_messages([Draft(ana.ref, talk.ref, "fails", CANARIES[1])])
    monkeypatch.undo()
    withdraw_message(message=Message.objects.select_related("conversation").get(number=3), by=ana)
    end_conversation(conversation=talk, by=ana)
    delete_person(person=ben, by=ben)
    copy_store()
    stored = everything_stored()
    assert talk.ref.encode() in stored, "the search reads what is stored"
    assert found_in(stored) == []
    assert found_in((caplog.text + repr(raised.value) + repr(outcomes)).encode()) == []


def test_the_search_finds_a_word_that_is_there():
    assert found_in(f"... {CANARIES[3]} ...".encode()) == [CANARIES[3]]
