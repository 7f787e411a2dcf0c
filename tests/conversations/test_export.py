"""Taking a conversation along: one's own words, and the other's only while they say so."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from beenthere.conversations.actions import (
    Draft,
    block_peer,
    end_conversation,
    send_messages,
    withdraw_message,
)
from beenthere.conversations.actions.wanting import want, want_no_more
from beenthere.conversations.models import Membership, Message
from beenthere.foundation import clock
from beenthere.people.actions import delete_person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def talked(ana, ben, talk, say):
    with clock.stopped_at(NOON):
        say(ana, "I kept her chair.")
        say(ben, "PLANTED of Robin's.")
        send_messages([Draft(ana.ref, talk.ref, "n1", "It was in March.", note="the funeral")])
        say(ana, "Taken back.")
    withdraw_message(message=Message.objects.select_related("conversation").get(number=4), by=ana)
    return talk


def taken(who, talk) -> tuple[str, dict]:
    """As text, and as JSON."""
    browser = signed_in(Client(), who)
    text, data = (browser.get(f"/talk/{talk.ref}/export/?as={kind}") for kind in ("text", "json"))
    assert (text.status_code, data.status_code) == (200, 200)
    return text.content.decode(), json.loads(data.content)


def words(told: dict) -> list[tuple[str, str]]:
    return [(one["by"], one["words"]) for one in told["said"]]


def test_ones_own_words_alone(ana, talked):
    text, told = taken(ana, talked)
    assert words(told) == [("me", "I kept her chair."), ("me", "It was in March.")]
    assert told["said"][1] == {
        "by": "me",
        "at": NOON.isoformat(),
        "words": "It was in March.",
        "note": "the funeral",
    }
    assert told["with"] is None
    assert ("PLANTED" in text, "Robin" in text, "Taken back." in text) == (False,) * 3
    assert "\n2026-01-10 12:00  You  (the funeral)\n  It was in March.\n" in text


def test_the_other_gives_theirs_and_takes_them_back(ana, ben, talked):
    want(conversation=talked, what="export", by=ben)
    text, told = taken(ana, talked)
    assert words(told)[1] == ("them", "PLANTED of Robin's.")
    assert told["with"] == "Robin"
    assert "\n2026-01-10 12:00  Robin\n  PLANTED of Robin's.\n" in text
    assert words(taken(ben, talked)[1]) == [("me", "PLANTED of Robin's.")], "Ana gave nothing"
    want_no_more(conversation=talked, what="export", by=ben)
    assert "PLANTED" not in taken(ana, talked)[0]


@pytest.mark.parametrize("way", ["leaves", "blocks", "goes"])
def test_after_the_end_ones_own_alone(ana, ben, talked, way):
    want(conversation=talked, what="export", by=ben)
    if way == "goes":
        delete_person(person=ben, by=ben)
    else:
        {"leaves": end_conversation, "blocks": block_peer}[way](conversation=talked, by=ben)
    text, told = taken(ana, talked)
    assert words(told) == [("me", "I kept her chair."), ("me", "It was in March.")]
    assert ("PLANTED" in text, "Robin" in text) == (False, False)


def test_nothing_tells_who_the_other_is(ana, ben, talked):
    want(conversation=talked, what="export", by=ben)
    refs = [ana.ref, ben.ref, talked.ref, *Membership.objects.values_list("ref", flat=True)]
    assert [ref for ref in refs for shown in map(str, taken(ana, talked)) if ref in shown] == []


def test_the_page_and_the_name_of_the_file(ana, ben, talked):
    browser = signed_in(Client(), ana)
    address = f"/talk/{talked.ref}/export/"
    assert "The other’s stay theirs." in browser.get(address).content.decode()
    want(conversation=talked, what="export", by=ben)
    assert "they said that you may take them along" in browser.get(address).content.decode()
    with clock.stopped_at(NOON):
        named = [browser.get(f"{address}?as={kind}")["Content-Disposition"] for kind in ("text", "json")]
    assert named == [f'attachment; filename="words-2026-01-10.{end}"' for end in ("txt", "json")]
    assert signed_in(Client(), person("Cleo")).get(f"{address}?as=text").status_code == 404


def test_a_long_one(ana, talk):
    drafts = [Draft(ana.ref, talk.ref, f"m{number}", f"Words {number}.") for number in range(1101)]
    send_messages(drafts)
    assert words(taken(ana, talk)[1]) == [("me", one.words) for one in drafts]
