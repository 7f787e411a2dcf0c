"""What somebody who means harm could still learn of the other after a pair has ended."""

import json

import pytest
from django.test import Client

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import end_conversation, withdraw_message
from beenthere.conversations.models import Membership, Message
from beenthere.conversations.queries import changes_for
from beenthere.foundation.taking import everything_of
from beenthere.people.actions import make_access_token
from tests.cast import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def seen_by(who, talk) -> list:
    """The page, the API's cursor, and what one takes along."""
    page = signed_in(Client(), who).get(f"/talk/{talk.ref}/").content.decode()
    _, token = make_access_token(label="mine", by=who)
    headers = {"Authorization": f"Bearer {token}"}
    asked = Client().get(f"/api/v1/conversations/{talk.ref}/messages", headers=headers)
    assert asked.status_code == 200
    told = everything_of(who.ref)
    rows = [row for label in ("conversations.Membership", "conversations.Message") for row in told[label]]
    return [page.partition("<main")[2].partition("<form")[0], json.loads(asked.content), rows]


def test_what_the_other_withdraws_after_the_end_reaches_nobody(ana, ben, talk, say):
    """The counter of the conversation goes on; whoever could read it would know that somebody is there."""
    say(ana, "Ana's own.")
    say(ben, "PLANTED, one.")
    say(ben, "PLANTED, two.")
    end_conversation(conversation=talk, by=ben)
    before = seen_by(ana, talk)
    withdraw_message(message=Message.objects.get(number=2), by=ben)
    assert seen_by(ana, talk) == before


def test_reading_on_after_the_end_still_tells_of_ones_own(ana, ben, talk, say):
    say(ana, "Ana's own.")
    say(ben, "PLANTED.")
    end_conversation(conversation=talk, by=ben)
    withdraw_message(message=Message.objects.get(number=1), by=ana)
    said, now = changes_for(ana.ref, get_room_for(ana, talk.ref), 1)
    assert [(one.number, one.withdrawn) for one in said] == [(1, True)]
    assert changes_for(ana.ref, get_room_for(ana, talk.ref), now) == ([], now)
    assert Membership.objects.count() == 2
